//! The one URL policy: every `href`, `src` and `cite` of the crate goes through [`resolve`].
//!
//! The attack: an address that runs script when it is followed or loaded (`javascript:`, `vbscript:`, `data:text/html`, `blob:`,
//! `filesystem:`), or that lies about where it leads (`https://bank.example@evil.example/`); in disguise, as URL parsers forgive much:
//! leading control characters, tabs and line breaks inside the scheme, any case, backslashes for slashes.
//!
//! The defence: the reference is read as the [WHATWG URL parser] reads it (the same pure functions natively and in the browser), its
//! scheme must be on a list, and after the platform's own parser has made it absolute the result is held against the same list again:
//! where the two readings differ, the stricter one wins.
//!
//! The gap that remains: a permitted address may still lead to a bad place. Look-alike hosts come out in punycode once there is a
//! base, and nothing more is done about them. Without a base a relative reference is relative to the page that shows it.
//!
//! [WHATWG URL parser]: https://url.spec.whatwg.org/#concept-basic-url-parser

use super::{cut, token};

/// The longest address that is kept, in bytes; a longer one is dropped.
pub const MAX_URL: usize = 8 * 1024;
/// The longest `data:` image that is kept, in bytes; a longer one is dropped.
pub const MAX_DATA_IMAGE: usize = 512 * 1024;

/// What a page can show as an `<img>` and that holds no markup: not SVG.
const RASTER: &str = "image/png image/jpeg image/jpg image/gif image/webp image/avif image/bmp";

/// What an address is for: the lists of schemes differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Followed by a reader's click: `http`, `https`, `mailto`, `tel`, or relative.
    Link,
    /// Loaded by the page: `http`, `https`, relative, or `data:` of a raster image.
    Image,
}

/// The address that `raw` means, or `None` where the policy drops it.
///
/// `raw` is an attribute's value with its character references already decoded. With a `base`, which must be an absolute URL, the
/// result is absolute; a reference or a base that cannot be parsed gives `None`. Without one it is the reference as written, cleaned:
/// control characters and spaces around it and tabs and line breaks within it are gone, backslashes before `?` and `#` are slashes.
/// `//host/path` is an ordinary relative reference. The empty reference (the page itself) is dropped, and so are user names and
/// passwords in `http` and `https`, and what is longer than [`MAX_URL`] or [`MAX_DATA_IMAGE`].
///
/// ```
/// use review_card::rich_text::url::{Use, resolve};
/// assert_eq!(resolve("../a b", Some("https://blog.example/x/y"), Use::Link).as_deref(), Some("https://blog.example/a%20b"));
/// assert_eq!(resolve(" HTTPS:\\\\a.example\n/", None, Use::Image).as_deref(), Some("HTTPS://a.example/"));
/// assert_eq!(resolve("java\tscript:alert(1)", None, Use::Link), None);
/// ```
pub fn resolve(raw: &str, base: Option<&str>, usage: Use) -> Option<String> {
    let reference = clean(raw);
    if !allowed(&reference, usage) {
        return None;
    }
    match base {
        Some(base) => join(&reference, base).filter(|absolute| allowed(absolute, usage)),
        None => Some(reference),
    }
}

/// The host (with its port) and what follows it, of an `http`, `https` or `//` reference.
pub(super) fn host(reference: &str) -> Option<(&str, &str)> {
    let rest = match scheme(reference) {
        Some((name, rest)) if is_web(name) => rest,
        None if reference.starts_with("//") => reference,
        _ => return None,
    };
    Some(cut(rest.trim_start_matches('/'), b"/?#"))
}

/// As the URL parser begins: strip C0 controls and spaces at both ends, remove tabs and line breaks, see `\` as `/`.
fn clean(raw: &str) -> String {
    let mut text = String::new();
    let mut path = true;
    for c in raw.chars() {
        path &= !matches!(c, '?' | '#');
        match c {
            '\t' | '\n' | '\r' => {}
            '\0'..=' ' if text.is_empty() => {}
            '\\' if path => text.push('/'),
            c => text.push(c),
        }
    }
    text.truncate(text.bytes().rposition(|byte| byte > b' ').map_or(0, |last| last + 1));
    text
}

/// The list itself, on a cleaned reference or on an absolute URL.
fn allowed(reference: &str, usage: Use) -> bool {
    let (name, rest) = scheme(reference).unwrap_or_default();
    let mut most = MAX_URL;
    let listed = match usage {
        _ if name.is_empty() || is_web(name) => host(reference).is_none_or(|(host, _)| !host.contains('@')),
        Use::Link => token("mailto tel", name).is_some(),
        Use::Image => {
            most = MAX_DATA_IMAGE;
            name.eq_ignore_ascii_case("data") && token(RASTER, cut(rest, b";,").0.trim()).is_some()
        }
    };
    listed && !reference.is_empty() && reference.len() <= most
}

/// `name` of `name:rest`, where the URL parser would see a scheme.
fn scheme(reference: &str) -> Option<(&str, &str)> {
    let (name, rest) = cut(reference, b":");
    let valid = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    rest.get(1..).filter(|_| valid).map(|rest| (name, rest))
}

fn is_web(scheme: &str) -> bool {
    token("http https", scheme).is_some()
}

#[cfg(target_arch = "wasm32")]
fn join(reference: &str, base: &str) -> Option<String> {
    web_sys::Url::new_with_base(reference, base).ok().map(|url| url.href())
}

#[cfg(not(target_arch = "wasm32"))]
fn join(reference: &str, base: &str) -> Option<String> {
    url::Url::parse(base).ok()?.join(reference).ok().map(String::from)
}

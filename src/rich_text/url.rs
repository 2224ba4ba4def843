//! The one URL policy: every `href`, `src` and `cite` of the crate goes through [`resolve`].
//!
//! The attack: an address that runs a script when it is followed or loaded (`javascript:`, `vbscript:`,
//! `data:text/html`, `blob:`, `filesystem:`), or that hides where it leads (`https://bank.example@evil.example/`).
//! Attackers disguise such addresses, because URL parsers tolerate leading control characters, tabs and line breaks
//! inside the scheme, any case, and backslashes for slashes.
//!
//! The defence: the reference is read as the [WHATWG URL parser] reads it, by the same pure functions natively and in
//! the browser, and its scheme must be on a list. The platform's own parser then makes it absolute, and the result is
//! checked against the same list again. If the two readings differ, the stricter one wins.
//!
//! The gap that remains: an allowed address may still lead to a bad place. With a base, look-alike hosts come out in
//! punycode, but nothing more is done about them. Without a base, a relative reference is resolved by the page that
//! shows it.
//!
//! [WHATWG URL parser]: https://url.spec.whatwg.org/#concept-basic-url-parser

use super::{cut, token};

/// The maximum length of an address in bytes. A longer one is dropped.
pub const MAX_URL: usize = 8 * 1024;
/// The maximum length of a `data:` image in bytes. A longer one is dropped.
pub const MAX_DATA_IMAGE: usize = 512 * 1024;

/// The image types that an `<img>` can show and that contain no markup. SVG is not among them.
const RASTER: &str = "image/png image/jpeg image/jpg image/gif image/webp image/avif image/bmp";

/// The use of an address. Each use has its own list of schemes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// A link that a visitor may click: `http`, `https`, `mailto`, `tel`, or relative.
    Link,
    /// An image that the page loads: `http`, `https`, relative, or `data:` with a raster image.
    Image,
}

/// Returns the address that `raw` means, or `None` if the policy drops it.
///
/// `raw` is the value of an attribute, with its character references decoded. `base` must be an absolute URL; the
/// result is then absolute, and `None` if the reference or the base cannot be parsed. Without `base`, the result is the
/// reference as written, but cleaned: control characters and spaces around it are removed, so are tabs and line breaks
/// within it, and backslashes before `?` and `#` become slashes. `//host/path` is an ordinary relative reference. The
/// policy drops the empty reference (the page itself), `http` and `https` addresses with a user name or password, and
/// addresses longer than [`MAX_URL`] or [`MAX_DATA_IMAGE`].
///
/// ```
/// use review_card::rich_text::url::{Use, resolve};
/// assert_eq!(resolve("../a b", Some("https://blog.example/x/y"), Use::Link).as_deref(), Some("https://blog.example/a%20b"));
/// assert_eq!(resolve(" HTTPS:\\\\a.example\n/", None, Use::Image).as_deref(), Some("HTTPS://a.example/"));
/// assert_eq!(resolve("java\tscript:alert(1)", None, Use::Link), None);
/// ```
///
/// ```
/// use review_card::rich_text::url::{Use, resolve};
///
/// let base = Some("https://blog.example/reviews/");
/// assert_eq!(resolve("../about", base, Use::Link).as_deref(), Some("https://blog.example/about"));
/// assert_eq!(resolve("javascript:alert(1)", base, Use::Link), None);
/// assert_eq!(resolve("mailto:a@b.example", None, Use::Image), None);
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

/// Splits an `http`, `https` or `//` reference into the host with its port, and the rest. Returns `None` for others.
pub(super) fn host(reference: &str) -> Option<(&str, &str)> {
    let rest = match scheme(reference) {
        Some((name, rest)) if is_web(name) => rest,
        None if reference.starts_with("//") => reference,
        _ => return None,
    };
    Some(cut(rest.trim_start_matches('/'), b"/?#"))
}

/// Cleans a reference as the URL parser does at first: strips C0 controls and spaces at both ends, removes tabs and
/// line breaks, and reads `\` as `/`.
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

/// Checks a cleaned reference or an absolute URL against the list.
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

/// Splits `name:rest` where the URL parser would see a scheme.
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

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: Option<&str> = Some("https://blog.example/x/y");

    #[track_caller]
    fn check(raw: &str, base: Option<&str>, usage: Use, expected: Option<&str>) {
        assert_eq!(resolve(raw, base, usage).as_deref(), expected, "{raw:?}");
    }

    #[test]
    fn addresses_go_by_the_policy() {
        for usage in [Use::Link, Use::Image] {
            check("https://a.example/b", BASE, usage, Some("https://a.example/b"));
            check("HTTP://a.example/b", None, usage, Some("HTTP://a.example/b"));
            check("../b", BASE, usage, Some("https://blog.example/b"));
            check("//a.example/b", BASE, usage, Some("https://a.example/b"));
            check("../b", None, usage, Some("../b"));
            check("a@b/c", None, usage, Some("a@b/c"));
            check("1:2", None, usage, Some("1:2"));
            check("", BASE, usage, None);
            check(" \n", None, usage, None);
            check("https://me@a.example/", BASE, usage, None);
            check("//me:secret@a.example/", None, usage, None);
            check("javascript:alert(1)", None, usage, None);
            check("a", Some("not a base"), usage, None);
            check("a", Some("javascript:alert(1)"), usage, None);
        }
        for raw in ["mailto:me@a.example", "tel:+3312345"] {
            check(raw, BASE, Use::Link, Some(raw));
            check(raw, BASE, Use::Image, None);
        }
        let image = "data:image/png;base64,aaaa";
        check(image, BASE, Use::Image, Some(image));
        check(image, BASE, Use::Link, None);
        check("data:image/svg+xml,<svg/>", BASE, Use::Image, None);
        check("data:text/html,image/png", BASE, Use::Image, None);
        check("blob:image/png;a", None, Use::Image, None);
    }

    #[test]
    fn addresses_are_cleaned_as_the_url_parser_does() {
        check("\u{1} a b \u{0} ", None, Use::Link, Some("a b"));
        check("a\tb\r\nc", None, Use::Link, Some("abc"));
        check("a\\b?c\\d#e\\f", None, Use::Link, Some("a/b?c\\d#e\\f"));
        check("a#b\\c", None, Use::Link, Some("a#b\\c"));
    }

    #[test]
    fn long_addresses_are_dropped() {
        let address = |start: &str, length: usize| format!("{start}{}", "a".repeat(length - start.len()));
        for (start, usage, longest) in
            [("https://a.example/", Use::Link, 8192), ("data:image/png,", Use::Image, 524_288)]
        {
            let (kept, dropped) = (address(start, longest), address(start, longest + 1));
            check(&kept, None, usage, Some(&kept));
            check(&dropped, None, usage, None);
        }
    }

    #[test]
    fn only_web_addresses_have_a_host() {
        assert_eq!(host("https://a.example:80/b?c"), Some(("a.example:80", "/b?c")));
        assert_eq!(host("//a.example#b"), Some(("a.example", "#b")));
        for other in ["mailto:a.example/b", "a.example/b", "/a.example"] {
            assert_eq!(host(other), None, "{other}");
        }
    }
}

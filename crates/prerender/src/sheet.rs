//! The style sheets inside the HTML, and their hashes for pages with a Content-Security-Policy.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use review_card::styles::{CARD, LIGHT as PLAIN, LIST, SHADOW as SHADOW_ROOT, TOKENS};
use sha2::{Digest, Sha256};

use super::Form;

/// For a shadow root.
static SHADOW: LazyLock<String> = LazyLock::new(|| joined(&[SHADOW_ROOT, TOKENS, CARD]));
/// For the head of a page with plain elements.
static LIGHT: LazyLock<String> = LazyLock::new(|| joined(&[PLAIN, TOKENS, CARD, PAGE]));
/// For the head of a page with a shadow root.
static FRAME: LazyLock<String> = LazyLock::new(|| joined(&[PAGE]));
/// The same three for lists.
static LIST_SHADOW: LazyLock<String> = LazyLock::new(|| joined(&[SHADOW_ROOT, TOKENS, CARD, LIST]));
static LIST_LIGHT: LazyLock<String> = LazyLock::new(|| joined(&[PLAIN, TOKENS, CARD, LIST, PAGE, LIST_PAGE]));
static LIST_FRAME: LazyLock<String> = LazyLock::new(|| joined(&[PAGE, LIST_PAGE]));

/// Styles the page around a card.
const PAGE: &str = "
:root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif; }
body { max-inline-size: 60rem; margin: 0 auto; padding: 16px; }
";

/// Styles the page around a list.
const LIST_PAGE: &str = "
body { max-inline-size: 80rem; }
h1 { margin: 16px 0; line-height: 1.2; text-wrap: balance; }
";

fn joined(sheets: &[&str]) -> String {
    let css = sheets.concat();
    review_card_css::minify(&css).unwrap_or(css) // A test minifies all of them.
}

/// Returns the style sheet inside a shadow root; none if it is linked, or there is no shadow root.
pub(super) fn of_shadow_root(form: &Form) -> Option<&'static str> {
    let sheet = if form.list { &LIST_SHADOW } else { &SHADOW };
    (!form.light && form.stylesheets.is_empty()).then(|| sheet.as_str())
}

/// Returns the style sheet in a page's head; none if it is linked, or there is no page.
pub(super) fn of_head(form: &Form) -> Option<&'static str> {
    let sheet = match (form.list, form.light) {
        (false, false) => &FRAME,
        (false, true) => &LIGHT,
        (true, false) => &LIST_FRAME,
        (true, true) => &LIST_LIGHT,
    };
    (form.page && form.stylesheets.is_empty()).then(|| sheet.as_str())
}

/// Returns every style sheet inside the HTML of this form.
pub(super) fn inline(form: &Form) -> Vec<&'static str> {
    [of_head(form), of_shadow_root(form)].into_iter().flatten().collect()
}

/// Returns the hash of a style sheet as `style-src` expects it.
pub(super) fn source(css: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(css)))
}

#[cfg(test)]
mod tests {
    use super::{FRAME, LIGHT, LIST_FRAME, LIST_LIGHT, LIST_SHADOW, SHADOW, source};

    #[test]
    fn sheets_are_minified_and_cannot_end_their_element() {
        for sheet in [&FRAME, &LIGHT, &SHADOW, &LIST_FRAME, &LIST_LIGHT, &LIST_SHADOW] {
            assert!(review_card_css::minify(sheet).unwrap() == **sheet);
            assert!(!["</", "<!", "\n"].iter().any(|end| sheet.contains(end)));
        }
    }

    #[test]
    fn a_source_is_what_the_policy_takes() {
        // The example of https://www.w3.org/TR/CSP3/#external-hash.
        assert_eq!(source(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
    }
}

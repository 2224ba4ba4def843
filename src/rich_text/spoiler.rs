//! Covers spoilers with a `<details>`.
//!
//! Authors mark spoilers in three ways: with `<details>` itself; with a class (one of [`CLASSES`], on any element
//! except table rows and similar); or with `[spoiler]…[/spoiler]` in the text, also as `[spoiler=Label]` and `[spoiler
//! title="Label"]`. The marks may be in any case, and may span inline elements and sibling blocks. A mark without an
//! end covers the rest of its block: better too much than too little. If the text contains no closing mark at all,
//! marks are not searched for. They are ignored in code and in a `summary`. A closing mark alone stays text.
//!
//! The gap that remains: other notations (`[spoil]`, `>!…!<`) are not recognized and stay readable.

use super::{cut, token};

/// Classes of phpBB, Discourse, SMF, Reddit and hand-written pages.
const CLASSES: [&str; 5] = ["spoiler", "spoilers", "bbc_spoiler", "spoiler-text", "md-spoiler-text"];

const OPEN: &str = "[spoiler";
const CLOSE: &str = "[/spoiler";
/// The maximum length of a mark with its label, in bytes.
const MAX_MARK: usize = 200;
/// How far to search for the end of a spoiler that hides words within a block, in bytes.
const SOON: usize = 1000;

pub(super) fn is_spoiler(class: &str) -> bool {
    CLASSES.iter().any(|name| token(class, name).is_some())
}

/// Returns the attribute with the only class that is ever set.
pub(super) fn class() -> (&'static str, String) {
    ("class", "spoiler".into())
}

/// Returns whether the text has a closing mark.
pub(super) fn has_close(text: &str) -> bool {
    text.as_bytes().windows(CLOSE.len()).any(|word| word.eq_ignore_ascii_case(CLOSE.as_bytes()))
}

/// Returns whether a closing mark occurs within [`SOON`] bytes.
pub(super) fn closes_soon(text: &str) -> bool {
    has_close(text.get(..text.floor_char_boundary(SOON)).unwrap_or_default())
}

/// Splits the text at the next mark: the text before it, the mark, and the text after it.
pub(super) fn find(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let (_, rest) = cut(text.get(from..)?, b"[");
        from = text.len() - rest.len();
        let soon = rest.get(..rest.floor_char_boundary(MAX_MARK))?;
        let begins = |word: &str| soon.get(..word.len()).is_some_and(|soon| soon.eq_ignore_ascii_case(word));
        if begins(OPEN) || begins(CLOSE) {
            let (mark, bracket) = cut(soon, b"]");
            let (name, _) = cut(mark, b"= ");
            if !bracket.is_empty() && (name.eq_ignore_ascii_case(OPEN) || mark.eq_ignore_ascii_case(CLOSE)) {
                let (mark, after) = rest.split_at_checked(mark.len() + 1)?;
                return Some((text.get(..from)?, mark, after));
            }
        }
        from += 1;
    }
}

/// Returns the label of an opening mark; empty if it has none.
pub(super) fn label(mark: &str) -> &str {
    cut(mark, b"=").1.trim_matches(['=', ' ', '"', '\'', '”', '“', '„', ']'])
}

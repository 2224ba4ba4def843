//! What gives the plot away, covered by a `details`.
//!
//! Three ways to say so: `<details>` itself; a class (one of [`CLASSES`], on any element but the rows of a table and the like); and
//! `[spoiler]…[/spoiler]` in the text, also `[spoiler=Label]` and `[spoiler title="Label"]`, in any case, across inlines and
//! sibling blocks. A mark that is not closed covers what is left of the block it stands in: too much rather than too little; but where
//! an author wrote no closing mark at all, none is looked for. Nor in code and in a `summary`. A closing mark alone is text.
//!
//! The gap that remains: an author's other words for it (`[spoil]`, `>!…!<`) are not known and stay readable.

use super::{cut, token};

/// phpBB, Discourse, SMF, Reddit and hand-written pages.
const CLASSES: [&str; 5] = ["spoiler", "spoilers", "bbc_spoiler", "spoiler-text", "md-spoiler-text"];

const OPEN: &str = "[spoiler";
const CLOSE: &str = "[/spoiler";
/// The longest mark, with its label, in bytes.
const MAX_MARK: usize = 200;
/// How far a spoiler that hides some words, not blocks, is looked for its end, in bytes.
const SOON: usize = 1000;

pub(super) fn is_spoiler(class: &str) -> bool {
    CLASSES.iter().any(|name| token(class, name).is_some())
}

/// The one class there is.
pub(super) fn class() -> (&'static str, String) {
    ("class", "spoiler".into())
}

/// Whether there is a closing mark.
pub(super) fn has_close(text: &str) -> bool {
    text.as_bytes().windows(CLOSE.len()).any(|word| word.eq_ignore_ascii_case(CLOSE.as_bytes()))
}

/// Whether a closing mark comes before long.
pub(super) fn closes_soon(text: &str) -> bool {
    has_close(text.get(..text.floor_char_boundary(SOON)).unwrap_or_default())
}

/// The text before the next mark, the mark, and the text after it.
pub(super) fn find(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let (_, rest) = cut(text.get(from..)?, b"[");
        from = text.len() - rest.len();
        let soon = rest.get(..rest.floor_char_boundary(MAX_MARK))?;
        let (mark, bracket) = cut(soon, b"]");
        let (name, _) = cut(mark, b"= ");
        if !bracket.is_empty() && (name.eq_ignore_ascii_case(OPEN) || mark.eq_ignore_ascii_case(CLOSE)) {
            let (mark, after) = rest.split_at_checked(mark.len() + 1)?;
            return Some((text.get(..from)?, mark, after));
        }
        from += 1;
    }
}

/// What an opening mark says that is hidden; empty where it says nothing.
pub(super) fn label(mark: &str) -> &str {
    cut(mark, b"=").1.trim_matches(['=', ' ', '"', '\'', '”', '“', '„', ']'])
}

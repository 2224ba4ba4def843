//! What gives the plot away, covered by a `details`.
//!
//! Three ways to say so: `<details>` itself; a class (one of [`CLASSES`], on any element but the rows of a table and the like); and
//! `[spoiler]…[/spoiler]` in the text, also `[spoiler=Label]` and `[spoiler title="Label"]`, in any case, across inlines and
//! sibling blocks. A mark that is not closed covers what is left of the block it stands in: too much rather than too little; but where
//! an author wrote no closing mark at all, none is looked for. Nor in code and in a `summary`. A closing mark alone is text.
//!
//! The gap that remains: an author's other words for it (`[spoil]`, `>!…!<`) are not known and stay readable.

use super::has_token;

/// phpBB, Discourse, SMF, Reddit and hand-written pages.
const CLASSES: &str = "spoiler spoilers bbc_spoiler spoiler-text md-spoiler-text";

const OPEN: &[u8] = b"[spoiler";
const CLOSE: &[u8] = b"[/spoiler]";
/// The longest mark, with its label, in bytes.
const MAX_MARK: usize = 200;

pub(super) fn is_spoiler(class: &str) -> bool {
    class.split_ascii_whitespace().any(|class| has_token(CLASSES, class))
}

/// The one class there is.
pub(super) fn class() -> (&'static str, String) {
    ("class", "spoiler".into())
}

/// Whether there is a closing mark.
pub(super) fn has_close(text: &str) -> bool {
    text.as_bytes().windows(CLOSE.len()).any(|word| word.eq_ignore_ascii_case(CLOSE))
}

/// The text before the next mark, the mark, and the text after it.
pub(super) fn find(text: &str) -> Option<(&str, &str, &str)> {
    let bytes = text.as_bytes();
    let starts = |at: usize, word: &[u8]| {
        bytes.get(at..at + word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
    };
    for (start, _) in text.match_indices('[') {
        let named = starts(start, CLOSE)
            || starts(start, OPEN) && bytes.get(start + OPEN.len()).is_some_and(|next| b"]= ".contains(next));
        let length = bytes.iter().skip(start).take(MAX_MARK).position(|byte| *byte == b']');
        if let Some(length) = length.filter(|_| named) {
            let (head, after) = text.split_at(start + length + 1);
            let (before, mark) = head.split_at(start);
            return Some((before, mark, after));
        }
    }
    None
}

/// What an opening mark says that is hidden; empty where it says nothing.
pub(super) fn label(mark: &str) -> &str {
    mark.split_once('=').map_or("", |(_, label)| label.trim_matches([' ', '"', '\'', '”', '“', '„', ']']))
}

//! Decodes bytes into one JSON value: checks size, encoding and syntax.

use super::report::room;
use super::{Problem, ReadError};
use crate::json::{self, Json, Mended, Parsed, cut, mend};

/// The maximum size of a document in bytes: 64 MiB, some hundred thousand reviews.
pub const MAX_BYTES: usize = 64 << 20;

/// A parsed document.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) json: Json,
    /// The memory that its reviews may take, in bytes ([`room`]).
    pub(super) room: usize,
    /// The repairs.
    pub(super) problems: Vec<Problem>,
}

impl Decoded {
    /// Returns a document of this length in bytes.
    pub(super) fn new(parsed: Parsed, length: usize, mut problems: Vec<Problem>) -> Self {
        problems.extend(mended(parsed.mended));
        Self { json: parsed.json, room: room(length, parsed.values), problems }
    }
}

/// Decodes a document in UTF-8 (RFC 8259 allows no other encoding). Repairs and reports common faults, such as a byte
/// order mark. Of a document that is cut off, returns the complete entries ([`json::cut`]).
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, ReadError> {
    let (bytes, mut problems) = content(bytes)?;
    let first = match json::parse_and_mend(bytes) {
        Ok(parsed) => return Ok(Decoded::new(parsed, bytes.len(), problems)),
        Err(error) => error,
    };
    let Ok(text) = str::from_utf8(bytes) else { return Err(not_json(&first.message)) };
    let (blanked, faults) = mend::blank(text).unwrap_or_else(|| (text.to_owned(), Vec::new()));
    problems.extend(faults.iter().map(|(fault, at)| left_out(fault.name(), &json::place(bytes, *at))));
    let error = match json::parse_and_mend(blanked.as_bytes()) {
        Ok(parsed) => return Ok(Decoded::new(parsed, bytes.len(), problems)),
        Err(error) => error,
    };
    if error.is_cut
        && let Some(closed) = cut::close(&blanked)
        && let Ok(parsed) = json::parse_and_mend(closed.as_bytes())
    {
        let mut decoded = Decoded::new(parsed, bytes.len(), problems);
        decoded.problems.push(cut_off(&error.message));
        return Ok(decoded);
    }
    Err(not_json(&error.message))
}

/// Like [`decode`], but repairs nothing. Returns `None` if the document needs repairs or is not JSON.
pub(super) fn decode_clean(bytes: &[u8]) -> Result<Option<(Json, usize)>, ReadError> {
    let (bytes, problems) = content(bytes)?;
    if !problems.is_empty() {
        return Ok(None);
    }
    let parsed = json::parse_or_none(bytes).filter(|parsed| parsed.mended == Mended::default());
    Ok(parsed.map(|parsed| (parsed.json, room(bytes.len(), parsed.values))))
}

/// The byte order mark, which UTF-8 text may begin with but JSON may not.
pub(super) const MARK: [u8; 3] = *b"\xEF\xBB\xBF";

/// Returns the document without its byte order mark, which is a problem. Returns an error if it is clearly not JSON.
pub(super) fn content(bytes: &[u8]) -> Result<(&[u8], Vec<Problem>), ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge(
            ["expected at most ", &MAX_BYTES.to_string(), " bytes, found ", &bytes.len().to_string()]
                .concat(),
        ));
    }
    let (bytes, problems) = match bytes.strip_prefix(&MARK) {
        Some(bytes) => (bytes, vec![marked()]),
        None => (bytes, Vec::new()),
    };
    match bytes.trim_ascii_start() {
        [] => Err(not_json("an empty document")),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, _, ..] | [_, 0, ..] => {
            Err(not_json("UTF-16: save it as UTF-8"))
        }
        // JSON may be inside an HTML comment or a CDATA section.
        [b'<', after @ ..] if !after.starts_with(b"!--") && !after.starts_with(b"![") => {
            Err(not_json("HTML or XML"))
        }
        _ => Ok((bytes, problems)),
    }
}

pub(super) fn not_json(found: &str) -> ReadError {
    ReadError::NotJson(["expected JSON, found ", found].concat())
}

/// The problem that something was ignored. `place` begins with " at line ".
pub(super) fn left_out(fault: &str, place: &str) -> Problem {
    let message = ["expected only JSON, found ", fault, place, ": it was ignored; remove it"];
    Problem { path: String::new(), message: message.concat() }
}

/// The problem that there is a byte order mark.
pub(super) fn marked() -> Problem {
    left_out("a byte order mark", " at the start")
}

/// The beginning of the message about a document that was cut off.
pub(super) const CUT: &str = "expected a complete document, found ";
/// The end of that message.
pub(super) const KEPT: &str = ". Its complete reviews are shown";
/// The end if the document is a collection of related reviews.
pub(super) const USED: &str = ". Its complete reviews are used";

pub(super) fn cut_off(message: &str) -> Problem {
    let message = [CUT, message, KEPT];
    Problem { path: String::new(), message: message.concat() }
}

/// Returns one problem for each kind of fault that was repaired within values.
fn mended(mended: Mended) -> Vec<Problem> {
    let kinds = [
        (
            mended.controls,
            "\\n for each line break and \\t for each tab in a string",
            "written directly; the text is kept",
        ),
        (mended.surrogates, "whole characters", "cut in half, shown as \u{FFFD}; type the character again"),
        (
            mended.hex_escapes,
            "escapes such as \\u0027",
            "such as \\x27, which only JavaScript has; they are shown as meant",
        ),
        (mended.constants, "null or a number", "that is NaN, Infinity or undefined; it counts as null"),
    ];
    let problem = |(count, expected, found): (usize, &str, &str)| {
        let message = ["expected ", expected, ", found ", &count.to_string(), " ", found].concat();
        (count > 0).then_some(Problem { path: String::new(), message })
    };
    kinds.into_iter().filter_map(problem).collect()
}

#[cfg(test)]
mod tests {
    use super::{Decoded, MAX_BYTES, ReadError, content, decode, decode_clean};

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        let message = decode(bytes).unwrap_err().to_string();
        assert_eq!(message, ["expected JSON, found ", expected].concat());
    }

    #[test]
    fn says_what_it_found_instead() {
        check(b"", "an empty document");
        check(b" \n", "an empty document");
        check(b"\xFF\xFE{\0}\0", "UTF-16: save it as UTF-8");
        check(b"{\0}\0", "UTF-16: save it as UTF-8");
        check(b"<!doctype html>", "HTML or XML");
        check(
            b"{\"title\": \"cut",
            "the end of the document in place of a closing quote at line 1 column 15: the document is cut off; type what is missing, or upload the whole file again",
        );
        check(
            b"{} {}",
            "\"{\" after the end of the document at line 1 column 4: put several documents into one array, [ … ], with commas between them",
        );
        check(b"\"caf\xE9\"", "byte 233 in place of UTF-8 at line 1 column 5: save the file as UTF-8");
    }

    #[test]
    fn a_document_may_be_as_long_as_the_limit() {
        let zeros = vec![0; MAX_BYTES + 1];
        assert!(matches!(content(&zeros), Err(ReadError::TooLarge(_))));
        assert!(matches!(content(&zeros[1..]), Err(ReadError::NotJson(_))));
    }

    #[test]
    fn tells_what_it_mended() {
        let Decoded { problems, .. } = decode(b"[\"two\nlines\", \"\\ud83d\"]").unwrap();
        assert_eq!(
            problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>(),
            [
                "expected \\n for each line break and \\t for each tab in a string, found 1 written directly; the text is kept",
                "expected whole characters, found 1 cut in half, shown as \u{fffd}; type the character again",
            ]
        );
    }

    #[track_caller]
    fn check_mended(text: &str, json: &str, problems: &[&str]) {
        let Decoded { json: found, problems: reported, .. } = decode(text.as_bytes()).unwrap();
        let reported: Vec<_> = reported.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!((found.to_string().as_str(), reported.as_slice()), (json, problems));
    }

    #[test]
    fn mends_what_stands_around_and_between() {
        check_mended(
            "[1, 2,] // done",
            "[1,2]",
            &[
                "expected only JSON, found a comma before a closing bracket at line 1 column 6: it was ignored; remove it",
                "expected only JSON, found a comment at line 1 column 9: it was ignored; remove it",
            ],
        );
        check_mended(
            "[{\"a\": 1}, {\"a\"",
            "[{\"a\":1}]",
            &[
                "expected a complete document, found the end of the document in place of a colon at line 1 column 16: the document is cut off; type what is missing, or upload the whole file again. Its complete reviews are shown",
            ],
        );
        check_mended(
            r#"["it\x27s", NaN, -Infinity]"#,
            r#"["it's",null,null]"#,
            &[
                "expected escapes such as \\u0027, found 1 such as \\x27, which only JavaScript has; they are shown as meant",
                "expected null or a number, found 2 that is NaN, Infinity or undefined; it counts as null",
            ],
        );
        assert_eq!(decode_clean(b"[1,]"), Ok(None));
        assert_eq!(decode_clean(b"[NaN]"), Ok(None));
    }

    #[test]
    fn ignores_a_byte_order_mark() {
        check_mended(
            "\u{feff}{}",
            "{}",
            &["expected only JSON, found a byte order mark at the start: it was ignored; remove it"],
        );
        assert_eq!(decode_clean(b"\xEF\xBB\xBF{}"), Ok(None));
    }

    #[test]
    fn refuses_what_would_overflow_the_stack() {
        let deep = "[".repeat(10_000);
        check(deep.as_bytes(), "\"[\" in place of at most 127 levels at line 1 column 128");
    }
}

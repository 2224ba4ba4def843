//! Bytes to one JSON value: size, encoding, syntax.

use super::{Problem, ReadError};
use crate::json::{self, Json};

/// The largest document that is read: 64 MiB, some hundred thousand reviews.
pub const MAX_BYTES: usize = 64 << 20;

/// Decodes a document: UTF-8 (RFC 8259 knows no other), a byte order mark is dropped. What the parser mends is told.
pub(super) fn decode(bytes: &[u8]) -> Result<(Json, Vec<Problem>), ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge(
            ["expected at most ", &MAX_BYTES.to_string(), " bytes, found ", &bytes.len().to_string()]
                .concat(),
        ));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let not_json = |found: &str| Err(ReadError::NotJson(["expected JSON in UTF-8, found ", found].concat()));
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return not_json("an empty document");
    }
    match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, _, ..] | [_, 0, ..] => return not_json("UTF-16"),
        [b'<', ..] => return not_json("HTML or XML"),
        _ => {}
    }
    match json::parse_and_mend(bytes) {
        Ok(parsed) => Ok((parsed.json, mended([parsed.controls, parsed.surrogates]))),
        Err(error) => not_json(&error.message),
    }
}

/// A problem of each kind of fault that was mended.
fn mended(counts: [usize; 2]) -> Vec<Problem> {
    let kinds = [
        ["control characters in strings to be escaped (\\n, \\t)", "not escaped"],
        ["surrogates in pairs", "without its other half, shown as U+FFFD"],
    ];
    let problem = |([expected, found], count): ([&str; 2], usize)| {
        let message = ["expected ", expected, ", found ", &count.to_string(), " ", found].concat();
        (count > 0).then_some(Problem { path: String::new(), message })
    };
    kinds.into_iter().zip(counts).filter_map(problem).collect()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        let message = decode(bytes).unwrap_err().to_string();
        assert_eq!(message, ["expected JSON in UTF-8, found ", expected].concat());
    }

    #[test]
    fn says_what_it_found_instead() {
        check(b"", "an empty document");
        check(b" \n", "an empty document");
        check(b"\xFF\xFE{\0}\0", "UTF-16");
        check(b"{\0}\0", "UTF-16");
        check(b"<!doctype html>", "HTML or XML");
        check(b"{\"title\": \"cut", "its end in place of a closing quote at line 1 column 15");
        check(b"{} {}", "\"{\" in place of nothing more at line 1 column 4");
        check(b"\"caf\xE9\"", "byte 233 in place of UTF-8 at line 1 column 5");
    }

    #[test]
    fn tells_what_it_mended() {
        let (_, problems) = decode(b"[\"two\nlines\", \"\\ud83d\"]").unwrap();
        assert_eq!(
            problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>(),
            [
                "expected control characters in strings to be escaped (\\n, \\t), found 1 not escaped",
                "expected surrogates in pairs, found 1 without its other half, shown as U+FFFD",
            ]
        );
    }

    #[test]
    fn drops_a_byte_order_mark() {
        assert!(decode(b"\xEF\xBB\xBF{}").is_ok());
    }

    #[test]
    fn refuses_what_would_overflow_the_stack() {
        let deep = "[".repeat(10_000);
        check(deep.as_bytes(), "\"[\" in place of at most 127 levels at line 1 column 128");
    }
}

//! Bytes to one JSON value: size, encoding, syntax.

use super::ReadError;
use crate::json::{self, Json};

/// The largest document that is read: 64 MiB, some hundred thousand reviews.
pub const MAX_BYTES: usize = 64 << 20;

/// How the message begins where the bytes are no JSON.
pub(super) const NOT_JSON: &str = "expected JSON in UTF-8, found ";

/// Decodes a document: UTF-8 (RFC 8259 knows no other), a byte order mark is dropped.
pub(super) fn decode(bytes: &[u8]) -> Result<Json, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge(
            ["expected at most ", &MAX_BYTES.to_string(), " bytes, found ", &bytes.len().to_string()]
                .concat(),
        ));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let not_json = |found: &str| Err(ReadError::NotJson([NOT_JSON, found].concat()));
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return not_json("an empty document");
    }
    match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, _, ..] | [_, 0, ..] => return not_json("UTF-16"),
        [b'<', ..] => return not_json("HTML or XML"),
        _ => {}
    }
    json::parse(bytes).or_else(|error| not_json(&error.message))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        let message = decode(bytes).unwrap_err().to_string();
        assert_eq!(message, [super::NOT_JSON, expected].concat());
    }

    #[test]
    fn says_what_it_found_instead() {
        check(b"", "an empty document");
        check(b" \n", "an empty document");
        check(b"\xFF\xFE{\0}\0", "UTF-16");
        check(b"{\0}\0", "UTF-16");
        check(b"<!doctype html>", "HTML or XML");
        check(b"{\"title\": \"cut", "EOF while parsing a string at line 1 column 14");
        check(b"{} {}", "trailing characters at line 1 column 4");
        check(b"\"caf\xE9\"", "invalid unicode code point at line 1 column 5");
    }

    #[test]
    fn drops_a_byte_order_mark() {
        assert!(decode(b"\xEF\xBB\xBF{}").is_ok());
    }

    #[test]
    fn refuses_what_would_overflow_the_stack() {
        let deep = "[".repeat(10_000);
        check(deep.as_bytes(), "recursion limit exceeded at line 1 column 128");
    }
}

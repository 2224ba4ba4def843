//! Parses bytes into [`Json`], as defined by [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259). Both targets use this
//! parser: with the browser's `JSON.parse`, a document could be accepted in one place and rejected in the other.
//!
//! Why not serde_json: it parses numbers into doubles, with tables of powers that no rating needs, and formats its
//! messages with `fmt`. Without it the `.wasm` is 6 KB smaller in Brotli, a tenth of the whole. Tests compare this
//! parser with serde_json: both must accept the same documents and produce the same values, for all files of
//! JSONTestSuite and for random text.
//!
//! Common, harmless faults within values are repaired and counted ([`Mended`]). [`super::mend`] repairs the faults
//! between values (comments, commas) and around the document. [`super::diagnose`] writes the error messages.
//!
//! Not supported: single quotes, keys without quotes, encodings other than UTF-8.

pub(super) mod gradual;

use super::Json;
use super::diagnose::{Expected, Failure, SyntaxError};
use crate::model::Decimal;
use crate::steps;

/// The maximum nesting of arrays and objects, as in serde_json.
pub(super) const MAX_DEPTH: usize = 127;
/// Values of a document, and one more for each [`BYTES_A_VALUE`] bytes of it. A value takes up to 120 bytes of memory, `0,` two of a file.
pub const MAX_VALUES: usize = 250_000;
const BYTES_A_VALUE: usize = 16;

/// A document and the repairs that were made in it.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The document.
    pub json: Json,
    /// The repairs.
    pub mended: Mended,
    /// How many values it has.
    pub values: usize,
}

/// The number of faults of each kind that were repaired within values.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mended {
    /// Unescaped control characters in strings, mostly line breaks from a template. They are kept.
    pub controls: usize,
    /// Surrogates without their other half, from text that was cut between UTF-16 units. They become U+FFFD.
    pub surrogates: usize,
    /// JavaScript escapes such as `\x27`. They become the character that they stand for.
    pub hex_escapes: usize,
    /// `NaN`, `Infinity` and `undefined`. They become `null`.
    pub constants: usize,
}

/// Parses one JSON document with at most 127 levels of nesting.
///
/// # Errors
/// Returns an error if `bytes` is not exactly one JSON document in UTF-8.
pub fn parse(bytes: &[u8]) -> Result<Json, SyntaxError> {
    parse_and_mend(bytes).map(|parsed| parsed.json)
}

/// Parses one JSON document and reports the repairs that were made.
///
/// # Errors
/// The same as for [`parse`].
#[doc(hidden)]
pub fn parse_and_mend(bytes: &[u8]) -> Result<Parsed, SyntaxError> {
    run(bytes).map_err(|failure| failure.error(bytes))
}

/// Parses one JSON document. Returns `None` where [`parse_and_mend`] returns an error.
#[doc(hidden)]
pub fn parse_or_none(bytes: &[u8]) -> Option<Parsed> {
    run(bytes).ok()
}

fn run(bytes: &[u8]) -> Result<Parsed, Failure> {
    let failure = Failure { at: 0, expected: Expected::Value, string: None };
    let most = MAX_VALUES + bytes.len() / BYTES_A_VALUE;
    let mut parser = Parser { text: "", at: 0, depth: 0, left: most, failure, mended: Mended::default() };
    let json = match str::from_utf8(bytes) {
        Ok(text) => {
            parser.text = text;
            parser.document()
        }
        Err(error) => {
            parser.at = error.valid_up_to();
            parser.fail(Expected::Utf8)
        }
    };
    let Parser { at, failure, mended, left, .. } = parser;
    json.map(|json| Parsed { json, mended, values: most - left }).ok_or(Failure { at, ..failure })
}

struct Parser<'a> {
    text: &'a str,
    /// The number of bytes read.
    at: usize,
    /// The number of open arrays and objects.
    depth: usize,
    /// The number of values that may still follow.
    left: usize,
    /// What was expected where parsing failed.
    failure: Failure,
    mended: Mended,
}

impl Parser<'_> {
    fn document(&mut self) -> Option<Json> {
        let json = self.value()?;
        self.space();
        if self.at == self.text.len() { Some(json) } else { self.fail(Expected::End) }
    }

    /// Takes a value from those that may still follow.
    fn takes_value(&mut self) -> Option<()> {
        let Some(left) = self.left.checked_sub(1) else { return self.fail(Expected::FewerValues) };
        self.left = left;
        steps::count(1);
        Some(())
    }

    fn value(&mut self) -> Option<Json> {
        self.space();
        self.takes_value()?;
        match self.peek() {
            Some(b'"') => self.string().map(Json::Text),
            Some(b'{') => self.members().map(Json::Object),
            Some(b'[') => self.items().map(Json::List),
            Some(b'-') if self.rest().starts_with("-Infinity") => {
                self.at += 1;
                self.value()
            }
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => {
                let words = [
                    ("null", Some(Json::Null)),
                    ("true", Some(Json::Bool(true))),
                    ("false", Some(Json::Bool(false))),
                    ("NaN", None),
                    ("Infinity", None),
                    ("undefined", None),
                ];
                let found = words.into_iter().find(|(word, _)| self.rest().starts_with(word));
                let Some((word, json)) = found else { return self.fail(Expected::Value) };
                self.at += word.len();
                self.mended.constants += usize::from(json.is_none());
                Some(json.unwrap_or(Json::Null))
            }
        }
    }

    fn items(&mut self) -> Option<Vec<Json>> {
        let mut items = Vec::new();
        self.open()?;
        if !self.closes(b']') {
            loop {
                items.push(self.value()?);
                if !self.goes_on(b']', Expected::CommaOr("]"))? {
                    break;
                }
            }
        }
        self.depth -= 1;
        // In a page, where memory is not short, this is not worth its bytes.
        if cfg!(not(target_arch = "wasm32")) {
            items.shrink_to_fit();
        }
        Some(items)
    }

    fn members(&mut self) -> Option<Vec<(String, Json)>> {
        let mut members = Vec::new();
        self.open()?;
        if !self.closes(b'}') {
            loop {
                let name = self.key()?;
                members.push((name, self.value()?));
                if !self.goes_on(b'}', Expected::CommaOr("}"))? {
                    break;
                }
            }
        }
        self.depth -= 1;
        if cfg!(not(target_arch = "wasm32")) {
            members.shrink_to_fit();
        }
        Some(members)
    }

    /// Parses a key and its colon.
    fn key(&mut self) -> Option<String> {
        self.space();
        if self.peek() != Some(b'"') {
            return self.fail(Expected::Name);
        }
        let name = self.string()?;
        if !self.closes(b':') {
            return self.fail(Expected::Colon);
        }
        Some(name)
    }

    /// Passes an opening bracket and goes one level deeper.
    fn open(&mut self) -> Option<()> {
        if self.depth == MAX_DEPTH {
            return self.fail(Expected::LessDepth);
        }
        self.at += 1;
        self.depth += 1;
        Some(())
    }

    /// Returns `true` after a comma and `false` after the closing bracket.
    fn goes_on(&mut self, bracket: u8, expected: Expected) -> Option<bool> {
        if self.closes(bracket) {
            Some(false)
        } else if self.closes(b',') {
            Some(true)
        } else {
            self.fail(expected)
        }
    }

    /// Skips white space, then `mark` if it comes next. Returns whether it did.
    fn closes(&mut self, mark: u8) -> bool {
        self.space();
        let found = self.peek() == Some(mark);
        self.at += usize::from(found);
        found
    }

    /// Parses a string, starting at its opening quote.
    fn string(&mut self) -> Option<String> {
        self.failure.string = Some(self.at);
        self.at += 1;
        let mut string = String::new();
        loop {
            let rest = self.rest();
            let length = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | ..b' '));
            // The slice ends before an ASCII byte, so it ends between two characters.
            let plain = length.and_then(|length| rest.get(..length));
            steps::count(1 + plain.map_or(0, str::len));
            string.push_str(plain.unwrap_or_default());
            self.at += length.unwrap_or(rest.len());
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Some(string);
                }
                Some(b'\\') => string.push(self.escaped()?),
                Some(control) => {
                    self.at += 1;
                    self.mended.controls += 1;
                    string.push(control.into());
                }
                None => return self.fail(Expected::Quote),
            }
        }
    }

    /// Parses an escape sequence.
    fn escaped(&mut self) -> Option<char> {
        self.at += 1;
        let char = match self.peek() {
            Some(escaped @ (b'"' | b'\\' | b'/')) => escaped.into(),
            Some(b'b') => '\x08',
            Some(b'f') => '\x0C',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            Some(b'x') => return self.hex(),
            _ => return self.fail(Expected::Escape),
        };
        self.at += 1;
        Some(char)
    }

    /// Parses `\x27`, starting at the `x`.
    fn hex(&mut self) -> Option<char> {
        let digits = self.text.get(self.at + 1..self.at + 3);
        let code = digits.and_then(hex);
        let Some(char) = code.and_then(char::from_u32) else { return self.fail(Expected::Escape) };
        self.at += 3;
        self.mended.hex_escapes += 1;
        Some(char)
    }

    /// Parses `\uD83D\uDE00`, starting at the first `u`.
    fn unicode(&mut self) -> Option<char> {
        let Some(unit) = self.unit() else {
            let digits = self.rest().bytes().skip(1).take_while(u8::is_ascii_hexdigit).count();
            self.at += 1 + digits; // The error names what stands in their place.
            return self.fail(Expected::HexDigits);
        };
        self.at += 5;
        let mut code = unit;
        if unit & 0xFC00 == 0xD800 && self.rest().starts_with("\\u") {
            self.at += 1;
            match self.unit() {
                Some(second) if second & 0xFC00 == 0xDC00 => {
                    self.at += 5;
                    code = 0x1_0000 + ((unit & 0x3FF) << 10) + (second & 0x3FF);
                }
                _ => self.at -= 1, // Another escape; it is parsed separately.
            }
        }
        let char = char::from_u32(code);
        self.mended.surrogates += usize::from(char.is_none());
        Some(char.unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// Parses the four hexadecimal digits after a `u`.
    fn unit(&self) -> Option<u32> {
        hex(self.text.get(self.at + 1..self.at + 5)?)
    }

    fn number(&mut self) -> Option<Json> {
        let start = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        let leading_zero = self.peek() == Some(b'0');
        if self.digits()? > 1 && leading_zero {
            self.at = start;
            return self.fail(Expected::NoLeadingZero);
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.digits()?;
        }
        let literal = self.text.get(start..self.at)?;
        Some(Decimal::from_literal(literal).map_or_else(|| literal.into(), Json::Number))
    }

    /// Passes digits and returns their number. Fails if there is none.
    fn digits(&mut self) -> Option<usize> {
        let count = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        self.at += count;
        if count > 0 { Some(count) } else { self.fail(Expected::Digit) }
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Returns the unread text. This is safe because only ASCII is ever passed one byte at a time.
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn fail<T>(&mut self, expected: Expected) -> Option<T> {
        self.failure.expected = expected;
        None
    }
}

fn hex(digits: &str) -> Option<u32> {
    digits.chars().try_fold(0, |code, digit| Some(code * 16 + digit.to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::{Mended, Parsed, parse, parse_and_mend};

    /// Parses, prints the result, and compares it and the repairs with the expected ones.
    #[track_caller]
    fn check(text: &str, expected: &str, mended: [usize; 4]) {
        let Parsed { json, mended: found, .. } = parse_and_mend(text.as_bytes()).unwrap();
        let Mended { controls, surrogates, hex_escapes, constants } = found;
        let found = [controls, surrogates, hex_escapes, constants];
        assert_eq!((json.to_string().as_str(), found), (expected, mended), "{text}");
    }

    #[test]
    fn reads() {
        check(" [ ] ", "[]", [0; 4]);
        check(r#"{"a" : {} , "b":[null,true, false]}"#, r#"{"a":{},"b":[null,true,false]}"#, [0; 4]);
        check(
            r#""\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00""#,
            "\"\\\"\\\\/\\u0008\\u000c\\n\\u000d\\u0009é😀\"",
            [0; 4],
        );
        check("[0, -0, 1.5, 2e3, 25E-1, -1.25e+2]", "[0,0,1.5,2000,2.5,-125]", [0; 4]);
        check(
            "[0.0005, 0.00049, 1e-999, 1234567890.12345678]",
            "[0.0005,0.00049,0,1234567890.12345678]",
            [0; 4],
        );
        check(
            "[1e12, 1e13, -1e400, 123456789012345678901234567890]",
            r#"[1000000000000,"1e13","-1e400","123456789012345678901234567890"]"#,
            [0; 4],
        );
    }

    #[test]
    fn mends() {
        check("[\"two\nlines\", \"tab\t\", \"\n\"]", r#"["two\nlines","tab\u0009","\n"]"#, [3, 0, 0, 0]);
        check(r#"["\ud83d", "\ud83d\ude00 \\ud83d"]"#, r#"["�","😀 \\ud83d"]"#, [0, 1, 0, 0]);
        check(r#"["\ude00\ud83d\n"]"#, r#"["��\n"]"#, [0, 2, 0, 0]);
        check(r#"["\uD83Dx", "\uD83D\uD83D\uDE00"]"#, r#"["�x","�😀"]"#, [0, 2, 0, 0]);
        check(r#"["\u0041\ude00"]"#, r#"["A�"]"#, [0, 1, 0, 0]);
        check(r#"["\x27\xe9\\x41"]"#, r#"["'é\\x41"]"#, [0, 0, 2, 0]);
        check("[NaN, -Infinity, Infinity, undefined]", "[null,null,null,null]", [0, 0, 0, 4]);
    }

    #[test]
    fn only_open_brackets_count_as_levels() {
        let text = ["[", &"[], [[]], {}, {\"a\": {}}, ".repeat(200), "0]"].concat();
        assert!(parse(text.as_bytes()).is_ok());
    }

    #[track_caller]
    fn refuse(text: &[u8], message: &str) {
        let found = parse(text).unwrap_err().message;
        // `diagnose` tests the advice that follows.
        assert!(found.starts_with(message), "{}: {found}", String::from_utf8_lossy(text));
    }

    #[test]
    fn says_what_it_found_and_where() {
        refuse(b"", "the end of the document in place of a value at line 1 column 1");
        refuse(b"[1,]", "\"]\" in place of a value at line 1 column 4");
        refuse(b"[1 2]", "\"2\" in place of a comma or ] at line 1 column 4");
        refuse(b"{\"a\": 1,\n  b: 2}", "\"b\" in place of a key in double quotes at line 2 column 3");
        refuse(b"{\"a\" 1}", "\"1\" in place of a colon at line 1 column 6");
        refuse(b"{\"a\": 1", "the end of the document in place of a comma or } at line 1 column 8");
        refuse(b"\"abc", "the end of the document in place of a closing quote at line 1 column 5");
        refuse(br#""\x4""#, "\"x\" in place of an escape at line 1 column 3");
        refuse(br#""\u00g0""#, "\"g\" in place of four hexadecimal digits at line 1 column 6");
        refuse(b"[01]", "\"0\" in place of a number without leading zeros at line 1 column 2");
        refuse(b"[1.]", "\"]\" in place of a digit at line 1 column 4");
        refuse(b"[+1]", "\"+\" in place of a value at line 1 column 2");
        refuse(b"nul", "\"n\" in place of a value at line 1 column 1");
        refuse(b"{} {}", "\"{\" after the end of the document at line 1 column 4");
        refuse(b"\"caf\xE9\"", "byte 233 in place of UTF-8 at line 1 column 5");
        refuse(&[b'['; 10_000], "\"[\" in place of at most 127 levels at line 1 column 128");
    }
}

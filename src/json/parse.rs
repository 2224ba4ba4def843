//! Bytes to [`Json`], as [RFC 8259](https://www.rfc-editor.org/rfc/rfc8259) has it; the same on both targets, where the
//! browser's `JSON.parse` would let a document show in one place and fail in the other.
//!
//! Why not serde_json: it reads numbers as doubles, with tables of powers that no rating needs, and composes its messages
//! with `fmt`. Without it the `.wasm` is 6 KB smaller in Brotli, a tenth of the whole. The tests hold it against
//! serde_json: the same verdict and the same value for every file of JSONTestSuite, and for any text.
//!
//! Faults within values that are common and do no harm are mended, and counted ([`Mended`]). What stands between values
//! (comments, commas) and around the document is the business of [`super::mend`]; the messages are that of
//! [`super::diagnose`].
//!
//! Not supported: single quotes, keys without quotes, other encodings than UTF-8.

use super::Json;
use super::diagnose::{Expected, Failure, SyntaxError};
use crate::model::Decimal;
use crate::steps;

/// Arrays and objects within each other, as in serde_json.
pub(super) const MAX_DEPTH: usize = 127;
/// Values of a document, and one more for each [`BYTES_A_VALUE`] bytes of it. A value takes up to 120 bytes of memory, `0,` two of a file.
pub const MAX_VALUES: usize = 250_000;
const BYTES_A_VALUE: usize = 16;

/// A document, and what was mended in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The document.
    pub json: Json,
    /// What was mended.
    pub mended: Mended,
    /// How many values it has.
    pub values: usize,
}

/// How many faults of each kind were mended within values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mended {
    /// Control characters in strings that were not escaped, mostly line breaks of a template: taken as they are.
    pub controls: usize,
    /// Surrogates without their other half, from text that was cut by UTF-16 units: now U+FFFD.
    pub surrogates: usize,
    /// `\x27`, an escape of JavaScript: the character it means.
    pub hex_escapes: usize,
    /// `NaN`, `Infinity`, `undefined`: `null`.
    pub constants: usize,
}

/// Parses one JSON document of at most 127 levels.
///
/// # Errors
/// Where `bytes` is not one whole JSON document in UTF-8.
pub fn parse(bytes: &[u8]) -> Result<Json, SyntaxError> {
    parse_and_mend(bytes).map(|parsed| parsed.json)
}

/// Parses one JSON document, and reports what was mended in it.
///
/// # Errors
/// As [`parse`].
pub fn parse_and_mend(bytes: &[u8]) -> Result<Parsed, SyntaxError> {
    run(bytes).map_err(|failure| failure.error(bytes))
}

/// Parses one JSON document; `None` where [`parse_and_mend`] would say why it is none.
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
    /// How many bytes have been read.
    at: usize,
    /// How many arrays and objects are open.
    depth: usize,
    /// How many values may follow.
    left: usize,
    /// What was missing where it failed.
    failure: Failure,
    mended: Mended,
}

impl Parser<'_> {
    fn document(&mut self) -> Option<Json> {
        let json = self.value()?;
        self.space();
        if self.at == self.text.len() { Some(json) } else { self.fail(Expected::End) }
    }

    fn value(&mut self) -> Option<Json> {
        self.space();
        let Some(left) = self.left.checked_sub(1) else { return self.fail(Expected::FewerValues) };
        self.left = left;
        steps::count(1);
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
                self.space();
                if self.peek() != Some(b'"') {
                    return self.fail(Expected::Name);
                }
                let name = self.string()?;
                if !self.closes(b':') {
                    return self.fail(Expected::Colon);
                }
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

    /// Goes one level down, past its bracket.
    fn open(&mut self) -> Option<()> {
        if self.depth == MAX_DEPTH {
            return self.fail(Expected::LessDepth);
        }
        self.at += 1;
        self.depth += 1;
        Some(())
    }

    /// Whether a comma comes, and not the bracket.
    fn goes_on(&mut self, bracket: u8, expected: Expected) -> Option<bool> {
        if self.closes(bracket) {
            Some(false)
        } else if self.closes(b',') {
            Some(true)
        } else {
            self.fail(expected)
        }
    }

    /// Whether `mark` comes next, after white space; then it is passed.
    fn closes(&mut self, mark: u8) -> bool {
        self.space();
        let found = self.peek() == Some(mark);
        self.at += usize::from(found);
        found
    }

    /// A string, from its first quote on.
    fn string(&mut self) -> Option<String> {
        self.failure.string = Some(self.at);
        self.at += 1;
        let mut string = String::new();
        loop {
            let rest = self.rest();
            let length = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | ..b' '));
            // It ends before a byte of ASCII, and so between two characters.
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

    /// The character of an escape.
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

    /// The character of `\x27`, from the `x` on.
    fn hex(&mut self) -> Option<char> {
        let digits = self.text.get(self.at + 1..self.at + 3);
        let code = digits.and_then(hex);
        let Some(char) = code.and_then(char::from_u32) else { return self.fail(Expected::Escape) };
        self.at += 3;
        self.mended.hex_escapes += 1;
        Some(char)
    }

    /// The character of `\uD83D\uDE00`, from the first `u` on.
    fn unicode(&mut self) -> Option<char> {
        let Some(unit) = self.unit() else { return self.fail(Expected::HexDigits) };
        self.at += 5;
        let mut code = unit;
        if unit & 0xFC00 == 0xD800 && self.rest().starts_with("\\u") {
            self.at += 1;
            match self.unit() {
                Some(second) if second & 0xFC00 == 0xDC00 => {
                    self.at += 5;
                    code = 0x1_0000 + ((unit & 0x3FF) << 10) + (second & 0x3FF);
                }
                _ => self.at -= 1, // Another escape: it is read by itself.
            }
        }
        let char = char::from_u32(code);
        self.mended.surrogates += usize::from(char.is_none());
        Some(char.unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// The four digits after a `u`.
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

    /// How many digits were passed: at least one.
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

    /// What has not been read; nothing else than ASCII has been passed one byte at a time.
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

    /// What is read, printed again, and how much was mended.
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
        check("[0.0005, 0.00049, 1e-999, 1234567890.123456789]", "[0.001,0,0,1234567890.123]", [0; 4]);
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
        check(r#"["\x27\xe9\\x41"]"#, r#"["'é\\x41"]"#, [0, 0, 2, 0]);
        check("[NaN, -Infinity, Infinity, undefined]", "[null,null,null,null]", [0, 0, 0, 4]);
    }

    #[track_caller]
    fn refuse(text: &[u8], message: &str) {
        let found = parse(text).unwrap_err().message;
        // What to do about it is in `diagnose`.
        assert!(found.starts_with(message), "{}: {found}", String::from_utf8_lossy(text));
    }

    #[test]
    fn says_what_it_found_and_where() {
        refuse(b"", "its end in place of a value at line 1 column 1");
        refuse(b"[1,]", "\"]\" in place of a value at line 1 column 4");
        refuse(b"[1 2]", "\"2\" in place of a comma or ] at line 1 column 4");
        refuse(b"{\"a\": 1,\n  b: 2}", "\"b\" in place of a key in double quotes at line 2 column 3");
        refuse(b"{\"a\" 1}", "\"1\" in place of a colon at line 1 column 6");
        refuse(b"{\"a\": 1", "its end in place of a comma or } at line 1 column 8");
        refuse(b"\"abc", "its end in place of a closing quote at line 1 column 5");
        refuse(br#""\x4""#, "\"x\" in place of an escape at line 1 column 3");
        refuse(br#""\u00g0""#, "\"u\" in place of four hexadecimal digits at line 1 column 3");
        refuse(b"[01]", "\"0\" in place of a number without leading zeros at line 1 column 2");
        refuse(b"[1.]", "\"]\" in place of a digit at line 1 column 4");
        refuse(b"[+1]", "\"+\" in place of a value at line 1 column 2");
        refuse(b"nul", "\"n\" in place of a value at line 1 column 1");
        refuse(b"{} {}", "\"{\" in place of nothing more at line 1 column 4");
        refuse(b"\"caf\xE9\"", "byte 233 in place of UTF-8 at line 1 column 5");
        refuse(&[b'['; 10_000], "\"[\" in place of at most 127 levels at line 1 column 128");
    }
}

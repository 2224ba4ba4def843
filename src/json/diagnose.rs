//! Explains to an author why a document is not JSON: what was found and where, what was expected, and what to type
//! instead.

use std::fmt;

/// What the parser expected where it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    Value,
    CommaOr(&'static str),
    Name,
    Colon,
    Quote,
    Escape,
    HexDigits,
    NoLeadingZero,
    Digit,
    LessDepth,
    FewerValues,
    End,
    Utf8,
}

/// Where and why the parser stopped.
#[derive(Clone, Copy, Debug)]
pub(super) struct Failure {
    /// The byte offset.
    pub(super) at: usize,
    pub(super) expected: Expected,
    /// The byte offset where the last string begins.
    pub(super) string: Option<usize>,
}

/// Where and why a document is not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// For example `"B" in place of a value at line 2 column 12: put double quotes around text`. Lines and columns
    /// count from 1, columns in characters.
    pub message: String,
    /// Whether the document ends before it is complete.
    pub is_cut: bool,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Typographic quotes, as word processors and phones insert them.
const CURLY: [char; 11] = ['“', '”', '„', '‟', '«', '»', '″', '‘', '’', '‚', '＂'];

impl Expected {
    fn text(self) -> String {
        match self {
            Expected::Value => "a value".into(),
            Expected::CommaOr(bracket) => ["a comma or ", bracket].concat(),
            Expected::Name => "a key in double quotes".into(),
            Expected::Colon => "a colon".into(),
            Expected::Quote => "a closing quote".into(),
            Expected::Escape => "an escape".into(),
            Expected::HexDigits => "four hexadecimal digits".into(),
            Expected::NoLeadingZero => "a number without leading zeros".into(),
            Expected::Digit => "a digit".into(),
            Expected::LessDepth => "at most 127 levels".into(),
            Expected::FewerValues => "at most 250000 values, and one more for every 16 bytes,".into(),
            Expected::End => String::new(), // See `Failure::error`.
            Expected::Utf8 => "UTF-8".into(),
        }
    }
}

impl Failure {
    pub(super) fn error(self, bytes: &[u8]) -> SyntaxError {
        let is_cut = self.at >= bytes.len();
        if let Some(start) = self.open_string(bytes) {
            let message =
                ["a string without its closing quote", &place(bytes, start), ": type \" where the text ends"];
            return SyntaxError { message: message.concat(), is_cut };
        }
        let rest = bytes.get(self.at..).unwrap_or_default();
        let char = rest.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next());
        let found = match (char, rest.first()) {
            (Some('"'), _) => "a quote (\")".to_owned(),
            (Some(c), _) if CURLY.contains(&c) => ["a curly quote (", &c.to_string(), ")"].concat(),
            (Some(c), _) if !c.is_control() => ["\"", &c.to_string(), "\""].concat(),
            (_, Some(byte)) => ["byte ", &byte.to_string()].concat(),
            (_, None) => "the end of the document".to_owned(),
        };
        let hint = self.hint(char, bytes).unwrap_or_default();
        let what = match self.expected {
            Expected::End => " after the end of the document".to_owned(),
            expected => [" in place of ", &expected.text()].concat(),
        };
        let message = [&found, &*what, &place(bytes, self.at), hint].concat();
        SyntaxError { message, is_cut }
    }

    /// Returns the start of a string whose closing quote is missing. Such a string runs over a line break to the next
    /// quote, after which the JSON makes no sense, or to the end of the document.
    fn open_string(self, bytes: &[u8]) -> Option<usize> {
        let start = self.string?;
        let string = bytes.get(start..self.at)?.trim_ascii_end();
        let runs_over = string.contains(&b'\n');
        match self.expected {
            Expected::CommaOr(_) | Expected::Colon => {
                let is_just_closed = string.last() == Some(&b'"');
                (runs_over && is_just_closed && bytes.get(self.at).is_some()).then_some(start)
            }
            Expected::Quote if runs_over || bytes.ends_with(b"\n") => Some(start),
            _ => None,
        }
    }

    /// Returns whether a number and a comma come directly before, as in `4,5`.
    fn is_after_decimal_comma(self, bytes: &[u8]) -> bool {
        matches!(bytes.get(..self.at), Some([.., b'0'..=b'9', b',']))
    }

    /// Returns whether a key comes directly before.
    fn is_after_colon(self, bytes: &[u8]) -> bool {
        bytes.get(..self.at).is_some_and(|before| before.trim_ascii_end().ends_with(b":"))
    }

    /// Returns whether a constant follows as Python or PHP write it.
    fn is_constant(self, bytes: &[u8]) -> bool {
        let rest = bytes.get(self.at..).unwrap_or_default();
        ["True", "False", "None", "TRUE", "FALSE", "NULL"]
            .iter()
            .any(|word| rest.starts_with(word.as_bytes()))
    }

    /// Returns the advice for the author, if there is any.
    fn hint(self, found: Option<char>, bytes: &[u8]) -> Option<&'static str> {
        let after_quote = self.at > 0 && bytes.get(self.at - 1) == Some(&b'"');
        Some(match (self.expected, found) {
            (Expected::Utf8, _) => ": save the file as UTF-8",
            (_, None) => ": the document is cut off; type what is missing, or upload the whole file again",
            (_, Some(c)) if CURLY.contains(&c) => ": type straight quotes (\")",
            (_, Some('\'')) => ": type double quotes (\")",
            (Expected::CommaOr(_) | Expected::Colon, Some(c)) if c.is_alphanumeric() && after_quote => {
                ": write a quote inside text as \\\", or close the text with \" where it ends"
            }
            (Expected::CommaOr(_), Some('"' | '{' | '[' | '0'..='9' | '-' | 'a'..='z')) => {
                ": type a comma before it"
            }
            (Expected::CommaOr(_), Some(';')) => ": type a comma in place of it",
            (Expected::Name, Some('{')) => ": close the object before it with }",
            (Expected::End, Some('}' | ']')) => ": leave it out, or type what it closes before the document",
            (Expected::CommaOr(_), Some(':')) => ": type a comma before the key",
            (Expected::Colon, Some(_)) => ": type a colon between a key and its value",
            (Expected::Value, Some('.')) => ": write a zero before the point, such as 0.5",
            (Expected::Value, Some('+')) => ": leave out the plus",
            (Expected::NoLeadingZero, Some(_)) => ": leave out the zero before it",
            (Expected::Value | Expected::Name, Some('#')) => {
                ": leave out the comment, or begin it with // in place of #"
            }
            (Expected::Value, Some(_))
                if bytes.get(..self.at).is_some_and(|before| before.trim_ascii().is_empty()) =>
            {
                ": leave out what is before the first { or [ and after its end"
            }
            (Expected::Value, Some('T' | 'F' | 'N')) if self.is_constant(bytes) => {
                ": write true, false and null in small letters"
            }
            (Expected::Value, Some(c)) if c.is_alphabetic() => ": put double quotes around text",
            (Expected::Value, Some(',' | '}' | ']')) if self.is_after_colon(bytes) => {
                ": type the value, or leave out its key"
            }
            (Expected::Value, Some(',')) => ": leave out the comma, or type the value before it",
            (Expected::Name, Some('0'..='9')) if self.is_after_decimal_comma(bytes) => {
                ": write decimals with a point, such as 4.5"
            }
            (Expected::Name, Some(c)) if c.is_alphanumeric() || matches!(c, '_' | '$') => {
                ": put double quotes around keys"
            }
            (Expected::Escape, Some(_)) => ": write a backslash as \\\\",
            (Expected::End, Some('{' | '[')) => {
                ": put several documents into one array, [ … ], with commas between them"
            }
            (Expected::Name, Some(',')) => ": leave out the comma",
            (Expected::HexDigits, Some(_)) => ": write four digits after \\u, such as \\u00e9",
            (Expected::Digit, Some(_)) => ": type a digit before it",
            (Expected::End, Some(',' | '"')) => ": put [ before the document and ] after it, or { and }",
            (Expected::LessDepth | Expected::FewerValues, _) => return None,
            _ => ": leave it out",
        })
    }
}

/// Returns the position of the byte `at` as ` at line 2 column 12`.
#[doc(hidden)]
pub fn place(bytes: &[u8], at: usize) -> String {
    let before = bytes.get(..at).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let is_start = |byte: &&u8| **byte & 0xC0 != 0x80;
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').filter(is_start).count() + 1;
    [" at line ", &line.to_string(), " column ", &column.to_string()].concat()
}

#[cfg(test)]
mod tests {
    use crate::json::parse;

    #[track_caller]
    fn check(text: impl AsRef<[u8]>, expected: &str) {
        let text = text.as_ref();
        assert_eq!(parse(text).unwrap_err().to_string(), expected, "{}", String::from_utf8_lossy(text));
    }

    #[test]
    fn says_whether_the_document_is_cut_off() {
        for (text, expected) in
            [("", true), ("{ \"a\": [1,", true), ("\"abc\n", true), ("[1 2]", false), ("{} {}", false)]
        {
            assert_eq!(parse(text.as_bytes()).unwrap_err().is_cut, expected, "{text}");
        }
    }

    #[test]
    fn curly_quotes() {
        let hint = "at line 2 column 3: type straight quotes (\")";
        check("{\n  “title”: “A”}", &format!("a curly quote (“) in place of a key in double quotes {hint}"));
        check(
            "{ \"é\": “A” }",
            "a curly quote (“) in place of a value at line 1 column 8: type straight quotes (\")",
        );
        check(
            "{ \"a\": \"A”, \n\"b\": 4 }",
            "a string without its closing quote at line 1 column 8: type \" where the text ends",
        );
    }

    #[test]
    fn a_missing_comma() {
        check(
            "{ \"a\": 1\n  \"b\": 2 }",
            "a quote (\") in place of a comma or } at line 2 column 3: type a comma before it",
        );
        check("[{} {}]", "\"{\" in place of a comma or ] at line 1 column 5: type a comma before it");
        check(
            "{ \"a\":\n 1 2 }",
            "\"2\" in place of a comma or } at line 2 column 4: type a comma before it",
        );
        check(
            "{ \"a\": 1, \"b\": \"c\": 2 }",
            "\":\" in place of a comma or } at line 1 column 19: type a comma before the key",
        );
    }

    #[test]
    fn a_missing_quote() {
        let open =
            |place| format!("a string without its closing quote at {place}: type \" where the text ends");
        check("{ \"title\": \"Alien,\n \"rating\": 4 }", &open("line 1 column 12"));
        check("{ \"a\": 1,\n \"title: 4,\n \"b\": 2 }", &open("line 2 column 2"));
        check("{ \"title\": \"Alien\n}", &open("line 1 column 12"));
        check(
            "{ \"title\": Alien\" }",
            "\"A\" in place of a value at line 1 column 12: put double quotes around text",
        );
        check(
            "{ title: 1 }",
            "\"t\" in place of a key in double quotes at line 1 column 3: put double quotes around keys",
        );
        check(
            "{ 'a': 1 }",
            "\"'\" in place of a key in double quotes at line 1 column 3: type double quotes (\")",
        );
        let inside = ": write a quote inside text as \\\", or close the text with \" where it ends";
        check(
            "{ \"a\": \"The \"Best\" film\" }",
            &format!("\"B\" in place of a comma or }} at line 1 column 14{inside}"),
        );
    }

    #[test]
    fn a_decimal_with_a_comma() {
        check(
            "{ \"rating\": 4,5 }",
            "\"5\" in place of a key in double quotes at line 1 column 15: write decimals with a point, such as 4.5",
        );
    }

    #[test]
    fn a_key_without_quotes() {
        let place = "in place of a key in double quotes at line 1";
        check("{ \"a\": 1, 5: 2 }", &format!("\"5\" {place} column 11: put double quotes around keys"));
        check("{ $a: 1 }", &format!("\"$\" {place} column 3: put double quotes around keys"));
        check("{ [1] }", &format!("\"[\" {place} column 3: leave it out"));
    }

    #[test]
    fn what_other_languages_write() {
        check(
            "{ \"a\": True }",
            "\"T\" in place of a value at line 1 column 8: write true, false and null in small letters",
        );
        check(
            "{ \"a\": None }",
            "\"N\" in place of a value at line 1 column 8: write true, false and null in small letters",
        );
        check(
            "{ \"a\": Next }",
            "\"N\" in place of a value at line 1 column 8: put double quotes around text",
        );
        check(
            "{ \"a\": .5 }",
            "\".\" in place of a value at line 1 column 8: write a zero before the point, such as 0.5",
        );
        check("{ \"a\": +5 }", "\"+\" in place of a value at line 1 column 8: leave out the plus");
        check(
            "{ \"a\": 05 }",
            "\"0\" in place of a number without leading zeros at line 1 column 8: leave out the zero before it",
        );
        check(
            "{ \"a\": 1; }",
            "\";\" in place of a comma or } at line 1 column 9: type a comma in place of it",
        );
        check(
            "[{ \"a\": 1, { \"a\": 2 }]",
            "\"{\" in place of a key in double quotes at line 1 column 12: close the object before it with }",
        );
        check(
            "{}}",
            "\"}\" after the end of the document at line 1 column 3: leave it out, or type what it closes before the document",
        );
        for before in ["var reviews = ", "# All of them\n", ")]}',\n", "export default ", "```json\n"] {
            let message = parse(format!("{before}{{}}").as_bytes()).unwrap_err().message;
            let hint = ": leave out what is before the first { or [ and after its end";
            let comment = ": leave out the comment, or begin it with // in place of #";
            assert!(message.ends_with(if before.starts_with('#') { comment } else { hint }), "{message}");
        }
    }

    #[test]
    fn other_faults() {
        check(
            "{ \"a\" 1 }",
            "\"1\" in place of a colon at line 1 column 7: type a colon between a key and its value",
        );
        check(
            "{ \"a\": }",
            "\"}\" in place of a value at line 1 column 8: type the value, or leave out its key",
        );
        check(
            "[1,, 2]",
            "\",\" in place of a value at line 1 column 4: leave out the comma, or type the value before it",
        );
        check(
            "[1",
            "the end of the document in place of a comma or ] at line 1 column 3: the document is cut off; type what is missing, or upload the whole file again",
        );
        check(
            "{}\n{}",
            "\"{\" after the end of the document at line 2 column 1: put several documents into one array, [ … ], with commas between them",
        );
        check(
            "{}, {}",
            "\",\" after the end of the document at line 1 column 3: put [ before the document and ] after it, or { and }",
        );
        check("[\u{1}]", "byte 1 in place of a value at line 1 column 2: leave it out");
        for (text, column) in [("{ \"a\": 1,, \"b\": 2 }", 10), ("{ , \"a\": 1 }", 3), ("{,}", 2)] {
            check(
                text,
                &format!(
                    "\",\" in place of a key in double quotes at line 1 column {column}: leave out the comma"
                ),
            );
        }
        check(
            "[\"\\u12x4\"]",
            "\"x\" in place of four hexadecimal digits at line 1 column 7: write four digits after \\u, such as \\u00e9",
        );
        check("[1.]", "\"]\" in place of a digit at line 1 column 4: type a digit before it");
        check("[1)]", "\")\" in place of a comma or ] at line 1 column 3: leave it out");
        check("{})", "\")\" after the end of the document at line 1 column 3: leave it out");
        check(b"\"caf\xE9\"", "byte 233 in place of UTF-8 at line 1 column 5: save the file as UTF-8");
        check("\"C:\\Users\"", "\"U\" in place of an escape at line 1 column 5: write a backslash as \\\\");
    }
}

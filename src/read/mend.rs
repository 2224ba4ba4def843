//! A second reading of JSON that is broken in ways that are common and do no harm:
//!
//! 1. raw control characters in strings, mostly line breaks that a template did not escape: taken as they are;
//! 2. half a surrogate pair, from text that was cut by UTF-16 units: U+FFFD;
//! 3. numbers beyond a double, such as `1e400`: text, so that the field says what it expected.
//!
//! Only what was refused is read again, so that a sound document never pays for it. Not supported: comments, trailing
//! commas, single quotes, other encodings.

use super::document::NOT_JSON;
use super::{MAX_BYTES, Problem};
use crate::json::{self, Json};

/// How serde_json begins what it says of these. A test holds the messages against the library.
const MENDABLE: [&str; 4] = [
    "control character (\\u0000-\\u001F) found while parsing a string",
    "lone leading surrogate",
    "unexpected end of hex escape",
    "number out of range",
];

/// Whether a message of the parser is about something that can be mended.
pub(super) fn may_mend(message: &str) -> bool {
    let found = message.strip_prefix(NOT_JSON).unwrap_or(message);
    MENDABLE.iter().any(|start| found.starts_with(start))
}

/// The document, mended, with a problem of each kind; `None` where that was not what it lacked.
pub(super) fn mend(bytes: &[u8], problems: &mut Vec<Problem>) -> Option<Json> {
    if bytes.len() > MAX_BYTES {
        return None;
    }
    let mut mended = Mended { out: Vec::with_capacity(bytes.len()), counts: [0; 3] };
    mended.document(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
    let document = json::parse(&mended.out).ok()?;
    let kinds = [
        ["control characters in strings to be escaped (\\n, \\t)", "not escaped"],
        ["surrogates in pairs", "without its other half, shown as U+FFFD"],
        ["numbers within ±1e308", "beyond it"],
    ];
    for ([expected, found], count) in kinds.into_iter().zip(mended.counts) {
        if count > 0 {
            let message = ["expected ", expected, ", found ", &count.to_string(), " ", found].concat();
            problems.push(Problem { path: String::new(), message });
        }
    }
    (mended.counts != [0; 3]).then_some(document)
}

struct Mended {
    out: Vec<u8>,
    /// Control characters, surrogates, numbers.
    counts: [usize; 3],
}

impl Mended {
    fn document(&mut self, mut rest: &[u8]) {
        while let [first, after @ ..] = rest {
            rest = match first {
                b'"' => {
                    self.out.push(b'"');
                    self.string(after)
                }
                b'-' | b'0'..=b'9' => self.number(rest),
                _ => {
                    self.out.push(*first);
                    after
                }
            };
        }
    }

    /// A string after its first quote; returns what follows its last.
    fn string<'a>(&mut self, mut rest: &'a [u8]) -> &'a [u8] {
        loop {
            rest = match rest {
                [] => return rest,
                [b'"', after @ ..] => {
                    self.out.push(b'"');
                    return after;
                }
                [b'\\', b'u', after @ ..] => self.escape(after),
                [b'\\', escaped, after @ ..] => {
                    self.out.extend([b'\\', *escaped]);
                    after
                }
                [control @ 0..=0x1f, after @ ..] => {
                    self.count(0);
                    let digit = |value: u8| char::from_digit(value.into(), 16).map_or(b'0', |c| c as u8);
                    self.out.extend(b"\\u00");
                    self.out.extend([digit(control >> 4), digit(control & 15)]);
                    after
                }
                [other, after @ ..] => {
                    self.out.push(*other);
                    after
                }
            };
        }
    }

    /// An escape after its `\u`; returns what follows it.
    fn escape<'a>(&mut self, rest: &'a [u8]) -> &'a [u8] {
        let whole = match unit(rest) {
            Some(0xD800..=0xDBFF) => match rest.get(4..) {
                Some([b'\\', b'u', second @ ..]) if matches!(unit(second), Some(0xDC00..=0xDFFF)) => Some(10),
                _ => None,
            },
            Some(0xDC00..=0xDFFF) => None,
            _ => Some(0), // No surrogate; or no escape, which the parser refuses.
        };
        self.out.extend(b"\\u");
        let (kept, after) = rest.split_at_checked(whole.unwrap_or(4)).unwrap_or((rest, &[]));
        if whole.is_none() {
            self.count(1);
            self.out.extend(b"fffd");
        } else {
            self.out.extend(kept);
        }
        after
    }

    fn number<'a>(&mut self, rest: &'a [u8]) -> &'a [u8] {
        let length = rest
            .iter()
            .take_while(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'))
            .count();
        let (number, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        // As a key it would be no JSON either way.
        let is_key = after.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':');
        let beyond = !is_key
            && json::parse(number).is_err_and(|error| error.message.starts_with("number out of range"));
        if beyond {
            self.count(2);
            self.out.push(b'"');
        }
        self.out.extend(number);
        if beyond {
            self.out.push(b'"');
        }
        after
    }

    fn count(&mut self, kind: usize) {
        if let Some(count) = self.counts.get_mut(kind) {
            *count += 1;
        }
    }
}

/// The UTF-16 unit of four hexadecimal digits.
fn unit(digits: &[u8]) -> Option<u32> {
    digits.get(..4)?.iter().try_fold(0, |unit, digit| Some(unit * 16 + char::from(*digit).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::{may_mend, mend};
    use crate::json::parse;

    #[track_caller]
    fn check(broken: &str, expected: &str, told: &[&str]) {
        let message = parse(broken.as_bytes()).unwrap_err().message;
        assert!(may_mend(&message), "{message}");
        let mut problems = Vec::new();
        let mended = mend(broken.as_bytes(), &mut problems);
        assert_eq!(mended.map(|json| json.to_string()).as_deref(), Some(expected));
        assert_eq!(problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>(), told);
    }

    #[test]
    fn mends() {
        check(
            "[\"two\nlines\", \"tab\t\", \"\n\"]",
            r#"["two\nlines","tab\u0009","\n"]"#,
            &["expected control characters in strings to be escaped (\\n, \\t), found 3 not escaped"],
        );
        let surrogates =
            |n| format!("expected surrogates in pairs, found {n} without its other half, shown as U+FFFD");
        check(r#"["\ud83d", "\ud83d\ude00 \\ud83d"]"#, r#"["�","😀 \\ud83d"]"#, &[&surrogates(1)]);
        check(r#"["\ude00\ud83d\n"]"#, r#"["��\n"]"#, &[&surrogates(2)]);
        check(r#"["\uD83Dx"]"#, r#"["�x"]"#, &[&surrogates(1)]);
        check("[1e400, 2]", r#"["1e400",2]"#, &["expected numbers within ±1e308, found 1 beyond it"]);
        check("-1e999", r#""-1e999""#, &["expected numbers within ±1e308, found 1 beyond it"]);
    }

    #[test]
    fn leaves_what_is_no_json() {
        for broken in
            ["{'a': 1}", "[1,]", "[\"a\n\", 1", "\"\\x\"", "\"\\ud8", "[1e]", "\"\n", "nul", "\"\\\n\""]
        {
            assert_eq!(mend(broken.as_bytes(), &mut Vec::new()), None, "{broken}");
        }
    }
}

//! Repairs harmless additions that people and programs make to JSON: comments, commas before a closing bracket, CDATA
//! marks, an HTML comment around or after the document, a semicolon at its end, a JSONP call.
//!
//! [`blank`] replaces each of these with spaces, byte for byte. The strict parser then reads the rest, and its errors
//! still name the right line and column. Strings are never changed. The scan takes one pass, so its time is linear.
//!
//! Not supported: single quotes, keys without quotes, `#` comments.

/// A kind of fault that [`blank`] replaces with spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `/* … */` or `// …`
    Comment,
    /// `<!-- … -->`
    HtmlComment,
    /// `<![CDATA[` or `]]>`
    Cdata,
    /// `[1, 2,]`
    TrailingComma,
    /// `{ … };`
    Semicolon,
    /// `callback({ … })`
    Call,
}

impl Fault {
    /// Returns a short description of the fault for a message.
    pub fn name(self) -> &'static str {
        match self {
            Fault::Comment => "a comment",
            Fault::HtmlComment => "an HTML comment",
            Fault::Cdata => "CDATA marks",
            Fault::TrailingComma => "a comma before a closing bracket",
            Fault::Semicolon => "a semicolon after the document",
            Fault::Call => "a function call around the document (JSONP)",
        }
    }
}

/// Returns the text with its faults replaced by spaces, and the byte offset of the first fault of each kind. Returns
/// `None` if there is no fault.
pub fn blank(text: &str) -> Option<(String, Vec<(Fault, usize)>)> {
    let mut blanking = Blanking::default();
    while blanking.step(text) {}
    blanking.finish()
}

/// The number of bytes that a step scans at least.
const STEP: usize = 1 << 16;

/// A text whose faults are being replaced, as [`blank`] does, in steps.
#[doc(hidden)]
#[derive(Default)]
pub struct Blanking {
    at: usize,
    /// The output. It always has the length of the input read so far.
    out: String,
    faults: Vec<(Fault, usize)>,
    depth: usize,
    is_in_call: bool,
    has_value: bool,
    /// The offset of a comma that may precede a closing bracket.
    comma: Option<usize>,
}

impl Blanking {
    /// Does the next step of the same text. Returns `false` if nothing is left to do.
    pub fn step(&mut self, text: &str) -> bool {
        let end = self.at + STEP;
        let mut scan = Scan { text, state: self };
        while scan.state.at < end {
            let Some(byte) = scan.byte() else { return false };
            scan.next(byte);
        }
        true
    }

    /// Returns what [`blank`] does.
    pub fn finish(self) -> Option<(String, Vec<(Fault, usize)>)> {
        (!self.faults.is_empty()).then_some((self.out, self.faults))
    }
}

struct Scan<'a, 'b> {
    text: &'a str,
    state: &'b mut Blanking,
}

impl<'a> Scan<'a, '_> {
    /// Copies what begins with this byte, or replaces it.
    fn next(&mut self, byte: u8) {
        if matches!(byte, b'/' | b'<' | b']' | b'-') && self.is_fault(self.state.has_value) {
            return;
        }
        let is_outside = self.state.depth == 0;
        match byte {
            b'"' => self.string(),
            b';' if is_outside && self.state.has_value => return self.blank(1, Fault::Semicolon),
            b')' if is_outside && self.state.is_in_call => return self.blank(1, Fault::Call),
            _ if is_outside && !self.state.has_value && self.call() > 0 => {
                self.blank(self.call(), Fault::Call);
                self.state.is_in_call = true;
                return;
            }
            b',' => {
                self.state.comma = Some(self.state.at);
                return self.keep(1);
            }
            b' ' | b'\n' | b'\r' | b'\t' => return self.keep(1),
            b']' | b'}' => {
                if let Some(at) = self.state.comma {
                    self.state.out.replace_range(at..=at, " ");
                    self.fault(Fault::TrailingComma, at);
                }
                self.state.depth = self.state.depth.saturating_sub(1);
                self.keep(1);
            }
            b'[' | b'{' => {
                self.state.depth += 1;
                self.keep(1);
            }
            _ => self.keep(self.rest().chars().next().map_or(1, char::len_utf8)),
        }
        self.state.has_value = true;
        self.state.comma = None;
    }

    /// Replaces the fault that begins here. Returns `false` if none does.
    fn is_fault(&mut self, has_value: bool) -> bool {
        let rest = self.rest();
        let to = |end: &str, from: usize| {
            rest.get(from..)
                .and_then(|inside| inside.find(end))
                .map_or(rest.len(), |at| from + at + end.len())
        };
        let (length, fault) = if rest.starts_with("/*") {
            (to("*/", 2), Fault::Comment)
        } else if rest.starts_with("//") {
            (rest.find(['\n', '\r']).unwrap_or(rest.len()), Fault::Comment)
        } else if rest.starts_with("<![CDATA[") {
            (9, Fault::Cdata)
        } else if rest.starts_with("]]>") {
            (3, Fault::Cdata)
        } else if let Some(inside) = rest.strip_prefix("<!--") {
            // If the comment encloses the document, only its marks are blanked.
            let is_around = !has_value && inside.trim_start().starts_with(['{', '[']);
            (if is_around { 4 } else { to("-->", 4) }, Fault::HtmlComment)
        } else if rest.starts_with("-->") {
            (3, Fault::HtmlComment)
        } else {
            return false;
        };
        self.blank(length, fault);
        true
    }

    /// Returns the length of `callback(` or `window.callback(`, including the bracket, or 0 if no call begins here.
    fn call(&self) -> usize {
        let rest = self.rest();
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '.');
        let name = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let is_call = rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$'))
            && rest.get(name..).is_some_and(|after| after.starts_with('('));
        if is_call { name + 1 } else { 0 }
    }

    /// Copies a string, starting at its opening quote.
    fn string(&mut self) {
        let mut length = 1;
        let bytes = self.rest().as_bytes();
        while let Some(byte) = bytes.get(length) {
            length += 1;
            match byte {
                b'"' => break,
                b'\\' => length += 1,
                _ => {}
            }
        }
        let end = self.text.len() - self.state.at;
        let length =
            (length.min(end)..=end).find(|length| self.text.is_char_boundary(self.state.at + length));
        self.keep(length.unwrap_or(end));
    }

    fn keep(&mut self, length: usize) {
        self.state.out.push_str(self.rest().get(..length).unwrap_or_default());
        self.state.at += length;
    }

    /// Writes spaces in place of the fault, but keeps its line breaks.
    fn blank(&mut self, length: usize, fault: Fault) {
        self.fault(fault, self.state.at);
        let blanked = self.rest().get(..length).unwrap_or_default();
        self.state.out.extend(blanked.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        self.state.at += length;
    }

    fn fault(&mut self, fault: Fault, at: usize) {
        if self.state.faults.iter().all(|(known, _)| *known != fault) {
            self.state.faults.push((fault, at));
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.state.at).copied()
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.state.at..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, blank};

    #[track_caller]
    fn check(text: &str, expected: &str, faults: &[Fault]) {
        let (blanked, found) = blank(text).unwrap_or_else(|| (text.to_owned(), Vec::new()));
        assert_eq!(blanked.len(), text.len(), "{text}");
        let lines = |text: &str| text.split('\n').map(str::len).collect::<Vec<_>>();
        assert_eq!(lines(&blanked), lines(text), "{text}");
        assert_eq!(blanked.split_whitespace().collect::<Vec<_>>().join(" "), expected, "{text}");
        assert_eq!(found.iter().map(|(fault, _)| *fault).collect::<Vec<_>>(), faults, "{text}");
    }

    #[test]
    fn what_is_no_json_is_blank() {
        check("{ \"a\": [1, 2,], }", "{ \"a\": [1, 2 ] }", &[Fault::TrailingComma]);
        check("[1, /* , */ ]", "[1 ]", &[Fault::Comment, Fault::TrailingComma]);
        check("// a \"\n[1] // b", "[1]", &[Fault::Comment]);
        check("// <![CDATA[\n{};\n// ]]>", "{}", &[Fault::Comment, Fault::Semicolon]);
        check("<![CDATA[{}]]>", "{}", &[Fault::Cdata]);
        check("/*<![CDATA[*/[{}]/*]]>*/", "[{}]", &[Fault::Comment]);
        check("<!--\n{\"a\":1}\n//-->", "{\"a\":1}", &[Fault::HtmlComment, Fault::Comment]);
        check("<!--\n{\"a\":1}\n-->", "{\"a\":1}", &[Fault::HtmlComment]);
        check("<!-- ä -->[1]\n<!-- 9 \"x -->", "[1]", &[Fault::HtmlComment]);
        check("{};", "{}", &[Fault::Semicolon]);
        check("jQuery_1.cb({\"a\": 1});", "{\"a\": 1}", &[Fault::Call, Fault::Semicolon]);
        check("cb([1)])", "[1)]", &[Fault::Call]);
        check("/* a\nb */ {}", "{}", &[Fault::Comment]);
        check("// a\n\"cut \\", "\"cut \\", &[Fault::Comment]);
    }

    #[test]
    fn json_stays() {
        for text in [
            "{ \"a\": \"// /* ]]> <!-- ,] ; \\\" \\\\\", \"b\": [1, 2] }",
            "\"é // \\",
            "\"cut \\",
            "true",
            "[1",
            "",
            "{ \"a\": é }",
            "[\"a\\\"// b\"]",
            "; [1;2]",
            "[])",
            "{} f(1)",
            "1({})",
        ] {
            check(text, &text.split_whitespace().collect::<Vec<_>>().join(" "), &[]);
        }
    }
}

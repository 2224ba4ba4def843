//! Parses a long document in steps, between which a page can pause. The result is that of
//! [`parse_and_mend`](super::parse_and_mend).

use super::super::{Json, SyntaxError};
use super::{BYTES_A_VALUE, Expected, Failure, MAX_VALUES, Mended, Parsed, Parser};

/// The number of levels whose entries are parsed one by one: the document, and the arrays and objects directly in it.
const LEVELS: usize = 2;
/// The number of bytes that a step parses at least.
const STEP: usize = 1 << 14;

/// An array or object that is not closed yet, and the key of the member that comes next.
enum Open {
    List(Vec<Json>),
    Object(Vec<(String, Json)>, String),
}

/// A document that is being parsed.
#[doc(hidden)]
pub struct Gradual {
    text: String,
    at: usize,
    /// The number of values that may still follow.
    left: usize,
    mended: Mended,
    /// The byte offset where the last string begins.
    string: Option<usize>,
    open: Vec<Open>,
    /// The whole document, or why it cannot be parsed.
    result: Option<Result<Json, Failure>>,
}

impl Gradual {
    /// Begins to parse a document.
    pub fn new(text: String) -> Self {
        let left = MAX_VALUES + text.len() / BYTES_A_VALUE;
        Self { text, at: 0, left, mended: Mended::default(), string: None, open: Vec::new(), result: None }
    }

    /// Returns the text of the document.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Parses the next entries. Returns `false` if nothing is left to do.
    pub fn step(&mut self) -> bool {
        if self.result.is_some() {
            return false;
        }
        let failure = Failure { at: 0, expected: Expected::Value, string: self.string };
        let (at, left, depth) = (self.at, self.left, self.open.len());
        let mut parser = Parser { text: &self.text, at, depth, left, failure, mended: self.mended };
        let mut parsed = Some(None);
        while parsed == Some(None) && parser.at - at < STEP {
            parsed = parser.next(&mut self.open);
        }
        let Parser { at, left, failure, mended, .. } = parser;
        (self.at, self.left, self.mended, self.string) = (at, left, mended, failure.string);
        self.result = match parsed {
            Some(None) => None,
            Some(Some(json)) => Some(Ok(json)),
            None => Some(Err(Failure { at, ..failure })),
        };
        true
    }

    /// Returns why the document cannot be parsed, if that is known.
    pub fn error(&self) -> Option<SyntaxError> {
        match self.result {
            Some(Err(failure)) => Some(failure.error(self.text.as_bytes())),
            _ => None,
        }
    }

    /// Returns whether the document has more levels or values than are parsed.
    pub fn is_beyond_limits(&self) -> bool {
        let expected =
            self.result.as_ref().and_then(|result| result.as_ref().err()).map(|error| error.expected);
        matches!(expected, Some(Expected::LessDepth | Expected::FewerValues))
    }

    /// Returns the document. Everything must have been parsed.
    ///
    /// # Errors
    /// The same as for [`parse`](super::parse).
    pub fn finish(self) -> Result<Parsed, SyntaxError> {
        let Self { text, left, mended, result, .. } = self;
        let values = MAX_VALUES + text.len() / BYTES_A_VALUE - left;
        match result {
            Some(Ok(json)) => Ok(Parsed { json, mended, values }),
            Some(Err(failure)) => Err(failure.error(text.as_bytes())),
            None => Ok(Parsed { json: Json::Null, mended, values }),
        }
    }
}

impl Parser<'_> {
    /// Parses the next entry, or opens or closes an array or object of the outer levels. Returns the document once it is
    /// complete, and `None` on failure.
    fn next(&mut self, open: &mut Vec<Open>) -> Option<Option<Json>> {
        if let Some(Open::Object(members, key)) = open.last_mut() {
            if members.is_empty() && key.is_empty() && self.closes(b'}') {
                return self.close(open);
            }
            *key = self.key()?;
        } else if let Some(Open::List(items)) = open.last()
            && items.is_empty()
            && self.closes(b']')
        {
            return self.close(open);
        }
        self.space();
        if open.len() < LEVELS
            && let Some(bracket @ (b'[' | b'{')) = self.peek()
        {
            self.takes_value()?;
            self.open()?;
            open.push(if bracket == b'[' {
                Open::List(Vec::new())
            } else {
                Open::Object(Vec::new(), String::new())
            });
            return Some(None);
        }
        let value = self.value()?;
        self.put(value, open)
    }

    /// Puts a value into what is open, and passes what follows it.
    fn put(&mut self, value: Json, open: &mut Vec<Open>) -> Option<Option<Json>> {
        let goes_on = match open.last_mut() {
            None => {
                self.space();
                return if self.at == self.text.len() { Some(Some(value)) } else { self.fail(Expected::End) };
            }
            Some(Open::List(items)) => {
                items.push(value);
                self.goes_on(b']', Expected::CommaOr("]"))?
            }
            Some(Open::Object(members, key)) => {
                members.push((std::mem::take(key), value));
                self.goes_on(b'}', Expected::CommaOr("}"))?
            }
        };
        if goes_on { Some(None) } else { self.close(open) }
    }

    /// Puts what was open last into what is open around it.
    fn close(&mut self, open: &mut Vec<Open>) -> Option<Option<Json>> {
        self.depth -= 1;
        let value = match open.pop()? {
            Open::List(items) => Json::List(items),
            Open::Object(members, _) => Json::Object(members),
        };
        self.put(value, open)
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse_and_mend;
    use super::{Gradual, STEP};

    #[track_caller]
    fn check(json: &str, least: usize) {
        let mut gradual = Gradual::new(json.to_owned());
        let mut steps = 0;
        while gradual.step() {
            steps += 1;
        }
        assert!(steps >= least, "{steps} steps");
        let (start, expected) = (json.get(..80).unwrap_or(json), parse_and_mend(json.as_bytes()));
        assert!(gradual.text() == json, "{start}");
        assert_eq!(gradual.error().as_ref(), expected.as_ref().err(), "{start}");
        assert_eq!(gradual.finish(), expected, "{start}");
    }

    #[test]
    fn steps_give_what_one_step_gives() {
        for json in [
            "",
            "7",
            "\"a\"",
            "[]",
            "{}",
            " [ ] ",
            "[1]",
            "[1, 2]",
            "[[], {}, [[1]]]",
            "{\"a\": {}}",
            "{\"a\": [], \"b\": [1, {}]}",
            "{\"\": 1, \"\": [2]}",
            "{\"a\": {\"b\": {\"c\": [NaN, \"\u{1}\"]}}}",
            "[1,]",
            "[,1]",
            "{,}",
            "{\"a\" 1}",
            "{\"a\": 1,}",
            "[1 2]",
            "[[1 2]]",
            "[[1], {",
            "{\"a\": [1",
            "{\"a\": \"b",
            "[1] 2",
            "{\"a\": {\"b\": 1,}}",
            "[}",
            "{]",
            "{\"a\": 05}",
            "{a: 1}",
            "[[1,], 2]",
        ] {
            check(json, 1);
        }
        check(&"[".repeat(200), 1);
        check(&format!("[{}{}]", "[".repeat(125), "]".repeat(125)), 1);
        check(&format!("[{}{}]", "[".repeat(127), "]".repeat(127)), 1);
        check(&format!("[{}0]", "[], {}, ".repeat(200)), 1);
        check(&format!("[{}0]", "0,".repeat(300_000)), 2);
    }

    #[test]
    fn says_whether_a_limit_is_the_reason() {
        let deep = "[".repeat(200);
        for (json, expected) in [("[1]", false), ("[1 2]", false), (&*deep, true)] {
            let mut gradual = Gradual::new(json.to_owned());
            while gradual.step() {}
            assert_eq!(gradual.is_beyond_limits(), expected, "{json}");
        }
    }

    #[test]
    fn a_long_document_takes_many_steps() {
        let entries = "{ \"title\": \"A\", \"pros\": [\"b\", \"c\"] }, ".repeat(STEP);
        let steps = entries.len() / STEP / 2;
        check(&format!("[{entries}null]"), steps);
        check(&format!("{{ \"title\": \"T\", \"reviews\": [{entries}null], \"nextUrl\": \"/2\" }}"), steps);
        check(&format!("[{entries}"), steps);
    }
}

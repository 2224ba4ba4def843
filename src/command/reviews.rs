//! The reviews of one document, one after the other: the array of a collection is read as a stream.
//!
//! 1. [`Bytes`] finds where a JSON value ends, without looking into it: quotes, brackets and commas.
//! 2. Of an array, and of the array `reviews` of an object, each element is handed out by itself ([`Found::Element`]);
//!    reading it, and telling what is wrong with it, is the business of whoever gets it.
//! 3. Everything else is handed out as a whole ([`Found::Document`]), as the reader of all shapes takes it: a single
//!    review, and what refers from one place of a document to another (JSON-LD).
//!
//! A document that is cut off, or goes on after its end, still gives the reviews before that place.

use std::io::{self, BufRead, Read};

use crate::read::{MAX_BYTES, ReadError, read};

/// The longest element of an array, in bytes: a review's text and HTML have limits of their own, well below.
pub(super) const MAX_REVIEW: usize = 16 << 20;
/// The longest beginning of a document that is kept while its array is looked for. It takes no stream to read what is
/// shorter than the longest document.
const MAX_HEAD: usize = MAX_BYTES + 1;

/// What is in a document.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// All of it.
    Document(Vec<u8>),
    /// One element of its array.
    Element {
        /// The bytes between two commas.
        json: Vec<u8>,
        /// Its place: `reviews[3]`.
        place: String,
        /// The line of the document that it begins on, from 1.
        line: usize,
    },
    /// Something wrong with the document itself.
    Problem(String),
}

/// Hands out what is in `input`, in its order, until `take` says that it is enough.
///
/// # Errors
/// Where `input` cannot be read.
pub(super) fn each(input: impl BufRead, take: &mut impl FnMut(Found) -> bool) -> io::Result<()> {
    let mut bytes = Bytes { input, kept: Vec::new(), first: None, line: 1, limit: MAX_HEAD };
    match bytes.find_array()? {
        Some(name) => bytes.elements(name, take),
        None => {
            take(Found::Document(bytes.rest()?));
            Ok(())
        }
    }
}

/// A document and what is kept of it so far.
struct Bytes<R> {
    input: R,
    kept: Vec<u8>,
    /// The first element, where it has been read to see what it is.
    first: Option<Piece>,
    /// The line that is being read, from 1.
    line: usize,
    /// What is longer than this is passed over.
    limit: usize,
}

/// One element of the array.
struct Piece {
    /// Its bytes; of one that is too long, the beginning.
    json: Vec<u8>,
    /// How long it is.
    length: usize,
    /// Where it begins.
    line: usize,
}

impl<R: BufRead> Bytes<R> {
    /// Reads up to where a stream can begin, and past that bracket: the array that the document is, or the array `reviews` of
    /// a plain collection. `None` where there is none; what has been read is kept.
    fn find_array(&mut self) -> io::Result<Option<&'static str>> {
        for mark in *b"\xEF\xBB\xBF" {
            if self.peek()? == Some(mark) {
                self.input.consume(1);
            }
        }
        self.space()?;
        match self.peek()? {
            Some(b'[') => {
                self.next()?;
                Ok(self.first_review()?.then_some(""))
            }
            Some(b'{') => {
                self.next()?;
                self.find_member()
            }
            _ => Ok(None),
        }
    }

    /// Reads the first element of an array, and tells whether its elements can be read one by one: not those of
    /// JSON-LD, where one refers to another.
    fn first_review(&mut self) -> io::Result<bool> {
        self.space()?;
        if self.peek()? != Some(b'{') {
            return Ok(false);
        }
        let mut first = self.piece()?;
        let linked = [&b"\"@context\""[..], b"\"@type\"", b"\"@graph\"", b"\"@id\""];
        let is_linked = linked.iter().any(|key| first.json.windows(key.len()).any(|window| window == *key));
        if is_linked {
            self.kept.append(&mut first.json);
        } else {
            self.first = Some(first);
        }
        Ok(!is_linked)
    }

    /// Looks for the member `reviews` of an object. Names of JSON-LD before it say that this is another shape.
    fn find_member(&mut self) -> io::Result<Option<&'static str>> {
        loop {
            self.space()?;
            if self.peek()? != Some(b'"') {
                return Ok(None);
            }
            let start = self.kept.len();
            self.value()?;
            let key = self.kept.get(start..).unwrap_or_default();
            let (is_list, is_other) = (key == b"\"reviews\"", key.starts_with(b"\"@"));
            self.space()?;
            if is_other || self.peek()? != Some(b':') {
                return Ok(None);
            }
            self.next()?;
            self.space()?;
            if is_list {
                if self.peek()? != Some(b'[') {
                    return Ok(None);
                }
                self.next()?;
                return Ok(Some("reviews"));
            }
            self.value()?;
            self.space()?;
            if self.kept.len() >= MAX_HEAD || self.peek()? != Some(b',') {
                return Ok(None);
            }
            self.next()?;
        }
    }

    /// Hands out the elements of the array that has been begun, then looks at what is around it.
    fn elements(&mut self, name: &str, take: &mut impl FnMut(Found) -> bool) -> io::Result<()> {
        let mut around = std::mem::take(&mut self.kept);
        self.limit = MAX_REVIEW;
        for index in 0_usize.. {
            let Some(Piece { json, length, line }) = self.element()? else { break };
            let place = format!("{name}[{index}]");
            let found = if length > MAX_REVIEW {
                Found::Problem(format!("{place}: expected at most {MAX_REVIEW} bytes, found {length}"))
            } else {
                Found::Element { json, place, line }
            };
            if !take(found) {
                return Ok(());
            }
        }
        self.kept.clear();
        around.append(&mut self.rest()?);
        if let Err(ReadError::NotJson(message) | ReadError::TooLarge(message)) = read(&around, None) {
            take(Found::Problem(["around the reviews: ", &message].concat()));
        }
        Ok(())
    }

    /// The next element; `None` at the end of the array.
    fn element(&mut self) -> io::Result<Option<Piece>> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        loop {
            self.space()?;
            self.kept.clear();
            match self.peek()? {
                None | Some(b']') => return Ok(None),
                Some(b',') => self.next()?,
                Some(_) => return self.piece().map(Some),
            }
        }
    }

    /// The value that begins here, by itself.
    fn piece(&mut self) -> io::Result<Piece> {
        let (start, line) = (self.kept.len(), self.line);
        let length = self.value()?;
        Ok(Piece { json: self.kept.split_off(start), length, line })
    }

    /// What has been kept and what follows, up to a little more than a document may have.
    fn rest(&mut self) -> io::Result<Vec<u8>> {
        let mut rest = std::mem::take(&mut self.kept);
        let room = MAX_HEAD.saturating_sub(rest.len());
        (&mut self.input).take(u64::try_from(room).unwrap_or(u64::MAX)).read_to_end(&mut rest)?;
        Ok(rest)
    }

    /// Reads over one value: to the end of a string or a bracket, else up to the next comma or bracket. Tells its length.
    fn value(&mut self) -> io::Result<usize> {
        let mut state = Value::default();
        let mut length = 0;
        while !state.ended {
            let ahead = self.input.fill_buf()?;
            if ahead.is_empty() {
                break;
            }
            let taken = ahead.iter().take_while(|byte| state.takes(**byte)).count();
            length += taken;
            let room = self.limit.saturating_sub(self.kept.len());
            let taken_bytes = ahead.get(..taken).unwrap_or(ahead);
            self.line += taken_bytes.iter().filter(|byte| **byte == b'\n').count();
            self.kept.extend(taken_bytes.iter().take(room));
            self.input.consume(taken);
        }
        Ok(length)
    }

    fn space(&mut self) -> io::Result<()> {
        while self.peek()?.is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.next()?;
        }
        Ok(())
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.input.fill_buf()?.first().copied())
    }

    /// Keeps the byte that was peeked.
    fn next(&mut self) -> io::Result<()> {
        if let Some(byte) = self.peek()? {
            self.line += usize::from(byte == b'\n');
            self.kept.push(byte);
            self.input.consume(1);
        }
        Ok(())
    }
}

/// Where in a value the reader is.
#[derive(Default)]
struct Value {
    depth: usize,
    quoted: bool,
    escaped: bool,
    /// Whether a byte of it has been read.
    begun: bool,
    /// Whether the last byte of it has been read.
    ended: bool,
}

impl Value {
    /// Whether the byte belongs to the value.
    fn takes(&mut self, byte: u8) -> bool {
        if self.ended {
            return false;
        }
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.quoted => self.escaped = true,
            b'"' => {
                self.quoted = !self.quoted;
                self.ended = !self.quoted && self.depth == 0;
            }
            _ if self.quoted => {}
            b'[' | b'{' => self.depth += 1,
            b']' | b'}' if self.depth > 1 => self.depth -= 1,
            b']' | b'}' if self.depth == 1 => (self.depth, self.ended) = (0, true),
            b']' | b'}' | b',' | b':' if self.depth == 0 => {
                // What ends a bare word; as the first byte it is a value in the wrong place.
                self.ended = true;
                return !self.begun;
            }
            b' ' | b'\t' | b'\n' | b'\r' if self.depth == 0 => {
                self.ended = true;
                return false;
            }
            _ => {}
        }
        self.begun = true;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, each};
    use std::io::BufReader;

    /// The same however the input is cut into pieces.
    #[track_caller]
    fn check(document: &str, expected: &[&str]) {
        for size in [1, 2, 3, 7, 8192] {
            let mut found = Vec::new();
            let input = BufReader::with_capacity(size, document.as_bytes());
            each(input, &mut |part| {
                found.push(match part {
                    Found::Document(json) => String::from_utf8(json).unwrap(),
                    Found::Element { json, place, .. } => {
                        format!("{place} {}", String::from_utf8(json).unwrap())
                    }
                    Found::Problem(message) => message,
                });
                true
            })
            .unwrap();
            assert_eq!(found, expected, "in pieces of {size}: {document}");
        }
    }

    #[test]
    fn arrays_are_streamed() {
        check(
            "[{\"a\": [1, 2]} , {\"b\": \"]}\\\"\"}\n]",
            &["[0] {\"a\": [1, 2]}", "[1] {\"b\": \"]}\\\"\"}"],
        );
        check("\u{feff}[{},\"x\",null,4]", &["[0] {}", "[1] \"x\"", "[2] null", "[3] 4"]);
    }

    #[test]
    fn elements_know_their_line() {
        let mut lines = Vec::new();
        each(&b"\n[{\n},\n\n{}, {}\n]"[..], &mut |found| {
            lines.extend(match found {
                Found::Element { line, .. } => Some(line),
                _ => None,
            });
            true
        })
        .unwrap();
        assert_eq!(lines, [2, 5, 5]);
    }

    #[test]
    fn the_array_of_a_collection_is_streamed() {
        check(
            "{ \"title\": \"x, y\", \"n\": [{}], \"reviews\": [{}, {}], \"nextUrl\": null }",
            &["reviews[0] {}", "reviews[1] {}"],
        );
        check("{\"reviews\":[]}", &[]);
    }

    #[test]
    fn other_shapes_are_whole() {
        for document in [
            "{ \"title\": \"Alien\" }",
            "{\"@context\": \"x\", \"reviews\": [{}]}",
            "{\"reviews\": {}}",
            "{\"a\" 1}",
            "{",
            "[]",
            "[[{}]]",
            "[{\"@type\": \"Review\"}, {}]",
            "\"text\"",
            "<!doctype html>",
            "",
        ] {
            check(document, &[document]);
        }
    }

    #[test]
    fn a_bad_end_costs_no_review() {
        check(
            "[{}, {\"a\": \"cut",
            &[
                "[0] {}",
                "[1] {\"a\": \"cut",
                "around the reviews: expected JSON in UTF-8, found EOF while parsing a list at line 1 column 1",
            ],
        );
        check(
            "{\"reviews\":[{}]} {}",
            &[
                "reviews[0] {}",
                "around the reviews: expected JSON in UTF-8, found trailing characters at line 1 column 16",
            ],
        );
    }
}

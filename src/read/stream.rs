//! The reviews of one document, one after the other, from bytes as they come: of a file, or of a download.
//!
//! 1. [`Stream`] finds where a JSON value ends, without looking into it: quotes, brackets and commas.
//! 2. Of an array, and of the array `reviews` of an object, each element is handed out by itself ([`Found::Element`]);
//!    reading it, and telling what is wrong with it, is the business of whoever gets it. What stood around them comes at
//!    the end ([`Found::Around`]): the collection's title, the address of its next page. So it is with the array
//!    `items` of a feed, for those who ask for it ([`Stream::with_feeds`]): an item may need what stands around.
//! 3. Everything else is handed out as a whole ([`Found::Document`]), as the reader of all shapes takes it: a single
//!    review, and what refers from one place of a document to another (JSON-LD).
//!
//! A document that is cut off, or goes on after its end, still gives the reviews before that place.

use std::fmt;

use super::document::{Decoded, decode};
use super::field::{Field, Report};
use super::{Document, Feed, MAX_BYTES, Problem, ReadError, plain, service};
use crate::json::Json;

/// The longest element of an array, in bytes: a review's text and HTML have limits of their own, well below.
pub const MAX_REVIEW: usize = 16 << 20;
/// The longest beginning of a document that is kept while its array is looked for. It takes no stream to read what is
/// shorter than the longest document.
const MAX_HEAD: usize = MAX_BYTES + 1;
/// What UTF-8 may begin with, and JSON does not.
const MARK: [u8; 3] = *b"\xEF\xBB\xBF";

/// What is in a document.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// All of it.
    Document(Vec<u8>),
    /// One element of its array.
    Element {
        /// The bytes between two commas.
        json: Vec<u8>,
        /// Where in the document.
        place: Place,
        /// The line of the document that it begins on, from 1.
        line: usize,
    },
    /// An element that is longer than [`MAX_REVIEW`].
    TooLong {
        /// Where in the document.
        place: Place,
        /// How long it is, in bytes.
        length: usize,
    },
    /// The document without the elements of its array; it comes last.
    Around(Vec<u8>),
}

/// An element's place: `reviews[3]`, or `[3]` where the document is an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    list: &'static str,
    index: usize,
}

impl Place {
    /// The name of the array: `reviews`, or nothing where the document is one.
    pub fn array(self) -> &'static str {
        self.list
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&[self.list, "[", &self.index.to_string(), "]"].concat())
    }
}

/// A document of which the bytes come piece by piece.
pub struct Stream {
    at: At,
    /// The document as far as it is known, without the elements of its array.
    kept: Vec<u8>,
    /// The element that is being read; of one that is too long, the beginning.
    element: Vec<u8>,
    /// How long it is.
    length: usize,
    /// Where it begins.
    begins: usize,
    /// The line that is being read, from 1.
    line: usize,
    value: Value,
    place: Place,
    is_list: fn(&[u8]) -> bool,
    feeds: bool,
}

/// What is read next.
#[derive(Clone, Copy)]
enum At {
    /// So many bytes of the mark have been passed over.
    Mark(usize),
    Start,
    /// The first element of the array that the document is.
    BeforeFirst,
    First,
    BeforeKey,
    /// The member's name, which begins there in what is kept.
    Key(usize),
    /// The name of the array, where it has to be one.
    AfterKey(Option<&'static str>),
    BeforeValue(Option<&'static str>),
    Value,
    AfterValue,
    BeforeElement,
    Element,
    /// What follows the array.
    Around,
    /// What is no stream.
    Whole,
    /// Nobody wants more.
    Done,
}

impl Stream {
    /// `is_list` tells by the first element of an array whether its elements can be read one by one; an array that is a member
    /// `reviews` is always one of plain reviews.
    pub fn new(is_list: fn(&[u8]) -> bool) -> Self {
        Self {
            at: At::Mark(0),
            kept: Vec::new(),
            element: Vec::new(),
            length: 0,
            begins: 1,
            line: 1,
            value: Value::default(),
            place: Place { list: "", index: 0 },
            is_list,
            feeds: false,
        }
    }

    /// With the items of a [JSON Feed](https://www.jsonfeed.org/version/1.1/) one by one too.
    #[must_use]
    pub fn with_feeds(mut self) -> Self {
        self.feeds = true;
        self
    }

    /// The name of the array whose elements are handed out, once it has begun: `reviews`, or nothing where the document is one.
    pub fn array(&self) -> Option<&'static str> {
        matches!(self.at, At::BeforeElement | At::Element | At::Around | At::Done).then_some(self.place.list)
    }

    /// What has been kept of the document so far: before its array, and once that has ended, after it.
    pub fn head(&self) -> &[u8] {
        &self.kept
    }

    /// Takes the next bytes and hands out what they complete, until `take` says that it is enough; then `false`.
    pub fn push(&mut self, mut bytes: &[u8], take: &mut impl FnMut(Found) -> bool) -> bool {
        while !bytes.is_empty() && !matches!(self.at, At::Done) {
            let taken = self.step(bytes, take);
            bytes = bytes.get(taken..).unwrap_or_default();
        }
        !matches!(self.at, At::Done)
    }

    /// There are no more bytes.
    pub fn finish(mut self, take: &mut impl FnMut(Found) -> bool) {
        if matches!(self.at, At::First | At::Element) {
            self.end_of_element(take);
        }
        match self.at {
            At::BeforeElement | At::Around => take(Found::Around(self.kept)),
            At::Done => true,
            _ => take(Found::Document(self.kept)),
        };
    }

    /// Reads on until something ends; tells how many bytes it took.
    fn step(&mut self, bytes: &[u8], take: &mut impl FnMut(Found) -> bool) -> usize {
        match self.at {
            At::First | At::Element | At::Key(_) | At::Value => self.within_value(bytes, take),
            At::Whole | At::Around => {
                self.keep(bytes);
                bytes.len()
            }
            At::Mark(passed) => match (MARK.get(passed), bytes.first()) {
                (Some(mark), Some(byte)) if mark == byte => {
                    self.at = At::Mark(passed + 1);
                    1
                }
                _ => {
                    self.at = At::Start;
                    0
                }
            },
            _ => {
                let space = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                let (spaces, rest) = bytes.split_at_checked(space).unwrap_or((bytes, &[]));
                self.line += lines(spaces);
                if !matches!(self.at, At::BeforeElement) {
                    self.keep(spaces);
                }
                match rest.first() {
                    Some(byte) => space + self.between(*byte),
                    None => space,
                }
            }
        }
    }

    /// The byte after a space, where no value is being read; tells whether it took it.
    fn between(&mut self, byte: u8) -> usize {
        let (at, begins_value) = match (self.at, byte) {
            (At::Start, b'[') => (At::BeforeFirst, false),
            (At::Start, b'{') => (At::BeforeKey, false),
            (At::BeforeFirst, b'{') => (At::First, true),
            (At::BeforeKey, b'"') => (At::Key(self.kept.len()), true),
            (At::AfterKey(list), b':') => (At::BeforeValue(list), false),
            (At::BeforeValue(Some(list)), b'[') => {
                self.place.list = list;
                (At::BeforeElement, false)
            }
            (At::BeforeValue(None), _) => (At::Value, true),
            (At::AfterValue, b',') if self.kept.len() < MAX_HEAD => (At::BeforeKey, false),
            (At::BeforeElement, b',') => return 1,
            (At::BeforeElement, b']') => (At::Around, true),
            (At::BeforeElement, _) => (At::Element, true),
            _ => (At::Whole, true),
        };
        self.at = at;
        if begins_value {
            self.value = Value::default();
            self.begins = self.line;
            return 0;
        }
        self.keep(&[byte]);
        1
    }

    fn within_value(&mut self, bytes: &[u8], take: &mut impl FnMut(Found) -> bool) -> usize {
        let taken = self.value.take(bytes);
        let of_value = bytes.get(..taken).unwrap_or(bytes);
        self.line += lines(of_value);
        let limit = match self.at {
            At::First => MAX_HEAD,
            At::Element => MAX_REVIEW,
            _ => {
                self.keep(of_value);
                if self.value.ended {
                    self.end_of_member();
                }
                return taken;
            }
        };
        self.length += taken;
        let room = limit.saturating_sub(self.element.len());
        self.element.extend_from_slice(of_value.get(..room).unwrap_or(of_value));
        if self.value.ended {
            self.end_of_element(take);
        }
        taken
    }

    /// Names of JSON-LD before the member `reviews` say that this is another shape.
    fn end_of_member(&mut self) {
        let At::Key(start) = self.at else {
            self.at = At::AfterValue;
            return;
        };
        let key = self.kept.get(start..).unwrap_or_default();
        self.at = match key {
            b"\"reviews\"" => At::AfterKey(Some("reviews")),
            b"\"items\"" if self.feeds => At::AfterKey(Some("items")),
            [b'"', b'@', ..] => At::Whole,
            _ => At::AfterKey(None),
        };
    }

    fn end_of_element(&mut self, take: &mut impl FnMut(Found) -> bool) {
        let json = std::mem::take(&mut self.element);
        let length = std::mem::take(&mut self.length);
        if self.value.commented && !self.value.begun {
            self.at = if matches!(self.at, At::First) { At::BeforeFirst } else { At::BeforeElement };
            return;
        }
        if matches!(self.at, At::First) && !(self.is_list)(&json) {
            self.keep(&json);
            self.at = At::Whole;
            return;
        }
        let place = self.place;
        self.place.index += 1;
        let goes_on = take(if length > MAX_REVIEW {
            Found::TooLong { place, length }
        } else {
            Found::Element { json, place, line: self.begins }
        });
        self.at = if goes_on { At::BeforeElement } else { At::Done };
    }

    /// Keeps so much of the document that whoever reads it sees that it is too large.
    fn keep(&mut self, bytes: &[u8]) {
        let room = MAX_HEAD.saturating_sub(self.kept.len());
        self.kept.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
    }
}

fn lines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

/// What a plain document says around its reviews, as [`Found::Around`] has it: everything but the reviews.
///
/// # Errors
/// Where it is no JSON, because it was cut off or goes on after its end.
pub fn around(json: &[u8], base: Option<&str>) -> Result<Document, ReadError> {
    let mut decoded = decode(json).map_err(|error| match error {
        ReadError::NotJson(message) => ReadError::NotJson(["around the reviews: ", &message].concat()),
        error => error,
    })?;
    let report = Report::new(base, decoded.room);
    let collection = plain::read(&Field::root(&decoded.json, &report));
    let mut problems = report.into_problems();
    problems.append(&mut decoded.problems);
    Ok((collection, problems))
}

/// What a feed says around its items, as [`Found::Around`] has it. `first` is its first item.
///
/// # Errors
/// Where it is no feed, but of a service that is known by its first item.
pub fn around_items(
    json: &[u8],
    first: &[u8],
    base: Option<&str>,
) -> Result<(Feed, Vec<Problem>), ReadError> {
    let Decoded { mut json, room, problems: mut mended } = match decode(json) {
        Ok(decoded) => decoded,
        Err(error) => {
            let message = ["around the items: ", &error.to_string()].concat();
            return Ok((Feed::default(), vec![Problem { path: String::new(), message }]));
        }
    };
    if let Json::Object(members) = &mut json
        && let Some((_, Json::List(items))) = members.iter_mut().find(|(key, _)| key == "items")
        && let Ok(first) = decode(first)
    {
        items.push(first.json);
    }
    if let Some(found) = service::of(&json) {
        return Err(ReadError::NoReview(found));
    }
    let report = Report::new(base, room);
    let feed = Feed::of(&Field::root(&json, &report));
    let mut problems = report.into_problems();
    problems.append(&mut mended);
    match feed {
        Some(feed) => Ok((feed, problems)),
        None => Err(ReadError::NoReview(problems.first().map(ToString::to_string).unwrap_or_default())),
    }
}

/// A comment, which [`decode`] passes over.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Comment {
    #[default]
    None,
    /// After one slash.
    Slash,
    /// To the end of the line.
    Line,
    Block,
    /// In a block, after an asterisk.
    Star,
}

impl Comment {
    /// What it is after `byte`.
    fn after(self, byte: u8) -> Self {
        match (self, byte) {
            (Comment::None, b'/') => Comment::Slash,
            (Comment::Slash, b'/') => Comment::Line,
            (Comment::Slash, b'*') => Comment::Block,
            (Comment::Line, b'\n') => Comment::None,
            (Comment::Star, b'/') | (Comment::None | Comment::Slash, _) => Comment::None,
            (Comment::Block | Comment::Star, b'*') => Comment::Star,
            (Comment::Block | Comment::Star, _) => Comment::Block,
            (Comment::Line, _) => Comment::Line,
        }
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
    comment: Comment,
    /// Whether a comment has been passed over.
    commented: bool,
    /// Whether the last byte of it has been read.
    ended: bool,
}

impl Value {
    /// How many of these bytes belong to the value: to the end of a string or a bracket, else up to the next comma or bracket.
    fn take(&mut self, bytes: &[u8]) -> usize {
        let mut taken = 0;
        while let Some(rest) = bytes.get(taken..)
            && !rest.is_empty()
        {
            if self.quoted && !self.escaped {
                // Most of a document is text.
                let plain = rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\')).count();
                taken += plain;
                if plain == rest.len() {
                    break;
                }
            }
            let Some(byte) = bytes.get(taken) else { break };
            if !self.takes(*byte) {
                break;
            }
            taken += 1;
        }
        taken
    }

    /// Whether the byte belongs to a comment.
    fn passes(&mut self, byte: u8) -> bool {
        let before = self.comment;
        self.comment = before.after(byte);
        let is_comment = before != Comment::None || self.comment != Comment::None;
        self.commented |= is_comment;
        is_comment
    }

    /// Whether the byte belongs to the value.
    fn takes(&mut self, byte: u8) -> bool {
        if self.ended {
            return false;
        }
        match byte {
            _ if !self.quoted && self.passes(byte) => return true,
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
                return !self.begun && !self.commented;
            }
            b' ' | b'\t' | b'\n' | b'\r' if self.depth == 0 => {
                self.ended = self.begun;
                return !self.begun;
            }
            _ => {}
        }
        self.begun = true;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, Stream, around};
    use crate::read::element::is_alone;

    fn found(document: &str, size: usize) -> Vec<Found> {
        let mut found = Vec::new();
        let mut take = |part| {
            found.push(part);
            true
        };
        let mut stream = Stream::new(is_alone).with_feeds();
        for piece in document.as_bytes().chunks(size) {
            assert!(stream.push(piece, &mut take));
        }
        stream.finish(&mut take);
        found
    }

    /// The same however the document is cut into pieces.
    #[track_caller]
    fn check(document: &str, expected: &[&str]) {
        for size in [1, 2, 3, 7, 8192] {
            let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
            let told = |part| match part {
                Found::Document(json) => text(json),
                Found::Element { json, place, .. } => format!("{place} {}", text(json)),
                Found::TooLong { place, length } => format!("{place} {length}"),
                Found::Around(json) => format!("around {}", text(json)),
            };
            let found: Vec<String> = found(document, size).into_iter().map(told).collect();
            assert_eq!(found, expected, "in pieces of {size}: {document}");
        }
    }

    #[test]
    fn arrays_are_streamed() {
        check(
            "[{\"a\": [1, 2]} , {\"b\": \"]}\\\"\"}\n]",
            &["[0] {\"a\": [1, 2]}", "[1] {\"b\": \"]}\\\"\"}", "around []"],
        );
        check("\u{feff}[{},\"x\",null,4]", &["[0] {}", "[1] \"x\"", "[2] null", "[3] 4", "around []"]);
    }

    #[test]
    fn elements_know_their_line() {
        let lines = found("\n[{\n},\n\n{}, {}\n]", 2).into_iter().filter_map(|part| match part {
            Found::Element { line, .. } => Some(line),
            _ => None,
        });
        assert_eq!(lines.collect::<Vec<_>>(), [2, 5, 5]);
    }

    #[test]
    fn the_array_of_a_collection_is_streamed() {
        check(
            "{ \"title\": \"x, y\", \"n\": [{}], \"reviews\": [{}, {}], \"nextUrl\": null }",
            &[
                "reviews[0] {}",
                "reviews[1] {}",
                "around { \"title\": \"x, y\", \"n\": [{}], \"reviews\": [], \"nextUrl\": null }",
            ],
        );
        check("{\"reviews\":[]}", &["around {\"reviews\":[]}"]);
    }

    #[test]
    fn the_items_of_a_feed_are_streamed() {
        check(
            "{ \"version\": \"x\", \"items\": [{}, {}], \"language\": \"fr\" }",
            &[
                "items[0] {}",
                "items[1] {}",
                "around { \"version\": \"x\", \"items\": [], \"language\": \"fr\" }",
            ],
        );
        let reviews = "{\"items\": 4, \"reviews\": [{}]}";
        check(reviews, &[reviews]);
        let mut whole = Vec::new();
        let mut without = Stream::new(is_alone);
        without.push(b"{\"items\": [{}]}", &mut |_| panic!("nothing yet"));
        without.finish(&mut |found| {
            whole.push(found);
            true
        });
        assert_eq!(whole, [Found::Document(b"{\"items\": [{}]}".to_vec())]);
    }

    #[test]
    fn comments_and_commas_part_elements() {
        check(
            "[{\"a\": 1 /* ] */}, // \"[\n{}, /* last */ {}, /* none */]",
            &["[0] {\"a\": 1 /* ] */}", "[1] // \"[\n{}", "[2] /* last */ {}", "around []"],
        );
        check("/* a */ [{}]", &["/* a */ [{}]"]);
        check("[{}]\n<!-- a -->", &["[0] {}", "around []\n<!-- a -->"]);
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
        check("[{}, {\"a\": \"cut", &["[0] {}", "[1] {\"a\": \"cut", "around ["]);
        check("[{\"a\": \"cut", &["[0] {\"a\": \"cut", "around ["]);
        check("{\"reviews\":[{}]} {}", &["reviews[0] {}", "around {\"reviews\":[]} {}"]);
    }

    #[test]
    fn enough_is_enough() {
        let mut stream = Stream::new(|_| true);
        let mut found = 0;
        let mut take = |_| {
            found += 1;
            found < 2
        };
        assert!(!stream.push(b"[{},{},{},{}", &mut take));
        assert!(!stream.push(b",{}]", &mut take));
        stream.finish(&mut take);
        assert_eq!(found, 2);
    }

    #[test]
    fn what_stands_around_is_read() {
        let (collection, problems) = around(
            br#"{ "title": "Second Viewing", "reviews": [], "nextUrl": "2.json" }"#,
            Some("https://blog.example/1.json"),
        )
        .unwrap();
        assert_eq!(collection.title.as_deref(), Some("Second Viewing"));
        assert_eq!(collection.next_url.as_deref(), Some("https://blog.example/2.json"));
        assert_eq!(problems, []);
    }

    #[track_caller]
    fn check_error(around_: &str, expected: &str) {
        let error = around(around_.as_bytes(), None).unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), ("not-json", expected));
    }

    #[test]
    fn a_bad_end_is_told() {
        check_error(
            "[",
            "around the reviews: expected JSON in UTF-8, found its end in place of a value at line 1 column 2: the document is cut off",
        );
        check_error(
            "{\"reviews\":[]} {}",
            "around the reviews: expected JSON in UTF-8, found \"{\" in place of nothing more at line 1 column 16: put several documents into one array, [ … ], with commas between them",
        );
    }
}

//! Splits a document into its reviews while its bytes arrive from a file or a download.
//!
//! 1. [`Stream`] finds the end of each JSON value without parsing it: it looks only at quotes, brackets and commas.
//! 2. If the document is an array, or an object with the array `reviews`, each element is passed on separately
//!    ([`Found::Element`]). The receiver parses it and reports its problems. The text around the elements is passed on
//!    at the end ([`Found::Envelope`]): it contains the collection's title and the address of its next page. The array
//!    `items` of a feed is split only on request ([`Stream::with_feeds`]), because an item may need the text around it.
//! 3. Any other document is passed on as a whole ([`Found::Document`]), for the reader of all formats: a single review,
//!    or JSON-LD, whose parts refer to each other.
//!
//! A document that is cut off, or that continues after its end, still yields the reviews before that place. What should
//! not be between the elements, such as a second comma, is ignored and reported ([`Found::Fault`]).

mod envelope;
mod value;

use std::fmt;

use self::value::Value;
use super::document::{MARK, left_out, marked};
use super::{MAX_BYTES, Problem};
use crate::json::mend;

pub use envelope::{envelope, envelope_with_items, envelope_without_html};

/// The maximum size of an array element in bytes. The limits for a review's text and HTML are far lower.
pub const MAX_REVIEW: usize = 16 << 20;
/// The maximum size of the text kept around the elements: one byte more than the largest document, so that the reader
/// reports a larger one. Shorter documents need no stream.
const MAX_HEAD: usize = MAX_BYTES + 1;

/// A part of a document.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// The whole document.
    Document(Vec<u8>),
    /// One element of its array.
    Element {
        /// The bytes of the element.
        json: Vec<u8>,
        /// Its place in the document.
        place: Place,
        /// The line of the document on which it begins, from 1.
        line: usize,
    },
    /// An element that is longer than [`MAX_REVIEW`] and is left out.
    TooLong {
        /// Its place in the document.
        place: Place,
        /// Its length in bytes.
        length: usize,
    },
    /// A fault around or between the elements. Only the first of each kind is passed on, at the end of the document.
    Fault(Problem),
    /// The document without the elements of its array. It comes last.
    Envelope(Vec<u8>),
}

/// The place of an element: `reviews[3]`, or `[3]` if the document is an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    list: &'static str,
    index: usize,
}

impl Place {
    /// Returns the name of the array: `reviews` or `items`, or an empty string if the document is the array.
    pub fn array(self) -> &'static str {
        self.list
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&[self.list, "[", &self.index.to_string(), "]"].concat())
    }
}

/// A splitter for a document whose bytes arrive in chunks.
pub struct Stream {
    at: At,
    /// The document so far, without the elements of its array.
    kept: Vec<u8>,
    /// The present element, up to the size limit.
    element: Vec<u8>,
    /// The length of the present element in bytes, beyond the limit too.
    length: usize,
    /// The line on which it begins.
    begins: usize,
    /// The present line, from 1.
    line: usize,
    value: Value,
    place: Place,
    /// The line of the comma or opening bracket after the last element; `None` directly after an element.
    separator: Option<usize>,
    /// The line of the first fault of each kind; 0 for none.
    faults: [usize; 5],
    is_list: fn(&[u8]) -> bool,
    feeds: bool,
}

/// A fault around or between the elements.
#[derive(Clone, Copy)]
enum Fault {
    Mark,
    Comment,
    TrailingComma,
    ExtraComma,
    NoComma,
}

const FAULTS: [Fault; 5] =
    [Fault::Mark, Fault::Comment, Fault::TrailingComma, Fault::ExtraComma, Fault::NoComma];

impl Fault {
    fn problem(self, line: usize) -> Problem {
        let place = [" at line ", &line.to_string()].concat();
        match self {
            Fault::Mark => marked(),
            Fault::Comment => left_out(mend::Fault::Comment.name(), &place),
            Fault::TrailingComma => left_out(mend::Fault::TrailingComma.name(), &place),
            Fault::ExtraComma => left_out("a comma with nothing before it", &place),
            Fault::NoComma => {
                let message = ["expected a comma between two reviews, found none", &place, ": type it"];
                Problem { path: String::new(), message: message.concat() }
            }
        }
    }
}

/// What comes next in the document.
#[derive(Clone, Copy)]
enum At {
    /// The number of bytes of the byte order mark that have been skipped.
    Mark(usize),
    Start,
    /// The first element, if the document is an array.
    BeforeFirst,
    First,
    BeforeKey,
    /// The name of a member, which begins at this index of `kept`.
    Key(usize),
    /// The name of the array to split, if the key is its name.
    AfterKey(Option<&'static str>),
    BeforeValue(Option<&'static str>),
    Value,
    AfterValue,
    BeforeElement,
    Element,
    /// The text after the array.
    Around,
    /// A document that is passed on as a whole.
    Whole,
    /// The receiver wants no more.
    Done,
}

impl Stream {
    /// Creates a stream. `is_list` decides from the first element of an array whether the elements can be read one by
    /// one. An array that is a member `reviews` always contains plain reviews.
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
            separator: Some(0),
            faults: [0; 5],
            is_list,
            feeds: false,
        }
    }

    /// Also splits the items of a [JSON Feed](https://www.jsonfeed.org/version/1.1/).
    #[must_use]
    pub fn with_feeds(mut self) -> Self {
        self.feeds = true;
        self
    }

    /// Returns the name of the array that is being split, once it has begun: empty if the document is the array.
    pub fn array(&self) -> Option<&'static str> {
        matches!(self.at, At::BeforeElement | At::Element | At::Around | At::Done).then_some(self.place.list)
    }

    /// Returns the kept part of the document so far: the text before its array and, once the array has ended, after it.
    pub fn head(&self) -> &[u8] {
        &self.kept
    }

    /// Adds bytes and passes the parts that they complete to `take`, until `take` returns `false`. Returns whether more
    /// bytes are wanted.
    pub fn push(&mut self, mut bytes: &[u8], take: &mut impl FnMut(Found) -> bool) -> bool {
        while !bytes.is_empty() && !matches!(self.at, At::Done) {
            let taken = self.step(bytes, take);
            bytes = bytes.get(taken..).unwrap_or_default();
        }
        !matches!(self.at, At::Done)
    }

    /// Ends the document and passes the remaining parts to `take`.
    pub fn finish(mut self, take: &mut impl FnMut(Found) -> bool) {
        if matches!(self.at, At::First | At::Element) {
            self.end_of_element(take);
        }
        for (fault, line) in FAULTS.iter().zip(self.faults).filter(|(_, line)| *line > 0) {
            take(Found::Fault(fault.problem(line)));
        }
        match self.at {
            At::BeforeElement | At::Around => take(Found::Envelope(self.kept)),
            At::Done => true,
            _ => take(Found::Document(self.kept)),
        };
    }

    /// Reads up to the next end of something. Returns the number of bytes read.
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
                    if passed + 1 == MARK.len() {
                        self.note(Fault::Mark, self.line);
                    }
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

    /// Handles a byte between values. Returns 1 if it was consumed, else 0.
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
            (At::BeforeElement, b',') => {
                if self.separator.is_some() {
                    self.note(Fault::ExtraComma, self.line);
                }
                self.separator = Some(self.line);
                return 1;
            }
            (At::BeforeElement, b']') => {
                if let Some(line) = self.separator.filter(|_| self.place.index > 0) {
                    self.note(Fault::TrailingComma, line);
                }
                (At::Around, true)
            }
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

    /// Handles the end of a member's name or value. A JSON-LD keyword before the member `reviews` means another format.
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
            self.note(Fault::Comment, self.begins);
            return;
        }
        if matches!(self.at, At::First) && !(self.is_list)(&json) {
            self.keep(&json);
            self.at = At::Whole;
            return;
        }
        if self.separator.take().is_none() {
            self.note(Fault::NoComma, self.begins);
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

    /// Remembers a fault, unless there has been one of its kind.
    fn note(&mut self, fault: Fault, line: usize) {
        if let Some(first @ 0) = self.faults.get_mut(fault as usize) {
            *first = line;
        }
    }

    /// Keeps bytes up to one more than the limit, so that the reader reports the document as too large.
    fn keep(&mut self, bytes: &[u8]) {
        let room = MAX_HEAD.saturating_sub(self.kept.len());
        self.kept.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
    }
}

fn lines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

#[cfg(test)]
mod tests;

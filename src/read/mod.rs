//! Reads reviews from bytes. It accepts faulty input, but reports every fault exactly.
//!
//! 1. `document` decodes the bytes and checks limits, encoding and JSON syntax.
//! 2. `format` detects the format from the content. Each format has a reader in a file of its own, which makes a
//!    [`Collection`]: `plain`, `json_ld`, `json_feed`, `wordpress`, `at_protocol`.
//! 3. A part that does not fit is left out, and a [`Problem`] reports its place. Only a document without any review is
//!    a [`ReadError`].
//!
//! On a page, two modules share this work: [`handover`].

mod at_protocol;
#[doc(hidden)]
pub mod conversion;
mod decoding;
mod deserialize;
mod document;
#[doc(hidden)]
pub mod element;
mod field;
mod format;
#[doc(hidden)]
pub mod gather;
#[doc(hidden)]
pub mod handover;
mod json_feed;
mod json_ld;
mod messages;
mod pausing;
mod plain;
mod rating;
#[doc(hidden)]
pub mod reading;
mod repair;
mod report;
mod review_id;
mod service;
mod shared;
#[doc(hidden)]
pub mod stream;
mod text;
mod wordpress;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod loads;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod schema;

use std::fmt;

use serde::Serialize;

use crate::json::Json;
use crate::model::Collection;
use document::Decoded;
use field::Field;
use format::Format;
use report::Report;

pub use document::MAX_BYTES;
pub use field::{MAX_BODY, MAX_ENTRIES, MAX_TEXT};
#[doc(hidden)]
pub use json_feed::Feed;
pub use plain::MAX_REVIEWS;
pub use report::{MAX_PARSED, MAX_ROOM};
pub use shared::MAX_SHARED;

/// A fault that was tolerated: where it is, what was expected and what was found.
///
/// ```
/// let (_, problems) = review_card::read(br#"{ "title": "Alien", "raiting": 4 }"#, None)?;
/// let problem: &review_card::Problem = &problems[0];
/// assert_eq!(problem.path, "raiting");
/// assert!(problem.is_unread_key());
/// # Ok::<(), review_card::ReadError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The path in the document, for example `reviews[3].rating.value`; empty for the document itself.
    pub path: String,
    /// For example `expected a number from 0 to 5, found "five"`.
    pub message: String,
}

impl Problem {
    /// Returns whether the problem is an unknown key. It does not affect the card.
    pub fn is_unread_key(&self) -> bool {
        self.message.starts_with(messages::UNREAD)
    }

    /// Returns the message if the problem is that the document was cut off, for a collection of related reviews.
    #[doc(hidden)]
    pub fn cut_off(&self) -> Option<String> {
        let message = self.message.strip_suffix(document::KEPT)?;
        message.starts_with(document::CUT).then(|| [message, document::USED].concat())
    }

    /// Returns `path: message`.
    fn line(&self) -> String {
        let between = if self.path.is_empty() { "" } else { ": " };
        [&self.path, between, &self.message].concat()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.line())
    }
}

/// The reviews, and the problems found while reading them.
pub type Document = (Collection, Vec<Problem>);

/// The plain format, as described in a message.
const PLAIN: &str = "a review, an array of reviews or { \"reviews\": [...] }";

/// Why there is nothing to show.
///
/// ```
/// use review_card::{ReadError, read};
///
/// assert_eq!(read(b"", None), Err(ReadError::NotJson("expected JSON, found an empty document".into())));
/// let error = read(b"[]", None).unwrap_err();
/// assert_eq!(error.kind(), "no-review");
/// assert!(error.with_kind().starts_with("no-review: expected a review"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// The document is larger than [`MAX_BYTES`].
    TooLarge(String),
    /// The bytes are not JSON.
    NotJson(String),
    /// The document is JSON, but contains no review.
    NoReview(String),
}

impl ReadError {
    /// Returns the `kind` of the event `review-card-error`.
    pub fn kind(&self) -> &'static str {
        match self {
            ReadError::TooLarge(_) => "too-large",
            ReadError::NotJson(_) => "not-json",
            ReadError::NoReview(_) => "no-review",
        }
    }

    /// Returns `kind: message`.
    pub fn with_kind(&self) -> String {
        [self.kind(), ": ", self.message()].concat()
    }

    fn message(&self) -> &str {
        let (ReadError::TooLarge(message) | ReadError::NotJson(message) | ReadError::NoReview(message)) =
            self;
        message
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for ReadError {}

/// Reads the reviews of a JSON document. `base` is the document's own address; relative addresses are resolved against
/// it. Without `base` they stay as they are.
///
/// # Errors
/// Returns a [`ReadError`] if there is no review at all. Every other fault is a [`Problem`], returned with the
/// reviews.
///
/// ```
/// let (collection, problems) = review_card::read(br#"{ "title": "Alien", "rating": "five" }"#, None).unwrap();
/// assert_eq!(collection.reviews[0].title, "Alien");
/// assert_eq!(problems[0].to_string(), r#"rating: expected a rating such as 4, "8/10", "85%" or "B+", found "five""#);
/// ```
pub fn read(bytes: &[u8], base: Option<&str>) -> Result<Document, ReadError> {
    let Decoded { json, room, problems } = document::decode(bytes)?;
    read_value(&json, base, room, problems)
}

/// Like [`read`], but takes a parsed document and the memory that its reviews may take ([`report::room`]). `problems` are the
/// problems found so far.
fn read_value(
    document: &Json,
    base: Option<&str>,
    room: usize,
    problems: Vec<Problem>,
) -> Result<Document, ReadError> {
    if let Some(found) = service::of(document) {
        return Err(ReadError::NoReview(found));
    }
    let (make, expected) = reader(Format::of(document));
    let report = Report::new(base, room);
    let collection = make(&Field::root(document, &report));
    concluded(document, collection, report, problems, expected)
}

/// Like [`read_value`], with pauses in JSON-LD.
async fn read_in_steps(
    document: Json,
    base: Option<String>,
    room: usize,
    problems: Vec<Problem>,
) -> Result<Document, ReadError> {
    if Format::of(&document) != Format::JsonLd || service::of(&document).is_some() {
        return read_value(&document, base.as_deref(), room, problems);
    }
    let report = Report::new(base.as_deref(), room);
    let collection = json_ld::read_in_steps(&Field::root(&document, &report)).await;
    concluded(&document, collection, report, problems, reader(Format::JsonLd).1)
}

/// Reads a whole document of one format.
type Make = fn(&Field) -> Collection;

/// Returns the reader of a format, and what it expects, for a message.
fn reader(format: Format) -> (Make, &'static str) {
    match format {
        Format::Plain => (plain::read, PLAIN),
        Format::JsonLd => (json_ld::read, "a schema.org Review, or an item with a review"),
        Format::JsonFeed => (json_feed::read, "a JSON Feed with items"),
        Format::WordPress => (wordpress::read, "WordPress posts"),
        Format::AtProtocol => (at_protocol::read, "AT Protocol records of reviews"),
    }
}

/// Returns what was read, unless there is no review.
fn concluded(
    document: &Json,
    collection: Collection,
    report: Report,
    mut problems: Vec<Problem>,
    expected: &str,
) -> Result<Document, ReadError> {
    let reported = report.into_problems();
    if collection.reviews.is_empty() {
        return Err(no_review(document, &reported, expected));
    }
    problems.extend(reported);
    Ok((collection, problems))
}

fn no_review(document: &Json, reported: &[Problem], expected: &str) -> ReadError {
    if let Some(found) = wrapped(document) {
        return ReadError::NoReview(["expected ", expected, ", found ", &found].concat());
    }
    ReadError::NoReview(match reported.first() {
        Some(problem) => ["no review in the document: ", &problem.line()].concat(),
        None => ["expected ", expected, ", found ", &messages::found(document)].concat(),
    })
}

/// Returns what to do if the reviews are in a wrapping that is not read: in an array in an array, or under another key than
/// `reviews`.
fn wrapped(document: &Json) -> Option<String> {
    let is_read = |json: &Json| {
        Format::of(json) != Format::Plain || ["title", "reviews"].iter().any(|key| json.get(key).is_some())
    };
    match document {
        _ if Format::of(document) != Format::Plain => None,
        Json::List(items) => matches!(items.first(), Some(Json::List(_)))
            .then(|| "an array in an array: leave out the outer brackets".to_owned()),
        Json::Object(members) => {
            let first = |json: &Json| match json {
                Json::List(items) => items.first().is_some_and(is_read),
                one => is_read(one),
            };
            let (key, _) = members.iter().find(|(_, value)| first(value))?;
            let key = ["\"", key.get(..key.floor_char_boundary(40)).unwrap_or_default(), "\""].concat();
            Some(["an object with ", &key, ": write only what is in ", &key].concat())
        }
        _ => None,
    }
}

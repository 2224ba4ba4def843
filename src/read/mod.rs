//! Bytes to reviews: forgiving in what it takes, exact in what it says about it.
//!
//! 1. `document` decodes the bytes: limits, encoding, JSON.
//! 2. `shape` tells the shape by its content, and its reader, one file a shape, makes a [`Collection`] of it: `plain`,
//!    `json_ld`, `json_feed`, `wordpress`, `at_protocol`.
//! 3. What does not fit costs that part and becomes a [`Problem`] with its place. Only a document without any
//!    review in it is a [`ReadError`].
//!
//! On a page this is the work of two modules: [`handover`].

mod at_protocol;
mod deserialize;
mod document;
pub mod element;
mod field;
pub mod gather;
pub mod handover;
mod json_feed;
mod json_ld;
mod plain;
mod rating;
mod repair;
mod review_id;
mod service;
mod shape;
mod shared;
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
use field::{Field, Report};
use shape::Shape;

pub use document::MAX_BYTES;
pub use field::{MAX_ENTRIES, MAX_ROOM, MAX_TEXT};
pub use json_feed::Feed;
pub use plain::MAX_REVIEWS;
pub use shared::MAX_SHARED;

/// Something that was tolerated: where, what was expected and what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The place in the document, for example `reviews[3].rating.value`; empty for the document itself.
    pub path: String,
    /// `expected a number from 0 to 5, found "five"`
    pub message: String,
}

impl Problem {
    /// Whether it is a key that nothing reads, which changes nothing on the card.
    pub fn is_unread_key(&self) -> bool {
        self.message.starts_with(field::UNREAD)
    }

    /// `path: message`
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

/// The reviews, and what was tolerated on the way to them.
pub type Document = (Collection, Vec<Problem>);

/// What the plain shape is, for a message.
const PLAIN: &str = "a review, an array of reviews or { \"reviews\": [...] }";

/// Why there is nothing to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// The document is larger than [`MAX_BYTES`].
    TooLarge(String),
    /// The bytes are no JSON.
    NotJson(String),
    /// It is JSON, and there is no review in it.
    NoReview(String),
}

impl ReadError {
    /// The `kind` of the event `review-card-error`.
    pub fn kind(&self) -> &'static str {
        match self {
            ReadError::TooLarge(_) => "too-large",
            ReadError::NotJson(_) => "not-json",
            ReadError::NoReview(_) => "no-review",
        }
    }

    /// `kind: message`
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

/// Reads the reviews of a JSON document. Relative addresses in it are resolved against `base`, the document's own
/// address; without one they stay as they are.
///
/// # Errors
/// [`ReadError`] where there is no review at all; everything else is a [`Problem`] beside the reviews.
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

/// [`read`], of a document that is JSON already, with so much [`field::room`]; `problems` are those that are known of it.
fn read_value(
    document: &Json,
    base: Option<&str>,
    room: usize,
    problems: Vec<Problem>,
) -> Result<Document, ReadError> {
    if let Some(found) = service::of(document) {
        return Err(ReadError::NoReview(found));
    }
    let (make, expected): (fn(&Field) -> Collection, _) = match Shape::of(document) {
        Shape::Plain | Shape::Doubtful => (plain::read, PLAIN),
        Shape::JsonLd => (json_ld::read, "a schema.org Review, or an item with a review"),
        Shape::JsonFeed => (json_feed::read, "a JSON Feed with items"),
        Shape::WordPress => (wordpress::read, "WordPress posts"),
        Shape::AtProtocol => (at_protocol::read, "AT Protocol records of reviews"),
    };
    collect(document, Report::new(base, room), problems, make, expected)
}

fn collect(
    document: &Json,
    report: Report,
    mut problems: Vec<Problem>,
    make: fn(&Field) -> Collection,
    expected: &str,
) -> Result<Document, ReadError> {
    let collection = make(&Field::root(document, &report));
    let told = report.into_problems();
    if !collection.reviews.is_empty() {
        problems.extend(told);
        return Ok((collection, problems));
    }
    Err(ReadError::NoReview(match told.first() {
        Some(problem) => ["no review in the document: ", &problem.line()].concat(),
        None => ["expected ", expected, ", found ", &field::found(document)].concat(),
    }))
}

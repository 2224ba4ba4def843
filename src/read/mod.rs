//! Bytes to reviews: forgiving in what it takes, exact in what it says about it.
//!
//! 1. [`document`] decodes the bytes: limits, encoding, JSON.
//! 2. The shape is told by its content, and its reader, one file a shape, makes a [`Collection`] of it.
//! 3. What does not fit costs that part and becomes a [`Problem`] with its place. Only a document without any
//!    review in it is a [`ReadError`].

mod document;
mod field;
mod plain;
mod rating;
mod review_id;

use std::fmt;

use crate::model::Collection;

pub use document::MAX_BYTES;
pub use field::MAX_TEXT;
pub use plain::MAX_REVIEWS;

/// Something that was tolerated: where, what was expected and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The place in the document, for example `reviews[3].rating.value`; empty for the document itself.
    pub path: String,
    /// `expected a number from 0 to 5, found "five"`
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if !self.path.is_empty() {
            f.write_str(&self.path)?;
            f.write_str(": ")?;
        }
        f.write_str(&self.message)
    }
}

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
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (ReadError::TooLarge(message) | ReadError::NotJson(message) | ReadError::NoReview(message)) =
            self;
        f.write_str(message)
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
pub fn read(bytes: &[u8], base: Option<&str>) -> Result<(Collection, Vec<Problem>), ReadError> {
    let document = document::decode(bytes)?;
    let mut problems = Vec::new();
    let collection = plain::read(&document, base, &mut problems)?;
    Ok((collection, problems))
}

//! A JSON value that keeps the order of its document. [`mod@crate::read`] reads from it and [`crate::write`] writes to
//! it.
//!
//! Why not `serde_json::Value`: its map sorts the keys. Its code to parse and print floats would also make up a tenth
//! of the `.wasm`, for ratings that have one or two decimals.

#[doc(hidden)]
pub mod cut;
mod diagnose;
#[doc(hidden)]
pub mod mend;
mod parse;
mod print;
mod serde;

pub use diagnose::SyntaxError;
#[doc(hidden)]
pub use diagnose::place;
#[doc(hidden)]
pub use parse::gradual::Gradual;
pub use parse::{MAX_VALUES, parse};
#[doc(hidden)]
pub use parse::{Mended, Parsed, parse_and_mend, parse_or_none};

use crate::model::Decimal;
use crate::steps;
use parse::MAX_DEPTH;

/// A JSON value.
///
/// ```
/// use review_card::json::{Json, SyntaxError, parse};
///
/// let json = parse(br#"{ "title": "Alien", "year": 1979 }"#)?;
/// assert_eq!(json.get("title").and_then(Json::as_text), Some("Alien"));
/// assert_eq!(json.to_text(), r#"{"title":"Alien","year":1979}"#);
/// let Err(SyntaxError { message, .. }) = parse(b"[1 2]") else { panic!() };
/// assert!(message.contains("line 1"), "{message}");
/// # Ok::<(), SyntaxError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number, to the nearest thousandth.
    Number(Decimal),
    /// A string, or a number beyond ±1e12 as it was written.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object. If a name occurs twice, the last member counts, as in `JSON.parse`.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Returns the member `key` of an object. Returns `None` if the member is missing or `null`, or if the value is not
    /// an object.
    pub fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Object(members) => {
                steps::count(members.len());
                let (_, value) = members.iter().rev().find(|(name, _)| name == key)?;
                (*value != Json::Null).then_some(value)
            }
            _ => None,
        }
    }

    /// Returns the text if the value is a string.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Json::Text(text.into())
    }
}

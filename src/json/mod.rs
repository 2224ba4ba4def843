//! A JSON value, in its document's order: what [`mod@crate::read`] reads from and [`crate::write`] writes to.
//!
//! Why not `serde_json::Value`: its map sorts the keys, and reading and printing its floats would be a tenth of the
//! `.wasm`, for ratings that have a decimal or two.

pub mod cut;
mod diagnose;
pub mod mend;
mod parse;
mod print;
mod serde;

pub use diagnose::{SyntaxError, place};
pub use parse::{MAX_VALUES, Mended, Parsed, parse, parse_and_mend, parse_or_none};

use crate::model::Decimal;
use crate::steps;
use parse::MAX_DEPTH;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number, to the nearest thousandth.
    Number(Decimal),
    /// A string; or a number beyond ±1e12, as it was written.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object. Of two members with one name the last counts, as in `JSON.parse`.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The member `key` of an object; `None` for `null`, for a missing one, and for what is no object.
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

    /// The text of a string.
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

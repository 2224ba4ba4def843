//! Implements serde's `Deserialize` for a review and its parts, from any format that serde supports.
//!
//! The value is first converted to [`Json`]. The readers of this module then read it like a file, so a wrong field
//! affects only that field. Use [`read`](crate::read()) if you need the list of problems or resolved addresses.

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::field::Field;
use super::messages::What;
use super::report::{MAX_ROOM, Report};
use super::{MAX_BYTES, Problem, ReadError, handover, plain, rating, read_value};
use crate::json::Json;
use crate::model::{
    Aggregate, Aspect, Collection, Date, Disclosure, HistoryEntry, Image, Link, Offer, Person, Rating,
    Related, Review, Work,
};

impl TryFrom<Json> for Collection {
    type Error = ReadError;

    /// Reads a document of any format that [`read`](crate::read()) accepts, or one without reviews, such as an empty
    /// array.
    fn try_from(json: Json) -> Result<Self, ReadError> {
        match read_value(&json, None, MAX_BYTES, Vec::new()) {
            Ok((collection, _problems)) => Ok(collection),
            Err(error) => handover::nothing_in(&json, None).ok_or(error),
        }
    }
}

impl TryFrom<Json> for Review {
    type Error = ReadError;

    /// Returns the first review of a document of any format that [`read`](crate::read()) accepts.
    fn try_from(json: Json) -> Result<Self, ReadError> {
        let (collection, _problems) = read_value(&json, None, MAX_BYTES, Vec::new())?;
        let first = collection.reviews.into_iter().next().map(std::rc::Rc::unwrap_or_clone);
        first.ok_or_else(|| ReadError::NoReview("expected a review, found none".into()))
    }
}

/// Calls `make` with a value. If that returns `None`, returns the first problem as the reason.
fn part<T>(json: &Json, make: impl Fn(&Field) -> Option<T>) -> Result<T, Problem> {
    let report = Report::new(None, MAX_ROOM);
    let root = Field::root(json, &report);
    let part = make(&root);
    if part.is_none() {
        root.expected(What::NotEmpty);
    }
    part.ok_or_else(|| {
        let reason = report.into_problems().into_iter().next();
        reason.unwrap_or_else(|| Problem { path: String::new(), message: String::new() })
    })
}

/// Implements `TryFrom<Json>` with a function that reads the plain format.
macro_rules! part {
    ($($part:ty: $make:expr,)*) => {$(
        impl TryFrom<Json> for $part {
            type Error = Problem;

            fn try_from(json: Json) -> Result<Self, Problem> {
                part(&json, $make)
            }
        }
    )*};
}

part! {
    Aggregate: plain::aggregate,
    Aspect: plain::aspect,
    Date: |field: &Field| field.date(),
    Disclosure: plain::disclosure,
    HistoryEntry: plain::history_entry,
    Image: plain::image,
    Link: plain::link,
    Offer: plain::offer,
    Person: plain::person,
    Rating: rating::read,
    Related: plain::related_entry,
    Work: plain::work,
}

/// Implements `Deserialize` through `TryFrom<Json>`. `#[serde(try_from = "Json")]` would expand to the same code, but
/// the model would then depend on its readers.
macro_rules! deserialize {
    ($($part:ty)*) => {$(
        impl<'de> Deserialize<'de> for $part {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Json::deserialize(deserializer)?.try_into().map_err(D::Error::custom)
            }
        }
    )*};
}

deserialize! { Aggregate Aspect Collection Date Disclosure HistoryEntry Image Link Offer Person Rating Related Review Work }

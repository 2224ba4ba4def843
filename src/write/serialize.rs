//! Implements serde's `Serialize` for a review and its parts. The output has the plain format's structure, in any
//! format that serde supports.

use serde::{Serialize, Serializer};

use super::plain;
use crate::json::Json;
use crate::model::{
    Aggregate, Aspect, Collection, Date, Disclosure, HistoryEntry, Image, Link, Offer, Person, Rating,
    Related, Review, Work,
};

/// Implements `Serialize` and `From` with a function that writes the plain format.
macro_rules! serialize {
    ($($part:ty: $write:expr,)*) => {$(
        impl From<&$part> for Json {
            fn from(part: &$part) -> Self {
                $write(part).into()
            }
        }

        impl Serialize for $part {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Json::from(self).serialize(serializer)
            }
        }
    )*};
}

serialize! {
    Aggregate: plain::aggregate,
    Aspect: plain::aspect,
    Collection: plain::collection,
    Date: Date::as_written,
    Disclosure: plain::disclosure,
    HistoryEntry: plain::history_entry,
    Image: plain::image,
    Link: plain::link,
    Offer: plain::offer,
    Person: plain::person,
    Rating: plain::rating,
    Related: plain::related,
    Review: plain,
    Work: plain::work,
}

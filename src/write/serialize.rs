//! Implements serde's `Serialize` for a review and its parts. The output has the plain format's structure, in any
//! format that serde supports.

use std::rc::Rc;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::plain;
use crate::json::Json;
use crate::model::{
    Aggregate, Aspect, Collection, Date, Disclosure, HistoryEntry, Image, Link, Offer, Person, Rating,
    Related, Review, Work,
};

/// Implements `From` with a function that writes the plain format.
macro_rules! from {
    ($($part:ty: $write:expr,)*) => {$(
        impl From<&$part> for Json {
            fn from(part: &$part) -> Self {
                $write(part).into()
            }
        }
    )*};
}

/// The same, and `Serialize` by it.
macro_rules! serialize {
    ($($part:ty: $write:expr,)*) => {$(
        from! { $part: $write, }

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

from! { Collection: plain::collection, }

/// One review after the other: many would be in memory twice.
impl Serialize for Collection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(title) = &self.title {
            map.serialize_entry("title", title)?;
        }
        map.serialize_entry("reviews", &Reviews(&self.reviews))?;
        if let Some(next) = &self.next_url {
            map.serialize_entry("nextUrl", next)?;
        }
        if let Some(aggregate) = &self.aggregate {
            map.serialize_entry("aggregateRating", aggregate)?;
        }
        map.end()
    }
}

struct Reviews<'a>(&'a [Rc<Review>]);

impl Serialize for Reviews<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|review| &**review))
    }
}

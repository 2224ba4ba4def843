//! Reads a document in steps, between which a page can pause. The result is that of [`read`](super::read).
//!
//! 1. [`Reading::new`] parses the JSON, and reads what is around the entries.
//! 2. Each [`Reading::step`] reads one entry of a collection, a feed or a list of posts.
//! 3. [`Reading::finish`] returns the result. JSON-LD, whose parts refer to each other, and AT Protocol records are read
//!    here as a whole.

use std::rc::Rc;

use super::document::{Decoded, decode};
use super::field::Field;
use super::format::Format;
use super::report::{Kept, Report};
use super::{
    Document, Feed, Problem, ReadError, json_feed, no_review, plain, read_value, reader, review_id, service,
    wordpress,
};
use crate::json::Json;
use crate::model::{Collection, Review};

/// A document that is being read.
pub struct Reading {
    json: Json,
    base: Option<String>,
    /// The repairs of its JSON.
    mended: Vec<Problem>,
    entries: Entries,
    /// The index of the next entry.
    next: usize,
    collection: Collection,
    kept: Kept,
}

/// How the entries of a document are read.
enum Entries {
    Reviews,
    Posts,
    Items(Box<Feed>),
    /// All at once.
    Whole,
}

impl Entries {
    fn of(root: &Field) -> Self {
        if service::of(root.value).is_some() {
            return Self::Whole;
        }
        match Format::of(root.value) {
            Format::Plain | Format::Doubtful => Self::Reviews,
            Format::WordPress if wordpress::others(root).is_none() => Self::Posts,
            Format::JsonFeed if root.get("items").is_some() => {
                Feed::of(root).map_or(Self::Whole, |feed| Self::Items(Box::new(feed)))
            }
            _ => Self::Whole,
        }
    }

    /// Returns the key of the list of entries, unless the document is the list.
    fn key(&self) -> Option<&'static str> {
        match self {
            Self::Reviews => Some("reviews"),
            Self::Items(_) => Some("items"),
            Self::Posts | Self::Whole => None,
        }
    }

    fn review(&self, field: &Field) -> Option<Review> {
        match self {
            Self::Reviews => plain::review(field),
            Self::Posts => wordpress::post(field),
            Self::Items(feed) => feed.review(field),
            Self::Whole => None,
        }
    }

    /// Reads what is around the entries.
    fn frame(&self, root: &Field) -> Collection {
        match self {
            Self::Reviews if root.get("reviews").is_some() => plain::frame(root),
            Self::Items(_) => json_feed::frame(root),
            _ => Collection::default(),
        }
    }
}

impl Reading {
    /// Parses a document. Relative addresses are resolved against `base`.
    ///
    /// # Errors
    /// Returns an error if the document is too large or not JSON.
    pub fn new(bytes: &[u8], base: Option<&str>) -> Result<Self, ReadError> {
        let Decoded { json, room, problems: mended } = decode(bytes)?;
        let report = Report::new(base, room);
        let root = Field::root(&json, &report);
        let entries = Entries::of(&root);
        let collection = entries.frame(&root);
        let kept = match entries {
            Entries::Whole => Kept::of(room),
            _ => report.into_kept(),
        };
        let base = base.map(Into::into);
        Ok(Self { json, base, mended, entries, next: 0, collection, kept })
    }

    /// Reads the next entry. Returns `false` if there is none.
    pub fn step(&mut self) -> bool {
        if let Entries::Whole = self.entries {
            return false;
        }
        let report = Report::resumed(self.base.as_deref(), std::mem::take(&mut self.kept));
        let root = Field::root(&self.json, &report);
        let member = self.entries.key().and_then(|key| root.get(key));
        let list = member.as_ref().unwrap_or(&root);
        let reviews = &mut self.collection.reviews;
        let is_read = plain::read_item(list, self.next, |field| self.entries.review(field), reviews);
        self.next += 1;
        self.kept = report.into_kept();
        is_read
    }

    /// Returns the document. All entries must have been read.
    ///
    /// # Errors
    /// Returns an error if there is no review.
    pub fn finish(self) -> Result<Document, ReadError> {
        let Self { json, base, mended: mut problems, entries, mut collection, kept, .. } = self;
        if let Entries::Whole = entries {
            return read_value(&json, base.as_deref(), kept.room, problems);
        }
        let reported = Report::resumed(None, kept).into_problems();
        if collection.reviews.is_empty() {
            let (_, expected) = reader(Format::of(&json));
            return Err(no_review(&json, &reported, expected));
        }
        if let Entries::Posts | Entries::Items(_) = entries {
            review_id::tell_apart(&mut collection.reviews);
        }
        problems.extend(reported);
        Ok((collection, problems))
    }

    /// Passes the reviews to `take`, as [`finish`](Self::finish) returns them.
    ///
    /// # Errors
    /// Returns an error if there is no review.
    pub fn finish_each(self, take: &mut impl FnMut(Review)) -> Result<(), ReadError> {
        let (collection, _) = self.finish()?;
        // Each review has a single owner, so `into_inner` never fails.
        collection.reviews.into_iter().filter_map(Rc::into_inner).for_each(take);
        Ok(())
    }
}

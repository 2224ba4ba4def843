//! Reads a document in steps, between which a page can pause. The result is that of [`read`](super::read).
//!
//! 1. [`Reading::step`] parses some of the JSON ([`Decoding`]).
//! 2. Once all is parsed, each step reads one entry of a collection, a feed or a list of posts.
//! 3. [`Reading::finish`] returns the result. JSON-LD, whose parts refer to each other, and AT Protocol records are read
//!    here as a whole.

use std::rc::Rc;

use super::decoding::Decoding;
use super::document::Decoded;
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
    base: Option<String>,
    stage: Stage,
}

enum Stage {
    Decoding(Box<Decoding>),
    Decoded(Box<Reviews>),
    Failed(ReadError),
}

/// The reviews of a decoded document.
struct Reviews {
    json: Json,
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
            Format::Plain => Self::Reviews,
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
    /// Begins to read a document. Relative addresses are resolved against `base`.
    ///
    /// # Errors
    /// Returns an error if the document is too large or clearly not JSON.
    pub fn new(bytes: &[u8], base: Option<&str>) -> Result<Self, ReadError> {
        let stage = Stage::Decoding(Box::new(Decoding::new(bytes)?));
        Ok(Self { base: base.map(Into::into), stage })
    }

    /// Parses some of the JSON, or reads the next entry. Returns `false` if nothing is left to do.
    pub fn step(&mut self) -> bool {
        match &mut self.stage {
            Stage::Decoding(decoding) => {
                if !decoding.step() {
                    self.decoded();
                }
                true
            }
            Stage::Decoded(reviews) => reviews.step(self.base.as_deref()),
            Stage::Failed(_) => false,
        }
    }

    /// Begins with the entries of the document, which has been decoded.
    fn decoded(&mut self) {
        let failed = Stage::Failed(ReadError::NotJson(String::new()));
        if let Stage::Decoding(decoding) = std::mem::replace(&mut self.stage, failed) {
            self.stage = match decoding.finish() {
                Ok(decoded) => Stage::Decoded(Box::new(Reviews::of(decoded, self.base.as_deref()))),
                Err(error) => Stage::Failed(error),
            };
        }
    }

    /// Returns the document. Everything must have been done.
    ///
    /// # Errors
    /// Returns an error if the document is not JSON, or if there is no review.
    pub fn finish(self) -> Result<Document, ReadError> {
        match self.stage {
            Stage::Decoded(reviews) => reviews.finish(self.base.as_deref()),
            Stage::Failed(error) => Err(error),
            Stage::Decoding(_) => Ok(Document::default()),
        }
    }

    /// Passes the reviews to `take`, as [`finish`](Self::finish) returns them.
    ///
    /// # Errors
    /// The same as for [`finish`](Self::finish).
    pub fn finish_each(self, take: &mut impl FnMut(Review)) -> Result<Option<String>, ReadError> {
        let (collection, problems) = self.finish()?;
        // Each review has a single owner, so `into_inner` never fails.
        collection.reviews.into_iter().filter_map(Rc::into_inner).for_each(take);
        Ok(problems.iter().find_map(Problem::cut_off))
    }
}

impl Reviews {
    /// Reads what is around the entries.
    fn of(decoded: Decoded, base: Option<&str>) -> Self {
        let Decoded { json, room, problems: mended } = decoded;
        let report = Report::new(base, room);
        let root = Field::root(&json, &report);
        let entries = Entries::of(&root);
        let collection = entries.frame(&root);
        let kept = match entries {
            Entries::Whole => Kept::of(room),
            _ => report.into_kept(),
        };
        Self { json, mended, entries, next: 0, collection, kept }
    }

    /// Reads the next entry. Returns `false` if there is none.
    fn step(&mut self, base: Option<&str>) -> bool {
        if let Entries::Whole = self.entries {
            return false;
        }
        let report = Report::resumed(base, std::mem::take(&mut self.kept));
        let root = Field::root(&self.json, &report);
        let member = self.entries.key().and_then(|key| root.get(key));
        let list = member.as_ref().unwrap_or(&root);
        let reviews = &mut self.collection.reviews;
        let is_read = plain::read_item(list, self.next, |field| self.entries.review(field), reviews);
        self.next += 1;
        self.kept = report.into_kept();
        is_read
    }

    fn finish(self, base: Option<&str>) -> Result<Document, ReadError> {
        let Self { json, mended: mut problems, entries, mut collection, kept, .. } = self;
        if let Entries::Whole = entries {
            return read_value(&json, base, kept.room, problems);
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
}

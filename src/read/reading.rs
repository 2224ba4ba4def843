//! Reads a document in steps, between which a page can pause. The result is that of [`read`](super::read).
//!
//! 1. [`Reading::step`] parses some of the JSON ([`Decoding`]).
//! 2. Once all is parsed, each step reads one entry of a collection, a feed, a list of posts or of records. JSON-LD
//!    has steps of its own ([`read_in_steps`]).
//! 3. [`Reading::finish`] returns the result.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use super::decoding::Decoding;
use super::document::Decoded;
use super::field::Field;
use super::format::Format;
use super::report::{Kept, Report};
use super::{
    Document, Feed, Problem, ReadError, at_protocol, json_feed, no_review, pausing, plain, read_in_steps,
    reader, review_id, service, wordpress,
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
    /// Its entries can be read one by one.
    Decoded(Box<Reviews>),
    /// It is read as a whole, in steps of its own.
    Whole(Pin<Box<dyn Future<Output = Result<Document, ReadError>>>>),
    Ended(Result<Document, ReadError>),
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
    /// AT Protocol records, with the number of those that are left out because they are empty.
    Records(Cell<usize>),
}

impl Entries {
    /// Returns `None` for a document that is read as a whole.
    fn of(root: &Field) -> Option<Self> {
        if service::of(root.value).is_some() {
            return None;
        }
        match Format::of(root.value) {
            Format::Plain => Some(Self::Reviews),
            Format::WordPress if wordpress::others(root).is_none() => Some(Self::Posts),
            Format::JsonFeed if root.get("items").is_some() => {
                Feed::of(root).map(|feed| Self::Items(Box::new(feed)))
            }
            Format::AtProtocol => Some(Self::Records(Cell::new(0))),
            _ => None,
        }
    }

    /// Returns the key of the list of entries, unless the document is the list.
    fn key(&self) -> Option<&'static str> {
        match self {
            Self::Reviews => Some("reviews"),
            Self::Items(_) => Some("items"),
            Self::Records(_) => Some("records"),
            Self::Posts => None,
        }
    }

    fn review(&self, field: &Field) -> Option<Review> {
        match self {
            Self::Reviews => plain::review(field),
            Self::Posts => wordpress::post(field),
            Self::Items(feed) => feed.review(field),
            Self::Records(empty) => at_protocol::review(field, empty),
        }
    }

    /// Reads what is around the entries.
    fn frame(&self, root: &Field) -> Collection {
        match self {
            Self::Reviews if root.get("reviews").is_some() => plain::frame(root),
            Self::Items(_) => json_feed::frame(root),
            Self::Records(_) => at_protocol::frame(root),
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
            Stage::Whole(work) => {
                if let Some(result) = pausing::step(work.as_mut()) {
                    self.stage = Stage::Ended(result);
                }
                true
            }
            Stage::Ended(_) => false,
        }
    }

    /// Begins with the entries of the document, which has been decoded.
    fn decoded(&mut self) {
        let ended = Stage::Ended(Ok(Document::default()));
        if let Stage::Decoding(decoding) = std::mem::replace(&mut self.stage, ended) {
            self.stage = match decoding.finish() {
                Ok(decoded) => Reviews::of(decoded, self.base.as_deref()),
                Err(error) => Stage::Ended(Err(error)),
            };
        }
    }

    /// Returns the document. Everything must have been done.
    ///
    /// # Errors
    /// Returns an error if the document is not JSON, or if there is no review.
    pub fn finish(self) -> Result<Document, ReadError> {
        match self.stage {
            Stage::Decoded(reviews) => reviews.finish(),
            Stage::Whole(work) => pausing::at_once(work),
            Stage::Ended(result) => result,
            Stage::Decoding(_) => Ok(Document::default()),
        }
    }

    /// Passes the reviews to `take`, as [`finish`](Self::finish) returns them. Returns a message if the document was cut
    /// off.
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
    fn of(decoded: Decoded, base: Option<&str>) -> Stage {
        let Decoded { json, room, problems: mended } = decoded;
        let report = Report::new(base, room);
        let root = Field::root(&json, &report);
        let Some(entries) = Entries::of(&root) else {
            drop(report);
            return Stage::Whole(Box::pin(read_in_steps(json, base.map(Into::into), room, mended)));
        };
        let collection = entries.frame(&root);
        let kept = report.into_kept();
        Stage::Decoded(Box::new(Self { json, mended, entries, next: 0, collection, kept }))
    }

    /// Reads the next entry. Returns `false` if there is none.
    fn step(&mut self, base: Option<&str>) -> bool {
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

    fn finish(self) -> Result<Document, ReadError> {
        let Self { json, mended: mut problems, entries, mut collection, kept, .. } = self;
        let report = Report::resumed(None, kept);
        if let Entries::Records(empty) = &entries {
            at_protocol::report_empty(&at_protocol::records(&Field::root(&json, &report)), empty.get());
        }
        let reported = report.into_problems();
        if collection.reviews.is_empty() {
            let (_, expected) = reader(Format::of(&json));
            return Err(no_review(&json, &reported, expected));
        }
        if !matches!(entries, Entries::Reviews) {
            review_id::tell_apart(&mut collection.reviews);
        }
        problems.extend(reported);
        Ok((collection, problems))
    }
}

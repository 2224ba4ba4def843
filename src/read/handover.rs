//! Reading as two modules of a page share it.
//!
//! The element's own module reads what is cleanly plain, with [`plain`], and is spared the size of the rest: other formats,
//! repairs, messages. Where that is `None`, the module `reader` is loaded, makes plain JSON of the document with [`convert`],
//! problems and all, and the element's module reads that. Together they come to what [`read`] comes to.

use super::document::{decode, decode_clean};
use super::field::{Field, MAX_ROOM, Report};
use super::shape::Shape;
use super::{Problem, ReadError, at_protocol, read};
use crate::json::{self, Json};
use crate::model::Collection;
use crate::rich_text::url::{self, Use};
use crate::write;

/// Where the reviews of a collection stand: of a feed, and of what JSON-LD may hold.
const PLACES: [&str; 5] = ["items", "@graph", "review", "reviews", "itemListElement"];

/// The reviews of a document, and its problems as JSON text: an array of `{ path, message }`.
pub type Told = (Collection, String);

/// Reads a document that is cleanly plain; `None` for one of another format, and for one in which anything is wrong: what to
/// do about that is for [`convert`] to say. `converted`: it is what [`convert`] has written, and the problems are those
/// that it reported.
///
/// # Errors
/// Where it is too large, or plainly not JSON: an empty document, HTML, UTF-16.
pub fn plain(bytes: &[u8], base: Option<&str>, converted: bool) -> Result<Option<Told>, ReadError> {
    let Some((document, room)) = decode_clean(bytes)? else { return Ok(None) };
    if !converted && Shape::of(&document) != Shape::Plain {
        return Ok(None);
    }
    // What has been converted has been within the limits.
    let report = Report::clean(base, if converted { usize::MAX } else { room });
    let collection = super::plain::read(&Field::root(&document, &report));
    let is_clean = !collection.reviews.is_empty() && report.into_problems().is_empty();
    if !(is_clean || converted) {
        return Ok(None);
    }
    let told = document.get("problems").filter(|_| converted).map_or_else(|| "[]".into(), Json::to_text);
    Ok(Some((collection, told)))
}

/// The place of the review whose `id` or `url` is `item`: as the collection has it, or as a file writes it whose addresses are relative
/// to `base`. Without `item`, the first.
pub fn place_of(collection: &Collection, item: Option<&str>, base: &str) -> Option<usize> {
    let place = |item: &str| collection.place_of(Some(item));
    match item {
        None => collection.place_of(None),
        Some(item) => place(item).or_else(|| place(&url::resolve(item, Some(base), Use::Link)?)),
    }
}

/// A collection of any shape without a review in it: an empty array, one that is empty where reviews would stand, or AT Protocol
/// records that are none.
///
/// `is_read`: the reader has looked for reviews and found none. Before that, AT Protocol records may be some.
pub fn nothing(bytes: &[u8], base: Option<&str>, is_read: bool) -> Option<Collection> {
    let document = decode(bytes).ok()?.json;
    if !is_read && Shape::of(&document) == Shape::AtProtocol {
        return None;
    }
    nothing_in(&document, base)
}

pub(super) fn nothing_in(document: &Json, base: Option<&str>) -> Option<Collection> {
    let is_empty = |json: Option<&Json>| matches!(json, Some(Json::List(items)) if items.is_empty());
    let is_none = |json: &Json| PLACES.iter().any(|place| is_empty(json.get(place)));
    let is_nothing = match document {
        Json::List(items) => items.iter().all(is_none),
        one => is_none(one),
    };
    let is_nothing = is_nothing || Shape::of(document) == Shape::AtProtocol;
    let report = Report::new(base, MAX_ROOM);
    let root = Field::root(document, &report);
    is_nothing.then(|| Collection {
        title: root.text_of("title"),
        next_url: ["nextUrl", "next_url"]
            .iter()
            .find_map(|key| root.address_of(key, Use::Link))
            .or_else(|| at_protocol::next(&root)),
        ..Collection::default()
    })
}

/// A document of any shape in the plain one, with a member `problems`.
///
/// # Errors
/// As [`read`].
pub fn convert(bytes: &[u8], base: Option<&str>) -> Result<Json, ReadError> {
    let (collection, problems) = read(bytes, base)?;
    let mut members = vec![("problems".to_owned(), to_json(&problems))];
    if let Json::Object(plain) = write::collection(&collection) {
        members.extend(plain);
    }
    Ok(Json::Object(members))
}

/// The problems of a document, from their JSON text.
pub fn problems(told: &str) -> Vec<Problem> {
    let Ok(Json::List(problems)) = json::parse(told.as_bytes()) else { return Vec::new() };
    let text = |of: &Json, key| of.get(key).and_then(Json::as_text).unwrap_or_default().to_owned();
    problems.iter().map(|of| Problem { path: text(of, "path"), message: text(of, "message") }).collect()
}

/// Problems as JSON: an array of `{ path, message }`.
pub fn to_json(problems: &[Problem]) -> Json {
    let text = |key: &str, text: &str| (key.to_owned(), Json::from(text));
    let one = |problem: &Problem| {
        Json::Object(vec![text("path", &problem.path), text("message", &problem.message)])
    };
    Json::List(problems.iter().map(one).collect())
}

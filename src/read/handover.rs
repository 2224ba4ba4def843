//! Divides the reading between two modules of a page.
//!
//! The element's own module uses [`plain`] to read documents that are in the plain format and free of faults. So it
//! needs no code for other formats, repairs and messages. If [`plain`] returns `None`, the module `reader` is loaded.
//! It uses [`convert`] to turn the document into plain JSON that includes the problems, and the element's module reads
//! that. The two together give the same result as [`read`].

use super::document::{decode, decode_clean};
use super::field::Field;
use super::format::Format;
use super::report::{MAX_ROOM, Report};
use super::{Problem, ReadError, at_protocol, read};
use crate::json::{self, Json};
use crate::model::Collection;
use crate::rich_text::url::{self, Use};
use crate::write;

/// The keys under which a feed or a JSON-LD document may hold its reviews.
const PLACES: [&str; 5] = ["items", "@graph", "review", "reviews", "itemListElement"];

/// The reviews of a document, and its problems as JSON text: an array of `{ path, message }`.
pub type Told = (Collection, String);

/// Reads a document that is in the plain format and free of faults. Returns `None` for other formats and for a document
/// with any fault, which [`convert`] can report. If `converted` is set, the document is output of [`convert`], and the
/// returned problems are those that it reported.
///
/// # Errors
/// Returns an error if the document is too large or clearly not JSON: empty, HTML or UTF-16.
pub fn plain(bytes: &[u8], base: Option<&str>, converted: bool) -> Result<Option<Told>, ReadError> {
    let Some((document, room)) = decode_clean(bytes)? else { return Ok(None) };
    if !converted && Format::of(&document) != Format::Plain {
        return Ok(None);
    }
    // What has been converted has been within the limits.
    let report = Report::clean(base, if converted { usize::MAX } else { room });
    let collection = super::plain::read(&Field::root(&document, &report));
    let is_clean = !collection.reviews.is_empty() && report.is_clean();
    if !(is_clean || converted) {
        return Ok(None);
    }
    let reported = document.get("problems").filter(|_| converted).map_or_else(|| "[]".into(), Json::to_text);
    Ok(Some((collection, reported)))
}

/// Returns the index of the review whose `id` or `url` is `item`. The `url` may be written as in a file whose addresses are
/// relative to `base`. Without `item`, returns the first.
pub fn place_of(collection: &Collection, item: Option<&str>, base: &str) -> Option<usize> {
    let place = |item: &str| collection.place_of(Some(item));
    match item {
        None => collection.place_of(None),
        Some(item) => place(item).or_else(|| place(&url::resolve(item, Some(base), Use::Link)?)),
    }
}

/// Reads a collection of any format that has no reviews: an empty array, an object with an empty list of reviews, or AT
/// Protocol records that are not reviews. Returns `None` for other documents.
///
/// `is_read` is whether the reader has looked for reviews and found none. Until then, AT Protocol records may be
/// reviews.
pub fn nothing(bytes: &[u8], base: Option<&str>, is_read: bool) -> Option<Collection> {
    let document = decode(bytes).ok()?.json;
    if !is_read && Format::of(&document) == Format::AtProtocol {
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
    let is_nothing = is_nothing || Format::of(document) == Format::AtProtocol;
    let report = Report::without_html(base, MAX_ROOM);
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

/// Converts a document of any format to the plain format, with a member `problems`.
///
/// # Errors
/// The same as for [`read`].
pub fn convert(bytes: &[u8], base: Option<&str>) -> Result<Json, ReadError> {
    let (collection, problems) = read(bytes, base)?;
    let mut members = vec![("problems".to_owned(), to_json(&problems))];
    if let Json::Object(plain) = write::collection(&collection) {
        members.extend(plain);
    }
    Ok(Json::Object(members))
}

/// Parses problems from their JSON text.
pub fn problems(reported: &str) -> Vec<Problem> {
    let parsed = json::parse_or_none(reported.as_bytes()).map(|parsed| parsed.json);
    let Some(Json::List(problems)) = parsed else { return Vec::new() };
    let text = |of: &Json, key| of.get(key).and_then(Json::as_text).unwrap_or_default().to_owned();
    problems.iter().map(|of| Problem { path: text(of, "path"), message: text(of, "message") }).collect()
}

/// Returns problems as JSON: an array of `{ path, message }`.
pub fn to_json(problems: &[Problem]) -> Json {
    let text = |key: &str, text: &str| (key.to_owned(), Json::from(text));
    let one = |problem: &Problem| {
        Json::Object(vec![text("path", &problem.path), text("message", &problem.message)])
    };
    Json::List(problems.iter().map(one).collect())
}

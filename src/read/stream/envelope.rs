//! Reads what is around the elements of a collection or a feed.

use super::super::document::{Decoded, decode};
use super::super::field::Field;
use super::super::report::Report;
use super::super::{Document, Feed, Problem, ReadError, plain, service};
use crate::json::Json;

/// Reads the document around the plain reviews, as [`Found::Envelope`](super::Found::Envelope) contains it.
///
/// # Errors
/// Returns an error if it is not JSON, because it was cut off or continues after its end.
pub fn envelope(json: &[u8], base: Option<&str>) -> Result<Document, ReadError> {
    around(json, |room| Report::new(base, room))
}

/// Like [`envelope`], without the HTML parser: a title that needs it stays as it is written.
///
/// # Errors
/// The same as for [`envelope`].
pub fn envelope_without_html(json: &[u8], base: Option<&str>) -> Result<Document, ReadError> {
    around(json, |room| Report::without_html(base, room))
}

fn around<'a>(json: &[u8], report: impl Fn(usize) -> Report<'a>) -> Result<Document, ReadError> {
    let mut decoded = decode(json).map_err(|error| match error {
        ReadError::NotJson(message) => ReadError::NotJson(["around the reviews: ", &message].concat()),
        error => error,
    })?;
    let report = report(decoded.room);
    let collection = plain::read(&Field::root(&decoded.json, &report));
    let mut problems = report.into_problems();
    problems.append(&mut decoded.problems);
    Ok((collection, problems))
}

/// Reads the feed around the items, as [`Found::Envelope`](super::Found::Envelope) contains it. `first` is its first item.
///
/// # Errors
/// It is not a feed, but comes from a service that is known by its first item.
pub fn envelope_with_items(
    json: &[u8],
    first: &[u8],
    base: Option<&str>,
) -> Result<(Feed, Vec<Problem>), ReadError> {
    let Decoded { mut json, room, problems: mut mended } = match decode(json) {
        Ok(decoded) => decoded,
        Err(error) => {
            let message = ["around the items: ", &error.to_string()].concat();
            return Ok((Feed::default(), vec![Problem { path: String::new(), message }]));
        }
    };
    if let Json::Object(members) = &mut json
        && let Some((_, Json::List(items))) = members.iter_mut().find(|(key, _)| key == "items")
        && let Ok(first) = decode(first)
    {
        items.push(first.json);
    }
    if let Some(found) = service::of(&json) {
        return Err(ReadError::NoReview(found));
    }
    let report = Report::new(base, room);
    let feed = Feed::of(&Field::root(&json, &report));
    let mut problems = report.into_problems();
    problems.append(&mut mended);
    match feed {
        Some(feed) => Ok((feed, problems)),
        None => Err(ReadError::NoReview(problems.first().map(ToString::to_string).unwrap_or_default())),
    }
}

//! Imports IMDb's table of ratings, from 1 to 10, without texts.
//!
//! Not read: IMDb's own rating, votes, genres, runtime.

use crate::draft::{Draft, Rating, Work, kind, list, same_as};
use crate::sink::Sink;
use crate::table::Row;

pub(super) fn row(row: &Row, place: &str, sink: &mut Sink) {
    let mut draft = Draft::of(Work {
        name: row.get("title").unwrap_or_default().into(),
        kind: row.get("title type").and_then(kind).map(Into::into),
        year: row.get("year").map(Into::into),
        creators: row.get("directors").map(list).unwrap_or_default(),
        same_as: row.get("const").and_then(same_as::imdb).into_iter().collect(),
        ..Work::default()
    });
    draft.rating = row.get("your rating").map(|value| Rating::of(value, "10"));
    draft.published = row.date(&["date rated"]);
    sink.entry(place, draft);
}

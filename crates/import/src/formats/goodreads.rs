//! Imports Goodreads' library export.
//!
//! A rating of 0 means no rating. A series in the title, as in "Gideon the Ninth (The Locked Tomb, #1)", becomes the
//! line above the title. `Private Notes` is never read. Not read: the average rating, publisher, binding, pages, owned
//! copies.

use crate::draft::{Draft, Rating, Work, list, same_as};
use crate::report::Reason;
use crate::sink::Sink;
use crate::table::Row;
use crate::text::Text;

pub(super) fn row(row: &Row, place: &str, sink: &mut Sink) {
    let (name, series) = series(row.get("title").unwrap_or_default());
    let mut creators: Vec<String> = row.get("author").map(Into::into).into_iter().collect();
    creators.extend(row.get("additional authors").map(list).unwrap_or_default());
    let mut draft = Draft::of(Work {
        name: name.into(),
        kind: Some("Book".into()),
        year: row.first(&["original publication year", "year published"]).map(Into::into),
        creators,
        same_as: [row.get("book id").and_then(same_as::goodreads), row.isbn(&["isbn13", "isbn"])]
            .into_iter()
            .flatten()
            .collect(),
        ..Work::default()
    });
    draft.section = series.map(Into::into);
    draft.rating = row.get("my rating").filter(|rating| *rating != "0").map(|value| Rating::of(value, "5"));
    let covered = row.get("spoiler").is_some_and(|spoiler| spoiler.eq_ignore_ascii_case("true"));
    draft.text(
        row.get("my review").and_then(Text::of).map(|text| if covered { text.covered("") } else { text }),
    );
    draft.published = row.date(&["date read", "date added"]);
    let shelf = row.get("exclusive shelf").unwrap_or_default();
    let shelves = row.get("bookshelves").map(list).unwrap_or_default();
    draft.tags = shelves.into_iter().filter(|tag| tag != shelf).collect();
    match shelf {
        "to-read" if draft.is_empty() => sink.leave_out(Reason::ToDo),
        "currently-reading" if draft.is_empty() => sink.leave_out(Reason::Unfinished),
        _ => sink.entry(place, draft),
    }
}

/// Returns the title, and the series in brackets after it.
fn series(title: &str) -> (&str, Option<&str>) {
    let parts = title.strip_suffix(')').and_then(|title| title.rsplit_once(" ("));
    match parts {
        Some((name, series)) if series.contains('#') => (name, Some(series)),
        _ => (title, None),
    }
}

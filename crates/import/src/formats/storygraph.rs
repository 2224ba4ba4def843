//! Imports StoryGraph's library export.
//!
//! Ratings are multiples of a quarter. Each span of `Dates Read` is one reading; two or more become the history. If
//! there is no ISBN, the column `ISBN/UID` contains StoryGraph's own id, which is useless elsewhere. Not read: format,
//! moods, pace, ownership.

use crate::date;
use crate::draft::{Draft, Past, Rating, Work, list};
use crate::report::Reason;
use crate::sink::Sink;
use crate::table::Row;
use crate::text::Text;

pub(super) fn row(row: &Row, place: &str, sink: &mut Sink) {
    let mut draft = Draft::of(Work {
        name: row.get("title").unwrap_or_default().into(),
        kind: Some("Book".into()),
        creators: row.first(&["authors", "author"]).map(list).unwrap_or_default(),
        same_as: row.isbn(&["isbn/uid", "isbn"]).into_iter().collect(),
        ..Work::default()
    });
    draft.rating = row
        .get("star rating")
        .filter(|rating| *rating != "0.0" && *rating != "0")
        .map(|value| Rating::of(value, "5"));
    draft.text(row.get("review").and_then(Text::of));
    draft.tags = row.get("tags").map(list).unwrap_or_default();
    let read = readings(row);
    draft.published =
        row.date(&["last date read"]).or_else(|| read.last().cloned()).or_else(|| row.date(&["date added"]));
    if let Some((last, earlier)) = read.split_last().filter(|(_, earlier)| !earlier.is_empty()) {
        draft.history =
            earlier.iter().map(|date| Past { date: Some(date.clone()), ..Past::default() }).collect();
        draft.history.push(Past {
            date: Some(last.clone()),
            rating: draft.rating.clone(),
            ..Past::default()
        });
    }
    match row.get("read status").unwrap_or_default() {
        "to-read" if draft.is_empty() => sink.leave_out(Reason::ToDo),
        "currently-reading" | "did-not-finish" if draft.is_empty() => sink.leave_out(Reason::Unfinished),
        _ => sink.entry(place, draft),
    }
}

/// Returns the last day of each reading, earliest first: `2021/03/01-2021/03/05, 2023/01/02`.
fn readings(row: &Row) -> Vec<String> {
    let mut ends: Vec<_> = list(row.get("dates read").unwrap_or_default())
        .iter()
        .map(|span| if date::day(span).is_some() { span } else { span.rsplit('-').next().unwrap_or(span) })
        .map(|end| row.iso(end))
        .filter(|end| date::day(end).is_some())
        .collect();
    ends.sort();
    ends
}

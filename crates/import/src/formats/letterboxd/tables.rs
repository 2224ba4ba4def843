//! Imports `reviews.csv`, `diary.csv`, `ratings.csv`, `watched.csv`, and a table in the format that Letterboxd imports.

use std::io;

use super::film::{Films, Viewing};
use crate::detect::Found;
use crate::draft::list;
use crate::files::Input;
use crate::formats::open;
use crate::report::Reason;
use crate::sink::Sink;
use crate::table::{self, Row, Table};
use crate::text::Text;

pub(super) fn read(
    inputs: &mut [Input],
    found: &Found,
    films: &mut Films,
    sink: &mut Sink,
) -> io::Result<()> {
    let file = films.next_file();
    let order = table::order(open(inputs, found)?).unwrap_or_default();
    let mut table = Table::open(open(inputs, found)?)?;
    table.order = order;
    // Only these tables have viewings; in the others, a row is a film.
    let has_viewings =
        table.header.has("rewatch") || table.header.has("watcheddate") || table.header.has("review");
    while let Some(row) = table.next()? {
        let Some(name) = row.first(&["name", "title"]) else {
            sink.leave_out(Reason::NoTitle);
            continue;
        };
        let Some(film) = films.film(name, row.get("year").unwrap_or_default()) else {
            sink.leave_out(Reason::TooLong);
            continue;
        };
        film.imdb = film.imdb.take().or(row.get("imdbid").map(Into::into));
        film.tmdb = film.tmdb.take().or(row.get("tmdbid").map(Into::into));
        film.directors = row.get("directors").map_or_else(|| film.directors.clone(), list);
        let logged = row.date(&["date"]);
        let url = row.get("letterboxd uri").map(Into::into);
        // The table for Letterboxd's own import names the film in this column.
        film.url = row.get("letterboxduri").map(Into::into).or(film.url.take());
        if has_viewings {
            film.view(Viewing { file, ..viewing(&row, logged, url) });
        } else {
            film.rating = row.get("rating").map(Into::into).or(film.rating.take());
            film.rated = logged.or(film.rated.take());
            film.url = url.or(film.url.take());
        }
    }
    sink.end_of_table(&found.name, &table);
    Ok(())
}

fn viewing(row: &Row, logged: Option<String>, url: Option<String>) -> Viewing {
    Viewing {
        logged,
        watched: row.date(&["watched date", "watcheddate"]),
        rating: rating(row),
        rewatch: row
            .get("rewatch")
            .is_some_and(|word| ["yes", "true"].iter().any(|yes| word.eq_ignore_ascii_case(yes))),
        text: row.get("review").and_then(Text::of),
        tags: row.get("tags").map(list).unwrap_or_default(),
        url,
        file: 0,
    }
}

/// Returns the rating out of five; a rating out of ten is converted.
fn rating(row: &Row) -> Option<String> {
    let rating = row.get("rating").map(Into::into);
    rating.or_else(|| {
        let tenths: u32 = row.get("rating10")?.parse().ok()?;
        Some(format!("{}{}", tenths / 2, if tenths % 2 == 1 { ".5" } else { "" }))
    })
}

//! Imports any other table. The use of each column is guessed from its name, and the guess is reported.
//!
//! 1. The table is read once, to find the highest rating and whether dates begin with the day or the month.
//! 2. It is read again, and each row becomes a review.
//!
//! `--column rating=Note` replaces a guess. Calibre's `comments` column is the publisher's description, and never
//! becomes a review.

use std::io;

use super::{open, place};
use crate::date::{self, Order};
use crate::detect::Found;
use crate::draft::{Draft, Image, Rating, Work, highest_of, kind, list, same_as, scale_of};
use crate::files::Input;
use crate::report::Guess;
use crate::sink::Sink;
use crate::table::{Header, Row, Table, normal};
use crate::text::Text;
use crate::{Key, Options};

pub(super) fn read(inputs: &mut [Input], found: &Found, sink: &mut Sink) -> io::Result<()> {
    let mut table = Table::open(open(inputs, found)?)?;
    let columns = Columns::of(&table.header, sink.options, &found.name, sink);
    let Some(columns) = columns else { return Ok(()) };
    let mut seen = Seen::default();
    while let Some(row) = table.next()? {
        seen.add(&columns, &row);
    }
    let best = seen.best(&columns, &table.header);
    let order = seen.order;
    columns.report(&table.header, &best, sink);
    sink.end_of_table(&found.name, &table);
    drop(table);
    let mut table = Table::open(open(inputs, found)?)?;
    while let Some(row) = table.next()? {
        let mut draft = columns.draft(&row, &best, order);
        draft.base = sink.base(&mut draft.url, None);
        sink.entry(&place(found, &row), draft);
        if sink.stopped {
            break;
        }
    }
    Ok(())
}

/// Which column is used for which key, and whether that was guessed.
struct Columns(Vec<(Key, usize, bool)>);

impl Columns {
    fn of(header: &Header, options: &Options, file: &str, sink: &mut Sink<'_>) -> Option<Self> {
        let mut columns: Vec<(Key, usize, bool)> = Vec::new();
        for key in Key::ALL {
            let given = options.column(*key).map(normal);
            let place = match &given {
                Some(name) => header.find(name),
                None => key.columns().iter().find_map(|name| header.guess(name)),
            };
            if let (Some(name), None) = (options.column(*key), place) {
                sink.report.problem(
                    file,
                    format!("expected a column \"{name}\" for {key}, found none of this name"),
                );
            }
            let is_taken = columns.iter().any(|(_, taken, _)| Some(*taken) == place);
            if let Some(place) = place.filter(|_| !is_taken || given.is_some()) {
                columns.push((*key, place, given.is_none()));
            }
        }
        if columns.iter().any(|(key, ..)| *key == Key::Title) {
            return Some(Self(columns));
        }
        sink.report
            .problem(file, "expected a column for the title, found none: name it by --column title=NAME");
        None
    }

    fn place(&self, key: Key) -> Option<usize> {
        self.0.iter().find(|(other, ..)| *other == key).map(|(_, place, _)| *place)
    }

    fn get<'t>(&self, row: &Row<'t>, key: Key) -> Option<&'t str> {
        row.at(self.place(key)?)
    }

    fn report(&self, header: &Header, best: &Best, sink: &mut Sink) {
        for (key, place, guessed) in &self.0 {
            let note = match best {
                Best::Guessed(best) if *key == Key::Rating => Some(format!("out of {best}")),
                _ => None,
            };
            if *guessed || note.is_some() {
                sink.report.guesses.push(Guess { key: *key, column: header.name(*place).into(), note });
            }
        }
    }

    fn draft(&self, row: &Row, best: &Best, order: Order) -> Draft {
        let get = |key| self.get(row, key);
        let word = get(Key::Type);
        let isbn = get(Key::Isbn).and_then(same_as::isbn);
        let is_film = get(Key::Tmdb).or(get(Key::Imdb)).map(|_| "Movie");
        let kind = word.and_then(|word| kind(word).map(Into::into).or_else(|| schema_type(word)));
        let mut draft = Draft::of(Work {
            name: get(Key::Title).unwrap_or_default().into(),
            kind: kind.or_else(|| isbn.as_ref().map(|_| "Book").or(is_film).map(Into::into)),
            year: get(Key::Year).map(year),
            creators: get(Key::Creator)
                .map(|names| names.split([';', ',']).map(|name| name.trim().into()).collect())
                .unwrap_or_default(),
            same_as: [
                get(Key::Imdb).and_then(same_as::imdb),
                get(Key::Tmdb).and_then(|id| same_as::tmdb("movie", id)),
                isbn,
            ]
            .into_iter()
            .flatten()
            .collect(),
            ..Work::default()
        });
        if let Some(heading) = get(Key::Heading) {
            draft.title = heading.into();
        }
        draft.rating = get(Key::Rating).map(|value| match (get(Key::Best), best) {
            _ if highest_of(value).is_none() => Rating::Text(value.into()),
            (Some(best), _) => Rating::of(value, best),
            (None, Best::Guessed(best)) => Rating::of(value, best.to_string()),
            (None, Best::Unknown) => Rating::Text(value.into()),
        });
        draft.text(get(Key::Body).and_then(Text::of));
        draft.verdict = get(Key::Verdict).map(Into::into);
        draft.published = get(Key::Date).map(|date| date::iso(date, order));
        draft.url = get(Key::Url).map(Into::into);
        draft.tags = get(Key::Tags).map(list).unwrap_or_default();
        // A path on the author's own disk is useless on the web, and may contain the author's name.
        draft.image =
            get(Key::Image).filter(|src| src.contains("://")).map(|src| Image { src: src.into(), alt: None });
        draft.lang = get(Key::Lang).map(Into::into);
        draft
    }
}

/// Returns a word that can be a schema.org type: a capital letter, then letters.
fn schema_type(word: &str) -> Option<String> {
    let valid = word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    valid.then(|| word.into())
}

/// Returns the year of a date.
fn year(text: &str) -> String {
    let year = text.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 4);
    year.unwrap_or(text).into()
}

/// What the first pass over the table found.
#[derive(Default)]
struct Seen {
    highest: Option<u32>,
    order: Order,
}

enum Best {
    Unknown,
    Guessed(u32),
}

impl Seen {
    fn add(&mut self, columns: &Columns, row: &Row) {
        if let Some(date) = columns.get(row, Key::Date) {
            self.order = self.order.seen(date);
        }
        self.highest = self.highest.max(columns.get(row, Key::Rating).and_then(highest_of));
    }

    /// Returns the scale in a column's name ("Rating10", "Score (out of 100)"), otherwise the smallest scale that
    /// includes all its ratings.
    fn best(&self, columns: &Columns, header: &Header) -> Best {
        let Some((place, highest)) = columns.place(Key::Rating).zip(self.highest) else {
            return Best::Unknown;
        };
        let named =
            header.name(place).split(|c: char| !c.is_ascii_digit()).find_map(|part| part.parse().ok());
        match scale_of(highest, named) {
            Some(best) => Best::Guessed(best),
            None => Best::Unknown,
        }
    }
}

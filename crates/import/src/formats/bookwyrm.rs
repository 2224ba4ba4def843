//! Imports BookWyrm's export, which has a row for each shelf that a book is on.
//!
//! It is the only export that includes a review's title and content warning. The rows of a book are joined in memory.

use std::collections::HashMap;
use std::io;

use super::{open, place};
use crate::detect::Found;
use crate::draft::{Draft, Rating, Work, list, same_as};
use crate::files::Input;
use crate::limits::MAX_JOINED;
use crate::report::Reason;
use crate::sink::Sink;
use crate::table::{self, Row, Table};
use crate::text::Text;

/// The shelves that every account has. They show the reading progress, so they do not become tags.
const SHELVES: [&str; 4] = ["to-read", "reading", "read", "stopped-reading"];

struct Book {
    place: String,
    draft: Draft,
    shelf: String,
    rows: u64,
}

pub(super) fn read(inputs: &mut [Input], found: &Found, sink: &mut Sink) -> io::Result<()> {
    let mut books: Vec<Book> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let order = table::order(open(inputs, found)?).unwrap_or_default();
    let mut table = Table::open(open(inputs, found)?)?;
    table.order = order;
    while let Some(row) = table.next()? {
        let known_as = row.first(&["remote id", "title"]).unwrap_or_default().to_owned();
        let number = *places.entry(known_as).or_insert(books.len());
        if books.len() == MAX_JOINED && number == books.len() {
            sink.leave_out(Reason::TooLong);
            continue;
        }
        if number == books.len() {
            let shelf = row.get("shelf").unwrap_or_default().into();
            books.push(Book { place: place(found, &row), draft: draft(&row), shelf, rows: 0 });
        }
        if let Some(book) = books.get_mut(number) {
            book.rows += 1;
            book.draft.tags.extend(shelf(&row).filter(|tag| !book.draft.tags.contains(tag)));
        }
    }
    sink.end_of_table(&found.name, &table);
    for book in books {
        let reason = match book.shelf.as_str() {
            "to-read" if book.draft.is_empty() => Some(Reason::ToDo),
            "reading" | "stopped-reading" if book.draft.is_empty() => Some(Reason::Unfinished),
            _ if book.draft.is_empty() => Some(Reason::Empty),
            _ => None,
        };
        match reason {
            Some(reason) => (0..book.rows).for_each(|_| sink.leave_out(reason)),
            None => {
                sink.entry(&book.place, book.draft);
                (1..book.rows).for_each(|_| sink.joined());
            }
        }
        if sink.stopped {
            break;
        }
    }
    Ok(())
}

/// Returns the shelf's name if the user created the shelf.
fn shelf(row: &Row) -> Option<String> {
    let name = row.get("shelf name");
    row.get("shelf").filter(|shelf| !SHELVES.contains(shelf)).and(name).map(Into::into)
}

fn draft(row: &Row) -> Draft {
    let get = |name| row.get(name);
    let mut draft = Draft::of(Work {
        name: get("title").unwrap_or_default().into(),
        kind: Some("Book".into()),
        creators: get("author text").map(list).unwrap_or_default(),
        same_as: [
            get("remote id").map(Into::into),
            get("openlibrary key").and_then(same_as::open_library),
            get("goodreads key").and_then(same_as::goodreads),
            row.isbn(&["isbn 13", "isbn 10"]),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..Work::default()
    });
    if let Some(title) = get("review name") {
        draft.title = title.into();
    }
    draft.rating = get("rating").map(|value| Rating::of(value, "5"));
    let text = get("review content").and_then(Text::of);
    draft.text(match get("review cw") {
        Some(warning) => text.map(|text| text.covered(warning)),
        None => text,
    });
    let dates = ["review published", "finish date", "stopped date", "start date"];
    draft.published = row.date(&dates);
    draft
}

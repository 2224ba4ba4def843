//! One importer for each format.

mod bookwyrm;
mod columns;
mod feed;
mod ghost;
mod goodreads;
mod html;
mod imdb;
mod json;
mod letterboxd;
mod markdown;
mod storygraph;
mod substack;
mod trakt;
mod wordpress;

pub(crate) use letterboxd::REWATCH;

use std::io::{self, Read};

use crate::detect::Found;
use crate::files::Input;
use crate::format::Format;
use crate::sink::Sink;
use crate::table::{self, Row, Table};

/// An importer that reads all files of its format together.
type Together = fn(&mut [Input], &[Found], &mut Sink);

/// Reads all files in order. Files of a format that are read together are read in the place of the first.
pub(crate) fn run(inputs: &mut [Input], plan: &[Found], sink: &mut Sink) {
    let mut done = Vec::new();
    for found in plan {
        if sink.stopped {
            return;
        }
        if let Some(read) = together(found.format) {
            if !done.contains(&found.format) {
                done.push(found.format);
                let files: Vec<_> =
                    plan.iter().filter(|other| other.format == found.format).cloned().collect();
                read(inputs, &files, sink);
            }
        } else if let Err(error) = alone(inputs, found, sink) {
            sink.report.problem(&found.name, error.to_string());
        }
    }
}

fn together(format: Format) -> Option<Together> {
    match format {
        Format::Letterboxd => Some(letterboxd::read),
        Format::Trakt => Some(trakt::read),
        Format::Substack => Some(substack::read),
        Format::Markdown => Some(markdown::read),
        Format::WordPress => Some(wordpress::read),
        _ => None,
    }
}

fn alone(inputs: &mut [Input], found: &Found, sink: &mut Sink) -> io::Result<()> {
    match found.format {
        Format::Goodreads => rows(inputs, found, sink, goodreads::row),
        Format::StoryGraph => rows(inputs, found, sink, storygraph::row),
        Format::BookWyrm => bookwyrm::read(inputs, found, sink),
        Format::Imdb => rows(inputs, found, sink, imdb::row),
        Format::Csv => columns::read(inputs, found, sink),
        Format::Ghost => ghost::read(inputs, found, sink),
        Format::Feed => feed::read(inputs, found, sink),
        Format::Html => html::read(inputs, found, sink),
        // Those that are read together do not come here.
        Format::Json
        | Format::Letterboxd
        | Format::Trakt
        | Format::Substack
        | Format::Markdown
        | Format::WordPress => json::read(inputs, found, sink),
    }
}

/// Opens a file of the plan.
pub(crate) fn open<'f>(inputs: &'f mut [Input], found: &Found) -> io::Result<Box<dyn Read + 'f>> {
    inputs.get_mut(found.input).ok_or(io::ErrorKind::NotFound)?.files.open(found.number)
}

/// Reads a whole file into memory, as text without a byte order mark.
fn whole(inputs: &mut [Input], found: &Found) -> io::Result<String> {
    use crate::limits::MAX_WHOLE;
    let mut bytes = Vec::new();
    open(inputs, found)?.take(MAX_WHOLE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_WHOLE {
        return Err(io::Error::other(format!(
            "expected a file of at most {} MiB, found a longer one: divide it",
            MAX_WHOLE >> 20
        )));
    }
    Ok(match String::from_utf8(bytes) {
        Ok(text) if !text.starts_with('\u{feff}') => text,
        Ok(text) => text.trim_start_matches('\u{feff}').into(),
        Err(error) => crate::decode::text(error.as_bytes()),
    })
}

/// Reads a table whose rows are independent of each other.
fn rows(
    inputs: &mut [Input],
    found: &Found,
    sink: &mut Sink,
    mut row: impl FnMut(&Row, &str, &mut Sink),
) -> io::Result<()> {
    // A mistake in the table is reported when its rows are read.
    let order = table::order(open(inputs, found)?).unwrap_or_default();
    let mut table = Table::open(open(inputs, found)?)?;
    table.order = order;
    while let Some(next) = table.next()? {
        row(&next, &place(found, &next), sink);
        if sink.stopped {
            break;
        }
    }
    sink.end_of_table(&found.name, &table);
    Ok(())
}

/// Returns the position of a row, for messages.
fn place(found: &Found, row: &Row) -> String {
    format!("{} line {}", found.name, row.line)
}

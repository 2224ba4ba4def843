//! One importer a format.

mod columns;
mod goodreads;
mod imdb;
mod letterboxd;
mod storygraph;

use std::io::{self, Read};

use crate::detect::Found;
use crate::files::Input;
use crate::format::Format;
use crate::report::{Reason, SkippedFile};
use crate::sink::Sink;
use crate::table::{Row, Table};

/// Reads all files, in their order; files of a format that is joined are read together, in the place of their first.
pub(crate) fn run(inputs: &mut [Input], plan: Vec<Found>, sink: &mut Sink) {
    let mut rest = plan.as_slice();
    let mut joined = Vec::new();
    while let Some((found, after)) = rest.split_first() {
        rest = after;
        if sink.stopped {
            return;
        }
        let group =
            |format: Format| plan.iter().filter(|found| found.format == format).cloned().collect::<Vec<_>>();
        let result = match found.format {
            Format::Letterboxd if joined.contains(&found.format) => Ok(()),
            Format::Letterboxd => {
                joined.push(found.format);
                letterboxd::read(inputs, &group(found.format), sink);
                Ok(())
            }
            Format::Goodreads => rows(inputs, found, sink, goodreads::row),
            Format::StoryGraph => rows(inputs, found, sink, storygraph::row),
            Format::Imdb => rows(inputs, found, sink, imdb::row),
            Format::Csv => columns::read(inputs, found, sink),
            Format::Json => whole(inputs, found).map(|json| sink.json(&found.name, &json, None)),
            _ => {
                sink.report
                    .skipped
                    .push(SkippedFile { file: found.name.clone(), reason: Reason::UnknownFormat });
                Ok(())
            }
        };
        if let Err(error) = result {
            sink.report.problem(&found.name, error.to_string());
        }
    }
}

/// Opens a file of the plan.
pub(crate) fn open<'f>(inputs: &'f mut [Input], found: &Found) -> io::Result<Box<dyn Read + 'f>> {
    inputs.get_mut(found.input).ok_or(io::ErrorKind::NotFound)?.files.open(found.number)
}

/// A file that has to be in memory as a whole.
fn whole(inputs: &mut [Input], found: &Found) -> io::Result<Vec<u8>> {
    use crate::limits::MAX_WHOLE;
    let mut bytes = Vec::new();
    open(inputs, found)?.take(MAX_WHOLE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_WHOLE {
        return Err(io::Error::other(format!("expected at most {MAX_WHOLE} bytes, found more")));
    }
    Ok(bytes)
}

/// Reads a table of which each row stands for itself.
fn rows(
    inputs: &mut [Input],
    found: &Found,
    sink: &mut Sink,
    mut row: impl FnMut(&Row, &str, &mut Sink),
) -> io::Result<()> {
    let mut table = Table::open(open(inputs, found)?)?;
    while let Some(next) = table.next()? {
        row(&next, &place(found, &next), sink);
        if sink.stopped {
            break;
        }
    }
    sink.unused(&found.name, table.header.unused());
    Ok(())
}

/// Where a row is, for messages.
fn place(found: &Found, row: &Row) -> String {
    format!("{} line {}", found.name, row.line)
}

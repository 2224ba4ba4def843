//! Imports Substack's export: a table of posts, and an HTML file with the text of each.
//!
//! The table does not name the address of the blog. With `--base`, the address of each post is `/p/NAME` there.
//!
//! Skipped: drafts, and posts that are not public. The lists of subscribers in the same zip, with their e-mail
//! addresses, are never opened.

use std::collections::HashMap;
use std::io::{self, Read};

use super::open;
use crate::date::{self, Order};
use crate::decode::Decoded;
use crate::detect::Found;
use crate::draft::Draft;
use crate::files::Input;
use crate::limits::MAX_ITEM;
use crate::report::{Reason, SkippedFile};
use crate::sink::Sink;
use crate::table::{Row, Table};
use crate::text::Text;

pub(super) fn read(inputs: &mut [Input], files: &[Found], sink: &mut Sink) {
    let (tables, pages): (Vec<_>, Vec<_>) = files.iter().partition(|found| found.path.ends_with(".csv"));
    let pages: HashMap<_, _> = pages
        .into_iter()
        .filter_map(|found| Some((found.path.rsplit('/').next()?.strip_suffix(".html")?.to_owned(), found)))
        .collect();
    for found in tables {
        if !found.path.rsplit('/').next().is_some_and(|name| name.starts_with("posts")) {
            sink.report.skipped.push(SkippedFile { file: found.name.clone(), reason: Reason::UnknownFormat });
            continue;
        }
        if let Err(error) = table(inputs, found, &pages, sink) {
            sink.report.problem(&found.name, error.to_string());
        }
    }
}

fn table(
    inputs: &mut [Input],
    found: &Found,
    pages: &HashMap<String, &Found>,
    sink: &mut Sink,
) -> io::Result<()> {
    // The HTML files are in the same zip, which can only read one file at a time: load the table into memory.
    let text = super::whole(inputs, found)?;
    let mut table = Table::open(text.as_bytes())?;
    while let Some(row) = table.next()? {
        let place = super::place(found, &row);
        let id = row.get("post id").unwrap_or_default().to_owned();
        let reason = reason(&row);
        let mut draft = draft(&row, &id);
        if let Some(name) = draft.id.as_ref().filter(|_| draft.url.is_none() && sink.options.base.is_some()) {
            draft.url = Some(format!("/p/{name}"));
        }
        draft.base = sink.base(&mut draft.url, None);
        match reason {
            Some(reason) if !sink.options.private => sink.leave_out(reason),
            _ => {
                if let Some(page) = pages.get(&id) {
                    draft.text(Text::html(&self::text(inputs, page)?));
                } else {
                    sink.report.problem(
                        &place,
                        format!("expected the post's text in posts/{id}.html, found no text there"),
                    );
                }
                sink.entry(&place, draft);
            }
        }
        if sink.stopped {
            break;
        }
    }
    sink.end_of_table(&found.name, &table);
    Ok(())
}

fn text(inputs: &mut [Input], page: &Found) -> io::Result<String> {
    let mut text = String::new();
    Decoded::new(open(inputs, page)?).take(MAX_ITEM).read_to_string(&mut text)?;
    Ok(text)
}

fn reason(row: &Row) -> Option<Reason> {
    let published = row.get("is published").is_some_and(|word| word.eq_ignore_ascii_case("true"));
    match row.get("audience") {
        _ if !published => Some(Reason::Draft),
        None | Some("everyone") => None,
        Some(_) => Some(Reason::Private),
    }
}

fn draft(row: &Row, id: &str) -> Draft {
    Draft {
        // `123456.the-posts-name`
        id: id.split_once('.').map(|(_, name)| name.into()),
        title: row.get("title").unwrap_or_default().into(),
        verdict: row.get("subtitle").map(Into::into),
        url: row.first(&["canonical url", "post url", "url"]).map(Into::into),
        published: row.get("post date").map(|date| date::iso(date, Order::Unknown)),
        ..Draft::default()
    }
}

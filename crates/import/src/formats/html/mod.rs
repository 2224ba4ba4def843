//! Imports an HTML page: the reviews in its JSON-LD, otherwise those in its microformats.
//!
//! The page is parsed like in a browser, within the limits of `review_card::rich_text`: so a page that would take a
//! parser minutes costs no more than any other.

mod microformats;
mod page;

use std::io;

use crate::decode;
use crate::detect::Found;
use crate::files::Input;
use crate::report::Reason;
use crate::sink::Sink;
use page::Page;

pub(super) fn read(inputs: &mut [Input], found: &Found, sink: &mut Sink) -> io::Result<()> {
    let bytes = super::whole(inputs, found)?;
    let page = Page::parse(&decode::text(&bytes));
    let base = page.base();
    let blocks = page.json_ld();
    let reviews: Vec<_> =
        blocks.iter().filter(|json| review_card::read(json.as_bytes(), base.as_deref()).is_ok()).collect();
    for json in &reviews {
        sink.json(&found.name, json.as_bytes(), base.as_deref());
    }
    if !reviews.is_empty() {
        return Ok(());
    }
    let reviews = microformats::reviews(&page);
    if reviews.is_empty() {
        sink.leave_out(Reason::NoReview);
    }
    for review in reviews {
        sink.relative(&found.name, review, base.as_deref());
    }
    Ok(())
}

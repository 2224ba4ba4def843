//! Imports an HTML page: the reviews in its JSON-LD, otherwise those in its microformats.
//!
//! The page is parsed like in a browser, within the limits of `review_card::rich_text`: so a page that would take a
//! parser minutes costs no more than any other.

mod microformats;
mod page;

use std::io;

use crate::address::absolute;
use crate::detect::Found;
use crate::files::Input;
use crate::limits::HEAD;
use crate::report::Reason;
use crate::sink::Sink;
use page::Page;

/// Services whose pages people save, and where each has the file that can be read.
const SERVICES: [(&str, &str); 6] = [
    (
        "letterboxd.com",
        "Letterboxd exports all reviews at once: Settings, Data, Export your data. Import that zip",
    ),
    (
        "goodreads.com",
        "Goodreads exports all books at once: My Books, Import and export, Export library. Import that table",
    ),
    (
        "thestorygraph.com",
        "StoryGraph exports all books at once: Manage account, Export StoryGraph library. Import that table",
    ),
    ("imdb.com", "IMDb exports all ratings at once: Your ratings, Export. Import that table"),
    ("trakt.tv", "Trakt exports all ratings at once: Settings, Data, Export. Import that zip"),
    ("substack.com", "Substack exports all posts at once: Settings, Exports, New export. Import that zip"),
];

/// What to import instead of a page of this service. Its address stands near the beginning of each of its pages.
fn service(page: &str) -> Option<&'static str> {
    let head = page.split_at(page.floor_char_boundary(HEAD)).0.to_ascii_lowercase();
    SERVICES.iter().find(|(host, _)| head.contains(host)).map(|(_, advice)| *advice)
}

pub(super) fn read(inputs: &mut [Input], found: &Found, sink: &mut Sink) -> io::Result<()> {
    let html = super::whole(inputs, found)?;
    let page = Page::parse(&html);
    let base = page.base();
    let blocks = page.json_ld();
    let reviews: Vec<_> =
        blocks.iter().filter(|json| review_card::read(json.as_bytes(), base.as_deref()).is_ok()).collect();
    for json in &reviews {
        let base = base.clone().or_else(|| address_in(json));
        sink.json(&found.name, json.as_bytes(), base.as_deref());
    }
    if !reviews.is_empty() {
        return Ok(());
    }
    let reviews = microformats::reviews(&page);
    if reviews.is_empty() {
        sink.leave_out(Reason::NoReview);
        if let Some(advice) = service(&html) {
            sink.report.problem(&found.name, advice);
        }
    }
    for review in reviews {
        let Some(review) = review else {
            sink.leave_out(Reason::NoTitle);
            continue;
        };
        let own = || review.get("url")?.as_str().and_then(absolute);
        let base = base.clone().or_else(own);
        sink.relative(&found.name, &review, base.as_deref());
    }
    Ok(())
}

/// Returns the address that JSON-LD gives the first of its reviews: the page's own, if the page does not say more.
fn address_in(json: &str) -> Option<String> {
    let (collection, _) = review_card::read(json.as_bytes(), None).ok()?;
    let review = collection.reviews.first()?;
    review.url.as_deref().and_then(absolute).or_else(|| absolute(&review.id))
}

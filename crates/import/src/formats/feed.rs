//! Imports RSS 2.0, RSS 1.0 and Atom of any blog.
//!
//! The longest of `content:encoded`, `content`, `description` and `summary` becomes the review; a shorter description
//! becomes the verdict. The author's e-mail address, which RSS requires, is never read. The further pages of a feed
//! (RFC 5005) are listed, not downloaded.

use std::io;

use super::open;
use crate::date::{self, Order};
use crate::detect::Found;
use crate::draft::{Draft, Image, Person};
use crate::files::Input;
use crate::items::{Field, Item, Items};
use crate::sink::Sink;
use crate::text::{Text, words};

pub(super) fn read(inputs: &mut [Input], found: &Found, sink: &mut Sink) -> io::Result<()> {
    let mut items = Items::open(open(inputs, found)?);
    let mut number = 0_u64;
    while let Some(item) = items.next()? {
        number += 1;
        sink.title(items.title.as_deref());
        let mut draft = draft(&item);
        let page = sink.base(&mut draft.url, item.base.clone().or_else(|| items.site()).as_deref());
        let outer = item.base.clone().or(page);
        draft.base = body(&item).and_then(|body| body.base(outer.as_deref())).or(outer);
        sink.entry(&format!("{} item {number}", found.name), draft);
        if sink.stopped {
            break;
        }
    }
    sink.report.next_pages.extend(items.next_page);
    Ok(())
}

fn draft(item: &Item) -> Draft {
    let first = |names: &[&str]| names.iter().find_map(|name| item.get(name));
    let title = item.get("title").map(words).unwrap_or_default();
    let mut draft = Draft { title, ..Draft::default() };
    draft.url = link(item);
    let short = first(&SHORT);
    draft.text(body(item).and_then(|body| match body.attribute("type") {
        Some("text" | "text/plain") => Text::plain(&body.text),
        _ => Text::of(&body.text),
    }));
    if first(&LONG).is_some() {
        draft.verdict = short.map(words).filter(|verdict| !verdict.is_empty());
    }
    let date = |names| first(names).map(|date| date::iso(date, Order::Unknown));
    draft.published =
        date(&["published", "pubDate", "dc:date", "issued"]).or_else(|| date(&["updated", "modified"]));
    draft.author = authors(item);
    draft.tags = categories(item);
    let picture = ["media:content", "media:thumbnail", "enclosure"]
        .iter()
        .flat_map(|name| item.all(name))
        .find(|field| {
            field.path == "media:thumbnail"
                || field.attribute("type").is_some_and(|kind| kind.starts_with("image/"))
                || field.attribute("medium") == Some("image")
        });
    draft.image =
        picture.and_then(|field| field.attribute("url")).map(|src| Image { src: src.into(), alt: None });
    draft
}

/// The elements that have the whole text, and those that may have a short one.
const LONG: [&str; 2] = ["content:encoded", "content"];
const SHORT: [&str; 2] = ["description", "summary"];

fn body(item: &Item) -> Option<&Field> {
    LONG.iter().chain(&SHORT).find_map(|name| item.field(name))
}

/// Returns the item's page. Atom stores it in an attribute, among links to other resources.
fn link(item: &Item) -> Option<String> {
    let page = item.all("link").find(|field| matches!(field.attribute("rel"), None | Some("alternate")));
    let link = page
        .and_then(|field| field.attribute("href").or(Some(field.text.trim())))
        .filter(|link| !link.is_empty());
    let guid = item
        .all("guid")
        .find(|field| field.attribute("isPermaLink") != Some("false"))
        .map(|field| field.text.trim());
    link.or(guid.filter(|guid| guid.starts_with("http"))).map(Into::into)
}

fn authors(item: &Item) -> Vec<Person> {
    let names = ["dc:creator", "author/name", "author"].iter().flat_map(|name| item.all(name));
    let mut people: Vec<Person> = Vec::new();
    for field in names {
        if let Some(name) =
            name(field.text.trim()).filter(|name| !people.iter().any(|person| person.name == *name))
        {
            people.push(Person { name: name.into(), url: None });
        }
    }
    people
}

/// Returns the name in `jo@blog.example (Jo Vega)`, which is how RSS writes an author.
pub(super) fn name(text: &str) -> Option<&str> {
    let name = match text.split_once('(') {
        Some((address, rest)) if address.contains('@') => rest.trim_end_matches(')').trim(),
        _ => text,
    };
    (!name.is_empty() && !name.contains('@')).then_some(name)
}

fn categories(item: &Item) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for field in item.all("category") {
        let tag = field.attribute("label").or(field.attribute("term")).unwrap_or(&field.text).trim();
        if !tag.is_empty() && !tags.iter().any(|known| known == tag) {
            tags.push(tag.into());
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn names_are_not_addresses() {
        assert_eq!(name("jo@blog.example (Jo Vega)"), Some("Jo Vega"));
        assert_eq!(name("Jo Vega"), Some("Jo Vega"));
        assert_eq!(name("Jo (the elder)"), Some("Jo (the elder)"));
        assert_eq!(name("jo@blog.example"), None);
        assert_eq!(name("jo@blog.example (jo@home.example)"), None);
    }
}

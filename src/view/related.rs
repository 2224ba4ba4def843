//! Other articles: related ones, and second opinions on the same work. An entry without a title shows its verdict
//! instead.

use yew::prelude::*;

use super::tag::{Tag, bare, part, tag, text};
use super::{CardContext, Part, Surface, image, link, rating};
use crate::model::{Related, Review};

pub(super) fn related(review: &Review, context: &CardContext<impl Surface>) -> Option<Html> {
    list(&review.related, Part::Related, "related", context.strings.related, context)
}

pub(super) fn opinions(review: &Review, context: &CardContext<impl Surface>) -> Option<Html> {
    list(&review.opinions, Part::Opinions, "opinions", context.strings.opinions, context)
}

fn list(
    entries: &[Related],
    name: Part,
    noun: &'static str,
    heading: &'static str,
    context: &CardContext<impl Surface>,
) -> Option<Html> {
    if entries.is_empty() || !context.shows(name) {
        return None;
    }
    let entries = bare("ul").children(entries.iter().map(|entry| self::entry(entry, context).into()));
    Some(part("section", noun, context).child(context.heading(heading)).child(entries).into())
}

fn entry(entry: &Related, context: &CardContext<impl Surface>) -> Tag {
    let thumbnail = entry.image.as_ref().and_then(|picture| image::picture(picture, "thumbnail", context));
    // Without a title, the verdict is the link.
    let (head, below) = match &entry.title {
        Some(title) => (tag("span", "name").author_text(title), entry.verdict.as_deref()),
        None => (bare("span").author_text(entry.verdict.as_deref().unwrap_or_default()), None),
    };
    let rating = entry.rating.as_ref().map(|rating| rating::inline(rating, context));
    let spaced = rating.is_some().then(|| text(" "));
    let head = tag("p", "head").child(link(entry.url.as_deref(), head)).maybe(spaced).maybe(rating);
    let below = below.map(|verdict| tag("p", "excerpt").author_text(verdict));
    let author = entry.author.as_ref().map(|author| tag("p", "by").author_text(author));
    tag("li", "entry").maybe(thumbnail).child(bare("div").child(head).maybe(below).maybe(author))
}

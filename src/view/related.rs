//! Other pieces: each with a title or, where it has none, its own words.

use yew::prelude::*;

use super::tag::{Tag, bare, part, tag};
use super::{Part, Setting, image, link, rating};
use crate::model::{Related, Review};

pub(super) fn related(review: &Review, setting: &Setting) -> Option<Html> {
    if review.related.is_empty() || !setting.shows(Part::Related) {
        return None;
    }
    let entries = bare("ul").children(review.related.iter().map(|entry| self::entry(entry, setting).into()));
    Some(
        part("section", "related", setting)
            .child(setting.heading(setting.words.related))
            .child(entries)
            .into(),
    )
}

fn entry(entry: &Related, setting: &Setting) -> Tag {
    let thumbnail = entry.image.as_ref().and_then(|picture| image::picture(picture, "thumbnail", setting));
    // Without a title the verdict is what is linked.
    let (head, below) = match &entry.title {
        Some(title) => (tag("span", "name").text(title), entry.verdict.as_deref()),
        None => (bare("span").text(entry.verdict.as_deref().unwrap_or_default()), None),
    };
    let rating = entry.rating.as_ref().map(|rating| rating::inline(rating, setting));
    let spaced = rating.is_some().then(|| Html::from(" "));
    let head = tag("p", "head").child(link(entry.url.as_deref(), head)).maybe(spaced).maybe(rating);
    let below = below.map(|verdict| tag("p", "excerpt").text(verdict));
    tag("li", "entry").maybe(thumbnail).child(bare("div").child(head).maybe(below))
}

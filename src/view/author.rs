//! The author's box.

use yew::prelude::*;

use super::tag::{Tag, bare, part, tag, text};
use super::{Part, Setting, Surface, image, own_link};
use crate::model::{Person, Review};

/// Returns the author's box, or `None` if there is no author.
pub(super) fn authors(review: &Review, setting: &Setting<impl Surface>) -> Option<Html> {
    if review.authors.is_empty() || !setting.shows(Part::Author) {
        return None;
    }
    let people = review.authors.iter().map(|author| person(author, setting).into());
    Some(
        part("section", "author", setting)
            .child(setting.heading(setting.words.author))
            .children(people)
            .into(),
    )
}

fn person(person: &Person, setting: &Setting<impl Surface>) -> Tag {
    let portrait = person.image.as_ref().and_then(|portrait| image::picture(portrait, "portrait", setting));
    let name = tag("span", "name").microformat("p-name", setting).text(&person.name);
    let name = own_link(person.url.as_deref(), name, setting);
    let role =
        person.role.as_ref().map(|role| tag("span", "role").microformat("p-job-title", setting).text(role));
    let spaced = role.is_some().then(|| text(" "));
    let byline = tag("p", "byline").child(name).maybe(spaced).maybe(role);
    let bio = person.bio.as_ref().map(|bio| tag("p", "bio").microformat("p-note", setting).text(bio));
    tag("div", "person")
        .microformat("p-author h-card", setting)
        .maybe(portrait)
        .child(bare("div").child(byline).maybe(bio))
}

//! The author's box.

use yew::prelude::*;

use super::tag::{Tag, bare, part, tag, text};
use super::{CardContext, Part, Surface, image, own_link};
use crate::model::{Person, Review};

/// Returns the author's box, or `None` if there is no author.
pub(super) fn authors(review: &Review, context: &CardContext<impl Surface>) -> Option<Html> {
    if review.authors.is_empty() || !context.shows(Part::Author) {
        return None;
    }
    let people = review.authors.iter().map(|author| person(author, context).into());
    Some(
        part("section", "author", context)
            .child(context.heading(context.strings.author))
            .children(people)
            .into(),
    )
}

fn person(person: &Person, context: &CardContext<impl Surface>) -> Tag {
    let portrait = person.image.as_ref().and_then(|portrait| image::picture(portrait, "portrait", context));
    let name = tag("span", "name").microformat("p-name", context).author_text(&person.name);
    let name = own_link(person.url.as_deref(), name, context);
    let role = person
        .role
        .as_ref()
        .map(|role| tag("span", "role").microformat("p-job-title", context).author_text(role));
    let spaced = role.is_some().then(|| text(" "));
    let byline = tag("p", "byline").child(name).maybe(spaced).maybe(role);
    let bio = person.bio.as_ref().map(|bio| tag("p", "bio").microformat("p-note", context).author_text(bio));
    tag("div", "person")
        .microformat("p-author h-card", context)
        .maybe(portrait)
        .child(bare("div").child(byline).maybe(bio))
}

//! Who wrote it.

use yew::prelude::*;

use super::tag::{Tag, bare, part, tag};
use super::{Part, Setting, image, link};
use crate::model::{Person, Review};

/// The author's box; none where there is no author.
pub(super) fn authors(review: &Review, setting: &Setting) -> Option<Html> {
    if review.authors.is_empty() || !setting.shows(Part::Author) {
        return None;
    }
    let people = review.authors.iter().map(|author| person(author).into());
    Some(part("section", "author").child(setting.heading(setting.words.author)).children(people).into())
}

fn person(person: &Person) -> Tag {
    let portrait = person.image.as_ref().and_then(|portrait| image::picture(portrait, "portrait"));
    let name = link(person.url.as_deref(), tag("span", "name").text(&person.name));
    let role = person.role.as_ref().map(|role| tag("span", "role").text(role));
    let spaced = role.is_some().then(|| Html::from(" "));
    let byline = tag("p", "byline").child(name).maybe(spaced).maybe(role);
    let bio = person.bio.as_ref().map(|bio| tag("p", "bio").text(bio));
    tag("div", "person").maybe(portrait).child(bare("div").child(byline).maybe(bio))
}

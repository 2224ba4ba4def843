//! Links to the previous and the next article.

use yew::prelude::*;

use super::tag::{Tag, bare, part, tag};
use super::{Part, Setting, Surface, link};
use crate::model::{Link, Review};

pub(super) fn sequence(review: &Review, setting: &Setting<impl Surface>) -> Option<Html> {
    let words = setting.words;
    let piece = |which, noun, direction, piece: &Option<Link>| -> Option<Tag> {
        let piece = piece.as_ref().filter(|_| setting.shows(which))?;
        let direction = tag("span", "direction").lang(setting.words_lang).words(direction);
        let both = bare("span").child(direction).words(" ").child(tag("span", "name").text(&piece.title));
        Some(part("div", noun, setting).child(link(piece.url.as_deref(), both)))
    };
    let previous = piece(Part::Previous, "previous", words.previous, &review.previous);
    let next = piece(Part::Next, "next", words.next, &review.next);
    let any = previous.is_some() || next.is_some();
    // The name includes the title, because landmarks of a page need different names and a page may have several cards.
    let name = || [words.more, ": ", &review.title].concat();
    let nav = || tag("nav", "sequence").set_text("aria-label", name()).lang(setting.words_lang);
    any.then(|| nav().maybe(previous).maybe(next).into())
}

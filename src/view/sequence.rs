//! Links to the previous and the next article.

use yew::prelude::*;

use super::tag::{Attribute, Tag, bare, part, tag};
use super::{CardContext, Part, Surface, link};
use crate::model::{Link, Review};

pub(super) fn sequence(review: &Review, context: &CardContext<impl Surface>) -> Option<Html> {
    let strings = context.strings;
    let piece = |which, noun, direction, piece: &Option<Link>| -> Option<Tag> {
        let piece = piece.as_ref().filter(|_| context.shows(which))?;
        let direction = tag("span", "direction").lang(context.strings_lang).text(direction);
        let both =
            bare("span").child(direction).text(" ").child(tag("span", "name").author_text(&piece.title));
        Some(part("div", noun, context).child(link(piece.url.as_deref(), both)))
    };
    let previous = piece(Part::Previous, "previous", strings.previous, &review.previous);
    let next = piece(Part::Next, "next", strings.next, &review.next);
    let any = previous.is_some() || next.is_some();
    // The name includes the title, because landmarks of a page need different names and a page may have several cards.
    let name = || [strings.more, ": ", &review.title].concat();
    let nav = || tag("nav", "sequence").attr(Attribute::AriaLabel, name()).lang(context.strings_lang);
    any.then(|| nav().maybe(previous).maybe(next).into())
}

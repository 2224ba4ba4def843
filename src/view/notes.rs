//! Pros and cons: two short lists with signs and text.

use yew::prelude::*;

use super::tag::{Attribute, Tag, bare, part, tag};
use super::{CardContext, Part, Surface};
use crate::model::Review;

pub(super) fn notes(review: &Review, context: &CardContext<impl Surface>) -> Option<Html> {
    let list = |which, noun, heading, notes: &[String]| -> Option<Tag> {
        if notes.is_empty() || !context.shows(which) {
            return None;
        }
        let items = notes.iter().map(|note| bare("li").text(note.clone()).into());
        // `dir` is on the list and not on each item, because the signs are in the list's padding.
        let list = bare("ul").attr(Attribute::Dir, "auto").children(items);
        Some(part("section", noun, context).child(context.heading(heading)).child(list))
    };
    let pros = list(Part::Pros, "pros", context.strings.pros, &review.pros);
    let cons = list(Part::Cons, "cons", context.strings.cons, &review.cons);
    (pros.is_some() || cons.is_some()).then(|| tag("div", "notes").maybe(pros).maybe(cons).into())
}

//! Pros and cons: two short lists with signs and text.

use yew::prelude::*;

use super::tag::{Tag, bare, part, tag};
use super::{Part, Setting, Surface};
use crate::model::Review;

pub(super) fn notes(review: &Review, setting: &Setting<impl Surface>) -> Option<Html> {
    let list = |which, noun, heading, notes: &[String]| -> Option<Tag> {
        if notes.is_empty() || !setting.shows(which) {
            return None;
        }
        let items = notes.iter().map(|note| bare("li").words(note.clone()).into());
        // `dir` is on the list and not on each item, because the signs are in the list's padding.
        let list = bare("ul").set("dir", "auto").children(items);
        Some(part("section", noun, setting).child(setting.heading(heading)).child(list))
    };
    let pros = list(Part::Pros, "pros", setting.words.pros, &review.pros);
    let cons = list(Part::Cons, "cons", setting.words.cons, &review.cons);
    (pros.is_some() || cons.is_some()).then(|| tag("div", "notes").maybe(pros).maybe(cons).into())
}

//! The ratings of single aspects of a work.

use yew::prelude::*;

use super::tag::{bare, part, tag};
use super::{CardContext, Part, Surface, rating};
use crate::model::{Aspect, Review};

pub(super) fn aspects(review: &Review, context: &CardContext<impl Surface>) -> Option<Html> {
    if review.aspects.is_empty() || !context.shows(Part::Aspects) {
        return None;
    }
    let item = |aspect: &Aspect| {
        tag("li", "aspect")
            .child(tag("span", "name").author_text(&aspect.name))
            .child(rating::inline(&aspect.rating, context))
            .maybe(rating::percent(&aspect.rating.mark).map(rating::bar))
            .into()
    };
    let list = bare("ul").children(review.aspects.iter().map(item));
    Some(
        part("section", "aspects", context)
            .child(context.heading(context.strings.aspects))
            .child(list)
            .into(),
    )
}

//! The ratings of single aspects of a work.

use yew::prelude::*;

use super::tag::{bare, part, tag};
use super::{Part, Setting, Surface, rating};
use crate::model::{Aspect, Review};

pub(super) fn aspects(review: &Review, setting: &Setting<impl Surface>) -> Option<Html> {
    if review.aspects.is_empty() || !setting.shows(Part::Aspects) {
        return None;
    }
    let item = |aspect: &Aspect| {
        tag("li", "aspect")
            .child(tag("span", "name").text(&aspect.name))
            .child(rating::inline(&aspect.rating, setting))
            .maybe(rating::percent(&aspect.rating.mark).map(rating::bar))
            .into()
    };
    let list = bare("ul").children(review.aspects.iter().map(item));
    Some(part("section", "aspects", setting).child(setting.heading(setting.words.aspects)).child(list).into())
}

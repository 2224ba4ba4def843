//! The ratings of a work's sides.

use yew::prelude::*;

use super::{Setting, rating};
use crate::model::Aspect;

pub(super) fn aspects(aspects: &[Aspect], setting: &Setting) -> Html {
    let item = |(key, aspect): (usize, &Aspect)| {
        html! {
            <li class="review-card__aspect" {key}>
                <span class="review-card__name" dir="auto">{ aspect.name.clone() }</span>
                { rating::inline(&aspect.rating, setting) }
                { rating::percent(&aspect.rating.mark).map(rating::bar) }
            </li>
        }
    };
    html! {
        <section class="review-card__aspects" part="aspects">
            { setting.heading(setting.words.aspects) }
            <ul>{ for aspects.iter().enumerate().map(item) }</ul>
        </section>
    }
}

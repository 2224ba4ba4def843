//! The pieces before and after this one.

use yew::prelude::*;

use super::{Part, Setting, link};
use crate::model::Review;

pub(super) fn sequence(review: &Review, setting: &Setting) -> Option<Html> {
    let words = setting.words;
    let links: Vec<Html> = [
        (Part::Previous, "previous", "review-card__previous", words.previous, &review.previous),
        (Part::Next, "next", "review-card__next", words.next, &review.next),
    ]
    .into_iter()
    .filter_map(|(part, name, class, direction, target)| {
        let target = target.as_ref().filter(|_| setting.shows(part))?;
        let words = html! {
            <>
                <span class="review-card__direction" lang={setting.words_lang}>{ direction }</span>
                <span class="review-card__name" dir="auto">{ target.title.clone() }</span>
            </>
        };
        Some(html! { <div {class} part={name} key={name}>{ link(target.url.as_deref(), "review-card__link", words) }</div> })
    })
    .collect();
    (!links.is_empty()).then(|| html! {
        <nav class="review-card__sequence" aria-label={words.more}>{ for links }</nav>
    })
}

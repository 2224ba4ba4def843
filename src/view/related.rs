//! Other pieces: each with a title or, where it has none, its own words.

use yew::prelude::*;

use super::{Setting, image, link, rating};
use crate::model::{Related, Review};

pub(super) fn related(review: &Review, setting: &Setting) -> Html {
    html! {
        <section class="review-card__related" part="related">
            { setting.heading(setting.words.related) }
            <ul>{ for review.related.iter().enumerate().map(|(key, entry)| self::entry(key, entry, setting)) }</ul>
        </section>
    }
}

fn entry(key: usize, entry: &Related, setting: &Setting) -> Html {
    let thumbnail = entry.image.as_ref().and_then(|picture| image::picture(picture, "review-card__thumbnail"));
    // Without a title the verdict is what is linked.
    let (head, below) = match (&entry.title, &entry.verdict) {
        (Some(title), verdict) => (html! { <span class="review-card__name" dir="auto">{ title.clone() }</span> }, verdict.as_ref()),
        (None, Some(verdict)) => (html! { <span dir="auto">{ verdict.clone() }</span> }, None),
        (None, None) => return Html::default(),
    };
    html! {
        <li class="review-card__entry" {key}>
            { thumbnail }
            <div>
                <p class="review-card__head">
                    { link(entry.url.as_deref(), "review-card__link", head) }
                    { entry.rating.as_ref().map(|mark| rating::inline(mark, setting)) }
                </p>
                if let Some(verdict) = below {
                    <p class="review-card__excerpt" dir="auto">{ verdict.clone() }</p>
                }
            </div>
        </li>
    }
}

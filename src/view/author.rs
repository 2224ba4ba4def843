//! Who wrote it.

use yew::prelude::*;

use super::{Setting, image, link};
use crate::model::{Person, Review};

/// The author's box; none where there is no author.
pub(super) fn authors(review: &Review, setting: &Setting) -> Option<Html> {
    if review.authors.is_empty() {
        return None;
    }
    Some(html! {
        <section class="review-card__author" part="author">
            { setting.heading(setting.words.author) }
            { for review.authors.iter().enumerate().map(|(key, author)| person(key, author)) }
        </section>
    })
}

fn person(key: usize, person: &Person) -> Html {
    let portrait = person.image.as_ref().and_then(|portrait| image::picture(portrait, "review-card__portrait"));
    let name = html! { <span class="review-card__name" dir="auto">{ person.name.clone() }</span> };
    html! {
        <div class="review-card__person" {key}>
            { portrait }
            <div>
                <p class="review-card__byline">
                    { link(person.url.as_deref(), "review-card__link", name) }
                    if let Some(role) = &person.role {
                        <span class="review-card__role" dir="auto">{ role.clone() }</span>
                    }
                </p>
                if let Some(bio) = &person.bio {
                    <p class="review-card__bio" dir="auto">{ bio.clone() }</p>
                }
            </div>
        </div>
    }
}

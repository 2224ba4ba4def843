//! Pros and cons: two short lists with signs and words.

use yew::prelude::*;

use super::{Part, Setting};
use crate::model::Review;

pub(super) fn notes(review: &Review, setting: &Setting) -> Option<Html> {
    let words = setting.words;
    let lists: Vec<Html> = [
        (Part::Pros, "pros", "review-card__pros", words.pros, &review.pros),
        (Part::Cons, "cons", "review-card__cons", words.cons, &review.cons),
    ]
    .into_iter()
    .filter(|(part, .., notes)| setting.shows(*part) && !notes.is_empty())
    .map(|(_, part, class, heading, notes)| {
        html! {
            <section {class} {part} key={part}>
                { setting.heading(heading) }
                <ul>{ for notes.iter().enumerate().map(|(key, note)| html! { <li {key} dir="auto">{ note.clone() }</li> }) }</ul>
            </section>
        }
    })
    .collect();
    (!lists.is_empty()).then(|| html! { <div class="review-card__notes">{ for lists }</div> })
}

//! Shows the reviews of a JSON text, as the README says.

use review_card::{ReviewCard, read};
use yew::prelude::*;

const JSON: &[u8] = br#"{ "reviews": [
    { "title": "The Ladder", "rating": "4/5", "verdict": "It earns each rung.", "bodyHtml": "<p>Read <em>on</em>.</p>" },
    { "title": "The Cellar", "rating": "B+" }
] }"#;

#[component]
fn Page() -> Html {
    match read(JSON, None) {
        Ok((collection, _problems)) => collection
            .reviews
            .into_iter()
            .map(|review| html! { <ReviewCard {review} /> })
            .collect(),
        Err(error) => html! { <p>{ error.to_string() }</p> },
    }
}

fn main() {
    yew::Renderer::<Page>::new().render();
}

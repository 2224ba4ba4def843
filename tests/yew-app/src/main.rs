//! Somebody else's Yew app. It shows the reviews of a JSON text as components, as the README says; and, on a page that loads
//! `review-card.js`, it creates, moves, updates and drops `<review-card>` elements.

use review_card::{ReviewCard, read};
use wasm_bindgen::JsValue;
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

/// What the app knows of an element.
#[derive(Clone, PartialEq)]
struct Card {
    id: &'static str,
    src: Option<&'static str>,
    data: Option<&'static str>,
    is_light: bool,
    variant: &'static str,
}

fn cards() -> Vec<Card> {
    let card = Card { id: "a", src: None, data: None, is_light: false, variant: "card" };
    vec![
        Card { src: Some("/data/full.json"), ..card.clone() },
        Card { id: "b", data: Some(r#"{ "title": "From a property", "body": "Words." }"#), ..card.clone() },
        Card { id: "c", src: Some("/data/full.json"), is_light: true, ..card },
    ]
}

/// Buttons that change the state, elements that follow it, and a listener of the app's around them.
#[component]
fn Elements() -> Html {
    let state = use_state(Vec::new);
    let clicks = use_state(|| 0_u32);
    let change = |id: &'static str, next: fn(Vec<Card>) -> Vec<Card>| {
        let state = state.clone();
        let onclick = Callback::from(move |_: MouseEvent| state.set(next((*state).clone())));
        html! { <button {id} {onclick}>{ id }</button> }
    };
    let update = |mut cards: Vec<Card>| {
        for card in &mut cards {
            card.variant = "full";
        }
        cards
    };
    let count = {
        let clicks = clicks.clone();
        Callback::from(move |_: MouseEvent| clicks.set(*clicks + 1))
    };
    let element = |card: &Card| {
        let data = card.data.map_or(JsValue::NULL, JsValue::from_str);
        html! {
            <review-card key={card.id} id={card.id} src={card.src} light={card.is_light.then_some("")} variant={card.variant} ~data={data}>
                <a href="/fallback">{ "Strings of the app" }</a>
            </review-card>
        }
    };
    html! {
        <>
            { change("create", |_| cards()) }
            { change("turn", |cards| cards.into_iter().rev().collect()) }
            { change("update", update) }
            { change("drop", |cards| cards.into_iter().filter(|card| card.id == "b").collect()) }
            <output id="clicks">{ *clicks }</output>
            <div id="elements" onclick={count}>{ for state.iter().map(element) }</div>
        </>
    }
}

#[component]
fn App() -> Html {
    html! { <><Page /><Elements /></> }
}

fn main() {
    yew::Renderer::<App>::new().render();
}

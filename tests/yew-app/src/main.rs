//! Somebody else's Yew app. It downloads reviews and shows them as cards and as a list, as the docs say; and, on a page that
//! loads `review-card.js`, it creates, moves, updates and drops `<review-card>` elements.

use std::collections::HashSet;
use std::rc::Rc;

use gloo_net::http::Request;
use review_card::view::list::{Item, Piece};
use review_card::{Collection, Review, ReviewCard, ReviewList};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Downloads reviews in any of the supported formats.
async fn load(url: &str) -> Result<Collection, gloo_net::Error> {
    Request::get(url).send().await?.json::<Collection>().await
}

#[component]
fn Page() -> Html {
    let reviews = use_state(Vec::<Rc<Review>>::new);
    let error = use_state(|| None::<String>);
    {
        let (reviews, error) = (reviews.clone(), error.clone());
        use_effect_with((), move |()| {
            spawn_local(async move {
                match load("/reviews.json").await {
                    Ok(collection) => reviews.set(collection.reviews),
                    Err(problem) => error.set(Some(problem.to_string())),
                }
            });
        });
    }
    let card = |review: &Rc<Review>| {
        html! { <ReviewCard key={review.id.clone()} review={Rc::clone(review)} /> }
    };
    html! {
        <>
            if let Some(error) = &*error { <p>{ error }</p> }
            { for reviews.iter().map(card) }
            <Archive reviews={(*reviews).clone()} />
        </>
    }
}

#[derive(PartialEq, Properties)]
struct ArchiveProps {
    reviews: Vec<Rc<Review>>,
}

#[component]
fn Archive(props: &ArchiveProps) -> Html {
    let open = use_state(HashSet::<String>::new);
    let selected = use_state(String::new);
    let ontoggle = use_callback(open.clone(), |(review, is_open): (Rc<Review>, bool), open| {
        let mut now = (**open).clone();
        if is_open { now.insert(review.id.clone()) } else { now.remove(&review.id) };
        open.set(now);
    });
    let onselect = use_callback((), {
        let selected = selected.clone();
        move |review: Rc<Review>, ()| selected.set(review.title.clone())
    });
    let item = |(at, review): (usize, &Rc<Review>)| Item {
        open: open.contains(&review.id),
        ..Item::new(Rc::clone(review), at)
    };
    let items = props.reviews.iter().enumerate().map(item).collect();
    html! {
        <>
            <ReviewList pieces={vec![Piece::Items(items)]} {ontoggle} {onselect} />
            <output id="selected">{ &*selected }</output>
        </>
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
        let data = card.data.map_or(wasm_bindgen::JsValue::NULL, wasm_bindgen::JsValue::from_str);
        html! {
            <review-card key={card.id} id={card.id} src={card.src} light={card.is_light.then_some("")} variant={card.variant} ~data={data}>
                <a href="/fallback">{ "Words of the app" }</a>
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

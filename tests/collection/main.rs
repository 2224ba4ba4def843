//! What is done with many reviews at once: tables of behaviour, and what holds however the work is sliced.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

#[path = "../corpora/mod.rs"]
mod corpora;
mod filter;
mod fold;
mod measure;
mod related;
mod search;
mod selection;
mod sort;
mod summary;

use std::rc::Rc;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::sample::select;
use review_card::Review;
use review_card::read;

/// The reviews of a plain document.
#[track_caller]
fn reviews(json: &str) -> Vec<Rc<Review>> {
    let (collection, problems) = read(json.as_bytes(), None).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    collection.reviews
}

/// One review.
#[track_caller]
fn review(json: &str) -> Rc<Review> {
    reviews(json).swap_remove(0)
}

/// Some reviews of few words, so that they have much in common.
fn some_reviews() -> impl Strategy<Value = Vec<Rc<Review>>> {
    let word = || {
        select(vec!["Alien", "alien", "Ärger", "Zorn", "Rocky 2", "rocky 10", "école", "映画", "فيلم", "…"])
    };
    let rating = prop_oneof![
        Just(r#","rating":"B+""#),
        Just(r#","rating":4"#),
        Just(r#","rating":"8/10""#),
        Just(r#","rating":"35%""#),
        Just(r#","rating":{"label":"five"}"#),
        Just(""),
    ];
    let date = prop_oneof![
        Just(r#","published":"2024-02-29""#),
        Just(r#","published":"2001-01-01T10:00""#),
        Just(r#","published":"last summer""#),
        Just(r#","updated":"2010-10-10""#),
        Just(""),
    ];
    let review = (word(), word(), word(), rating, date).prop_map(|(title, tag, body, rating, date)| {
        let json = format!(
            r#"{{"title":"{title}","tags":["{tag}"],"verdict":"{body} {tag}","body":"It is {body}."{rating}{date}}}"#
        );
        read(json.as_bytes(), None).unwrap().0.reviews.swap_remove(0)
    });
    vec(review, 0..40)
}

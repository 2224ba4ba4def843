//! The grammar of filters: what is printed is read again as the same, within the limit, and holds or does not hold for a review.
#![no_main]

use std::sync::LazyLock;

use review_card::collection::{Filter, MAX_TERMS};
use review_card::{Collection, read};

static JSON: &[u8] = br#"[
    { "title": "A", "tags": ["drama", "Caf\u00e9"], "author": "Jane Doe", "section": "Home", "rating": 4 },
    { "title": "B" }
]"#;

thread_local! {
    static REVIEWS: LazyLock<Collection> = LazyLock::new(|| read(JSON, None).expect("reviews").0);
}

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (filter, problems) = Filter::parse(text);
    assert!(filter.terms().count() <= MAX_TERMS);
    assert!(problems.iter().all(|problem| problem.at > 0 && problem.at <= text.chars().count() + 1));
    let printed = filter.to_string();
    let (again, none) = Filter::parse(&printed);
    assert_eq!((&again, none.len()), (&filter, 0), "{printed}");
    REVIEWS.with(|reviews| {
        for review in &reviews.reviews {
            assert_eq!(again.matches(review), filter.matches(review));
        }
    });
});

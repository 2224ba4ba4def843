//! The orders, and that they are the same however the work is sliced.

use std::rc::Rc;

use proptest::collection::vec;
use proptest::prelude::{Just, prop_oneof, proptest};
use proptest::sample::select;
use proptest::test_runner::Config;
use review_card::Review;
use review_card::collection::{Sort, Sorter, out_of_five};

use crate::{reviews, some_reviews};

/// The titles in their order.
fn sorted(reviews: &[Rc<Review>], sort: &str) -> Vec<String> {
    let mut sorter = Sorter::new(Sort::parse(sort).unwrap());
    assert!(sorter.step(reviews, &mut usize::MAX.clone()));
    sorter.order().iter().map(|place| reviews[*place as usize].title.clone()).collect()
}

#[track_caller]
fn check(json: &str, sort: &str, expected: &[&str]) {
    assert_eq!(sorted(&reviews(json), sort), expected, "{sort}");
}

#[test]
fn the_attribute() {
    for text in ["date", "-date", "rating", "-rating", "title", "-title"] {
        assert_eq!(Sort::parse(text).unwrap().unwrap().to_string(), text);
    }
    assert_eq!(Sort::parse(" "), Ok(None));
    let message =
        |text: &str| format!("expected date, rating or title, or one of them after -, found \"{text}\"");
    for text in ["author", "--date", "-", "date title"] {
        assert_eq!(Sort::parse(text), Err(message(text)));
    }
}

#[test]
fn ratings_by_all_their_digits() {
    let json = r#"[{"title":"A","rating":4.66664},{"title":"B","rating":"93.3334%"},{"title":"C","rating":4.66663},
        {"title":"D","rating":"4.66666/5"}]"#;
    check(json, "rating", &["C", "A", "D", "B"]);
}

#[test]
fn the_sort_of_a_sorter() {
    for sort in [None, Sort::parse("-title").unwrap()] {
        assert_eq!(Sorter::new(sort).sort(), sort);
    }
}

/// Merging runs in any other order would take several times as much work.
#[test]
fn the_work_of_many_reviews() {
    let reviews: Vec<_> = (0..5120)
        .map(|number: usize| {
            Rc::new(Review { title: format!("{}", number * 7919 % 5120), ..Review::default() })
        })
        .collect();
    let mut sorter = Sorter::new(Sort::parse("title").unwrap());
    let slices = (1..).find(|_| sorter.step(&reviews, &mut 10)).unwrap();
    // A key for each, and 8 of 5120 elements merged for a unit in each of at most 6 merges.
    assert!((512..=512 + 6 * 64).contains(&slices), "{slices} slices of 10 units");
}

#[test]
fn titles_by_words_and_numbers() {
    let titles = [
        "Zorn",
        "The Apartment",
        "éclair",
        "Rocky 10",
        "“Eclair”",
        "Rocky II",
        "Rocky 2",
        "Alien",
        "2001",
        "Ärger",
        "8½",
        "…",
    ];
    let json = titles.map(|title| format!(r#"{{"title":"{title}"}}"#)).join(",");
    let expected = [
        "…",
        "8½",
        "2001",
        "Alien",
        "Ärger",
        "éclair",
        "“Eclair”",
        "Rocky 2",
        "Rocky 10",
        "Rocky II",
        "The Apartment",
        "Zorn",
    ];
    // A title of signs alone is its signs, which stand after letters.
    let mut expected = expected.to_vec();
    let signs = expected.remove(0);
    expected.push(signs);
    check(&format!("[{json}]"), "title", &expected);
}

#[test]
fn dates_by_day() {
    let json = r#"[
        { "title": "b", "published": "2024-03-01" },
        { "title": "c", "published": "October 24, 2011" },
        { "title": "a", "published": "2024-02-29T23:59", "updated": "2030-01-01" },
        { "title": "d", "updated": "2024-03-01" },
        { "title": "e" },
        { "title": "f", "published": "2024-03-15" },
        { "title": "g", "published": "2023-12-31" }
    ]"#;
    let (collection, _) = review_card::read(json.as_bytes(), None).unwrap();
    assert_eq!(sorted(&collection.reviews, "date").join(" "), "g a b d f c e");
    assert_eq!(sorted(&collection.reviews, "-date").join(" "), "f b d a g c e");
}

#[test]
fn ratings_on_one_scale() {
    let json = r#"[
        { "title": "none" }, { "title": "4.5", "rating": 4.5 }, { "title": "B", "rating": "B" }, { "title": "text", "rating": { "label": "x" } },
        { "title": "9/10", "rating": "9/10" }, { "title": "0", "rating": 0 }, { "title": "100%", "rating": "100%" }
    ]"#;
    check(json, "rating", &["0", "B", "4.5", "9/10", "100%", "none", "text"]);
    check(json, "-rating", &["100%", "4.5", "9/10", "B", "0", "none", "text"]);
    check(json, "", &["none", "4.5", "B", "text", "9/10", "0", "100%"]);
}

/// Places by rating, as the standard library sorts them.
fn by_rating(reviews: &[Rc<Review>], descending: bool) -> Vec<u32> {
    let key = |place: &u32| {
        let rating = reviews[*place as usize].rating.as_ref().and_then(|rating| out_of_five(&rating.mark));
        let rating =
            rating.map(|rating| if descending { -rating.thousandths() } else { rating.thousandths() });
        rating.unwrap_or(i64::MAX)
    };
    let mut places: Vec<_> = (0..u32::try_from(reviews.len()).unwrap()).collect();
    places.sort_by_key(key);
    places
}

proptest! {
    #![proptest_config(Config { cases: 300, failure_persistence: None, ..Config::default() })]

    /// Any number of reviews, also of several runs; any slices; reviews that come in between.
    #[test]
    fn slices_do_not_matter(
        some in some_reviews(),
        repeated in 1..60_usize,
        sort in select(vec!["rating", "-rating", "title", "-title", "date", "-date", ""]),
        budgets in vec(prop_oneof![Just(1_usize), 2..500_usize], 1..6),
        pages in vec(1..1000_usize, 0..5),
    ) {
        let all: Vec<_> = some.iter().cycle().take(some.len() * repeated).cloned().collect();
        let sort = Sort::parse(sort).unwrap();
        let mut at_once = Sorter::new(sort);
        at_once.step(&all, &mut usize::MAX.clone());
        let mut sliced = Sorter::new(sort);
        let mut seen = 0;
        let mut budgets = budgets.iter().cycle();
        for page in pages.into_iter().chain([all.len()]) {
            seen = (seen + page).min(all.len());
            // Not always to the end: the next page may come before.
            for _ in 0..page {
                sliced.step(&all[..seen], &mut budgets.next().unwrap().clone());
            }
        }
        while !sliced.step(&all, &mut budgets.next().unwrap().clone()) {}
        assert_eq!(sliced.order(), at_once.order());
        if let Some(sort) = sort.filter(|sort| sort.to_string().ends_with("rating")) {
            assert_eq!(at_once.order(), by_rating(&all, sort.descending));
        }
        assert_eq!(at_once.order().len(), all.len());
    }
}

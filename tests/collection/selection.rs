//! The answer to a query, held against a plain computation of it.

use std::rc::Rc;

use proptest::collection::vec;
use proptest::prelude::{Strategy, proptest};
use proptest::sample::select;
use proptest::test_runner::Config;
use review_card::Review;
use review_card::collection::{Filter, Query, Search, Selection, Sort, Sorter};

use crate::{reviews, some_reviews};

fn query(filter: &str, sort: &str, search: &str) -> Query {
    Query { filter: Filter::parse(filter).0, sort: Sort::parse(sort).unwrap(), search: Search::new(search) }
}

/// All at once, in the plainest way.
fn expected(reviews: &[Rc<Review>], query: &Query) -> Vec<u32> {
    let mut sorter = Sorter::new(query.sort);
    sorter.step(reviews, &mut usize::MAX.clone());
    let review = |place: &u32| &reviews[*place as usize];
    let mut places: Vec<_> =
        sorter.order().iter().copied().filter(|place| query.filter.matches(review(place))).collect();
    places.retain(|place| query.search.rank(review(place)).is_some());
    places.sort_by_key(|place| query.search.rank(review(place)));
    places
}

fn some_query() -> impl Strategy<Value = Query> {
    (
        select(vec!["", "tag:alien", "rating>=4", "tag:alien rating<5", "tag:nobody"]),
        select(vec!["", "title", "-rating", "date"]),
        select(vec!["", "a", "al", "alien", "alien i", "alien it", "ro 1", "映", "فيلم", "zzz"]),
    )
        .prop_map(|(filter, sort, search)| query(filter, sort, search))
}

#[test]
fn titles_come_before_bodies() {
    let reviews = reviews(
        r#"[
            { "title": "body", "body": "alien" }, { "title": "verdict", "verdict": "alien" },
            { "title": "tag", "tags": ["alien"] }, { "title": "Alien 2" }, { "title": "nothing" }, { "title": "Alien" }
        ]"#,
    );
    let titles = |query: Query| {
        let mut selection = Selection::new(query);
        assert!(selection.step(&reviews, usize::MAX));
        selection
            .shown()
            .iter()
            .map(|place| reviews[*place as usize].title.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    assert_eq!(titles(query("", "", "alien")), "Alien 2, Alien, tag, verdict, body");
    assert_eq!(titles(query("", "title", "alien")), "Alien, Alien 2, tag, verdict, body");
    assert_eq!(titles(query("tag:ALIEN", "", "alien")), "tag");
    assert_eq!(titles(query("", "-title", "")), "verdict, tag, nothing, body, Alien 2, Alien");
}

#[test]
fn a_list_of_none() {
    let mut selection = Selection::new(query("rating>1", "date", "a"));
    assert!(!selection.is_done());
    assert!(selection.step(&[], 1));
    assert!(selection.shown().is_empty() && selection.is_done());
}

#[test]
fn first_hits_come_with_the_first_slice() {
    let body = "words ".repeat(2000);
    let json: Vec<_> =
        (0..1000).map(|number| format!(r#"{{"title":"Title {number}","body":"{body}"}}"#)).collect();
    let reviews = reviews(&format!("[{}]", json.join(",")));
    let mut selection = Selection::new(query("", "", "title"));
    assert!(!selection.step(&reviews, 100));
    assert!(selection.shown().len() > 10, "{}", selection.shown().len());
}

/// Without a sort and a search, they are shown at once. Otherwise the earlier answer stays until the new one is complete.
#[test]
fn later_reviews_take_their_place() {
    let all =
        reviews(r#"[{ "title": "B alien" }, { "title": "C", "body": "alien" }, { "title": "A alien" }]"#);
    for (sort, search, shown) in [
        ("", "", &[0, 1][..]),
        ("title", "", &[0]),
        ("-title", "", &[0]),
        ("", "alien", &[0]),
        ("title", "alien", &[0]),
    ] {
        let query = query("", sort, search);
        let mut selection = Selection::new(query.clone());
        assert!(selection.step(&all[..1], usize::MAX));
        assert!(!selection.step(&all, 1));
        assert_eq!(selection.shown(), shown, "{query:?}");
        while !selection.step(&all, 1) {}
        assert_eq!(selection.shown(), expected(&all, &query), "{query:?}");
    }
}

/// A page counts on it that a slice does no more than its share.
#[test]
fn the_work_of_a_thousand_reviews() {
    let body = "words ".repeat(200); // 1200 bytes
    let review = format!(r#"{{ "title": "Title", "body": "{body}" }}"#);
    let reviews = reviews(&format!("[{}]", vec![review; 1000].join(",")));
    // In slices of 10 units:
    for (query, slices) in [
        (query("", "", ""), 100),
        // All are passed in three phases, 64 for a unit.
        (query("tag:x", "", "zzz"), (1000 + 3 * 1000 / 64) / 10),
        // Two units for each in three phases. In the fourth it is 4, with one for each 512 bytes, so three fill a slice.
        (query("", "", "zzz"), 3 * 1000 / 5 + 1000 / 3),
    ] {
        let mut selection = Selection::new(query);
        let found = (1..).find(|_| selection.step(&reviews, 10)).unwrap();
        assert!((slices..=slices + 1).contains(&found), "{:?}: {found}", selection.query());
    }
}

/// A visitor who types on: what the shorter word did not find is not searched again.
#[test]
fn a_longer_word_is_searched_for_where_the_shorter_one_was_found() {
    let reviews = reviews(&format!("[{}]", vec![r#"{ "title": "Title" }"#; 1000].join(",")));
    let mut selection = Selection::new(query("", "", "zz"));
    while !selection.step(&reviews, 100) {}
    selection.ask(query("", "", "zzz"));
    // All are passed in four phases, 64 for a unit.
    assert!(selection.step(&reviews, 4 * 1000 / 64 + 1));
}

proptest! {
    #![proptest_config(Config { cases: 500, failure_persistence: None, ..Config::default() })]

    /// Queries one after the other, reviews that come in between, any slices: in the end it is what it would have been at once.
    #[test]
    fn slices_do_not_matter(
        all in some_reviews(),
        turns in vec((some_query(), 0..40_usize, vec(1..30_usize, 0..8)), 1..6),
    ) {
        let mut selection = Selection::default();
        let mut seen = 0;
        for (query, page, budgets) in turns {
            seen = (seen + page).min(all.len());
            selection.ask(query.clone());
            assert_eq!(selection.query(), &query);
            for budget in budgets {
                let is_done = selection.step(&all[..seen], budget);
                assert_eq!(selection.is_done(), is_done);
                if is_done {
                    assert_eq!(selection.shown(), expected(&all[..seen], selection.query()));
                }
            }
        }
        while !selection.step(&all, 7) {}
        assert_eq!(selection.shown(), expected(&all, selection.query()));
    }

    /// Over the same reviews, what is shown only grows at its end.
    #[test]
    fn later_hits_never_displace_earlier_ones(all in some_reviews(), query in some_query(), budget in 1..30_usize) {
        let mut selection = Selection::new(query);
        let mut before = Vec::new();
        loop {
            let is_done = selection.step(&all, budget);
            assert!(selection.shown().starts_with(&before), "{before:?} {:?}", selection.shown());
            before = selection.shown().to_vec();
            if is_done {
                break;
            }
        }
    }

    /// While reviews come, what was shown stays until the new answer is whole.
    #[test]
    fn nothing_jumps_while_reviews_come(all in some_reviews(), query in some_query(), first in 1..20_usize) {
        let mut selection = Selection::new(query);
        let first = first.min(all.len());
        while !selection.step(&all[..first], 5) {}
        let before = selection.shown().to_vec();
        while !selection.step(&all, 1) {
            assert!(selection.shown().starts_with(&before), "{before:?} {:?}", selection.shown());
        }
    }
}

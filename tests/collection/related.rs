//! What belongs together.

use std::rc::Rc;

use proptest::prelude::proptest;
use proptest::test_runner::Config;
use review_card::Review;
use review_card::collection::{Found, Library, MAX_FOUND, Pool};
use review_card::model::Related;

use crate::{review, reviews, some_reviews};

fn find(review: &Review, reviews: &[Rc<Review>]) -> Found {
    let mut pool = Pool::default();
    reviews.iter().for_each(|review| pool.add(review));
    pool.find(review, reviews)
}

/// The same by a library, which keeps less.
#[track_caller]
fn a_library_finds_the_same(review: &Review, reviews: &[Rc<Review>]) {
    let mut library = Library::default();
    reviews.iter().for_each(|review| library.add((**review).clone()));
    let mut complete = review.clone();
    library.complete(&mut complete);
    let found = find(review, reviews);
    assert_eq!(complete.opinions, [review.opinions.clone(), found.opinions].concat());
    assert_eq!(complete.related, [review.related.clone(), found.related].concat());
}

fn titles(entries: &[Related]) -> String {
    entries.iter().filter_map(|entry| entry.title.as_deref()).collect::<Vec<_>>().join(", ")
}

/// Second opinions and related reviews, by their titles.
#[track_caller]
fn check(one: &str, pool: &str, opinions: &str, related: &str) {
    let (one, pool) = (review(one), reviews(pool));
    a_library_finds_the_same(&one, &pool);
    let found = find(&one, &pool);
    assert_eq!((titles(&found.opinions), titles(&found.related)), (opinions.to_owned(), related.to_owned()));
}

#[test]
fn the_same_work() {
    let dune =
        |more: &str| format!(r#"{{ "title": "Own", "url": "/own", "work": {{ "name": "Dune"{more} }} }}"#);
    let pool = r#"[
        { "title": "2021", "url": "/a", "work": { "name": "DUNE!", "type": "movie", "year": 2021 } },
        { "title": "1984", "url": "/b", "work": { "name": "Dune", "type": "Movie", "year": 1984 } },
        { "title": "book", "url": "/c", "work": { "name": "Dune", "type": "Book" } },
        { "title": "bare", "url": "/d", "work": "Dune" },
        { "title": "page", "url": "/e", "work": { "name": "Dune: Part One", "sameAs": ["http://www.imdb.com/title/tt1160419/"] } },
        { "title": "none", "url": "/f" }
    ]"#;
    check(&dune(""), pool, "bare", "");
    check(&dune(r#", "type": "Movie", "year": "2021""#), pool, "2021", "");
    check(&dune(r#", "type": "Book""#), pool, "book", "");
    check(
        &dune(r#", "type": "Movie", "year": 1984, "sameAs": "https://imdb.com/title/tt1160419#x""#),
        pool,
        "1984, page",
        "",
    );
}

#[test]
fn two_pages_of_one_site_are_two_works() {
    let pool = r#"[
        { "title": "other", "url": "/a", "work": { "name": "Emma", "sameAs": "https://www.wikidata.org/wiki/Q2" } },
        { "title": "elsewhere", "url": "/b", "work": { "name": "Emma", "sameAs": "https://www.imdb.com/title/tt1" } }
    ]"#;
    let one = r#"{ "title": "Own", "url": "/own", "work": { "name": "Emma", "sameAs": "https://www.wikidata.org/wiki/Q1" } }"#;
    check(one, pool, "elsewhere", "");
}

#[test]
fn work_then_people_then_tags() {
    let one = r#"{ "title": "Own", "url": "/own", "tags": ["office", "comedy"],
        "work": { "name": "The Apartment", "creators": ["Billy Wilder", "I. A. L. Diamond"] } }"#;
    let pool = r#"[
        { "title": "one tag", "url": "/1", "tags": ["Comedy"] },
        { "title": "two tags", "url": "/2", "tags": ["comedy", "office", "office"] },
        { "title": "one person", "url": "/3", "work": { "name": "Sabrina", "creators": ["billy wilder"] } },
        { "title": "two people", "url": "/4", "work": { "name": "Avanti!", "creators": ["Billy Wilder", "I.A.L. Diamond"] } },
        { "title": "another tag", "url": "/5", "tags": ["office"] },
        { "title": "nothing", "url": "/6", "tags": ["noir"], "author": "x" },
        { "title": "same work", "url": "/7", "work": { "name": "the apartment" } }
    ]"#;
    check(one, pool, "same work", "two people, one person, two tags, one tag, another tag");
}

#[test]
fn what_the_review_names_itself_is_all() {
    let pool = r#"[
        { "title": "tag", "url": "https://blog.example/tag", "tags": ["a"] },
        { "title": "named", "url": "https://blog.example/named/", "work": "Emma", "tags": ["a"] },
        { "title": "by title", "work": "Emma", "url": "/x" },
        { "title": "opinion", "url": "/y", "work": "Emma" }
    ]"#;
    let one = r#"{ "title": "Own", "work": "Emma", "tags": ["a"],
        "related": [{ "title": "Something", "url": "https://blog.example/named" }, { "title": "by title" }] }"#;
    check(one, pool, "opinion", "");
    let one = r#"{ "title": "Own", "work": "Emma", "tags": ["a"], "opinions": ["by title"] }"#;
    check(one, pool, "", "named, opinion, tag");
}

#[test]
fn never_itself_and_never_twice() {
    let own = r#"{ "id": "own", "title": "Own", "url": "https://blog.example/own", "tags": ["a"], "work": "Emma" }"#;
    let pool = r#"[
        { "title": "Own, elsewhere", "url": "http://www.blog.example/own/#top", "tags": ["a"], "work": "Emma" },
        { "id": "own", "title": "No address", "tags": ["a"] },
        { "title": "Own", "tags": ["a"], "work": "Emma" },
        { "title": "Other", "url": "/other", "tags": ["a"], "work": "Emma" },
        { "title": "Other again", "url": "/other", "tags": ["a"], "work": "Emma" }
    ]"#;
    check(own, pool, "Other", "");
}

#[test]
fn one_title_is_not_one_review() {
    let pool = r#"[
        { "title": "Dune", "work": "Dune", "author": "A", "body": "Yes." },
        { "title": "Dune", "work": "Dune", "author": "B", "body": "No." },
        { "title": "Dune", "work": "Dune", "author": "B", "rating": 2 },
        { "title": "Dune", "work": "Dune", "author": "B", "rating": 4 },
        { "title": "Dune", "work": "Dune", "author": "C", "rating": 4 }
    ]"#;
    let all = reviews(pool);
    for review in &all {
        a_library_finds_the_same(review, &all);
        assert_eq!(titles(&find(review, &all).opinions), "Dune, Dune, Dune, Dune", "{review:?}");
    }
    // What a page leaves out of a review says nothing against it.
    check(r#"{ "title": "Dune", "work": "Dune", "body": "Yes." }"#, pool, "Dune, Dune, Dune, Dune", "");
    // An id that was given is that of the review, whatever its title has become.
    let given = r#"[{ "id": "7", "title": "Dune, again", "work": "Dune" }]"#;
    check(r#"{ "id": "7", "title": "Dune", "work": "Dune" }"#, given, "", "");
}

#[test]
fn one_page_may_have_many_reviews() {
    let pool = r#"[
        { "title": "Own", "url": "https://blog.example/all#own", "work": "Emma" },
        { "title": "Other", "url": "https://blog.example/all#other", "work": "Emma" },
        { "title": "Route", "url": "https://blog.example/all/#/route", "work": "Emma" },
        { "title": "Own, in full", "url": "http://www.blog.example/all/#own", "work": "Emma" }
    ]"#;
    let own = r##"{ "title": "Own", "url": "https://blog.example/all#own", "work": "Emma" }"##;
    check(own, pool, "Other, Route", "");
}

#[test]
fn no_more_than_so_many() {
    let many = |count: usize| {
        let one = |number| format!(r#"{{ "title": "{number}", "url": "/{number}", "work": "Emma" }}"#);
        format!("[{}]", (0..count).map(one).collect::<Vec<_>>().join(","))
    };
    let own = review(r#"{ "title": "Own", "url": "/own", "work": "Emma" }"#);
    let found = find(&own, &reviews(&many(MAX_FOUND + 2)));
    assert_eq!(
        (found.opinions.len(), titles(&found.related)),
        (MAX_FOUND, format!("{}, {}", MAX_FOUND, MAX_FOUND + 1))
    );
    let found = find(&own, &reviews(&many(100)));
    assert_eq!((found.opinions.len(), found.related.len()), (MAX_FOUND, MAX_FOUND));
}

/// More candidates than are ranked in the first round are the review itself.
#[test]
fn many_candidates_that_do_not_qualify_hide_none_that_does() {
    for count in [31, 32, 33, 300] {
        let own = r#"{ "title": "Own", "url": "/own", "tags": ["a"] },"#.repeat(count);
        let pool = format!(r#"[{own} {{ "title": "Other", "url": "/other", "tags": ["a"] }}]"#);
        check(r#"{ "title": "Own", "url": "/own", "tags": ["a"] }"#, &pool, "", "Other");
    }
}

#[test]
fn an_entry_has_rating_author_and_first_words() {
    let (long, whole) = ("word ".repeat(100), "word ".repeat(32));
    let pool = format!(
        r#"[
            {{ "title": "verdict", "url": "/1", "work": "Emma", "verdict": "Clever.", "rating": "B+", "body": "{long}" }},
            {{ "title": "body", "url": "/2", "work": {{ "name": "Emma", "image": "/emma.jpg" }}, "body": ["First.", "{long}"] }},
            {{ "title": "html", "url": "/3", "work": "Emma", "bodyHtml": "<p>One <em>two</em> &amp; three.</p>" }},
            {{ "title": "no words", "url": "/4", "work": "Emma", "author": ["Jane Doe", "A. Woods"] }},
            {{ "title": "whole", "url": "/5", "work": "Emma", "body": "{whole}" }}
        ]"#
    );
    let found = find(&review(r#"{ "title": "Own", "work": "Emma" }"#), &reviews(&pool));
    let [verdict, body, html, none, whole] = found.opinions.as_slice() else { panic!("{found:?}") };
    assert_eq!(verdict.verdict.as_deref(), Some("Clever."));
    assert!(verdict.rating.is_some());
    let words = body.verdict.as_deref().unwrap();
    assert!(
        words.starts_with("First. word") && words.ends_with("word…") && words.chars().count() <= 161,
        "{words}"
    );
    assert_eq!(body.image.as_ref().map(|image| image.src.as_str()), Some("/emma.jpg"));
    assert_eq!(html.verdict.as_deref(), Some("One two & three."));
    assert_eq!((none.verdict.as_deref(), none.author.as_deref()), (None, Some("Jane Doe, A. Woods")));
    assert_eq!(html.author, None);
    assert!(whole.verdict.as_deref().unwrap().ends_with("word"), "{:?}", whole.verdict);
}

proptest! {
    #![proptest_config(Config { cases: 300, failure_persistence: None, ..Config::default() })]

    #[test]
    fn what_has_the_same_tag_is_found_in_order_and_once(all in some_reviews()) {
        for review in &all {
            let tag = |of: &Review| of.tags[0].to_lowercase();
            let is_one = |one: &Review, other: &Review| {
                let differ = one.rating.as_ref().zip(other.rating.as_ref()).is_some_and(|(one, other)| one != other);
                one.title == other.title && one.verdict == other.verdict && !differ
            };
            let mut expected: Vec<&Review> = Vec::new();
            for other in &all {
                let is_there = is_one(review, other) || expected.iter().any(|one| is_one(one, other));
                if tag(review) == tag(other) && !is_there && expected.len() < MAX_FOUND {
                    expected.push(other);
                }
            }
            let shown = |of: &Related| (of.title.clone(), of.verdict.clone(), of.rating.clone());
            let expected: Vec<_> =
                expected.iter().map(|of| (Some(of.title.clone()), of.verdict.clone(), of.rating.clone())).collect();
            let found = find(review, &all);
            assert_eq!(found.related.iter().map(shown).collect::<Vec<_>>(), expected);
            assert_eq!(found.opinions, []);
            a_library_finds_the_same(review, &all);
        }
    }
}

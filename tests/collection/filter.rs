//! The grammar of filters, and what they let through.

use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_oneof, proptest};
use proptest::sample::select;
use proptest::test_runner::Config;
use review_card::collection::{Compare, Filter, MAX_TERMS, Term};
use review_card::model::Decimal;

use crate::review;

/// What a filter is read as, and what is reported.
#[track_caller]
fn check(text: &str, expected: &str, problems: &[&str]) {
    let (filter, found) = Filter::parse(text);
    let found: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        (filter.to_string().as_str(), found.as_slice()),
        (expected, problems.map_to_strings().as_slice()),
        "{text}"
    );
}

trait ToStrings {
    fn map_to_strings(&self) -> Vec<String>;
}

impl ToStrings for &[&str] {
    fn map_to_strings(&self) -> Vec<String> {
        self.iter().map(|text| "filter, character ".to_owned() + text).collect()
    }
}

#[test]
fn terms_beyond_the_limit_do_not_count() {
    let most = "tag:a ".repeat(MAX_TERMS).trim().to_owned();
    check(&most, &most, &[]);
    assert!(!Filter::parse(&most).0.is_empty());
    check(&(most.clone() + " tag:b"), &most, &[r#"193: expected at most 32 terms, found "tag:b""#]);
    let (filter, problems) = Filter::parse(&"colour:red ".repeat(100_000));
    assert_eq!((filter.is_empty(), problems.len()), (true, MAX_TERMS + 1));
}

#[test]
fn terms() {
    check("", "", &[]);
    check(" \t\n", "", &[]);
    check("tag:drama", "tag:drama", &[]);
    check(r#"author:"Jane Doe"  section:film"#, r#"author:"Jane Doe" section:film"#, &[]);
    check("TAG:Drama Rating>=4", "tag:Drama rating>=4", &[]);
    check("rating>4 rating<=4.5 rating<5 rating=0", "rating>4 rating<=4.5 rating<5 rating=0", &[]);
    check("rating >= 3,5 rating≤½", "rating>=3.5 rating<=0.5", &[]);
    check(r#"tag:"say \"no\" \\ yes""#, r#"tag:"say \"no\" \\ yes""#, &[]);
    check(r#"tag:"a \b""#, r#"tag:"a \\b""#, &[]);
    check("author:“Jane Doe”", r#"author:"Jane Doe""#, &[]);
    check("tag:rock'n'roll tag:a:b tag:c++", "tag:rock'n'roll tag:a:b tag:c++", &[]);
    check(r#"tag:"drama""#, "tag:drama", &[]);
    check("tag:映画　tag:é", "tag:映画 tag:é", &[]);
}

#[test]
fn what_is_no_term_is_told_and_does_not_count() {
    let keys = |found: &str| format!("expected tag:, author:, section: or rating, found {found}");
    check("drama", "", &[&format!("1: {}", keys("\"drama\""))]);
    check(
        "é tag:a colour:red",
        "tag:a",
        &[&format!("1: {}", keys("\"é\"")), &format!("9: {}", keys("\"colour:red\""))],
    );
    check(r#"genre:"two words" tag:a"#, "tag:a", &[&format!("1: {}", keys(r#""genre:"two words"""#))]);
    check("tag", "", &[&format!("1: {}", keys("\"tag\""))]);
    check("tag:", "", &["5: expected a value, found nothing"]);
    check("tag: drama", "", &["5: expected a value, found nothing", &format!("6: {}", keys("\"drama\""))]);
    check(r#"tag:"""#, "", &["5: expected a value, found \"\"\"\""]);
    check("rating>=six", "", &["9: expected a number from 0 to 5, found \"six\""]);
    check(
        "rating>=5.1 rating>=-1",
        "",
        &[
            "9: expected a number from 0 to 5, found \"5.1\"",
            "21: expected a number from 0 to 5, found \"-1\"",
        ],
    );
    check("rating>=", "", &["9: expected a number from 0 to 5, found nothing"]);
    check("rating>= tag:a", "tag:a", &["9: expected a number from 0 to 5, found nothing"]);
    check("rating:4", "", &["7: expected one of >= > <= < = after rating, found \":4\""]);
    check("rating tag:a", "tag:a", &["7: expected one of >= > <= < = after rating, found nothing"]);
    check(
        r#"author:"Jane Doe"#,
        r#"author:"Jane Doe""#,
        &["8: expected a quote at the end, found \"\"Jane Doe\""],
    );
    check(
        "rating>=NaN rating>=1e400",
        "",
        &[
            "9: expected a number from 0 to 5, found \"NaN\"",
            "21: expected a number from 0 to 5, found \"1e400\"",
        ],
    );
}

#[test]
fn reviews_that_meet_them() {
    let review = review(
        r#"{ "title": "Rust and Bone", "section": "Home Movies", "tags": ["Dráma", "C++"], "author": ["Jane  Doe", "Ø"],
             "rating": "B+" }"#,
    );
    for (filter, expected) in [
        ("", true),
        ("tag:drama", true),
        ("tag:DRAMA tag:c++", true),
        ("tag:drama tag:comedy", false),
        ("tag:c", false),
        ("tag:dram", false),
        (r#"author:"jane doe""#, true),
        ("author:o", true),
        ("author:jane", false),
        (r#"section:"home  movies""#, true),
        ("section:home", false),
        ("rating>=4 rating<=4 rating=4", true),
        ("rating>4", false),
        ("rating<4", false),
        ("rating>3.999 rating<4.001", true),
    ] {
        assert_eq!(Filter::parse(filter).0.matches(&review), expected, "{filter}");
    }
}

#[test]
fn averages_are_compared_in_thousandths() {
    let review = review(r#"{ "title": "A", "rating": 4.6666666 }"#);
    for filter in ["rating=4.667", "rating=4.6666666 rating>=4.667", "rating>4.666 rating<4.668"] {
        assert!(Filter::parse(filter).0.matches(&review), "{filter}");
    }
}

#[test]
fn a_review_without_a_scale_meets_no_condition_on_ratings() {
    for rating in ["", r#", "rating": { "label": "five" }"#] {
        let review = review(&format!(r#"{{ "title": "A"{rating} }}"#));
        for filter in ["rating>=0", "rating<=5", "rating=0"] {
            assert!(!Filter::parse(filter).0.matches(&review), "{filter}");
        }
    }
}

fn term() -> impl Strategy<Value = Term> {
    let value = || {
        any::<String>().prop_filter("says something", |text| !review_card::collection::fold(text).is_empty())
    };
    let compare =
        select(vec![Compare::AtLeast, Compare::Above, Compare::AtMost, Compare::Below, Compare::Exactly]);
    prop_oneof![
        value().prop_map(Term::Tag),
        value().prop_map(Term::Author),
        value().prop_map(Term::Section),
        (compare, 0..=5000_i64)
            .prop_map(|(compare, number)| Term::Rating(compare, Decimal::from_thousandths(number).unwrap())),
    ]
}

proptest! {
    #![proptest_config(Config { cases: 2000, failure_persistence: None, ..Config::default() })]

    #[test]
    fn a_filter_reads_what_it_prints(terms in vec(term(), 0..5)) {
        let filter = Filter::from(terms);
        let (read, problems) = Filter::parse(&filter.to_string());
        assert_eq!(read, filter);
        assert_eq!(problems, []);
    }

    #[test]
    fn any_text_is_a_filter(text in r#"(tag|author|rating|:|"|\\|>=|>|=|4| |“|é|.){0,12}"#) {
        let (filter, problems) = Filter::parse(&text);
        assert_eq!(Filter::parse(&filter.to_string()).0, filter);
        let length = text.chars().count();
        assert!(problems.iter().all(|problem| (1..=length + 1).contains(&problem.at)), "{problems:?}");
    }
}

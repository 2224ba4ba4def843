//! Numbers of many reviews.

use review_card::collection::{Facets, Summary};
use review_card::model::Decimal;
use review_card::read;

use crate::reviews;

const JSON: &str = r#"[
    { "title": "a", "rating": "B+", "tags": ["Drama", "drama", "film"], "author": "Jane Doe", "section": "Film" },
    { "title": "b", "rating": "9/10", "tags": ["film"], "author": ["JANE DOE", "Bo"], "section": "film" },
    { "title": "c", "rating": 0 },
    { "title": "d", "rating": { "label": "fine" }, "tags": ["Dráma"] },
    { "title": "e", "rating": "55%" }
]"#;

fn summary(json: &str) -> Summary {
    let mut summary = Summary::default();
    summary.add_page(&read(json.as_bytes(), None).unwrap().0);
    summary
}

#[test]
fn count_average_and_stars() {
    let summary = summary(JSON);
    assert_eq!((summary.count(), summary.rated()), (5, 4));
    // 4 + 4.5 + 0 + 2.75
    assert_eq!(summary.average(), Decimal::parse("2.813"));
    assert_eq!(summary.stars(), [1, 0, 1, 0, 2, 0], "4.5 counts as 4, as for the filter rating>=4");
    assert_eq!(summary.given(), None);
}

#[test]
fn less_than_one_star_is_one() {
    let json = r#"[{ "title": "a", "rating": "0.5/5" }, { "title": "b", "rating": "1.9/5" }, { "title": "c", "rating": "0/5" }]"#;
    assert_eq!(summary(json).stars(), [1, 2, 0, 0, 0, 0]);
}

#[test]
fn nothing_rated_has_no_average() {
    let summary = summary(r#"{ "title": "a" }"#);
    assert_eq!((summary.count(), summary.rated(), summary.average()), (1, 0, None));
    assert_eq!(Summary::default().average(), None);
}

#[test]
fn page_by_page_is_the_same() {
    let mut so_far = Summary::default();
    for review in reviews(JSON) {
        so_far.add(&review);
    }
    assert_eq!(so_far, summary(JSON));
}

#[test]
fn what_many_gave_together() {
    let given = |json| summary(json).given().map(|given| (given.average.to_text("."), given.count));
    let product = r#"{ "@context": "https://schema.org", "@type": "Product", "name": "Kettle",
        "aggregateRating": { "@type": "AggregateRating", "ratingValue": "88", "bestRating": 100, "reviewCount": 20 },
        "review": { "@type": "Review", "name": "Boils" } }"#;
    assert_eq!(given(product), Some(("4.4".into(), Some(20))));
    let plain = r#"{ "reviews": [{ "title": "a" }], "aggregateRating": { "rating": "A−" } }"#;
    assert_eq!(given(plain), Some(("4.333".into(), None)));
    assert_eq!(
        given(r#"{ "reviews": [{ "title": "a" }], "aggregateRating": { "rating": { "label": "good" } } }"#),
        None
    );
}

#[test]
fn the_first_page_that_says_so_counts() {
    let mut summary = summary(r#"[{ "title": "a" }]"#);
    for value in [2, 5] {
        let page =
            format!(r#"{{ "reviews": [{{ "title": "b" }}], "aggregateRating": {{ "rating": {value} }} }}"#);
        summary.add_page(&read(page.as_bytes(), None).unwrap().0);
    }
    assert_eq!((summary.count(), summary.given().map(|given| given.average)), (3, Some(Decimal::whole(2))));
}

#[test]
fn values_to_filter_by() {
    let mut facets = Facets::default();
    reviews(JSON).iter().for_each(|review| facets.add(review));
    let shown = |facets: Vec<&review_card::collection::Facet>| {
        facets.iter().map(|facet| format!("{} {}", facet.value, facet.count)).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(shown(facets.tags()), "Drama 2, film 2");
    assert_eq!(shown(facets.authors()), "Jane Doe 2, Bo 1");
    assert_eq!(shown(facets.sections()), "Film 2");
}

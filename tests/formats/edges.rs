//! Values at the edges of what is read, which no golden case has.

use review_card::Problem;
use review_card::read::{MAX_ENTRIES, MAX_TEXT};

use super::*;

/// Reads a document, and checks one value of its plain JSON and what is reported.
#[track_caller]
fn check(document: &Value, pointer: &str, expected: Value, reported: &[&str]) {
    let (collection, problems) = survives(document.to_string().as_bytes()).unwrap();
    let plain: Value = serde_json::from_str(&write::collection(&collection).to_string()).unwrap();
    assert_eq!(plain.pointer(pointer), Some(&expected).filter(|expected| !expected.is_null()), "{document}");
    let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems, reported, "{document}");
}

/// Like [`check`], for a member of a plain review.
#[track_caller]
fn check_member(key: &str, given: Value, expected: Value, reported: &[&str]) {
    check(&json!({ "title": "A", key: given }), &format!("/reviews/0/{key}"), expected, reported);
}

#[test]
fn text_is_trimmed_and_without_what_is_no_character() {
    check_member("section", json!(" Film\n"), json!("Film"), &[]);
    check_member(
        "section",
        json!("a\u{1}b\u{7F}c\u{85}d\u{FDD0}e\u{FDEF}f\u{FFFE}g\u{1FFFF}h"),
        json!("a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e\u{FFFD}f\u{FFFD}g\u{FFFD}h"),
        &[],
    );
    let kept = "tab\tline\nreturn\rend, \u{FDCF} \u{FDF0} \u{FFFD} \u{1FFFD}";
    check_member("section", json!(kept), json!(kept), &[]);
}

#[test]
fn the_longest_values_are_whole() {
    let long = "a".repeat(MAX_TEXT);
    let (collection, problems) =
        read(json!({ "title": "A", "section": long }).to_string().as_bytes(), None).unwrap();
    assert!(collection.reviews[0].section.as_deref() == Some(&long) && problems.is_empty());
    check_member(
        "lang",
        json!("abcdefgh-abcdefgh-abcdefgh-abcdefgh"),
        json!("abcdefgh-abcdefgh-abcdefgh-abcdefgh"),
        &[],
    );
    for lang in ["abcdefgh-abcdefgh-abcdefgh-abcdefg-h", "en_GB", "englishes", "en--GB", "1en"] {
        let reported = format!("lang: expected a BCP 47 language tag such as en-GB, found \"{lang}\"");
        check_member("lang", json!(lang), Value::Null, &[&reported]);
    }
}

#[test]
fn a_list_may_have_as_many_entries_as_its_limit() {
    let most = |count: usize| json!(vec!["a"; count]);
    check_member("pros", most(MAX_ENTRIES), most(MAX_ENTRIES), &[]);
    let reported = format!("pros: expected at most {MAX_ENTRIES} entries; the rest is left out");
    check_member("pros", most(MAX_ENTRIES + 1), most(MAX_ENTRIES), &[&reported]);
    let linked = |count: usize| json!({ "@type": "Review", "name": "A", "keywords": "a, ".repeat(count) });
    check(&linked(MAX_ENTRIES), "/reviews/0/tags", most(MAX_ENTRIES), &[]);
    let reported = format!("keywords: expected at most {MAX_ENTRIES} entries; the rest is left out");
    check(&linked(MAX_ENTRIES + 1), "/reviews/0/tags", most(MAX_ENTRIES), &[&reported]);
    let links = |count: usize| Value::Array(vec![json!({ "title": "a" }); count]);
    check_member("links", links(50), links(50), &[]);
    check_member(
        "links",
        links(51),
        links(50),
        &["links: expected at most 50 entries; the rest is left out"],
    );
    let related = |count: usize| (0..count).map(|at| json!({ "title": at.to_string() })).collect::<Value>();
    check_member("related", related(50), related(50), &[]);
    let reported = "related: expected at most 50 entries; the rest is left out";
    check_member("related", related(51), related(50), &[reported]);
}

#[test]
fn entries_of_one_day_keep_their_order() {
    let entry = |date: &str, note: &str| json!({ "date": date, "note": note });
    check_member(
        "history",
        json!([entry("2015", "b"), entry("2015", "c"), { "note": "a" }, entry("2014", "z")]),
        json!([{ "note": "a" }, entry("2014", "z"), entry("2015", "b"), entry("2015", "c")]),
        &[],
    );
}

#[test]
fn creators_may_be_objects() {
    check_member(
        "work",
        json!({ "name": "W", "creators": [{ "name": "Ada" }, "Ben", { "name": 5 }, {}] }),
        json!({ "name": "W", "creators": ["Ada", "Ben", "5"] }),
        &["work.creators[3].name: expected text, found nothing"],
    );
}

#[test]
fn a_measure_comes_back_unless_it_is_too_long() {
    let measure = |bars: usize| json!({ "percent": 60, "count": 40, "own": 7, "bars": vec![4; bars] });
    check_member("measure", measure(11), measure(11), &[]);
    check_member("measure", measure(49), measure(49), &[]);
    check_member("measure", measure(50), Value::Null, &[]);
}

#[test]
fn a_clean_review_needs_no_repairs() {
    let is_clean = |json: &str| handover::plain(json.as_bytes(), BASE, false).unwrap().is_some();
    assert!(is_clean(r#"{ "title": "A", "body": "One.\n\nTwo.", "rating": 4 }"#));
    assert!(is_clean(r#"[{ "title": "A" }, null, { "title": "B" }]"#));
    assert!(!is_clean(r#"{ "title": "A", "body": "One &amp; two." }"#));
    assert!(!is_clean(r#"{ "title": "A &amp; B" }"#));
    assert!(!is_clean(r#"{ "title": "A", "rating": 6 }"#));
    assert!(!is_clean(r#"{ "title": "A", "link": "/a" }"#));
    assert!(!is_clean(r#"{ "@type": "Review", "name": "A" }"#));
    assert!(!is_clean("[]"));
}

#[test]
fn records_may_be_reviews_until_they_have_been_read() {
    let records = br#"{ "records": [{ "uri": "at://a", "value": { "$type": "a.b.c" } }], "cursor": "c" }"#;
    let base = Some("https://pds.example/list?repo=a");
    assert_eq!(handover::nothing(records, base, false), None);
    let nothing = handover::nothing(records, base, true).unwrap();
    assert_eq!(nothing.next_url.as_deref(), Some("https://pds.example/list?repo=a&cursor=c"));
    for is_read in [false, true] {
        assert_eq!(handover::nothing(br#"{ "title": "A", "value": 4 }"#, base, is_read), None);
        let empty = handover::nothing(br#"{ "title": "A", "reviews": [], "nextUrl": "/2" }"#, base, is_read);
        let empty = empty.map(|empty| (empty.title, empty.next_url));
        assert_eq!(empty, Some((Some("A".to_owned()), Some("https://pds.example/2".to_owned()))));
    }
}

#[test]
fn only_so_much_is_reported() {
    let wrong = Value::Array(vec![json!({ "title": "A", "rating": 6 }); 1001]);
    let (_, problems) = read(wrong.to_string().as_bytes(), None).unwrap();
    assert_eq!(problems.len(), 1000);
    assert!(problems.iter().all(|problem| !problem.is_unread_key()));
    let key = |number| (format!("key of the number {number}"), Value::Null);
    let keys: serde_json::Map<_, _> = (0..51).map(key).chain([("title".to_owned(), json!("A"))]).collect();
    let (_, problems) = read(Value::Object(keys).to_string().as_bytes(), None).unwrap();
    assert_eq!(problems.len(), 50);
    assert!(problems.iter().all(Problem::is_unread_key));
}

#[test]
fn an_attachment_has_the_picture_that_is_embedded() {
    let post = json!({ "title": { "rendered": "A" }, "source_url": "/a.png", "_embedded": { "wp:featuredmedia": [{ "source_url": "/b.png" }] } });
    check(&post, "/reviews/0/image/src", json!("https://blog.example/b.png"), &[]);
    let alone = json!({ "title": { "rendered": "A" }, "source_url": "/a.png" });
    check(&alone, "/reviews/0/image/src", json!("https://blog.example/a.png"), &[]);
}

// ---- JSON-LD

#[track_caller]
fn check_linked(members: Value, pointer: &str, expected: Value) {
    let mut review = json!({ "@type": "Review", "name": "A" });
    review.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    check(&review, &["/reviews/0", pointer].concat(), expected, &[]);
}

#[test]
fn the_first_member_that_has_a_value_counts() {
    check_linked(json!({ "reviewBody": "One", "text": "Two" }), "/body", json!(["One"]));
    check_linked(json!({ "reviewBody": [], "text": "Two" }), "/body", json!(["Two"]));
    check_linked(json!({ "reviewBody": "", "text": "Two" }), "/body", json!(["Two"]));
    check_linked(json!({ "reviewBody": ["One", "Two"], "text": "Three" }), "/body", json!(["One", "Two"]));
    check_linked(
        json!({ "reviewBody": "Long.", "description": "<p>One <b>two</b></p>" }),
        "/verdict",
        json!("One two"),
    );
}

#[test]
fn what_names_an_aspect_is_no_rating_of_the_whole() {
    let of_plot = json!({ "@type": "Rating", "ratingValue": 2, "reviewAspect": "Plot" });
    let whole = json!({ "@type": "Rating", "ratingValue": 4 });
    check_linked(json!({ "reviewRating": [of_plot, whole] }), "/rating/value", json!(4));
    check_linked(json!({ "reviewRating": of_plot }), "/rating", Value::Null);
    let part =
        json!({ "@type": "Review", "name": "On the plot", "reviewAspect": "Plot", "reviewRating": whole });
    check_linked(json!({ "associatedReview": part }), "/related", Value::Null);
    check_linked(json!({ "associatedReview": part }), "/aspects/0/name", json!("Plot"));
}

#[test]
fn a_scale_that_is_not_stated_begins_at_one() {
    let rating = |value: Value| json!({ "reviewRating": { "@type": "Rating", "ratingValue": value } });
    check_linked(rating(json!(1)), "/rating", json!({ "value": 1, "best": 5, "worst": 1 }));
    check_linked(rating(json!(0.5)), "/rating", json!({ "value": 0.5, "best": 5, "worst": 0 }));
}

#[test]
fn only_ten_digits_may_end_in_an_x() {
    let book = |isbn: &str| json!({ "itemReviewed": { "@type": "Book", "name": "B", "isbn": isbn } });
    let pages = json!(["https://openlibrary.org/isbn/080442957X"]);
    check_linked(book("0-8044-2957-x"), "/work/sameAs", pages);
    check_linked(
        book("978-0-306-40615-7"),
        "/work/sameAs",
        json!(["https://openlibrary.org/isbn/9780306406157"]),
    );
    check_linked(book("978030640615X"), "/work/sameAs", Value::Null);
}

#[test]
fn a_review_is_not_related_to_itself() {
    let again = json!({ "@type": "Review", "@id": "#a", "reviewBody": "Two" });
    let other = json!({ "@type": "Review", "@id": "#b", "name": "B" });
    check_linked(
        json!({ "@id": "#a", "associatedReview": [again, other] }),
        "/related",
        json!([{ "title": "B" }]),
    );
    let cited: Vec<_> =
        (0..51).map(|number| json!({ "@type": "Review", "name": number.to_string() })).collect();
    let first: Vec<_> = (0..50).map(|number| json!({ "title": number.to_string() })).collect();
    check_linked(json!({ "citation": cited }), "/related", Value::Array(first));
}

/// Checks the titles of the reviews in a graph.
#[track_caller]
fn check_titles(graph: Value, expected: &[&str]) {
    let read = survives(json!({ "@graph": graph }).to_string().as_bytes());
    let reviews = read.map(|(collection, _)| collection.reviews).unwrap_or_default();
    let titles: Vec<_> = reviews.iter().map(|review| &*review.title).collect();
    assert_eq!(titles, expected, "{graph}");
}

#[test]
fn reviews_are_found_by_their_type_or_their_place_or_their_members() {
    let a = json!({ "@type": "Review", "name": "A" });
    let b = json!({ "@type": "Review", "name": "B" });
    check_titles(json!([{ "@id": "#a", "name": "A", "reviewBody": "One" }]), &["A"]);
    check_titles(json!([{ "@type": "Movie", "name": "M", "review": { "name": "A" } }]), &["A"]);
    check_titles(json!([{ "@id": "#a", "name": "A" }]), &[]);
    // A reference to nothing.
    check_titles(
        json!([{ "@type": "Movie", "name": "M", "review": { "@type": "Review", "@id": "#x" } }]),
        &[],
    );
    // What a review mentions is not a review of its own, but what its publisher has is.
    check_titles(json!([{ "@type": "Review", "name": "A", "citation": b }]), &["A"]);
    check_titles(json!([{ "@type": "Article", "isBasedOn": a }, b]), &["A", "B"]);
    let publisher = json!({ "@type": "Organization", "name": "P", "review": b });
    check_titles(json!([{ "@type": "Review", "name": "A", "publisher": publisher }]), &["A", "B"]);
}

#[track_caller]
fn check_author(author: Value, rest: Value, expected: Value, reported: &[&str]) {
    let graph = json!({ "@graph": [{ "@type": "Review", "name": "A", "author": author }, rest] });
    check(&graph, "/reviews/0/author", expected, reported);
}

#[test]
fn a_reference_leads_to_what_is_said_elsewhere() {
    let ben = json!({ "@id": "#a", "@type": "Person", "name": "Ben" });
    check_author(json!({ "@id": "#a" }), ben.clone(), json!([{ "name": "Ben" }]), &[]);
    check_author(json!("#a"), ben.clone(), json!([{ "name": "Ben" }]), &[]);
    // What is said here comes first.
    check_author(
        json!({ "@id": "#a", "@type": "Person", "name": "Ada" }),
        ben,
        json!([{ "name": "Ada" }]),
        &[],
    );
    // Words are no reference.
    check_author(
        json!("Ada"),
        json!({ "@id": "Ada", "@type": "Person", "name": "Ben" }),
        json!([{ "name": "Ada" }]),
        &[],
    );
    // Nothing is said elsewhere.
    check_author(
        json!({ "@id": "#a" }),
        json!({ "@id": "#a", "@type": "Person" }),
        Value::Null,
        &["@graph[0].author.name: expected text, found nothing"],
    );
}

#[test]
fn a_thing_may_have_as_many_pieces_as_the_limit() {
    let piece = |number: usize| json!({ "@id": "#a", "keywords": format!("tag {number}") });
    let review = json!({ "@type": "Review", "@id": "#a", "name": "A" });
    let graph: Vec<_> = std::iter::once(review).chain((1..70).map(piece)).collect();
    let tags: Vec<_> = (1..64).map(|number| format!("tag {number}")).collect();
    check(&json!({ "@graph": graph }), "/reviews/0/tags", json!(tags), &[]);
}

//! What is beyond a limit is left out and reported.

use review_card::model::Body;
use review_card::read;
use review_card::read::{MAX_BODY, MAX_BYTES, MAX_PARSED, MAX_REVIEWS, MAX_SHARED, MAX_TEXT, ReadError};
use serde_json::{Value, json};

/// Checks that this is reported. Returns the number of reviews that were read.
#[track_caller]
fn check_limit(document: &Value, expected: &str) -> usize {
    let (collection, problems) = read(document.to_string().as_bytes(), None).unwrap();
    assert!(problems.iter().any(|problem| problem.to_string() == expected), "{:?}", problems.first());
    collection.reviews.len()
}

#[test]
fn limits_have_messages() {
    // Some words for each: of shorter reviews a document has no room for as many.
    let words = "a".repeat(200);
    let many = |item: Value| Value::Array(vec![item; MAX_REVIEWS + 1]);
    let reported = "expected at most 100000 reviews; the rest is left out";
    check_limit(&many(json!({ "title": "A", "_": words })), reported);
    check_limit(&many(json!({ "@type": "Review", "name": "A", "text": words })), reported);
    let version = "https://jsonfeed.org/version/1.1";
    let expected = format!("expected at most {MAX_BYTES} bytes, found {}", MAX_BYTES + 1);
    assert_eq!(read(&vec![b' '; MAX_BYTES + 1], None).unwrap_err(), ReadError::TooLarge(expected));
    check_limit(
        &json!({ "title": "a".repeat(MAX_TEXT + 1) }),
        "title: expected at most 65536 bytes of text; the rest is left out",
    );
    check_limit(
        &json!({ "@type": "Review", "name": "A", "reviewBody": "a".repeat(MAX_BODY + 1) }),
        "reviewBody: expected at most 2097152 bytes of text; the rest is left out",
    );
    // A long description is a body, and nothing of it is left out.
    let long = "a".repeat(MAX_TEXT + 1);
    let review = json!({ "@type": "Review", "name": "A", "description": long });
    let (collection, problems) = read(review.to_string().as_bytes(), None).unwrap();
    assert_eq!((&collection.reviews[0].body, problems), (&Body::Text(vec![long]), vec![]));
    // Reviews that share a long name: there is no end to such a thing.
    let long = "a".repeat(MAX_TEXT);
    // An author takes a little more than the name.
    let (most, count) = (MAX_SHARED / MAX_TEXT - 2, MAX_SHARED / MAX_TEXT + 10);
    // A long document has room for more than may be shared.
    let rest = "b".repeat(MAX_SHARED);
    let reported = format!(
        "expected at most {MAX_SHARED} bytes of data that reviews share, such as works and authors; the rest is left out"
    );
    let items = vec![json!({ "title": "A" }); count];
    check_limit(
        &json!({ "version": version, "items": items, "authors": [{ "name": long }], "_x": rest }),
        &format!("items[{most}]: {reported}"),
    );
    let reviews = vec![json!({ "@type": "Review", "name": "A", "author": { "@id": "#a" } }); count];
    let graph = json!({ "@graph": [{ "@id": "#a", "name": long, "x": null }, reviews], "x": rest });
    let read_reviews = check_limit(&graph, &format!("@graph[1][{}].author: {reported}", most + 1));
    assert_eq!(read_reviews, most + 2, "the review that exceeds the limit is the last");
    let review = vec![json!({ "@type": "Review" }); count];
    let product = json!({ "@type": "Product", "name": long, "review": review });
    check_limit(&json!([{ "@graph": [], "x": rest }, product]), &format!("[1]: {reported}"));
    // A short one has none.
    let room =
        "expected less data for a document of this size; the rest of its reviews and entries is left out";
    let review = vec![json!({ "@type": "Review" }); 2000];
    check_limit(&json!({ "@type": "Product", "name": long, "review": review }), room);
    let reviews = vec![json!({ "title": "A", "author": vec!["b"; 500] }); 500];
    let (_, problems) = read(Value::Array(reviews).to_string().as_bytes(), None).unwrap();
    assert!(problems.iter().any(|problem| problem.message == room), "{:?}", problems.first());
}

#[test]
fn short_texts_lose_their_tags_without_a_parser_once_much_html_was_parsed() {
    let parsed = "a <b>b</b> &hearts;";
    let items = MAX_PARSED / 250;
    let item = json!({ "title": parsed, "summary": "<i>c</i> [spoiler]d[/spoiler]" });
    let mut all = vec![item; items];
    all[items - 2]["summary"] = json!("<i>c</i> <p CLASS=SPOILER>d</p>");
    let feed = json!({ "version": "https://jsonfeed.org/version/1.1", "items": all });
    let (collection, problems) = read(feed.to_string().as_bytes(), None).unwrap();
    let short = |index: usize| {
        let review = &collection.reviews[index];
        (review.title.clone(), review.verdict.clone())
    };
    assert_eq!(collection.reviews.len(), items);
    assert_eq!(short(0), ("a b ♥".to_owned(), Some("c".to_owned())));
    // What may have spoilers is left out.
    assert_eq!(short(items - 1), ("a b &hearts;".to_owned(), None));
    assert_eq!(short(items - 2), ("a b &hearts;".to_owned(), None));
    let reported = format!(
        "expected at most {MAX_PARSED} bytes of HTML in titles and other short texts; the rest loses its tags"
    );
    assert!(problems.iter().any(|problem| problem.message == reported), "{:?}", problems.first());
}

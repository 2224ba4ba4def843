use super::{Found, MAX_REVIEW, Stream, envelope, envelope_with_items};
use crate::read::element::is_alone;

fn found(document: &str, size: usize) -> Vec<Found> {
    let mut found = Vec::new();
    let mut take = |part| {
        found.push(part);
        true
    };
    let mut stream = Stream::new(is_alone).with_feeds();
    for piece in document.as_bytes().chunks(size) {
        assert!(stream.push(piece, &mut take));
    }
    stream.finish(&mut take);
    found
}

/// Checks the parts found, for several chunk sizes.
#[track_caller]
fn check(document: &str, expected: &[&str]) {
    for size in [1, 2, 3, 7, 8192] {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let reported = |part| match part {
            Found::Document(json) => text(json),
            Found::Element { json, place, .. } => format!("{place} {}", text(json)),
            Found::TooLong { place, length } => format!("{place} {length}"),
            Found::Fault(problem) => problem.to_string(),
            Found::Envelope(json) => format!("around {}", text(json)),
        };
        let found: Vec<String> = found(document, size).into_iter().map(reported).collect();
        assert_eq!(found, expected, "in pieces of {size}: {document}");
    }
}

#[test]
fn arrays_are_streamed() {
    check(
        "[{\"a\": [1, 2]} , {\"b\": \"]}\\\"\"}\n]",
        &["[0] {\"a\": [1, 2]}", "[1] {\"b\": \"]}\\\"\"}", "around []"],
    );
    check("[{},\"x\",null,4]", &["[0] {}", "[1] \"x\"", "[2] null", "[3] 4", "around []"]);
    check("[{}, 4 , null\n]", &["[0] {}", "[1] 4", "[2] null", "around []"]);
    check("[{\"a\": \"b\\nc\"}, {d\\}, {}]", &["[0] {\"a\": \"b\\nc\"}", "[1] {d\\}", "[2] {}", "around []"]);
}

#[test]
fn elements_know_their_line() {
    let lines = found("\n[{\n},\n\n{}, {}\n]", 2).into_iter().filter_map(|part| match part {
        Found::Element { line, .. } => Some(line),
        _ => None,
    });
    assert_eq!(lines.collect::<Vec<_>>(), [2, 5, 5]);
}

#[test]
fn the_array_of_a_collection_is_streamed() {
    check(
        "{ \"title\": \"x, y\", \"n\": [{}], \"reviews\": [{}, {}], \"nextUrl\": null }",
        &[
            "reviews[0] {}",
            "reviews[1] {}",
            "around { \"title\": \"x, y\", \"n\": [{}], \"reviews\": [], \"nextUrl\": null }",
        ],
    );
    check("{\"reviews\":[]}", &["around {\"reviews\":[]}"]);
}

#[test]
fn the_items_of_a_feed_are_streamed() {
    check(
        "{ \"version\": \"x\", \"items\": [{}, {}], \"language\": \"fr\" }",
        &["items[0] {}", "items[1] {}", "around { \"version\": \"x\", \"items\": [], \"language\": \"fr\" }"],
    );
    let reviews = "{\"items\": 4, \"reviews\": [{}]}";
    check(reviews, &[reviews]);
    let mut whole = Vec::new();
    let mut without = Stream::new(is_alone);
    without.push(b"{\"items\": [{}]}", &mut |_| panic!("nothing yet"));
    without.finish(&mut |found| {
        whole.push(found);
        true
    });
    assert_eq!(whole, [Found::Document(b"{\"items\": [{}]}".to_vec())]);
}

#[test]
fn comments_and_commas_part_elements() {
    check(
        "[{\"a\": 1 /* ] */}, // \"[\n{}, /* last */ {}, /* none */]",
        &[
            "[0] {\"a\": 1 /* ] */}",
            "[1] // \"[\n{}",
            "[2] /* last */ {}",
            "expected only JSON, found a comment at line 2: it was ignored; remove it",
            "expected only JSON, found a comma before a closing bracket at line 2: it was ignored; remove it",
            "around []",
        ],
    );
    check("/* a */ [{}]", &["/* a */ [{}]"]);
    check("[{}]\n<!-- a -->", &["[0] {}", "around []\n<!-- a -->"]);
}

#[test]
fn faults_between_elements_are_reported_once() {
    let ignored = |found: &str| format!("expected only JSON, found {found}: it was ignored; remove it");
    let comma = "expected a comma between two reviews, found none at line 2: type it".to_owned();
    let fault_of = |part: &Found| match part {
        Found::Fault(problem) => Some(problem.to_string()),
        _ => None,
    };
    for (document, elements, expected) in [
        ("\u{feff}[{}]", 1, vec![ignored("a byte order mark at the start")]),
        ("[{}\n,\n]", 1, vec![ignored("a comma before a closing bracket at line 2")]),
        ("[\n{},,\n{}]", 2, vec![ignored("a comma with nothing before it at line 2")]),
        ("[{}\n// none\n]", 1, vec![ignored("a comment at line 2")]),
        ("{\"reviews\": [{}\n{} {}{}]}", 4, vec![comma]),
        ("{\"reviews\": [,]}", 0, vec![ignored("a comma with nothing before it at line 1")]),
        ("[]", 0, vec![]),
        ("[{}, {}]", 2, vec![]),
    ] {
        for size in [1, 2, 8192] {
            let parts = found(document, size);
            let faults: Vec<_> = parts.iter().filter_map(fault_of).collect();
            assert_eq!(faults, expected, "{document}");
            let elements_found = parts.iter().filter(|part| matches!(part, Found::Element { .. })).count();
            assert_eq!(elements_found, elements, "{document}");
        }
    }
    assert_eq!(found("\u{feff}{}", 1).len(), 2, "a document as a whole keeps the report of its mark");
    assert_eq!(found("\u{ff01}{}", 1).len(), 1, "another character begins like a mark");
}

#[test]
fn other_formats_are_whole() {
    for document in [
        "{ \"title\": \"Alien\" }",
        "{\"@context\": \"x\", \"reviews\": [{}]}",
        "{\"reviews\": {}}",
        "{\"a\" 1}",
        "{",
        "[]",
        "[[{}]]",
        "[{\"@type\": \"Review\"}, {}]",
        "\"text\"",
        "<!doctype html>",
        "",
    ] {
        check(document, &[document]);
    }
}

#[test]
fn a_bad_end_costs_no_review() {
    check("[{}, {\"a\": \"cut", &["[0] {}", "[1] {\"a\": \"cut", "around ["]);
    check("[{\"a\": \"cut", &["[0] {\"a\": \"cut", "around ["]);
    check("{\"reviews\":[{}]} {}", &["reviews[0] {}", "around {\"reviews\":[]} {}"]);
}

#[test]
fn enough_is_enough() {
    let mut stream = Stream::new(|_| true);
    let mut found = 0;
    let mut take = |_| {
        found += 1;
        found < 2
    };
    assert!(!stream.push(b"[{},{},{},{}", &mut take));
    assert!(!stream.push(b",{}]", &mut take));
    stream.finish(&mut take);
    assert_eq!(found, 2);
}

/// Returns what is found of an array with one text of this length in bytes, as its place and whether it is too long.
fn found_of_length(length: usize) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let mut take = |part| {
        match part {
            Found::Element { json, place, .. } => found.push((format!("{place} of {}", json.len()), false)),
            Found::TooLong { place, length } => found.push((format!("{place} of {length}"), true)),
            Found::Document(_) | Found::Fault(_) | Found::Envelope(_) => {}
        }
        true
    };
    let mut stream = Stream::new(|_| true);
    stream.push(b"{\"reviews\": [\"", &mut take);
    stream.push(&vec![b'a'; length - 2], &mut take);
    stream.push(b"\", {}]}", &mut take);
    stream.finish(&mut take);
    found
}

#[test]
fn an_element_that_is_too_long_is_left_out() {
    let rest = ("reviews[1] of 2".to_owned(), false);
    for (length, is_too_long) in [(MAX_REVIEW, false), (MAX_REVIEW + 1, true)] {
        let first = (format!("reviews[0] of {length}"), is_too_long);
        assert_eq!(found_of_length(length), [first, rest.clone()]);
    }
}

#[test]
fn what_has_arrived_of_a_document_is_known() {
    let mut stream = Stream::new(is_alone);
    let mut take = |_| true;
    stream.push(b"{\"title\": \"A\", \"reviews\": ", &mut take);
    assert_eq!((stream.array(), stream.head()), (None, &b"{\"title\": \"A\", \"reviews\": "[..]));
    stream.push(b"[{}, {", &mut take);
    assert_eq!((stream.array(), stream.head()), (Some("reviews"), &b"{\"title\": \"A\", \"reviews\": ["[..]));
    stream.push(b"}], \"n\": 1", &mut take);
    let head = &b"{\"title\": \"A\", \"reviews\": [], \"n\": 1"[..];
    assert_eq!((stream.array(), stream.head()), (Some("reviews"), head));
    let mut list = Stream::new(is_alone);
    list.push(b"[{}", &mut take);
    assert_eq!((list.array(), list.head()), (Some(""), &b"["[..]));
}

#[test]
fn the_envelope_is_read() {
    let (collection, problems) = envelope(
        br#"{ "title": "Second Viewing", "reviews": [], "nextUrl": "2.json" }"#,
        Some("https://blog.example/1.json"),
    )
    .unwrap();
    assert_eq!(collection.title.as_deref(), Some("Second Viewing"));
    assert_eq!(collection.next_url.as_deref(), Some("https://blog.example/2.json"));
    assert_eq!(problems, []);
}

#[test]
fn a_feed_of_a_known_service_is_known_by_its_first_item() {
    let feed = |authors: &str, first: &[u8]| {
        let version = r#""version": "https://jsonfeed.org/version/1.1""#;
        let json = format!(r#"{{ {version}, "title": "T", "authors": {authors}, "items": [] }}"#);
        envelope_with_items(json.as_bytes(), first, None).map(|(_, problems)| problems)
    };
    let item = br#"{ "title": "A", "isoDate": "2024-06-30" }"#;
    for authors in ["[]", "null"] {
        let error = feed(authors, item).unwrap_err().to_string();
        assert!(error.contains("rss-parser"), "{error}");
        assert_eq!(feed(authors, br#"{ "title": "A" }"#), Ok(Vec::new()));
    }
    let (_, problems) = envelope_with_items(b"{ \"items\": [", item, None).unwrap();
    assert!(problems[0].message.starts_with("around the items: "), "{problems:?}");
}

#[track_caller]
fn check_error(envelope_json: &str, expected: &str) {
    let error = envelope(envelope_json.as_bytes(), None).unwrap_err();
    assert_eq!((error.kind(), error.to_string().as_str()), ("not-json", expected));
}

#[test]
fn a_bad_end_is_told() {
    check_error(
        "[",
        "around the reviews: expected JSON, found the end of the document in place of a value at line 1 column 2: the document is cut off; type what is missing, or upload the whole file again",
    );
    check_error(
        "{\"reviews\":[]} {}",
        "around the reviews: expected JSON, found \"{\" after the end of the document at line 1 column 16: put several documents into one array, [ … ], with commas between them",
    );
}

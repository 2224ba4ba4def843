use super::length::MAX_DOCUMENT;
use super::{Archive, Ended, MAX_WHOLE, Read};
use crate::model::Body;
use crate::read::ReadError;

fn archive(files: &[&str]) -> Archive {
    let mut archive = Archive::default();
    for (number, file) in files.iter().enumerate() {
        archive.begin(Some(format!("https://blog.example/{number}.json")));
        for piece in file.as_bytes().chunks(5) {
            archive.push(piece);
        }
        assert!(matches!(archive.end(), Ok(Ended::Read(..))));
    }
    archive
}

/// Returns the titles in order, and the reported problems.
fn read(archive: &mut Archive) -> (Vec<String>, Vec<String>) {
    while archive.read_next() {}
    let titles = archive.reviews().iter().map(|review| review.title.clone()).collect();
    (titles, archive.new_problems().iter().map(ToString::to_string).collect())
}

#[test]
fn a_bad_review_costs_that_review() {
    let mut archive = archive(&[r#"{ "reviews": [{ "title": "A" }, 5, null, { "title": "B" }, { x }] }"#]);
    assert_eq!(archive.len(), 5);
    let (titles, problems) = read(&mut archive);
    assert_eq!(titles, ["A", "B"]);
    assert_eq!(
        problems,
        [
            "reviews[1]: expected a review (an object with a title), found 5",
            "reviews[4]: expected JSON, found \"x\" in place of a key in double quotes at line 1: put double quotes around keys",
        ]
    );
    assert!(archive.new_problems().is_empty());
}

#[test]
fn any_review_can_be_read_first() {
    let mut archive = archive(&[r#"[{ "title": "A" }, { "title": "B", "url": "b" }]"#]);
    assert!(!archive.is_empty() && archive.peek(1).is_none());
    let Read::Review(review) = archive.at(1) else { panic!("expected a review") };
    assert_eq!(review.url.as_deref(), Some("https://blog.example/b"));
    assert!(archive.read_next());
    for (at, title) in [(0, "A"), (1, "B")] {
        assert!(matches!(archive.at(at), Read::Review(review) if review.title == title));
        assert_eq!(archive.peek(at).map(|review| review.title.as_str()), Some(title));
    }
    assert_eq!(read(&mut archive).0, ["A", "B"]);
    assert!(matches!(archive.at(2), Read::Nothing));
}

#[test]
fn what_an_earlier_file_had_is_left_out() {
    let first = r#"{ "title": "Shelf", "aggregateRating": { "rating": 4, "count": 9 }, "reviews": [{ "title": "A", "url": "/a" }, { "title": "B" }] }"#;
    let second = r#"{ "reviews": [{ "title": "B" }, { "title": "C", "id": "b" }, { "title": "D" }] }"#;
    let mut archive = archive(&[first, second]);
    assert_eq!(archive.title(), Some("Shelf"));
    assert_eq!(archive.aggregate().and_then(|aggregate| aggregate.count), Some(9));
    let (titles, problems) = read(&mut archive);
    assert_eq!(titles, ["A", "B", "C", "D"]);
    assert_eq!(
        problems,
        [r#"reviews[0]: expected a review of its own, found "b" of an earlier file once more"#]
    );
    assert_eq!(archive.find("https://blog.example/a"), Some(0));
    assert_eq!(archive.find("b"), Some(1));
    assert_eq!(archive.find("b-2"), Some(2));
    assert_eq!(archive.find("e"), None);
}

#[test]
fn one_id_twice_in_a_file_is_two_reviews() {
    let mut archive =
        archive(&[r#"[{ "title": "A" }, { "title": "A" }, { "title": "A-2" }, { "title": "A" }]"#]);
    assert_eq!(read(&mut archive).0.len(), 4);
    assert_eq!(["a", "a-2", "a-2-2", "a-3"].map(|id| archive.find(id)), [Some(0), Some(1), Some(2), Some(3)]);
}

#[test]
fn what_is_to_be_converted_holds_up_what_follows() {
    let mut archive =
        archive(&[r#"[{ "title": "A" }, { "title": { "rendered": "B" }, "date": 5 }, { "title": "C" }]"#]);
    assert!(archive.read_next());
    assert!(!archive.read_next());
    assert!(matches!(archive.at(1), Read::Foreign));
    let (json, base) = archive.foreign(1).unwrap();
    let converted = crate::read::handover::convert(json, base).unwrap().to_string();
    archive.put_element(1, Ok(converted.as_bytes()));
    let (titles, problems) = read(&mut archive);
    assert_eq!(titles, ["A", "B", "C"]);
    assert_eq!(problems, ["[1].date: expected an ISO 8601 date such as 2024-06-30, found 5"]);
}

#[test]
fn other_formats_are_converted_as_a_whole() {
    let mut archive = Archive::default();
    archive.begin(None);
    let feed = br#"{ "version": "https://jsonfeed.org/version/1.1", "items": [{ "id": "1", "title": "A" }],
        "next_url": "https://blog.example/2" }"#;
    archive.push(feed);
    let Ok(Ended::Foreign(json)) = archive.end() else { panic!("expected a foreign file") };
    assert_eq!(json, feed);
    put(&mut archive, &json);
    assert_eq!(read(&mut archive).0, ["A"]);
}

/// Converts a file and pushes it again, as a page does.
fn put(archive: &mut Archive, json: &[u8]) {
    let base = Some("https://blog.example/1.json");
    let mut conversion = crate::read::conversion::Conversion::new(json, base).unwrap();
    while conversion.step() {}
    archive.begin_converted();
    conversion.finish().unwrap().as_bytes().chunks(7).for_each(|bytes| archive.push(bytes));
    assert_eq!(archive.end(), Ok(Ended::Read(Some("https://blog.example/2".to_owned()))));
}

#[test]
fn a_long_file_of_another_format_is_converted_without_reading_it_as_a_whole() {
    let item =
        format!(r#"{{ "title": "A &amp;amp; B", "content_text": "{}", "x": 1 }}"#, "a".repeat(MAX_WHOLE / 2));
    let feed = format!(
        r#"{{ "version": "https://jsonfeed.org/version/1.1", "title": "Shelf", "items": [{item}, {item}, {{}}],
            "next_url": "/2" }}"#
    );
    let mut archive = Archive::default();
    archive.begin(Some("https://blog.example/1.json".to_owned()));
    archive.push(feed.as_bytes());
    assert_eq!(archive.end(), Ok(Ended::Foreign(feed.clone().into())));
    put(&mut archive, feed.as_bytes());
    assert_eq!((archive.title(), archive.len()), (Some("Shelf"), 2));
    let (titles, problems) = read(&mut archive);
    assert_eq!(titles, ["A & B", "A & B"]);
    assert_eq!(
        problems,
        [
            "items[2].title: expected text, found nothing",
            "items[0].x: expected a known key, found an unknown one (and in 1 other places)",
        ]
    );
    // Without the limit, a document that is no JSON would be an error here and not in the conversion.
    let broken = format!("<{}", "a".repeat(MAX_WHOLE));
    archive.begin(None);
    archive.push(broken.as_bytes());
    assert_eq!(archive.end(), Ok(Ended::Foreign(broken.into())));
}

#[test]
fn what_cannot_be_read_review_by_review_has_a_limit() {
    let filler = "a".repeat(MAX_DOCUMENT);
    let end = |file: &str| {
        let mut archive = Archive::default();
        archive.begin(None);
        archive.push(file.as_bytes());
        (archive.end(), read(&mut archive).0)
    };
    let feed = r#"{ "version": "https://jsonfeed.org/version/1.1", "items": [{ "title": ""#;
    let feed = [feed, &filler, "\" }] }"].concat();
    let message = [
        "expected at most 8388608 bytes, found ",
        &feed.len().to_string(),
        ": a list reads longer files only in the plain format; convert this one, or split it",
    ];
    assert_eq!(end(&feed), (Err(ReadError::TooLarge(message.concat())), vec![]));
    // The reviews that came before are kept.
    let (ended, titles) = end(&format!(r#"{{ "reviews": [{{ "title": "A" }}], "x": "{filler}" }}"#));
    assert_eq!(ended.map_err(|error| error.kind()), Err("too-large"));
    assert_eq!(titles, ["A"]);
    // A single review may be longer.
    let (ended, titles) = end(&format!(r#"[{{ "title": "A", "x": "{filler}" }}, {{ "title": "B" }}]"#));
    assert_eq!((ended, titles), (Ok(Ended::Read(None)), vec!["A".to_owned(), "B".to_owned()]));
}

#[test]
fn addresses_in_the_html_of_a_post_are_relative_to_its_file() {
    let mut archive =
        archive(&[r#"[{ "title": { "rendered": "A" }, "content": { "rendered": "<a href=b>b</a>" } }]"#]);
    let (json, base) = match archive.at(0) {
        Read::Foreign => archive.foreign(0).unwrap(),
        _ => panic!("expected a post"),
    };
    let converted = crate::read::handover::convert(json, base).unwrap().to_string();
    archive.put_element(0, Ok(converted.as_bytes()));
    let Read::Review(review) = archive.at(0) else { panic!("expected a review") };
    let Body::Html { base, .. } = &review.body else { panic!("expected HTML") };
    assert_eq!(base.as_deref(), Some("https://blog.example/0.json"));
}

#[test]
fn an_unknown_key_is_reported_once() {
    let mut archive = archive(&[
        r#"[{ "title": "A", "x": 1, "work": { "name": "B", "y": 1 } }, { "title": "B", "x": 2 }]"#,
    ]);
    let (_, problems) = read(&mut archive);
    assert_eq!(
        problems,
        [
            "[0].x: expected a known key, found an unknown one",
            "[0].work.y: expected a known key, found an unknown one",
        ]
    );
}

#[test]
fn a_file_of_none_is_no_error() {
    for none in ["[]", " [ ] ", r#"{ "reviews": [] }"#] {
        assert!(archive(&[none]).is_empty());
    }
    let end = |file: &str| {
        let mut archive = Archive::default();
        archive.begin(None);
        archive.push(file.as_bytes());
        archive.end()
    };
    for error in ["", "<html>"] {
        assert_eq!(end(error).unwrap_err().kind(), "not-json", "{error}");
    }
    // The reader decides why there is no review in these.
    for unclean in ["{}", "4", "{ 'a': 1 }"] {
        assert_eq!(end(unclean), Ok(Ended::Foreign(unclean.into())));
        assert!(crate::read::handover::convert(unclean.as_bytes(), None).is_err());
    }
}

#[test]
fn a_file_can_be_tried_again() {
    let file = br#"[{ "title": "A" }, { "title": "B" }, { "title": "C" }]"#;
    let mut archive = Archive::default();
    archive.begin(None);
    archive.push(&file[..40]);
    archive.begin_again();
    archive.push(file);
    assert_eq!(archive.end(), Ok(Ended::Read(None)));
    assert_eq!(read(&mut archive), (["A", "B", "C"].map(Into::into).into(), vec![]));
}

#[test]
fn a_file_that_is_cut_off_is_an_error_and_leaves_what_came() {
    let file = br#"{ "reviews": [{ "title": "A" }, { "title": "B" }], "nextUrl": "https://blog.example/2" }"#;
    for cut in [35, 45, 50, 60] {
        let mut archive = Archive::default();
        archive.begin(None);
        archive.push(&file[..cut]);
        assert_eq!(archive.end().map_err(|error| error.kind()), Err("not-json"), "{cut}");
        let titles = ["A", "B"].map(String::from);
        let came = if cut < 50 { 1 } else { 2 };
        assert_eq!(read(&mut archive), (titles[..came].to_vec(), vec![]), "{cut}");
        archive.begin_again();
        archive.push(file);
        assert_eq!(archive.end(), Ok(Ended::Read(Some("https://blog.example/2".to_owned()))));
        assert_eq!(read(&mut archive), (titles.to_vec(), vec![]), "{cut}");
    }
}

#[test]
fn a_fault_is_reported_once_if_the_file_begins_again() {
    let file = br#"[{ "title": "A" },, { "title": "B" }]"#;
    let mut archive = Archive::default();
    archive.begin(None);
    archive.push(&file[..25]);
    assert!(archive.end().is_err());
    archive.begin_again();
    archive.push(file);
    assert_eq!(archive.end(), Ok(Ended::Read(None)));
    let (titles, problems) = read(&mut archive);
    assert_eq!(titles, ["A", "B"]);
    assert!(
        matches!(&problems[..], [one] if one.contains("a comma with nothing before it at line 1")),
        "{problems:?}"
    );
}

#[test]
fn what_goes_on_after_its_end_is_an_error() {
    let mut archive = Archive::default();
    archive.begin(None);
    archive.push(br#"{ "reviews": [{ "title": "A" }] } <script></script>"#);
    assert_eq!(archive.end().map_err(|error| error.kind()), Err("not-json"));
    assert_eq!(read(&mut archive).0, ["A"]);
}

#[test]
fn one_title_in_two_files_is_two_reviews_unless_they_say_the_same() {
    let first =
        r#"[{ "title": "Alien", "work": { "name": "Alien", "year": 1979 }, "bodyHtml": "<p>A</p>" }]"#;
    let same = r#"[{ "title": "Alien", "bodyHtml": "<p>A</p>", "work": { "name": "Alien", "year": 1979 } }]"#;
    assert_eq!(read(&mut archive(&[first, same])).0, ["Alien"]);
    for other in [
        r#""work": { "name": "Alien", "year": 2005 }, "bodyHtml": "<p>A</p>""#,
        r#""work": { "name": "Alien", "year": 1979 }, "bodyHtml": "<p>B</p>""#,
        r#""work": { "name": "Alien", "year": 1979 }, "bodyHtml": "<p>A</p>", "rating": 4"#,
        r#""work": { "name": "Alien", "year": 1979 }, "bodyHtml": "<p>A</p>", "author": "B""#,
        r#""work": { "name": "Alien", "year": 1979 }, "bodyHtml": "<p>A</p>", "verdict": "B""#,
        r#""work": { "name": "Alien", "year": 1979 }, "bodyHtml": "<p>A</p>", "published": "2005-05-05""#,
    ] {
        let other = format!(r#"[{{ "title": "Alien", {other} }}]"#);
        let (titles, problems) = read(&mut archive(&[first, &other]));
        assert_eq!((titles.len(), problems), (2, vec![]), "{other}");
    }
    let given =
        [r#"[{ "id": "7", "title": "A", "rating": 4 }]"#, r#"[{ "id": "7", "title": "A", "rating": 5 }]"#];
    assert_eq!(read(&mut archive(&given)).0, ["A"], "an id that was given is enough");
}

#[test]
fn an_empty_collection_of_another_format_is_no_error() {
    let feed =
        br#"{ "version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [], "next_url": "2" }"#;
    let mut archive = Archive::default();
    archive.begin(Some("https://blog.example/1".to_owned()));
    archive.push(feed);
    let next = Some("https://blog.example/2".to_owned());
    assert_eq!(archive.end(), Ok(Ended::Read(next)));
    assert_eq!(crate::read::handover::convert(feed, None).unwrap_err().kind(), "no-review");
    assert_eq!((archive.len(), archive.title()), (0, Some("x")));
    for (json, is_empty) in [
        (r#"{ "@context": "https://schema.org", "@graph": [] }"#, true),
        (r#"{ "@type": "Product", "name": "A", "review": [] }"#, true),
        (r#"[{ "@type": "Product", "name": "A", "review": [] }]"#, true),
        (r#"{ "@type": "Article", "name": "A" }"#, false),
        (r#"{ "items": [5] }"#, false),
        (r#"[{ "taxonomy": "category" }]"#, false),
    ] {
        assert_eq!(archive.put_nothing(json.as_bytes()).is_some(), is_empty, "{json}");
    }
}

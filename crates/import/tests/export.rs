//! Tests that an export can be imported again without loss.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use review_card::model::{Body, Review};
use review_card::rich_text;
use review_card_import::export::{json_feed, letterboxd, markdown};
use review_card_import::{Import, Input, Options, import_all, import_bytes};

fn case(name: &str) -> Import {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name).join("input");
    import_all(&mut [Input::from_path(&path).unwrap()], &Options::default()).unwrap()
}

const CASES: [&str; 8] = [
    "letterboxd-export-and-feed-are-one-diary",
    "goodreads-with-private-notes-and-numbers-kept-from-excel",
    "bookwyrm-shelves-warnings-and-titles",
    "trakt-ratings-comments-and-plays-are-joined",
    "wordpress-export-without-what-is-private",
    "a-folder-of-markdown-from-five-generators",
    "pages-with-json-ld-or-microformats",
    "storygraph-readings-and-its-own-ids",
];

/// Returns the review with its HTML as a card shows it, so that white space and the notation of tags do not matter.
fn shown(review: &Review) -> Review {
    let body = match &review.body {
        Body::Html { html, .. } => Body::Html {
            html: rich_text::to_html(&rich_text::parse(html, None)).replace('\n', ""),
            base: None,
        },
        other => other.clone(),
    };
    Review { body, ..review.clone() }
}

#[test]
fn markdown_is_read_again() {
    for name in CASES {
        for review in case(name).collection.reviews {
            let text = markdown(&review);
            let again = import_bytes("post.md", text.as_bytes(), &Options::default()).unwrap();
            assert_eq!(again.report.problems, [], "{text}");
            assert_eq!(shown(again.collection.reviews.first().unwrap()), shown(&review), "{text}");
        }
    }
}

#[test]
fn paragraphs_with_signs_of_markdown_are_read_again() {
    for text in [
        "# no heading",
        "1. no list",
        "- nor this",
        "*a* _b_ `c` [d](e) <b>f</b> & ~~g~~",
        "a\nb",
        "> no quote",
        "{{< x >}} {% y %}",
        "+ z",
        "a | b",
        "\\",
        "--- x",
        "=== y",
    ] {
        let review = Review {
            id: "a".into(),
            title: "A".into(),
            body: Body::Text(text.split("\n\n").map(Into::into).collect()),
            ..Review::default()
        };
        let file = markdown(&review);
        let again = import_bytes("post.md", file.as_bytes(), &Options::default()).unwrap();
        assert_eq!(again.collection.reviews, [Rc::new(review)], "{file}");
    }
}

#[test]
fn a_feed_is_read_again() {
    for name in CASES {
        let collection = case(name).collection;
        let feed = json_feed(&collection);
        let (again, problems) = review_card::read(feed.as_bytes(), None).unwrap();
        assert_eq!(problems, [], "{feed}");
        let [again, before] = [&again, &collection]
            .map(|collection| collection.reviews.iter().map(|review| shown(review)).collect::<Vec<_>>());
        assert_eq!(again, before);
    }
}

/// Returns the rows of a table by film and day, each with rating, rewatch, review and tags.
fn rows(table: &str, [name, day]: [&str; 2]) -> BTreeMap<[String; 3], [String; 4]> {
    let mut rows = BTreeMap::new();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().unwrap().clone();
    for row in reader.records() {
        let row = row.unwrap();
        let get = |column: &str| {
            let place = header.iter().position(|name| name == column);
            place
                .and_then(|place| row.get(place))
                .unwrap_or_default()
                .replace("\r\n", "\n")
                .replace("<br/>", "\n")
        };
        let rewatch = matches!(get("Rewatch").as_str(), "Yes" | "true").to_string();
        rows.insert([get(name), get("Year"), get(day)], [get("Rating"), rewatch, get("Review"), get("Tags")]);
    }
    rows
}

/// Tests that the export for Letterboxd equals Letterboxd's own export, field by field.
#[test]
fn letterboxd_gets_back_what_it_gave() {
    let export =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/letterboxd-there-and-back/input/export.zip");
    let import = import_all(&mut [Input::from_path(&export).unwrap()], &Options::default()).unwrap();
    let table = letterboxd(&import.collection);
    assert_eq!(table.problems, [""; 0]);
    let read = |name: &str| std::fs::read_to_string(export.join(name)).unwrap();
    let mut expected = rows(&read("diary.csv"), ["Name", "Watched Date"]);
    expected.extend(rows(&read("reviews.csv"), ["Name", "Watched Date"]));
    for (film, row) in rows(&read("ratings.csv"), ["Name", "none"]) {
        // A film with a viewing has its rating in the viewing's row.
        if !expected.keys().any(|known| known[..2] == film[..2]) {
            expected.insert(film, row);
        }
    }
    assert_eq!(rows(&table.csv, ["Title", "WatchedDate"]), expected);
    let again = import_bytes("table.csv", table.csv.as_bytes(), &Options::default()).unwrap();
    assert_eq!(letterboxd(&again.collection), table);
}

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

const CASES: [&str; 14] = [
    "calibre-comments-are-the-publishers-not-a-review",
    "ghost-export-without-what-is-private",
    "imdb-types-of-then-and-now",
    "letterboxd-tables-whose-last-columns-are-swapped",
    "rss-and-atom-feeds-of-blogs",
    "substack-export-without-what-is-private",
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

/// Twenty entries with everything that Letterboxd lets people write.
#[test]
fn letterboxd_gets_back_each_entry() {
    let case = "letterboxd-tables-whose-last-columns-are-swapped";
    let table = letterboxd(&self::case(case).collection);
    assert_eq!(table.problems, [""; 0]);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(case).join("input/reviews.csv");
    let given = std::fs::read_to_string(path).unwrap();
    let entries = |table: &str, names: [&str; 2]| {
        // Two entries on one day stay apart by their words.
        let mut entries = Vec::new();
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let header = reader.headers().unwrap().clone();
        for row in reader.records() {
            let mut one = csv::Writer::from_writer(Vec::new());
            one.write_record(&header).unwrap();
            one.write_record(&row.unwrap()).unwrap();
            let one = String::from_utf8(one.into_inner().unwrap()).unwrap();
            entries.extend(rows(&one, names));
        }
        entries.sort();
        entries
    };
    let (given, back) =
        (entries(&given, ["Name", "Watched Date"]), entries(&table.csv, ["Title", "WatchedDate"]));
    assert_eq!((given.len(), back.len()), (20, 20));
    assert_eq!(back, given);
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

/// A small generator of random numbers (xorshift), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }

    fn one_of<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of.get(self.below(of.len())).copied().unwrap_or_default()
    }
}

const TEXTS: [&str; 9] = [
    "",
    "Plain & simple, 1 < 2.",
    "Two\n\nparagraphs, and\na line.",
    "All <i>faces</i>, <b>no</b> words.",
    "<blockquote>\"Light is work.\"</blockquote>\n\nSo it <em>is</em>.",
    "See <a href=\"https://blog.example/x\">this</a> &amp; that.",
    "<strong>Long.</strong>\n\nVery long.",
    "Tom & Jerry &hellip; <i>1 < 2</i> &lt;3 <3 &amp;amp;",
    "He [spoiler]dies[/spoiler], <i>\"quoted\"</i>.\n\n[spoiler]So\n\ndo I.[/spoiler]",
];

/// Returns the rows of a random diary: date, film, year, URL, rating, rewatch, review, tags, watched date.
fn diary(random: &mut Random) -> Vec<[String; 9]> {
    let mut rows = Vec::new();
    for film in 0..1 + random.below(5) {
        for viewing in 0..1 + random.below(4) {
            // Of two entries on one day, the order is the table's.
            let date = format!("20{:02}-03-{:02}", 10 + viewing, 1 + random.below(28));
            rows.push([
                date.clone(),
                format!("Film {film}"),
                "1999".into(),
                format!("https://boxd.it/{film}x{viewing}"),
                random.one_of(&["", "0.5", "3", "4.5", "5"]).into(),
                random.one_of(&["", "Yes"]).into(),
                random.one_of(&TEXTS).into(),
                random.one_of(&["", "", "cinema", "at home, with Jon", "rewatch", "cinema, rewatch"]).into(),
                date,
            ]);
        }
    }
    rows
}

/// Tests that of any diary, each row comes back with each of its fields: rating, rewatch, words, markup and tags.
#[test]
fn letterboxd_gets_back_each_field_of_any_diary() {
    const COLUMNS: &str = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date";
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for _ in 0..500 {
        let mut table = csv::Writer::from_writer(Vec::new());
        table.write_record(COLUMNS.split(',')).unwrap();
        diary(&mut random).iter().for_each(|row| table.write_record(row).unwrap());
        let given = String::from_utf8(table.into_inner().unwrap()).unwrap();
        let import = import_bytes("diary.csv", given.as_bytes(), &Options::default()).unwrap();
        // A film that was only seen gives no review.
        if import.collection.reviews.is_empty() {
            continue;
        }
        assert_eq!(import.report.problems, [], "{given}");
        // Through the JSON that the command writes.
        let json = serde_json::to_vec(&import.collection).unwrap();
        let (collection, problems) = review_card::read(&json, None).unwrap();
        assert_eq!(problems, [], "{given}");
        let mut expected = rows(&given, ["Name", "Watched Date"]);
        let says = |row: &[String; 4]| !row[0].is_empty() || !row[2].is_empty();
        let films: Vec<_> =
            expected.iter().filter(|(_, row)| says(row)).map(|(key, _)| key[0].clone()).collect();
        expected.retain(|key, _| films.contains(&key[0]));
        assert_eq!(rows(&letterboxd(&collection).csv, ["Title", "WatchedDate"]), expected, "{given}");
    }
}

#[test]
fn two_entries_of_one_day_stay_two_and_name_the_film_by_its_address() {
    let table = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n\
        2019-03-03,Twice,1978,https://boxd.it/a,4,,,2019-03-03\n\
        2019-03-03,Twice,1978,https://boxd.it/b,5,Yes,late,2019-03-03\n";
    let reviews = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n\
        2019-03-03,Twice,1978,https://boxd.it/b,5,Yes,Evening.,late,2019-03-03\n";
    let ratings = "Date,Name,Year,Letterboxd URI,Rating\n2019-03-03,Twice,1978,https://boxd.it/film,5\n";
    let mut inputs = [("diary.csv", table), ("reviews.csv", reviews), ("ratings.csv", ratings)]
        .map(|(name, table)| Input::from_bytes(name, table.as_bytes()).unwrap());
    let import = import_all(&mut inputs, &Options::default()).unwrap();
    let table = letterboxd(&import.collection).csv;
    let rows: Vec<_> = table.lines().skip(1).collect();
    let expected = [
        "Twice,1978,,,,4,2019-03-03,,,,https://boxd.it/film",
        "Twice,1978,,,,5,2019-03-03,true,Evening.,late,https://boxd.it/film",
    ];
    assert_eq!(rows, expected);
    let mut again = [Input::from_bytes("back.csv", table.as_bytes()).unwrap()];
    let again = import_all(&mut again, &Options::default()).unwrap().collection;
    assert_eq!(again.reviews[0].work.as_ref().unwrap().same_as, ["https://boxd.it/film"]);
}

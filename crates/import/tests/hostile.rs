//! Files that attack, and files that people have by mistake: the right reading, or a message that says what to do.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

#[path = "hostile/zips.rs"]
mod zips;

use std::io::{Cursor, Write};

use review_card_import::limits::{MAX_FILES, MAX_RATIO};
use review_card_import::{Import, Input, Key, Options, import_all, import_bytes};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A zip of these files.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn import(name: &str, bytes: &[u8]) -> Import {
    import_bytes(name, bytes, &Options::default()).unwrap()
}

/// Why nothing can be imported.
#[track_caller]
fn check_error(name: &str, bytes: &[u8], expected: &str) {
    let error = match import_bytes(name, bytes, &Options::default()) {
        Ok(import) => panic!("expected an error, found {}", import.report),
        Err(error) => error.to_string(),
    };
    assert_eq!(error, expected);
}

/// The only problem, and how many reviews are imported all the same.
#[track_caller]
fn check_problem(name: &str, bytes: &[u8], reviews: usize, expected: &str) {
    let import = import(name, bytes);
    let problems: Vec<_> = import.report.problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems, [expected]);
    assert_eq!(import.collection.reviews.len(), reviews);
}

/// The titles of what is imported without a problem.
#[track_caller]
fn check_titles(name: &str, bytes: &[u8], expected: &[&str]) {
    let import = import(name, bytes);
    let titles: Vec<_> = import.collection.reviews.iter().map(|review| review.title.as_str()).collect();
    assert_eq!(titles, expected, "{}", import.report);
    assert_eq!(import.report.problems, [], "{}", import.report);
}

const GOODREADS: &str = "Book Id,Title,Author,My Rating,Date Read,Exclusive Shelf,My Review\n";
const FILMS: &str = "Title,Year,Rating,Review\n";

// ---- XML

#[test]
fn entities_are_not_expanded() {
    let laughs = "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'><!ENTITY c '&b;&b;&b;'>\
        <!ENTITY file SYSTEM 'file:///etc/passwd'>]>";
    for namespace in ["", " xmlns:wp=\"http://wordpress.org/export/1.2/\""] {
        let xml = format!(
            "<?xml version='1.0'?>{laughs}<rss{namespace}><channel><title>B</title><item><title>One &c; &file;</title>\
            <wp:status>publish</wp:status><content:encoded>Words &c;</content:encoded></item></channel></rss>"
        );
        check_titles("feed.xml", xml.as_bytes(), &["One &c; &file;"]);
    }
}

#[test]
fn a_feed_that_is_cut_off_keeps_what_is_complete() {
    let item = "<item><title>One</title><description>Words.</description></item>";
    for (end, items) in [("", 2), ("<item><title>Three</ti", 2)] {
        for namespace in ["", " xmlns:wp=\"http://wordpress.org/export/1.2/\""] {
            let item = item.replace(
                "<title>",
                "<wp:status>publish</wp:status><content:encoded>Words.</content:encoded><title>",
            );
            let xml = format!("<rss{namespace}><channel>{item}{item}{end}");
            check_problem(
                "feed.xml",
                xml.as_bytes(),
                items,
                "feed.xml: item 3: expected the end of the feed, found the end of the file: it is cut off. Export or download it again",
            );
        }
    }
}

#[test]
fn an_item_without_an_end_is_stopped() {
    let xml = format!("<rss><channel><item><title>{}", "endless ".repeat(3 << 20));
    check_problem(
        "feed.xml",
        xml.as_bytes(),
        0,
        "feed.xml: item 1: expected items of at most 16 MiB, found a longer one",
    );
}

#[test]
fn elements_nested_without_end_are_passed_over() {
    let deep = "<a>".repeat(100_000) + &"</a>".repeat(100_000);
    let xml = format!(
        "<rss><channel><item>{deep}<title>One</title><description>Words.</description></item></channel></rss>"
    );
    check_titles("feed.xml", xml.as_bytes(), &["One"]);
}

// ---- front matter and JSON

#[test]
fn aliases_that_multiply_cost_only_their_post() {
    let mut bomb = String::from("---\ntitle: Bomb\na0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..12 {
        let last = level - 1;
        bomb += &format!("a{level}: &a{level} [{}]\n", vec![format!("*a{last}"); 9].join(", "));
    }
    bomb += "---\nWords.\n";
    let posts =
        zip(&[("bomb.md", bomb.as_bytes()), ("good.md", b"---\ntitle: Salt Roads\nrating: 4\n---\n")]);
    let import = import("posts.zip", &posts);
    assert_eq!(import.collection.reviews.len(), 1);
    let problem = import.report.problems[0].to_string();
    assert!(problem.starts_with("posts.zip/bomb.md: expected front matter in YAML: "), "{problem}");
}

#[test]
fn nesting_without_end_costs_only_its_file() {
    let deep = "[".repeat(100_000);
    for (name, post, expected) in [
        ("yaml.md", format!("---\na: {deep}\n---\n"), "yaml.md: expected front matter in YAML: "),
        ("toml.md", format!("+++\na = {deep}\n+++\n"), "toml.md: expected front matter in TOML: "),
        ("json.md", format!("---json\n{{\"a\": {deep}\n---\n"), "json.md: expected front matter in JSON: "),
        ("plain.json", deep.clone(), "plain.json: "),
        (
            "ghost.json",
            format!("{{\"db\":[{{\"data\":{{\"x\":{deep}"),
            "ghost.json: expected the JSON that Ghost exports, found a mistake (",
        ),
        (
            "ratings-movies.json",
            deep.clone(),
            "ratings-movies.json: expected a list of Trakt's entries, found a mistake (",
        ),
    ] {
        let import = import(name, post.as_bytes());
        let problem = import.report.problems[0].to_string();
        assert!(problem.starts_with(expected), "{problem}");
        assert_eq!(import.collection.reviews.len(), 0);
    }
}

// ---- tables

#[test]
fn a_row_without_an_end_is_stopped_and_the_rows_before_it_stay() {
    let endless = format!("{FILMS}Salt Roads,1999,4,Grey.\nNightbus,2018,3,\"{}", "endless ".repeat(1 << 20));
    // Guessed columns are read twice, so the rows before it are not known to be good.
    check_problem(
        "films.csv",
        endless.as_bytes(),
        0,
        "films.csv: line 3: expected rows of at most 4 MiB, found a longer one: probably a quotation mark is not closed. Add it, or export the table again",
    );
    let endless = format!(
        "{GOODREADS}1,Salt Roads,Ida Sand,4,2020/01/02,read,\n2,Nightbus,,3,,read,\"{}",
        "endless ".repeat(1 << 20)
    );
    check_problem(
        "library.csv",
        endless.as_bytes(),
        1,
        "library.csv: line 3: expected rows of at most 4 MiB, found a longer one: probably a quotation mark is not closed. Add it, or export the table again",
    );
}

#[test]
fn a_quotation_mark_that_is_not_closed_is_told_with_its_line() {
    let rows = "3,Tide,,2,,read,\n".repeat(20);
    for open in ["2,Nightbus,,3,,read,\"Good.\n", "2,\"Nightbus,,3,,read,Good.\n"] {
        let table = format!("{GOODREADS}1,Salt Roads,Ida Sand,4,2020/01/02,read,\n{open}{rows}");
        check_problem(
            "library.csv",
            table.as_bytes(),
            1,
            "library.csv: line 3: expected a quotation mark that ends a text, found the end of the file: 21 lines from here on left out. Add the mark, or export the table again",
        );
    }
}

#[test]
fn marks_within_words_are_no_quotations() {
    check_titles(
        "films.csv",
        format!("{FILMS}7\" Single,1999,4,5\" wide\nLast,2000,3,\n").as_bytes(),
        &["7\" Single", "Last"],
    );
}

#[test]
fn a_table_with_a_header_only_says_that_nothing_is_in_it() {
    let expected = "expected at least one entry, found none: if there should be some, export it again";
    for (name, table) in [("library.csv", GOODREADS), ("films.csv", FILMS)] {
        check_problem(name, table.as_bytes(), 0, &format!("{name}: {expected}"));
    }
}

#[test]
fn what_spreadsheets_do_is_undone() {
    let fields = ["Book Id", "Title", "Author", "My Rating", "Date Read", "Exclusive Shelf", "My Review"];
    let rows = [["1", "Salt, Roads", "Ida Sand", "4", "2020/01/02", "read", "Grey; and \"long\""]; 2];
    let quoted = |field: &str| format!("\"{}\"", field.replace('"', "\"\""));
    for separator in [",", ";", "\t"] {
        let line =
            |row: &[&str]| row.iter().map(|field| quoted(field)).collect::<Vec<_>>().join(separator) + "\r\n";
        let table: String = std::iter::once(line(&fields)).chain(rows.iter().map(|row| line(row))).collect();
        check_titles("library.csv", table.as_bytes(), &["Salt, Roads", "Salt, Roads"]);
        let folded: String = table.lines().map(|line| quoted(line) + "\r\n").collect();
        check_titles("library.csv", folded.as_bytes(), &["Salt, Roads", "Salt, Roads"]);
    }
}

// ---- encodings

#[test]
fn the_encodings_of_spreadsheets_are_read() {
    let table = "Title,Year,Rating,Review\nÜber den Dächern,1931,4,Schön – und kühl\n";
    let utf_16 = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(table.encode_utf16()).flat_map(to_bytes).collect()
    };
    let windows_1252: Vec<u8> =
        table.chars().map(|c| if c == '–' { 0x96 } else { u8::try_from(u32::from(c)).unwrap() }).collect();
    for bytes in [
        table.as_bytes().to_vec(),
        ["\u{feff}", table].concat().into_bytes(),
        utf_16(u16::to_le_bytes),
        utf_16(u16::to_be_bytes),
        windows_1252,
    ] {
        let import = import("films.csv", &bytes);
        assert_eq!(import.report.problems, []);
        let json = serde_json::to_string(&import.collection).unwrap();
        assert!(json.contains("Über den Dächern") && json.contains("Schön – und kühl"), "{json}");
    }
}

#[test]
fn letters_of_another_encoding_are_told() {
    let bytes = [FILMS.as_bytes(), "Über,1931,4,\n".as_bytes(), b"D\xE4cher,1932,4,\n"].concat();
    check_problem(
        "films.csv",
        &bytes,
        2,
        "films.csv line 3: expected text in one encoding, found letters in another: they are replaced by \u{fffd}. Save the file as UTF-8",
    );
}

// ---- what people try

#[test]
fn files_of_other_programs_are_named_with_what_to_do() {
    let sheet = "a file of a spreadsheet program: open it there, save it as CSV, and import that";
    let document =
        "a PDF or a document: import the file that the service or the blog exports, or a table saved as CSV";
    let packed = "packed by another program than zip: unpack it, and import the folder";
    let workbook = zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")]);
    let word = zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<document/>")]);
    let open =
        zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<x/>")]);
    let files: [(&str, &[u8], &str); 10] = [
        ("films.xlsx", &workbook, sheet),
        ("films.ods", &open, sheet),
        ("films.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", sheet),
        ("films.docx", &word, document),
        ("films.pdf", b"%PDF-1.7\n", document),
        ("films.rar", b"Rar!\x1a\x07\x01\x00", packed),
        ("films.7z", b"7z\xbc\xaf\x27\x1c\x00\x04", packed),
        ("films.csv.gz", b"\x1f\x8b\x08\x00", packed),
        ("films.db", b"SQLite format 3\0", "a database: export a table of it as CSV, and import that"),
        ("films.csv", b"", "an empty file: export or download it again"),
    ];
    for (name, bytes, reason) in files {
        check_error(name, bytes, &format!("{name}: not read: {reason}"));
        if !bytes.starts_with(b"PK") {
            // In a folder with something else it costs only itself.
            let both = zip(&[(name, bytes), ("good.md", b"---\ntitle: Salt Roads\nrating: 4\n---\n")]);
            let import = import("both.zip", &both);
            assert_eq!(import.collection.reviews.len(), 1);
            assert!(import.report.to_string().contains(&format!("both.zip/{name}: not read: {reason}\n")));
        }
    }
}

#[test]
fn a_folder_without_reviews_says_what_was_expected() {
    check_error(
        "holiday.zip",
        &zip(&[("1.jpg", b"\xff\xd8\xff\xe0"), ("2.jpg", b"\xff\xd8\xff\xe0")]),
        "holiday.zip: expected an export of Letterboxd, Goodreads, StoryGraph, BookWyrm, IMDb, Trakt, WordPress, Ghost or Substack, a table as CSV, RSS or Atom, Markdown with front matter, a web page with a review or JSON, found something else",
    );
}

#[test]
fn a_saved_page_without_data_says_where_the_export_is() {
    let page = b"<!DOCTYPE html><html><head><link rel=\"canonical\" href=\"https://letterboxd.com/ada/films/\"></head><body><p>Salt Roads</p></body></html>";
    check_problem(
        "films.html",
        page,
        0,
        "films.html: Letterboxd exports all reviews at once: Settings, Data, Export your data. Import that zip",
    );
    let import = import("films.html", b"<!DOCTYPE html><p>Nothing.</p>");
    assert!(
        import.report.to_string().contains(
            "left out: 1, web pages without a review that programs can read (JSON-LD or microformats)\n"
        ),
        "{}",
        import.report
    );
}

#[test]
fn json_of_something_else_says_what_was_expected() {
    check_problem(
        "things.json",
        br#"[{"colour": "red"}, {"colour": "blue"}]"#,
        0,
        "things.json: expected reviews as plain JSON, JSON-LD, a JSON Feed, WordPress posts or AT Protocol records: no review in the document: [0].title: expected text, found nothing",
    );
}

#[test]
fn the_report_does_not_name_a_thousand_pictures() {
    let names: Vec<_> = (0..1000).map(|number| format!("{number}.png")).collect();
    let mut files: Vec<_> = names.iter().map(|name| (name.as_str(), b"\x89PNG\0".as_slice())).collect();
    files.push(("good.md", b"---\ntitle: Salt Roads\nrating: 4\n---\n"));
    let report = import("blog.zip", &zip(&files)).report.to_string();
    assert_eq!(report.lines().filter(|line| line.contains(".png: not read: ")).count(), 10);
    assert!(report.contains("990 more files not read: not a format that import reads\n"), "{report}");
}

#[test]
fn inputs_that_differ_in_kind_stay_apart() {
    let table = [FILMS.as_bytes(), b"Salt Roads,1999,4,Grey.\n"].concat();
    let mut inputs = [
        Input::from_bytes("films.csv", &table).unwrap(),
        Input::from_bytes("films.rar", b"Rar!\x1a\x07\x00").unwrap(),
    ];
    let import = import_all(&mut inputs, &Options::default()).unwrap();
    assert_eq!(import.collection.reviews.len(), 1);
    assert!(import.report.to_string().contains("films.rar: not read: packed by another program than zip"));
}

#[test]
fn a_table_of_unknown_columns_is_read_once_they_are_named() {
    let table = b"Spiel,Note\nHarbour Pilot,4/5\n";
    check_error(
        "games.csv",
        table,
        "games.csv: not read: a table without known columns for a title and for a rating or a text: name them, for example by --column title=Film --column rating=Stars",
    );
    let columns = vec![(Key::Title, "Spiel".into()), (Key::Rating, "Note".into())];
    let import = import_bytes("games.csv", table, &Options { columns, ..Options::default() }).unwrap();
    assert_eq!(import.collection.reviews.len(), 1);
    assert_eq!(import.report.problems, []);
}

#[test]
fn a_column_that_the_format_does_not_take_is_told() {
    let table = format!("{GOODREADS}1,Salt Roads,Ida Sand,4,2020/01/02,read,\n");
    let columns = vec![(Key::Rating, "Stars".into())];
    let import =
        import_bytes("library.csv", table.as_bytes(), &Options { columns, ..Options::default() }).unwrap();
    assert_eq!(
        import.report.problems[0].to_string(),
        "--column: expected a table, a WordPress export or posts in Markdown for it, found goodreads in library.csv: for a table, add --from csv"
    );
}

#[test]
fn a_file_does_not_write_lines_of_the_report() {
    let columns: String = (0..200).map(|number| format!(",Column {number}")).collect();
    let long = "x".repeat(5_000);
    let table =
        format!("Title,Rating,\"Mood\nleft out: 9, everything\u{1b}[2J\",{long}{columns}\nSalt Roads,4\n");
    let report = import("films.csv", table.as_bytes()).report.to_string();
    let expected = "films.csv: columns that nothing uses: Mood\\u{a}left out: 9, everything\\u{1b}[2J, xxx";
    assert!(report.contains(expected), "{report}");
    assert!(report.ends_with(" and 152 more\n"), "{report}");
    assert_eq!(report.lines().count(), 4);
    assert!(report.len() < 3_000, "{report}");
}

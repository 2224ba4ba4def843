//! Golden cases. Each folder in `tests/cases`, named as a sentence, is an export with its peculiarities.
//!
//! `input` contains the inputs: a folder whose name ends in `.zip` is packed first. `options.txt` contains the
//! command's options. `reviews.json` and `report.txt` are the expected result; `REVIEW_CARD_BLESS=1` writes them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use review_card_import::{Input, Options, import_all};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn zip(folder: &Path) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for path in sorted(&next) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                zip.start_file(name, SimpleFileOptions::default()).unwrap();
                zip.write_all(&fs::read(&path).unwrap()).unwrap();
            }
        }
    }
    zip.finish().unwrap().into_inner()
}

fn options(case: &Path) -> Options {
    let mut options = Options::default();
    for line in fs::read_to_string(case.join("options.txt")).unwrap_or_default().lines() {
        match line.split_once(' ').unwrap_or((line, "")) {
            ("--private", "") => options.private = true,
            ("--from", format) => options.from = Some(format.parse().unwrap()),
            ("--column", column) => {
                let (key, name) = column.split_once('=').unwrap();
                options.columns.push((key.parse().unwrap(), name.into()));
            }
            other => panic!("an option of the command, not {other:?}"),
        }
    }
    options
}

#[test]
fn every_case() {
    let bless = std::env::var_os("REVIEW_CARD_BLESS").is_some();
    let cases = sorted(&cases());
    assert!(cases.len() > 10, "the cases are there");
    let mut failed = Vec::new();
    for case in cases {
        let zips: Vec<_> =
            sorted(&case.join("input")).into_iter().map(|path| (zip_of(&path), path)).collect();
        let mut inputs = Vec::new();
        for (zip, path) in &zips {
            let name = path.file_name().unwrap().to_string_lossy();
            inputs.push(match zip {
                Some(bytes) => Input::from_bytes(&name, bytes).unwrap(),
                None => Input::from_path(path).unwrap(),
            });
        }
        let (reviews, report) = match import_all(&mut inputs, &options(&case)) {
            Ok(import) => {
                let report = &import.report;
                let counted = report.reviews + report.joined + report.left_out.values().sum::<u64>();
                assert_eq!(report.entries, counted, "{}: each entry is counted once", case.display());
                (serde_json::to_string_pretty(&import.collection).unwrap() + "\n", report.to_string())
            }
            Err(error) => (String::new(), format!("{error}\n")),
        };
        for (name, found) in [("reviews.json", reviews), ("report.txt", report)] {
            let path = case.join(name);
            if bless {
                fs::write(&path, found).unwrap();
            } else if fs::read_to_string(&path).unwrap_or_default() != found {
                failed.push(format!("{}:\n{found}", path.display()));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

fn zip_of(path: &Path) -> Option<Vec<u8>> {
    (path.is_dir() && path.extension().is_some_and(|extension| extension == "zip")).then(|| zip(path))
}

/// JSON of a known service is refused with what to do instead. Where that is a command, the file that it names, here one of the golden
/// cases, is read; where there is none, it says what works.
#[test]
fn what_is_advised_for_a_known_service_works() {
    let feed = ("feed.xml", "rss-and-atom-feeds-of-blogs/input/a.rss");
    let bookwyrm = ("bookwyrm.csv", "bookwyrm-shelves-warnings-and-titles/input/bookwyrm.csv");
    let ghost = ("ghost.json", "ghost-export-without-what-is-private/input/ghost.json");
    let table = ("table.csv", "any-table-with-guessed-columns-in-windows-1252/input/notes.csv");
    let letterboxd = ("letterboxd.zip", "letterboxd-export-and-feed-are-one-diary/input/export.zip");
    let trakt = ("trakt.zip", "trakt-ratings-comments-and-plays-are-joined/input/trakt.zip");
    let substack = ("substack.zip", "substack-export-without-what-is-private/input/export.zip");
    let mut advised = 0;
    for (json, name, files) in [
        (r#"{ "status": "ok", "feed": {}, "items": [] }"#, "rss2json", &[feed][..]),
        (r#"{ "items": [{ "title": "A", "isoDate": "" }] }"#, "rss-parser", &[feed]),
        (r#"[{ "title": "A", "link": "/a", "pubDate": "" }]"#, "rss-parser", &[feed]),
        (r#"{ "rss": { "channel": {} } }"#, "RSS", &[feed]),
        (
            r#"{ "@context": "https://www.w3.org/ns/activitystreams", "type": "Review" }"#,
            "ActivityPub",
            &[bookwyrm, feed],
        ),
        (r#"{ "posts": [{ "title": "A", "html": "" }] }"#, "Ghost", &[ghost]),
        (r#"[{ "title": "A", "html": "", "published_at": "" }]"#, "Ghost", &[ghost]),
        (r#"{ "db": [{ "data": {} }] }"#, "Ghost", &[ghost]),
        (r#"{ "kind": "blogger#postList", "items": [] }"#, "Blogger", &[feed]),
        (r#"{ "version": "1.0", "encoding": "UTF-8", "feed": {} }"#, "Blogger", &[feed]),
        (r#"{ "items": [{ "film": {} }] }"#, "Letterboxd", &[letterboxd]),
        (r#"[{ "rated_at": "", "type": "movie" }]"#, "Trakt", &[trakt]),
        (r#"{ "success": true, "payload": {} }"#, "Medium", &[feed]),
        (r#"[{ "post_date": "", "audience": "everyone" }]"#, "Substack", &[substack]),
        (r#"{ "object": "list", "results": [] }"#, "Notion", &[table]),
        (r#"{ "records": [{ "createdTime": "", "fields": {} }] }"#, "Airtable", &[table]),
        (r#"{ "kind": "Listing", "data": {} }"#, "Reddit", &[feed]),
        (r#"{ "found": 1, "posts": [{ "ID": 1, "title": "A" }] }"#, "WordPress.com", &[]),
        (r#"{ "results": [{ "vote_average": 7 }] }"#, "TMDB", &[]),
        (r#"{ "imdbID": "tt1", "Response": "True" }"#, "OMDb", &[]),
        (r#"{ "sys": {}, "items": [] }"#, "Contentful", &[]),
    ] {
        let message = review_card::read(json.as_bytes(), None).unwrap_err().to_string();
        assert!(message.contains(&format!("found JSON of {name}")) || message.contains(name), "{message}");
        let commands: Vec<_> = message.split("review-card import ").skip(1).collect();
        assert_eq!(commands.len(), files.len(), "{message}");
        for (command, (file, case)) in commands.iter().zip(files) {
            assert!(command.starts_with(&format!("{file} --out reviews/")), "{message}");
            let path = cases().join(case);
            let bytes = if path.is_dir() { zip(&path) } else { fs::read(&path).unwrap() };
            let input = Input::from_bytes(file, &bytes).unwrap();
            let import = import_all(&mut [input], &Options::default()).unwrap();
            assert!(!import.collection.reviews.is_empty(), "{file} gives reviews");
            advised += 1;
        }
        assert!(
            !files.is_empty() || message.contains("plain JSON") || message.contains("?_embed"),
            "{message}"
        );
    }
    assert!(advised >= 17, "found {advised}");
}

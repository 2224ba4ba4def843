//! `review-card import` and `export`, as processes.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

struct Run {
    status: i32,
    out: String,
    errors: String,
}

fn run(arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_review-card"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { status: output.status.code().unwrap(), out: text(output.stdout), errors: text(output.stderr) }
}

/// A golden case of the library, in place.
fn case(path: &str) -> String {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../import/tests/cases");
    cases.join(path).to_str().unwrap().to_owned()
}

fn folder(name: &str) -> PathBuf {
    let path = env::temp_dir().join(format!("review-card-import-{}-{name}", std::process::id()));
    fs::remove_dir_all(&path).ok();
    path
}

#[test]
fn a_folder_and_a_feed_become_one_collection() {
    let export = case("letterboxd-export-and-feed-are-one-diary/input");
    let run = run(&["import", &format!("{export}/export.zip"), &format!("{export}/feed.xml")]);
    let expected = fs::read_to_string(case("letterboxd-export-and-feed-are-one-diary/reviews.json")).unwrap();
    assert_eq!(run.out, expected, "{}", run.errors);
    assert_eq!(run.status, 0, "{}", run.errors);
    assert!(run.errors.contains("left out: 1, lists\n"), "{}", run.errors);
    assert!(run.errors.contains("export.zip/profile.csv: not read: account data\n"), "{}", run.errors);
}

#[test]
fn a_title_comes_after_the_reviews_that_were_written_before_it_was_known() {
    let run = run(&["import", &case("rss-and-atom-feeds-of-blogs/input/a.rss")]);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(json["title"], "Café & Kino");
    assert_eq!(json["reviews"].as_array().unwrap().len(), 3);
}

#[test]
fn a_file_a_review() {
    let out = folder("out");
    let run = run(&[
        "import",
        &case("imdb-types-of-then-and-now/input/ratings.csv"),
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!((run.status, run.out.as_str()), (0, ""));
    let mut names: Vec<_> =
        fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let expected = [
        "fifteen-minutes-2003.json",
        "harbour-watch-2019.json",
        "low-then-high-tide-2019.json",
        "the-lamplighters-daughter-1962.json",
    ];
    assert_eq!(names, expected);
    let json = fs::read(out.join("harbour-watch-2019.json")).unwrap();
    let (collection, problems) = review_card::read(&json, None).unwrap();
    assert_eq!((collection.reviews[0].title.as_str(), problems.len()), ("Harbour Watch", 0));
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn the_status_and_the_message_say_how_it_ended() {
    let problems = run(&["import", &case("trakt-ratings-comments-and-plays-are-joined/input/trakt.zip")]);
    assert_eq!(problems.status, 1);
    assert!(problems.errors.contains("expected one of Trakt's entries"), "{}", problems.errors);

    let nothing = run(&["import", &case("rss-and-atom-feeds-of-blogs/report.txt")]);
    assert_eq!((nothing.status, nothing.out.as_str()), (2, ""));
    assert!(nothing.errors.starts_with("expected an export of letterboxd, goodreads"), "{}", nothing.errors);

    let missing = run(&["import", "no-such-file.zip"]);
    assert_eq!((missing.status, missing.out.as_str()), (2, ""));
    assert!(missing.errors.starts_with("no-such-file.zip: No such file"), "{}", missing.errors);

    for arguments in [["--from", "myspace"], ["--column", "stars"], ["--column", "stars=Note"]] {
        let wrong = run(&["import", arguments[0], arguments[1], "-"]);
        assert_eq!(wrong.status, 2);
        assert!(wrong.errors.contains("expected "), "{}", wrong.errors);
    }
}

#[test]
fn a_column_by_hand() {
    let table = case("a-column-that-is-named-by-hand/input/games.csv");
    let run = run(&["import", &table, "--from", "csv", "--column", "title=Spiel", "--column", "rating=Note"]);
    assert_eq!(run.status, 0, "{}", run.errors);
    assert!(run.out.contains("\"title\": \"Harbour Pilot\""), "{}", run.out);
    assert!(run.errors.contains("games.csv: columns that nothing uses: Gedanken\n"), "{}", run.errors);
}

#[test]
fn export_to_each_format() {
    let reviews = case("imdb-types-of-then-and-now/reviews.json");
    let letterboxd = run(&["export", &reviews, "--to", "letterboxd"]);
    let expected = "Title,Year,tmdbID,imdbID,Directors,Rating,WatchedDate,Rewatch,Review,Tags\n\
        The Lamplighter's Daughter,1962,,tt0999001,\"Ada Lindqvist, Bo Holm\",4.5,,,,\n";
    assert_eq!((letterboxd.status, letterboxd.out.as_str()), (1, expected));
    assert!(
        letterboxd.errors.contains("harbour-watch-2019: expected a film (work.type Movie), found TVSeries"),
        "{}",
        letterboxd.errors
    );

    let feed = run(&["export", &reviews, "--to", "json-feed"]);
    let (collection, problems) = review_card::read(feed.out.as_bytes(), None).unwrap();
    assert_eq!((feed.status, collection.reviews.len(), problems.len()), (0, 4, 0));

    let many = run(&["export", &reviews, "--to", "markdown"]);
    assert_eq!((many.status, many.out.as_str()), (2, ""));
    assert_eq!(many.errors, "expected --out DIR: a file of Markdown holds one review, and here are 4\n");
    let out = folder("markdown");
    let files = run(&["export", &reviews, "--to", "markdown", "--out", out.to_str().unwrap()]);
    assert_eq!((files.status, files.out.as_str()), (0, ""), "{}", files.errors);
    let again = run(&["import", out.to_str().unwrap()]);
    assert_eq!(again.status, 0, "{}", again.errors);
    let (collection, _) = review_card::read(again.out.as_bytes(), None).unwrap();
    assert_eq!(collection.reviews.len(), 4);
    fs::remove_dir_all(out).unwrap();
}

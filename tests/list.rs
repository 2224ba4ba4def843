//! `review-card render --list` as people run it: golden cases, a folder each under `tests/cases/list`, and how it ends.
//!
//! `reviews.json` is what a blog has, the HTML files are what is written of it, two reviews to a page. A name that says `light`,
//! `page` or `stack` asks for that, one that says `address` tells where the pages will stand, one that says `element` where the
//! collection will, and one that ends in ` in french` is for a page in that language. `REVIEW_CARD_BLESS=1 cargo test` writes the
//! files anew: read the diff. The sheet is left out of them.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::{env, fs};

use tempfile::TempDir;

fn render(out: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_review-card"));
    command.args(["render", "--list", "--out"]).arg(out).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The files of a folder that end in this, by name.
fn files(folder: &Path, extension: &str) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let named = entries.filter(|path| path.extension().is_some_and(|found| found == extension));
    named
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

// ---- golden cases

#[test]
fn every_case_is_written_as_expected() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/cases/list");
    let mut cases: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 5, "expected the golden cases in {}, found {}", folder.display(), cases.len());
    cases.iter().for_each(|case| check(case));
}

#[track_caller]
fn check(case: &Path) {
    let name = case.file_name().unwrap().to_string_lossy().replace('-', " ");
    let mut arguments = vec!["--per-page", "2", "--base", "https://blog.example/reviews/"];
    for (word, options) in [
        ("light", &["--light"][..]),
        ("page", &["--page"]),
        ("stack", &["--layout", "stack"]),
        ("address", &["--at", "https://blog.example/archive"]),
        ("element", &["--src", "/reviews.json?a&b"]),
        ("french", &["--lang", "fr"]),
        ("linked", &["--stylesheet", "/card.css", "--stylesheet", "/list.css"]),
    ] {
        if name.split(' ').any(|part| part == word) {
            arguments.extend(options);
        }
    }
    let input = case.join("reviews.json");
    arguments.push(input.to_str().unwrap());
    let out = TempDir::new().unwrap();
    let output = render(out.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{name}: {}", text(&output.stderr));
    let mut found = files(out.path(), "html");
    for html in found.values_mut() {
        check_lines(html);
        *html = without_sheets(html).replace("><", ">\n<");
    }
    if env::var_os("REVIEW_CARD_BLESS").is_some() {
        files(case, "html").keys().for_each(|old| fs::remove_file(case.join(old)).unwrap());
        found.iter().for_each(|(name, html)| fs::write(case.join(name), html).unwrap());
    }
    let expected = files(case, "html");
    assert!(expected.keys().eq(found.keys()), "{name}: {:?} and {:?}", expected.keys(), found.keys());
    for (file, html) in &found {
        let expected = expected.get(file).unwrap();
        let differing = html.lines().zip(expected.lines()).find(|(found, expected)| found != expected);
        assert!(html == expected, "{name}: {file}: {differing:?}");
    }
}

fn without_sheets(html: &str) -> String {
    let mut parts = html.split("<style>");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (sheet, rest) = part.split_once("</style>").unwrap();
        assert!(!sheet.is_empty());
        out.extend(["<style>…</style>", rest]);
    }
    out
}

/// What Markdown and WordPress do something to: blank lines, lines that begin with a space.
#[track_caller]
fn check_lines(html: &str) {
    assert!(html.ends_with('\n'), "{html:?}");
    for line in html.lines() {
        assert!(!line.trim().is_empty() && !line.starts_with([' ', '\t']), "{line:?} in {html:?}");
    }
}

// ---- how it ends

/// An input in a folder of its own.
fn input(json: &str) -> (TempDir, String) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("reviews.json");
    fs::write(&path, json).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

fn reported(output: &Output) -> String {
    let lines = text(&output.stderr);
    lines.lines().filter(|line| !line.starts_with("Content-Security-Policy")).collect::<Vec<_>>().join("\n")
}

#[test]
fn one_unreadable_review_of_a_thousand_is_left_out_and_told() {
    let reviews: Vec<_> = (0..1000)
        .map(|n| if n == 500 { "{ \"rating\": 4 }".into() } else { format!("{{\"title\":\"T{n}\"}}") })
        .collect();
    let (folder, path) = input(&format!("[{}]", reviews.join(",")));
    let out = folder.path().join("out");
    let output = render(&out, &["--light", "--per-page", "100", &path]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(reported(&output), format!("{path}: [500].title: expected text, found nothing"));
    let pages = files(&out, "html");
    assert_eq!(pages.len(), 10);
    let count = |html: &String| html.matches("<article class=\"review-card").count();
    assert_eq!(pages.values().map(count).sum::<usize>(), 999);
    assert_eq!(count(&pages["page-10.html"]), 99);
    assert!(pages["page-10.html"].contains("\"position\":999"));
}

#[test]
fn no_page_follows_a_last_page_that_is_full() {
    let (folder, path) = input(r#"[{ "title": "a" }, { "title": "b" }, { "title": "c" }, { "title": "d" }]"#);
    let out = folder.path().join("out");
    assert_eq!(render(&out, &["--per-page", "2", &path]).status.code(), Some(0));
    let pages = files(&out, "html");
    assert_eq!(pages.keys().map(String::as_str).collect::<Vec<_>>(), ["index.html", "page-2.html"]);
    assert!(pages["index.html"].contains("rel=\"next\"") && !pages["page-2.html"].contains("rel=\"next\""));
}

#[test]
fn inputs_are_one_collection() {
    let (folder, first) =
        input(r#"{ "title": "First", "reviews": [{ "title": "a" }], "nextUrl": "2.json" }"#);
    let (_other, second) = input(r#"{ "reviews": [{ "title": "b" }], "title": "Second" }"#);
    let out = folder.path().join("out");
    assert_eq!(render(&out, &["--page", &first, &second]).status.code(), Some(0));
    let pages = files(&out, "html");
    assert_eq!(pages.len(), 1);
    let html = &pages["index.html"];
    assert!(html.contains("<title>First</title>") && html.find(">a<") < html.find(">b<"), "{html}");
}

#[test]
fn a_list_of_none_is_nothing() {
    for json in ["[]", r#"{ "title": "Empty", "reviews": [] }"#] {
        let (folder, path) = input(json);
        let out = folder.path().join("out");
        let output = render(&out, &[&path]);
        assert_eq!(output.status.code(), Some(2), "{json}");
        assert!(reported(&output).contains("found"), "{}", reported(&output));
        assert!(files(&out, "html").is_empty());
    }
}

#[test]
fn standard_input_is_an_input() {
    let folder = TempDir::new().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_review-card"));
    command.args(["render", "--list", "-", "--out"]).arg(folder.path()).stdin(Stdio::piped());
    let mut child = command.stderr(Stdio::null()).spawn().unwrap();
    let feed = r#"{ "version": "https://jsonfeed.org/version/1.1", "title": "A feed", "items": [{ "id": "1", "title": "a" }] }"#;
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), feed.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    assert!(files(folder.path(), "html")["index.html"].contains("\"name\":\"A feed\""));
}

#[test]
fn wrong_arguments_are_told() {
    let (folder, path) = input(r#"{ "title": "a" }"#);
    let out = folder.path();
    for arguments in [
        &["--per-page", "0"][..],
        &["--per-page", "1001"],
        &["--layout", "table"],
        &["--at", "archive/"],
        &["--light", "--src", "/reviews.json"],
    ] {
        let output = render(out, &[arguments, &[path.as_str()]].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
    let bare = Command::new(env!("CARGO_BIN_EXE_review-card")).args(["render", "--list", &path]).output();
    assert_eq!(bare.unwrap().status.code(), Some(2));
    assert!(files(out, "html").is_empty());
}

//! The command, as a process: what it prints and how it ends.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod corpora;

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::{env, fs};

struct Run {
    status: i32,
    out: String,
    stderr: String,
}

fn run(arguments: &[&str], input: &str) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_review-card"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may stop before it has read: wrong arguments.
    child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { status: output.status.code().unwrap(), out: text(output.stdout), stderr: text(output.stderr) }
}

#[track_caller]
fn check(arguments: &[&str], input: &str, status: i32, out: &str, stderr: &str) {
    let run = run(arguments, input);
    assert_eq!((run.out.as_str(), run.stderr.as_str(), run.status), (out, stderr, status), "{arguments:?}");
}

/// A file of its own for a test.
fn file(name: &str, content: &str) -> PathBuf {
    let path = env::temp_dir().join(format!("review-card-{}-{name}", std::process::id()));
    fs::write(&path, content).unwrap();
    path
}

const WHOLE: &str =
    r#"{ "title": "A", "author": "B", "rating": 4, "work": { "name": "C", "type": "Movie" }, "url": "/a" }"#;

#[test]
fn check_is_silent_where_all_is_well() {
    check(&["check", "-"], WHOLE, 0, "", "");
}

#[test]
fn check_tells_problems_and_what_search_engines_lack() {
    let out = "standard input: rating: expected a rating such as 4, \"8/10\", \"85%\" or \"B+\", found \"five\"\n\
        standard input: review \"a\": for search engines: expected an author, found none: add \"author\": \"Name\"\n\
        standard input: review \"a\": for search engines: expected a rating between worst and best, found \"five\": \
        add \"rating\": { \"value\": 4, \"best\": 5 }, with the words as its \"label\"\n\
        standard input: review \"a\": for search engines: expected what is reviewed, found none: \
        add \"work\": { \"name\": \"Alien\", \"type\": \"Movie\" }\n";
    check(&["check", "-"], r#"{ "title": "A", "rating": "five" }"#, 1, out, "");
}

#[test]
fn check_reports_a_body_that_is_not_shown_to_its_end() {
    let body = "<p>One</p>".repeat(8000);
    let json = WHOLE.replace("\"title\"", &format!("\"bodyHtml\": \"{body}\", \"title\""));
    let out = "standard input: review \"/a\": expected at most 1048576 bytes and 10000 nodes of HTML; the end is not shown\n";
    check(&["check", "-"], &json, 1, out, "");
    check(&["check", "-"], &json.replace("</p><p>", " "), 0, "", "");
}

#[test]
fn convert_writes_the_plain_shape() {
    let feed = r#"{ "version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{ "id": 1, "title": "A", "url": "a" }] }"#;
    let out = "{\n  \"title\": \"T\",\n  \"reviews\": [\n    {\n      \"id\": \"1\",\n      \"title\": \"A\",\n      \
        \"url\": \"https://blog.example/x/a\"\n    }\n  ]\n}\n";
    check(&["convert", "-", "--base", "https://blog.example/x/feed.json"], feed, 0, out, "");
}

/// What other programs put around JSON, and into it. Each command reads all of these.
#[test]
fn known_wrappings_are_read_by_every_command() {
    let json = r#"[{ "title": "A", "tags": ["x"] }, { "title": "B", "tags": ["x"] }]"#;
    for (wrapped, found) in [
        (format!("\u{feff}{json}"), "a byte order mark"),
        (format!("{json}\n<!-- cached -->"), "an HTML comment"),
        (format!("<!--\n{json}\n-->"), "an HTML comment"),
        (format!("<![CDATA[{json}]]>"), "CDATA marks"),
        (format!("//<![CDATA[\n{json}\n//]]>"), "a comment"),
        (format!("{json};"), "a semicolon after the document"),
        (format!("cb({json});"), "a function call around the document (JSONP)"),
        (format!("/* all */ {json}"), "a comment"),
        (json.replace(" }]", ", }]"), "a comma before a closing bracket"),
        (json.replace("}]", "},]"), "a comma before a closing bracket"),
        (json.replace("\"A\"", "\"\\x41\""), "such as \\x27"),
    ] {
        let file = file("wrapping.json", &wrapped);
        let path = file.to_str().unwrap();
        let checked = run(&["check", path], "").out;
        assert!(checked.contains(found), "{wrapped}: {checked}");
        let converted = run(&["convert", path], "");
        assert_eq!(converted.status, 1, "{wrapped}: {}", converted.stderr);
        assert_eq!(converted.out.matches("\"title\"").count(), 2, "{wrapped}: {}", converted.out);
        let rendered = run(&["render", "--light", "--related-from", path, path], "");
        assert_eq!(rendered.status, 1, "{wrapped}: {}", rendered.stderr);
        assert!(rendered.stderr.contains(found), "{wrapped}: {}", rendered.stderr);
        assert_eq!(rendered.out.matches("review-card__entry").count(), 2, "{wrapped}: {}", rendered.out);
    }
}

#[test]
fn convert_of_convert_changes_nothing() {
    let once = run(&["convert", "-"], WHOLE).out;
    check(&["convert", "-"], &once, 0, &once, "");
}

/// Pages of other people in three formats: what `convert` writes equals what `read` returns.
#[test]
fn convert_writes_the_seeds() {
    let Some(seeds) = corpora::seeds() else { return };
    let mut count = 0;
    for name in ["seed-1.jsonld", "seed-2.jsonld", "seeds.feed.json", "seeds.wordpress.json"] {
        let file = seeds.join(name);
        let bytes = fs::read(&file).unwrap();
        let converted = run(&["convert", file.to_str().unwrap()], "");
        assert_eq!((converted.status, converted.stderr.as_str()), (0, ""), "{name}");
        let (expected, _) = review_card::read(&bytes, None).unwrap();
        let (found, problems) = review_card::read(converted.out.as_bytes(), None).unwrap();
        assert_eq!((found, problems), (expected.clone(), Vec::new()), "{name}");
        count += expected.reviews.len();
    }
    println!("{count} seeds converted");
    assert_eq!(count, 5);
}

#[test]
fn convert_keeps_html_unless_its_addresses_would_lead_elsewhere() {
    let html = r#"{ "title": "A", "bodyHtml": "<p class=x>See <a href='../b'>b</a> &amp; <img src=c.png>" }"#;
    let kept = run(&["convert", "-"], html);
    assert!(kept.out.contains("class=x") && kept.out.contains("'../b'"), "{}", kept.out);
    let base = ["convert", "-", "--base", "https://blog.example/x/feed.json"];
    let whole = run(&base, html);
    let read: serde_json::Value = serde_json::from_str(&whole.out).unwrap();
    assert_eq!(
        read["reviews"][0]["bodyHtml"],
        "<p>See <a href=\"https://blog.example/b\">b</a> &amp; <img src=\"https://blog.example/x/c.png\" alt=\"\" \
        loading=\"lazy\" decoding=\"async\"></p>"
    );
    check(&base, &whole.out, 0, &whole.out, "");
    let note = r#"{ "title": "A", "history": [{ "rating": 3, "noteHtml": "<a href='../b'>b</a><script>x</script>" }] }"#;
    assert!(
        run(&base, note).out.contains(r#""noteHtml": "<p><a href=\"https://blog.example/b\">b</a></p>""#)
    );
}

#[test]
fn convert_joins_its_inputs_and_tells_their_problems() {
    let one = file("one.json", r#"[{ "title": "A", "lang": "?" }]"#);
    let two = file("two.json", r#"{ "@type": "Review", "name": "B" }"#);
    let run = run(&["convert", one.to_str().unwrap(), two.to_str().unwrap()], "");
    assert_eq!(run.status, 1);
    assert!(run.out.contains(r#""title": "A""#) && run.out.contains(r#""title": "B""#), "{}", run.out);
    let stderr =
        format!("{}: [0].lang: expected a BCP 47 language tag such as en-GB, found \"?\"\n", one.display());
    assert_eq!(run.stderr, stderr);
    fs::remove_file(one).unwrap();
    fs::remove_file(two).unwrap();
}

#[test]
fn what_cannot_be_read_is_one_line() {
    check(&["check", "-"], "<html>", 2, "", "standard input: expected JSON, found HTML or XML\n");
    check(&["convert", "-"], "", 2, "", "standard input: expected JSON, found an empty document\n");
    check(
        &["convert", "-"],
        "[]",
        2,
        "",
        "standard input: expected a review, an array of reviews or { \"reviews\": [...] }, found an array\n",
    );
    let run = run(&["check", "/nowhere/at/all.json"], "");
    assert_eq!((run.status, run.out.as_str(), run.stderr.lines().count()), (2, "", 1));
    assert_eq!(run.stderr, "/nowhere/at/all.json: No such file or directory\n");
    let stderr = "standard input: expected at most 67108864 bytes, found more\n";
    check(&["convert", "-"], &" ".repeat(70_000_000), 2, "", stderr);
}

#[test]
fn one_readable_input_is_something() {
    let run = run(&["check", "/nowhere/at/all.json", "-"], WHOLE);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
}

#[test]
fn a_document_cannot_speak_to_the_terminal() {
    let run = run(
        &["check", "-"],
        "{ \"title\": \"\\u001b[2Jx\\nfile: line\", \"id\": \"a\\u009b\\u202e\", \"rating\": \"\\u001b[31m\" }",
    );
    assert!(run.out.chars().all(|c| c == '\n' || !c.is_control()), "{:?}", run.out);
    assert!(!run.out.contains('\u{202e}'), "{:?}", run.out);
    assert!(run.out.lines().all(|line| line.starts_with("standard input: ")), "{}", run.out);
}

#[test]
fn a_base_without_a_slash_at_its_end_is_a_folder() {
    for (base, expected) in [
        ("https://blog.example/books", "https://blog.example/books/a"),
        ("https://blog.example/books/", "https://blog.example/books/a"),
        ("https://blog.example", "https://blog.example/a"),
        ("https://blog.example/books/all.json", "https://blog.example/books/a"),
        ("https://blog.example/books?page=2", "https://blog.example/a"),
    ] {
        let converted = run(&["convert", "-", "--base", base], r#"{ "title": "A", "url": "a" }"#);
        assert!(converted.out.contains(&format!("\"{expected}\"")), "{base}: {}", converted.out);
    }
}

#[test]
fn wrong_arguments_are_told() {
    for (arguments, expected) in [
        (&["check"][..], "required"),
        (&["publish"][..], "unrecognized subcommand"),
        (&["check", "-", "--base", "here"][..], "expected an absolute address such as https://blog.example/"),
    ] {
        let run = run(arguments, "");
        assert_eq!(run.status, 2, "{}", run.stderr);
        assert!(run.stderr.contains(expected), "{}", run.stderr);
    }
}

#[test]
fn help_names_the_exit_statuses() {
    for arguments in [&["--help"][..], &["check", "--help"], &["convert", "--help"], &["render", "--help"]] {
        let run = run(arguments, "");
        assert_eq!(run.status, 0);
        assert!(run.out.contains("2 nothing could be done"), "{}", run.out);
    }
}

/// The first address that `convert` and `render` write for one that is relative to `base`.
#[track_caller]
fn check_base(base: &str, relative: &str, expected: &str) {
    let review =
        format!(r#"{{ "title": "A", "url": "{relative}", "bodyHtml": "<a href='{relative}'>a</a>" }}"#);
    let converted = run(&["convert", "-", "--base", base], &review).out;
    let read: serde_json::Value = serde_json::from_str(&converted).unwrap();
    let review_url = read.pointer("/reviews/0/url").and_then(serde_json::Value::as_str);
    assert_eq!(review_url, Some(expected), "{base}");
    let rendered = run(&["render", "-", "--light", "--base", base], &review).out;
    let links: Vec<_> = rendered.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(links.len() >= 2 && links.iter().all(|link| *link == expected), "{base}: {links:?}");
}

#[test]
fn a_base_with_a_path_resolves_as_in_a_browser() {
    let folder = "https://example.org/blog/";
    check_base(folder, "a/b", "https://example.org/blog/a/b");
    check_base(folder, "/a/b", "https://example.org/a/b");
    check_base(folder, "../a", "https://example.org/a");
    check_base(folder, "?a", "https://example.org/blog/?a");
    check_base(folder, "//other.example/a", "https://other.example/a");
    check_base("https://example.org/blog/post.html", "a", "https://example.org/blog/a");
    check_base("https://example.org", "a", "https://example.org/a");
}

#[test]
fn a_list_is_sorted_across_inputs_and_pages() {
    let one = file(
        "sort-1.json",
        r#"{ "title": "T", "reviews": [{ "title": "B", "rating": 3, "published": "2020-01-01" }, { "title": "a", "rating": 5 }] }"#,
    );
    let two = file(
        "sort-2.json",
        r#"[{ "title": "C" }, { "title": "D", "rating": 4, "published": "2021-01-01" }]"#,
    );
    let out = env::temp_dir().join(format!("review-card-{}-sorted", std::process::id()));
    let page = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    let titles = |html: &str| -> String {
        html.split("part=\"title\" dir=\"auto\">").skip(1).filter_map(|rest| rest.chars().next()).collect()
    };
    for (order, expected) in
        [("-rating", "aDBC"), ("rating", "BDaC"), ("title", "aBCD"), ("-date", "DBaC"), (" Date", "BDaC")]
    {
        let arguments = ["render", "--list", "--per-page", "3", "--src", "/r.json", "--sort", order, "--out"];
        let inputs = [out.to_str().unwrap(), one.to_str().unwrap(), two.to_str().unwrap()];
        let run = run(&[&arguments[..], &inputs].concat(), "");
        assert_eq!(run.status, 0, "{}", run.stderr);
        let (first, second) = (page("index.html"), page("page-2.html"));
        assert_eq!(titles(&first) + &titles(&second), expected, "{order}");
        let sort = order.trim().to_lowercase();
        assert!(first.contains(&format!("<review-list src=\"/r.json\" sort=\"{sort}\">")), "{first}");
        assert!(second.contains("<review-list>"), "{second}");
    }
    let wrong = run(&["render", "--list", "--out", out.to_str().unwrap(), "--sort", "up", "-"], "[]");
    assert_eq!(wrong.status, 2);
    let expected = "expected date, rating or title, or one of them after -, found \"up\"";
    assert!(wrong.stderr.contains(expected), "{}", wrong.stderr);
    fs::remove_dir_all(out).unwrap();
    fs::remove_file(one).unwrap();
    fs::remove_file(two).unwrap();
}

//! `review-card render` as people run it: what is written where, what is reported, and how it ends.
//!
//! `cargo test --release --test render -- --ignored --nocapture` measures ten and a hundred thousand reviews.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

#[path = "skip.rs"]
mod skip;

#[path = "render/folder.rs"]
mod folder;
#[path = "render/scale.rs"]
mod scale;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use scale::collection;
use scale::piped;
use skip::skip;
use tempfile::TempDir;

fn render(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_review-card"));
    command.arg("render").args(arguments);
    command
}

fn file(folder: &TempDir, name: &str, content: &str) -> String {
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn names(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The titles of what is on standard output, in its order.
fn titles(output: &Output) -> Vec<String> {
    let html = text(&output.stdout);
    let titles = html.split("review-card__title p-name\" dir=\"auto\">").skip(1);
    titles.map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

/// Runs `render --light`, without the paths of this test in what is reported.
#[track_caller]
fn check(arguments: &[&str], status: i32, reported: &str) -> Output {
    let output = render(&[&["--light"], arguments].concat()).output().unwrap();
    assert_eq!(output.status.code(), Some(status), "{}", text(&output.stderr));
    let line = |line: &str| match line.split_once(".json: ") {
        Some((path, problem)) => [path.rsplit('/').next().unwrap(), ".json: ", problem].concat(),
        None => line.to_owned(),
    };
    assert_eq!(text(&output.stderr).lines().map(line).collect::<Vec<_>>().join("\n"), reported);
    output
}

#[test]
fn reviews_come_in_the_order_of_the_inputs() {
    let folder = TempDir::new().unwrap();
    let many: Vec<_> = (0..200).map(|n| format!("{{\"title\": \"T{n}\"}}")).collect();
    let one = file(&folder, "one.json", &format!("[{}]", many.join(",\n")));
    let two = file(&folder, "two.json", "{ \"title\": \"Blog\", \"reviews\": [{ \"title\": \"Last\" }] }");
    let output = check(&[&one, &two], 0, "");
    let expected: Vec<_> = (0..200).map(|n| format!("T{n}")).chain(["Last".into()]).collect();
    assert_eq!(titles(&output), expected);
}

/// A feed whose items have their author and language from what stands around them, some of it after them.
fn feed(items: usize) -> String {
    let items: Vec<_> = (0..items)
        .map(|n| format!("{{\"id\": \"{n}\", \"title\": \"T{n}\", \"content_text\": \"Words.\"}}"))
        .collect();
    format!(
        "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"language\": \"fr\",\n\"items\": [{}],\n\"authors\": [{{\"name\": \"Ada\"}}, {{\"name\": {{}}}}]}}",
        items.join(",\n")
    )
}

#[test]
fn the_items_of_a_feed_know_what_stands_around_them() {
    let folder = TempDir::new().unwrap();
    let of_file = check(
        &[&file(&folder, "feed.json", &feed(200))],
        1,
        "feed.json: authors[1].name: expected text, found an object",
    );
    let expected: Vec<_> = (0..200).map(|n| format!("T{n}")).collect();
    assert_eq!(titles(&of_file), expected);
    assert_eq!(text(&of_file.stdout).matches(">Ada<").count(), 200);
    assert_eq!(text(&of_file.stdout).matches(" lang=\"fr\"").count(), 200);
    let mut child = piped_in(&["--light", "-"]);
    child.stdin.take().unwrap().write_all(feed(200).as_bytes()).unwrap();
    let of_pipe = child.wait_with_output().unwrap();
    assert!(of_pipe.stdout == of_file.stdout, "a pipe gives the same as a file");
    let none = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [], \"title\": \"A blog\"}";
    check(&[&file(&folder, "none.json", none)], 2, "none.json: expected a review, found none");
    let cut = feed(3).split("]").next().unwrap().to_owned();
    let output = check(
        &[&file(&folder, "cut.json", &cut)],
        1,
        "cut.json: around the items: expected JSON, found the end of the document in place of a value at line 2 column 11: the document is cut off; type what is missing, or upload the whole file again",
    );
    assert_eq!(titles(&output), ["T0", "T1", "T2"]);
}

#[test]
fn posts_of_wordpress_come_one_by_one() {
    let folder = TempDir::new().unwrap();
    let post = |n| {
        format!(
            "{{\"id\": {n}, \"title\": {{\"rendered\": \"T{n} &amp; more\"}}, \"yoast\": {{\"@context\": \"x\", \"@graph\": []}}}}"
        )
    };
    let posts: Vec<_> = (0..50).map(post).collect();
    let input = file(&folder, "posts.json", &format!("[{}, 7]", posts.join(",")));
    let output = check(&[&input], 1, "posts.json: [50]: expected a review (an object with a title), found 7");
    assert_eq!(titles(&output).len(), 50);
    assert_eq!(titles(&output)[7], "T7 &amp; more");
}

#[test]
fn standard_input_is_a_dash() {
    let mut child = piped_in(&["--light", "-"]);
    child.stdin.take().unwrap().write_all(b"{ \"title\": \"Piped\" }").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(titles(&output), ["Piped"]);
}

#[test]
fn the_hash_of_the_sheet_is_told_once() {
    let folder = TempDir::new().unwrap();
    let input = file(&folder, "a.json", "[{ \"title\": \"A\" }, { \"title\": \"B\" }]");
    let output = render(&[&input]).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stderr).matches("'sha256-").count(), 1);
    assert_eq!(text(&output.stdout).matches("<style>").count(), 2);
    let output = render(&["--stylesheet", "/card.css", &input]).output().unwrap();
    assert_eq!(text(&output.stderr), "");
    assert_eq!(text(&output.stdout).matches("<link rel=\"stylesheet\" href=\"/card.css\">").count(), 2);
}

#[test]
fn one_bad_review_costs_that_review() {
    let folder = TempDir::new().unwrap();
    let input = file(
        &folder,
        "in.json",
        r#"{ "reviews": [{ "title": "A" }, { "rating": 4 }, null, 7, { "title": "B", "rating": "five" },
            { "title": "C", "url": "java\u0073cript:x" }, { title: 1 }] }"#,
    );
    let output = check(
        &[&input],
        1,
        "in.json: reviews[1].title: expected text, found nothing\n\
         in.json: reviews[3]: expected a review (an object with a title), found 7\n\
         in.json: reviews[4].rating: expected a rating such as 4, \"8/10\", \"85%\" or \"B+\", found \"five\"\n\
         in.json: reviews[5].url: expected an http, https, mailto, tel or relative address, found \"javascript:x\"\n\
         in.json: reviews[6]: expected JSON, found \"t\" in place of a key in double quotes at line 2: put double quotes around keys",
    );
    assert_eq!(titles(&output), ["A", "B", "C"]);
}

#[test]
fn broken_documents() {
    let folder = TempDir::new().unwrap();
    let input = |name, content| file(&folder, name, content);
    let empty = input("empty.json", "");
    check(&[&empty], 2, "empty.json: expected JSON, found an empty document");
    let html = input("html.json", "<!doctype html>");
    check(&[&html], 2, "html.json: expected JSON, found HTML or XML");
    let none = input("none.json", "{ \"reviews\": [] }");
    check(&[&none], 2, "none.json: expected a review, found none");
    check(&[&path(&folder, "no.json")], 2, "no.json: No such file or directory");
    let good = input("good.json", "{ \"title\": \"Good\" }");
    check(&[&html, &good], 1, "html.json: expected JSON, found HTML or XML");
    let cut = input("cut.json", "[{ \"title\": \"A\" }, { \"title\": \"B\" }, { \"title\": \"C");
    let output = check(
        &[&cut],
        1,
        "cut.json: [2]: expected JSON, found the end of the document in place of a closing quote at line 1: the document is cut off; type what is missing, or upload the whole file again\n\
         cut.json: around the reviews: expected JSON, found the end of the document in place of a value at line 1 column 2: the document is cut off; type what is missing, or upload the whole file again",
    );
    assert_eq!(titles(&output), ["A", "B"]);
}

#[test]
fn what_is_told_cannot_move_the_cursor() {
    let folder = TempDir::new().unwrap();
    let input =
        file(&folder, "in.json", "[{ \"title\": \"A\", \"rating\": \"\\u202e\\u061c\\u001b[2Jfive\" }]");
    let output = render(&["--light", &input]).output().unwrap();
    let reported = text(&output.stderr);
    assert!(reported.contains("\\u{202e}\\u{61c}"), "{reported:?}");
    assert!(!reported.contains(['\u{1b}', '\u{202e}', '\u{61c}']), "{reported:?}");
}

#[test]
fn problems_without_end_are_counted() {
    let folder = TempDir::new().unwrap();
    let input = file(&folder, "in.json", &format!("[{{ \"title\": \"A\" }}{}]", ", 7".repeat(1200)));
    let output = render(&["--light", &input]).output().unwrap();
    let reported = text(&output.stderr);
    assert_eq!(reported.lines().count(), 1001);
    assert!(reported.ends_with("200 more problems\n"), "{reported}");
}

#[test]
fn json_of_a_known_service_is_not_half_shown() {
    let folder = TempDir::new().unwrap();
    for (name, json, service) in [
        ("rss.json", r#"[{ "title": "A", "link": "/a", "pubDate": "soon" }]"#, "rss-parser"),
        (
            "rss2.json",
            r#"{ "status": "ok", "feed": {}, "items": [{ "title": "A", "pubDate": "" }] }"#,
            "rss2json",
        ),
        ("ghost.json", r#"[{ "title": "A", "html": "<p>a", "published_at": "" }]"#, "Ghost"),
        ("trakt.json", r#"[{ "title": "A", "rated_at": "", "type": "movie" }]"#, "Trakt"),
        ("items.json", r#"{ "items": [{ "title": "A" }] }"#, "a JSON Feed"),
    ] {
        let output = render(&["--light", &file(&folder, name, json)]).output().unwrap();
        let reported = text(&output.stderr);
        assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(2), ""), "{name}");
        assert!(reported.contains(service) && reported.lines().count() == 1, "{reported}");
    }
}

#[test]
fn relative_addresses_are_resolved() {
    let folder = TempDir::new().unwrap();
    let input = file(&folder, "in.json", "{ \"title\": \"One\", \"url\": \"../one\" }");
    let output =
        check(&["--page", "--stylesheet", "/c.css", "--base", "https://a.example/b/c/", &input], 0, "");
    let html = text(&output.stdout);
    assert!(html.contains("<link rel=\"canonical\" href=\"https://a.example/b/one\">"), "{html}");
    for wrong in ["b/c", "ftp://a.example/", "javascript:x"] {
        assert_eq!(render(&["--base", wrong, &input]).output().unwrap().status.code(), Some(2));
    }
    assert_eq!(render(&["--lang", "\" onload=", &input]).output().unwrap().status.code(), Some(2));
}

/// What schema.org has no property for.
const NOT_IN_JSON_LD: [&str; 5] = ["/previous", "/next", "/history", "/links", "/disclosure"];

#[test]
fn the_json_ld_of_a_page_is_the_same_review() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests");
    let mut fields = 0;
    for case in [
        "e2e/data/full.json",
        "cases/prerender/every-part-light/review.json",
        "cases/prerender/other-pieces-are-in-the-json-ld-light/review.json",
    ] {
        let input = root.join(case).to_str().unwrap().to_owned();
        for form in [&["--page"][..], &["--page", "--light"], &["--light"], &[]] {
            let output =
                render(&[form, &["--base", "https://blog.example/", &input]].concat()).output().unwrap();
            let html = text(&output.stdout);
            let (_, data) = html.split_once("<script type=\"application/ld+json\">").unwrap();
            let data = data.split_once("</script>").unwrap().0;
            let again = plain(data.as_bytes());
            let mut expected = plain(&fs::read(&input).unwrap());
            for path in NOT_IN_JSON_LD {
                let (object, key) = path.rsplit_once('/').unwrap();
                expected.pointer_mut(object).and_then(|it| it.as_object_mut()).and_then(|it| it.remove(key));
            }
            assert_eq!(again, expected, "{case} {form:?}");
            fields += again.as_object().unwrap().len();
        }
    }
    assert!(fields > 12 * 11, "the reviews have most of what there is: {fields}");
}

/// One review through `convert`.
fn plain(json: &[u8]) -> serde_json::Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_review-card"));
    command.args(["convert", "-", "--base", "https://blog.example/"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(json).unwrap();
    let mut collection: serde_json::Value =
        serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap();
    collection["reviews"][0].take()
}

#[test]
fn a_reader_who_has_had_enough_ends_it() {
    let folder = TempDir::new().unwrap();
    let input = file(&folder, "in.json", &collection(5000, 10));
    let mut child = piped(&["--light", &input]);
    let mut begin = [0; 100];
    child.stdout.take().unwrap().read_exact(&mut begin).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

/// Interrupts `render` in the middle, looks at what it has left, and has a second run write the rest. Gives the names of what
/// was unfinished, and how it ended.
fn interrupted(interrupt: impl FnOnce(&mut Child)) -> (Vec<String>, ExitStatus) {
    let folder = TempDir::new().unwrap();
    let (input, out) = (file(&folder, "in.json", &collection(3000, 200)), path(&folder, "out"));
    let mut child = piped(&["--light", &input, "--out", &out]);
    let start = Instant::now();
    while !Path::new(&out).is_dir() || names(&out).len() < 20 {
        assert!(start.elapsed() < Duration::from_secs(60), "it has begun by now");
        std::thread::sleep(Duration::from_millis(1));
    }
    interrupt(&mut child);
    let status = child.wait().unwrap();
    let (files, unfinished): (Vec<_>, Vec<_>) =
        names(&out).into_iter().partition(|name| name.ends_with(".html"));
    assert!(files.len() < 3000, "it was interrupted");
    for name in files {
        let html = fs::read_to_string(Path::new(&out).join(&name)).unwrap();
        assert!(html.ends_with("</article>\n"), "{name}");
    }
    check(&[&input, "--out", &out], 0, "");
    let files = names(&out).into_iter().filter(|name| name.ends_with(".html")).count();
    assert_eq!(files, 3000, "a second run writes the rest");
    (unfinished, status)
}

#[test]
fn a_kill_leaves_whole_files() {
    let (unfinished, _) = interrupted(|child| child.kill().unwrap());
    assert!(unfinished.iter().all(|name| name.starts_with(".review-card-")), "{unfinished:?}");
}

#[cfg(unix)]
#[test]
fn an_interruption_leaves_whole_files_and_no_other() {
    let (unfinished, status) = interrupted(|child| {
        let id = rustix::process::Pid::from_child(child);
        rustix::process::kill_process(id, rustix::process::Signal::INT).unwrap();
    });
    assert_eq!(unfinished, Vec::<String>::new());
    assert_eq!(status.code(), Some(130));
}

/// Builds that are cancelled and terminals that are closed say so in other words than Ctrl-C.
#[cfg(unix)]
#[test]
fn a_cancelled_build_leaves_whole_files_and_no_other() {
    use rustix::process::{Pid, Signal, kill_process};
    for signal in [Signal::TERM, Signal::HUP] {
        let (unfinished, status) = interrupted(|child| kill_process(Pid::from_child(child), signal).unwrap());
        assert_eq!(unfinished, Vec::<String>::new());
        assert_eq!(status.code(), Some(130));
    }
}

#[test]
fn a_review_of_any_size_is_passed_over() {
    let mut child = piped_in(&["--light", "-"]);
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        input.write_all(b"[{\"title\": \"A\"}, {\"title\": \"").unwrap();
        let piece = [b'x'; 1 << 20];
        (0..17).for_each(|_| input.write_all(&piece).unwrap());
        input.write_all(b"\"}, {\"title\": \"C\"}]").unwrap();
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!(titles(&output), ["A", "C"]);
    let reported = "standard input: [1]: expected at most 16777216 bytes, found 17825805\n";
    assert_eq!((text(&output.stderr).as_str(), output.status.code()), (reported, Some(1)));
}

fn piped_in(arguments: &[&str]) -> Child {
    let mut command = render(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// What is drawn on a terminal of its own while `render` runs.
#[cfg(target_os = "linux")]
fn on_a_terminal(arguments: &[&str]) -> String {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    let name = ptsname(&terminal, Vec::new()).unwrap();
    let other_end = fs::OpenOptions::new().read(true).write(true).open(name.to_str().unwrap()).unwrap();
    // Without `TERM`, nothing is drawn.
    let mut child =
        render(arguments).env("TERM", "xterm").stdout(Stdio::null()).stderr(other_end).spawn().unwrap();
    let mut drawn = Vec::new();
    // Ends with an error where the last one who had the other end has gone.
    let _ = fs::File::from(terminal).read_to_end(&mut drawn);
    assert!(child.wait().unwrap().success());
    text(&drawn)
}

#[cfg(target_os = "linux")]
#[test]
fn progress_is_shown_on_a_terminal_and_nowhere_else() {
    let folder = TempDir::new().unwrap();
    let (input, out) = (file(&folder, "in.json", &collection(2000, 200)), path(&folder, "out"));
    let drawn = on_a_terminal(&["--light", &input, "--out", &out]);
    let counted = |line: &str| {
        let (bar, _) = line.split_once(" reviews, ")?;
        let (percent, count) = bar.split_once(" %  ")?;
        let number = |text: &str| text.split_whitespace().last()?.replace(',', "").parse::<u32>().ok();
        Some((number(percent)?, number(count)?))
    };
    let counts: Vec<_> = drawn.split(['\r', '\n']).filter_map(counted).collect();
    assert!(
        counts.len() > 1 && counts.is_sorted() && counts.last() > Some(&(0, 0)),
        "{counts:?} in {drawn:?}"
    );
    assert!(drawn.ends_with("\u{1b}[2K") || drawn.ends_with("\u{1b}[K"), "it is cleared away: {drawn:?}");
    let mut child = piped(&["--light", &input, "--out", &path(&folder, "again")]);
    let mut reported = String::new();
    child.stderr.take().unwrap().read_to_string(&mut reported).unwrap();
    assert_eq!((reported.as_str(), child.wait().unwrap().code()), ("", Some(0)));
}

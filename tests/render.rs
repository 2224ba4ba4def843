//! `review-card render` as people run it: what is written where, what is reported, and how it ends.
//!
//! `cargo test --release --test render -- --ignored --nocapture` measures ten and a hundred thousand reviews.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

#[path = "skip.rs"]
mod skip;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

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
        "cut.json: around the items: expected JSON, found its end in place of a value at line 2 column 11: the document is cut off",
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
    child.stdin.take().unwrap().write_all(b"\xEF\xBB\xBF{ \"title\": \"Piped\" }").unwrap();
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
        "cut.json: [2]: expected JSON, found its end in place of a closing quote at line 1: the document is cut off\n\
         cut.json: around the reviews: expected JSON, found its end in place of a value at line 1 column 2: the document is cut off",
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
fn a_file_a_review_under_a_safe_name() {
    let folder = TempDir::new().unwrap();
    let ids = ["plain", "../../up", "/etc/passwd", "a/b", "a.b", ".hidden", "CON", "", "PLAIN", "plain", "."];
    let reviews: Vec<_> =
        ids.iter().map(|id| format!("{{\"id\": \"{id}\", \"title\": \"t {id}\"}}")).collect();
    let input = file(&folder, "in.json", &format!("[{}]", reviews.join(",")));
    let out = path(&folder, "new/out");
    check(
        &[&input, "--out", &out],
        1,
        "in.json: expected an id of its own, found \"PLAIN\" once more; it is written as PLAIN-2.html\n\
         in.json: expected an id of its own, found \"plain\" once more; it is written as plain-3.html",
    );
    let expected = [
        "PLAIN-2.html",
        "_CON.html",
        "a-b.html",
        "a.b.html",
        "etc-passwd.html",
        "hidden.html",
        "plain-3.html",
        "plain.html",
        "review.html",
        "t.html",
        "up.html",
    ];
    assert_eq!(names(&out), expected, "none lost, none outside");
    assert_eq!(names(folder.path().to_str().unwrap()), ["in.json", "new"]);
}

#[test]
fn unchanged_files_stay_untouched() {
    let folder = TempDir::new().unwrap();
    let out = path(&folder, "out");
    let write = |second| {
        let json = format!("[{{\"title\": \"One\"}}, {{\"title\": \"Two\", \"verdict\": \"{second}\"}}]");
        let input = file(&folder, "in.json", &json);
        check(&[&input, "--out", &out], 0, "");
        ["one", "two"].map(|name| {
            fs::metadata(Path::new(&out).join(format!("{name}.html"))).unwrap().modified().unwrap()
        })
    };
    let before = write("old");
    std::thread::sleep(Duration::from_millis(20));
    assert_eq!(write("old"), before);
    let after = write("new");
    assert_eq!(after[0], before[0]);
    assert_ne!(after[1], before[1]);
    assert_eq!(names(&out), ["one.html", "two.html"]);
    assert!(fs::read_to_string(Path::new(&out).join("two.html")).unwrap().contains("new"));
}

#[cfg(unix)]
#[test]
fn files_are_for_all_to_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = TempDir::new().unwrap();
    let (input, out) = (file(&folder, "in.json", "{ \"title\": \"One\" }"), path(&folder, "out"));
    check(&[&input, "--out", &out], 0, "");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let usual = mode(Path::new(&input));
    assert_eq!(mode(&Path::new(&out).join("one.html")), usual);
}

#[test]
fn a_folder_that_cannot_be_is_one_line() {
    let folder = TempDir::new().unwrap();
    let input = file(&folder, "in.json", "[{ \"title\": \"One\" }, { \"title\": \"Two\" }]");
    for out in [&*input, "/proc/none"] {
        let output = render(&[&input, "--out", out]).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let reported = text(&output.stderr);
        assert!(reported.starts_with(&format!("{out}: ")) && reported.lines().count() == 1, "{reported}");
        assert!(output.stdout.is_empty());
    }
}

/// Runs `render` where `folder` is a file system of its own, made with these options; `None` where this system lets nobody do so.
#[cfg(target_os = "linux")]
#[track_caller]
fn on_its_own_disk(folder: &str, options: &str, arguments: &[&str]) -> Option<Output> {
    let unshare = |script: &str, more: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "sh", "-c", script, "sh", folder, options]).args(more);
        command.output().ok()
    };
    let mount = r#"mount -t tmpfs -o "$2" none "$1""#;
    if !unshare(mount, &[]).is_some_and(|output| output.status.success()) {
        skip("no permission to mount a file system");
        return None;
    }
    let command = env!("CARGO_BIN_EXE_review-card");
    let script = format!(r#"{mount} && shift 2 && "$@"; status=$?; ls -A "$0" | wc -l >&2; exit $status"#);
    unshare(&script.replace("\"$0\"", &format!("'{folder}'")), &[&[command, "render"], arguments].concat())
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_once_and_leaves_whole_files() {
    let folder = TempDir::new().unwrap();
    let input = file(&folder, "in.json", &collection(300, 500));
    let out = path(&folder, "out");
    fs::create_dir(&out).unwrap();
    let Some(output) = on_its_own_disk(&out, "size=256k", &["--light", &input, "--out", &out]) else {
        return;
    };
    let reported = text(&output.stderr);
    let [line, left] = reported.lines().collect::<Vec<_>>()[..] else {
        panic!("expected one line, found {reported}")
    };
    assert!(line.starts_with(&out) && line.ends_with(".html: No space left on device"), "{reported}");
    assert_eq!(output.status.code(), Some(1));
    let left: usize = left.trim().parse().unwrap();
    assert!((1..300).contains(&left), "some were written, and nothing unfinished: {left}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_to_is_one_line() {
    let folder = TempDir::new().unwrap();
    let input = file(&folder, "in.json", "[{ \"title\": \"One\" }, { \"title\": \"Two\" }]");
    let out = path(&folder, "out");
    fs::create_dir(&out).unwrap();
    let Some(output) = on_its_own_disk(&out, "ro", &[&input, "--out", &out]) else { return };
    assert_eq!(text(&output.stderr), format!("{out}: Read-only file system\n0\n"));
    assert_eq!(output.status.code(), Some(2));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_output_is_one_line() {
    let folder = TempDir::new().unwrap();
    let input = file(&folder, "in.json", &collection(100, 100));
    let full = fs::File::create("/dev/full").unwrap();
    let output = render(&["--light", &input]).stdout(full).output().unwrap();
    assert_eq!(text(&output.stderr), "standard output: No space left on device\n");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_folder_of_a_files_name_costs_that_file() {
    let folder = TempDir::new().unwrap();
    let input = file(&folder, "in.json", "[{ \"title\": \"One\" }, { \"title\": \"Two\" }]");
    let out = path(&folder, "out");
    fs::create_dir_all(Path::new(&out).join("one.html")).unwrap();
    let output = render(&["--light", &input, "--out", &out]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), format!("{out}/one.html: Is a directory\n"));
    assert_eq!(names(&out), ["one.html", "two.html"]);
}

/// A FIFO in a file's place would wait for ever for somebody to write: it is replaced.
#[cfg(unix)]
#[test]
fn a_fifo_of_a_files_name_is_replaced() {
    let folder = TempDir::new().unwrap();
    let (input, out) = (file(&folder, "in.json", "{ \"title\": \"One\" }"), path(&folder, "out"));
    fs::create_dir(&out).unwrap();
    let name = Path::new(&out).join("one.html");
    assert!(Command::new("mkfifo").arg(&name).status().unwrap().success());
    let mut child = render(&[&input, "--out", &out]).stderr(Stdio::null()).spawn().unwrap();
    let end = Instant::now() + Duration::from_secs(20);
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if Instant::now() > end {
            child.kill().unwrap();
            panic!("expected it to end, found it waiting");
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    assert_eq!(status.code(), Some(0));
    assert!(fs::read_to_string(name).unwrap().contains("One"));
}

/// What an earlier run has left, or somebody has made: unfinished files, a folder and a FIFO with such names.
#[cfg(unix)]
#[test]
fn what_an_earlier_run_left_stops_nothing() {
    let folder = TempDir::new().unwrap();
    let (input, out) = (file(&folder, "in.json", "{ \"title\": \"One\" }"), path(&folder, "out"));
    fs::create_dir_all(Path::new(&out).join(".review-card-folder.tmp/within")).unwrap();
    let at = |name: &str| Path::new(&out).join(name);
    assert!(Command::new("mkfifo").arg(at(".review-card-fifo.tmp")).status().unwrap().success());
    fs::write(at(".review-card-old.tmp"), "half").unwrap();
    let long_ago = std::time::SystemTime::now() - Duration::from_secs(7200);
    fs::File::open(at(".review-card-old.tmp")).unwrap().set_modified(long_ago).unwrap();
    fs::File::open(at(".review-card-folder.tmp")).unwrap().set_modified(long_ago).unwrap();
    check(&[&input, "--out", &out], 0, "");
    assert_eq!(names(&out), [".review-card-fifo.tmp", ".review-card-folder.tmp", "one.html"]);
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
    let mut child = render(arguments).stdout(Stdio::null()).stderr(other_end).spawn().unwrap();
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

// ---- scale

/// Reads and renders reviews that come as long as `goes_on` says so, which looks at the process after each few dozen.
#[cfg(target_os = "linux")]
fn fed(arguments: &[&str], words: usize, mut goes_on: impl FnMut(&Child, usize) -> bool) {
    let mut child = piped_in(arguments);
    let mut input = child.stdin.take().unwrap();
    let words = "word ".repeat(words);
    let mut count = 0;
    input.write_all(b"[{ \"title\": \"First\" }").unwrap();
    while goes_on(&child, count) {
        for _ in 0..48 {
            count += 1;
            write!(input, ", {{ \"title\": \"Review {count}\", \"body\": \"{words}\" }}").unwrap();
        }
        input.flush().unwrap();
    }
    input.write_all(b"]").unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert_eq!((text(&output.stderr).as_str(), output.status.code()), ("", Some(0)));
}

/// The time that each worker of a process has had on a core, in hundredths of a second.
#[cfg(target_os = "linux")]
fn workers(id: u32) -> Vec<u64> {
    let threads = fs::read_dir(format!("/proc/{id}/task")).unwrap();
    // `ID (NAME) STATE PARENT …`, the time in the program and in the system being the fourteenth and the fifteenth.
    let time = |stat: String| {
        let (name, rest) = stat.split_once(" (")?.1.split_once(") ")?;
        let fields: Vec<_> = rest.split(' ').collect();
        let time = |at: usize| fields.get(at)?.parse::<u64>().ok();
        (name == "render").then_some(time(11)? + time(12)?)
    };
    threads.filter_map(|thread| time(fs::read_to_string(thread.ok()?.path().join("stat")).ok()?)).collect()
}

/// As many workers as there are cores, and none of them idle: not how long it takes, but who does it.
#[cfg(target_os = "linux")]
#[test]
fn every_core_has_its_share_of_the_work() {
    let cores = std::thread::available_parallelism().unwrap().get();
    let folder = TempDir::new().unwrap();
    let (out, list) = (path(&folder, "out"), path(&folder, "list"));
    for arguments in [&["--light", "-", "--out", &out][..], &["--light", "--list", "-", "--out", &list]] {
        let start = Instant::now();
        let mut found = Vec::new();
        fed(arguments, 800, |child, _| {
            found = workers(child.id());
            let all_have_worked = found.len() == cores && found.iter().all(|time| *time >= 10);
            !all_have_worked && start.elapsed() < Duration::from_secs(60)
        });
        println!("{cores} cores, {found:?} hundredths of a second of work: {arguments:?}");
        assert_eq!(found.len(), cores, "a worker a core");
        assert!(found.iter().all(|time| *time >= 10), "each has worked: {found:?}");
    }
}

/// What ten times as many reviews take more is their names, a few dozen bytes each.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_collection() {
    let folder = TempDir::new().unwrap();
    let out = path(&folder, "out");
    let (mut few, mut many) = (None, None);
    fed(&["--light", "-", "--out", &out], 50, |child, count| {
        many = peak(child.id());
        few = few.or(many.filter(|_| count >= 480));
        count < 4_800
    });
    let (few, many) = (few.unwrap(), many.unwrap());
    println!("{few:.1} MB after 480 reviews, {many:.1} MB after 4,800");
    assert!(many < few + 4.0, "{few:.1} MB after 480 reviews, {many:.1} MB after 4,800");
}

fn piped(arguments: &[&str]) -> Child {
    render(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// So many reviews of so many words.
fn collection(reviews: usize, words: usize) -> String {
    let vocabulary = ["the", "film", "of", "a", "quiet", "garden", "walks", "under", "evening", "light"];
    let review = |n: usize| {
        let body: Vec<_> = vocabulary.iter().cycle().skip(n % 10).step_by(7).copied().take(words).collect();
        let body: Vec<_> = body.chunks(100).map(|p| p.join(" ")).collect();
        format!(
            "{{\"id\": \"r{n}\", \"title\": \"Review {n}\", \"url\": \"/r/{n}\", \"rating\": \"{}/5\", \"verdict\": \
             \"Number {n} of them.\", \"author\": \"Ann\", \"published\": \"2024-06-30\", \"work\": \"Work {n}\", \
             \"body\": \"{}\"}}",
            n % 6,
            body.join("\\n\\n")
        )
    };
    let reviews: Vec<_> = (0..reviews).map(review).collect();
    format!("{{\"title\": \"Blog\", \"reviews\": [{}]}}", reviews.join(",\n"))
}

/// The most memory that a process has had at once, in MB.
fn peak(id: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}

#[test]
#[ignore = "takes minutes, and says little without --release"]
fn time_and_memory() {
    for reviews in [1_000, 10_000, 100_000] {
        let folder = TempDir::new().unwrap();
        let (input, out) = (file(&folder, "in.json", &collection(reviews, 800)), path(&folder, "out"));
        for run in ["written", "unchanged"] {
            let start = Instant::now();
            let mut child = render(&["--light", &input, "--out", &out]).spawn().unwrap();
            let mut memory = 0.0;
            let status = loop {
                memory = peak(child.id()).unwrap_or(memory);
                if let Some(status) = child.try_wait().unwrap() {
                    break status;
                }
                std::thread::sleep(Duration::from_millis(5));
            };
            assert!(status.success());
            let seconds = start.elapsed().as_secs_f64();
            println!("{reviews:>7} reviews of 800 words, {run}: {seconds:.2} s, {memory:.1} MB at most");
        }
        assert_eq!(names(&out).len(), reviews);
    }
}

#[test]
fn second_opinions_and_related_reviews_come_from_the_collection_that_is_named() {
    let folder = TempDir::new().unwrap();
    let work = r#""work": { "name": "Alien", "year": 1979 }"#;
    let input = file(
        &folder,
        "reviews.json",
        &format!(
            r#"[{{ "title": "One", "url": "one", {work} }}, {{ "title": "Two", "url": "two", {work}, "tags": ["space"] }},
            {{ "title": "Three", "url": "three", "tags": ["space"], "body": "Some words." }}]"#
        ),
    );
    let base = ["--base", "https://blog.example/"];
    let own = check(&[&base[..], &["--related-from", &input, &input]].concat(), 0, "");
    let html = text(&own.stdout);
    let entries = |part: &str| {
        let class = format!("review-card__{part}\">");
        let sections = html.split(&class).skip(1);
        let names = sections.map(|section| section.split("</section>").next().unwrap());
        names
            .map(|section| {
                section.split("__name\" dir=\"auto\">").skip(1).map(|name| name.split('<').next().unwrap())
            })
            .map(|names| names.collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
    };
    assert_eq!(entries("opinions"), ["Two", "One"]);
    assert_eq!(entries("related"), ["Three", "Two"]);
    assert!(html.contains("<p class=\"review-card__excerpt\" dir=\"auto\">Some words.</p>"));
    // Two files are one collection; without any, nothing is looked for.
    let other = file(&folder, "other.json", &format!(r#"{{ "title": "Four", {work} }}"#));
    let both =
        check(&[&base[..], &["--related-from", &input, "--related-from", &other, &other]].concat(), 0, "");
    assert_eq!(text(&both.stdout).matches("review-card__entry").count(), 2);
    assert!(!text(&check(&[&input], 0, "").stdout).contains("review-card__entry"));
}

#[test]
fn a_collection_that_cannot_be_looked_into_stops_it() {
    let folder = TempDir::new().unwrap();
    let input = file(&folder, "input.json", "{ \"title\": \"a\" }");
    let cut = file(&folder, "cut.json", "[{ \"title\": \"a\" }, { \"tit");
    let reported = "cut.json: expected JSON, found its end in place of a value at line 1 column 2: the document is cut off";
    let output = check(&["--related-from", &cut, &input], 2, reported);
    assert!(output.stdout.is_empty());
    let missing = path(&folder, "missing.json");
    check(&["--related-from", &missing, &input], 2, "missing.json: No such file or directory");
}

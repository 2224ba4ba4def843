//! `review-card import` and `export`, as processes.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

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
fn a_title_comes_first_if_it_is_known_before_the_reviews() {
    let feed = case("rss-and-atom-feeds-of-blogs/input/a.rss");
    let check = |run: &Run, title: &str, count: usize, is_first: bool| {
        let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(json["title"], title);
        assert_eq!(json["reviews"].as_array().unwrap().len(), count);
        assert_eq!(run.out.starts_with("{\n  \"title\": "), is_first, "{}", run.out);
        assert_eq!(run.out.matches("\n  \"title\": ").count(), 1, "{}", run.out);
    };
    check(&run(&["import", &feed]), "Café & Kino", 3, true);
    let table = folder("table.csv");
    fs::write(&table, "Title,Rating\nSalt Roads,4\n").unwrap();
    let table = table.to_str().unwrap();
    check(&run(&["import", table, &feed]), "Café & Kino", 4, false);
    check(&run(&["import", table, &feed, "--title", " My \"films\" "]), "My \"films\"", 4, true);
    fs::remove_file(table).unwrap();
}

#[test]
fn an_author_by_hand_is_that_of_reviews_without_one() {
    let page = folder("author.html");
    let html = |author: &str| {
        format!(
            "<!DOCTYPE html><script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"Review\",\"name\":\"A\",\
            \"itemReviewed\":{{\"@type\":\"Movie\",\"name\":\"A\"}},\"reviewRating\":{{\"ratingValue\":4}}{author}}}</script>"
        )
    };
    for (author, expected) in [("", "Ann Lee"), (",\"author\":\"Jo Vega\"", "Jo Vega")] {
        fs::write(&page, html(author)).unwrap();
        let import = run(&["import", page.to_str().unwrap(), "--author", " Ann Lee "]);
        let json: serde_json::Value = serde_json::from_str(&import.out).unwrap();
        assert_eq!(json["reviews"][0]["author"][0]["name"], expected, "{}", import.errors);
        let checked = folder("author.json");
        fs::write(&checked, &import.out).unwrap();
        let check = run(&["check", checked.to_str().unwrap()]);
        assert_eq!((check.status, check.out.as_str()), (0, ""));
        fs::remove_file(checked).unwrap();
    }
    assert_eq!(run(&["import", page.to_str().unwrap(), "--author", " "]).status, 2);
    fs::remove_file(page).unwrap();
}

#[test]
fn relative_addresses_are_reported_once_and_resolved_by_hand() {
    let here = folder("base");
    fs::create_dir_all(&here).unwrap();
    for name in ["a", "b"] {
        let post = format!("---\ntitle: {name}\n---\n[link](/{name}) ![picture]({name}.jpg)\n");
        fs::write(here.join(name.to_owned() + ".md"), post).unwrap();
    }
    let path = here.to_str().unwrap();
    let left = run(&["import", path]);
    let line = "4 links and pictures have relative addresses: add --base and the address of the site, for example --base https://blog.example/\n";
    assert_eq!((left.status, left.errors.matches(line).count()), (0, 1), "{}", left.errors);
    assert!(left.out.contains(r#"href=\"/a\""#), "{}", left.out);
    let resolved = run(&["import", path, "--base", "https://blog.example/films/"]);
    assert_eq!((resolved.status, resolved.errors.contains("--base")), (0, false), "{}", resolved.errors);
    assert!(resolved.out.contains(r#"href=\"https://blog.example/a\""#), "{}", resolved.out);
    assert!(resolved.out.contains(r#"src=\"https://blog.example/films/b.jpg\""#), "{}", resolved.out);
    let wrong = run(&["import", path, "--base", "blog.example"]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.errors.contains("expected an absolute address"), "{}", wrong.errors);
    fs::remove_dir_all(here).unwrap();
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
    assert_eq!(names.len(), 20);
    assert!(expected.iter().all(|name| names.iter().any(|found| found == name)), "{names:?}");
    let json = fs::read(out.join("harbour-watch-2019.json")).unwrap();
    let (collection, problems) = review_card::read(&json, None).unwrap();
    assert_eq!((collection.reviews[0].title.as_str(), problems.len()), ("Harbour Watch", 0));
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn the_status_and_the_message_say_how_it_ended() {
    let problems = run(&["import", &case("trakt-ratings-comments-and-plays-are-joined/input/trakt.zip")]);
    assert_eq!(problems.status, 1);
    assert!(
        problems.errors.contains("expected a rating, a comment or a play as Trakt exports it"),
        "{}",
        problems.errors
    );

    let nothing = run(&["import", &case("rss-and-atom-feeds-of-blogs/report.txt")]);
    assert_eq!((nothing.status, nothing.out.as_str()), (2, ""));
    assert!(
        nothing.errors.starts_with("report.txt: expected an export of Letterboxd, Goodreads"),
        "{}",
        nothing.errors
    );

    let missing = run(&["import", "no-such-file.zip"]);
    assert_eq!((missing.status, missing.out.as_str()), (2, ""));
    assert_eq!(missing.errors, "no-such-file.zip: No such file or directory\n");

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
    let expected = "Title,Year,tmdbID,imdbID,Directors,Rating,WatchedDate,Rewatch,Review,Tags,LetterboxdURI\n\
        The Lamplighter's Daughter,1962,,tt0999001,\"Ada Lindqvist, Bo Holm\",4.5,,,,,\n";
    assert_eq!((letterboxd.status, letterboxd.out.lines().count()), (1, 13));
    assert!(letterboxd.out.starts_with(expected), "{}", letterboxd.out);
    assert!(
        letterboxd.errors.contains("harbour-watch-2019: expected a film (work.type Movie), found TVSeries"),
        "{}",
        letterboxd.errors
    );

    let feed = run(&["export", &reviews, "--to", "json-feed"]);
    let (collection, problems) = review_card::read(feed.out.as_bytes(), None).unwrap();
    assert_eq!((feed.status, collection.reviews.len(), problems.len()), (0, 20, 0));

    let many = run(&["export", &reviews, "--to", "markdown"]);
    assert_eq!((many.status, many.out.as_str()), (2, ""));
    assert_eq!(many.errors, "expected --out DIR: a file of Markdown holds one review, and here are 20\n");
    let out = folder("markdown");
    let files = run(&["export", &reviews, "--to", "markdown", "--out", out.to_str().unwrap()]);
    assert_eq!((files.status, files.out.as_str()), (0, ""), "{}", files.errors);
    let blocked = run(&["export", &reviews, "--to", "markdown", "--out", &reviews]);
    assert_eq!((blocked.status, blocked.errors), (2, format!("{reviews}: File exists\n")));
    let again = run(&["import", out.to_str().unwrap()]);
    assert_eq!(again.status, 0, "{}", again.errors);
    let (collection, _) = review_card::read(again.out.as_bytes(), None).unwrap();
    assert_eq!(collection.reviews.len(), 20);
    fs::remove_dir_all(out).unwrap();
}

/// A zip of these files.
fn zip(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The files in a folder and its folders.
fn files(folder: &Path, prefix: &str, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            files(&path, &format!("{name}/"), found);
        } else {
            found.push((name, fs::read(&path).unwrap()));
        }
    }
}

/// The chapter's commands as they are written, in their order: from a zip of Letterboxd's to a page with all reviews,
/// and back.
#[cfg(unix)]
#[test]
fn the_commands_of_the_chapter_run_as_written() {
    let here = folder("chapter");
    fs::create_dir_all(here.join("posts")).unwrap();
    let input = case("letterboxd-export-and-feed-are-one-diary/input");
    let mut export = Vec::new();
    files(&Path::new(&input).join("export.zip"), "", &mut export);
    fs::write(here.join("letterboxd-you.zip"), zip(&export)).unwrap();
    fs::copy(Path::new(&input).join("feed.xml"), here.join("letterboxd-feed.xml")).unwrap();
    fs::write(here.join("films.csv"), "Title,Stars,Notes\nSalt Roads,4,Grey.\n").unwrap();
    fs::write(here.join("posts/salt.md"), "---\ntitle: Salt Roads\nstars: 4\n---\nGrey.\n").unwrap();

    let chapter = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/src/import.md");
    let chapter = fs::read_to_string(chapter).unwrap();
    let blocks: Vec<_> =
        chapter.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let commands: Vec<_> = blocks.iter().flat_map(|block| block.lines()).collect();
    assert!(commands.len() >= 8, "{commands:?}");
    let command = Path::new(env!("CARGO_BIN_EXE_review-card"));
    let path = format!("{}:{}", command.parent().unwrap().display(), env::var("PATH").unwrap());
    let mut printed = String::new();
    for line in commands {
        assert!(line.starts_with("review-card "), "{line}");
        let shell =
            Command::new("sh").args(["-ec", line]).current_dir(&here).env("PATH", &path).output().unwrap();
        let errors = String::from_utf8_lossy(&shell.stderr);
        println!("$ {line}\n{errors}");
        let out = String::from_utf8_lossy(&shell.stdout);
        // What the export has not is reported by `check`, as the chapter says.
        let status = if line.contains(" check ") { 1 } else { 0 };
        assert_eq!(shell.status.code(), Some(status), "{line}\n{errors}{out}");
        assert!(status == 0 || out.lines().all(|line| line.contains(": for search engines: ")), "{out}");
        printed = printed + &errors + &out;
    }
    // The chapter shows what they print.
    let shown = chapter.split("```text\n").skip(1).filter_map(|rest| rest.split("```").next());
    for line in shown.flat_map(str::lines) {
        assert!(printed.lines().any(|printed| printed == line), "{line}");
    }
    let page = fs::read_to_string(here.join("films/index.html")).unwrap();
    let reviews = fs::read(here.join("reviews.json")).unwrap();
    let (collection, problems) = review_card::read(&reviews, None).unwrap();
    assert_eq!((collection.reviews.len(), problems.len()), (8, 0));
    for review in &collection.reviews {
        let title = review.title.replace('\'', "&#39;");
        assert!(page.contains(&title) || page.contains(&review.title), "{} is on the page", review.title);
    }
    fs::remove_dir_all(here).unwrap();
}

#[test]
fn ids_and_names_that_climb_stay_in_the_folder() {
    let here = folder("climb");
    fs::create_dir_all(&here).unwrap();
    let ids =
        ["../../escaped", "/etc/escaped", "C:\\escaped", "..\\..\\escaped", "nul", "a\u{0}escaped", ".."];
    let reviews: Vec<_> =
        ids.iter().map(|id| serde_json::json!({ "id": id, "title": "T", "rating": 4 })).collect();
    let post = |id: &str| {
        format!("---\ntitle: P\nrating: 4\nid: \"{}\"\n---\n", id.replace('\\', "\\\\").replace('\0', ""))
            .into_bytes()
    };
    let mut export = vec![("all.json".to_owned(), serde_json::to_vec(&reviews).unwrap())];
    export.push(("../../../escaped.md".into(), post("../up")));
    export.push(("/absolute.md".into(), b"---\ntitle: Q\nrating: 4\n---\n".to_vec()));
    fs::write(here.join("in.zip"), zip(&export)).unwrap();
    let out = here.join("a/b/c");
    let run = run(&["import", here.join("in.zip").to_str().unwrap(), "--out", out.to_str().unwrap()]);
    assert_eq!(run.status, 0, "{}", run.errors);
    let mut found = Vec::new();
    files(&here, "", &mut found);
    let outside: Vec<_> =
        found.iter().map(|(name, _)| name.as_str()).filter(|name| !name.starts_with("a/b/c/")).collect();
    assert_eq!(outside, ["in.zip"]);
    assert_eq!(found.len(), 1 + ids.len() + 2, "each review has a file");
    fs::remove_dir_all(here).unwrap();
}

#[test]
fn a_format_by_hand_overrides_what_is_detected() {
    let table = case("goodreads-with-private-notes-and-numbers-kept-from-excel/input/library.csv");
    let detected = run(&["import", &table]);
    assert!(!detected.errors.contains("guessed: "), "{}", detected.errors);
    let by_hand = run(&["import", &table, "--from", "csv"]);
    assert!(
        by_hand.errors.contains("guessed: rating from the column \"My Rating\", out of 5\n"),
        "{}",
        by_hand.errors
    );
    assert!(
        by_hand.out.contains("\"title\": \"The Salt Ledger (The Harbour Books, #1)\""),
        "{}",
        by_hand.out
    );
    // What is not used is named once, and each reason once.
    for errors in [&detected.errors, &by_hand.errors] {
        assert_eq!(errors.matches("columns that nothing uses: ").count(), 1, "{errors}");
    }
    let reasons = "left out: 2, neither a rating nor a text\nleft out: 1, not seen or read yet\n\
        left out: 1, not finished, without a rating or a text\n";
    assert!(detected.errors.contains(reasons), "{}", detected.errors);
}

/// The most memory that a process has had at once, in KiB.
#[cfg(target_os = "linux")]
fn peak(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Imports so many rows, and returns the peak of memory in KiB: looked up again and again while the process waits for
/// its reviews to be read, the last time some reviews before the end.
#[cfg(target_os = "linux")]
fn memory(here: &Path, rows: usize) -> u64 {
    let table = here.join(format!("{rows}.csv"));
    let text = "slow grey waves ".repeat(16);
    let rows: String =
        (0..rows).map(|row| format!("{row},Book {row},Ida Sand,4,2020/01/02,read,{text}\n")).collect();
    fs::write(&table, format!("Book Id,Title,Author,My Rating,Date Read,Exclusive Shelf,My Review\n{rows}"))
        .unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_review-card"));
    command.args(["import", table.to_str().unwrap()]).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let (mut out, mut chunk, mut most) = (child.stdout.take().unwrap(), vec![0; 64 << 10], 0);
    while out.read(&mut chunk).unwrap() > 0 {
        most = peak(child.id()).unwrap_or(most);
    }
    assert!(child.wait().unwrap().success());
    most
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_a_table() {
    let here = folder("memory");
    fs::create_dir_all(&here).unwrap();
    let (few, many) = (memory(&here, 1_000), memory(&here, 20_000));
    println!("{few} KiB for 1,000 rows, {many} KiB for 20,000");
    assert!(few > 1_000, "it was looked up: {few} KiB");
    assert!(many < few + 2_048, "{few} KiB for 1,000 rows, {many} KiB for 20,000");
    fs::remove_dir_all(here).unwrap();
}

/// A bar on a terminal, which is cleared away at the end, and none in a file.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_shows_how_far_it_is() {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    let here = folder("terminal");
    fs::create_dir_all(&here).unwrap();
    let rows: String = (0..3_000).map(|row| format!("Film {row},1999,4,Grey.\n")).collect();
    let (table, out) = (here.join("films.csv"), here.join("out"));
    fs::write(&table, format!("Title,Year,Rating,Review\n{rows}")).unwrap();
    let arguments = ["import", table.to_str().unwrap(), "--out", out.to_str().unwrap()];
    assert!(!run(&arguments).errors.contains('%'));
    fs::remove_dir_all(&out).unwrap();

    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    let name = ptsname(&terminal, Vec::new()).unwrap().into_string().unwrap();
    let end = fs::OpenOptions::new().read(true).write(true).open(name).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_review-card"));
    command.args(arguments).env("TERM", "xterm").stdin(Stdio::null()).stdout(Stdio::null()).stderr(end);
    let mut child = command.spawn().unwrap();
    // So that the terminal ends with the process.
    drop(command);
    let (mut drawn, mut terminal) = (Vec::new(), fs::File::from(terminal));
    // At the end, Linux says that there is nobody at the other side.
    let _ = terminal.read_to_end(&mut drawn);
    assert!(child.wait().unwrap().success());
    let drawn = String::from_utf8_lossy(&drawn);
    assert!(drawn.contains(" %  ") && drawn.contains(" reviews, "), "{drawn}");
    assert!(drawn.trim_end().ends_with("guessed: body from the column \"Review\""), "{drawn}");
    fs::remove_dir_all(here).unwrap();
}

//! Many reviews: memory, time and all cores.

use super::*;

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

pub(crate) fn piped(arguments: &[&str]) -> Child {
    render(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Returns a collection with this number of reviews, each of this number of words.
pub(crate) fn collection(reviews: usize, words: usize) -> String {
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
fn a_collection_that_is_cut_off_gives_its_complete_reviews() {
    let folder = TempDir::new().unwrap();
    let input = file(&folder, "input.json", "{ \"title\": \"a\", \"tags\": [\"x\"] }");
    let reviews = "{ \"title\": \"b\", \"tags\": [\"x\"] }, { \"tit";
    let feed = "{ \"version\": \"https://jsonfeed.org/version/1.1\", \"items\":";
    let cut_off = "the document is cut off; type what is missing, or upload the whole file again. Its complete reviews are used";
    for (name, start, reported) in [
        (
            "cut.json",
            "",
            "cut.json: around the reviews: expected JSON, found the end of the document in place of a value at line 1 column 2: ",
        ),
        (
            "feed.json",
            feed,
            "feed.json: expected a complete document, found the end of the document in place of a closing quote at line 1 column 98: ",
        ),
    ] {
        let cut = file(&folder, name, &format!("{start}[{reviews}"));
        let output = check(&["--related-from", &cut, &input], 1, &[reported, cut_off].concat());
        assert_eq!(text(&output.stdout).matches("review-card__entry").count(), 1, "{name}");
    }
}

#[test]
fn a_collection_that_cannot_be_looked_into_stops_it() {
    let folder = TempDir::new().unwrap();
    let input = file(&folder, "input.json", "{ \"title\": \"a\" }");
    let cut = file(&folder, "cut.json", "[{ \"tit");
    let reported = "cut.json: around the reviews: expected JSON, found the end of the document in place of a value at line 1 column 2: the document is cut off; type what is missing, or upload the whole file again";
    let output = check(&["--related-from", &cut, &input], 2, reported);
    assert!(output.stdout.is_empty());
    let missing = path(&folder, "missing.json");
    check(&["--related-from", &missing, &input], 2, "missing.json: No such file or directory");
}

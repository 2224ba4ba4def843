//! `--out`: what is written into a folder, and what is left alone.

use super::*;

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
    // A user may mount in a namespace of their own. Root may where these are forbidden, as in a `chroot`.
    let ways: [&[&str]; 2] = [&["--map-root-user", "--mount"], &["--mount", "--propagation", "unchanged"]];
    let unshare = |way: &[&str], script: &str, more: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(way).args(["sh", "-c", script, "sh", folder, options]).args(more);
        command.output().ok()
    };
    let attempt = r#"mount -t tmpfs -o "$2" none "$1" && umount "$1""#;
    let may = |way: &&[&str]| unshare(way, attempt, &[]).is_some_and(|output| output.status.success());
    let Some(way) = ways.into_iter().find(may) else {
        skip("no permission to mount a file system");
        return None;
    };
    let script = r#"disk="$1"; mount -t tmpfs -o "$2" none "$disk" && shift 2 && "$@"; status=$?
        ls -A "$disk" | wc -l >&2; umount "$disk"; exit $status"#;
    unshare(way, script, &[&[env!("CARGO_BIN_EXE_review-card"), "render"], arguments].concat())
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

//! Hostile zips.

use super::*;

#[test]
fn a_file_that_unpacks_to_gigabytes_is_stopped() {
    // 60 MB of rows: about 1,000 times the size of the zip.
    let mut bomb = ZipWriter::new(Cursor::new(Vec::new()));
    bomb.start_file("ratings.csv", SimpleFileOptions::default()).unwrap();
    bomb.write_all(FILMS.as_bytes()).unwrap();
    let rows = format!("A,1999,4,{}\n", "x".repeat(100_000)).repeat(10);
    for _ in 0..60 {
        bomb.write_all(rows.as_bytes()).unwrap();
    }
    let bomb = bomb.finish().unwrap().into_inner();
    assert!((bomb.len() as u64) * MAX_RATIO < 60_000_000, "it is a bomb: {} bytes", bomb.len());
    check_problem(
        "bomb.zip",
        &bomb,
        0,
        "bomb.zip/ratings.csv: line 169: expected a zip that unpacks to at most 16 MiB or 100 times its size, found more: if it is your own, unpack it, and import the folder",
    );
}

#[test]
fn many_small_files_that_unpack_to_gigabytes_are_stopped() {
    let page = [b"<!doctype html><p>".as_slice(), &vec![b' '; 1 << 20]].concat();
    let names: Vec<_> = (0..18).map(|number| format!("{number}.html")).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), page.as_slice())).collect();
    let import = import("bomb.zip", &zip(&files));
    let problem = import.report.problems[0].to_string();
    assert!(problem.contains("expected a zip that unpacks to at most 16 MiB or 100 times"), "{problem}");
}

#[test]
fn a_zip_of_too_many_files_is_not_read() {
    let mut many = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for number in 0..=MAX_FILES {
        many.start_file(format!("{number}.md"), stored).unwrap();
    }
    let many = many.finish().unwrap().into_inner();
    let Err(error) = Input::from_bytes("many.zip", &many) else { panic!("expected an error") };
    assert_eq!(
        error.to_string(),
        "many.zip: expected at most 100000 files, found 100001: import them folder by folder"
    );
}

#[test]
fn a_zip_in_a_zip_is_named_and_not_opened() {
    let inner = zip(&[("ratings.csv", b"Title,Rating\nSalt Roads,4\n")]);
    check_error(
        "outer.zip",
        &zip(&[("inner.zip", &inner)]),
        "outer.zip/inner.zip: not read: a zip within the input: unpack it, and import what is in it",
    );
}

#[test]
fn names_that_climb_are_only_names() {
    let post = b"---\ntitle: Salt Roads\nrating: 4\n---\nGrey.\n".as_slice();
    let climbing =
        ["../../etc/passwd.md", "/etc/shadow.md", "C:\\Windows\\win.md", "..\\..\\up.md", "nul\0byte.md"];
    for name in climbing {
        let import = import("climbing.zip", &zip(&[(name, post)]));
        let review = import.collection.reviews.first().unwrap();
        assert_eq!(import.report.problems, []);
        assert!(!review.id.contains(['/', '\\']) && !review.id.contains(".."), "{name}: {}", review.id);
    }
}

#[test]
fn a_zip_that_is_cut_off_or_damaged_says_so() {
    let table = [FILMS.as_bytes(), "Salt Roads,1999,4,Grey.\n".repeat(500).as_bytes()].concat();
    let mut whole = zip(&[("ratings.csv", &table)]);
    let half = &whole[..whole.len() / 2];
    let Err(error) = Input::from_bytes("half.zip", half) else { panic!("expected an error") };
    assert_eq!(
        error.to_string(),
        "half.zip: expected a complete zip, found one that is cut off or damaged: download it again"
    );
    // A bit of the packed data.
    whole[60] ^= 0x55;
    let import = import_bytes("damaged.zip", &whole, &Options::default());
    let message = import.map_or_else(|error| error.to_string(), |import| import.report.to_string());
    assert!(message.contains("found one that is cut off or damaged: download it again"), "{message}");
}

#[test]
fn a_zip_with_a_password_says_what_to_do() {
    // The bit "encrypted" in the file's header and in the directory.
    let mut locked = zip(&[("ratings.csv", b"Title,Rating\nSalt Roads,4\n")]);
    let directory = locked.windows(4).position(|mark| mark == b"PK\x01\x02").unwrap();
    locked[6] |= 1;
    locked[directory + 8] |= 1;
    check_error(
        "locked.zip",
        &locked,
        "locked.zip/ratings.csv: expected a zip without a password, found one with a password: unpack it, and import the folder",
    );
}

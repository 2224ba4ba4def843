//! Bug reports of people who do this job: each file of `../shared/cases` with the right result.

use super::*;

/// A file, and what has to stand in what is made of it.
type Reported = (&'static str, &'static [&'static str]);

/// A folder of `../shared/cases`: its files, each with what has to stand in what is made of it, or in why there is nothing. An entry
/// that begins with `!` must not stand there. A folder without files is a page, which is tested where it is named.
const REPORTS: [(&str, &[Reported], &str); 21] = [
    ("02-cache-plugin-comment", &[("input.json", &["The Third Man", "an HTML comment"])], ""),
    (
        "03-jsonld-cdata-semicolon",
        &[
            ("input.json", &["Ada Moss", "a semicolon"]),
            ("html-comment.json", &["Ada Moss", "an HTML comment"]),
            ("semicolon.json", &["a semicolon"]),
        ],
        "",
    ),
    ("04-hugo-x27", &[("input.json", &["Ada O'Moss", "again & again", "\\x27"])], ""),
    ("06-author-by-url", &[("input.json", &["Ada Moss", "!\"name\": \"https"])], ""),
    (
        "08-jsonfeed-escaped-html",
        &[("input.json", &["‘Third’ Man", "Salt & pepper", "TEXT: Vienna is cut into four."])],
        "",
    ),
    (
        "09-unrated-is-not-zero",
        &[("input.json", &["expected a rating, found 0"]), ("plain.json", &["title"])],
        "",
    ),
    (
        "10-long-decimals",
        &[(
            "input.json",
            &["\"value\": 3.1205932852882,", "\"value\": 4.199999999999999,", "86.66666666666667%"],
        )],
        "",
    ),
    (
        "11-wp-rating-plugin-in-excerpt",
        &[(
            "input.json",
            &["\"verdict\": \"Vienna is cut", "TEXT: Vienna", "LEFT OUT: like buttons and votes"],
        )],
        "",
    ),
    ("12-wp-jetpack-sharing", &[("input.json", &["TEXT:", "LEFT OUT: sharing buttons"])], ""),
    ("14-wp-unrendered-shortcodes", &[("input.json", &["A zither, a wheel [sic] and a doorway.\""])], ""),
    ("17-rss-as-json", &[("input.json", &["no-review", "rss2json", "review-card import feed.xml"])], ""),
    (
        "18-bookwyrm-activitypub",
        &[("input.json", &["no-review", "ActivityPub", "review-card import bookwyrm.csv"])],
        "",
    ),
    (
        "20-ghost-content-api",
        &[
            ("input.json", &["no-review", "Ghost", "review-card import ghost.json"]),
            ("posts.json", &["no-review", "Ghost", "review-card import ghost.json"]),
        ],
        "",
    ),
    (
        "21-jekyll-dates",
        &[("input.json", &["2024-03-09T10:00:00+01:00", "2024-03-09T08:15:00Z", "\"2024-03-09\""])],
        "",
    ),
    ("22-ratings-in-words", &[("input.json", &["\"value\": 9.5", "!\"label\""])], ""),
    ("23-rem-62-5-percent", &[], "tests/e2e/cases/layout.rs"),
    ("24-google-translate", &[], "tests/e2e/cases/translated.rs"),
    ("25-site-dark-toggle", &[], "tests/e2e/cases/theme.rs"),
    ("27-self-closing-tag", &[], "tests/e2e/cases/data.rs"),
    (
        "33-misspelt-keys",
        &[(
            "input.json",
            &["\"rating\"?", "\"pros\"?", "\"published\"?", "\"image\"?", "\"verdict\"?", "\"url\"?"],
        )],
        "",
    ),
    (
        "34-text-and-number-round-differently",
        &[("input.json", &["\"value\": 4.6667,", "!4.667", "!4.666,"])],
        "",
    ),
];

#[test]
fn every_folder_of_other_peoples_reports_has_the_right_result() {
    let Some(cases) = cases() else { return };
    let folders = files(&cases).into_iter().filter(|path| path.is_dir());
    let names: Vec<_> =
        folders.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    let known: Vec<_> = REPORTS.iter().map(|(name, ..)| *name).collect();
    assert_eq!(names, known, "each folder has a row in REPORTS, and each row a folder");
    let mut read = 0;
    for (name, rows, page) in REPORTS {
        let folder = cases.join(name);
        let documents: Vec<_> = files(&folder)
            .into_iter()
            .filter(|path| path.extension().is_some_and(|end| end == "json"))
            .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect();
        assert!(page.is_empty() != rows.is_empty(), "{name}: files, or the tests of a page");
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(page).exists(), "{name}: no {page}");
        for document in documents {
            let row = rows.iter().find(|(file, _)| *file == document);
            let (_, expected) = row.unwrap_or_else(|| panic!("{name}: {document} has no row in REPORTS"));
            let text = report(&fs::read(folder.join(&document)).unwrap());
            for part in *expected {
                let (part, wanted) = part.strip_prefix('!').map_or((*part, true), |part| (part, false));
                assert_eq!(text.contains(part), wanted, "{name}/{document}: {part} in {text}");
            }
            read += 1;
        }
    }
    println!("{read} files of {} reports", REPORTS.len());
    assert!(read >= 20, "found {read}");
}

/// What is made of a document: plain JSON, problems, the words of its bodies and what is left out of them; or why there is nothing.
fn report(bytes: &[u8]) -> String {
    let (collection, problems) = match survives(bytes) {
        Ok(document) => document,
        Err(error) => return error.with_kind(),
    };
    let mut text = serde_json::to_string_pretty(&write::collection(&collection)).unwrap();
    text.extend(problems.iter().map(|problem| format!("\n{problem}")));
    for review in &collection.reviews {
        if let Body::Html { html, .. } = &review.body {
            text.extend(["\nTEXT: ", &plain_text(html)]);
            text.extend(rich_text::left_out(html).iter().map(|what| format!("\nLEFT OUT: {what}")));
        }
    }
    text
}

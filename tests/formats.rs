//! Reading every format: golden cases, other people's files, and properties.
//!
//! A case is a folder under `tests/cases/formats`, named as a sentence: `input.json` is what a blog serves, `plain.json` what
//! `convert` makes of it, `problems.txt` what its author is reported (or why there is no review). `REVIEW_CARD_BLESS=1 cargo test`
//! writes the latter two anew: read the diff. Other people's files are read in place (`tests/corpora`).
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

mod corpora;

use std::path::{Path, PathBuf};
use std::{env, fs};

use corpora::{cases, corpora, json_test_suite as suite, seeds};
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof, proptest};
use proptest::test_runner::Config;
use review_card::model::{
    Aspect, Body, Collection, Date, Decimal, Image, Link, Mark, Person, Rating, Related, Score, Work,
};
use review_card::read::{Document, MAX_BYTES, MAX_REVIEWS, MAX_SHARED, MAX_TEXT, ReadError, handover};
use review_card::rich_text::{self, plain_text};
use review_card::{Review, read, write};
use serde_json::{Value, json};

const BASE: Option<&str> = Some("https://blog.example/reviews/index.json");

// ---- golden cases

#[test]
fn every_case_becomes_plain() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/formats");
    let cases = files(&folder);
    assert!(cases.len() >= 40, "expected the golden cases in {}, found {}", folder.display(), cases.len());
    let differing: Vec<_> = cases.iter().filter_map(|case| check(case).err()).collect();
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

fn check(case: &Path) -> Result<(), String> {
    let input = fs::read(case.join("input.json")).map_err(|error| format!("{}: {error}", case.display()))?;
    let (plain, reported) = match read(&input, BASE) {
        Ok((collection, problems)) => {
            stays_the_same(&collection);
            let reported = problems.iter().map(|problem| format!("{problem}\n")).collect();
            (serde_json::to_string_pretty(&collection).unwrap() + "\n", reported)
        }
        Err(error) => (String::new(), error.with_kind() + "\n"),
    };
    both_ways_are_one(&input);
    agree(&case.join("plain.json"), &plain)?;
    agree(&case.join("problems.txt"), &reported)
}

fn agree(file: &Path, found: &str) -> Result<(), String> {
    if env::var_os("REVIEW_CARD_BLESS").is_some() {
        return fs::write(file, found).map_err(|error| format!("{}: {error}", file.display()));
    }
    let expected = fs::read_to_string(file).unwrap_or_default();
    let differing = expected.lines().zip(found.lines()).position(|(old, new)| old != new);
    let line = differing.unwrap_or_else(|| expected.lines().count().min(found.lines().count()));
    let at = |text: &str| text.lines().nth(line).unwrap_or("(nothing)").to_owned();
    if expected == found {
        return Ok(());
    }
    Err(format!("{} line {}: expected {}, found {}", file.display(), line + 1, at(&expected), at(found)))
}

// ---- what holds for every document

/// `convert` of `convert` changes nothing.
#[track_caller]
fn stays_the_same(collection: &Collection) {
    let once = write::collection(collection).to_string();
    let (again, problems) = read(once.as_bytes(), None).unwrap();
    assert_eq!(write::collection(&again).to_string(), once, "{problems:?}");
}

/// A page, which reads in two modules, comes to what one reading comes to.
#[track_caller]
fn both_ways_are_one(bytes: &[u8]) {
    let at_once = read(bytes, BASE);
    let first = match handover::plain(bytes, BASE, false) {
        Ok(None) => handover::convert(bytes, BASE)
            .and_then(|plain| handover::plain(plain.to_string().as_bytes(), BASE, true)),
        first => first,
    };
    match (at_once, first) {
        (Ok((collection, problems)), Ok(Some((handed, reported)))) => {
            assert_eq!(collection, handed);
            let reported: Vec<Value> = serde_json::from_str(&reported).unwrap();
            let reported: Vec<_> =
                reported.iter().map(|one| (text(one, "path"), text(one, "message"))).collect();
            let problems: Vec<_> =
                problems.into_iter().map(|problem| (problem.path, problem.message)).collect();
            assert_eq!(reported, problems);
        }
        (at_once, first) => assert_eq!(at_once.unwrap_err(), first.unwrap_err()),
    }
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap().to_owned()
}

/// Reads a document in all ways. Nothing may panic or differ.
#[track_caller]
fn survives(bytes: &[u8]) -> Result<Document, ReadError> {
    both_ways_are_one(bytes);
    let document = read(bytes, BASE);
    assert_eq!(read(bytes, BASE), document, "the same document twice");
    if let Ok((collection, _)) = &document {
        stays_the_same(collection);
        assert!(collection.reviews.iter().all(|review| !review.title.is_empty() && !review.id.is_empty()));
    }
    document
}

// ---- other people's files

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Broken as [`review_card::read`] mends it, and then JSON.
const MENDED: [&str; 16] = [
    "n_array_extra_comma.json",
    "n_array_just_comma.json",
    "n_array_number_and_comma.json",
    "n_array_unclosed_with_object_inside.json",
    "n_number_NaN.json",
    "n_number_infinity.json",
    "n_number_minus_infinity.json",
    "n_object_lone_continuation_byte_in_key_and_trailing_comma.json",
    "n_object_trailing_comma.json",
    "n_object_trailing_comment.json",
    "n_object_trailing_comment_slash_open.json",
    "n_string_escape_x.json",
    "n_string_unescaped_ctrl_char.json",
    "n_string_unescaped_newline.json",
    "n_string_unescaped_tab.json",
    "n_structure_object_with_comment.json",
];

#[test]
fn json_test_suite() {
    let Some(files) = suite() else { return };
    let (mut counts, mut mended) = ([0; 3], Vec::new());
    for (name, text) in files {
        let document = survives(text.as_bytes());
        let is_json = !matches!(&document, Err(ReadError::NotJson(_)));
        counts[match &document {
            Ok(_) => 0,
            Err(ReadError::NoReview(_)) => 1,
            Err(_) => 2,
        }] += 1;
        if let Err(error) = &document {
            assert!(!error.to_string().is_empty(), "{name}");
        }
        if name.starts_with("y_") {
            assert!(is_json, "{name}: {document:?}");
        }
        if name.starts_with("n_") && is_json {
            mended.push(name);
        }
    }
    let [reviews, none, refused] = counts;
    println!(
        "{reviews} reviews, {none} JSON without a review, {refused} no JSON; mended: {}",
        mended.join(", ")
    );
    mended.sort();
    assert_eq!(mended, MENDED);
}

#[test]
fn review_files_of_other_people() {
    let Some(corpora) = corpora() else { return };
    let reviews = corpora.join("reviews");
    let mut table = Vec::new();
    let mut count = |name: String, bytes: &[u8]| match survives(bytes) {
        Ok((collection, problems)) => {
            for problem in &problems {
                println!("{name}: {problem}");
            }
            table.push((collection.reviews.len(), problems.len()));
        }
        Err(error) => {
            println!("{name}: {}", error.with_kind());
            table.push((0, 0));
        }
    };
    for folder in ["wordpress-rest", "jsonfeed", "microformats"] {
        for file in files(&reviews.join(folder)) {
            if file.extension().is_some_and(|extension| extension == "json") {
                count(file.file_name().unwrap().to_string_lossy().into(), &fs::read(&file).unwrap());
            }
        }
    }
    for file in ["schemaorg/jsonld.jsonl", "letterboxdpy/responses.jsonl"] {
        for (line, text) in fs::read_to_string(reviews.join(file)).unwrap().lines().enumerate() {
            let row: Value = serde_json::from_str(text).unwrap();
            // What is no JSON stands there as it came.
            let raw = row["raw"].as_str().map(str::to_owned);
            count(format!("{file}:{}", line + 1), raw.unwrap_or_else(|| row["json"].to_string()).as_bytes());
        }
    }
    let (with, all): (Vec<_>, usize) =
        (table.iter().filter(|(reviews, _)| *reviews > 0).collect(), table.len());
    println!(
        "{all} documents: {} with {} reviews and {} problems",
        with.len(),
        with.iter().map(|(reviews, _)| reviews).sum::<usize>(),
        with.iter().map(|(_, problems)| problems).sum::<usize>(),
    );
    assert!(with.len() >= 25, "expected the review files, found {}", with.len());
}

// ---- bug reports of people who do this job

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

// ---- what plugins leave in posts

/// Plugins, what they leave, and what `check` calls it.
const PLUGINS: [(&str, &str, &str); 22] = [
    (
        "Jetpack",
        r#"<div class="sharedaddy sd-sharing-enabled"><div class="robots-nocontent sd-block sd-social"><h3 class="sd-title">Share this:</h3><ul><li><a href="/?share=x">X</a></li></ul></div></div>"#,
        "sharing buttons",
    ),
    (
        "Jetpack",
        r#"<div class='sharedaddy sd-block sd-like jetpack-likes-widget-wrapper jetpack-likes-widget-unloaded'><h3 class="sd-title">Like this:</h3><span class="button">Like</span> <span class="loading">Loading...</span></div>"#,
        "sharing buttons",
    ),
    (
        "AddToAny",
        r#"<div class="addtoany_share_save_container addtoany_content addtoany_content_bottom"><div class="a2a_kit a2a_kit_size_32"><a class="a2a_button_x" href="/x">X</a></div></div>"#,
        "sharing buttons",
    ),
    (
        "Social Warfare",
        r#"<div class="swp_social_panel swp_horizontal_panel swp_flat_fresh"><div class="nc_tweetContainer"><a href="/x">Share</a></div></div>"#,
        "sharing buttons",
    ),
    ("ShareThis", r#"<div class="sharethis-inline-share-buttons">Share</div>"#, "sharing buttons"),
    ("ShareThis", r#"<div class="sharethis-inline-reaction-buttons">Wow</div>"#, "sharing buttons"),
    (
        "kk Star Ratings",
        r#"<div class="kk-star-ratings kksr-auto kksr-align-left kksr-valign-top"><div class="kksr-stars"></div><div class="kksr-legend">4.3/5 - (15 votes)</div></div>"#,
        "like buttons and votes",
    ),
    (
        "WP-PostRatings",
        r#"<div id="post-ratings-7" class="post-ratings"><img src="/r.gif" alt="1 Star"> (<strong>12</strong> votes, average: <strong>4.50</strong> out of 5)<br></div>"#,
        "like buttons and votes",
    ),
    ("YASR", r#"<div class="yasr-vv-stars-container">[Total: 3 Average: 4]</div>"#, "like buttons and votes"),
    (
        "Easy Table of Contents",
        r##"<div id="ez-toc-container" class="ez-toc-v2_0_69 counter-hierarchy ez-toc-counter"><p class="ez-toc-title">Contents</p><nav><ul><li><a href="#a">Plot</a></li></ul></nav></div>"##,
        "a table of contents",
    ),
    (
        "LuckyWP",
        r##"<div class="lwptoc lwptoc-autoWidth lwptoc-light"><div class="lwptoc_i"><b class="lwptoc_title">Contents</b><a href="#a"><span class="lwptoc_item_label">Plot</span></a></div></div>"##,
        "a table of contents",
    ),
    (
        "Rank Math",
        r##"<div class="wp-block-rank-math-toc-block" id="rank-math-toc"><h2>Contents</h2><nav><a href="#a">Plot</a></nav></div>"##,
        "a table of contents",
    ),
    (
        "Jetpack",
        r#"<div id='jp-relatedposts' class='jp-relatedposts'><h3 class="jp-relatedposts-headline"><em>Related</em></h3></div>"#,
        "related posts",
    ),
    (
        "YARPP",
        r#"<div class='yarpp yarpp-related yarpp-related-website yarpp-template-list'><h3>Related posts:</h3><ol><li><a href="/b">B</a></li></ol></div>"#,
        "related posts",
    ),
    (
        "Contextual Related Posts",
        r#"<div class="crp_related crp_related_block"><h2>Related:</h2><ul><li><a href="/b">B</a></li></ul></div>"#,
        "related posts",
    ),
    ("WordPress Popular Posts", r#"<ul class="wpp-list"><li><a href="/b">B</a></li></ul>"#, "related posts"),
    (
        "Page View Count",
        r#"<p id="pvc_stats_1" class="pvc_stats all">Total Views: 12</p>"#,
        "like buttons and votes",
    ),
    (
        "Reading Time WP",
        r#"<span class="span-reading-time rt-reading-time"><span class="rt-label">Reading Time:</span> 5 minutes</span>"#,
        "the reading time",
    ),
    ("Mailchimp", r#"<form class="mc4wp-form mc4wp-form-9"><p>Your e-mail</p></form>"#, "a newsletter form"),
    ("Simple Author Box", r#"<div class="saboxplugin-wrap"><p>Ada writes.</p></div>"#, "an author box"),
    ("Ad Inserter", r#"<div class='code-block code-block-1'>Advertisement</div>"#, "advertising"),
    (
        "WordPress",
        r#"<div class="page-links">Pages: <a class="post-page-numbers" href="/2">2</a></div>"#,
        "links to other pages",
    ),
];

#[track_caller]
fn wordpress(excerpt: &str, content: &str) -> Review {
    let post = json!({ "title": { "rendered": "A" }, "excerpt": { "rendered": excerpt }, "content": { "rendered": content } });
    let (collection, problems) = survives(post.to_string().as_bytes()).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    Review::clone(collection.reviews.first().unwrap())
}

#[test]
fn what_plugins_leave_is_left_out_of_bodies_and_excerpts() {
    for (plugin, html, what) in PLUGINS {
        let content = format!("<p>One.</p>\n{html}\n<p>Two.</p>");
        assert_eq!(plain_text(&content), "One.\n\nTwo.", "{plugin}");
        assert_eq!(rich_text::left_out(&content), [what], "{plugin}");
        let before = wordpress(&format!("{html}<p>One &amp; two.</p>"), &content);
        assert_eq!(before.verdict.as_deref(), Some("One & two."), "{plugin}");
        let after = wordpress(&format!("<p>One &amp; two.</p>{html}"), &content);
        assert_eq!(after.verdict.as_deref(), Some("One & two."), "{plugin}");
    }
}

#[track_caller]
fn check_post(html: &str, expected: &str) {
    assert_eq!(plain_text(html), expected, "{html}");
    let verdict = wordpress(html, html).verdict;
    assert_eq!(verdict.unwrap_or_default(), expected, "the excerpt {html}");
}

#[test]
fn emoji_pictures_are_characters_and_shortcodes_their_content() {
    check_post(
        r#"<p>Good <img class="emoji" alt="🎬" src="https://s.w.org/a.svg"> film.</p>"#,
        "Good 🎬 film.",
    );
    check_post(
        r#"<p>Good <img src="/s.gif" alt=":-)" class="wp-smiley" style="height:1em"> film.</p>"#,
        "Good :-) film.",
    );
    check_post("<p>[vc_row][vc_column width=&#8221;1/2&#8243;]A film.[/vc_column][/vc_row]</p>", "A film.");
    check_post(
        "<p>[et_pb_section fb_built=&#8221;1&#8243;]A film [sic].[/et_pb_section]</p>",
        "A film [sic].",
    );
    check_post("<p>[dropcap]A[/dropcap] film. [su_divider]</p>", "A film.");
    check_post("<p>A film [1], [Laughter.] and [see below].</p>", "A film [1], [Laughter.] and [see below].");
    check_post(r#"<p class="has-text-align-left wp-block">A film.</p>"#, "A film.");
}

#[test]
fn a_doubled_embed_is_one_link() {
    let html = r#"<figure class="wp-block-embed is-type-wp-embed"><div class="wp-block-embed__wrapper">
        <blockquote class="wp-embedded-content" data-secret="q"><a href="https://blog.example/b">B</a></blockquote>
        <iframe class="wp-embedded-content" title="B" src="https://blog.example/b/embed/#?secret=q"></iframe></div></figure>"#;
    let links = |html: &str| rich_text::to_html(&rich_text::parse(html, None)).matches("<a ").count();
    assert_eq!(links(html), 1);
    let video = r#"<figure class="wp-block-embed is-provider-youtube"><div class="wp-block-embed__wrapper"><iframe title="Trailer" src="https://www.youtube.com/embed/abc"></iframe></div></figure>"#;
    assert_eq!(links(video), 1);
}

// ---- the seeds

/// One film, reviewed twice, in three formats.
#[test]
fn the_seeds_are_the_same_in_every_shape() {
    let Some(seeds) = seeds() else { return };
    let mut read_: Vec<(String, Review)> = Vec::new();
    for name in ["seed-1.jsonld", "seed-2.jsonld", "seeds.feed.json", "seeds.wordpress.json"] {
        let (collection, problems) = survives(&fs::read(seeds.join(name)).unwrap()).unwrap();
        assert!(problems.is_empty(), "{name}: {problems:?}");
        for review in collection.reviews {
            read_.push((name.to_owned(), Review::clone(&review)));
        }
    }
    let transcriptions: Vec<_> = files(&seeds)
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "txt"))
        .map(|file| squeeze(&fs::read_to_string(file).unwrap()))
        .collect();
    let mut compared = 0;
    for (name, review) in &read_ {
        let page = transcriptions.iter().find(|page| {
            page.contains(&squeeze(review.verdict.as_deref().unwrap()))
                && page.contains(&squeeze(&review.title))
        });
        let page = page.unwrap_or_else(|| panic!("{name}: {} is on no page", review.title));
        for paragraph in words(review).split("\n\n") {
            assert!(page.contains(&squeeze(paragraph)), "{name}: {paragraph}");
        }
        assert!(page.contains(&review.authors[0].name), "{name}");
        for (other_name, other) in read_.iter().filter(|(_, other)| other.title == review.title) {
            compared += same(review, other, &format!("{name} and {other_name}: {}", review.title));
        }
    }
    println!("{} reviews, {compared} fields compared", read_.len());
    assert_eq!(read_.len(), 5);
    assert!(compared >= 60, "found {compared}");
}

fn words(review: &Review) -> String {
    match &review.body {
        Body::Text(paragraphs) => paragraphs.join("\n\n"),
        // WordPress's has a script and a link behind it, on purpose: of these the link's word is left.
        Body::Html { html, .. } => plain_text(html).trim_end_matches("\n\nmore").into(),
        other => panic!("expected a body, found {other:?}"),
    }
}

/// Letters and digits only: the formats differ in quotes, spaces and line breaks.
fn squeeze(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric() || c.is_whitespace())
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Panics where both carry a field and differ; how many both carry.
#[track_caller]
fn same(a: &Review, b: &Review, names: &str) -> usize {
    let mut count = 0;
    let mut both = |field: &str, a: Option<String>, b: Option<String>| {
        if let (Some(a), Some(b)) = (a, b) {
            assert_eq!(a, b, "{names}: {field}");
            count += 1;
        }
    };
    both("title", Some(a.title.clone()), Some(b.title.clone()));
    both("url", a.url.clone(), b.url.clone());
    both("section", a.section.clone(), b.section.clone());
    both("verdict", a.verdict.as_deref().map(squeeze), b.verdict.as_deref().map(squeeze));
    // Markup may part a word from its comma: what is read is the letters.
    let letters = |review: &Review| squeeze(&words(review)).replace(' ', "");
    both("body", Some(letters(a)), Some(letters(b)));
    both(
        "author",
        a.authors.first().map(|one| one.name.clone()),
        b.authors.first().map(|one| one.name.clone()),
    );
    let bio = |review: &Review| review.authors.first()?.bio.clone();
    both("bio", bio(a), bio(b));
    let work = |review: &Review| {
        review.work.as_ref().map(|work| {
            [work.name.clone(), work.kind.clone().unwrap_or_default(), work.year.clone().unwrap_or_default()]
                .join(", ")
        })
    };
    both("work", work(a), work(b));
    both("lang", a.lang.clone(), b.lang.clone());
    count
}

// ---- JSON-LD, there and back

/// What `render` writes for search engines is read as the same review, in every field that schema.org has.
#[test]
fn json_ld_comes_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let (mut reviews, mut fields) = (0, 0);
    for (folder, file) in [("card", "review.json"), ("prerender", "review.json"), ("formats", "input.json")] {
        for case in files(&root.join(folder)) {
            let Ok((collection, _)) = read(&fs::read(case.join(file)).unwrap(), BASE) else { continue };
            for review in &collection.reviews {
                fields += comes_back(review);
                reviews += 1;
            }
        }
    }
    println!("{reviews} reviews came back from JSON-LD, {fields} fields compared");
    assert!(reviews >= 100 && fields >= 400, "{reviews} reviews, {fields} fields");
}

/// Panics where a field does not come back; how many did.
#[track_caller]
fn comes_back(review: &Review) -> usize {
    let json_ld = write::json_ld(review).to_string();
    let (back, problems) =
        read(json_ld.as_bytes(), BASE).unwrap_or_else(|error| panic!("{error}: {json_ld}"));
    let back = back.reviews.first().unwrap();
    let (mut expected, mut found) = (schema_org(review), schema_org(back));
    // Text that looks like HTML is read as such.
    for key in ["body", "verdict"] {
        let text = expected.get(key).map(ToString::to_string).unwrap_or_default();
        for review in [&mut expected, &mut found] {
            if text.contains("</") || text.contains("&amp;") {
                review.as_object_mut().unwrap().remove(key);
            }
        }
    }
    assert_eq!(expected, found, "{problems:?}\n{json_ld}");
    expected.as_object().unwrap().len()
}

/// A review in plain JSON, field by field, as schema.org can say it. What it has no property for, or a card does not show, is
/// left out by name: a field that is not named here does not compile.
fn schema_org(review: &Review) -> Value {
    let Review {
        id,
        title,
        url,
        section,
        work,
        verdict,
        rating,
        aspects,
        pros,
        cons,
        body,
        authors,
        published,
        updated,
        image,
        tags,
        related,
        opinions,
        // A ListItem has a previous and a next one, a CreativeWork has not.
        previous: _,
        next: _,
        lang,
        // schema.org has nothing for these.
        history: _,
        links: _,
        disclosure: _,
        measure: _,
    } = review.clone();
    let review = Review {
        id,
        title,
        url,
        section,
        // "Of the same work" can be said of what has a name.
        opinions: if work.is_some() {
            opinions.into_iter().map(entry_in_schema_org).collect()
        } else {
            Vec::new()
        },
        work: work.map(|work| work_in_schema_org(work, image.is_none())),
        verdict,
        rating: rating.map(rating_in_schema_org),
        aspects: aspects.into_iter().map(aspect_in_schema_org).collect(),
        pros,
        cons,
        body: body_in_schema_org(body),
        authors: authors.into_iter().map(person_in_schema_org).collect(),
        published: published.and_then(date_in_schema_org),
        updated: updated.and_then(date_in_schema_org),
        image,
        tags,
        related: related.into_iter().map(entry_in_schema_org).collect(),
        lang,
        ..Review::default()
    };
    serde_json::from_str(&write::plain(&review).to_string()).unwrap()
}

/// Not the words with a picture that the card does not show, having another.
fn work_in_schema_org(work: Work, is_shown: bool) -> Work {
    let Work { name, mut kind, series, season, episode, year, creators, image, url, same_as } = work;
    let part = if episode.is_some() { "Episode" } else { "Season" };
    let family =
        if kind.as_deref().is_some_and(|kind| kind.starts_with("Podcast")) { "Podcast" } else { "TV" };
    // Who gives the number of an episode does not speak of the series.
    if (season.is_some() || episode.is_some()) && kind.as_deref().is_none_or(|kind| kind.ends_with("Series"))
    {
        kind = Some([family, part].concat());
    }
    let image = image.map(|image| if is_shown { image } else { Image { alt: None, caption: None, ..image } });
    Work { name, kind, series, season, episode, year, creators, image, url, same_as }
}

fn person_in_schema_org(person: Person) -> Person {
    let Person { name, role, bio, image, url } = person;
    Person { name, role, bio, image: image.map(without_a_line), url }
}

fn entry_in_schema_org(entry: Related) -> Related {
    let Related { title, url, verdict, author, image, rating } = entry;
    let (image, rating) = (image.map(without_a_line), rating.map(figures_in_schema_org));
    Related { title, url, verdict, author, image, rating }
}

/// A small picture has no line under it on a card.
fn without_a_line(image: Image) -> Image {
    let Image { src, alt, width, height, caption: _ } = image;
    Image { src, alt, width, height, caption: None }
}

fn aspect_in_schema_org(aspect: Aspect) -> Aspect {
    let Aspect { name, rating } = aspect;
    Aspect { name, rating: figures_in_schema_org(rating) }
}

/// In a line of text a card shows no words beside a rating.
fn figures_in_schema_org(rating: Rating) -> Rating {
    rating_in_schema_org(Rating { label: None, ..rating })
}

/// Without a number that is on no scale where there are words beside it.
fn rating_in_schema_org(rating: Rating) -> Rating {
    let Rating { mark, label } = rating;
    match (mark, label) {
        // A grade that is words only is read as one.
        (Mark::Letter(text), None) => Rating { mark: Mark::Text(text), label: None },
        (Mark::Text(text), Some(label)) if Decimal::parse(&text).is_some() => {
            Rating { mark: Mark::Text(label), label: None }
        }
        (mark, label) => Rating { mark, label },
    }
}

/// The words alone: a reviewBody is text.
fn body_in_schema_org(body: Body) -> Body {
    match body {
        Body::Html { html, .. } | Body::Safe { html, .. } => {
            let words = plain_text(&html);
            let paragraphs = words.split("\n\n").filter(|words| !words.is_empty());
            Body::Text(paragraphs.map(str::to_owned).collect())
        }
        body => body,
    }
}

/// Not in words: it is a Date or a DateTime.
fn date_in_schema_org(date: Date) -> Option<Date> {
    Some(Date::new(date.machine_readable()?.into()))
}

/// A review that has all that there is, in each notation of ratings. A new field is missing here first.
fn whole_review() -> Review {
    let text = |text: &str| Some(text.to_owned());
    let image = |src: &str| Image {
        src: format!("https://blog.example/{src}"),
        alt: text("A key"),
        width: Some(600),
        height: Some(900),
        caption: text("The key"),
    };
    let score = |value| Mark::Score(Score::new(value, Decimal::whole(6), Decimal::whole(1)).unwrap());
    let rating = |mark| Rating { mark, label: text("Good") };
    let entry = |title: Option<&str>, rating| Related {
        title: title.map(str::to_owned),
        url: title.map(|title| format!("https://other.example/{title}")),
        verdict: text("First words."),
        author: text("Bo"),
        image: Some(image("small.webp")),
        rating,
    };
    let link = |title: &str| Some(Link { title: title.into(), url: text("https://blog.example/near") });
    let work = Work {
        name: "The Apartment".into(),
        kind: text("TVEpisode"),
        series: text("Office Hours"),
        season: Some(0),
        episode: Some(3),
        year: text("1960"),
        creators: vec!["Billy Wilder".into(), "I. A. L. Diamond".into()],
        image: Some(image("poster.webp")),
        url: text("https://film.example/"),
        same_as: vec!["https://db.example/1".into(), "https://db.example/2".into()],
    };
    let author = |name: &str| Person {
        name: name.into(),
        role: text("Editor"),
        bio: text("Writes at night."),
        image: Some(image("ann.webp")),
        url: text("https://blog.example/ann"),
    };
    let half = Decimal::from_thousandths(4500).unwrap();
    Review {
        id: "apartment".into(),
        title: "The Key".into(),
        url: text("https://blog.example/key"),
        section: text("Second Viewing"),
        work: Some(work),
        verdict: text("Exact."),
        rating: Some(rating(score(half))),
        aspects: [score(half), Mark::Percent(half), Mark::Letter("B+".into()), Mark::Text("five".into())]
            .map(|mark| Aspect { name: "Sound".into(), rating: rating(mark) })
            .to_vec(),
        pros: vec!["The light".into(), "The end".into()],
        cons: vec!["The middle".into()],
        body: Body::Text(vec!["One.".into(), "Two.".into()]),
        authors: vec![author("Ann"), author("Bo")],
        published: Some(Date::new("2024-06-30".into())),
        updated: Some(Date::new("2024-07-01T10:00:00+02:00".into())),
        image: Some(image("still.webp")),
        tags: vec!["comedy".into(), "offices, keys".into()],
        history: Vec::new(),
        links: Vec::new(),
        disclosure: None,
        measure: None,
        // In this order, whether they have a rating or not.
        related: vec![
            entry(Some("a"), None),
            entry(Some("b"), Some(rating(score(half)))),
            entry(None, Some(Rating { mark: Mark::Text("five".into()), label: None })),
            entry(Some("d"), None),
        ],
        opinions: vec![entry(Some("e"), Some(rating(score(half)))), entry(Some("f"), None)],
        previous: link("Before"),
        next: link("After"),
        lang: text("en-GB"),
    }
}

#[test]
fn a_review_with_all_that_there_is_comes_back_from_json_ld() {
    let whole = whole_review();
    // All keys but those of the pieces before and after.
    assert_eq!(comes_back(&whole), 19);
    assert_eq!(comes_back(&Review { image: None, ..whole.clone() }), 18);
    assert_eq!(comes_back(&Review { work: None, ..whole.clone() }), 17, "nor opinions on what has no name");
    // Ids that nobody gave.
    assert_eq!(comes_back(&Review { id: "https://blog.example/key".into(), ..whole.clone() }), 19);
    assert_eq!(comes_back(&Review { id: "the-key".into(), url: None, ..whole }), 18);
}

// ---- limits

#[track_caller]
fn check_limit(document: &Value, expected: &str) {
    let (_, problems) = read(document.to_string().as_bytes(), None).unwrap();
    assert!(problems.iter().any(|problem| problem.to_string() == expected), "{:?}", problems.first());
}

#[test]
fn limits_have_messages() {
    // Some words for each: of shorter reviews a document has no room for as many.
    let words = "a".repeat(200);
    let many = |item: Value| Value::Array(vec![item; MAX_REVIEWS + 1]);
    let reported = "expected at most 100000 reviews; the rest is left out";
    check_limit(&many(json!({ "title": "A", "_": words })), reported);
    check_limit(&many(json!({ "@type": "Review", "name": "A", "text": words })), reported);
    let version = "https://jsonfeed.org/version/1.1";
    let expected = format!("expected at most {MAX_BYTES} bytes, found {}", MAX_BYTES + 1);
    assert_eq!(read(&vec![b' '; MAX_BYTES + 1], None).unwrap_err(), ReadError::TooLarge(expected));
    let long = "a".repeat(MAX_TEXT + 1);
    check_limit(
        &json!({ "@type": "Review", "name": "A", "reviewBody": long }),
        "reviewBody: expected at most 4194304 bytes of text; the rest is left out",
    );
    // Two hundred reviews that share a megabyte: there is no end to such a thing.
    let long = "a".repeat(MAX_TEXT);
    // A long document has room for more than may be shared.
    let rest = "b".repeat(MAX_SHARED);
    let reported = format!("expected at most {MAX_SHARED} bytes of what reviews share; the rest is left out");
    let items = vec![json!({ "title": "A" }); 20];
    check_limit(
        &json!({ "version": version, "items": items, "authors": [{ "name": long }], "_x": rest }),
        &format!("items[7]: {reported}"),
    );
    let reviews = vec![json!({ "@type": "Review", "name": "A", "author": { "@id": "#a" } }); 20];
    let graph = json!({ "@graph": [{ "@id": "#a", "name": long, "x": null }, reviews], "x": rest });
    check_limit(&graph, &format!("@graph[1][7].author: {reported}"));
    let review = vec![json!({ "@type": "Review" }); 20];
    let product = json!({ "@type": "Product", "name": long, "review": review });
    check_limit(&json!([{ "@graph": [], "x": rest }, product]), &format!("[1]: {reported}"));
    // A short one has none.
    let room = "expected less in a document of this size; the rest of its reviews and entries is left out";
    let review = vec![json!({ "@type": "Review" }); 200];
    check_limit(&json!({ "@type": "Product", "name": "a".repeat(MAX_TEXT / 8), "review": review }), room);
    let reviews = vec![json!({ "title": "A", "author": vec!["b"; 500] }); 500];
    let (_, problems) = read(Value::Array(reviews).to_string().as_bytes(), None).unwrap();
    assert!(problems.iter().any(|problem| problem.message == room), "{:?}", problems.first());
}

// ---- one of many

#[test]
fn a_review_is_found_by_its_id_or_its_url_as_the_file_writes_it() {
    let base = "https://blog.example/reviews/index.json";
    for (json, items) in [
        (
            r#"[{ "title": "A", "id": "a" }, { "title": "B", "id": "b", "url": "/reviews/b" }]"#,
            &["b", "/reviews/b", "https://blog.example/reviews/b"][..],
        ),
        (
            r#"[{ "title": "A" }, { "title": "B", "url": "b.html" }]"#,
            &["b.html", "./b.html", "/reviews/b.html", "https://blog.example/reviews/b.html"],
        ),
        (
            r##"{ "@graph": [{ "@type": "Review", "name": "A" }, { "@type": "Review", "@id": "#b", "name": "B", "url": "../b" }] }"##,
            &["#b", "../b", "/b"],
        ),
        (
            r#"{ "version": "https://jsonfeed.org/version/1.1", "items": [{ "id": "1", "title": "A" }, { "id": "2", "title": "B", "url": "/b/" }] }"#,
            &["2", "/b/", "https://blog.example/b/"],
        ),
    ] {
        let read = read(json.as_bytes(), Some(base)).unwrap();
        let plain = handover::convert(json.as_bytes(), Some(base)).unwrap().to_string();
        let (handed, _) = handover::plain(plain.as_bytes(), Some(base), true).unwrap().unwrap();
        for collection in [&read.0, &handed] {
            for item in items {
                let place = handover::place_of(collection, Some(item), base);
                assert_eq!(place, Some(1), "{item} in {json}");
            }
            assert_eq!(handover::place_of(collection, None, base), Some(0), "the first of {json}");
            assert_eq!(handover::place_of(collection, Some("c"), base), None, "none of {json}");
        }
    }
}

#[test]
fn an_id_comes_before_an_address() {
    let base = "https://blog.example/";
    let json = r#"[{ "title": "A", "url": "/b", "id": "a" }, { "title": "B", "id": "b" }]"#;
    let (collection, _) = read(json.as_bytes(), Some(base)).unwrap();
    assert_eq!(handover::place_of(&collection, Some("b"), base), Some(1));
    assert_eq!(handover::place_of(&collection, Some("/b"), base), Some(0));
}

#[test]
fn deep_nesting_is_refused() {
    let deep = 10_000;
    for (open, close) in
        [("[", "]"), ("{\"review\":", "}"), ("{\"@graph\":[", "]}"), ("{\"a\":\"\n\",\"b\":", "}")]
    {
        let document = [open.repeat(deep), "null".into(), close.repeat(deep)].concat();
        assert!(
            matches!(survives(document.as_bytes()), Err(ReadError::NotJson(message)) if message.contains("127 levels"))
        );
    }
    // As deep as the parser goes.
    let document = [
        "{\"@type\":\"Product\",\"name\":\"P\",\"review\":".repeat(120),
        "{\"@type\":\"Review\"}".into(),
        "}".repeat(120),
    ]
    .concat();
    assert_eq!(survives(document.as_bytes()).unwrap().0.reviews.len(), 1);
}

// ---- properties

const KEYS: &str = "title name headline url id @id @type @context @graph @value @list review reviews items item version itemReviewed \
    reviewRating rating value best worst label ratingValue bestRating worstRating ratingExplanation reviewAspect aspects author \
    authors creator publisher image src contentUrl width body bodyHtml reviewBody description abstract text verdict summary \
    content_html content_text _review rendered content excerpt _embedded wp:term wp:featuredmedia link slug date date_gmt modified \
    media_details sizes full source_url avatar_urls associatedReview related positiveNotes itemListElement keywords tags lang \
    inLanguage language datePublished published work sameAs previous next nextUrl next_url taxonomy";
const TEXTS: &str = "Review|Product|https://schema.org|#a|#b|4/5|B+|85%|★★★½|five|4|3,5|0|-1|2024-06-30|2024-06-30T09:41:43|https://a.example/|\
    javascript:alert(1)|/a.png|<p>One</p><p>Two|a &amp; b [&hellip;]|One\n\n  Two\n| |en-GB|category|post_tag|\u{0}\u{FFFE}|é\u{301}😀|Continue reading";

fn some_json() -> BoxedStrategy<Value> {
    let texts: Vec<_> = TEXTS.split('|').map(str::to_owned).collect();
    let keys: Vec<_> = KEYS.split_whitespace().map(str::to_owned).collect();
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-9i64..120).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        proptest::sample::select(texts).prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 8, move |inner| {
        let key = proptest::sample::select(keys.clone());
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((key, inner), 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
    .boxed()
}

proptest! {
    #![proptest_config(Config { cases: 2000, failure_persistence: None, ..Config::default() })]

    #[test]
    fn any_json_survives(document in some_json()) {
        survives(document.to_string().as_bytes()).ok();
    }

    #[test]
    fn a_review_of_any_content_survives(members in some_json(), format in 0..4) {
        let mut document = match format {
            0 => json!({ "title": "A" }),
            1 => json!({ "@type": "Review", "name": "A" }),
            2 => json!({ "items": [{ "title": "A", "_review": members.clone() }] }),
            _ => json!({ "title": { "rendered": "A" }, "_embedded": members.clone() }),
        };
        if let (Value::Object(document), Value::Object(members)) = (&mut document, members) {
            for (key, value) in members {
                document.entry(key).or_insert(value);
            }
        }
        survives(document.to_string().as_bytes()).ok();
    }

    #[test]
    fn any_bytes_survive(bytes in proptest::collection::vec(any::<u8>(), 0..64), raw in "[\\[\\]{}\":,\\\\ud83tfn0-9e.\n\t -]{0,40}") {
        survives(&bytes).ok();
        survives(raw.as_bytes()).ok();
    }
}

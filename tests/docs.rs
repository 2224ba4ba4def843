//! The documentation against the code: snippets, tables, commands, links.
//!
//! The reference chapters are generated from the code, and a step of `cargo xtask test` compares them; here, what people wrote by hand is
//! compared. A table is found by the heading above it. The table of sizes is compared with a release, so that test is ignored unless it is
//! asked for: `REVIEW_CARD_DIST=dist cargo test --test docs -- --ignored`.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

#[path = "docs/imports.rs"]
mod imports;
#[path = "docs/limits.rs"]
mod limits;

#[path = "docs/page.rs"]
mod page;
#[path = "docs/recipes.rs"]
mod recipes;
#[path = "skip.rs"]
mod skip;
#[path = "docs/tables.rs"]
mod tables;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use page::{Page, Row, attributes, blocks, guides, pages, root, source, tags};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag as Start, TagEnd};
use review_card::collection::{Filter, Sort, out_of_five};
use review_card::model::Mark;
use review_card::{Problem, read};
use serde_json::Value;

/// The pages for people who work on the project.
const PAGES: [&str; 10] = [
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "bench/README.md",
    "docs/faults.md",
    "examples/README.md",
    "examples/eleventy/README.md",
    "examples/hugo/README.md",
    "examples/wordpress/README.md",
];
/// The chapters of the site.
const CHAPTERS: &str = "docs/src";
/// The chapter on ratings, filters and order.
const RATINGS: &str = "docs/src/reference/ratings.md";
/// What describes the elements.
const MANIFEST: &str = "crates/element/custom-elements.json";
/// A path in a page's `code` begins with one of these.
const FOLDERS: [&str; 13] = [
    "bench", "crates", "src", "studio", "styles", "tests", "demo", "xtask", "fuzz", "docs", "examples",
    ".ci", ".cargo",
];
/// Attributes that any element may have.
const GLOBAL: [&str; 4] = ["id", "class", "hidden", "title"];

// ---- what the code says

/// The declaration of `<review-card>` in `custom-elements.json`.
fn element() -> Value {
    declaration(0)
}

/// That of `<review-list>`.
fn list() -> Value {
    declaration(1)
}

fn declaration(at: usize) -> Value {
    let manifest: Value = serde_json::from_str(&source(MANIFEST)).unwrap();
    manifest["modules"][0]["declarations"][at].clone()
}

/// The names in one of the declaration's lists.
fn names(list: &Value) -> BTreeSet<String> {
    list.as_array().unwrap().iter().map(|entry| entry["name"].as_str().unwrap().to_owned()).collect()
}

// ---- snippets

#[track_caller]
fn reads(json: &str) {
    let problems = match read(json.as_bytes(), Some("https://blog.example/reviews/")) {
        Ok((_, problems)) => problems.iter().map(Problem::to_string).collect(),
        Err(error) => vec![error.to_string()],
    };
    assert!(problems.is_empty(), "{}\nin {json}", problems.join("\n"));
}

#[test]
fn the_json_of_the_guides_reads_without_problems() {
    let mut compared = 0;
    for (_, text) in blocks("json") {
        reads(&text);
        compared += 1;
    }
    for (_, html) in blocks("html") {
        for kind in ["json", "ld+json"] {
            for script in html.split(&format!("<script type=\"application/{kind}\"")).skip(1) {
                let (_, json) = script.split_once('>').unwrap();
                reads(json.split_once("</script>").unwrap().0);
                compared += 1;
            }
        }
    }
    assert!(compared >= 12, "expected the JSON of the guides, found {compared}");
}

#[test]
fn the_ratings_of_the_reference_are_read() {
    for row in Page::load(RATINGS).table("Ratings") {
        for rating in &row[0].codes {
            let json = format!(r#"{{ "title": "A review", "rating": {rating} }}"#);
            reads(&json);
            let (collection, _) = read(json.as_bytes(), None).unwrap();
            let mark = &collection.reviews[0].rating.as_ref().unwrap().mark;
            assert!(!matches!(mark, Mark::Text(_)), "{rating} has no scale");
        }
    }
}

/// A row a grade; its columns are with a plus, with nothing and with a minus.
#[test]
fn the_grades_of_the_reference_are_on_the_scale() {
    let page = Page::load(RATINGS);
    let rows = page.table("One scale");
    assert_eq!(rows.len(), 6);
    for row in rows {
        for (sign, cell) in ["+", "", "−"].iter().zip(&row[1..]) {
            let grade = row[0].text.clone() + sign;
            let found = out_of_five(&Mark::Letter(grade.clone())).unwrap();
            assert_eq!(found.to_text("."), cell.text, "{grade}");
        }
    }
}

#[test]
fn the_filters_and_orders_of_the_reference_are_read() {
    let page = Page::load(RATINGS);
    let filters: Vec<_> = page.table("Filters").iter().map(|row| row[0].codes[0].as_str()).collect();
    let (filter, problems) = Filter::parse(&filters.join(" "));
    assert_eq!((filter.to_string(), problems), (filters.join(" "), Vec::new()));
    let (_, problems) = Filter::parse("rating>=six");
    assert!(page.codes.contains(&problems[0].to_string()), "{problems:?}");
    let orders: Vec<_> = page.table("Order").iter().map(|row| row[0].codes[0].as_str()).collect();
    assert_eq!(orders, ["date", "rating", "title"]);
    for order in orders {
        assert!(matches!(Sort::parse(order), Ok(Some(sort)) if sort.to_string() == order));
    }
}

#[test]
fn the_cards_of_the_guides_have_known_attributes() {
    let known = names(&element()["attributes"]);
    let known_of_lists = names(&list()["attributes"]);
    let mut cards = 0;
    for (_, html) in &blocks("html") {
        for tag in tags(html).iter().filter(|tag| &*tag.name == "review-list") {
            for (name, _) in attributes(tag) {
                assert!(
                    known_of_lists.contains(&name) || GLOBAL.contains(&name.as_str()),
                    "{name} in {html}"
                );
            }
        }
        for tag in tags(html).iter().filter(|tag| &*tag.name == "review-card") {
            for (name, _) in attributes(tag) {
                assert!(known.contains(&name) || GLOBAL.contains(&name.as_str()), "{name} in {html}");
            }
            cards += 1;
        }
    }
    assert!(cards >= 10, "expected the cards of the guides, found {cards}");
}

/// The guides show the Yew app of `tests/yew-app`, which is compiled.
#[test]
fn the_rust_of_the_guides_is_that_of_the_yew_app() {
    let app = source("tests/yew-app/src/main.rs");
    let rust = blocks("rust");
    assert!(!rust.is_empty());
    for (page, text) in rust {
        assert!(
            app.contains(text.as_str()),
            "{page}: expected this in tests/yew-app/src/main.rs, found it not:\n{text}"
        );
    }
}

#[test]
fn the_style_sheets_of_the_guides_use_known_names() {
    let (properties, parts) = (names(&element()["cssProperties"]), names(&element()["cssParts"]));
    let sheets = blocks("css");
    assert!(sheets.len() > 10, "expected the themes, found {} sheets", sheets.len());
    for (_, css) in sheets {
        let property = |line: &str| Some(line.trim().split_once(':')?.0.to_owned());
        let used: BTreeSet<_> =
            css.lines().filter(|line| line.trim().starts_with("--")).filter_map(property).collect();
        assert!(used.is_subset(&properties), "{css}");
        for part in css.split("::part(").skip(1) {
            assert!(parts.contains(part.split_once(')').unwrap().0), "{css}");
        }
    }
}

/// The site shows each theme live, by the same lines that it offers for copying.
#[test]
fn the_themes_that_are_shown_are_those_that_are_offered() {
    let shown = source("docs/theme/site.css");
    let mut compared = 0;
    for (page, css) in blocks("css").iter().filter(|(page, _)| page.ends_with("looks.md")) {
        let Some((_, rules)) = css.split_once("review-list {\n") else { continue };
        if css.contains("--review-card-surface") {
            assert!(
                shown.contains(&format!("{{\n{rules}")),
                "{page}: expected this in docs/theme/site.css:\n{css}"
            );
            compared += 1;
        }
    }
    assert_eq!(compared, 10);
}

// ---- commands and links

#[test]
fn every_task_that_a_page_names_exists() {
    let main = source("xtask/src/main.rs");
    let (_, tasks) = main.split_once("enum Task {").unwrap();
    let (tasks, _) = tasks.split_once("\n}").unwrap();
    let variants: BTreeSet<_> = tasks
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()))
        .map(|line| line.split([' ', ',', '(']).next().unwrap_or_default().to_lowercase())
        .collect();
    let mut named = BTreeSet::new();
    for (name, page) in pages() {
        for code in page.codes.iter().chain(page.blocks.iter().map(|(_, text)| text)) {
            for (_, command) in
                code.match_indices("cargo xtask ").map(|(at, found)| code.split_at(at + found.len()))
            {
                let mut words = command.lines().next().unwrap_or_default().split(' ');
                let task = words.next().unwrap_or_default();
                assert!(variants.contains(task), "{name}: expected one of {variants:?}, found {task}");
                named.insert(task.to_owned());
                for flag in words.filter_map(|word| word.strip_prefix("--")) {
                    assert!(tasks.contains(&format!("        {flag}: ")), "{name}: --{flag} of {task}");
                }
            }
        }
        // Flags in a row of their task.
        for row in page
            .tables
            .iter()
            .flat_map(|(_, rows)| rows)
            .filter(|row| row[0].text.starts_with("cargo xtask "))
        {
            for flag in row.iter().flat_map(|cell| &cell.codes).filter_map(|code| code.strip_prefix("--")) {
                assert!(tasks.contains(&format!("        {flag}: ")), "{name}: --{flag}");
            }
        }
    }
    assert!(named.contains("serve") && named.contains("test"), "{named:?}");
}

/// The chapter on the command is its own help, so what a guide uses has to be in there.
#[test]
fn every_option_of_the_command_that_a_guide_uses_exists() {
    let help = source("docs/src/reference/command.md");
    let mut used = BTreeSet::new();
    for name in guides() {
        let page = Page::load(&name);
        let code = page.codes.iter().chain(page.blocks.iter().map(|(_, text)| text));
        for command in code.flat_map(|code| code.lines()).flat_map(|line| line.split("review-card ").skip(1))
        {
            let mut words = command.split_whitespace();
            let task = words.next().unwrap_or_default();
            let Some((_, section)) = help.split_once(&format!("\n## {task}\n")) else { continue };
            let section = section.split("\n## ").next().unwrap_or_default();
            for option in words.filter(|word| word.starts_with("--")) {
                assert!(
                    section.contains(&format!("{option} ")) || section.contains(&format!("{option}\n")),
                    "{name}: {command}"
                );
            }
            used.insert(task.to_owned());
        }
    }
    for task in ["check", "convert", "render"] {
        assert!(used.contains(task), "{used:?}");
    }
}

#[test]
fn every_test_and_fuzz_target_that_a_page_names_exists() {
    for (name, page) in pages() {
        for code in page.codes.iter().chain(page.blocks.iter().map(|(_, text)| text)) {
            for (before, manifests, section) in [
                ("--test ", &["Cargo.toml", "crates/cli/Cargo.toml"][..], "test"),
                ("fuzz run ", &["fuzz/Cargo.toml"], "bin"),
            ] {
                for target in code.split(before).skip(1).filter_map(|rest| rest.split_whitespace().next()) {
                    let entry = format!("[[{section}]]\nname = \"{target}\"");
                    let exists = manifests.iter().any(|manifest| source(manifest).contains(&entry));
                    assert!(exists, "{name}: {before}{target}");
                }
            }
        }
    }
}

/// Where a relative link of a page leads, from the root. The site has the demo beside the book, as the root has it, and the studio in the
/// folder of the release.
fn beside(page: &str, path: &str) -> PathBuf {
    let target = Path::new(page).with_file_name(path);
    match target.strip_prefix(Path::new(CHAPTERS).join("..")) {
        Ok(of_the_site) => of_the_site.strip_prefix("review-card").unwrap_or(of_the_site).to_owned(),
        Err(_) => target,
    }
}

/// Whether a path names a file of the release, which the build writes: the zip of this version, or a file of the table of sizes.
fn is_built(path: &str) -> bool {
    path == concat!("review-card-", env!("CARGO_PKG_VERSION"), ".zip")
        || Page::load("docs/src/compare.md").names("Sizes").contains(path)
}

#[test]
fn every_link_leads_somewhere() {
    for (name, page) in pages() {
        for link in &page.links {
            if link.contains("://") {
                continue;
            }
            let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { PathBuf::from(&name) } else { beside(&name, path) };
            let target = target.to_str().unwrap();
            assert!(root(target).exists() || is_built(target), "{name}: {link}");
            if !fragment.is_empty() {
                assert!(Page::load(target).anchors.contains(fragment), "{name}: {link}");
            }
        }
    }
}

/// mdBook leaves the line in the page if it does not find the file.
#[test]
fn every_file_that_a_chapter_includes_exists() {
    let mut found = 0;
    for name in guides() {
        for include in source(&name).split("{{#include ").skip(1) {
            let file = include.split_once("}}").unwrap().0;
            assert!(root(&name).with_file_name(file).is_file(), "{name}: {file}");
            found += 1;
        }
    }
    assert!(found > 3, "expected the templates for Hugo, found {found}");
}

#[test]
fn every_file_that_a_page_names_exists() {
    let mut found = 0;
    for (name, page) in pages() {
        for code in page.codes.iter().filter(|code| !code.contains(' ')) {
            let is_path = FOLDERS.contains(&code.split('/').next().unwrap_or_default());
            let is_manifest = code.ends_with(".toml") || code.ends_with(".lock");
            if is_path || is_manifest {
                assert!(root(code).exists(), "{name}: {code}");
                found += 1;
            }
        }
    }
    assert!(found > 50, "expected the files that the pages name, found {found}");
}

#[test]
fn the_pictures_are_light_enough_for_a_readme() {
    for picture in fs::read_dir(root("docs")).unwrap().map(Result::unwrap) {
        assert!(picture.metadata().unwrap().len() < 120_000, "{}", picture.path().display());
    }
}

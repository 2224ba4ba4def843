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

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
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

// ---- reading a page

/// A Markdown page, taken apart.
#[derive(Default)]
struct Page {
    /// The headings as addresses: `in-a-yew-app`.
    anchors: BTreeSet<String>,
    /// Tables, each under its heading.
    tables: Vec<(String, Vec<Row>)>,
    /// Code blocks: language and text.
    blocks: Vec<(String, String)>,
    /// `code` in the text.
    codes: Vec<String>,
    /// Where links and pictures lead.
    links: Vec<String>,
}

/// The cells of a table's row.
type Row = Vec<Cell>;

/// A cell: its text, and the `code` in it.
#[derive(Clone, Default)]
struct Cell {
    text: String,
    codes: Vec<String>,
}

impl Page {
    fn load(name: &str) -> Self {
        let markdown = fs::read_to_string(root(name)).unwrap();
        let mut page = Self::default();
        let (mut heading, mut in_heading, mut html) = (String::new(), false, String::new());
        let (mut block, mut cell): (Option<(String, String)>, Option<Cell>) = (None, None);
        for event in Parser::new_ext(&markdown, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Start::Heading { .. }) => (heading, in_heading) = (String::new(), true),
                Event::End(TagEnd::Heading(_)) => {
                    page.anchors.insert(anchor(&heading));
                    in_heading = false;
                }
                Event::Start(Start::Table(_)) => page.tables.push((heading.clone(), Vec::new())),
                Event::Start(Start::TableRow) => page.rows().push(Row::new()),
                Event::Start(Start::TableCell) => cell = Some(Cell::default()),
                // The header's cells come before any row, and belong to none.
                Event::End(TagEnd::TableCell) => {
                    if let (Some(row), Some(cell)) = (page.rows().last_mut(), cell.take()) {
                        row.push(cell);
                    }
                }
                Event::Start(Start::CodeBlock(CodeBlockKind::Fenced(language))) => {
                    block = Some((language.to_string(), String::new()));
                }
                Event::End(TagEnd::CodeBlock) => page.blocks.extend(block.take()),
                Event::Start(Start::Link { dest_url, .. } | Start::Image { dest_url, .. }) => {
                    page.links.push(dest_url.to_string());
                }
                Event::Html(text) | Event::InlineHtml(text) => html.push_str(&text),
                Event::Text(text) if in_heading => heading.push_str(&text),
                Event::Text(text) => {
                    if let Some(text_of) =
                        block.as_mut().map(|(_, text)| text).or(cell.as_mut().map(|cell| &mut cell.text))
                    {
                        text_of.push_str(&text);
                    }
                }
                Event::Code(code) => {
                    page.codes.push(code.to_string());
                    if let Some(cell) = &mut cell {
                        cell.text.push_str(&code);
                        cell.codes.push(code.to_string());
                    }
                }
                _ => {}
            }
        }
        for tag in tags(&html) {
            page.links.extend(attributes(&tag).into_iter().filter_map(|(name, value)| {
                matches!(name.as_str(), "src" | "srcset" | "href").then_some(value)
            }));
        }
        page
    }

    fn rows(&mut self) -> &mut Vec<Row> {
        &mut self.tables.last_mut().unwrap().1
    }

    /// The first table under a heading.
    #[track_caller]
    fn table(&self, heading: &str) -> &[Row] {
        let found = self.tables.iter().find(|(under, _)| under == heading);
        &found.unwrap_or_else(|| panic!("expected a table under {heading:?}, found none")).1
    }

    /// The `code` in the first column of a table.
    #[track_caller]
    fn names(&self, heading: &str) -> BTreeSet<String> {
        self.table(heading).iter().flat_map(|row| row[0].codes.clone()).collect()
    }
}

/// The address that code hosts give a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

fn root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The pages for people who use the product: README and the chapters, as paths from the root.
fn guides() -> Vec<String> {
    fn collect(folder: &str, pages: &mut Vec<String>) {
        for entry in fs::read_dir(root(folder)).unwrap().map(Result::unwrap) {
            let path = format!("{folder}/{}", entry.file_name().into_string().unwrap());
            match entry.file_type().unwrap().is_dir() {
                true => collect(&path, pages),
                false if path.ends_with(".md") => pages.push(path),
                false => {}
            }
        }
    }
    let mut pages = vec!["README.md".to_owned()];
    collect(CHAPTERS, &mut pages);
    pages.sort();
    assert!(pages.len() > 20, "expected the chapters, found {pages:?}");
    pages
}

/// All pages.
fn pages() -> Vec<(String, Page)> {
    let names = PAGES.iter().map(|name| (*name).to_owned()).chain(guides());
    names.map(|name| (name.clone(), Page::load(&name))).collect()
}

/// The code blocks of a language in the guides, each with the page that it is on.
fn blocks(language: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for name in guides() {
        let page = Page::load(&name);
        let blocks = page.blocks.into_iter().filter(|(of, _)| of == language);
        found.extend(blocks.map(|(_, text)| (name.clone(), text)));
    }
    found
}

fn source(name: &str) -> String {
    fs::read_to_string(root(name)).unwrap()
}

/// The start tags of some HTML, by a real tokenizer.
fn tags(html: &str) -> Vec<Tag> {
    struct Sink(RefCell<Vec<Tag>>);
    impl TokenSink for Sink {
        type Handle = ();

        fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
            if let Token::TagToken(tag) = token
                && tag.kind == TagKind::StartTag
            {
                self.0.borrow_mut().push(tag);
            }
            TokenSinkResult::Continue
        }
    }
    let tokenizer = Tokenizer::new(Sink(RefCell::default()), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(html.into());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.take()
}

fn attributes(tag: &Tag) -> Vec<(String, String)> {
    tag.attrs
        .iter()
        .map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()))
        .collect()
}

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

// ---- tables

/// The reference shows the defaults of the manifest, the card those of its sheets.
#[test]
fn the_manifest_has_the_sheets_defaults() {
    let sheet = source("styles/tokens.css") + &source("styles/shadow.css");
    let mut compared = 0;
    for declaration in [element(), list()] {
        for property in declaration["cssProperties"].as_array().unwrap() {
            let name = property["name"].as_str().unwrap();
            let (_, default) = sheet.split_once(&format!("var({name}, ")).unwrap();
            let default = default.split_once(");").unwrap().0;
            if default.starts_with("rgb(from ") {
                let (light, dark) = (colour(default, 0xFF), colour(default, 0));
                assert_eq!(property["default"], format!("light-dark({light}, {dark})"), "{name}");
                compared += 1;
            } else if default != "inherit" && !default.starts_with("var(") {
                assert_eq!(property["default"], default, "{name}");
                compared += 1;
            }
        }
    }
    assert!(compared > 20, "expected defaults, found {compared}");
}

/// The colour of `rgb(from … calc(235 - r * 197 / 255) …)` where `r` is 255, as on a light page, or 0, as on a dark one.
fn colour(value: &str, r: i32) -> String {
    let channel = |rest: &str| {
        let words: Vec<_> = rest.split_once(')').unwrap().0.split(' ').collect();
        let [start, sign, "r", "*", change, "/", "255"] = words[..] else { panic!("{rest}") };
        let (start, change) = (start.parse::<i32>().unwrap(), change.parse::<i32>().unwrap() * r / 255);
        format!("{:02x}", if sign == "-" { start - change } else { start + change })
    };
    format!("#{}", value.split("calc(").skip(1).map(channel).collect::<String>())
}

#[test]
fn every_attribute_has_the_property_of_its_name() {
    for attribute in [element(), list()].iter().flat_map(|element| element["attributes"].as_array().unwrap())
    {
        let mut property = String::new();
        for c in attribute["name"].as_str().unwrap().chars() {
            match c {
                '-' => property.push('-'),
                c if property.ends_with('-') => {
                    property.pop();
                    property.push(c.to_ascii_uppercase());
                }
                c => property.push(c),
            }
        }
        assert_eq!(attribute["fieldName"], property.as_str());
    }
}

/// Console lines end with the address of such a page, where a release is built with the address of its docs.
#[test]
fn every_kind_of_error_has_a_page() {
    let mut kinds = BTreeSet::from(["problems".to_owned()]);
    for folder in ["crates/element/scripts", "crates/list/scripts", "crates/reader/scripts"] {
        for script in fs::read_dir(root(folder)).unwrap() {
            let script = fs::read_to_string(script.unwrap().path()).unwrap();
            let named = script.split("new Failure(\"").skip(1).filter_map(|rest| rest.split('"').next());
            kinds.extend(named.map(str::to_owned));
        }
    }
    for document in ["{", "[]", "[1]"] {
        kinds.insert(read(document.as_bytes(), None).unwrap_err().kind().to_owned());
    }
    assert!(kinds.len() >= 7, "{kinds:?}");
    for kind in kinds {
        let page = root(&format!("docs/src/errors/{kind}.md"));
        assert!(page.is_file(), "{}", page.display());
    }
}

#[test]
#[ignore = "needs a release in REVIEW_CARD_DIST; a step of `cargo xtask test` runs it"]
fn the_sizes_of_the_docs_are_those_of_the_release() {
    let dist = PathBuf::from(env::var_os("REVIEW_CARD_DIST").expect("REVIEW_CARD_DIST"));
    let page = Page::load("docs/src/compare.md");
    for row in page.table("Sizes") {
        for (cell, ending) in row.iter().skip(1).zip(["", ".gz", ".br"]) {
            let file = format!("{}{ending}", row[0].text);
            let size = fs::metadata(dist.join(&file)).unwrap_or_else(|error| panic!("{file}: {error}")).len();
            let reported: u64 = cell.text.replace(',', "").parse().unwrap();
            assert!(
                reported.abs_diff(size) * 50 <= size,
                "{file}: expected {size} bytes, found {reported} in the table"
            );
        }
    }
    // The studio is a folder of its own: its sizes are printed by the build.
    let files = fs::read_dir(&dist).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file());
    let files = files.map(|entry| entry.file_name().into_string().unwrap());
    let plain = files.filter(|name| ![".br", ".gz", ".zip"].iter().any(|ending| name.ends_with(ending)));
    assert_eq!(page.names("Sizes"), plain.collect());
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
            assert!(root(target).exists(), "{name}: {link}");
            if !fragment.is_empty() {
                assert!(Page::load(target).anchors.contains(fragment), "{name}: {link}");
            }
        }
    }
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

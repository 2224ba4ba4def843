//! The pages for people, held against the code: snippets, tables, commands, links.
//!
//! README.md repeats what `src/page/custom-elements.json`, `styles/tokens.css` and the readers say, and the other pages name files
//! and commands. Whatever can be compared is compared here; a table is found by the heading that it stands under.
//! With `REVIEW_CARD_DIST`, a folder that `cargo xtask dist` has written, so is the table of sizes.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

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

/// The pages.
const PAGES: [&str; 11] = [
    "README.md",
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
/// A path in a page's `code` begins with one of these.
const FOLDERS: [&str; 10] =
    ["bench", "src", "styles", "tests", "demo", "xtask", "fuzz", "docs", ".ci", ".cargo"];
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
    let manifest: Value = serde_json::from_str(&source("src/page/custom-elements.json")).unwrap();
    manifest["modules"][0]["declarations"][at].clone()
}

/// The names in one of the declaration's lists.
fn names(list: &Value) -> BTreeSet<String> {
    list.as_array().unwrap().iter().map(|entry| entry["name"].as_str().unwrap().to_owned()).collect()
}

/// The members of one kind that no attribute has.
fn members(element: &Value, kind: &str) -> BTreeSet<String> {
    let members = element["members"].as_array().unwrap().iter();
    let own = members.filter(|member| member["kind"] == kind && member["attribute"].is_null());
    own.map(|member| member["name"].as_str().unwrap().to_owned()).collect()
}

// ---- tables

#[test]
fn the_readme_lists_what_the_manifest_does() {
    let (readme, element) = (Page::load("README.md"), element());
    assert_eq!(readme.names("Attributes"), names(&element["attributes"]));
    assert_eq!(readme.names("Properties"), members(&element, "field"));
    let methods: BTreeSet<_> = members(&element, "method").iter().map(|name| format!("{name}()")).collect();
    assert_eq!(readme.names("Methods"), methods);
    assert_eq!(readme.names("Events"), names(&element["events"]));
    assert_eq!(readme.names("Parts"), names(&element["cssParts"]));
    assert_eq!(readme.names("Custom properties"), names(&element["cssProperties"]));
}

/// The tables of a list name its own; properties and parts that it has as a card has them are told in words.
#[test]
fn the_readme_lists_what_the_manifest_says_of_lists() {
    let (readme, list) = (Page::load("README.md"), list());
    assert_eq!(readme.names("List attributes"), names(&list["attributes"]));
    assert_eq!(readme.names("List events"), names(&list["events"]));
    let (own, cards) = (readme.names("Looks of a list"), names(&element()["cssParts"]));
    assert_eq!(own.union(&cards).cloned().collect::<BTreeSet<_>>(), names(&list["cssParts"]));
    assert_eq!(names(&list["cssProperties"]), names(&element()["cssProperties"]));
    assert_eq!(members(&list, "field"), ["data", "version"].map(Into::into).into());
    assert_eq!(members(&list, "method"), ["reload".into()].into());
}

#[test]
fn the_readme_has_the_manifests_defaults() {
    let mut compared = 0;
    for (heading, element) in [("Attributes", element()), ("List attributes", list())] {
        compared += compare_defaults(heading, &element);
    }
    assert!(compared > 15);
}

fn compare_defaults(heading: &str, element: &Value) -> usize {
    let readme = Page::load("README.md");
    let mut compared = 0;
    for row in readme.table(heading) {
        let attributes = element["attributes"].as_array().unwrap();
        let attribute = attributes.iter().find(|entry| entry["name"] == row[0].codes[0].as_str()).unwrap();
        let Some(default) = attribute["default"].as_str() else { continue };
        let shown = match default {
            "false" => "absent",
            "\"\"" => "nothing",
            other => other.trim_matches('"'),
        };
        assert_eq!(row[2].text, shown, "{}", row[0].text);
        compared += 1;
    }
    compared
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

#[test]
fn the_readme_has_the_events_details() {
    let readme = Page::load("README.md");
    for (heading, element) in [("Events", element()), ("List events", list())] {
        compare_details(&readme, heading, &element);
    }
}

fn compare_details(readme: &Page, heading: &str, element: &Value) {
    for row in readme.table(heading) {
        let events = element["events"].as_array().unwrap();
        let event = events.iter().find(|entry| entry["name"] == row[0].codes[0].as_str()).unwrap();
        let kind = event["type"]["text"].as_str().unwrap();
        let words = row[1].text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let told: BTreeSet<_> = words.collect();
        let before_colons = kind.split(": ").filter_map(|text| text.rsplit([' ', '{']).next());
        let declared: BTreeSet<_> = before_colons.filter(|word| !word.ends_with('>')).collect();
        assert_eq!(told, declared, "{}", row[0].text);
    }
    let kinds = element["events"][1]["type"]["text"].as_str().unwrap().split('"').skip(1).step_by(2);
    assert_eq!(readme.names("When something fails"), kinds.map(Into::into).collect());
}

#[test]
fn the_readme_has_the_sheets_defaults() {
    let (readme, sheet) =
        (Page::load("README.md"), source("styles/tokens.css") + &source("styles/shadow.css"));
    let mut compared = 0;
    for row in readme.table("Custom properties") {
        let (_, default) = sheet.split_once(&format!("var({}, ", row[0].text)).unwrap();
        let default = default.split_once(");").unwrap().0;
        let shown =
            match row.iter().skip(2).flat_map(|cell| cell.codes.clone()).collect::<Vec<_>>().as_slice() {
                [light, dark] => format!("light-dark({light}, {dark})"),
                [both] => both.clone(),
                _ => continue, // Inherited: told in words.
            };
        assert_eq!(shown, default, "{}", row[0].text);
        compared += 1;
    }
    assert!(compared > 10);
}

#[test]
fn the_readme_has_every_key_of_a_review() {
    let documented = Page::load("README.md").names("The JSON");
    for json in ["tests/cases/card/every-part-at-once/review.json", "demo/reviews/film.json"] {
        let review: Value = serde_json::from_str(&source(json)).unwrap();
        let used: BTreeSet<_> = review.as_object().unwrap().keys().cloned().collect();
        assert!(
            used.is_subset(&documented),
            "{json}: {:?}",
            used.difference(&documented).collect::<Vec<_>>()
        );
    }
    let reader = source("src/read/plain.rs");
    for key in documented {
        assert!(reader.contains(&format!("\"{key}\"")), "expected a reader of {key}, found none");
    }
}

#[test]
fn the_pages_limits_are_where_they_say() {
    let mut compared = 0;
    for row in Page::load("ARCHITECTURE.md").table("Limits") {
        for name in
            row[0].codes.iter().filter(|name| name.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
        {
            assert!(source(&row[2].codes[0]).contains(&format!("const {name}")), "{name}");
            compared += 1;
        }
    }
    assert!(compared > 10);
}

#[test]
fn the_readmes_sizes_are_those_of_the_release() {
    let Some(dist) = env::var_os("REVIEW_CARD_DIST").map(PathBuf::from) else {
        println!("no release here: nothing compared (set REVIEW_CARD_DIST)");
        return;
    };
    let readme = Page::load("README.md");
    for row in readme.table("Sizes") {
        for (cell, ending) in row.iter().skip(1).zip(["", ".gz", ".br"]) {
            let file = format!("{}{ending}", row[0].text);
            let size = fs::metadata(dist.join(&file)).unwrap_or_else(|error| panic!("{file}: {error}")).len();
            let told: u64 = cell.text.replace(',', "").parse().unwrap();
            assert!(
                told.abs_diff(size) * 50 <= size,
                "{file}: expected {size} bytes, found {told} in the README"
            );
        }
    }
    let files = fs::read_dir(&dist).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let plain = files.filter(|name| ![".br", ".gz", ".zip"].iter().any(|ending| name.ends_with(ending)));
    assert_eq!(readme.names("Sizes"), plain.collect());
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
fn the_readmes_json_reads_without_problems() {
    let readme = Page::load("README.md");
    let mut compared = 0;
    for (language, text) in &readme.blocks {
        if language == "json" {
            reads(text);
            compared += 1;
        }
        for script in text.split("<script type=\"application/json\"").skip(1) {
            let (_, json) = script.split_once('>').unwrap();
            reads(json.split_once("</script>").unwrap().0);
            compared += 1;
        }
    }
    assert!(compared >= 3, "expected the README's JSON, found {compared}");
}

#[test]
fn the_readmes_ratings_are_read() {
    for row in Page::load("README.md").table("Ratings") {
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
fn the_readmes_grades_are_on_the_scale() {
    let readme = Page::load("README.md");
    let rows = readme.table("One scale");
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
fn the_readmes_filters_and_orders_are_read() {
    let readme = Page::load("README.md");
    let filters: Vec<_> = readme.table("Filters").iter().map(|row| row[0].codes[0].as_str()).collect();
    let (filter, problems) = Filter::parse(&filters.join(" "));
    assert_eq!((filter.to_string(), problems), (filters.join(" "), Vec::new()));
    let (_, problems) = Filter::parse("rating>=six");
    assert!(readme.codes.contains(&problems[0].to_string()), "{problems:?}");
    let orders: Vec<_> = readme.table("Order").iter().map(|row| row[0].codes[0].as_str()).collect();
    assert_eq!(orders, ["date", "rating", "title"]);
    for order in orders {
        assert!(matches!(Sort::parse(order), Ok(Some(sort)) if sort.to_string() == order));
    }
}

#[test]
fn the_readmes_cards_have_known_attributes() {
    let known = names(&element()["attributes"]);
    let known_of_lists = names(&list()["attributes"]);
    let mut cards = 0;
    for (_, html) in Page::load("README.md").blocks.iter().filter(|(language, _)| language == "html") {
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
    assert!(cards >= 3, "expected the README's cards, found {cards}");
}

/// That one is compiled by rustdoc.
#[test]
fn the_readmes_rust_is_that_of_the_crates_front_page() {
    let doc: String = source("src/lib.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("//!"))
        .map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))
        .collect();
    let readme = Page::load("README.md");
    let rust: Vec<_> = readme.blocks.iter().filter(|(language, _)| language == "rust").collect();
    assert!(!rust.is_empty());
    for (_, text) in rust {
        assert!(doc.contains(text.as_str()), "expected this in src/lib.rs, found it not:\n{text}");
    }
}

#[test]
fn the_readmes_style_sheet_uses_known_names() {
    let readme = Page::load("README.md");
    let known = |heading: &str| readme.names(heading);
    for (_, css) in readme.blocks.iter().filter(|(language, _)| language == "css") {
        let property = |line: &str| Some(line.trim().split_once(':')?.0.to_owned());
        let used: BTreeSet<_> =
            css.lines().filter(|line| line.trim().starts_with("--")).filter_map(property).collect();
        assert!(used.is_subset(&known("Custom properties")), "{css}");
        for part in css.split("::part(").skip(1) {
            assert!(known("Parts").contains(part.split_once(')').unwrap().0), "{css}");
        }
    }
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
    for name in PAGES {
        let page = Page::load(name);
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

/// The command's options, by the README's blocks and tables.
#[test]
fn every_option_of_the_command_is_told_and_exists() {
    let main = source("src/command/mod.rs");
    let readme = Page::load("README.md");
    let told = |heading| readme.names(heading).iter().map(|code| option(code)).collect::<BTreeSet<_>>();
    let (of_card, of_list) = (options("src/command/render.rs"), options("src/command/list.rs"));
    assert_eq!(told("Static HTML"), of_card);
    assert_eq!(told("A list in pages"), of_list);
    let declared: BTreeSet<_> = of_card.union(&of_list).cloned().collect();
    let mut used = BTreeSet::new();
    for command in
        readme.codes.iter().chain(readme.blocks.iter().map(|(_, text)| text)).flat_map(|code| code.lines())
    {
        for command in command.split("review-card ").skip(1) {
            let mut words = command.split(' ');
            let name = words.next().unwrap_or_default();
            let variant = match name {
                "check" => "Check",
                "convert" => "Convert",
                "render" => "Render",
                _ => continue,
            };
            assert!(main.contains(&format!("    {variant}(")), "{command}");
            for flag in words.filter(|word| word.starts_with("--")) {
                assert!(declared.contains(&option(flag)), "{command}");
            }
            used.insert(name.to_owned());
        }
    }
    assert_eq!(used.len(), 3, "{used:?}");
}

/// The names of the options that are declared in a file: that which is given, else the field's.
fn options(file: &str) -> BTreeSet<String> {
    let text = source(file);
    let name = |text: &str| {
        let given = text.strip_prefix(" = \"").and_then(|rest| Some(rest.split_once('"')?.0.to_owned()));
        given.or_else(|| {
            let (field, _) = text.lines().nth(1)?.trim().split_once(':')?;
            Some(field.trim_start_matches("pub(super) ").replace('_', "-"))
        })
    };
    text.split("#[arg(long").skip(1).filter_map(name).collect()
}

/// `out` of `--out DIR`.
fn option(code: &str) -> String {
    code.trim_start_matches("--").split(' ').next().unwrap_or_default().to_owned()
}

/// Editors know what the README knows.
#[test]
fn the_schema_has_every_key_of_the_readme() {
    let schema: Value = serde_json::from_str(&source("src/read/review.schema.json")).unwrap();
    let keys: BTreeSet<_> =
        schema["$defs"]["Review"]["properties"].as_object().unwrap().keys().cloned().collect();
    let told = Page::load("README.md").names("The JSON");
    assert!(told.is_subset(&keys), "{:?}", told.difference(&keys).collect::<Vec<_>>());
}

#[test]
fn every_test_and_fuzz_target_that_a_page_names_exists() {
    for (name, page) in PAGES.map(|name| (name, Page::load(name))) {
        for code in page.codes.iter().chain(page.blocks.iter().map(|(_, text)| text)) {
            for (before, manifest, section) in
                [("--test ", "Cargo.toml", "test"), ("fuzz run ", "fuzz/Cargo.toml", "bin")]
            {
                for target in code.split(before).skip(1).filter_map(|rest| rest.split_whitespace().next()) {
                    let entry = format!("[[{section}]]\nname = \"{target}\"");
                    assert!(source(manifest).contains(&entry), "{name}: {before}{target}");
                }
            }
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    for (name, page) in PAGES.map(|name| (name, Page::load(name))) {
        for link in &page.links {
            if link.contains("://") {
                continue;
            }
            let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target =
                if path.is_empty() { PathBuf::from(name) } else { Path::new(name).with_file_name(path) };
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
    for (name, page) in PAGES.map(|name| (name, Page::load(name))) {
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

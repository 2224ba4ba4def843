//! `docs/faults.md` and the promises of `SECURITY.md` against the tests that they name: each row has one, and each is there.
//!
//! | in the table | is |
//! | --- | --- |
//! | `failures::html_is_not_json` | listed in `cases![…]` of `tests/e2e/cases/failures.rs`; `list_faults::…` of `tests/e2e/cases/list/faults.rs` |
//! | `json::any_bytes_get_the_same_verdict` | a `#[test]` of `tests/json.rs`; `loads::…` of `src/read/loads.rs` or `src/read/loads/tests.rs`, or of `src/list` or the command |
//! | `tests/cases/card/nulls-are-nothing` | a golden case, a folder that is not empty |
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The pages, with how many columns and at least how many rows their tables have; the tests stand in the last column.
const PAGES: [(&str, usize, usize); 2] = [("docs/faults.md", 4, 80), ("SECURITY.md", 2, 15)];

#[derive(Default)]
struct Row {
    cells: Vec<String>,
    /// The `code` in the last cell.
    tests: Vec<String>,
}

fn rows(page: &str) -> Vec<Row> {
    let markdown = fs::read_to_string(root(page)).unwrap();
    let mut rows: Vec<Row> = Vec::new();
    let (mut in_row, mut in_cell) = (false, false);
    for event in Parser::new_ext(&markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::TableRow) => {
                rows.push(Row::default());
                in_row = true;
            }
            Event::End(TagEnd::TableRow) => in_row = false,
            Event::Start(Tag::TableCell) if in_row => {
                let row = rows.last_mut().unwrap();
                row.cells.push(String::new());
                row.tests.clear();
                in_cell = true;
            }
            Event::End(TagEnd::TableCell) => in_cell = false,
            Event::Text(text) if in_cell => {
                let cell = rows.last_mut().unwrap().cells.last_mut().unwrap();
                cell.push_str(&text);
            }
            Event::Code(code) if in_cell => {
                let row = rows.last_mut().unwrap();
                row.cells.last_mut().unwrap().push_str(&code);
                row.tests.push(code.to_string());
            }
            _ => {}
        }
    }
    rows
}

fn root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Whether a test of that name is there, and is run.
fn exists(test: &str) -> bool {
    if test.starts_with("tests/cases/") {
        return fs::read_dir(root(test)).is_ok_and(|mut files| files.next().is_some());
    }
    let Some((group, name)) = test.split_once("::") else { return false };
    end_to_end(group).is_some_and(|file| is_listed(&file, name))
        || ["tests", "src/read", "src/list", "crates/cli/src/command"]
            .iter()
            .flat_map(|folder| [format!("{folder}/{group}.rs"), format!("{folder}/{group}/tests.rs")])
            .chain(files(&format!("tests/{group}")))
            .filter_map(|file| fs::read_to_string(root(&file)).ok())
            .any(|file| is_test(&file, name))
}

/// The files of a folder; none if there is no such folder.
fn files(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root(folder)).into_iter().flatten().flatten();
    entries.map(|entry| format!("{folder}/{}", entry.file_name().display())).collect()
}

/// The file of a group of end-to-end tests.
fn end_to_end(group: &str) -> Option<String> {
    let path = group.strip_prefix("list_").map_or_else(|| group.to_owned(), |rest| format!("list/{rest}"));
    fs::read_to_string(root(&format!("tests/e2e/cases/{path}.rs"))).ok()
}

/// The compiler tells of a case that is listed and is no function.
fn is_listed(file: &str, name: &str) -> bool {
    let cases = file.split_once("cases![").and_then(|(_, rest)| rest.split_once("];"));
    cases.is_some_and(|(cases, _)| cases.split(',').any(|case| case.trim() == name))
}

fn is_test(file: &str, name: &str) -> bool {
    let Some((before, _)) = file.split_once(&format!("fn {name}(")) else { return false };
    let attribute = before.rsplit_once("#[test]");
    attribute.is_some_and(|(_, between)| !between.contains("fn ") && !between.contains("ignore"))
}

#[test]
fn each_row_names_tests_that_are_there() {
    let mut wrong = Vec::new();
    for (page, columns, at_least) in PAGES {
        let rows = rows(page);
        assert!(rows.len() >= at_least, "{page}: expected {at_least} rows, found {}", rows.len());
        for Row { cells, tests } in &rows {
            let subject = cells.first().unwrap();
            if cells.len() != columns || cells.iter().any(String::is_empty) || tests.is_empty() {
                wrong.push(format!("{page}: {subject}: expected {columns} cells, and a test in the last"));
            }
            let missing = tests.iter().filter(|test| !exists(test));
            wrong.extend(missing.map(|test| format!("{page}: {subject}: no test {test}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_fault_stands_there_once() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for row in PAGES.iter().flat_map(|(page, ..)| rows(page)) {
        *seen.entry(row.cells.into_iter().next().unwrap_or_default()).or_default() += 1;
    }
    let twice: Vec<&String> = seen.iter().filter(|(_, times)| **times > 1).map(|(fault, _)| fault).collect();
    assert!(twice.is_empty(), "expected each once, found {twice:?}");
}

/// Without this, each name could pass.
#[test]
fn a_test_that_is_not_there_is_missed() {
    assert!(exists("failures::html_is_not_json"));
    assert!(exists("list_faults::a_list_of_none_says_so"));
    assert!(exists("faults::each_row_names_tests_that_are_there"));
    assert!(exists("tests/cases/card/nulls-are-nothing"));
    for test in [
        "failures::html_is_json",
        "failures::check",
        "faults::exists",
        "nowhere::html_is_not_json",
        "html_is_not_json",
        "tests/cases/card/nothing",
        "network",
    ] {
        assert!(!exists(test), "{test}");
    }
}

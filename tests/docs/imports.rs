//! The column "what it may use" of ARCHITECTURE.md against the imports of each module and the dependencies of each crate.
//!
//! 1. A row of the table names folders of `src`, or crates, and in its last column what they may use, as `code`. After a semicolon, a
//!    file may use more: "`src/read/handover.rs` also `write`".
//! 2. Of each module's sources, the paths that begin with `crate::`, or with enough `super::`, say what it uses; tests beside the code
//!    and comments do not count. Names that `lib.rs` exports again stand for their modules.
//! 3. Of each crate's manifest, the dependencies on other crates of the workspace say what it uses.
//!
//! A module without a row fails, and so does a use that the row does not name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::{Page, Row, root, source};

/// The heading of the table.
const TABLE: &str = "Who lives where";
/// Other people's crates that only some modules may use, each with the words that allow it.
const FOREIGN: [(&str, &str); 6] = [
    ("yew", "yew"),
    ("serde", "serde"),
    ("html5ever", "a parser for HTML"),
    ("web_sys", "a parser for HTML"),
    ("js_sys", "a parser for HTML"),
    ("wasm_bindgen", "a parser for HTML"),
];

/// What a row allows.
#[derive(Default)]
struct Allowed {
    text: String,
    names: BTreeSet<String>,
    /// What single files may use besides.
    files: BTreeMap<String, BTreeSet<String>>,
}

impl Allowed {
    fn of(row: &Row) -> Self {
        let mut allowed = Self { text: row[2].text.clone(), ..Self::default() };
        let mut file = None;
        // The names of types only say what is used of a module.
        for code in row[2].codes.iter().filter(|code| code.starts_with(|c: char| c.is_ascii_lowercase())) {
            match &file {
                _ if code.ends_with(".rs") => file = Some(code.clone()),
                Some(file) => {
                    allowed.files.entry(file.clone()).or_default().insert(code.clone());
                }
                None => {
                    allowed.names.insert(code.clone());
                }
            }
        }
        allowed
    }

    fn allows(&self, file: &str, name: &str) -> bool {
        let foreign = FOREIGN.iter().find(|(foreign, _)| *foreign == name);
        foreign.is_some_and(|(_, words)| self.text.contains(words))
            || self.names.contains(name)
            || self.files.get(file).is_some_and(|names| names.contains(name))
    }
}

/// The rows of the table, by each place that they are about.
fn places() -> BTreeMap<String, Allowed> {
    let page = Page::load("ARCHITECTURE.md");
    let rows = page.table(TABLE).iter();
    rows.flat_map(|row| row[0].codes.iter().map(|place| (place.clone(), Allowed::of(row)))).collect()
}

// ---- modules

/// The sources of a folder, or a file, with their paths from the root.
fn sources(path: &str, found: &mut Vec<String>) {
    if path.ends_with(".rs") {
        found.push(path.to_owned());
    } else if root(path).is_dir() {
        for entry in fs::read_dir(root(path)).unwrap().map(Result::unwrap) {
            sources(&format!("{path}/{}", entry.file_name().to_string_lossy()), found);
        }
    }
}

/// The names that `lib.rs` exports from its modules, each with its module.
fn exported() -> BTreeMap<String, String> {
    let lib = source("src/lib.rs");
    let mut exported = BTreeMap::new();
    for line in lib.lines().filter_map(|line| line.strip_prefix("pub use ")) {
        let (module, names) = line.trim_end_matches(';').split_once("::").unwrap();
        let names = names.rsplit("::").next().unwrap().trim_matches(['{', '}']);
        exported.extend(names.split(", ").map(|name| (name.to_owned(), module.to_owned())));
    }
    assert!(exported.contains_key("ReviewCard"), "{exported:?}");
    exported
}

/// What a file of the library uses: modules of the crate, and crates of [`FOREIGN`].
fn used(file: &str, text: &str, exported: &BTreeMap<String, String>) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    // `src/view/list/item.rs` is two modules below the root, `src/view/list/mod.rs` one.
    let depth = file.split('/').count() - 1 - usize::from(file.ends_with("/mod.rs"));
    let roots = ["crate::".to_owned(), "super::".repeat(depth)];
    let mut used = BTreeSet::new();
    for start in roots {
        for (at, _) in code.match_indices(&start) {
            let (before, from) = code.split_at(at);
            if before.ends_with("::") || before.ends_with(|c: char| c.is_alphanumeric() || "_$".contains(c)) {
                continue;
            }
            used.extend(first_names(from.strip_prefix(&start).unwrap()));
        }
    }
    let used = used.into_iter().map(|name| exported.get(&name).cloned().unwrap_or(name));
    let foreign = FOREIGN
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| code.contains(&format!("use {name}::")) || code.contains(&format!(" {name}::")));
    used.chain(foreign.map(str::to_owned)).collect()
}

/// The first segment of a path, or of each path in a group.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
    };
    let Some(group) = path.strip_prefix('{') else { return vec![name(path)] };
    let (mut depth, mut paths) = (0, vec![String::new()]);
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => paths.push(String::new()),
            c => paths.last_mut().unwrap().push(c),
        }
    }
    paths.iter().map(|path| name(path)).filter(|name| !name.is_empty()).collect()
}

#[test]
fn modules_use_what_the_map_allows() {
    let (places, exported) = (places(), exported());
    let (mut wrong, mut found) = (Vec::new(), BTreeSet::new());
    for entry in fs::read_dir(root("src")).unwrap().map(Result::unwrap) {
        let place = format!("src/{}", entry.file_name().to_string_lossy());
        if place == "src/lib.rs" {
            continue;
        }
        let allowed = places.get(&place).unwrap_or_else(|| panic!("expected a row for {place}, found none"));
        let module = entry.path().file_stem().unwrap().to_string_lossy().into_owned();
        let mut files = Vec::new();
        sources(&place, &mut files);
        for file in files.iter().filter(|file| file.ends_with(".rs")) {
            for name in used(file, &source(file), &exported) {
                if name != module && !allowed.allows(file, &name) {
                    wrong.push(format!("{file} uses {name}"));
                }
                found.insert((place.clone(), name));
            }
        }
    }
    assert!(wrong.is_empty(), "expected what ARCHITECTURE.md allows, found:\n{}", wrong.join("\n"));
    assert!(found.len() > 25, "expected the imports of all modules, found {found:?}");
    for (place, allowed) in places.iter().filter(|(place, _)| place.starts_with("src/")) {
        for name in allowed.names.iter().chain(allowed.files.values().flatten()) {
            let used = found.contains(&(place.clone(), name.clone()));
            assert!(used, "{place}: expected a use of {name}, which ARCHITECTURE.md allows, found none");
        }
    }
}

/// Without this, a file whose imports are not understood could pass.
#[test]
fn imports_are_understood() {
    #[track_caller]
    fn check(file: &str, text: &str, expected: &[&str]) {
        let found = used(file, text, &exported());
        assert_eq!(found, expected.iter().map(|name| (*name).to_owned()).collect(), "{text}");
    }
    check("src/view/card.rs", "use crate::model::{Body, Review};", &["model"]);
    check("src/view/card.rs", "use crate::{json, read::{self, Problem}, write};", &["json", "read", "write"]);
    check("src/view/card.rs", "fn f(review: &crate::Review) -> crate::Problem {}", &["model", "read"]);
    check("src/view/list/item.rs", "use super::super::tag;\nuse super::super::super::json;", &["json"]);
    check("src/view/list/mod.rs", "use super::super::json;\nuse super::tag;", &["json"]);
    check("src/view/mod.rs", "use super::json;", &["json"]);
    check("src/json/parse.rs", "use serde::de::Error;\npub(super) fn f() -> yew::Html {}", &["serde", "yew"]);
    check("src/json/parse.rs", "//! [`crate::read`]\n// crate::write\n", &[]);
    check("src/json/parse.rs", "#[cfg(test)]\nmod tests {\n    use crate::read;\n}\n", &[]);
}

// ---- crates

/// The crates of the workspace that a manifest depends on, as the table names them; tests may use more.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let manifest: toml::Table = toml::from_str(manifest).unwrap();
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    let targets = targets.into_iter().flat_map(toml::Table::values).filter_map(toml::Value::as_table);
    let tables = std::iter::once(&manifest).chain(targets);
    let names = tables.filter_map(|table| table.get("dependencies")?.as_table()).flat_map(toml::Table::keys);
    names
        .filter_map(|name| match name.strip_prefix("review-card") {
            Some("") => Some("the library".to_owned()),
            Some(rest) => Some(format!("crates/{}", rest.trim_start_matches('-'))),
            None => None,
        })
        .collect()
}

#[test]
fn crates_use_what_the_map_allows() {
    let places = places();
    let mut compared = 0;
    for (place, folder) in fs::read_dir(root("crates"))
        .unwrap()
        .map(|entry| format!("crates/{}", entry.unwrap().file_name().to_string_lossy()))
        .map(|crate_| (crate_.clone(), crate_))
        .chain(
            [
                ("studio", "studio"),
                ("studio", "studio/importer"),
                ("xtask", "xtask"),
                ("xtask/dist", "xtask/dist"),
            ]
            .map(|(place, folder)| (place.to_owned(), folder.to_owned())),
        )
    {
        let allowed = places.get(&place).unwrap_or_else(|| panic!("expected a row for {place}, found none"));
        for name in dependencies(&source(Path::new(&folder).join("Cargo.toml").to_str().unwrap())) {
            let is_allowed = allowed.names.contains(&name)
                || name == "the library" && allowed.text.contains("the library");
            assert!(is_allowed, "{folder} depends on {name}, which ARCHITECTURE.md does not allow");
            compared += 1;
        }
    }
    assert!(compared > 10, "expected the dependencies of all crates, found {compared}");
}

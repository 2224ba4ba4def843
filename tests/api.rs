//! The public Rust API of the published libraries, as rustdoc has it, against the files in `docs/public-api`.
//!
//! A change of the API is a change of a file that people read before they commit it. `REVIEW_CARD_BLESS=1 cargo test --test api` writes
//! the files anew. Rustdoc's JSON is not stable: `RUSTC_BOOTSTRAP` makes the pinned toolchain write it, and the version of the crate
//! `public-api` is the one that reads this toolchain's format. Traits that are derived or hold for all types are left out.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

/// The packages.
const LIBRARIES: [&str; 4] =
    ["review-card", "review-card-css", "review-card-import", "review-card-prerender"];

#[test]
fn the_public_api_is_what_the_files_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/public-api");
    let bless = env::var_os("REVIEW_CARD_BLESS").is_some();
    let (docs, mut differing) = (rustdoc(), Vec::new());
    for package in LIBRARIES {
        let json = docs.join(package.replace('-', "_")).with_extension("json");
        let api = public_api::Builder::from_rustdoc_json(json)
            .omit_blanket_impls(true)
            .omit_auto_trait_impls(true)
            .omit_auto_derived_impls(true)
            .build()
            .unwrap();
        let text: String = api.items().map(|item| format!("{item}\n")).collect();
        assert!(!text.is_empty(), "expected a public API of {package}, found none");
        let file = folder.join(format!("{package}.txt"));
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if text == expected {
            continue;
        }
        if bless {
            fs::write(&file, text).unwrap();
        } else {
            differing.push(format!("{}:\n{}", file.display(), difference(&expected, &text)));
        }
    }
    assert!(
        differing.is_empty(),
        "expected the public API of the files, found another; if it is meant, REVIEW_CARD_BLESS=1 writes it:\n{}",
        differing.join("\n")
    );
}

/// Each public function, method, struct, enum and trait is used in an example, in its own documentation or in another's. Examples are
/// compiled and run by `cargo test`.
#[test]
fn every_public_item_is_in_an_example() {
    let (docs, mut missing) = (rustdoc(), Vec::new());
    for package in LIBRARIES {
        let json = docs.join(package.replace('-', "_")).with_extension("json");
        let json: Value = serde_json::from_str(&fs::read_to_string(json).unwrap()).unwrap();
        let items: Vec<&Value> = json["index"].as_object().unwrap().values().collect();
        let examples: String = items.iter().filter_map(|item| item["docs"].as_str()).map(code).collect();
        let words: BTreeSet<&str> = examples.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
        let mut public = 0;
        for item in items {
            let is_kind = |kind: &str| item["inner"].get(kind).is_some();
            let is_meant = ["function", "struct", "enum", "trait"].into_iter().any(is_kind);
            if item["crate_id"] != 0 || item["visibility"] != "public" || !is_meant {
                continue;
            }
            public += 1;
            let name = item["name"].as_str().unwrap();
            if !words.contains(name) {
                missing.push(format!("{package}: {name}, {}", item["span"]["filename"]));
            }
        }
        assert!(public > 0, "expected public items of {package}, found none");
    }
    missing.sort();
    assert_eq!(missing, [""; 0], "expected these in an example");
}

/// Returns the code blocks of a documentation that rustdoc compiles.
fn code(docs: &str) -> String {
    let blocks = docs.split("```").skip(1).step_by(2);
    blocks.filter(|block| !block.starts_with("text")).map(|block| format!("{block}\n")).collect()
}

/// Writes the documentation of all libraries as JSON, and returns the folder. The target folder is one of its own, because build scripts
/// of dependencies run again when `RUSTC_BOOTSTRAP` changes.
fn rustdoc() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("api");
    let status = Command::new(env!("CARGO"))
        .args(["doc", "--quiet", "--locked", "--no-deps", "--target-dir"])
        .arg(&target)
        .args(LIBRARIES.iter().flat_map(|package| ["--package", package]))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTDOCFLAGS", "-Z unstable-options --output-format json")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .unwrap();
    assert!(status.success(), "expected rustdoc to succeed, found {status}");
    target.join("doc")
}

/// The lines that only one of the two has.
fn difference(expected: &str, found: &str) -> String {
    let only = |sign: char, one: &str, other: &str| -> String {
        let other: Vec<_> = other.lines().collect();
        one.lines().filter(|line| !other.contains(line)).map(|line| format!("{sign} {line}\n")).collect()
    };
    only('-', expected, found) + &only('+', found, expected)
}

#[test]
fn a_difference_names_its_lines() {
    assert_eq!(
        difference("pub fn a()\npub fn b()\n", "pub fn b()\npub fn c()\n"),
        "- pub fn a()\n+ pub fn c()\n"
    );
}

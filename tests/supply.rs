//! What the project is made of: crates of its own without unsafe code, and dependencies that are held against rules.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::fs;
use std::path::{Path, PathBuf};

/// What is not ours, or made by the build.
const PASSED_OVER: [&str; 3] = ["target", "dist", "node_modules"];
/// What a manifest says for the rule to hold of its crate: its own word, or the workspace's.
const FORBIDDEN: &str = "unsafe_code = \"forbid\"";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder whose names end so.
fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if name.starts_with('.') || PASSED_OVER.contains(&name.as_str()) {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            files(&path, ending, found);
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
}

fn sources(ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    files(root(), ending, &mut found);
    found.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// The lines of a section of a manifest.
fn section<'a>(manifest: &'a str, name: &str) -> Vec<&'a str> {
    let lines = manifest.lines().skip_while(|line| line.trim() != name).skip(1);
    lines.take_while(|line| !line.starts_with('[')).map(str::trim).collect()
}

/// Whether the crate of a manifest may not have unsafe code.
fn forbids(manifest: &str) -> bool {
    section(manifest, "[lints.rust]").contains(&FORBIDDEN)
        || section(manifest, "[lints]").contains(&"workspace = true")
}

#[test]
fn unsafe_code_is_forbidden_in_every_crate() {
    let workspace = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(section(&workspace, "[workspace.lints.rust]").contains(&FORBIDDEN));
    let manifests = sources("Cargo.toml");
    assert!(manifests.len() >= 5, "expected the manifests of all crates, found {}", manifests.len());
    for (path, manifest) in &manifests {
        assert!(forbids(manifest), "{}: expected {FORBIDDEN}, or the workspace's lints", path.display());
    }
}

#[test]
fn dependencies_are_held_against_rules() {
    let rules = fs::read_to_string(root().join("deny.toml")).unwrap();
    for name in ["unknown-registry", "unknown-git", "wildcards", "yanked"] {
        assert!(rules.contains(&format!("{name} = \"deny\"")), "expected {name} to be denied in deny.toml");
    }
    assert!(section(&rules, "[licenses]").iter().any(|line| line.starts_with("allow = [")));
    // All that is locked, of every workspace: from crates.io, or of this repository.
    let locks = sources("Cargo.lock");
    assert!(!locks.is_empty());
    for (path, lock) in &locks {
        let foreign = lock.lines().find(|line| {
            line.starts_with("source = ")
                && *line != "source = \"registry+https://github.com/rust-lang/crates.io-index\""
        });
        assert_eq!(foreign, None, "{}", path.display());
    }
    let steps = fs::read_to_string(root().join("xtask/src/test.rs")).unwrap();
    for check in ["\"bans\", \"licenses\", \"sources\"", "\"fetch\", \"db\"", "\"advisories\""] {
        assert!(steps.contains(check), "expected `cargo xtask test` to run cargo deny with {check}");
    }
}

/// Without this, any manifest could pass.
#[test]
fn a_manifest_without_the_rule_is_missed() {
    assert!(forbids("[lints]\nworkspace = true\n"));
    assert!(forbids("[package]\nname = \"a\"\n\n[lints.rust]\nunsafe_code = \"forbid\"\n"));
    for manifest in
        ["[package]\n", "[lints.rust]\nunsafe_code = \"deny\"\n", "[dependencies]\nworkspace = true\n"]
    {
        assert!(!forbids(manifest), "{manifest}");
    }
}

/// The minimum supported Rust version is the one that is tested.
#[test]
fn the_minimum_rust_version_is_the_pinned_one() {
    let value = |text: &str, key: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(key));
        line.unwrap().trim_matches(['=', ' ', '"']).to_owned()
    };
    let minimum = value(&fs::read_to_string(root().join("Cargo.toml")).unwrap(), "rust-version");
    let pinned = value(&fs::read_to_string(root().join("rust-toolchain.toml")).unwrap(), "channel");
    assert!(pinned.starts_with(&format!("{minimum}.")), "expected {minimum}, found {pinned}");
    let page = fs::read_to_string(root().join("docs/src/yew.md")).unwrap();
    assert!(page.contains(&format!("Rust {minimum}")), "expected Rust {minimum} in docs/src/yew.md");
}

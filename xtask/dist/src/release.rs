//! Builds the folder that a blog copies to its server.
//!
//! 1. [`wasm`] compiles the four modules. Their hashes are written into the scripts, so that an upgrade never mixes
//!    old and new files.
//! 2. The style sheets are joined, the scripts are linked, the declarations are generated.
//! 3. For a release, each file gets its digest and two compressed copies, and everything is packed into an archive.
//! 4. Everything is written to a folder beside the old one, which it then replaces, so an interrupted build leaves no
//!    incomplete folder.
//!
//! The same sources give the same bytes.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sha2::{Digest, Sha256, Sha384};
use xtask::workspace::{PACKAGE, Workspace};

use crate::archive::{self, Files};
use crate::script::{self, Values};
use crate::wasm::Modules;
use crate::{bundle, declarations, studio, wasm};

/// The maximum size of script and module together, in bytes after Brotli.
pub(crate) const BUDGET: usize = 65_100;
/// The budgets of other pages: a description, the files that the page loads, and their maximum size in bytes after
/// Brotli.
const BUDGETS: [(&str, &[&str], usize); 4] = [
    ("page with a card", &[SCRIPT, WASM], BUDGET),
    ("page with another format, or HTML", &[SCRIPT, WASM, READER_SCRIPT, READER_WASM], 161_700),
    ("page with JSON-LD, or related reviews", &[SCRIPT, WASM, EXTRAS_SCRIPT, EXTRAS_WASM], 126_800),
    ("page with a list of plain JSON", &[SCRIPT, LIST_SCRIPT, LIST_WASM], 152_500),
];

/// The element's script.
const SCRIPT: &str = "review-card.js";
/// The element's module.
pub(crate) const WASM: &str = "review-card.wasm";

/// The reader's script and module, which are loaded when a card first needs them.
const READER_SCRIPT: &str = "review-card-reader.js";
pub(crate) const READER_WASM: &str = "review-card-reader.wasm";
/// The script and the module for JSON-LD and related reviews, which are loaded when a card first needs them.
const EXTRAS_SCRIPT: &str = "review-card-extras.js";
pub(crate) const EXTRAS_WASM: &str = "review-card-extras.wasm";

/// The list's script and module, which are loaded with the first list.
const LIST_SCRIPT: &str = "review-list.js";
pub(crate) const LIST_WASM: &str = "review-list.wasm";
/// The files that scripts load, at URLs that change with the content.
const VERSIONED: [&str; 7] =
    [WASM, READER_SCRIPT, READER_WASM, EXTRAS_SCRIPT, EXTRAS_WASM, LIST_SCRIPT, LIST_WASM];
/// The style sheets of lists, in cascade order.
const LIST_SHEETS: [&str; 2] = ["list.css", "list-items.css"];

/// The style sheets of both modes, in cascade order. A file that does not exist is skipped.
const SHEETS: [&str; 7] =
    ["tokens.css", "card.css", "facts.css", "body.css", "rest.css", "history.css", "layout.css"];
/// The first style sheet in light mode, and in a shadow root.
const LIGHT_SHEET: &str = "light.css";
const SHADOW_SHEET: &str = "shadow.css";

/// The manifest of the elements, relative to the workspace's root.
const MANIFEST: &str = "crates/element/custom-elements.json";
/// The JSON Schema of the plain format, relative to the workspace's root.
const SCHEMA: &str = "src/read/review.schema.json";
/// Further files of the archive: the path from the workspace's root, and the name in the archive. `start/` is a page
/// that shows a card as soon as the folder has been uploaded.
const DOCUMENTS: [(&str, &str); 7] = [
    ("LICENSE-APACHE", "LICENSE-APACHE"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("CHANGELOG.md", "CHANGELOG.md"),
    ("docs/start/README.md", "README.md"),
    ("docs/start/index.html", "start/index.html"),
    ("docs/start/review.json", "start/review.json"),
    ("docs/start/poster.svg", "start/poster.svg"),
];

/// The kind of build.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    /// For a blog: optimized, minified, compressed, checked against the budgets.
    Release,
    /// For the demo page during development: quick to build, and readable in the browser's debugger.
    Fast,
}

/// Builds the folder `out`.
pub(crate) fn build(workspace: &Workspace, build: Build, has_studio: bool, out: &Path) -> Result<()> {
    let groups = if has_studio { &wasm::ALL[..] } else { &wasm::CARDS };
    let modules = Modules::build(workspace, build, groups)?;
    let mut plain = assemble(workspace, build, &modules)?;
    let studio = if has_studio { studio::files(workspace, build, &modules)? } else { Files::new() };
    match build {
        Build::Fast => {
            plain.extend(studio);
            replace_folder(out, &plain)?;
        }
        Build::Release => {
            let (mut files, sizes) = release(workspace, plain)?;
            files.extend(studio);
            replace_folder(out, &files)?;
            print_table(&sizes);
            check_budget(&sizes)?;
        }
    }
    eprintln!("built {}", workspace.short(out));
    Ok(())
}

/// Builds the files that a browser or an editor reads. Modules loaded on demand come first, because the element's
/// script contains their hashes.
fn assemble(workspace: &Workspace, build: Build, modules: &Modules) -> Result<Files> {
    let mut files = Files::new();
    let mut add = |part, entry, script_name: &str, wasm_name: &str, hash_name: &str, values: &Values<'_>| {
        let module = modules.get(part)?;
        let (wasm_hash, wasm_digest) = (hash(&module.wasm), digest(&module.wasm));
        let digest_name = hash_name.replace("HASH", "INTEGRITY");
        let own = [(hash_name, wasm_hash.as_str()), (digest_name.as_str(), wasm_digest.as_str())];
        let values = [values, &own].concat();
        let mut script = script::link(&workspace.root.join(entry), module, &values)?;
        if build == Build::Release {
            let banner = format!("/*! {PACKAGE} {} | {} */\n", workspace.version, workspace.license);
            script = format!("{banner}{}\n", bundle::minify(&script)?);
        }
        let script_hash = hash(script.as_bytes());
        files.insert(script_name.to_owned(), script.into_bytes());
        files.insert(wasm_name.to_owned(), module.wasm.clone());
        anyhow::Ok(script_hash)
    };
    let sheets = sheets(&workspace.root.join("styles"))?;
    let home = home();
    let reader = add(
        wasm::READER,
        "crates/reader/scripts/reader.js",
        READER_SCRIPT,
        READER_WASM,
        "__READER_WASM_HASH__",
        &[],
    )?;
    let extras = add(
        wasm::EXTRAS,
        "crates/extras/scripts/extras.js",
        EXTRAS_SCRIPT,
        EXTRAS_WASM,
        "__EXTRAS_WASM_HASH__",
        &[("__HOME__", &home)],
    )?;
    let list_css = LIST_SHEETS.map(|name| std::fs::read_to_string(workspace.root.join("styles").join(name)));
    let list_css = review_card_css::minify(&list_css.into_iter().collect::<std::io::Result<String>>()?)?;
    let list_values: &Values<'_> = &[("__LIST_CSS__", &list_css), ("__HOME__", &home)];
    let list = add(
        wasm::LIST,
        "crates/list/scripts/list.js",
        LIST_SCRIPT,
        LIST_WASM,
        "__LIST_WASM_HASH__",
        list_values,
    )?;
    let values: &Values<'_> = &[
        ("__VERSION__", &workspace.version),
        ("__HOME__", &home),
        ("__HOST_CSS__", &sheets.host),
        ("__CARD_CSS__", &sheets.card),
        ("__READER_HASH__", &reader),
        ("__EXTRAS_HASH__", &extras),
        ("__LIST_HASH__", &list),
    ];
    add(wasm::ELEMENT, "crates/element/scripts/element.js", SCRIPT, WASM, "__WASM_HASH__", values)?;
    files.insert("review-card.css".to_owned(), sheets.light.into_bytes());
    files.insert("review-card-shadow.css".to_owned(), sheets.shadow.into_bytes());
    files.insert("review-list.css".to_owned(), list_css.into_bytes());
    describe(workspace, &mut files)?;
    Ok(files)
}

/// Returns the address of the site with the docs, which console lines lead to, with a slash at its end; empty if it is not set.
fn home() -> String {
    let home = std::env::var("REVIEW_CARD_HOME").unwrap_or_default();
    if home.is_empty() || home.ends_with('/') { home } else { home + "/" }
}

/// The joined style sheets.
struct Sheets {
    /// For light mode.
    light: String,
    /// For shadow roots: the host's and the card's.
    shadow: String,
    host: String,
    card: String,
}

fn sheets(folder: &Path) -> Result<Sheets> {
    let sheet = |names: &[&str]| {
        let mut css = String::new();
        for name in names {
            css.push_str(&read_if_there(&folder.join(name))?.unwrap_or_default());
        }
        review_card_css::minify(&css).with_context(|| format!("minifying the sheets of {}", folder.display()))
    };
    Ok(Sheets {
        light: sheet(&[&[LIGHT_SHEET], &SHEETS[..]].concat())?,
        shadow: sheet(&[&[SHADOW_SHEET], &SHEETS[..]].concat())?,
        host: sheet(&[SHADOW_SHEET])?,
        card: sheet(&SHEETS)?,
    })
}

/// Adds the files that describe the elements and their data to other programs.
fn describe(workspace: &Workspace, files: &mut Files) -> Result<()> {
    if let Some(manifest) = read_if_there(&workspace.root.join(MANIFEST))? {
        files.insert("review-card.d.ts".to_owned(), declarations::generate(&manifest)?.into_bytes());
        files.insert("custom-elements.json".to_owned(), manifest.into_bytes());
    }
    if let Some(schema) = read_if_there(&workspace.root.join(SCHEMA))? {
        files.insert("review.schema.json".to_owned(), schema.into_bytes());
    }
    Ok(())
}

/// Adds the digests, the compressed copies and the archive; returns the size of each file.
fn release(workspace: &Workspace, mut files: Files) -> Result<(Files, Vec<Size>)> {
    files.insert("integrity.json".to_owned(), integrity(&workspace.version, &files).into_bytes());
    let mut sizes = Vec::new();
    for (name, copies) in archive::compress(&files)? {
        let raw = files.get(&name).map_or(0, Vec::len);
        sizes.push(Size { name: name.clone(), raw, gzip: copies.gzip.len(), brotli: copies.brotli.len() });
        files.insert(format!("{name}.gz"), copies.gzip);
        files.insert(format!("{name}.br"), copies.brotli);
    }
    let mut packed = files.clone();
    for (document, name) in DOCUMENTS {
        let path = workspace.root.join(document);
        let text = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        packed.insert(name.to_owned(), text);
    }
    files.insert(format!("{PACKAGE}-{}.zip", workspace.version), archive::zip(PACKAGE, &packed)?);
    Ok((files, sizes))
}

/// Returns the text of `integrity.json`: an `integrity` attribute for each file, and the URLs of the files that scripts
/// load.
fn integrity(version: &str, files: &Files) -> String {
    let digests: serde_json::Map<_, _> =
        files.iter().map(|(name, content)| (name.clone(), digest(content).into())).collect();
    let addresses: serde_json::Map<_, _> = files
        .iter()
        .filter(|(name, _)| VERSIONED.contains(&name.as_str()))
        .map(|(name, content)| (name.clone(), format!("{name}?v={}", hash(content)).into()))
        .collect();
    format!("{:#}\n", json!({ "version": version, "files": digests, "addresses": addresses }))
}

/// Returns the value of an `integrity` attribute.
fn digest(content: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

/// The size of a file, in bytes.
struct Size {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

fn print_table(sizes: &[Size]) {
    println!("{:<24}{:>10}{:>10}{:>10}", "bytes", "raw", "gzip", "brotli");
    for Size { name, raw, gzip, brotli } in sizes {
        println!("{name:<24}{raw:>10}{gzip:>10}{brotli:>10}");
    }
    for (page, files, most) in BUDGETS {
        println!("{page:<44}{:>10}  (at most {most})", weight(sizes, files));
    }
}

/// Returns the bytes that a visitor's browser loads.
fn weight(sizes: &[Size], files: &[&str]) -> usize {
    sizes.iter().filter(|size| files.contains(&size.name.as_str())).map(|size| size.brotli).sum()
}

fn check_budget(sizes: &[Size]) -> Result<()> {
    for (page, files, most) in BUDGETS {
        let weight = weight(sizes, files);
        let names = files.join(", ");
        ensure!(
            weight <= most,
            "{page}: expected {names} to weigh at most {most} bytes in Brotli, found {weight}"
        );
    }
    Ok(())
}

/// Writes the files into a new folder beside `out`, then replaces `out` with it.
fn replace_folder(out: &Path, files: &Files) -> Result<()> {
    let (new, old) = (sibling(out, "new")?, sibling(out, "old")?);
    for leftover in [&new, &old] {
        if leftover.exists() {
            std::fs::remove_dir_all(leftover).with_context(|| format!("removing {}", leftover.display()))?;
        }
    }
    std::fs::create_dir_all(&new).with_context(|| format!("creating {}", new.display()))?;
    for (name, content) in files {
        let path = new.join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
        }
        std::fs::write(&path, content).with_context(|| format!("writing {}", path.display()))?;
    }
    if out.exists() {
        std::fs::rename(out, &old).with_context(|| format!("moving {} away", out.display()))?;
    }
    std::fs::rename(&new, out).with_context(|| format!("putting {} in its place", out.display()))?;
    if old.exists() {
        std::fs::remove_dir_all(&old).with_context(|| format!("removing {}", old.display()))?;
    }
    Ok(())
}

/// Returns `.NAME.suffix` beside the folder NAME.
fn sibling(out: &Path, suffix: &str) -> Result<PathBuf> {
    let name =
        out.file_name().with_context(|| format!("expected a folder's name, found {}", out.display()))?;
    Ok(out.with_file_name(format!(".{}.{suffix}", name.to_string_lossy())))
}

fn read_if_there(path: &Path) -> Result<Option<String>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("reading {}", path.display())),
    }
}

/// Returns 16 hexadecimal digits that change with the content.
pub(crate) fn hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrity_is_what_the_attribute_takes() {
        let files = Files::from([("a.js".to_owned(), b"alert('Hello, world.');".to_vec())]);
        // The example of https://www.w3.org/TR/SRI/#integrity-metadata-description
        let digest = "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO";
        let expected = format!(
            "{{\n  \"version\": \"1.2.3\",\n  \"files\": {{\n    \"a.js\": \"{digest}\"\n  }},\n  \"addresses\": {{}}\n}}\n"
        );
        assert_eq!(integrity("1.2.3", &files), expected);
    }

    #[test]
    fn a_folder_is_replaced_as_a_whole() -> Result<()> {
        let parent = std::env::temp_dir().join(format!("review-card-dist-{}", std::process::id()));
        let out = parent.join("dist");
        for name in ["a", "b"] {
            replace_folder(&out, &Files::from([(name.to_owned(), name.into())]))?;
            let names: Vec<_> =
                std::fs::read_dir(&out)?.map(|entry| Ok(entry?.file_name())).collect::<Result<_>>()?;
            assert_eq!(names, [name]);
        }
        assert_eq!(std::fs::read_dir(&parent)?.count(), 1, "nothing is left beside it");
        std::fs::remove_dir_all(&parent)?;
        Ok(())
    }

    #[test]
    fn more_than_the_budget_is_an_error() {
        for (_, files, most) in BUDGETS {
            for file in files {
                let sizes = |brotli| [Size { name: (*file).to_owned(), raw: 0, gzip: 0, brotli }];
                let least = BUDGETS.iter().filter(|(_, files, _)| files.contains(file)).map(|it| it.2).min();
                let least = least.unwrap_or(most);
                assert!(check_budget(&sizes(least)).is_ok(), "{file}");
                assert!(check_budget(&sizes(least + 1)).is_err(), "{file}");
            }
        }
    }
}

//! Generates the site's reference chapters from the code: the manifest of the elements, the JSON Schema of a review,
//! and the command's help. The files are committed, so that they can be read in the repository; `cargo xtask test`
//! reports any that are out of date.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value};
use xtask::process;
use xtask::workspace::{PACKAGE, Workspace, cargo};

/// The folder of the chapters.
const FOLDER: &str = "docs/src/reference";
/// The manifest of the elements.
const MANIFEST: &str = "crates/element/custom-elements.json";
/// The folder of the command's package.
const COMMAND: &str = "crates/cli";
/// The subcommands whose help is shown, in this order.
const COMMANDS: [&str; 5] = ["check", "convert", "import", "export", "render"];

/// What to do with chapters that differ from the code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stale {
    /// Write them.
    Write,
    /// Fail, and list them.
    Report,
}

/// Updates the chapters, or reports those that are out of date.
pub(crate) fn reference(workspace: &Workspace, stale: Stale) -> Result<()> {
    let manifest = json(&workspace.root.join(MANIFEST))?;
    let schema = json(&workspace.root.join("src/read/review.schema.json"))?;
    let chapters = [
        ("elements.md", elements(&manifest)?),
        ("json.md", keys(&schema)?),
        ("command.md", command(workspace)?),
    ];
    for (name, text) in chapters {
        let path = workspace.root.join(FOLDER).join(name);
        if fs::read_to_string(&path).unwrap_or_default() == text {
            continue;
        }
        ensure!(
            stale == Stale::Write,
            "{FOLDER}/{name}: expected what the code says, found something else; run `cargo xtask docs` and commit it"
        );
        fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

fn json(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))
}

const GENERATED: &str =
    "<!-- Written by `cargo xtask docs`. Change the source it names, not this file. -->\n\n";

// ---- elements

fn elements(manifest: &Value) -> Result<String> {
    let mut page = format!(
        "# Elements\n\n{GENERATED}`review-card.js` defines two elements. Every attribute can be changed at any time, and the element \
         updates. Each attribute has a property of its name (`heading-level` is `headingLevel`). Editors complete the names from \
         `custom-elements.json`, TypeScript from `review-card.d.ts`; both are beside the script.\n"
    );
    let declarations = manifest.pointer("/modules/0/declarations").context("expected declarations")?;
    let declarations = entries(declarations);
    for declaration in declarations {
        let tag = text(declaration, "tagName");
        write!(page, "\n## {tag}\n\n{}\n", text(declaration, "description"))?;
        table(
            &mut page,
            "Attributes",
            &["attribute", "value", "default", "meaning"],
            &declaration["attributes"],
            |entry| {
                let default = text(entry, "default").trim_matches('"').to_owned();
                vec![
                    code(&text(entry, "name")),
                    code(&text(entry, "type/text")),
                    if ["", "false"].contains(&default.as_str()) { String::new() } else { code(&default) },
                    text(entry, "description"),
                ]
            },
        )?;
        let own = |kind: &'static str| {
            let members = entries(&declaration["members"]).iter();
            let own = members.filter(move |member| member["kind"] == kind && member["attribute"].is_null());
            Value::Array(own.cloned().collect())
        };
        table(&mut page, "Properties", &["property", "type", "meaning"], &own("field"), |entry| {
            vec![code(&text(entry, "name")), code(&text(entry, "type/text")), text(entry, "description")]
        })?;
        table(&mut page, "Methods", &["method", "meaning"], &own("method"), |entry| {
            vec![code(&format!("{}()", text(entry, "name"))), text(entry, "description")]
        })?;
        table(&mut page, "Events", &["event", "`detail`", "when"], &declaration["events"], |entry| {
            let detail = text(entry, "type/text");
            let detail = detail.strip_prefix("CustomEvent<").and_then(|detail| detail.strip_suffix('>'));
            vec![code(&text(entry, "name")), code(detail.unwrap_or_default()), text(entry, "description")]
        })?;
    }
    // Lists have the custom properties of cards, and their parts in addition: the tables are shown once.
    for (heading, column, key) in
        [("Parts", "part", "cssParts"), ("Custom properties", "property", "cssProperties")]
    {
        let mut all: Vec<Value> = Vec::new();
        for entry in declarations.iter().flat_map(|declaration| entries(&declaration[key])) {
            if all.iter().all(|known| known["name"] != entry["name"]) {
                all.push(entry.clone());
            }
        }
        write!(page, "\n## {heading}\n")?;
        rows(&mut page, &[column, "default", "meaning"], &Value::Array(all), |entry| {
            let default = text(entry, "default");
            let default = if default.is_empty() { default } else { code(&default) };
            vec![code(&text(entry, "name")), default, text(entry, "description")]
        })?;
    }
    Ok(page)
}

// ---- keys

fn keys(schema: &Value) -> Result<String> {
    let mut page = format!(
        "# Keys of a review\n\n{GENERATED}A file holds one review, an array of reviews, or a [collection](#collection). Only `title` \
         is required. `null` is the same as a missing key. Keys that are not listed change nothing on the card; `check` and the \
         console report them.\n\nAddresses are relative to the file. Dates are `2025-10-03` or `2025-10-03T18:30:00+02:00`; a card \
         shows the day as written. [Ratings](ratings.md#ratings) shows how to write ratings.\n"
    );
    let definitions = schema["$defs"].as_object().context("expected definitions in the schema")?;
    let first = ["Review", "Work", "Person", "Image"];
    let names =
        first.into_iter().chain(definitions.keys().map(String::as_str).filter(|name| !first.contains(name)));
    for name in names {
        let definition = &definitions[name];
        let Some(properties) = definition["properties"].as_object() else { continue };
        write!(
            page,
            "\n## {name}\n\n{}\n\n| key | value | meaning |\n| --- | --- | --- |\n",
            text(definition, "description")
        )?;
        let required: Vec<_> = entries(&definition["required"]).iter().filter_map(Value::as_str).collect();
        for (key, value) in in_order(properties, &required) {
            let description = text(value, "description");
            writeln!(page, "| `{key}` | {} | {} |", cell(&kind(value, definitions)), cell(&description))?;
        }
    }
    Ok(page)
}

/// Returns the properties with the required keys first, then the others by name.
fn in_order<'a>(properties: &'a Map<String, Value>, required: &[&str]) -> Vec<(&'a String, &'a Value)> {
    let (mut first, rest): (Vec<_>, Vec<_>) =
        properties.iter().partition(|(key, _)| required.contains(&key.as_str()));
    first.extend(rest);
    first
}

/// Returns the types of value that a schema allows, in words; objects link to their tables.
fn kind(schema: &Value, definitions: &Map<String, Value>) -> String {
    let mut kinds = Vec::new();
    collect_kinds(schema, definitions, &mut kinds);
    kinds.join(", ")
}

fn collect_kinds(schema: &Value, definitions: &Map<String, Value>, kinds: &mut Vec<String>) {
    let mut add = |kind: &str| {
        if !kind.is_empty() && kinds.iter().all(|known| known != kind) {
            kinds.push(kind.to_owned());
        }
    };
    if let Some(name) = schema["$ref"].as_str().and_then(|address| address.rsplit('/').next()) {
        match definitions.get(name) {
            Some(definition) if definition["properties"].is_object() => {
                add(&format!("[object](#{})", name.to_lowercase()));
            }
            _ if name == "Text" => add("text"),
            _ if name == "Rating" => add("[rating](ratings.md#ratings)"),
            Some(definition) => collect_kinds(definition, definitions, kinds),
            None => {}
        }
        return;
    }
    let is_address = schema["format"] == "uri-reference";
    let types: Vec<_> = match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    for name in types {
        match name {
            "string" if is_address => add("address"),
            "string" => add("text"),
            "array" => {
                let mut items = Vec::new();
                collect_kinds(&schema["items"], definitions, &mut items);
                kinds.push(format!("array of {}", items.join(" or ")));
                return;
            }
            "null" => {}
            other => add(other),
        }
    }
    for alternative in entries(&schema["anyOf"]) {
        collect_kinds(alternative, definitions, kinds);
    }
}

// ---- the command

fn command(workspace: &Workspace) -> Result<String> {
    let mut page = format!(
        "# The command\n\n{GENERATED}## Install\n\nThere is no program to download yet. You need [Rust](https://rustup.rs) and the project's source code. In the folder of the \
         source code, run:\n\n```sh\n\
         cargo install --path {COMMAND}\n```\n\n## review-card\n"
    );
    process::run(
        cargo().args(["build", "--quiet", "--workspace", "--bin", PACKAGE]).current_dir(&workspace.root),
    )?;
    let program = workspace.target.join("debug").join(format!("{PACKAGE}{}", std::env::consts::EXE_SUFFIX));
    let help = |arguments: &[&str]| process::output(Command::new(&program).args(arguments).arg("--help"));
    let all = help(&[])?;
    writeln!(page, "\n```text\n{}\n```", all.trim_end())?;
    for name in COMMANDS {
        if all.lines().any(|line| line.split_whitespace().next() == Some(name)) {
            writeln!(page, "\n## {name}\n\n```text\n{}\n```", help(&[name])?.trim_end())?;
        }
    }
    Ok(page)
}

// ---- Markdown

fn table(
    page: &mut String,
    heading: &str,
    columns: &[&str],
    list: &Value,
    row: impl Fn(&Value) -> Vec<String>,
) -> Result<()> {
    if entries(list).is_empty() {
        return Ok(());
    }
    write!(page, "\n### {heading}\n")?;
    rows(page, columns, list, row)
}

fn rows(
    page: &mut String,
    columns: &[&str],
    list: &Value,
    row: impl Fn(&Value) -> Vec<String>,
) -> Result<()> {
    let rows: Vec<Vec<String>> = entries(list).iter().map(row).collect();
    // A column that is empty in all rows is left out.
    let used = |column: &usize| rows.iter().any(|row| row.get(*column).is_some_and(|cell| !cell.is_empty()));
    let kept: Vec<usize> = (0..columns.len()).filter(used).collect();
    let line = |cells: &[&str]| {
        let cells: Vec<String> =
            kept.iter().map(|column| cell(cells.get(*column).copied().unwrap_or_default())).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    page.push('\n');
    page.push_str(&line(columns));
    page.push_str(&line(&vec!["---"; columns.len()]));
    for row in &rows {
        page.push_str(&line(&row.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    Ok(())
}

fn entries(list: &Value) -> &[Value] {
    list.as_array().map_or(&[], Vec::as_slice)
}

/// Returns the text at a path of keys, separated by `/`.
fn text(value: &Value, path: &str) -> String {
    let found = path.split('/').try_fold(value, |value, key| value.get(key));
    found.and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn code(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("`{text}`") }
}

/// Escapes text for a table cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn kinds_are_told_in_words() {
        let definitions = json!({
            "Text": { "anyOf": [{ "type": "string" }, { "type": "number" }] },
            "Person": { "properties": { "name": { "type": "string" } } },
            "TextOr": { "anyOf": [{ "$ref": "#/$defs/Text" }, { "$ref": "#/$defs/Person" }] },
        });
        let definitions = definitions.as_object().cloned().unwrap_or_default();
        let check = |schema: Value, expected: &str| assert_eq!(kind(&schema, &definitions), expected);
        check(json!({ "type": ["string", "null"], "format": "uri-reference" }), "address");
        check(
            json!({ "anyOf": [{ "$ref": "#/$defs/TextOr" }, { "type": "null" }] }),
            "text, [object](#person)",
        );
        check(
            json!({ "type": "array", "items": { "$ref": "#/$defs/TextOr" } }),
            "array of text or [object](#person)",
        );
    }
}

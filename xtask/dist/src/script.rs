//! Links `review-card.js`, `review-list.js` and `review-card-reader.js`: each entry script in `crates/*/scripts`, the
//! scripts that it imports, and wasm-bindgen's glue become one ES module.
//!
//! The scripts import each other by relative path, and the glue by its name. Values that are only known at the end of
//! the build are written as placeholders in strings, such as `"__VERSION__"` or `"__WASM_HASH__"`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::bundle::{self, Sources};
use crate::wasm::Module;

/// Placeholders in the scripts, such as `__VERSION__`, and their values.
pub(crate) type Values<'a> = [(&'a str, &'a str)];

/// Returns the linked module of an entry, not minified.
pub(crate) fn link(entry: &Path, module: &Module, values: &Values<'_>) -> Result<String> {
    let folder = entry.parent().unwrap_or(Path::new(""));
    let scripts = Scripts { folder, glue: &module.folder, glue_name: module.part.glue, values };
    bundle::link(entry, &scripts).with_context(|| format!("linking {}", entry.display()))
}

/// The files to link. The glue is always read from wasm-bindgen's output folder.
struct Scripts<'a> {
    /// The folder of the entry: only scripts in it import the glue.
    folder: &'a Path,
    glue: &'a Path,
    glue_name: &'a str,
    values: &'a Values<'a>,
}

impl Sources for Scripts<'_> {
    fn read(&self, path: &Path) -> Result<String> {
        let imported = path.strip_prefix(self.folder).unwrap_or(path);
        let is_glue = imported == Path::new(self.glue_name) || imported.starts_with("snippets");
        let file: PathBuf = if is_glue { self.glue.join(imported) } else { path.to_owned() };
        let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        Ok(fill(&if is_glue { adapt(&text) } else { text }, self.values))
    }
}

/// Adapts the glue to pages of other people.
///
/// - Yew stores numbers on elements, `__yew_subtree_id`, to find the app that handles a click. A page that is a Yew app
///   itself would mistake our numbers for its own, so the property is renamed.
/// - A module that is loaded late must not use array methods when it starts, because the page may have changed them.
fn adapt(glue: &str) -> String {
    glue.replace(".__yew_", ".__rc_")
        .replace("new Array(1024).fill(undefined)", "Array.from({ length: 1024 })")
}

/// Replaces the placeholders with their values.
fn fill(text: &str, values: &Values<'_>) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, &escape(value)))
}

/// Escapes text for a string literal in any of the three kinds of quotes.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for char in text.chars() {
        match char {
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\\' | '"' | '\'' | '`' | '$' => {
                escaped.push('\\');
                escaped.push(char);
            }
            _ => escaped.push(char),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stands_in_a_string_of_any_quotes() -> Result<()> {
        let css = "a{content:\"\\2605\" / '`${x}'}\n";
        for quote in ['"', '\'', '`'] {
            let script = fill(&format!("use({quote}__SHADOW_CSS__{quote});"), &[("__SHADOW_CSS__", css)]);
            let expected = format!("use({});", serde_json::to_string(css)?);
            // The minifier normalizes the quotes of both strings.
            assert_eq!(bundle::minify(&script)?, bundle::minify(&expected)?);
        }
        Ok(())
    }

    #[test]
    fn values_are_put_where_their_names_are() {
        let values = [("__VERSION__", "1.2.3"), ("__WASM_HASH__", "0123456789abcdef")];
        assert_eq!(
            fill("'a.wasm?v=__WASM_HASH__' + '__VERSION__'", &values),
            "'a.wasm?v=0123456789abcdef' + '1.2.3'"
        );
    }
}

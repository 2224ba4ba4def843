//! Makes `review-card.js`: the scripts of `src/page`, from `element.js` on, and wasm-bindgen's glue, in one ES module.
//!
//! The scripts import each other by relative path, and the glue as `./review_card.js`. What is known only when all else is
//! built stands in them as a string: `"__VERSION__"`, `"__WASM_HASH__"`, `"__SHADOW_CSS__"`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::bundle::{self, Sources};
use crate::wasm;

/// The scripts' folder, from the workspace's root.
pub(crate) const PAGE: &str = "src/page";

/// What is put into the strings of the scripts.
pub(crate) struct Values<'a> {
    /// For `__VERSION__`: the version of the package.
    pub(crate) version: &'a str,
    /// For `__WASM_HASH__`: 16 hexadecimal digits that change with the `.wasm`.
    pub(crate) wasm_hash: &'a str,
    /// For `__SHADOW_CSS__`: the style sheet of the shadow root.
    pub(crate) shadow_css: &'a str,
}

/// The linked module, not minified.
pub(crate) fn link(page: &Path, glue: &Path, values: &Values<'_>) -> Result<String> {
    bundle::link(&page.join("element.js"), &Scripts { page, glue, values }).context("linking review-card.js")
}

/// The files that are linked: the glue is where wasm-bindgen wrote it, whoever imports it.
struct Scripts<'a> {
    page: &'a Path,
    glue: &'a Path,
    values: &'a Values<'a>,
}

impl Sources for Scripts<'_> {
    fn read(&self, path: &Path) -> Result<String> {
        let imported = path.strip_prefix(self.page).unwrap_or(path);
        let is_glue = imported == Path::new(wasm::GLUE) || imported.starts_with("snippets");
        let file: PathBuf = if is_glue { self.glue.join(imported) } else { path.to_owned() };
        let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        Ok(if is_glue { text } else { fill(&text, self.values) })
    }
}

/// Puts the values where their names are.
fn fill(text: &str, values: &Values<'_>) -> String {
    text.replace("__VERSION__", &escape(values.version))
        .replace("__WASM_HASH__", &escape(values.wasm_hash))
        .replace("__SHADOW_CSS__", &escape(values.shadow_css))
}

/// Escapes text such that it may stand in a string of any of the three quotes.
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
        let values = Values { version: "1.2.3", wasm_hash: "0123456789abcdef", shadow_css: css };
        for quote in ['"', '\'', '`'] {
            let script = fill(&format!("use({quote}__SHADOW_CSS__{quote});"), &values);
            let expected = format!("use({});", serde_json::to_string(css)?);
            // The minifier reads both strings and writes them in the quotes that it likes best.
            assert_eq!(bundle::minify(&script)?, bundle::minify(&expected)?);
        }
        Ok(())
    }

    #[test]
    fn values_are_put_where_their_names_are() {
        let values = Values { version: "1.2.3", wasm_hash: "0123456789abcdef", shadow_css: "" };
        assert_eq!(
            fill("'a.wasm?v=__WASM_HASH__' + '__VERSION__'", &values),
            "'a.wasm?v=0123456789abcdef' + '1.2.3'"
        );
    }
}

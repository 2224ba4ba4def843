//! Parses front matter: YAML between `---`, TOML between `+++`, JSON in braces.
//!
//! The attack: aliases that expand to gigabytes, or unlimited nesting. The defence: the parsers' own limits, and
//! [`MAX_MATTER`].

use serde_json::Value;

use super::Object;
use crate::limits::MAX_MATTER;

/// Returns the front matter as text, and the text after it.
pub(crate) fn split(text: &str) -> Option<(Kind, &str, &str)> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') {
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
        values.next()?.ok()?;
        let (matter, rest) = text.split_at_checked(values.byte_offset())?;
        return Some((Kind::Json, matter, rest));
    }
    let (first, rest) = text.split_once('\n')?;
    let (kind, fences): (_, &[&str]) = match first.trim_end() {
        "---" | "---yaml" => (Kind::Yaml, &["---", "..."]),
        "+++" => (Kind::Toml, &["+++"]),
        "---toml" => (Kind::Toml, &["---"]),
        "---json" => (Kind::Json, &["---"]),
        _ => return None,
    };
    let mut end = 0;
    for line in rest.split_inclusive('\n') {
        let start = end;
        end += line.len();
        if fences.contains(&line.trim_end()) {
            return Some((kind, rest.get(..start)?, rest.get(end..)?));
        }
    }
    None
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Yaml,
    Toml,
    Json,
}

/// Returns the front matter's keys, and the text after it; `None` if there is no front matter.
pub(super) fn read(text: &str) -> Result<Option<(Object, &str)>, String> {
    let Some((kind, matter, rest)) = split(text) else { return Ok(None) };
    if matter.len() > MAX_MATTER {
        return Err(format!("expected front matter of at most {MAX_MATTER} bytes, found {}", matter.len()));
    }
    let value = match kind {
        Kind::Yaml => {
            // Real posts need less than a thousandth of this; the defaults are meant for documents of a million values.
            let budget = serde_saphyr::budget! { max_events: 50_000, max_recorded_anchor_events: 50_000, max_aliases: 1_000 };
            let alias_limits = serde_saphyr::alias_limits! { max_total_replayed_events: 10_000 };
            let options = serde_saphyr::options! { strict_booleans: true, with_snippet: false, budget: budget, alias_limits: alias_limits };
            // The fence is the file's first line.
            serde_saphyr::from_str_with_options(&format!("\n{matter}"), options)
                .map_err(|error| format!("expected front matter in YAML: {error}"))?
        }
        Kind::Toml => {
            let table: toml::Table = toml::from_str(matter).map_err(|error| {
                let before = error.span().and_then(|span| matter.get(..span.start)).unwrap_or_default();
                let line = before.matches('\n').count() + 2;
                format!("expected front matter in TOML: {} at line {line}", error.message())
            })?;
            json(toml::Value::Table(table))
        }
        Kind::Json => {
            serde_json::from_str(matter).map_err(|error| format!("expected front matter in JSON: {error}"))?
        }
    };
    match value {
        Value::Object(matter) => Ok(Some((matter, rest))),
        Value::Null => Ok(Some((Object::new(), rest))),
        _ => Err("expected front matter with keys, found a single value".into()),
    }
}

/// Converts a TOML value to JSON. Dates have no JSON type and become strings.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(values) => values.into_iter().map(json).collect(),
        toml::Value::Table(table) => {
            table.into_iter().map(|(key, value)| (key, json(value))).collect::<Object>().into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = match read(text) {
            Ok(Some((matter, rest))) => format!("{}|{rest}", serde_json::Value::Object(matter)),
            Ok(None) => "none".into(),
            Err(error) => error,
        };
        assert!(found.starts_with(expected), "{found}");
    }

    #[test]
    fn each_language() {
        check(
            "---\ntitle: No\nrating: 4.5\ndate: 2020-01-02\ndraft: true\n---\nText",
            r#"{"title":"No","rating":4.5,"date":"2020-01-02","draft":true}|Text"#,
        );
        check("---\r\ntitle: A\r\n...\r\nText", r#"{"title":"A"}|Text"#);
        check(
            "+++\ntitle = \"A\"\ndate = 2020-01-02T10:00:00Z\n[extra]\nrating = 4\n+++\nText",
            r#"{"date":"2020-01-02T10:00:00Z","extra":{"rating":4},"title":"A"}|Text"#,
        );
        check("{\n\"title\": \"}\"}\n\nText", "{\"title\":\"}\"}|\n\nText");
        check("---\n---\nText", "{}|Text");
        check("# Title\n\n---\n\nText", "none");
        check("---\ntitle: [\n---\n", "expected front matter in YAML: ");
        check("+++\ntitle\n+++\n", "expected front matter in TOML: ");
        check("---\n- a\n---\n", "expected front matter with keys");
    }

    #[test]
    fn laughs_are_cut_short() {
        let mut yaml = String::from("---\na0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for level in 1..12 {
            let last = level - 1;
            yaml += &format!("a{level}: &a{level} [{}]\n", vec![format!("*a{last}"); 9].join(", "));
        }
        check(&(yaml + "---\n"), "expected front matter in YAML: ");
        check(&format!("---\na: {}\n---\n", "[".repeat(100_000)), "expected front matter in YAML: ");
        check(&format!("+++\na = {}\n+++\n", "[".repeat(100_000)), "expected front matter in TOML: ");
        check(
            &format!("---json\n{{\"a\": {}\n---\n", "[".repeat(100_000)),
            "expected front matter in JSON: ",
        );
    }
}

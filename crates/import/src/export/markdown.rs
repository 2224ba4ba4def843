//! Markdown with YAML front matter: the keys of the plain format, with the review's text as the body.
//!
//! Plain paragraphs are escaped, so that they are parsed back unchanged. HTML stays HTML: Markdown passes blocks of
//! HTML through if they have no blank line.

use review_card::Review;
use review_card::json::Json;

/// Returns the review as a Markdown file.
pub fn markdown(review: &Review) -> String {
    let Json::Object(mut keys) = Json::from(review) else { return String::new() };
    let mut text = String::new();
    keys.retain(|(key, value)| match (key.as_str(), value) {
        ("bodyHtml", Json::Text(html)) => {
            text = block(html);
            false
        }
        ("body", Json::List(paragraphs)) => {
            let paragraphs: Vec<_> = paragraphs.iter().filter_map(Json::as_text).map(paragraph).collect();
            text = paragraphs.join("\n\n");
            false
        }
        _ => true,
    });
    // Every value can be written as YAML, so this does not fail.
    let keys = serde_saphyr::to_string(&Json::Object(keys)).unwrap_or_default();
    let text = if text.is_empty() { text } else { format!("\n{text}\n") };
    format!("---\n{}\n---\n{text}", keys.trim_end())
}

/// Returns HTML as one block of Markdown.
fn block(html: &str) -> String {
    let lines: Vec<_> = html.lines().filter(|line| !line.trim().is_empty()).collect();
    let html = lines.join("\n");
    if html.starts_with('<') { html } else { format!("<div>{html}</div>") }
}

/// Escapes a paragraph, so that Markdown does not interpret any character.
fn paragraph(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        if !out.is_empty() {
            out.push_str("\\\n");
        }
        for (place, c) in line.char_indices() {
            let begins = line
                .get(..place)
                .is_some_and(|before| before.trim().is_empty() || before.bytes().all(|b| b.is_ascii_digit()));
            let is_special = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' | '|')
                || begins && matches!(c, '#' | '>' | '+' | '-' | '=' | '.' | ')')
                || c == '{';
            if is_special {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

//! Export: text to paste, or a file, for each kind of host.

use review_card::Review;
use review_card::rich_text::url::{self, Use};
use review_card_prerender::inert_json;
use serde_json::{Value, json};

/// The line that loads the element, needed once on a page.
pub const SCRIPT: &str = r#"<script type="module" src="/review-card/review-card.js"></script>"#;

/// An export format of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The script, and the element with its data inside.
    Inline,
    /// The script, and the element with the URL of its data.
    File,
    /// Static HTML without a shadow root.
    Light,
    /// Static HTML in a declarative shadow root.
    Shadow,
    /// A post with front matter.
    Markdown,
    /// Only the data for search engines.
    JsonLd,
    /// The data.
    Json,
    /// The theme.
    Css,
}

/// All export formats, in the order of the panel.
pub const FORMS: [Form; 8] = [
    Form::Light,
    Form::Shadow,
    Form::Inline,
    Form::File,
    Form::Markdown,
    Form::JsonLd,
    Form::Json,
    Form::Css,
];

/// Returns the script and the element with the review inside, for hosts that allow scripts.
pub fn inline(review: &Review, data: &Value) -> String {
    format!(
        "{SCRIPT}\n<review-card>\n<script type=\"application/json\">{}</script>\n{}\n</review-card>\n",
        in_script(data),
        fallback(review)
    )
}

/// Returns the script and the element with `src`.
pub fn by_address(review: &Review) -> String {
    format!(
        "{SCRIPT}\n<review-card src=\"/reviews/{}\">{}</review-card>\n",
        file_name(review, "json"),
        fallback(review)
    )
}

/// Returns a post: front matter, then the card as plain static HTML.
pub fn markdown(review: &Review, card: &str) -> String {
    let mut lines = vec!["---".to_owned()];
    // A JSON string is also a double-quoted YAML string.
    let mut line = |key: &str, value: Value| lines.push(format!("{key}: {value}"));
    line("title", json!(review.title));
    if let Some(date) = &review.published {
        line("date", json!(date.as_written()));
    }
    if let Some(verdict) = &review.verdict {
        line("description", json!(verdict));
    }
    if !review.tags.is_empty() {
        line("tags", json!(review.tags));
    }
    lines.push("---\n".to_owned());
    format!("{}\n{card}", lines.join("\n"))
}

/// Returns a file name for a review: its title, reduced to characters that every server accepts.
pub fn file_name(review: &Review, extension: &str) -> String {
    let mut name = String::new();
    for c in review.title.to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => name.push(c),
            _ if !name.is_empty() && !name.ends_with('-') => name.push('-'),
            _ => {}
        }
        if name.len() >= 60 {
            break;
        }
    }
    let name = name.trim_end_matches('-');
    format!("{}.{extension}", if name.is_empty() { "review" } else { name })
}

/// Returns what visitors see until the card has loaded: a link to the review, or its title.
fn fallback(review: &Review) -> String {
    let title = escape(&review.title);
    match review.url.as_deref().and_then(|address| url::resolve(address, None, Use::Link)) {
        Some(address) => format!("<a href=\"{}\">{title}</a>", escape(&address)),
        None => format!("<b>{title}</b>"),
    }
}

/// Returns JSON that cannot close the script element around it, and in which WordPress finds no shortcode.
pub fn in_script(data: &Value) -> String {
    inert_json(&data.to_string().replace('<', "\\u003c"))
}

fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // WordPress executes `[gallery]`.
            '[' => out.push_str("&#91;"),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;

    fn review(json: &str) -> (std::rc::Rc<Review>, Value) {
        let draft = Draft::parse(json).unwrap();
        (draft.entry().read("Untitled").0.unwrap(), draft.tidy())
    }

    #[test]
    fn what_is_pasted_is_read_as_the_same_review() {
        let hostile = r#"{"title":"</script><b>\"A\" & B","url":"/a?b=1&c=2","verdict":"<!-- [gallery] x"}"#;
        let (review, data) = review(hostile);
        let html = inline(&review, &data);
        assert_eq!(
            html,
            concat!(
                r#"<script type="module" src="/review-card/review-card.js"></script>"#,
                "\n<review-card>\n",
                r#"<script type="application/json">{"title":"\u003c/script>\u003cb>\"A\" & B","url":"/a?b=1&c=2","verdict":"\u003c!-- \u005bgallery] x"}</script>"#,
                "\n",
                r#"<a href="/a?b=1&amp;c=2">&lt;/script&gt;&lt;b&gt;&quot;A&quot; &amp; B</a>"#,
                "\n</review-card>\n"
            )
        );
    }

    #[test]
    fn a_file_is_named_after_the_title() {
        for (title, expected) in [
            ("Rust and Bone", "rust-and-bone.json"),
            ("Été!", "t.json"),
            ("البنسيون", "review.json"),
            ("A/../b", "a-b.json"),
        ] {
            let (review, _) = review(&json!({ "title": title }).to_string());
            assert_eq!(file_name(&review, "json"), expected);
        }
    }

    #[test]
    fn front_matter_is_yaml() {
        let (review, _) =
            review(r#"{"title":"A: \"B\"","published":"2024-06-30","tags":["x","y"],"verdict":"Yes: #1"}"#);
        assert_eq!(
            markdown(&review, "<article></article>\n"),
            "---\ntitle: \"A: \\\"B\\\"\"\ndate: \"2024-06-30\"\ndescription: \"Yes: #1\"\ntags: [\"x\",\"y\"]\n---\n\n<article></article>\n"
        );
    }
}

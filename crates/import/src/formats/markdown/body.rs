//! Converts Markdown to HTML, or to plain paragraphs if it contains nothing else.
//!
//! Shortcodes of Hugo, Zola and Jekyll (`{{< … >}}`, `{{ … }}`, `{% … %}`) only work in the site's generator, so they
//! are removed and counted.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use super::Object;
use crate::text::has_reference;

/// Writes the text to a review; returns the number of removed shortcodes.
pub(super) fn into(plain: &mut Object, markdown: &str) -> usize {
    let (markdown, shortcodes) = without_shortcodes(markdown);
    if let Some(paragraphs) = paragraphs(&markdown) {
        if !paragraphs.is_empty() {
            plain.insert("body".into(), paragraphs.into_iter().collect::<Value>());
        }
    } else {
        plain.insert("bodyHtml".into(), html(&markdown).into());
    }
    shortcodes
}

fn parser(markdown: &str) -> Parser<'_> {
    Parser::new_ext(
        markdown,
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES,
    )
}

pub(crate) fn html(markdown: &str) -> String {
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, parser(markdown));
    html.trim_end().into()
}

/// Returns the paragraphs of a text that contains nothing else.
fn paragraphs(markdown: &str) -> Option<Vec<String>> {
    let mut paragraphs = Vec::new();
    let mut paragraph = String::new();
    for event in parser(markdown) {
        match event {
            Event::Start(Tag::Paragraph) => {}
            // The reader of the plain format decodes references, but these are decoded already.
            Event::End(TagEnd::Paragraph) if has_reference(&paragraph) => return None,
            Event::End(TagEnd::Paragraph) => paragraphs.push(std::mem::take(&mut paragraph)),
            Event::Text(text) => paragraph.push_str(&text),
            Event::SoftBreak => paragraph.push(' '),
            Event::HardBreak => paragraph.push('\n'),
            _ => return None,
        }
    }
    Some(paragraphs)
}

fn without_shortcodes(markdown: &str) -> (String, usize) {
    const MARKS: [(&str, &str); 4] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{", "}}")];
    let (mut text, mut count, mut rest) = (String::new(), 0, markdown);
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        text.push_str(before);
        // A bracket after a backslash is literal.
        let from = if before.ends_with('\\') { "" } else { from };
        let mark = MARKS.iter().find(|(open, _)| from.starts_with(open));
        match mark.and_then(|(_, close)| from.split_once(close)) {
            Some((_, after)) => {
                count += 1;
                rest = after;
            }
            None => {
                text.push('{');
                rest = rest.get(at + 1..).unwrap_or_default();
            }
        }
    }
    text.push_str(rest);
    (text, count)
}

#[cfg(test)]
mod tests {
    use super::{Object, into};

    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        let mut plain = Object::new();
        into(&mut plain, markdown);
        assert_eq!(serde_json::to_string(&plain).unwrap(), expected);
    }

    #[test]
    fn plain_paragraphs_stay_plain() {
        check("One\ntwo & <3\n\nthree \\*\n", r#"{"body":["One two & <3","three *"]}"#);
        check("One *two*", r#"{"bodyHtml":"<p>One <em>two</em></p>"}"#);
        check("{{< youtube x >}}\n\nOne {% include a %} {x}", r#"{"body":["One  {x}"]}"#);
        check("Tom & Jerry", r#"{"body":["Tom & Jerry"]}"#);
        check("Tom &amp; Jerry", r#"{"body":["Tom & Jerry"]}"#);
        check("Write \\&amp;", r#"{"bodyHtml":"<p>Write &amp;amp;</p>"}"#);
        check("\n", "{}");
    }
}

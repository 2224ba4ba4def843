//! Renders the body's Markdown ([CommonMark](https://spec.commonmark.org/0.31.2/) with tables and strikethrough). A
//! body of plain paragraphs stays text, which people can read in the JSON; any other body becomes HTML, which the card
//! sanitizes.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

/// The two keys of a body; at most one is set.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// `body`: paragraphs, separated by blank lines.
    pub text: Option<String>,
    /// `bodyHtml`.
    pub html: Option<String>,
}

/// Renders the Markdown of a body.
///
/// ```
/// # use review_card_studio::markdown::body;
/// assert_eq!(body("One.\n\nTwo.").text.unwrap(), "One.\n\nTwo.");
/// assert_eq!(body("# One").html.unwrap(), "<h1>One</h1>\n");
/// ```
pub fn body(source: &str) -> Body {
    if source.trim().is_empty() {
        return Body::default();
    }
    let parser = Parser::new_ext(source, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let events: Vec<Event> = parser.collect();
    if let Some(text) = paragraphs(&events) {
        return Body { text: Some(text), html: None };
    }
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    Body { text: None, html: Some(out) }
}

/// Returns the text if it consists only of paragraphs.
fn paragraphs(events: &[Event]) -> Option<String> {
    let mut out = String::new();
    for event in events {
        match event {
            Event::Start(Tag::Paragraph) if !out.is_empty() => out.push_str("\n\n"),
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            Event::Text(text) => out.push_str(text),
            Event::SoftBreak => out.push(' '),
            _ => return None,
        }
    }
    Some(out)
}

/// Returns the number of words and characters of a text.
pub fn count(text: &str) -> (usize, usize) {
    (text.split_whitespace().count(), text.trim().chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        let made = body(source);
        assert_eq!(made.text.or(made.html).unwrap_or_default(), expected);
    }

    #[test]
    fn paragraphs_stay_text() {
        check("One.\nStill one.\n\n\nTwo & three.", "One. Still one.\n\nTwo & three.");
        check("It ends [spoiler]badly[/spoiler].", "It ends [spoiler]badly[/spoiler].");
        check(" \n", "");
    }

    #[test]
    fn markup_becomes_html() {
        check("*Good*", "<p><em>Good</em></p>\n");
        check("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
        check("[a](https://a.example)", "<p><a href=\"https://a.example\">a</a></p>\n");
        check("![a](a.png)", "<p><img src=\"a.png\" alt=\"a\" /></p>\n");
        check("<b>raw</b>", "<p><b>raw</b></p>\n");
    }

    #[test]
    fn words_are_counted_as_their_author_counts() {
        assert_eq!(count(" It is  good. "), (3, 12));
    }
}

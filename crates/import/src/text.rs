//! Texts in exports: plain text, HTML, and mixtures of both.

/// A review's text, by the key of the plain format that holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Text {
    /// `body`
    Plain(String),
    /// `bodyHtml`
    Html(String),
}

/// Elements that begin a block.
const BLOCKS: [&str; 13] =
    ["p", "blockquote", "ul", "ol", "h1", "h2", "h3", "h4", "div", "figure", "table", "pre", "details"];

impl Text {
    /// Creates a text that may contain HTML and whose line breaks are significant: blank lines separate paragraphs.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let text = text.replace("\r\n", "\n");
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let text = spoilers(text);
        Some(if has_html(&text) { Self::Html(paragraphs(&text)) } else { Self::Plain(text) })
    }

    /// Creates a text that has no HTML: what looks like a tag is text.
    pub(crate) fn plain(text: &str) -> Option<Self> {
        if has_html(text) {
            Self::of(&text.replace('&', "&amp;").replace('<', "&lt;"))
        } else {
            Self::of(text)
        }
    }

    /// Creates a text from HTML whose line breaks are only white space.
    pub(crate) fn html(html: &str) -> Option<Self> {
        let html = html.trim();
        (!html.is_empty()).then(|| Self::Html(html.into()))
    }

    /// Returns the text, completely hidden as a spoiler; `label` says of which work.
    pub(crate) fn covered(self, label: &str) -> Self {
        let label: String = label.chars().filter(|c| !matches!(c, '"' | ']' | '[')).collect();
        let open = if label.trim().is_empty() {
            "[spoiler]".into()
        } else {
            format!("[spoiler=\"{}\"]", label.trim())
        };
        match self {
            Self::Plain(text) => Self::Plain(format!("{open}{text}[/spoiler]")),
            Self::Html(html) => {
                // One block around everything: a mark hides the sibling blocks up to its end.
                Self::Html(format!("<div>{open}{html}[/spoiler]</div>"))
            }
        }
    }

    /// Returns the HTML; `None` for plain text.
    pub(crate) fn into_html(self) -> Option<String> {
        match self {
            Self::Html(html) => Some(html),
            Self::Plain(_) => None,
        }
    }

    /// Returns the plain text, for a note or a search.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Html(html) => review_card::rich_text::plain_text(html),
        }
    }
}

/// Replaces Goodreads' spoiler element with the mark that cards support.
fn spoilers(text: &str) -> String {
    text.replace("<spoiler>", "[spoiler]").replace("</spoiler>", "[/spoiler]")
}

/// Returns whether the text contains a tag or a character reference, not only a `<` or an `&`.
pub(crate) fn has_html(text: &str) -> bool {
    let tag = text.split('<').skip(1).any(|rest| {
        let name = rest.strip_prefix('/').unwrap_or(rest);
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.contains('>')
    });
    tag || has_reference(text)
}

/// Returns whether the text contains a character reference, not only an `&`.
pub(crate) fn has_reference(text: &str) -> bool {
    text.split('&').skip(1).any(|rest| {
        let name = rest.split(';').next().unwrap_or_default();
        rest.len() > name.len()
            && (2..=8).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
    })
}

/// Adds paragraphs to HTML that has none: a blank line or two `<br>` separate paragraphs; a single line break stays
/// one.
fn paragraphs(html: &str) -> String {
    if begins_block(html) && !html.contains("\n\n") {
        return html.into();
    }
    let html = html.replace("<br />", "\n").replace("<br/>", "\n").replace("<br>", "\n");
    let mut paragraphs = vec![String::new()];
    for line in html.lines() {
        let line = line.trim();
        if let Some(last) = paragraphs.last_mut().filter(|_| !line.is_empty()) {
            if !last.is_empty() {
                last.push_str("<br>");
            }
            last.push_str(line);
        } else if paragraphs.last().is_some_and(|last| !last.is_empty()) {
            paragraphs.push(String::new());
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    let paragraph = |text: String| if begins_block(&text) { text } else { format!("<p>{text}</p>") };
    paragraphs.into_iter().map(paragraph).collect()
}

fn begins_block(html: &str) -> bool {
    let Some(rest) = html.strip_prefix('<') else { return false };
    let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block))
}

/// Returns the plain text of a string that may be HTML: a title, an excerpt.
pub(crate) fn words(text: &str) -> String {
    if has_html(text) { review_card::rich_text::plain_text(text) } else { text.trim().into() }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[track_caller]
    fn check(text: &str, expected: Text) {
        assert_eq!(Text::of(text), Some(expected));
    }

    #[test]
    fn plain_or_html() {
        check("One\r\ntwo\r\n\r\nthree", Text::Plain("One\ntwo\n\nthree".into()));
        check("I <3 it & you; 1 < 2 > 0", Text::Plain("I <3 it & you; 1 < 2 > 0".into()));
        check("Tom &amp; Jerry", Text::Html("<p>Tom &amp; Jerry</p>".into()));
        check("One<br/>two<br/><br/>three", Text::Html("<p>One<br>two</p><p>three</p>".into()));
        check(
            "<i>One</i>\n\n<blockquote>two</blockquote>\n\nthree",
            Text::Html("<p><i>One</i></p><blockquote>two</blockquote><p>three</p>".into()),
        );
        check("<p>One</p>\n<p>two</p>", Text::Html("<p>One</p>\n<p>two</p>".into()));
        check("a<spoiler>b</spoiler>", Text::Plain("a[spoiler]b[/spoiler]".into()));
        assert_eq!(Text::of(" \r\n "), None);
    }

    #[test]
    fn covered() {
        assert_eq!(
            Text::Plain("He dies".into()).covered(""),
            Text::Plain("[spoiler]He dies[/spoiler]".into())
        );
        assert_eq!(
            Text::Html("<p>He dies</p>".into()).covered("the \"end\""),
            Text::Html("<div>[spoiler=\"the end\"]<p>He dies</p>[/spoiler]</div>".into())
        );
    }
}

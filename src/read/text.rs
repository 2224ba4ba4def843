//! Operations on plain text that the readers of all formats share.

use super::field::MAX_PARAGRAPHS;
use super::report::Html;
use crate::model::Body;
use crate::rich_text::{self, Node};
use crate::steps;

/// The maximum length of a character reference's name, in bytes.
const MAX_REFERENCE: usize = 10;
/// The maximum length of a title made from a text's first words, in characters.
const MAX_TITLE: usize = 80;

/// Returns a body made of plain texts. Blank lines separate paragraphs. Text with spoilers becomes HTML, which can
/// cover them.
pub(super) fn body(texts: &[String], base: Option<&str>, allowed: &Html) -> Body {
    let decoded: Vec<_> = texts.iter().map(|text| fully_decoded(text, allowed)).collect();
    // HTML that was escaped. Tags that were not escaped are part of the author's text.
    if decoded != texts && decoded.iter().any(|text| is_html(text)) {
        return Body::Html { html: decoded.join("\n\n"), base: base.map(Into::into) };
    }
    plain_body(&decoded, base)
}

/// Like [`body`], but for texts without character references, so that it needs no parser.
pub(super) fn plain_body(texts: &[String], base: Option<&str>) -> Body {
    let paragraphs = paragraphs(texts);
    match rich_text::covered(&paragraphs) {
        _ if paragraphs.is_empty() => Body::Empty,
        Some(html) => Body::Html { html, base: base.map(Into::into) },
        None => Body::Text(paragraphs),
    }
}

/// Splits texts into paragraphs at blank lines. The last of [`MAX_PARAGRAPHS`] contains the rest.
fn paragraphs(texts: &[String]) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in texts.iter().flat_map(|text| text.lines().chain([""])) {
        let line = line.trim_end();
        let count = paragraphs.len();
        match paragraphs.last_mut() {
            Some(last) if !line.is_empty() => {
                if last.is_empty() {
                    last.push_str(line.trim_start());
                } else {
                    last.push('\n');
                    last.push_str(line);
                }
            }
            Some(last) if last.is_empty() || count == MAX_PARAGRAPHS => {}
            _ => paragraphs.push(String::new()),
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// Returns the plain text of a field that should be plain text but often is HTML. Tags are removed if the text is
/// clearly HTML, and character references are decoded.
pub(super) fn words(text: &str, allowed: &Html) -> String {
    if is_html(text) { unescaped(&uncovered(text, allowed), allowed) } else { unescaped(text, allowed) }
}

/// Returns the text of HTML without its spoilers.
pub(super) fn uncovered(html: &str, allowed: &Html) -> String {
    rich_text::uncovered(html, || allowed.may_parse(html))
}

/// Returns the text of a body without its spoilers.
pub(super) fn of(body: &Body, allowed: &Html) -> String {
    match body {
        Body::Empty | Body::Safe { .. } => String::new(),
        Body::Text(paragraphs) => paragraphs.join("\n"),
        Body::Html { html, .. } => uncovered(html, allowed),
    }
}

/// Decodes character references once: sites write `&amp;` and `&#8217;` although JSON needs neither.
fn decoded(text: &str, allowed: &Html) -> String {
    if let Some(decoded) = simply_decoded(text) {
        return decoded;
    }
    // A longer text would be cut by the limit for HTML.
    if text.len() > rich_text::MAX_HTML / 4 || !allowed.may_parse(text) {
        return rich_text::clean(&rich_text::decode(text)).trim().into();
    }
    // White space is kept in a `pre`.
    let html = ["<pre>", &text.replace('<', "&lt;")].concat();
    let blocks = rich_text::parse(&html, None);
    let texts = blocks.iter().flat_map(|block| match block {
        Node::Element(block) => block.children.as_slice(),
        Node::Text(_) => &[],
    });
    let mut decoded = String::new();
    for text in texts {
        if let Node::Text(text) = text {
            decoded.push_str(text);
        }
    }
    decoded.trim().into()
}

/// The maximum number of times that a text may have been escaped.
const MAX_ESCAPED: usize = 4;

/// Decodes character references repeatedly, up to [`MAX_ESCAPED`] times, until the text is HTML: what is still escaped
/// in HTML is text that looks like a tag.
fn fully_decoded(text: &str, allowed: &Html) -> String {
    let mut text = text.to_owned();
    for _ in 0..MAX_ESCAPED {
        if !has_reference(&text) {
            break;
        }
        let less = decoded(&text, allowed);
        if less == text {
            break;
        }
        text = less;
        if is_html(&text) {
            break;
        }
    }
    text
}

/// Decodes character references repeatedly, and removes tags that were escaped with the text.
pub(super) fn unescaped(text: &str, allowed: &Html) -> String {
    let decoded = fully_decoded(text, allowed);
    if decoded != text && is_html(&decoded) {
        let words = uncovered(&decoded, allowed);
        // A title such as `&lt;script&gt;…` has no words without its tags: then the tags are the text.
        if !words.trim().is_empty() {
            return words;
        }
    }
    decoded
}

/// Like [`unescaped`], without the HTML parser. Returns `None` if the text needs it.
pub(super) fn simply_unescaped(text: &str) -> Option<String> {
    simply_decoded(text).filter(|decoded| decoded == text || !is_html(decoded))
}

/// Decodes the character references that need no HTML parser. Returns `None` if references are left.
fn simply_decoded(text: &str) -> Option<String> {
    steps::count(text.len());
    if !has_reference(text) {
        return Some(text.into());
    }
    let decoded = rich_text::decode(text);
    (!has_reference(&decoded)).then(|| rich_text::clean(&decoded).trim().into())
}

pub(super) fn has_reference(text: &str) -> bool {
    text.split('&').skip(1).any(|rest| {
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
        let name = rest.bytes().take(MAX_REFERENCE).take_while(is_name).count();
        name > 1 && rest.as_bytes().get(name) == Some(&b';')
    })
}

/// Returns whether the text has tags that only HTML has: `<p>`, `<br>`, or the end tag of any element.
pub(super) fn is_html(text: &str) -> bool {
    text.split('<').skip(1).any(|tag| {
        let end = tag.strip_prefix('/');
        let name: String = end.unwrap_or(tag).chars().take_while(char::is_ascii_alphanumeric).collect();
        let closed = tag.contains('>');
        closed
            && !name.is_empty()
            && (end.is_some() || ["p", "br"].iter().any(|tag| name.eq_ignore_ascii_case(tag)))
    })
}

/// Returns a line without its bullet.
pub(super) fn without_bullet(line: &str) -> &str {
    let line = line.trim();
    ["• ", "- ", "* ", "+ ", "– "]
        .iter()
        .find_map(|sign| line.strip_prefix(sign))
        .unwrap_or(line)
        .trim_start()
}

/// Makes a title from the beginning of a text: its first line, or the first words of that line. A title is never
/// escaped, so `&amp;` in the text is decoded.
pub(super) fn beginning(text: &str, allowed: &Html) -> Option<String> {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let unescaped = unescaped(line, allowed);
    let line = unescaped.lines().map(str::trim).find(|line| !line.is_empty())?;
    if line.chars().nth(MAX_TITLE).is_none() {
        return Some(line.into());
    }
    let mut title: String = line.chars().take(MAX_TITLE).collect();
    // Cut between words if there are spaces; Chinese and Japanese have none.
    let end = title
        .rfind(char::is_whitespace)
        .filter(|end| *end > MAX_TITLE / 2)
        .unwrap_or_else(|| title.floor_char_boundary(title.len() - 1));
    title.truncate(end);
    title.truncate(title.trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation()).len());
    title.push('…');
    Some(title)
}

#[cfg(test)]
mod tests {
    use super::super::report::Html;
    use super::{MAX_PARAGRAPHS, has_reference, is_html, paragraphs, without_bullet};
    use crate::rich_text::MAX_HTML;

    fn decoded(text: &str) -> String {
        super::decoded(text, &Html::default())
    }

    fn unescaped(text: &str) -> String {
        super::unescaped(text, &Html::default())
    }

    fn words(text: &str) -> String {
        super::words(text, &Html::default())
    }

    fn beginning(text: &str) -> Option<String> {
        super::beginning(text, &Html::default())
    }

    #[test]
    fn references_are_decoded_once() {
        for (text, expected) in [
            ("Tom &amp; Jerry&#8217;s &#x2014; &eacute;t&eacute;", "Tom & Jerry’s — été"),
            ("a &lt;b&gt; c <d>", "a <b> c <d>"),
            ("&amp;amp;", "&amp;"),
            ("AT&T; R&D & more; &nonsense; &#; &", "AT&T; R&D & more; &nonsense; &#; &"),
            ("one &amp;\n\n  two", "one &\n\n  two"),
            ("[spoiler]&amp;[/spoiler]", "[spoiler]&[/spoiler]"),
            ("&#0;&#27;&#64976;&eacute;&#x1FFFE;", "\u{fffd}\u{fffd}\u{fffd}é\u{fffd}"),
            ("&#27;&#64976;", "\u{fffd}\u{fffd}"),
        ] {
            assert_eq!(decoded(text), expected);
        }
        assert_eq!(unescaped("Salt &amp;amp;amp; pepper"), "Salt & pepper");
        assert_eq!(unescaped("&lt;em&gt;Salt&lt;/em&gt; &amp; pepper"), "Salt & pepper");
        assert_eq!(unescaped("&lt;em&gt;Use &amp;lt;b&amp;gt;&lt;/em&gt;"), "Use <b>");
        assert_eq!(unescaped("AT&T; <3"), "AT&T; <3");
        assert_eq!(unescaped("&lt;script&gt;run()&lt;/script&gt;"), "<script>run()</script>");
        assert_eq!(words("<p>One &amp; two</p><p>three"), "One & two\n\nthree");
    }

    #[test]
    fn a_reference_has_a_name_of_several_letters_and_an_end() {
        for text in ["&lt;", "&#9;", "a & b &amp;", "&longest890;"] {
            assert!(has_reference(text), "{text}");
        }
        for text in ["&", "&;", "&a;", "&amp", "AT&T; R&D", "&lt ;", "&longestname;"] {
            assert!(!has_reference(text), "{text}");
        }
    }

    #[test]
    fn a_text_that_is_too_long_for_the_parser_is_whole() {
        let long = ["&rarr; &amp; ", &"a".repeat(MAX_HTML)].concat();
        assert_eq!(decoded(&long), long.replace("&amp;", "&"));
    }

    #[test]
    fn html_is_plain_to_see() {
        for html in ["<p>One", "One<br>two", "a <b>bold</b> word", "One<BR />"] {
            assert!(is_html(html), "{html}");
        }
        for text in ["I <3 it", "a < b > c", "x</", "x </b", "x </> y", "The <title> tag", "p > q"] {
            assert!(!is_html(text), "{text}");
        }
    }

    #[test]
    fn a_list_in_lines() {
        assert_eq!(["• a", " - b", "c", "-d"].map(without_bullet), ["a", "b", "c", "-d"]);
    }

    #[test]
    fn paragraphs_are_parted_by_blank_lines() {
        let paragraphs = |text: &str| paragraphs(&[text.to_owned()]);
        assert_eq!(paragraphs("One\n  more\n \t\n\n  Two\r\n\r\nThree\n"), ["One\n  more", "Two", "Three"]);
        assert!(paragraphs(" \n\n").is_empty());
        let many = paragraphs(&"a\n\n".repeat(MAX_PARAGRAPHS + 2));
        assert_eq!((many.len(), many.last().map(String::as_str)), (MAX_PARAGRAPHS, Some("a\na\na")));
    }

    #[test]
    fn a_title_out_of_a_text() {
        assert_eq!(beginning("\n Short. \nMore").as_deref(), Some("Short."));
        let long = "A film that takes its time, and then, when one has given up on it, gives all of it back at once.";
        let expected = "A film that takes its time, and then, when one has given up on it, gives all of…";
        assert_eq!(beginning(long).as_deref(), Some(expected));
        let expected = "Once more: A film that takes its time, and then, when one has given up on it…";
        assert_eq!(beginning(&["Once more: ", long].concat()).as_deref(), Some(expected));
        assert_eq!(beginning(&"長".repeat(90)).map(|title| title.chars().count()), Some(80));
        let word = ["A ", &"長".repeat(90)].concat();
        assert_eq!(beginning(&word).map(|title| title.chars().count()), Some(80));
        assert_eq!(beginning(" \n"), None);
        assert_eq!(
            beginning("Tom &amp; Jerry, &lt;em&gt;again&lt;/em&gt;").as_deref(),
            Some("Tom & Jerry, again")
        );
    }
}

//! What the shapes' readers do with plain text.

use crate::model::Body;

/// Characters of a title that is made of a text's first words.
const MAX_TITLE: usize = 80;

/// A body of plain texts: blank lines part their paragraphs.
pub(super) fn body(texts: &[String]) -> Body {
    let paragraphs: Vec<_> = texts.iter().flat_map(|text| paragraphs(text)).collect();
    if paragraphs.is_empty() { Body::Empty } else { Body::Text(paragraphs) }
}

/// The paragraphs of a text, parted by lines with nothing on them.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text.lines() {
        let line = line.trim_end();
        match paragraphs.last_mut() {
            Some(last) if !line.is_empty() => {
                if last.is_empty() {
                    last.push_str(line.trim_start());
                } else {
                    last.push('\n');
                    last.push_str(line);
                }
            }
            Some(last) if last.is_empty() => {}
            _ => paragraphs.push(String::new()),
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

/// Whether text has tags that only HTML has: those of paragraphs and line breaks, or the end of any other.
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

/// A line of a list without the sign before it.
pub(super) fn without_bullet(line: &str) -> &str {
    let line = line.trim();
    ["• ", "- ", "* ", "+ ", "– "]
        .iter()
        .find_map(|sign| line.strip_prefix(sign))
        .unwrap_or(line)
        .trim_start()
}

/// A title for a text that has none: its first line, or as many of its words as a title holds.
pub(super) fn beginning(text: &str) -> Option<String> {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    if line.chars().nth(MAX_TITLE).is_none() {
        return Some(line.into());
    }
    let mut title: String = line.chars().take(MAX_TITLE).collect();
    // Cut between words, where there are any: Chinese and Japanese have no spaces.
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
    use super::{beginning, is_html, paragraphs, without_bullet};

    #[test]
    fn html_is_plain_to_see() {
        for html in ["<p>One", "One<br>two", "a <b>bold</b> word", "One<BR />"] {
            assert!(is_html(html), "{html}");
        }
        for text in ["I <3 it", "a < b > c", "x</", "The <title> tag", "p > q"] {
            assert!(!is_html(text), "{text}");
        }
    }

    #[test]
    fn a_list_in_lines() {
        assert_eq!(["• a", " - b", "c", "-d"].map(without_bullet), ["a", "b", "c", "-d"]);
    }

    #[test]
    fn paragraphs_are_parted_by_blank_lines() {
        assert_eq!(paragraphs("One\n  more\n \t\n\n  Two\r\n\r\nThree\n"), ["One\n  more", "Two", "Three"]);
        assert!(paragraphs(" \n\n").is_empty());
    }

    #[test]
    fn a_title_out_of_a_text() {
        assert_eq!(beginning("\n Short. \nMore").as_deref(), Some("Short."));
        let long = "A film that takes its time, and then, when one has given up on it, gives all of it back at once.";
        let expected = "A film that takes its time, and then, when one has given up on it, gives all of…";
        assert_eq!(beginning(long).as_deref(), Some(expected));
        assert_eq!(beginning(&"長".repeat(90)).map(|title| title.chars().count()), Some(80));
        assert_eq!(beginning(" \n"), None);
    }
}

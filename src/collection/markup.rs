//! Extracts the words of an author's HTML without a parser, for searching and for excerpts.
//!
//! The result is always plain text. A tag is removed from `<` to the next `>`. Scripts, styles and comments are removed
//! with their content. A tag that cannot stand within a word becomes a space. Common character references are decoded,
//! rare ones stay as written. The gap that remains: a `>` inside an attribute ends the tag too early, and the rest of
//! the attribute is taken for text.

use std::borrow::Cow;

/// Elements that may stand within a word.
const INLINE: [&str; 18] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "i", "ins", "mark", "s", "small", "span",
    "strong", "u", "wbr",
];
/// Elements whose content is not shown to visitors.
const UNREAD: [&str; 4] = ["script", "style", "template", "title"];
/// Named character references.
const NAMED: [(&str, char); 24] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{A0}'),
    ("hellip", '…'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("szlig", 'ß'),
    ("aelig", 'æ'),
    ("AElig", 'Æ'),
    ("oelig", 'œ'),
    ("OElig", 'Œ'),
    ("oslash", 'ø'),
    ("Oslash", 'Ø'),
    ("shy", '\u{AD}'),
    ("middot", '·'),
];
/// Accents, by the end of a reference's name: `&eacute;`.
const ACCENTS: [(&str, char); 8] = [
    ("acute", '\u{301}'),
    ("grave", '\u{300}'),
    ("circ", '\u{302}'),
    ("tilde", '\u{303}'),
    ("uml", '\u{308}'),
    ("ring", '\u{30A}'),
    ("caron", '\u{30C}'),
    ("cedil", '\u{327}'),
];
/// The maximum length of the name or number between `&` and `;`.
const MAX_REFERENCE: usize = 8;

/// Returns the text of the HTML, with white space between blocks.
pub(super) fn without_markup(html: &str) -> Cow<'_, str> {
    if !html.contains(['<', '&']) {
        return html.into();
    }
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = cut(rest, '<') {
        decode(before, &mut text);
        rest = after;
        if after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            rest = tag(after, &mut text);
        } else {
            text.push('<'); // 1 < 2
        }
    }
    decode(rest, &mut text);
    text.into()
}

/// Skips a tag, starting after its `<`, and the content of an [`UNREAD`] element.
fn tag<'a>(tag: &'a str, text: &mut String) -> &'a str {
    if let Some(comment) = tag.strip_prefix("!--") {
        return comment.split_once("-->").map_or("", |(_, after)| after);
    }
    let Some((inside, after)) = cut(tag, '>') else { return "" };
    let name = inside.trim_start_matches('/');
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let is = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    if !is(&INLINE) {
        text.push(' ');
    }
    if is(&UNREAD) && !inside.starts_with('/') {
        return close(after, name);
    }
    after
}

/// Returns the HTML after the element's end tag.
fn close<'a>(html: &'a str, name: &str) -> &'a str {
    let mut rest = html;
    while let Some((_, after)) = rest.split_once("</") {
        if after.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return after.split_once('>').map_or("", |(_, after)| after);
        }
        rest = after;
    }
    ""
}

/// Appends text with its character references decoded.
fn decode(part: &str, text: &mut String) {
    let mut rest = part;
    while let Some((before, after)) = cut(rest, '&') {
        text.push_str(before);
        rest = after;
        let end = after.bytes().take(MAX_REFERENCE + 1).position(|byte| byte == b';');
        let name = end.and_then(|end| after.get(..end));
        match name.and_then(|name| reference(name, text)) {
            Some(length) => rest = after.get(length + 1..).unwrap_or_default(),
            None => text.push('&'),
        }
    }
    text.push_str(rest);
}

/// Appends the character of a reference and returns the length of the reference's name.
fn reference(name: &str, text: &mut String) -> Option<usize> {
    if let Some(number) = name.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = match hexadecimal {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        text.push(code.ok().and_then(char::from_u32)?);
    } else if let Some((_, c)) = NAMED.iter().find(|(known, _)| *known == name) {
        text.push(*c);
    } else {
        let (letter, accent) =
            ACCENTS.iter().find_map(|(end, accent)| Some((name.strip_suffix(end)?, *accent)))?;
        if letter.len() != 1 || !letter.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        text.push_str(letter);
        text.push(accent);
    }
    Some(name.len())
}

fn cut(text: &str, at: char) -> Option<(&str, &str)> {
    text.split_once(at)
}

#[cfg(test)]
mod tests {
    use super::without_markup;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let text = without_markup(html);
        assert_eq!(text.split_whitespace().collect::<Vec<_>>().join(" "), expected, "{html}");
    }

    #[test]
    fn words_without_tags() {
        check("plain", "plain");
        check("<p>One <b>t</b>wo</p><p>three<br>four", "One two three four");
        check("a<script>let b = '<p>';</script>c <STYLE>d</style >e<!-- <p>f --> g", "a c e g");
        check("1 < 2 &amp; 3 &lt; 4 & 5", "1 < 2 & 3 < 4 & 5");
        check("<p title=a>b</p>c<img src=x", "b c");
        check("<script>never closed", "");
        check("<", "<");
        check("", "");
    }

    #[test]
    fn references() {
        check(
            "caf&eacute; na&iuml;ve &#201;tude &#xe9; stra&szlig;e",
            "cafe\u{301} nai\u{308}ve Étude é straße",
        );
        check("&#000233; &#0000233; &#00000233;", "é é &#00000233;");
        check("&abacute; &1acute;", "&abacute; &1acute;");
        check(
            "&; &bogus; &#; &#x110000; &acute; &ééacute; & &averyverylongname;",
            "&; &bogus; &#; &#x110000; &acute; &ééacute; & &averyverylongname;",
        );
    }
}

//! The [character references](https://html.spec.whatwg.org/multipage/syntax.html#character-references) that text can hardly do
//! without, decoded without a parser. Not supported: two thousand others by name, and hexadecimal numbers.

use super::{allow, cut};

/// Beside these, decimal ones are decoded.
const REFERENCES: [(&str, char); 13] = [
    ("lt", '<'),
    ("gt", '>'),
    ("amp", '&'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("hellip", '…'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
];

/// Text with these references decoded, and all others as they are.
pub(crate) fn decode(text: &str) -> String {
    let (words, mut rest) = cut(text, b"&");
    let mut out = String::from(words);
    while let Some(part) = rest.get(1..) {
        let (name, after) = cut(part, b";&");
        let known = REFERENCES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
        let number = name.strip_prefix('#').and_then(allow::number).and_then(char::from_u32);
        match (known.or(number), after.strip_prefix(';')) {
            (Some(c), Some(after)) => {
                out.push(c);
                rest = after;
            }
            _ => {
                out.push('&');
                rest = part;
            }
        }
        let (words, after) = cut(rest, b"&");
        out.push_str(words);
        rest = after;
    }
    out
}

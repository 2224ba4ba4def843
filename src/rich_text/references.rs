//! Decodes the most common [character
//! references](https://html.spec.whatwg.org/multipage/syntax.html#character-references) without a parser. Not
//! supported: two thousand other names, and hexadecimal numbers.

use super::{allow, cut};

/// The named references that are decoded. Decimal numbers are decoded too.
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

/// Returns the text with these references decoded and all others unchanged.
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

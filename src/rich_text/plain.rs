//! The words of an HTML text without a parser, for pages whose Content-Security-Policy forbids the browser's.
//!
//! The attack: none through the result, which is text and only text. The defence against nonsense on the screen: tags are left out from
//! `<` to the next `>`, and what stands in scripts, styles and the like with them. The gap that remains: a `>` inside an attribute
//! ends the tag too early, rare character references stay as written, and **spoilers are not covered**.

use super::allow::{self, Kind};
use super::{Element, Node, clean};

/// The few that text cannot do without; the numeric ones are counted.
const REFERENCES: [(&str, &str); 6] =
    [("lt", "<"), ("gt", ">"), ("amp", "&"), ("quot", "\""), ("apos", "'"), ("nbsp", "\u{a0}")];

/// Paragraphs of text: blocks and line breaks of the HTML part them.
pub(super) fn paragraphs(html: &str) -> Vec<Node> {
    words(html)
        .split("\n\n")
        .map(|text| clean(decode(text).trim()))
        .filter(|text| !text.is_empty())
        .map(|text| Node::Element(Element { tag: "p", attributes: Vec::new(), children: vec![Node::Text(text)] }))
        .collect()
}

fn words(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest = after;
        if !after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            text.push('<');
            continue;
        }
        let name = after.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        rest = after.split_once('>').map_or("", |(_, rest)| rest);
        if allow::is_block(&name) || name == "br" {
            text.push_str("\n\n");
        } else if !after.starts_with('/') && allow::find(&name).is_some_and(|(_, row)| row.kind == Kind::Dropped) {
            rest = after_end(rest, &name);
        }
    }
    text + rest
}

/// What follows `</name`; nothing where there is none.
fn after_end<'a>(html: &'a str, name: &str) -> &'a str {
    let mut rest = html;
    while let Some((_, after)) = rest.split_once("</") {
        if after.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return after.split_once('>').map_or("", |(_, rest)| rest);
        }
        rest = after;
    }
    ""
}

fn decode(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        rest = after;
        let length = after.bytes().take(10).position(|byte| byte == b';').unwrap_or_default();
        let (name, end) = after.split_at(length);
        let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => digits.parse().ok(),
        });
        if let Some((_, character)) = REFERENCES.iter().find(|(known, _)| *known == name) {
            out.push_str(character);
            rest = end.strip_prefix(';').unwrap_or(end);
        } else if let Some(character) = number.and_then(char::from_u32) {
            out.push(character);
            rest = end.strip_prefix(';').unwrap_or(end);
        } else {
            out.push('&');
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{Node, paragraphs};

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let texts = paragraphs(html).into_iter().map(|node| match node {
            Node::Element(element) => element.children,
            text => vec![text],
        });
        let expected = expected.iter().map(|text| vec![Node::Text((*text).into())]);
        assert_eq!(texts.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }

    #[test]
    fn words_are_left_and_markup_is_not() {
        check("<p>One <b>two</b></p><p>three<br>four", &["One two", "three", "four"]);
        check("a<ScRiPt>alert(1)</sCrIpT >b<style>c", &["ab"]);
        check("1 < 2 &amp; 3 &lt; 4 &#x41;&#66; &bogus; & <3", &["1 < 2 & 3 < 4 AB &bogus; & <3"]);
        check("<img src=x onerror=alert(1)><!-- no --><unclosed", &[]);
        check("&lt;script&gt;", &["<script>"]);
    }
}

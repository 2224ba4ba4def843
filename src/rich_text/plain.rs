//! The words of an HTML text without a parser, for pages whose Content-Security-Policy forbids the browser's.
//!
//! The attack: none through the result, which is text and only text. The defence against nonsense on the screen: tags are left out from
//! `<` to the next `>`, and what stands in scripts, styles and the like with them. The gap that remains: a `>` inside an attribute
//! ends the tag too early, rare character references stay as written, and **spoilers are not covered**.

use super::allow::{self, BLOCK, Kind};
use super::nesting::element;
use super::{Node, clean};

/// The few that text cannot do without; beside these, decimal ones are decoded.
const REFERENCES: [(&str, char); 6] =
    [("lt", '<'), ("gt", '>'), ("amp", '&'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u{a0}')];

/// Paragraphs of text: blocks and line breaks of the HTML part them.
pub(super) fn paragraphs(html: &str) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut text = String::new();
    let mut dropped = "";
    for (at, part) in html.split('<').enumerate() {
        let mut words = part;
        if at > 0 && !part.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            text.push('<');
        } else if at > 0 {
            let (tag, after) = part.split_once('>').unwrap_or((part, ""));
            words = after;
            let end = tag.strip_prefix('/');
            let name =
                end.unwrap_or(tag).split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            match allow::find(&name.to_ascii_lowercase()) {
                Some((name, row)) if row.kind == Kind::Dropped => match end {
                    None if dropped.is_empty() => dropped = name,
                    Some(_) if dropped == name => dropped = "",
                    _ => {}
                },
                Some((name, row)) if row.is & BLOCK != 0 || name == "br" => {
                    end_paragraph(&mut text, &mut nodes);
                }
                _ => {}
            }
        }
        if dropped.is_empty() {
            decode(words, &mut text);
        }
    }
    end_paragraph(&mut text, &mut nodes);
    nodes
}

fn end_paragraph(text: &mut String, nodes: &mut Vec<Node>) {
    let words = clean(text.trim());
    text.clear();
    if !words.is_empty() {
        let mut paragraph = element("p", Vec::new());
        paragraph.children.push(Node::Text(words));
        nodes.push(Node::Element(paragraph));
    }
}

fn decode(words: &str, text: &mut String) {
    for (at, part) in words.split('&').enumerate() {
        let length = part.bytes().take(9).position(|byte| byte == b';').unwrap_or_default();
        let (name, after) = part.split_at(length);
        let known = REFERENCES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
        let number = || name.strip_prefix('#')?.parse().ok().and_then(char::from_u32);
        match known.or_else(number).filter(|_| at > 0) {
            Some(c) => {
                text.push(c);
                text.push_str(after.strip_prefix(';').unwrap_or_default());
            }
            None => {
                text.push_str(if at > 0 { "&" } else { "" });
                text.push_str(part);
            }
        }
    }
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
        check("1 < 2 &amp; 3 &lt; 4 &#65;&#8217; &bogus; & <3", &["1 < 2 & 3 < 4 A’ &bogus; & <3"]);
        check("a<template><script>b</script>c</template>d</script>e", &["ade"]);
        check("<img src=x onerror=alert(1)><!-- no --><unclosed", &[]);
        check("&lt;script&gt;", &["<script>"]);
    }
}

//! Extracts the text of HTML without a parser, for pages whose Content-Security-Policy forbids the browser's.
//!
//! The result is plain text, so it cannot be attacked. To keep clutter off the screen, a tag is removed from `<` to the
//! next `>`, and scripts, styles and similar elements are removed with their content. The gaps that remain: a `>`
//! inside an attribute ends the tag too early, rare character references stay as written, and **spoilers are not
//! covered**.

use super::allow::{self, BLOCK, Kind};
use super::references::decode;
use super::walk::Walk;
use super::{Node, cut};

/// Returns paragraphs of text. Blocks and line breaks of the HTML separate them.
pub(super) fn paragraphs(html: &str) -> Vec<Node> {
    let mut walk = Walk::new(html, None);
    let mut dropped = "";
    let (mut words, mut rest) = cut(html, b"<");
    loop {
        if dropped.is_empty() {
            walk.text(&decode(words));
        }
        let Some(tag) = rest.get(1..) else { break };
        let (tag, after) = cut(tag, b"<>");
        // A `<` without a matching `>` is plain text.
        (words, rest) = match after.strip_prefix('>') {
            Some(after) => cut(after, b"<"),
            None => cut(rest, b""),
        };
        let name = tag.trim_start_matches('/');
        match allow::find(&cut(name, b" /\t\r\n").0.to_ascii_lowercase()) {
            Some((name, row)) if row.kind == Kind::Dropped && (dropped.is_empty() || dropped == name) => {
                dropped = if tag.starts_with('/') { "" } else { name };
            }
            Some((name, row)) if row.is & BLOCK != 0 || name == "br" => walk.paragraph(),
            _ => {}
        }
    }
    walk.tree.finish()
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
        check("<img src=x onerror=alert(1)><!-- no -->a<unclosed", &["a<unclosed"]);
        check("&lt;script&gt;", &["<script>"]);
    }
}

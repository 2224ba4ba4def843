//! An author's HTML → a small safe tree of blocks and inlines.
//!
//! The attack: a review's body is somebody's HTML on somebody else's page. It may carry script in any of a hundred shapes (handlers,
//! `javascript:`, `srcdoc`, SVG, MathML), load trackers, submit forms, cover the page with styles, take its ids, or exploit that a
//! filter and a browser read the same bytes differently (mutation XSS), or that they nest without end.
//!
//! The defence, in the order of the files:
//! 1. a real HTML parser makes the tree: `browser` (the page's own, in an inert document), natively `native` (html5ever). Both parse a
//!    whole document with scripting off, so they see the same thing, and nothing is loaded or run;
//! 2. `walk` goes over that tree once, in a loop, for what `allow` names: HTML elements and attributes on a list, each value checked,
//!    each address through [`url`]. `embed` makes links of frames and players, `spoiler` finds what gives the plot away;
//! 3. `nesting` builds a new tree from the words and pictures found, as the content model has it, so that it is the same tree when it is
//!    written out as HTML and parsed again: no second reading to exploit;
//! 4. the result holds text and attribute values as strings, never markup; whoever shows it creates elements and text nodes.
//!
//! The gap that remains: what is safe to show may still be rude, false or ugly, and pictures tell their server who looks. Where the
//! page's Content-Security-Policy forbids the parser, `plain` shows the words alone. Limits are named below; what is beyond them is lost
//! (nodes, length) or shown as text (depth). Not supported: MathML, SVG, `srcset`, author's classes and styles.

mod allow;
mod embed;
mod furniture;
mod nesting;
mod portion;
mod print;
mod references;
mod shortcode;
mod spoiler;
pub mod url;
mod walk;
pub mod wire;

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(any(target_arch = "wasm32", test))]
mod plain;

#[cfg(target_arch = "wasm32")]
use browser as parser;
#[cfg(target_arch = "wasm32")]
pub use browser::{Policy, trust};
#[cfg(not(target_arch = "wasm32"))]
use native as parser;

use std::borrow::Cow;

use crate::model::Body;
pub use crate::model::{Element, Node};
use crate::steps;
pub use portion::{MAX_WORK, of as bearable};
pub use print::to_html;
pub(crate) use references::decode;

/// The longest HTML that is read, in bytes; the rest is not shown.
pub const MAX_HTML: usize = 2 * 1024 * 1024;
/// The most nodes of the author's tree that are read; the rest is not shown.
pub const MAX_NODES: usize = 20_000;
/// The deepest nesting of the author's that is kept; what is deeper is shown without its markup. Browsers stop at 512 by themselves;
/// implied list items and spoilers may make ours half as deep again.
pub const MAX_DEPTH: usize = 128;

/// The safe content of an author's HTML: a list of blocks.
///
/// `base` is the absolute URL of the document that the HTML came with; addresses come out absolute. Without it they stay as written.
/// Never fails: what cannot be kept is left out.
///
/// ```
/// use review_card::rich_text::{Node, parse};
/// let blocks = parse("<p onclick=evil()>Go <a href='/see'>and see<script>evil()</script></a>", Some("https://blog.example/"));
/// let [Node::Element(paragraph)] = blocks.as_slice() else { panic!("one block") };
/// assert_eq!((paragraph.tag, paragraph.attributes.len(), paragraph.children.len()), ("p", 0, 2));
/// ```
pub fn parse(html: &str, base: Option<&str>) -> Vec<Node> {
    steps::count(html.len());
    parser::parse(portion::of(&unescaped(html)), base)
}

/// HTML that was escaped as a whole, as itself: it has no tag, and has some once it is decoded.
fn unescaped(html: &str) -> Cow<'_, str> {
    let has_tag = |html: &str| {
        html.split('<')
            .skip(1)
            .any(|tag| tag.starts_with(|c: char| c == '/' || c == '!' || c.is_ascii_alphabetic()))
    };
    if !html.contains("&lt;") && !html.contains("&amp;lt;") || has_tag(html) {
        return html.into();
    }
    let mut decoded = decode(html);
    if !has_tag(&decoded) {
        decoded = decode(&decoded);
    }
    // A `<` alone is a sign.
    if decoded.contains("</") || decoded.contains("<p>") || decoded.contains("<br") {
        decoded.into()
    } else {
        html.into()
    }
}

/// What [`parse`] leaves out of this HTML as no part of the author's text: sharing buttons, votes, related posts and the like.
pub fn left_out(html: &str) -> Vec<&'static str> {
    furniture::all_in(html)
}

/// The safe content of a body's HTML; none where it is plain text.
pub fn of(body: &Body) -> Cow<'_, [Node]> {
    match body {
        Body::Html { html, base } => Cow::Owned(parse(html, base.as_deref())),
        _ => parsed(body),
    }
}

/// The same, without HTML that has not been parsed yet.
pub fn parsed(body: &Body) -> Cow<'_, [Node]> {
    match body {
        Body::Safe { nodes, .. } => Cow::Borrowed(nodes),
        _ => Cow::Owned(Vec::new()),
    }
}

/// Plain text as HTML, where it has spoilers to cover: `[spoiler]…[/spoiler]`.
pub(crate) fn covered(paragraphs: &[String]) -> Option<String> {
    if !paragraphs.iter().any(|text| text.bytes().any(|byte| byte == b'[') && spoiler::has_close(text)) {
        return None;
    }
    let mut html = String::new();
    for text in paragraphs {
        html.push_str("<p>");
        for c in text.chars() {
            match c {
                '<' => html.push_str("&lt;"),
                '&' => html.push_str("&amp;"),
                c => html.push(c),
            }
        }
    }
    Some(html)
}

/// The words of an author's HTML, blocks parted by a blank line: for counting and searching, not for showing.
pub fn plain_text(html: &str) -> String {
    words(&parse(html, None))
}

/// The words of a safe tree, blocks parted by a blank line.
pub fn words(nodes: &[Node]) -> String {
    let mut words = Words { text: String::new(), gap: "", passes: "" };
    words.add(nodes);
    words.text
}

/// The words of an author's HTML that can be read without uncovering any: for titles and the like, which cannot be covered.
pub(crate) fn uncovered(html: &str) -> String {
    let mut words = Words { text: String::new(), gap: "", passes: "details" };
    if !words.add_simple(html) {
        words = Words { text: String::new(), gap: "", passes: "details" };
        words.add(&parse(html, None));
    }
    words.text
}

/// The text so far, and what comes before its next word.
struct Words {
    text: String,
    gap: &'static str,
    /// The element that is passed over.
    passes: &'static str,
}

impl Words {
    /// The words of paragraphs without anything in them, for which no parser is needed: most excerpts and titles. `false` where
    /// there is more.
    fn add_simple(&mut self, html: &str) -> bool {
        let (first, mut rest) = cut(html, b"<");
        let mut text = first;
        loop {
            let decoded = decode(text);
            if text.contains('[') || decoded.contains(['&', '<']) {
                return false;
            }
            clean(&decoded).chars().for_each(|c| self.letter(c));
            let Some(tag) = rest.strip_prefix('<') else { return true };
            let Some((tag, after)) = tag.split_once('>') else { return false };
            match tag {
                "p" | "/p" => self.part("\n\n"),
                "br" | "br/" | "br /" => self.part("\n"),
                _ => return false,
            }
            (text, rest) = cut(after, b"<");
        }
    }

    fn add(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => text.chars().for_each(|c| self.letter(c)),
                Node::Element(element) if element.tag == self.passes => self.part(" "),
                Node::Element(element) => {
                    let edge = if allow::is_block(element.tag) {
                        "\n\n"
                    } else if element.tag == "br" {
                        "\n"
                    } else {
                        ""
                    };
                    self.part(edge);
                    self.add(&element.children);
                    self.part(edge);
                }
            }
        }
    }

    fn letter(&mut self, c: char) {
        if c.is_whitespace() {
            return self.part(" ");
        }
        if !self.text.is_empty() {
            self.text.push_str(self.gap);
        }
        self.gap = "";
        self.text.push(c);
    }

    /// The widest gap wins: "" < " " by length, a line break over a space, two over one.
    fn part(&mut self, gap: &'static str) {
        if gap.len() > self.gap.len() || gap == "\n" && self.gap == " " {
            self.gap = gap;
        }
    }
}

/// Adds a node, joining text to text: parsed again, there is one text node too.
fn push(nodes: &mut Vec<Node>, node: Node) {
    match (nodes.last_mut(), node) {
        (_, Node::Text(text)) if text.is_empty() => {}
        (Some(Node::Text(last)), Node::Text(text)) => last.push_str(&text),
        (_, node) => nodes.push(node),
    }
}

/// Text as it comes out of a parser again: a carriage return would be a line feed, a control character is nothing to show.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            '\r' | '\x0c' => '\n',
            '\u{fdd0}'..='\u{fdef}' => '\u{fffd}',
            c if c.is_control() || u32::from(c) & 0xfffe == 0xfffe => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// The text before the first of these ASCII bytes, and the rest from it on.
#[expect(clippy::manual_contains, reason = "`contains` brings `memchr`, a third of a kilobyte of wasm")]
fn cut<'a>(text: &'a str, stops: &[u8]) -> (&'a str, &'a str) {
    let at = text.bytes().position(|byte| stops.iter().any(|stop| *stop == byte)).unwrap_or(text.len());
    text.split_at_checked(at).unwrap_or_default()
}

/// The word of a list parted by spaces that is this one but for case.
fn token<'a>(mut list: &'a str, word: &str) -> Option<&'a str> {
    while !list.is_empty() {
        let (token, rest) = cut(list, b" \t\n\x0c\r");
        if !token.is_empty() && token.eq_ignore_ascii_case(word) {
            return Some(token);
        }
        list = rest.get(1..).unwrap_or_default();
    }
    None
}

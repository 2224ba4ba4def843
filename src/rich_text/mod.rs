//! Turns an author's HTML into a small safe tree of blocks and inline elements.
//!
//! The attack: the body of a review is HTML from one person on the page of another. It may contain scripts in a hundred
//! forms (handlers, `javascript:`, `srcdoc`, SVG, MathML), load trackers, submit forms, cover the page with styles, or
//! take its ids. It may exploit that a filter and a browser read the same bytes differently (mutation XSS), or nest
//! without end.
//!
//! The defence, in the order of the files:
//! 1. A real HTML parser makes the tree: `browser` (the page's own, in an inert document) or `native` (html5ever). Both
//!    parse a whole document with scripting off, so they get the same tree, and nothing is loaded or run.
//! 2. `walk` goes over that tree once, in a loop, and keeps what `allow` names: HTML elements and attributes on a list.
//!    It checks every value, and every address through [`url`]. `embed` turns frames and players into links, and
//!    `spoiler` finds spoilers.
//! 3. `nesting` builds a new tree from the text and pictures, according to HTML's content model. Written out as HTML
//!    and parsed again, it is the same tree, so there is no second reading to exploit.
//! 4. The result contains text and attribute values as strings, never markup. Its users create elements and text nodes
//!    from it.
//!
//! The gap that remains: safe content may still be rude, false or ugly, and pictures tell their server who looks at
//! them. If the page's Content-Security-Policy forbids the parser, `plain` shows only the text. Content beyond the
//! limits below is lost (nodes, length) or shown without its markup (depth). Not supported: MathML, SVG, `srcset`, the
//! author's classes and styles.

pub(crate) mod allow;
mod clutter;
mod embed;
mod nesting;
mod plain;
mod portion;
mod print;
mod references;
mod shortcode;
mod spoiler;
#[doc(hidden)]
pub mod tree_json;
pub mod url;
mod walk;

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod native;

#[cfg(target_arch = "wasm32")]
use browser as parser;
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub use browser::{Policy, trust};
#[cfg(not(target_arch = "wasm32"))]
use native as parser;

use std::borrow::Cow;

use crate::model::Body;
pub use crate::model::{Element, Node};
use crate::steps;
pub use portion::MAX_WORK;
#[doc(hidden)]
pub use portion::of as bearable;
pub use print::to_html;
pub(crate) use references::decode;

/// The maximum length of HTML that is read, in bytes. The rest is not shown.
pub const MAX_HTML: usize = 1 << 20;
/// The maximum number of nodes of the author's tree that are read. The rest is not shown.
pub const MAX_NODES: usize = 10_000;
/// The maximum nesting depth of the author's elements that is kept. Deeper content is shown without its markup.
/// Browsers themselves stop at 512. Implied list items and spoilers may make our tree half as deep again.
pub const MAX_DEPTH: usize = 128;

/// Returns the safe content of an author's HTML, as a list of blocks.
///
/// `base` is the absolute URL of the document that contained the HTML; the addresses in the result are then absolute.
/// Without it, they stay as written. This function never fails: anything that cannot be kept is left out.
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

/// Decodes HTML that was escaped as a whole: it has no tags, but has some once it is decoded.
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
    // A `<` alone may be a plain sign.
    if decoded.contains("</") || decoded.contains("<p>") || decoded.contains("<br") {
        decoded.into()
    } else {
        html.into()
    }
}

/// Returns the kinds of content that [`parse`] removes from this HTML because the author did not write them: sharing
/// buttons, votes, related posts and the like.
///
/// ```
/// let html = "<p>Good.</p><div class='sharedaddy'><a href='/share'>Share</a></div>";
/// assert_eq!(review_card::rich_text::left_out(html), ["sharing buttons"]);
/// ```
pub fn left_out(html: &str) -> Vec<&'static str> {
    clutter::all_in(html)
}

/// Returns whether [`parse`] may leave out the end of this HTML, because it is longer than [`MAX_HTML`], or has more tags
/// or nodes than [`MAX_WORK`] and [`MAX_NODES`] allow.
///
/// ```
/// use review_card::rich_text::{MAX_NODES, is_cut};
///
/// assert!(!is_cut("<p>Short.</p>"));
/// assert!(is_cut(&"<p>x</p>".repeat(MAX_NODES)));
/// ```
#[cfg(not(target_arch = "wasm32"))]
pub fn is_cut(html: &str) -> bool {
    let html = unescaped(html);
    let read = portion::of(&html);
    read.len() < html.len() || parser::nodes(read) > MAX_NODES
}

/// Returns the safe content of a body's HTML; empty for plain text.
///
/// ```
/// use review_card::model::Body;
/// use review_card::rich_text::{of, to_html};
///
/// let body = Body::Html { html: "<p onclick='evil()'>Safe.</p>".into(), base: None };
/// assert_eq!(to_html(&of(&body)), "<p>Safe.</p>");
/// ```
pub fn of(body: &Body) -> Cow<'_, [Node]> {
    match body {
        Body::Html { html, base } => Cow::Owned(parse(html, base.as_deref())),
        _ => parsed(body),
    }
}

/// Like [`of`], but returns nothing for HTML that has not been parsed yet.
#[doc(hidden)]
pub fn parsed(body: &Body) -> Cow<'_, [Node]> {
    match body {
        Body::Safe { nodes, .. } => Cow::Borrowed(nodes),
        _ => Cow::Owned(Vec::new()),
    }
}

/// Returns plain text as HTML if it has spoilers to cover: `[spoiler]…[/spoiler]`.
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

/// Returns the text of an author's HTML, with a blank line between blocks. It is for counting and searching, not for
/// showing.
///
/// ```
/// assert_eq!(review_card::rich_text::plain_text("<h2>One</h2><p>Two <em>three</em></p>"), "One\n\nTwo three");
/// ```
pub fn plain_text(html: &str) -> String {
    words(&parse(html, None))
}

/// Returns the text of a safe tree, with a blank line between blocks.
#[doc(hidden)]
pub fn words(nodes: &[Node]) -> String {
    let mut words = Words { text: String::new(), gap: "", passes: "" };
    words.add(nodes);
    words.text
}

/// Returns the text of an author's HTML without its spoilers, for titles and other places that cannot cover them. HTML
/// that needs a parser but must not have it loses its tags; it is left out if it may contain spoilers.
pub(crate) fn uncovered(html: &str, may_parse: impl FnOnce() -> bool) -> String {
    let mut words = Words { text: String::new(), gap: "", passes: "details" };
    if !words.add_simple(html) {
        words = Words { text: String::new(), gap: "", passes: "details" };
        if may_parse() {
            words.add(&parse(html, None));
        } else {
            let lower = html.to_ascii_lowercase();
            if !["[", "spoiler", "<details"].iter().any(|mark| lower.contains(mark)) {
                words.add(&plain::paragraphs(html));
            }
        }
    }
    words.text
}

/// The text so far, and the gap before its next word.
struct Words {
    text: String,
    gap: &'static str,
    /// The tag of the elements that are skipped; empty for none.
    passes: &'static str,
}

impl Words {
    /// Adds HTML that consists of plain paragraphs only, as most excerpts and titles do. No parser is needed for it.
    /// Returns `false` if the HTML contains more.
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

    /// Keeps the widest gap: none, a space, a line break, two line breaks.
    fn part(&mut self, gap: &'static str) {
        if gap.len() > self.gap.len() || gap == "\n" && self.gap == " " {
            self.gap = gap;
        }
    }
}

/// Adds a node. Adjacent texts are joined, because a parser would give one text node too.
fn push(nodes: &mut Vec<Node>, node: Node) {
    match (nodes.last_mut(), node) {
        (_, Node::Text(text)) if text.is_empty() => {}
        (Some(Node::Text(last)), Node::Text(text)) => last.push_str(&text),
        (_, node) => nodes.push(node),
    }
}

/// Returns text that a parser would not change: a carriage return becomes a line feed, and control characters and
/// noncharacters become U+FFFD.
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

/// Splits the text before the first of these ASCII bytes.
#[expect(clippy::manual_contains, reason = "`contains` brings `memchr`, a third of a kilobyte of wasm")]
fn cut<'a>(text: &'a str, stops: &[u8]) -> (&'a str, &'a str) {
    let at = text.bytes().position(|byte| stops.iter().any(|stop| *stop == byte)).unwrap_or(text.len());
    text.split_at_checked(at).unwrap_or_default()
}

/// Finds a word in a list separated by white space, ignoring ASCII case.
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

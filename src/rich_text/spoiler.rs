//! What gives the plot away, covered by a `details`.
//!
//! Three ways to say so: `<details>` itself; a class (one of [`CLASSES`], on any element but the rows of a table and the like); and
//! `[spoiler]…[/spoiler]` in the text, also `[spoiler=Label]` and `[spoiler title="Label"]`, in any case, across inlines and sibling
//! blocks. A mark is cut out as an element that counts as a block until its partner is found among its siblings, so it climbs out of
//! inlines, headings, paragraphs and plain `div`s by the rule of [`super::nesting`] that cuts them; a mark without a partner is text again.
//! Marks are not looked for in code.
//!
//! The gap that remains: an author's own words for it (`[spoil]`, `>!…!<`) are not known and stay readable.

use super::allow::MARKS;
use super::{Element, Node, has_token, nesting, push};

/// phpBB, Discourse, SMF, Reddit and hand-written pages.
const CLASSES: [&str; 5] = ["spoiler", "spoilers", "bbc_spoiler", "spoiler-text", "md-spoiler-text"];

const OPEN: &str = "[spoiler]";
const CLOSE: &str = "[/spoiler]";
/// The longest mark, with its label, in bytes.
const MAX_MARK: usize = 200;
/// How many covers may lie on each other among the same siblings; marks further in are left out, their content is covered anyway.
const MAX_COVERS: usize = 2;

pub(super) fn is_spoiler(class: &str) -> bool {
    CLASSES.iter().any(|name| has_token(class, name))
}

/// The one class there is.
pub(super) fn class() -> (&'static str, String) {
    ("class", "spoiler".into())
}

/// Whether an author's HTML has marks at all: else none is looked for, and a lone `[spoiler]` cuts nothing.
pub(super) fn has_marks(html: &str) -> bool {
    html.as_bytes().windows(CLOSE.len()).any(|word| word.eq_ignore_ascii_case(CLOSE.as_bytes()))
}

pub(super) fn is_mark(element: &Element) -> bool {
    matches!(element.tag, OPEN | CLOSE)
}

/// A `details` with its `summary` first; without an author's summary it is a spoiler with an empty one. `None` without content.
pub(super) fn details(mut attributes: Vec<(&'static str, String)>, children: Vec<Node>) -> Option<Node> {
    let mut first = None;
    let mut body = Vec::new();
    for node in nesting::flow(children, false) {
        match node {
            Node::Element(summary) if summary.tag == "summary" && first.is_none() => first = Some(summary),
            Node::Element(summary) if summary.tag == "summary" => body.push(Node::Element(Element { tag: "p", ..summary })),
            node => body.push(node),
        }
    }
    if first.as_ref().is_none_or(|summary| summary.children.is_empty()) && attributes.iter().all(|(name, _)| *name != "class") {
        attributes.push(class());
    }
    let summary = first.unwrap_or(Element { tag: "summary", attributes: Vec::new(), children: Vec::new() });
    if body.is_empty() && summary.children.is_empty() {
        return None;
    }
    body.insert(0, Node::Element(summary));
    Some(Node::Element(Element { tag: "details", attributes, children: body }))
}

/// Siblings with their marks found; each pair becomes a `details` around what is between.
pub(super) fn pair(children: Vec<Node>, no: u8) -> Vec<Node> {
    if no & MARKS != 0 {
        return children;
    }
    let mut out = Vec::new();
    let mut opened = Vec::new();
    for child in children {
        let text = match child {
            Node::Text(text) => text,
            element => {
                take(element, &mut out, &mut opened);
                continue;
            }
        };
        let mut rest = text.as_str();
        while let Some((start, end)) = find(rest) {
            let (marked, after) = rest.split_at(end);
            let (before, mark) = marked.split_at(start);
            push(&mut out, Node::Text(before.into()));
            take(Node::Element(element(mark)), &mut out, &mut opened);
            rest = after;
        }
        push(&mut out, Node::Text(rest.into()));
    }
    out
}

/// Adds one sibling; a closing mark takes what follows its opening one.
fn take(node: Node, out: &mut Vec<Node>, opened: &mut Vec<usize>) {
    if let Node::Element(mark) = &node {
        if mark.tag == OPEN {
            opened.push(out.len());
        } else if mark.tag == CLOSE
            && let Some(at) = opened.pop()
        {
            let mut inner = out.split_off(at).into_iter();
            if let Some(Node::Element(open)) = inner.next() {
                if opened.len() >= MAX_COVERS {
                    return inner.for_each(|node| push(out, node));
                }
                let summary = open.attributes.into_iter().map(|(_, label)| {
                    Node::Element(Element { tag: "summary", attributes: Vec::new(), children: vec![Node::Text(label)] })
                });
                out.extend(details(vec![class()], summary.chain(inner).collect()));
            }
            return;
        }
    }
    push(out, node);
}

/// Marks without a partner are the author's text.
pub(super) fn as_text(children: Vec<Node>) -> Vec<Node> {
    let mut out = Vec::new();
    for child in children {
        match child {
            Node::Element(mark) if is_mark(&mark) => mark.children.into_iter().for_each(|text| push(&mut out, text)),
            child => push(&mut out, child),
        }
    }
    out
}

/// Where the next mark begins and ends.
fn find(text: &str) -> Option<(usize, usize)> {
    text.match_indices('[').find_map(|(start, _)| {
        let bytes = text.as_bytes().get(start..)?;
        let starts = |word: &str| bytes.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()));
        if starts(CLOSE) {
            return Some((start, start + CLOSE.len()));
        }
        let named = starts("[spoiler") && matches!(bytes.get(8)?, b']' | b'=' | b' ');
        let length = bytes.iter().take(MAX_MARK).position(|byte| *byte == b']').filter(|_| named)?;
        Some((start, start + length + 1))
    })
}

/// The element that stands for a mark: its text as it was, and the label as an attribute.
fn element(mark: &str) -> Element {
    let label = mark.split_once('=').map(|(_, label)| label.trim_matches(|c: char| " \"'”“]".contains(c)));
    let attributes = label.filter(|label| !label.is_empty()).map(|label| ("", label.to_owned())).into_iter().collect();
    let tag = if mark.starts_with("[/") { CLOSE } else { OPEN };
    Element { tag, attributes, children: vec![Node::Text(mark.into())] }
}

//! Puts the kept parts together as HTML's content model has it.
//!
//! The attack: markup that means one tree to the filter and another to the browser that reads the filter's output (mutation XSS). The
//! defence: a tree comes out only as a parser would make it of its own HTML: no block inside a paragraph, a heading or an inline, no list
//! item outside a list, no text between table rows. An inline around a block moves into the block (`<em><ul><li>x` becomes
//! `<ul><li><em>x`), a heading is cut in two, a paragraph becomes a `div`.
//! The gap that remains: beyond [`Nesting::copies`] an inline is lost rather than copied; what is valid only by order or number
//! (a `caption` first, one `figcaption`) stays as it came.

use std::mem::take;

use super::allow::{self, Kind, Row};
use super::{Element, MAX_NODES, Node, push, spoiler};

/// The budget of copies: of inlines into blocks, of elements cut in pieces.
pub(super) struct Nesting {
    copies: usize,
}

impl Nesting {
    /// Enough for every node that is read, and as much again.
    pub(super) fn new() -> Self {
        Self { copies: 2 * MAX_NODES }
    }

    /// Adds `shell` with these children to `out`, in as many pieces as it takes.
    pub(super) fn put(&mut self, mut shell: Element, row: &Row, children: Vec<Node>, no: u8, out: &mut Vec<Node>) {
        shell.children = match row.kind {
            Kind::Items => items(shell.tag, row, children),
            Kind::Flow => flow(spoiler::pair(children, no), false),
            Kind::Details => {
                out.extend(spoiler::details(shell.attributes, spoiler::pair(children, no)));
                return;
            }
            Kind::Void => children,
            kind => return self.split(&shell, kind, spoiler::pair(children, no), out),
        };
        if !shell.children.is_empty() || matches!(shell.tag, "li" | "td" | "th" | "br" | "wbr" | "hr") {
            out.push(Node::Element(shell));
        }
    }

    /// Copies of `shell` around the runs of children that may be in it, and what may not between them.
    fn split(&mut self, shell: &Element, kind: Kind, children: Vec<Node>, out: &mut Vec<Node>) {
        let mut run = Vec::new();
        for child in children {
            match child {
                Node::Element(mark) if spoiler::is_mark(&mark) => {
                    self.wrap(shell, kind, take(&mut run), out);
                    out.push(Node::Element(mark));
                }
                Node::Element(mut block) if matches!(kind, Kind::Line | Kind::Phrase) && allow::is_block(block.tag) => {
                    self.wrap(shell, kind, take(&mut run), out);
                    if kind == Kind::Phrase && self.copies > 0 {
                        self.copies -= 1;
                        let inner = take(&mut block.children);
                        self.split(shell, kind, inner, &mut block.children);
                    }
                    out.push(Node::Element(block));
                }
                child => push(&mut run, child),
            }
        }
        self.wrap(shell, kind, run, out);
    }

    fn wrap(&mut self, shell: &Element, kind: Kind, mut run: Vec<Node>, out: &mut Vec<Node>) {
        let mut tag = shell.tag;
        let mut bare = self.copies == 0;
        match kind {
            Kind::Phrase => bare |= blank(&run),
            Kind::Line => {
                // The parser drops a line break that follows `<pre>`.
                if let Some(Node::Text(text)) = run.first_mut().filter(|_| tag == "pre") {
                    *text = text.trim_start_matches('\n').into();
                }
            }
            _ => {
                run = flow(run, false);
                if run.iter().any(is_block) {
                    tag = "div";
                    bare |= shell.attributes.is_empty() && run.iter().all(is_block);
                }
            }
        }
        if bare {
            run.into_iter().for_each(|node| push(out, node));
        } else if !blank(&run) {
            self.copies -= 1;
            out.push(Node::Element(Element { tag, attributes: shell.attributes.clone(), children: run }));
        }
    }
}

/// Blocks and inlines side by side, without blank space around the blocks; where asked, with paragraphs around the inlines.
pub(super) fn flow(children: Vec<Node>, paragraphs: bool) -> Vec<Node> {
    let mut out = Vec::new();
    let mut run = Vec::new();
    let flush = |run: &mut Vec<Node>, out: &mut Vec<Node>| {
        let run = take(run);
        if blank(&run) {
        } else if paragraphs {
            out.push(Node::Element(Element { tag: "p", attributes: Vec::new(), children: run }));
        } else {
            out.extend(run);
        }
    };
    for child in children {
        match child {
            // A paragraph of its own: read again it would be cut out again.
            Node::Element(mark) if spoiler::is_mark(&mark) && paragraphs => {
                flush(&mut run, &mut out);
                run = mark.children;
                flush(&mut run, &mut out);
            }
            Node::Element(mark) if spoiler::is_mark(&mark) => {
                mark.children.into_iter().for_each(|text| push(&mut run, text));
            }
            child if is_block(&child) => {
                flush(&mut run, &mut out);
                out.push(child);
            }
            child => push(&mut run, child),
        }
    }
    flush(&mut run, &mut out);
    out
}

/// The items of a list or table; a stray joins the item before it, or a new one.
fn items(tag: &str, row: &Row, children: Vec<Node>) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::new();
    for child in spoiler::as_text(children) {
        let fits = matches!(&child, Node::Element(item) if allow::find(item.tag).is_some_and(|(_, row)| super::has_token(row.parents, tag)));
        if fits {
            out.push(child);
        } else if row.item.is_empty() || blank(std::slice::from_ref(&child)) {
        } else if let Some(Node::Element(last)) = out.last_mut().filter(|last| is(last, row.item)) {
            push(&mut last.children, child);
        } else {
            out.push(Node::Element(Element { tag: row.item, attributes: Vec::new(), children: vec![child] }));
        }
    }
    out
}

fn is(node: &Node, tag: &str) -> bool {
    matches!(node, Node::Element(element) if element.tag == tag)
}

fn is_block(node: &Node) -> bool {
    matches!(node, Node::Element(element) if allow::is_block(element.tag))
}

/// Nothing to see: spaces and line breaks.
fn blank(nodes: &[Node]) -> bool {
    nodes.iter().all(|node| match node {
        Node::Text(text) => text.trim().is_empty(),
        Node::Element(element) => matches!(element.tag, "br" | "wbr"),
    })
}

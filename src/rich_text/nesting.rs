//! Builds the safe tree according to HTML's content model.
//!
//! The attack: markup that means one tree to the filter and another to the browser that reads the filter's output
//! (mutation XSS). The defence: the tree always has the form that a parser would make of its HTML. The walk passes in
//! leaves (texts, pictures, breaks), each with the author's elements around it. [`path`] puts those elements into a
//! valid order. [`Tree`] closes and opens as few elements as possible from one leaf to the next:
//! - Inline elements are innermost: `<em><ul><li>x` becomes `<ul><li><em>x`.
//! - A paragraph or heading around a block ends before the block and continues after it. Around a spoiler, a paragraph
//!   becomes a `div`.
//! - A `div` is kept where it contains text, but not around blocks. An element that never gets a leaf is never created,
//!   so there are no empty elements.
//! - Stray children of a list join the item before them or become an item. Text at the top level becomes paragraphs. A
//!   `details` begins with its `summary`.
//!
//! The gap that remains: beyond [`MAX_INLINES`] and [`MAX_BYTES`], inline elements are lost, but not their text. Errors
//! of order or number alone (a `caption` or `summary` that is not first, two in one `figure`) are kept.

use super::allow::{Kind, Row, is_block};
use super::{Element, Node, push, spoiler, token};

/// The maximum nesting of inline elements. The outermost ones beyond it are left out.
const MAX_INLINES: usize = 16;
/// The maximum size of all inline elements with their attributes, in bytes, before they are left out. They are copied
/// into every block that they contain.
const MAX_BYTES: usize = 4 * super::MAX_HTML;
/// The maximum nesting of open `[spoiler]` marks.
const MAX_MARKS: usize = 8;
/// The maximum number of `[spoiler]` marks. The last one covers the rest of its block: a browser takes quadratic time for
/// the elements of one block.
const MAX_SPOILERS: usize = 1000;
/// The id of implied list items. Adjacent stray children share one item.
const IMPLIED: u32 = 0;

pub(super) type Attributes = Vec<(&'static str, String)>;

/// An element of the author that is kept.
pub(super) struct Shell {
    pub(super) id: u32,
    pub(super) tag: &'static str,
    pub(super) kind: Kind,
    /// Where the element may stand, and what wraps its stray children.
    pub(super) row: &'static Row,
    pub(super) attributes: Attributes,
    /// The bits that it and its enclosing elements forbid.
    pub(super) no: u8,
}

/// An open `[spoiler]` mark: a `details` directly inside the shell with this id.
struct Mark {
    container: u32,
    id: u32,
    label: String,
}

/// An element of the new tree on the path to a leaf.
struct Step<'a> {
    id: u32,
    tag: &'static str,
    attributes: &'a [(&'static str, String)],
    /// The label, if the step is a spoiler mark.
    label: Option<&'a str>,
}

/// The new tree, with the elements that are still open.
pub(super) struct Tree {
    open: Vec<(u32, Element)>,
    marks: Vec<Mark>,
    /// The number of `[spoiler]` marks so far.
    spoilers: usize,
    last_id: u32,
    bytes: usize,
}

impl Tree {
    pub(super) fn new() -> Self {
        let whole = (IMPLIED + 1, element("", Vec::new()));
        Self { open: vec![whole], marks: Vec::new(), spoilers: 0, last_id: IMPLIED, bytes: MAX_BYTES }
    }

    pub(super) fn next_id(&mut self) -> u32 {
        self.last_id += 1;
        self.last_id
    }

    /// Adds a leaf in its place. An empty text only opens the place. A blank leaf opens nothing and is kept only next
    /// to other content.
    pub(super) fn add(&mut self, shells: &[Shell], mut leaf: Node, blank: bool) {
        let marks = std::mem::take(&mut self.marks);
        let inline = matches!(&leaf, Node::Text(text) if !text.is_empty())
            || matches!(&leaf, Node::Element(leaf) if !is_block(leaf.tag));
        let (path, inlines) = path(shells, &marks, if inline { "" } else { "hr" });
        let common =
            self.open.iter().zip(path.iter().rev()).take_while(|((id, _), step)| *id == step.id).count();
        let missing = path.len() - common;
        if !blank || missing <= inlines {
            while self.open.len() > common {
                self.close();
            }
            if !blank {
                for ((_, open), step) in self.open.iter_mut().zip(path.iter().rev()) {
                    // It was a paragraph before the spoiler began.
                    if step.tag == "div" {
                        open.tag = step.tag;
                    }
                }
                for (left, step) in path.iter().enumerate().take(missing).rev() {
                    self.enter(step, left < inlines);
                }
            }
            if let Some((_, open)) = self.open.last_mut()
                && !(blank && open.children.last().is_none_or(|last| is(last, is_block)))
            {
                // Parsers treat the first spaces of a document differently.
                if let Node::Text(text) = &mut leaf
                    && open.tag == "p"
                    && open.children.is_empty()
                {
                    *text = text.trim_ascii_start().into();
                }
                push(&mut open.children, leaf);
            }
        }
        self.marks = marks;
    }

    /// Returns whether the element is open.
    pub(super) fn has(&self, shell: &Shell) -> bool {
        self.open.iter().any(|(id, _)| *id == shell.id)
    }

    fn enter(&mut self, step: &Step<'_>, inline: bool) {
        if inline {
            let bytes = step.attributes.iter().fold(64, |sum, (_, value)| sum + value.len());
            self.bytes = self.bytes.saturating_sub(bytes);
            if self.bytes == 0 {
                return;
            }
        }
        if step.id == IMPLIED
            && let Some((_, list)) = self.open.last_mut()
            && let Some(Node::Element(before)) = list.children.pop_if(|last| is(last, is_item))
        {
            return self.open.push((step.id, before));
        }
        let mut new = element(step.tag, step.attributes.to_vec());
        if step.tag == "details" {
            let mut summary = element("summary", Vec::new());
            if let Some(label) = step.label {
                new.attributes.push(spoiler::class());
                push(&mut summary.children, Node::Text(label.into()));
            }
            new.children.push(Node::Element(summary));
        } else if step.tag == "summary"
            && let Some((_, details)) = self.open.last_mut()
            && details.children.len() == 1
        {
            // The author's summary replaces ours.
            details.children.clear();
        }
        self.open.push((step.id, new));
    }

    fn close(&mut self) {
        if let Some((_, closed)) = self.open.pop()
            && let Some((_, parent)) = self.open.last_mut()
        {
            parent.children.push(Node::Element(closed));
        }
    }

    /// Closes all elements and returns the blocks.
    pub(super) fn finish(mut self) -> Vec<Node> {
        while self.open.len() > 1 {
            self.close();
        }
        self.open.pop().map(|(_, whole)| whole.children).unwrap_or_default()
    }

    /// Starts a spoiler. It lasts until its end mark, or until its container ends. The container is a block that
    /// contains blocks; if the end mark is near (`short`), any block.
    pub(super) fn cover(&mut self, shells: &[Shell], label: &str, short: bool) {
        self.forget(shells);
        let container = shells.iter().rfind(|shell| match shell.kind {
            // The caption would leave the figure.
            _ if shell.tag == "figure" => false,
            Kind::Flow | Kind::Details => true,
            Kind::Phrase | Kind::Items => false,
            _ => short,
        });
        self.spoilers += 1;
        if let Some(container) = container.filter(|_| self.marks.len() < MAX_MARKS) {
            let mark = Mark { container: container.id, id: self.next_id(), label: label.into() };
            self.marks.push(mark);
        }
    }

    /// Ends the last spoiler. Returns `false` if there is none.
    pub(super) fn uncover(&mut self, shells: &[Shell]) -> bool {
        self.forget(shells);
        if self.spoilers < MAX_SPOILERS { self.marks.pop().is_some() } else { !self.marks.is_empty() }
    }

    /// Drops the marks whose container has ended.
    fn forget(&mut self, shells: &[Shell]) {
        self.marks.retain(|mark| shells.iter().any(|shell| shell.id == mark.container));
    }
}

/// Returns the path from a leaf outwards, and the number of its inline elements. `below` is the tag of the leaf if it
/// is a block.
fn path<'a>(shells: &'a [Shell], marks: &'a [Mark], mut below: &'static str) -> (Vec<Step<'a>>, usize) {
    let mut path = Vec::new();
    let step =
        |shell: &'a Shell| Step { id: shell.id, tag: shell.tag, attributes: &shell.attributes, label: None };
    // A rule cannot be inside inline elements.
    if below.is_empty() {
        path.extend(
            shells.iter().rev().filter(|shell| shell.kind == Kind::Phrase).take(MAX_INLINES).map(step),
        );
    }
    let inlines = path.len();
    let mut parents = "";
    for shell in shells.iter().rev() {
        for mark in marks.iter().rev().filter(|mark| mark.container == shell.id) {
            (below, parents) = ("details", "");
            path.push(Step { id: mark.id, tag: below, attributes: &[], label: Some(&mark.label) });
        }
        let mut step = step(shell);
        match shell.kind {
            Kind::Phrase => continue,
            Kind::Paragraph | Kind::Division if below == "details" => step.tag = "div",
            Kind::Paragraph | Kind::Division | Kind::Line if !below.is_empty() => continue,
            Kind::Items if !shell.row.item.is_empty() && token(parents, shell.tag).is_none() => {
                path.push(Step { id: IMPLIED, tag: shell.row.item, attributes: &[], label: None });
            }
            _ => {}
        }
        (below, parents) = (step.tag, shell.row.parents);
        path.push(step);
    }
    (path, inlines)
}

pub(super) fn element(tag: &'static str, attributes: Attributes) -> Element {
    Element { tag, attributes, children: Vec::new() }
}

/// Returns whether stray children of a list can join this element.
fn is_item(tag: &str) -> bool {
    matches!(tag, "li" | "dd")
}

fn is(node: &Node, what: fn(&str) -> bool) -> bool {
    matches!(node, Node::Element(element) if what(element.tag))
}

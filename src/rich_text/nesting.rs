//! Puts the kept parts together as HTML's content model has it.
//!
//! The attack: markup that means one tree to the filter and another to the browser that reads the filter's output (mutation XSS). The
//! defence: a tree comes out only as a parser would make it of its own HTML. The walk hands over leaves (words, pictures, breaks), each with
//! the chain of the author's elements around it; [`steps`] puts a chain into a lawful order, and [`Tree`] opens and closes elements from
//! one leaf to the next, as few as it can:
//! - inlines stand innermost: `<em><ul><li>x` becomes `<ul><li><em>x`;
//! - a paragraph or heading around a block ends before it and goes on after it; around a spoiler a paragraph becomes a `div`;
//! - a `div` stays where it holds words, and not around blocks; what never gets a leaf never comes to be: no empty elements;
//! - strays in a list join the item before them, words at the top become paragraphs, a `details` gets its `summary` first.
//!
//! The gap that remains: beyond [`MAX_INLINES`] and [`MAX_BYTES`] inlines are lost, not their words; what is wrong only by order or number
//! (a `caption` that is not first, two in one `figure`) stays as it came.

use super::allow::{self, Kind, is_block};
use super::{Element, Node, push};

/// The most inlines around one another; the inner ones beyond are left out.
const MAX_INLINES: usize = 16;
/// What inlines may cost, with their attributes, before they are left out: they are copied into every block that they are around.
const MAX_BYTES: usize = 4 * super::MAX_HTML;
/// How many `[spoiler]` may be open inside one another.
const MAX_MARKS: usize = 8;
/// The number of every implied item of a list: strays side by side share one.
const IMPLIED: u32 = 1;

pub(super) type Attributes = Vec<(&'static str, String)>;

/// An element of the author's that is kept, and what it stands in.
pub(super) struct Shell<'a> {
    pub(super) outer: Option<&'a Self>,
    /// Its number; 0 is the whole.
    pub(super) id: u32,
    pub(super) tag: &'static str,
    pub(super) kind: Kind,
    pub(super) attributes: Attributes,
    /// What it and those around it do not want inside.
    pub(super) no: u8,
}

/// An open `[spoiler]`: a `details` directly in the shell of this number.
struct Mark {
    container: u32,
    id: u32,
    label: String,
}

/// The part of the new tree that an element of it is, on the way to a leaf.
struct Step<'a> {
    id: u32,
    tag: &'static str,
    attributes: &'a [(&'static str, String)],
    mark: Option<&'a Mark>,
}

/// The new tree, open at its end.
pub(super) struct Tree {
    open: Vec<(u32, Element)>,
    marks: Vec<Mark>,
    last_id: u32,
    bytes: usize,
}

impl Tree {
    pub(super) fn new() -> Self {
        let whole = (0, element("", Vec::new()));
        Self { open: vec![whole], marks: Vec::new(), last_id: IMPLIED, bytes: MAX_BYTES }
    }

    pub(super) fn next_id(&mut self) -> u32 {
        self.last_id += 1;
        self.last_id
    }

    /// Adds a leaf in its place; `None` only opens the place. What is blank opens nothing and stands beside words only.
    pub(super) fn add(&mut self, shell: &Shell<'_>, leaf: Option<Node>, blank: bool) {
        let marks = std::mem::take(&mut self.marks);
        let below = leaf.as_ref().map_or("", |leaf| if is(leaf, is_block) { "hr" } else { "" });
        let (mut path, inlines) = steps(shell, &marks, below);
        let blocks = path.len();
        // A rule stands beside inlines, not in them.
        if below.is_empty() {
            path.extend(inlines);
        }
        let common = self.open.iter().zip(&path).take_while(|((id, _), step)| *id == step.id).count();
        if !blank || common >= blocks {
            for ((_, open), step) in self.open.iter_mut().zip(&path).take(common) {
                if step.tag == "div" {
                    open.tag = "div";
                }
            }
            while self.open.len() > common {
                self.close();
            }
            for (at, step) in path.iter().enumerate().skip(if blank { path.len() } else { common }) {
                self.enter(step, at >= blocks);
            }
            if let (Some((_, open)), Some(mut leaf)) = (self.open.last_mut(), leaf)
                && !(blank && open.children.last().is_none_or(|last| is(last, is_block)))
            {
                // A parser drops a line break that follows `<pre>`.
                if let Node::Text(text) = &mut leaf
                    && open.tag == "pre"
                    && open.children.is_empty()
                {
                    *text = text.trim_start_matches('\n').into();
                }
                push(&mut open.children, leaf);
            }
        }
        self.marks = marks;
    }

    /// Whether there are words, and a new line after them.
    pub(super) fn ends_line(&self) -> bool {
        let last = self.open.last().and_then(|(_, open)| open.children.last());
        matches!(last, Some(Node::Text(text)) if text.ends_with('\n'))
    }

    fn enter(&mut self, step: &Step<'_>, inline: bool) {
        if inline {
            let bytes = step.attributes.iter().fold(64, |sum, (_, value)| sum + value.len());
            self.bytes = self.bytes.saturating_sub(bytes);
            if self.bytes == 0 {
                return;
            }
        }
        let before = self
            .open
            .last_mut()
            .map(|(_, open)| &mut open.children)
            .filter(|_| step.id == IMPLIED && step.tag != "p");
        if let Some(before) = before
            && let Some(Node::Element(item)) = before.pop_if(|last| is(last, |tag| tag == step.tag))
        {
            return self.open.push((step.id, item));
        }
        let mut new = element(step.tag, step.attributes.to_vec());
        if let Some(mark) = step.mark {
            new.attributes.push(super::spoiler::class());
            if !mark.label.is_empty() {
                let mut summary = element("summary", Vec::new());
                summary.children.push(Node::Text(mark.label.clone()));
                new.children.push(Node::Element(summary));
            }
        }
        self.open.push((step.id, new));
    }

    fn close(&mut self) {
        let Some((_, mut closed)) = self.open.pop() else { return };
        if closed.children.is_empty() && !matches!(closed.tag, "li" | "td" | "th") {
            return;
        }
        if closed.tag == "details" {
            let at = closed.children.iter().position(|child| is(child, |tag| tag == "summary"));
            let summary = at.map(|at| closed.children.remove(at)).unwrap_or_else(|| {
                if !closed.attributes.iter().any(|(name, _)| *name == "class") {
                    closed.attributes.push(super::spoiler::class());
                }
                Node::Element(element("summary", Vec::new()))
            });
            closed.children.insert(0, summary);
        }
        if let Some((_, parent)) = self.open.last_mut() {
            parent.children.push(Node::Element(closed));
        }
    }

    /// All is said: the blocks.
    pub(super) fn finish(mut self) -> Vec<Node> {
        while self.open.len() > 1 {
            self.close();
        }
        self.open.pop().map(|(_, whole)| whole.children).unwrap_or_default()
    }

    /// From here on a spoiler, to its end or that of what it stands in: a block that holds blocks, or where it ends before long, any.
    pub(super) fn cover(&mut self, shell: &Shell<'_>, label: String, short: bool) {
        let mut container = shell;
        while let Some(outer) = container.outer
            && !matches!(container.kind, Kind::Flow | Kind::Details)
            && (container.kind == Kind::Phrase || container.kind == Kind::Items || !short)
        {
            container = outer;
        }
        self.forget(shell);
        if self.marks.len() < MAX_MARKS {
            let mark = Mark { container: container.id, id: self.next_id(), label };
            self.marks.push(mark);
        }
    }

    /// The last spoiler ends; false where there is none.
    pub(super) fn uncover(&mut self, shell: &Shell<'_>) -> bool {
        self.forget(shell);
        self.marks.pop().is_some()
    }

    /// Marks end with what they stand in.
    fn forget(&mut self, shell: &Shell<'_>) {
        self.marks.retain(|mark| {
            let mut at = Some(shell);
            while let Some(shell) = at.filter(|shell| shell.id != mark.container) {
                at = shell.outer;
            }
            at.is_some()
        });
    }
}

/// The way to a leaf, from the whole inwards: blocks, and inlines. `below` is the block that the leaf is, if any.
fn steps<'a>(
    shell: &'a Shell<'a>,
    marks: &'a [Mark],
    mut below: &'static str,
) -> (Vec<Step<'a>>, Vec<Step<'a>>) {
    let (mut blocks, mut inlines) = (Vec::new(), Vec::new());
    let implied = |tag| Step { id: IMPLIED, tag, attributes: &[], mark: None };
    let mut at = Some(shell);
    while let Some(shell) = at {
        at = shell.outer;
        for mark in marks.iter().rev().filter(|mark| mark.container == shell.id) {
            below = "details";
            blocks.push(Step { id: mark.id, tag: below, attributes: &[], mark: Some(mark) });
        }
        let mut step = Step { id: shell.id, tag: shell.tag, attributes: &shell.attributes, mark: None };
        match shell.kind {
            Kind::Phrase => {
                inlines.push(step);
                continue;
            }
            Kind::Paragraph | Kind::Division if below == "details" => step.tag = "div",
            Kind::Paragraph | Kind::Division | Kind::Line if !below.is_empty() => continue,
            Kind::Items => {
                let item = allow::find(shell.tag).map_or("", |(_, row)| row.item);
                let fits =
                    allow::find(below).is_some_and(|(_, row)| super::has_token(row.parents, shell.tag));
                if !fits && !item.is_empty() {
                    blocks.push(implied(item));
                }
            }
            _ if at.is_none() && below.is_empty() => blocks.push(implied("p")),
            _ => {}
        }
        below = step.tag;
        blocks.push(step);
    }
    blocks.reverse();
    inlines.reverse();
    inlines.truncate(MAX_INLINES);
    (blocks, inlines)
}

pub(super) fn element(tag: &'static str, attributes: Attributes) -> Element {
    Element { tag, attributes, children: Vec::new() }
}

fn is(node: &Node, what: impl Fn(&str) -> bool) -> bool {
    matches!(node, Node::Element(element) if what(element.tag))
}

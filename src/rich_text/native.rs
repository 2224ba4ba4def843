//! html5ever's tree, for the native program.
//!
//! The attack: an input of one megabyte that nests so deep that the parser, which looks through all open elements again and again, needs
//! minutes. The defence: the input goes in by pieces, and no more once the tree has more nodes and errors than any honest body: that
//! is why the tree is our own and not a crate's (`scraper`'s cannot be asked on the way, and would bring a CSS engine;
//! `markup5ever_rcdom` says itself that it is for tests). Nodes stand in one list and point by number: nothing is dropped by recursion.
//!
//! Scripting is off as in `DOMParser`, so that `<noscript>` is parsed alike.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, ParseOpts, QualName, local_name, ns, parse_document};

use super::walk::{self, Name, Source};
use super::{MAX_NODES, Node as Safe};

/// Nodes and parse errors after which no more input is parsed: more than the walk will read, by a margin for comments and the like.
const MAX_WORK: usize = 2 * MAX_NODES;
/// How much is parsed between two looks at the work done, in bytes.
const PIECE: usize = 4096;

pub(super) fn parse(html: &str, base: Option<&str>) -> Vec<Safe> {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..Default::default() };
    let mut parser = parse_document(Tree::new(), ParseOpts { tree_builder, ..Default::default() });
    let mut rest = html;
    while !rest.is_empty() && parser.tokenizer.sink.sink.work.get() < MAX_WORK {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        parser.process(piece.into());
        rest = after;
    }
    let tree = parser.finish();
    let document = Handle { tree: &tree, node: tree.document.clone() };
    walk::blocks(&document, html, base)
}

type Link = Cell<Option<usize>>;

struct Node {
    id: usize,
    /// Of an element; empty else.
    name: QualName,
    attributes: RefCell<Vec<Attribute>>,
    text: Option<RefCell<StrTendril>>,
    parent: Link,
    previous: Link,
    next: Link,
    first: Link,
    last: Link,
}

struct Tree {
    nodes: RefCell<Vec<Rc<Node>>>,
    document: Rc<Node>,
    work: Cell<usize>,
}

impl Tree {
    fn new() -> Self {
        let document = Rc::new(Node::new(0, None, Vec::new(), None));
        Self { nodes: RefCell::new(vec![document.clone()]), document, work: Cell::new(0) }
    }

    fn add(&self, name: Option<QualName>, attributes: Vec<Attribute>, text: Option<StrTendril>) -> Rc<Node> {
        self.work.set(self.work.get() + 1);
        let mut nodes = self.nodes.borrow_mut();
        let node = Rc::new(Node::new(nodes.len(), name, attributes, text));
        nodes.push(node.clone());
        node
    }

    fn at(&self, link: &Link) -> Option<Rc<Node>> {
        self.nodes.borrow().get(link.get()?).cloned()
    }

    /// Puts a node under `parent`, before `next` or last.
    fn insert(&self, parent: &Node, next: Option<&Node>, child: NodeOrText<Rc<Node>>) {
        let previous = self.at(next.map_or(&parent.last, |next| &next.previous));
        let child = match child {
            NodeOrText::AppendNode(node) => node,
            NodeOrText::AppendText(text) => {
                if let Some(before) = previous.as_ref().and_then(|node| node.text.as_ref()) {
                    return before.borrow_mut().push_tendril(&text);
                }
                self.add(None, Vec::new(), Some(text))
            }
        };
        self.remove_from_parent(&child);
        child.parent.set(Some(parent.id));
        child.previous.set(previous.as_ref().map(|node| node.id));
        child.next.set(next.map(|node| node.id));
        previous.as_ref().map_or(&parent.first, |node| &node.next).set(Some(child.id));
        next.map_or(&parent.last, |node| &node.previous).set(Some(child.id));
    }
}

impl Node {
    fn new(id: usize, name: Option<QualName>, attributes: Vec<Attribute>, text: Option<StrTendril>) -> Self {
        Self {
            id,
            name: name.unwrap_or_else(|| QualName::new(None, ns!(), local_name!(""))),
            attributes: RefCell::new(attributes),
            text: text.map(RefCell::new),
            parent: Link::default(),
            previous: Link::default(),
            next: Link::default(),
            first: Link::default(),
            last: Link::default(),
        }
    }
}

impl TreeSink for Tree {
    type Handle = Rc<Node>;
    type Output = Self;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {
        self.work.set(self.work.get() + 1);
    }

    fn get_document(&self) -> Rc<Node> {
        self.document.clone()
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Node>) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Rc<Node> {
        self.add(Some(name), attributes, None)
    }

    fn create_comment(&self, _: StrTendril) -> Rc<Node> {
        self.add(None, Vec::new(), None)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Rc<Node> {
        self.add(None, Vec::new(), None)
    }

    fn append(&self, parent: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        self.insert(parent, None, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Rc<Node>,
        previous: &Rc<Node>,
        child: NodeOrText<Rc<Node>>,
    ) {
        if element.parent.get().is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_before_sibling(&self, sibling: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        if let Some(parent) = self.at(&sibling.parent) {
            self.insert(&parent, Some(sibling), child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// The content of a template is not looked at: its children are as good as a fragment of their own.
    fn get_template_contents(&self, target: &Rc<Node>) -> Rc<Node> {
        target.clone()
    }

    fn same_node(&self, x: &Rc<Node>, y: &Rc<Node>) -> bool {
        Rc::ptr_eq(x, y)
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn add_attrs_if_missing(&self, target: &Rc<Node>, attributes: Vec<Attribute>) {
        let mut own = target.attributes.borrow_mut();
        for attribute in attributes {
            if own.iter().all(|known| known.name != attribute.name) {
                own.push(attribute);
            }
        }
    }

    fn remove_from_parent(&self, target: &Rc<Node>) {
        let Some(parent) = self.at(&target.parent) else { return };
        let (previous, next) = (self.at(&target.previous), self.at(&target.next));
        previous.as_ref().map_or(&parent.first, |node| &node.next).set(target.next.get());
        next.as_ref().map_or(&parent.last, |node| &node.previous).set(target.previous.get());
        [&target.parent, &target.previous, &target.next].into_iter().for_each(|link| link.set(None));
    }

    fn reparent_children(&self, node: &Rc<Node>, new_parent: &Rc<Node>) {
        while let Some(child) = self.at(&node.first) {
            self.insert(new_parent, None, NodeOrText::AppendNode(child));
        }
    }
}

struct Handle<'a> {
    tree: &'a Tree,
    node: Rc<Node>,
}

impl Handle<'_> {
    fn at(&self, link: &Link) -> Option<Self> {
        self.tree.at(link).map(|node| Self { tree: self.tree, node })
    }
}

impl Source for Handle<'_> {
    fn kind(&self) -> Name {
        match &self.node.text {
            Some(text) => Name::Text(text.borrow().to_string()),
            None if self.node.name.ns == ns!(html) => Name::Html(self.node.name.local.to_string()),
            None => Name::Other,
        }
    }

    fn attribute(&self, name: &str) -> Option<String> {
        let attributes = self.node.attributes.borrow();
        let attribute = attributes.iter().find(|attribute| &*attribute.name.local == name)?;
        Some(attribute.value.to_string())
    }

    fn first_child(&self) -> Option<Self> {
        self.at(&self.node.first)
    }

    fn next_sibling(&self) -> Option<Self> {
        self.at(&self.node.next)
    }
}

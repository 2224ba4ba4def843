//! Parses HTML with html5ever, for native programs.
//!
//! The attack: a tree too large, or too deep for the stack. The defence: [`super::portion`] limits the input, and with
//! it the size of the tree. All nodes are stored in one list and refer to each other by index, so that no drop is
//! recursive. We use our own tree instead of a crate: `scraper` brings a CSS engine, and `markup5ever_rcdom` says that
//! it is for tests.
//!
//! Scripting is off, as in `DOMParser`, so that both parse `<noscript>` in the same way.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, ParseOpts, QualName, local_name, ns, parse_document};

use super::Node as Safe;
use super::walk::{self, Name, Source};

pub(super) fn parse(html: &str, base: Option<&str>) -> Vec<Safe> {
    let tree = tree(html);
    let document = Handle { tree: &tree, node: tree.document.clone() };
    walk::blocks(&document, html, base)
}

/// Returns the number of nodes of the author's tree.
pub(super) fn nodes(html: &str) -> usize {
    tree(html).nodes.into_inner().len()
}

fn tree(html: &str) -> Tree {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..Default::default() };
    parse_document(Tree::new(), ParseOpts { tree_builder, ..Default::default() }).one(html)
}

type Link = Cell<Option<usize>>;

struct Node {
    id: usize,
    /// The name of an element; empty for other nodes.
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
}

impl Tree {
    fn new() -> Self {
        let document = Rc::new(Node::new(0, None, Vec::new(), None));
        Self { nodes: RefCell::new(vec![document.clone()]), document }
    }

    fn add(&self, name: Option<QualName>, attributes: Vec<Attribute>, text: Option<StrTendril>) -> Rc<Node> {
        let mut nodes = self.nodes.borrow_mut();
        let node = Rc::new(Node::new(nodes.len(), name, attributes, text));
        nodes.push(node.clone());
        node
    }

    fn at(&self, link: &Link) -> Option<Rc<Node>> {
        self.nodes.borrow().get(link.get()?).cloned()
    }

    /// Inserts a node under `parent`, before `next` or at the end.
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

    fn parse_error(&self, _: Cow<'static, str>) {}

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

    /// Templates are dropped with their content, so the content needs no fragment of its own.
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

#[cfg(test)]
mod tests {
    use super::super::portion;
    use super::{Handle, Tree, tree};
    use crate::rich_text::walk::Source;
    use proptest::prelude::{prop, proptest};
    use proptest::test_runner::Config;

    /// Returns the depth of the deepest node.
    fn depth(tree: &Tree) -> usize {
        let mut deepest = 0;
        let mut stack = vec![(Handle { tree, node: tree.document.clone() }, 0)];
        while let Some((node, depth)) = stack.pop() {
            deepest = deepest.max(depth);
            stack.extend(node.next_sibling().map(|node| (node, depth)));
            stack.extend(node.first_child().map(|node| (node, depth + 1)));
        }
        deepest
    }

    /// Checks that the limits keep the tree small for repeated HTML.
    #[track_caller]
    fn check(piece: &str, times: usize) {
        let html = piece.repeat(times);
        let part = portion::of(&html);
        let tree = tree(part);
        let (nodes, depth) = (tree.nodes.borrow().len(), depth(&tree));
        assert!(nodes < 200_000, "{nodes} nodes of {} bytes of {piece:?}", part.len());
        assert!(depth < 1_000, "{depth} levels of {} bytes of {piece:?}", part.len());
    }

    #[test]
    fn what_is_repeated_stays_small() {
        for piece in [
            "<div>",
            "<table><tr><td>",
            "<table><b 1><td></b></table>",
            "<b><p>",
            "<ul><li>",
            "<p><li><p><dd></p>",
            "<svg><![CDATA[></svg>",
            "<div><!--></div>",
            "<div><img x='</div>'>",
            "<div><img =\"></div>",
            "<div><script><!--<script></script></div></script>",
            "<div><svg><title><a x='</title></svg></div>'>",
            "<svg><input></svg>",
            "<span><div></span>",
            "<div><table></div>",
            "<tr><optgroup></tr>",
            "<td><span></td>",
            "<tr><li></tr><tr><dd></tr>",
        ] {
            check(piece, 10_000);
        }
        let distinct =
            |piece: &str| (0..5_000).map(|n| piece.replace('N', &n.to_string())).collect::<String>();
        check(&distinct("<p><b N></p>"), 1);
        check(&distinct("<font color=N>"), 1);
        check(&distinct("<body N>"), 1);
        check(&["<b ", &distinct("N "), ">"].concat(), 1);
    }

    const PIECES: &str = "<p> </p> <div> </div> <b_N> </b> <a_N> </a> <font_N> </font> <table> </table> <tr> </tr> <td> </td> \
        <caption> <ul> </ul> <li> </li> <dl> <dd> </dl> <svg> </svg> <title> </title> <style> </style> <select> </select> <option> \
        <optgroup> <script> </script> <!-- --> <span> </span> <button> </button> <form> </form> <math><mi> <template> </template> \
        <![CDATA[ \'> <x_y=\' <ruby> <rt> <object> </object> <h1> </h1> <pre> <details> <summary> <input> <body_N> </html> x";

    proptest! {
        #![proptest_config(Config { cases: 300, failure_persistence: None, ..Config::default() })]

        #[test]
        fn any_soup_stays_small(pieces in prop::collection::vec(prop::sample::select(PIECES.split(' ').collect::<Vec<_>>()), 1..10)) {
            let soup = pieces.concat().replace('_', " ");
            let html: String = (0..3_000).map(|n| soup.replace('N', &n.to_string())).collect();
            check(&html, 1);
        }
    }
}

//! The walk over a parser's tree.
//!
//! The attack: anything a browser's tree can hold. The defence: nothing is removed from the author's tree; a new one is built from what
//! the table in [`allow`] names, in the HTML namespace only. Depth and count are bounded, so that neither the stack nor the time is the
//! author's to spend. The gap that remains is in the table, not here.

use super::allow::{self, BLOCK, COVER, Kind, Row, TABLE};
use super::nesting::{self, Nesting};
use super::{Element, MAX_DEPTH, MAX_NODES, Node, clean, has_token, push, spoiler, url};

/// A node of a parser's tree; the document is one too.
pub(super) trait Source: Sized {
    fn kind(&self) -> Name;
    fn attribute(&self, name: &str) -> Option<String>;
    fn first_child(&self) -> Option<Self>;
    fn next_sibling(&self) -> Option<Self>;
}

pub(super) enum Name {
    Text(String),
    /// An element of the HTML namespace: its name in lower case.
    Html(String),
    /// Foreign elements (SVG, MathML), comments, doctypes.
    Other,
}

/// Where in the new tree the walk stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    depth: usize,
    /// The nearest element kept.
    parent: &'static str,
    /// What no ancestor wants inside it.
    pub(super) no: u8,
}

pub(super) struct Walk<'a> {
    pub(super) base: Option<&'a str>,
    left: usize,
    nesting: Nesting,
}

/// The safe blocks of a document.
///
/// `no` says what is nowhere looked for: [`allow::MARKS`] where the author wrote none.
pub(super) fn blocks<S: Source>(document: &S, base: Option<&str>, no: u8) -> Vec<Node> {
    let mut walk = Walk { base, left: MAX_NODES, nesting: Nesting::new() };
    let mut children = Vec::new();
    walk.children(document, Place { depth: 0, parent: "", no }, &mut children);
    nesting::flow(spoiler::pair(children, no), true)
}

impl Walk<'_> {
    /// The children of `node`, as they stand in `place`.
    pub(super) fn children<S: Source>(&mut self, node: &S, place: Place, out: &mut Vec<Node>) {
        let place = Place { depth: place.depth + 1, ..place };
        if place.depth > MAX_DEPTH {
            return self.words(node, out);
        }
        let mut next = node.first_child();
        while let Some(child) = next.filter(|_| self.spend()) {
            match child.kind() {
                Name::Text(text) => push(out, Node::Text(clean(&text))),
                Name::Html(name) => self.element(&child, &name, place, out),
                Name::Other => {}
            }
            next = child.next_sibling();
        }
    }

    fn spend(&mut self) -> bool {
        let some = self.left > 0;
        self.left -= usize::from(some);
        some
    }

    /// What is too deep: its text, by a stack of our own.
    fn words<S: Source>(&mut self, node: &S, out: &mut Vec<Node>) {
        let mut stack: Vec<S> = node.first_child().into_iter().collect();
        while let Some(node) = stack.pop().filter(|_| self.spend()) {
            stack.extend(node.next_sibling());
            match node.kind() {
                Name::Text(text) => push(out, Node::Text(clean(&text))),
                Name::Html(name) if allow::find(&name).is_none_or(|(_, row)| row.kind != Kind::Dropped) => {
                    stack.extend(node.first_child());
                }
                _ => {}
            }
        }
    }

    fn element<S: Source>(&mut self, node: &S, name: &str, place: Place, out: &mut Vec<Node>) {
        let Some((tag, row)) = allow::find(name) else {
            return self.children(node, place, out);
        };
        let covered = covers(node, row, place);
        match row.kind {
            Kind::Dropped => {}
            Kind::Image | Kind::Frame | Kind::Player => {
                let mut shown = Vec::new();
                match row.kind {
                    Kind::Image => self.image(node, row, &mut shown),
                    kind => self.frame(node, kind, place, &mut shown),
                }
                if covered {
                    shown = cover(shown, place.no);
                }
                shown.into_iter().for_each(|node| push(out, node));
            }
            _ => match fit(tag, row, place) {
                Some((tag, row)) => self.keep(node, tag, row, place, covered, out),
                None if row.is & BLOCK == 0 => self.children(node, place, out),
                None => {
                    end_line(out);
                    self.children(node, place, out);
                    end_line(out);
                }
            },
        }
    }

    /// An element on the list, in a place where it may stand.
    fn keep<S: Source>(
        &mut self,
        node: &S,
        tag: &'static str,
        row: &Row,
        place: Place,
        covered: bool,
        out: &mut Vec<Node>,
    ) {
        let mut attributes = self.attributes(node, row);
        let link = attributes.first().filter(|(name, _)| *name == "href");
        if let Some((_, href)) = link.filter(|_| tag == "a") {
            let rel = self.rel(href, &node.attribute("rel").unwrap_or_default());
            attributes.extend(rel);
        } else if tag == "a" {
            return self.children(node, place, out);
        }
        let bare = attributes.is_empty() && matches!(tag, "span" | "bdo");
        if bare && !covered {
            return self.children(node, place, out);
        }

        let no = place.no | row.no | if covered { COVER } else { 0 };
        let mut children = Vec::new();
        self.children(node, Place { parent: tag, no, ..place }, &mut children);
        let mut shell = Element { tag, attributes, children: Vec::new() };
        match row.kind {
            _ if !covered => {}
            Kind::Details => shell.attributes.push(spoiler::class()),
            // Inside what may hold it …
            Kind::Flow | Kind::Division => children = cover(children, no),
            // … and else around.
            _ => {
                if !bare {
                    let inner = std::mem::take(&mut children);
                    self.nesting.put(shell, row, inner, no, &mut children);
                }
                out.extend(cover(children, no));
                return;
            }
        }
        self.nesting.put(shell, row, children, no, out);
    }

    fn attributes<S: Source>(&self, node: &S, row: &Row) -> Vec<(&'static str, String)> {
        let mut attributes = Vec::new();
        for names in [row.attributes, if row.kind == Kind::Void { "" } else { "lang dir" }] {
            for name in names.split_ascii_whitespace() {
                let value = node.attribute(name).and_then(|raw| allow::value(name, &raw, self.base));
                attributes.extend(value.map(|value| (name, value)));
            }
        }
        attributes
    }

    /// `noopener` where the link leaves the site, and what the author says of it to search engines.
    pub(super) fn rel(&self, href: &str, author: &str) -> Option<(&'static str, String)> {
        let here = self.base.and_then(url::host);
        let leaves = url::host(href)
            .is_some_and(|(host, _)| here.is_none_or(|(here, _)| !here.eq_ignore_ascii_case(host)));
        let mut rel = String::from(if leaves { "noopener" } else { "" });
        for token in ["nofollow", "ugc", "sponsored"] {
            if has_token(author, token) {
                rel.push_str(if rel.is_empty() { "" } else { " " });
                rel.push_str(token);
            }
        }
        (!rel.is_empty()).then_some(("rel", rel))
    }

    /// A lazy `img`, or its words where its address is denied.
    fn image<S: Source>(&self, node: &S, row: &Row, out: &mut Vec<Node>) {
        let mut attributes = self.attributes(node, row);
        let alt = attributes.iter().find(|(name, _)| *name == "alt").map(|(_, alt)| alt.clone());
        if attributes.first().is_none_or(|(name, _)| *name != "src") {
            return push(out, Node::Text(alt.unwrap_or_default()));
        }
        if alt.is_none() {
            attributes.insert(1, ("alt", String::new()));
        }
        attributes.extend([("loading", "lazy".into()), ("decoding", "async".into())]);
        out.push(Node::Element(Element { tag: "img", attributes, children: Vec::new() }));
    }
}

/// Whether the author's class says that this gives the plot away. Rows of tables and the like cannot be covered alone.
fn covers<S: Source>(node: &S, row: &Row, place: Place) -> bool {
    (row.parents.is_empty() || row.kind == Kind::Flow)
        && !matches!(row.kind, Kind::Void | Kind::Dropped)
        && (place.no & COVER == 0 || row.kind == Kind::Details)
        && spoiler::is_spoiler(&node.attribute("class").unwrap_or_default())
}

fn cover(children: Vec<Node>, no: u8) -> Vec<Node> {
    spoiler::details(vec![spoiler::class()], spoiler::pair(children, no)).into_iter().collect()
}

/// A block among words: they do not run together.
fn end_line(out: &mut Vec<Node>) {
    if out.last().is_some_and(|last| !matches!(last, Node::Text(text) if text.ends_with('\n'))) {
        push(out, Node::Text("\n".into()));
    }
}

/// What stands for an element of this row here; `None`: its children alone.
fn fit(tag: &'static str, row: &'static Row, place: Place) -> Option<(&'static str, &'static Row)> {
    // The cells of a table must find room too, or their text would end outside of them.
    let too_deep = row.is & TABLE != 0 && place.depth + 3 > MAX_DEPTH;
    if row.is & place.no != 0 || too_deep {
        return None;
    }
    let orphan = !row.parents.is_empty() && !has_token(row.parents, place.parent);
    if !orphan && row.kind != Kind::Division {
        return Some((tag, row));
    }
    // `<ul><div><li>`: the item is still the list's.
    let in_items = allow::find(place.parent).is_some_and(|(_, parent)| parent.kind == Kind::Items);
    (row.is & BLOCK != 0 && !in_items).then_some(("div", &allow::DIV))
}

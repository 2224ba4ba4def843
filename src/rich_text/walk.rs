//! Walks over a parser's tree.
//!
//! The attack: anything that a browser's tree can contain. The defence: nothing is removed from the author's tree.
//! Instead, a new tree is built from what the table in [`allow`] names, in the HTML namespace only. Depth and node
//! count are limited, so that the author cannot exhaust the stack or the time. Any gap that remains is in the table,
//! not here.

use super::allow::{self, BLOCK, CODE, COVER, Kind, MARKS, Row, TABLE};
use super::nesting::{Attributes, Shell, Tree, element};
use super::{MAX_DEPTH, MAX_NODES, Node, clean, clutter, cut, shortcode, spoiler, token, url};
use crate::steps;

/// A node of a parser's tree. The document is a node too.
pub(super) trait Source: Sized {
    fn kind(&self) -> Name;
    fn attribute(&self, name: &str) -> Option<String>;
    fn first_child(&self) -> Option<Self>;
    fn next_sibling(&self) -> Option<Self>;
}

pub(super) enum Name {
    Text(String),
    /// An element of the HTML namespace, with its name in lower case.
    Html(String),
    /// Foreign elements (SVG, MathML), comments, doctypes.
    Other,
}

pub(super) struct Walk<'a> {
    pub(super) base: Option<&'a str>,
    pub(super) tree: Tree,
    /// The kept elements of the author around the current position. The first is the root, the second a paragraph for
    /// bare text.
    pub(super) shells: Vec<Shell>,
    /// The addresses of the frames that have become links.
    pub(super) frames: Vec<String>,
    /// Whether the walk is at the edge of a block that is not kept. A line break then separates its text from the rest.
    new_line: bool,
}

/// Returns the safe blocks of a document that was parsed from `html`.
pub(super) fn blocks<S: Source>(document: &S, html: &str, base: Option<&str>) -> Vec<Node> {
    let mut walk = Walk::new(html, base);
    // The nodes to visit, each with the number of shells around it. A stack avoids recursion, because the author
    // decides the depth.
    let mut stack = Vec::new();
    let mut next = document.first_child().map(|node| (node, walk.shells.len(), false));
    for _ in 0..MAX_NODES {
        stack.extend(next.take());
        let Some((node, shells, new_line)) = stack.pop() else { break };
        steps::count(1 + walk.shells.len());
        walk.shells.truncate(shells);
        walk.new_line |= new_line;
        let mut inside = false;
        let mut edge = false;
        let mut sibling = node.next_sibling();
        match node.kind() {
            Name::Text(mut text) => {
                // WebKit splits text every 65,536 characters, at any place.
                while let Some(Name::Text(more)) = sibling.as_ref().map(S::kind) {
                    text.push_str(&more);
                    sibling = sibling.and_then(|node| node.next_sibling());
                }
                walk.text(&text);
            }
            Name::Html(name) => {
                let before = std::mem::take(&mut walk.new_line);
                inside = walk.element(&node, &name);
                edge = walk.new_line;
                walk.new_line |= before;
            }
            Name::Other => {}
        }
        stack.extend(sibling.map(|node| (node, shells, edge)));
        if inside {
            next = node.first_child().map(|node| (node, walk.shells.len(), false));
        }
    }
    walk.tree.finish()
}

/// Returns whether this is the frame of an embedded post, which the page also contains as a quotation with a link.
fn is_doubled(name: &str, classes: &str) -> bool {
    let is = |class| token(classes, class).is_some();
    name == "iframe" && (is("wp-embedded-content") || is("instagram-media-rendered"))
}

/// Returns the address of a picture. Lazy loaders move it to another attribute, and leave nothing or a placeholder.
fn source<S: Source>(image: &S) -> Option<String> {
    let src = image.attribute("src");
    let is_placeholder = src.as_ref().is_none_or(|src| src.is_empty() || src.starts_with("data:"));
    let parked = |name: &&str| image.attribute(name).filter(|src| !src.is_empty());
    ["data-src", "data-lazy-src"].iter().filter(|_| is_placeholder).find_map(parked).or(src)
}

impl<'a> Walk<'a> {
    pub(super) fn new(html: &str, base: Option<&'a str>) -> Self {
        let (frames, shells) = (Vec::new(), Vec::new());
        let mut walk = Self { base, tree: Tree::new(), shells, frames, new_line: false };
        walk.enter("", Kind::Flow, &allow::DIV, Vec::new(), if spoiler::has_close(html) { 0 } else { MARKS });
        walk.paragraph();
        walk
    }

    /// Starts a new paragraph for bare text.
    pub(super) fn paragraph(&mut self) {
        self.shells.truncate(1);
        self.enter("p", Kind::Line, &allow::DIV, Vec::new(), 0);
    }

    /// Adds text and handles the spoiler marks in it.
    pub(super) fn text(&mut self, text: &str) {
        if std::mem::take(&mut self.new_line) {
            self.plain("\n");
        }
        let text = clean(text);
        let text = if self.no() & CODE == 0 { shortcode::without(&text) } else { text.as_str().into() };
        let mut rest = &*text;
        while self.no() & MARKS == 0
            && let Some((before, mark, after)) = spoiler::find(rest)
        {
            self.plain(before);
            rest = after;
            if !mark.starts_with("[/") {
                self.tree.cover(&self.shells, spoiler::label(mark), spoiler::closes_soon(after));
            } else if !self.tree.uncover(&self.shells) {
                self.plain(mark);
            }
        }
        self.plain(rest);
    }

    fn plain(&mut self, mut text: &str) {
        // A parser drops a line break directly after `<pre>`.
        if self.shells.last().is_some_and(|shell| shell.tag == "pre" && !self.tree.has(shell)) {
            text = text.trim_start_matches('\n');
        }
        let code = self.no() & (CODE | COVER) == CODE;
        if !text.is_empty() {
            self.tree.add(&self.shells, Node::Text(text.into()), !code && text.trim().is_empty());
        }
    }

    /// Returns the bits that the enclosing elements forbid.
    pub(super) fn no(&self) -> u8 {
        self.shells.last().map_or(0, |shell| shell.no)
    }

    /// Enters an element of the new tree.
    pub(super) fn enter(
        &mut self,
        tag: &'static str,
        kind: Kind,
        row: &'static Row,
        attributes: Attributes,
        no: u8,
    ) {
        let shell = Shell { id: self.tree.next_id(), tag, kind, row, attributes, no: self.no() | no };
        self.shells.push(shell);
    }

    /// Enters a cover for a spoiler.
    fn cover(&mut self) {
        self.enter("details", Kind::Details, &allow::DIV, vec![spoiler::class()], COVER);
    }

    /// Handles an element. Returns whether its children are to be visited.
    fn element<S: Source>(&mut self, node: &S, name: &str) -> bool {
        let classes = node.attribute("class").unwrap_or_default();
        if clutter::of(&classes).is_some() || is_doubled(name, &classes) {
            self.new_line = true;
            return false;
        }
        if name == "img" && clutter::is_emoji(&classes) {
            self.text(&node.attribute("alt").unwrap_or_default());
            return false;
        }
        let Some((tag, row)) = allow::find(name) else { return true };
        let inside = matches!(row.kind, Kind::Flow | Kind::Details);
        // Table rows and similar elements cannot be covered alone.
        let covered = (inside || row.parents.is_empty())
            && (row.kind == Kind::Details || self.no() & COVER == 0)
            && spoiler::is_spoiler(&classes);
        if covered && !inside {
            self.cover();
        }
        match row.kind {
            Kind::Dropped => false,
            Kind::Void => {
                self.tree.add(&self.shells, Node::Element(element(tag, Vec::new())), tag != "hr");
                false
            }
            Kind::Image => {
                self.image(node, row);
                false
            }
            Kind::Frame => {
                self.frame(node);
                false
            }
            Kind::Player => !self.frame(node),
            _ => {
                match self.fit(tag, row) {
                    Some((tag, row)) => self.keep(node, tag, row, covered && inside),
                    None => self.new_line = row.is & BLOCK != 0,
                }
                true
            }
        }
    }

    /// Enters an element of the allow-list that is allowed here.
    fn keep<S: Source>(&mut self, node: &S, tag: &'static str, row: &'static Row, covered: bool) {
        let mut attributes = self.attributes(node, row);
        if let Some((_, href)) = attributes.first().filter(|_| tag == "a") {
            let rel = self.rel(href, &node.attribute("rel").unwrap_or_default());
            attributes.extend(rel);
        }
        if attributes.is_empty() && matches!(tag, "a" | "span" | "bdo") {
            return;
        }
        let kind = if row.kind == Kind::Division && !attributes.is_empty() { Kind::Flow } else { row.kind };
        if covered && kind == Kind::Details {
            attributes.push(spoiler::class());
        }
        self.enter(tag, kind, row, attributes, row.no);
        if matches!(tag, "li" | "td" | "th") {
            self.tree.add(&self.shells, Node::Text(String::new()), false);
        }
        if covered && kind == Kind::Flow {
            self.cover();
        }
    }

    fn attributes<S: Source>(&self, node: &S, row: &Row) -> Attributes {
        let mut attributes = Vec::new();
        let mut names = row.attributes;
        while !names.is_empty() {
            let (name, rest) = cut(names, b" ");
            names = rest.trim_start();
            let raw = match name {
                "alt" => node.attribute(name).or(Some(String::new())),
                "src" => source(node),
                // A link to a place in the page is dropped, because that place has lost its id.
                "href" => node.attribute(name).filter(|href| !href.trim_start().starts_with('#')),
                _ => node.attribute(name),
            };
            match raw.and_then(|raw| allow::value(name, &raw, self.base)) {
                Some(value) => attributes.push((name, value)),
                // Without an address, the remaining attributes have no use.
                None if matches!(name, "href" | "src") => break,
                None => {}
            }
        }
        attributes
    }

    /// Returns `noopener` if the link leaves the site, plus the values of the author's `rel` that search engines read.
    pub(super) fn rel(&self, href: &str, author: &str) -> Option<(&'static str, String)> {
        let here = self.base.and_then(url::host).map(|(host, _)| host);
        let leaves = url::host(href).is_some_and(|(host, _)| here != Some(host));
        let mut rel = String::new();
        for name in ["noopener", "nofollow", "ugc", "sponsored"] {
            if leaves && rel.is_empty() || token(author, name).is_some() {
                rel.push_str(if rel.is_empty() { "" } else { " " });
                rel.push_str(name);
            }
        }
        (!rel.is_empty()).then_some(("rel", rel))
    }

    /// Adds a lazy `img`, or its alternative text if its address is not allowed.
    fn image<S: Source>(&mut self, node: &S, row: &Row) {
        let mut attributes = self.attributes(node, row);
        if attributes.is_empty() {
            return self.text(&node.attribute("alt").unwrap_or_default());
        }
        attributes.push(("loading", "lazy".into()));
        attributes.push(("decoding", "async".into()));
        self.tree.add(&self.shells, Node::Element(element("img", attributes)), false);
    }

    /// Returns the element to use for this row here, or `None` if only its children are kept.
    fn fit(&self, tag: &'static str, row: &'static Row) -> Option<(&'static str, &'static Row)> {
        let shell = self.shells.last()?;
        // The cells of a table must fit too, or their text would end up outside of them.
        let room = if row.is & TABLE != 0 { 4 } else { 1 };
        if row.is & shell.no != 0 || self.shells.len() + room > MAX_DEPTH {
            return None;
        }
        let orphan = !row.parents.is_empty() && token(row.parents, shell.tag).is_none();
        if !orphan && row.kind != Kind::Division {
            return Some((tag, row));
        }
        // In `<ul><div><li>` the item still belongs to the list, so there is no `div`.
        (row.is & BLOCK != 0 && shell.kind != Kind::Items).then_some(("div", &allow::DIV))
    }
}

//! The walk over a parser's tree.
//!
//! The attack: anything a browser's tree can hold. The defence: nothing is removed from the author's tree; a new one is built from what
//! the table in [`allow`] names, in the HTML namespace only. Depth and count are bounded, so that neither the stack nor the time is the
//! author's to spend. The gap that remains is in the table, not here.

use super::allow::{self, BLOCK, COVER, Kind, MARKS, Row, TABLE};
use super::nesting::{Attributes, Shell, Tree, element};
use super::{MAX_DEPTH, MAX_NODES, Node, clean, has_token, spoiler, url};

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

pub(super) struct Walk<'a> {
    pub(super) base: Option<&'a str>,
    left: usize,
    pub(super) tree: Tree,
}

/// The safe blocks of a document that was parsed from `html`.
pub(super) fn blocks<S: Source>(document: &S, html: &str, base: Option<&str>) -> Vec<Node> {
    let mut walk = Walk { base, left: MAX_NODES, tree: Tree::new() };
    let no = if spoiler::has_close(html) { 0 } else { MARKS };
    let whole = Shell { outer: None, id: 0, tag: "", kind: Kind::Flow, attributes: Vec::new(), no };
    walk.children(document, &whole, 0);
    walk.tree.finish()
}

impl Walk<'_> {
    pub(super) fn children<S: Source>(&mut self, node: &S, shell: &Shell<'_>, depth: usize) {
        if depth == MAX_DEPTH {
            return self.words(node, shell);
        }
        let mut next = node.first_child();
        while let Some(child) = next.filter(|_| self.spend()) {
            match child.kind() {
                Name::Text(text) => self.text(&text, shell),
                Name::Html(name) => self.element(&child, &name, shell, depth + 1),
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
    fn words<S: Source>(&mut self, node: &S, shell: &Shell<'_>) {
        let mut stack: Vec<S> = node.first_child().into_iter().collect();
        while let Some(node) = stack.pop().filter(|_| self.spend()) {
            stack.extend(node.next_sibling());
            match node.kind() {
                Name::Text(text) => self.text(&text, shell),
                Name::Html(name) if allow::find(&name).is_none_or(|(_, row)| row.kind != Kind::Dropped) => {
                    stack.extend(node.first_child());
                }
                _ => {}
            }
        }
    }

    /// Text, with the spoilers marked in it.
    pub(super) fn text(&mut self, text: &str, shell: &Shell<'_>) {
        let text = clean(text);
        let mut rest = text.as_str();
        while let Some((before, mark, after)) = spoiler::find(rest).filter(|_| shell.no & MARKS == 0) {
            self.plain(before, shell);
            rest = after;
            if !mark.starts_with("[/") {
                self.tree.cover(shell, spoiler::label(mark).into(), spoiler::has_close(after));
            } else if !self.tree.uncover(shell) {
                self.plain(mark, shell);
            }
        }
        self.plain(rest, shell);
    }

    fn plain(&mut self, text: &str, shell: &Shell<'_>) {
        let code = shell.no & BLOCK != 0 && shell.no & MARKS != 0;
        if !text.is_empty() {
            self.tree.add(shell, Some(Node::Text(text.into())), !code && text.trim().is_empty());
        }
    }

    fn element<S: Source>(&mut self, node: &S, name: &str, shell: &Shell<'_>, depth: usize) {
        let Some((tag, row)) = allow::find(name) else {
            return self.children(node, shell, depth);
        };
        let covered = covers(node, row, shell);
        let inside = matches!(row.kind, Kind::Flow | Kind::Details);
        let around = (covered && !inside).then(|| self.cover(shell));
        let shell = around.as_ref().unwrap_or(shell);
        match row.kind {
            Kind::Dropped => {}
            Kind::Image => self.image(node, row, shell),
            Kind::Frame | Kind::Player => self.frame(node, row.kind, shell, depth),
            Kind::Void => self.tree.add(shell, Some(Node::Element(element(tag, Vec::new()))), tag != "hr"),
            _ => match fit(tag, row, shell, depth) {
                Some((tag, row)) => self.keep(node, tag, row, shell, depth, covered && inside),
                None => {
                    self.end_line(row, shell);
                    self.children(node, shell, depth);
                    self.end_line(row, shell);
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
        shell: &Shell<'_>,
        depth: usize,
        covered: bool,
    ) {
        let mut attributes = self.attributes(node, row);
        let link = attributes.first().filter(|(name, _)| *name == "href");
        let rel = link.and_then(|(_, href)| self.rel(href, &node.attribute("rel").unwrap_or_default()));
        if tag == "a" && link.is_none() || attributes.is_empty() && matches!(tag, "span" | "bdo") {
            return self.children(node, shell, depth);
        }
        attributes.extend(rel);
        if covered && row.kind == Kind::Details {
            attributes.push(spoiler::class());
        }
        let kind = if row.kind == Kind::Division && !attributes.is_empty() { Kind::Flow } else { row.kind };
        let no = shell.no | row.no;
        let own = Shell { outer: Some(shell), id: self.tree.next_id(), tag, kind, attributes, no };
        if matches!(tag, "li" | "td" | "th") {
            self.tree.add(&own, None, false);
        }
        let inner = (covered && kind == Kind::Flow).then(|| self.cover(&own));
        self.children(node, inner.as_ref().unwrap_or(&own), depth);
    }

    /// What covers a spoiler.
    fn cover<'a>(&mut self, outer: &'a Shell<'a>) -> Shell<'a> {
        let attributes = vec![spoiler::class()];
        let (id, no) = (self.tree.next_id(), outer.no | COVER);
        Shell { outer: Some(outer), id, tag: "details", kind: Kind::Details, attributes, no }
    }

    /// A block that is not kept: its words do not run into the others'.
    fn end_line(&mut self, row: &Row, shell: &Shell<'_>) {
        if row.is & BLOCK != 0 && !self.tree.ends_line() {
            self.plain("\n", shell);
        }
    }

    fn attributes<S: Source>(&self, node: &S, row: &Row) -> Attributes {
        let mut attributes = Vec::new();
        for names in [row.attributes, "lang dir"] {
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
    fn image<S: Source>(&mut self, node: &S, row: &Row, shell: &Shell<'_>) {
        let mut image = element("img", self.attributes(node, row));
        let attributes = &mut image.attributes;
        if attributes.first().is_none_or(|(name, _)| *name != "src") {
            return self.text(&node.attribute("alt").unwrap_or_default(), shell);
        }
        if attributes.get(1).is_none_or(|(name, _)| *name != "alt") {
            attributes.insert(1, ("alt", String::new()));
        }
        attributes.push(("loading", "lazy".into()));
        attributes.push(("decoding", "async".into()));
        self.tree.add(shell, Some(Node::Element(image)), false);
    }
}

/// Whether the author's class says that this gives the plot away. Rows of tables and the like cannot be covered alone.
fn covers<S: Source>(node: &S, row: &Row, shell: &Shell<'_>) -> bool {
    (row.parents.is_empty() || row.kind == Kind::Flow)
        && (shell.no & COVER == 0 || row.kind == Kind::Details)
        && node.attribute("class").is_some_and(|class| spoiler::is_spoiler(&class))
}

/// What stands for an element of this row here; `None`: its children alone.
fn fit(
    tag: &'static str,
    row: &'static Row,
    shell: &Shell<'_>,
    depth: usize,
) -> Option<(&'static str, &'static Row)> {
    // The cells of a table must find room too, or their text would end outside of them.
    let too_deep = row.is & TABLE != 0 && depth + 4 > MAX_DEPTH;
    if row.is & shell.no != 0 || too_deep {
        return None;
    }
    let orphan = !row.parents.is_empty() && !has_token(row.parents, shell.tag);
    if !orphan && row.kind != Kind::Division {
        return Some((tag, row));
    }
    // `<ul><div><li>`: the item is still the list's.
    (row.is & BLOCK != 0 && shell.kind != Kind::Items).then_some(("div", &allow::DIV))
}

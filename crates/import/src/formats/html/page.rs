//! A page as a tree, and queries on it.
//!
//! The tree is `markup5ever_rcdom`, of the html5ever project, which is dropped without recursion. Walking it uses an
//! explicit stack.

use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom, SerializableHandle};
use review_card::rich_text::url::{Use, resolve};

use crate::address::absolute;

pub(super) struct Page {
    document: Handle,
}

impl Page {
    pub(super) fn parse(html: &str) -> Self {
        let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
        let options = ParseOpts { tree_builder, ..ParseOpts::default() };
        let dom = parse_document(RcDom::default(), options).one(review_card::rich_text::bearable(html));
        Self { document: dom.document }
    }

    pub(super) fn document(&self) -> &Handle {
        &self.document
    }

    /// Returns the base URL that the page declares, if any: its first `<base>`, which may be relative to the page's own
    /// address, or else that address.
    pub(super) fn base(&self) -> Option<String> {
        let (mut base, mut own) = (None, None);
        for node in all(&self.document) {
            match name(&node) {
                "base" => base = base.or_else(|| attribute(&node, "href")),
                "link" if is_canonical(&node) => own = own.or_else(|| absolute(&attribute(&node, "href")?)),
                "meta" if attribute(&node, "property").as_deref() == Some("og:url") => {
                    own = own.or_else(|| absolute(&attribute(&node, "content")?));
                }
                _ => {}
            }
        }
        let base = base.and_then(|base| match &own {
            Some(own) => resolve(&base, Some(own), Use::Link),
            None => absolute(&base),
        });
        base.or(own)
    }

    /// Returns the page's blocks of JSON-LD.
    pub(super) fn json_ld(&self) -> Vec<String> {
        let is_json_ld = |node: &Handle| {
            let kind = attribute(node, "type").unwrap_or_default();
            name(node) == "script"
                && kind
                    .split(';')
                    .next()
                    .unwrap_or_default()
                    .trim()
                    .eq_ignore_ascii_case("application/ld+json")
        };
        all(&self.document).into_iter().filter(is_json_ld).map(|node| text(&node)).collect()
    }
}

fn is_canonical(link: &Handle) -> bool {
    let rel = attribute(link, "rel").unwrap_or_default();
    rel.split_ascii_whitespace().any(|kind| kind.eq_ignore_ascii_case("canonical"))
}

/// Returns a node and its descendants, in document order.
pub(super) fn all(node: &Handle) -> Vec<Handle> {
    let mut found = Vec::new();
    let mut stack = vec![node.clone()];
    while let Some(node) = stack.pop() {
        stack.extend(node.children.borrow().iter().rev().cloned());
        found.push(node);
    }
    found
}

/// Returns the name of an element; empty for other nodes.
pub(super) fn name(node: &Handle) -> &str {
    match &node.data {
        NodeData::Element { name, .. } => &name.local,
        _ => "",
    }
}

pub(super) fn attribute(node: &Handle, key: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    let attributes = attrs.borrow();
    attributes
        .iter()
        .find(|attribute| &*attribute.name.local == key)
        .map(|attribute| attribute.value.to_string())
}

/// Returns the text of a node.
pub(super) fn text(node: &Handle) -> String {
    let mut text = String::new();
    for node in all(node) {
        if let NodeData::Text { contents } = &node.data {
            text.push_str(&contents.borrow());
        }
    }
    text
}

/// Returns the inner HTML of a node.
pub(super) fn inner_html(node: &Handle) -> String {
    let mut html = Vec::new();
    // Writing to memory does not fail.
    let _ = html5ever::serialize(
        &mut html,
        &SerializableHandle::from(node.clone()),
        html5ever::serialize::SerializeOpts::default(),
    );
    String::from_utf8_lossy(&html).into_owned()
}

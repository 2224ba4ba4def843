//! The safe tree of [`rich_text`](crate::rich_text) to [`Html`].
//!
//! Nothing is decided here: tags and attributes are those of the allow-list, as static strings. Headings move under
//! the card's own level, and covered words get the word for it.

use yew::prelude::*;
use yew::virtual_dom::VTag;

use super::{Setting, body};
use crate::rich_text::{Element, Node};

pub(super) fn nodes(nodes: &[Node], setting: &Setting) -> Html {
    nodes.iter().map(|node| self::node(node, setting)).collect()
}

fn node(node: &Node, setting: &Setting) -> Html {
    match node {
        Node::Text(text) => text.clone().into(),
        Node::Element(element) => self::element(element, setting),
    }
}

fn element(element: &Element, setting: &Setting) -> Html {
    let mut tag = VTag::new(match element.tag {
        "h1" | "h2" => setting.level.below(1).tag(),
        "h3" => setting.level.below(2).tag(),
        "h4" => setting.level.below(3).tag(),
        "h5" | "h6" => setting.level.below(4).tag(),
        other => other,
    });
    for (name, value) in &element.attributes {
        tag.add_attribute(name, value.clone());
    }
    if matches!(element.tag, "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "blockquote") {
        tag.add_attribute("dir", "auto");
    }
    if element.tag == "summary" && element.children.is_empty() {
        tag.add_child(setting.words.spoiler.into());
    } else {
        tag.add_child(nodes(&element.children, setting));
    }
    tag.into()
}

/// Words in a tree.
pub(super) fn words(nodes: &[Node]) -> usize {
    nodes
        .iter()
        .map(|node| match node {
            Node::Text(text) => body::count(text),
            Node::Element(element) => words(&element.children),
        })
        .sum()
}

//! Renders the safe tree of [`rich_text`](crate::rich_text) as [`Html`].
//!
//! Tags and attributes are already checked: they are static strings of the allow-list. Headings are moved below the
//! level of the card's title, and spoilers without a label get one.

use yew::prelude::*;

use super::tag::{Attribute, bare, text};
use super::{CardContext, Surface, body};
use crate::rich_text::{Element, Node};

pub(super) fn nodes(nodes: &[Node], context: &CardContext<impl Surface>) -> Vec<Html> {
    let node = |node: &Node| match node {
        Node::Text(words) => text(words.clone()),
        Node::Element(element) => self::element(element, context),
    };
    nodes.iter().map(node).collect()
}

fn element(element: &Element, context: &CardContext<impl Surface>) -> Html {
    let heading = |levels| context.level.below(levels).tag();
    let name = match element.tag {
        "h1" | "h2" => heading(1),
        "h3" => heading(2),
        "h4" => heading(3),
        "h5" | "h6" => heading(4),
        other => other,
    };
    let mut tag = bare(name);
    if matches!(element.tag, "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "div" | "td" | "th") {
        tag = tag.attr(Attribute::Dir, "auto");
    }
    for (name, value) in &element.attributes {
        tag = tag.listed_attr(name, value.clone());
    }
    if element.tag == "summary" && element.children.is_empty() {
        tag = tag.lang(context.strings_lang).text(context.strings.spoiler);
    }
    tag.children(nodes(&element.children, context)).into()
}

/// Returns the number of words in a tree.
pub(super) fn words(nodes: &[Node]) -> usize {
    let count = |node: &Node| match node {
        Node::Text(text) => body::count(text),
        Node::Element(element) => words(&element.children),
    };
    nodes.iter().map(count).sum()
}

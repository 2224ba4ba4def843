//! Prints the safe tree as HTML, for documents that pass it on. Pages do not need it: they create elements.
//!
//! The attack: text that becomes markup in the printed HTML. The defence: element and attribute names are from the
//! allow-list, and text and values are escaped. Parsing the result gives the same tree again (a property in
//! `tests/rich_text.rs`).

use super::allow::{Kind, find};
use super::{Element, Node};

/// Writes a tree as HTML.
///
/// ```
/// use review_card::rich_text::{parse, to_html};
/// assert_eq!(to_html(&parse("<p>1 < 2<script>evil()</script>", None)), "<p>1 &lt; 2</p>");
/// ```
pub fn to_html(nodes: &[Node]) -> String {
    let mut html = String::new();
    write(nodes, &mut html);
    html
}

fn write(nodes: &[Node], html: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => escape(text, html),
            Node::Element(element) => write_element(element, html),
        }
    }
}

fn write_element(element: &Element, html: &mut String) {
    html.extend(["<", element.tag]);
    for (name, value) in &element.attributes {
        html.extend([" ", name, "=\""]);
        escape(value, html);
        html.push('"');
    }
    html.push('>');
    write(&element.children, html);
    if !find(element.tag).is_some_and(|(_, row)| matches!(row.kind, Kind::Void | Kind::Image)) {
        html.extend(["</", element.tag, ">"]);
    }
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '&' => html.push_str("&amp;"),
            '"' => html.push_str("&quot;"),
            '\u{a0}' => html.push_str("&nbsp;"),
            c => html.push(c),
        }
    }
}

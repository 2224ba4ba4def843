//! Converts the safe tree to JSON and back, to pass it from the module that parses HTML to the module that shows cards.
//!
//! The JSON is one flat list, so that deep nesting cannot overflow a JSON parser. A string is a text. A list is the
//! start of an element: its name, then the names and values of its attributes. `null` is the end of an element. The
//! list is checked against the allow-list again when it is read, so that no other element or attribute can get in.

use super::{allow, push};
use crate::json::Json;
use crate::model::{Element, Node};

/// Writes a tree.
pub fn to_json(nodes: &[Node]) -> Json {
    let mut tokens = Vec::new();
    write(nodes, &mut tokens);
    Json::List(tokens)
}

fn write(nodes: &[Node], tokens: &mut Vec<Json>) {
    for node in nodes {
        match node {
            Node::Text(text) => tokens.push(text.as_str().into()),
            Node::Element(element) => {
                let attributes = element.attributes.iter().flat_map(|(name, value)| [*name, value.as_str()]);
                tokens.push(Json::List(
                    std::iter::once(element.tag).chain(attributes).map(Json::from).collect(),
                ));
                write(&element.children, tokens);
                tokens.push(Json::Null);
            }
        }
    }
}

/// Reads a tree that [`to_json`] wrote. Anything that [`to_json`] would not write is left out.
pub fn from_json(json: &Json) -> Vec<Node> {
    let Json::List(tokens) = json else { return Vec::new() };
    let mut open: Vec<Option<Element>> = Vec::new();
    let mut nodes = Vec::new();
    for token in tokens {
        match token {
            Json::Text(text) => put(&mut open, &mut nodes, Node::Text(text.clone())),
            Json::List(parts) => open.push(element(parts)),
            _ => {
                if let Some(Some(element)) = open.pop() {
                    put(&mut open, &mut nodes, Node::Element(element));
                }
            }
        }
    }
    nodes
}

/// Adds a node to the innermost element that is kept, or to the top-level list.
fn put(open: &mut [Option<Element>], nodes: &mut Vec<Node>, node: Node) {
    let parent = open.iter_mut().rev().flatten().next();
    push(parent.map_or(nodes, |parent| &mut parent.children), node);
}

fn element(parts: &[Json]) -> Option<Element> {
    let [tag, attributes @ ..] = parts else { return None };
    let tag = allow::tag(tag.as_text()?)?;
    let attribute = |pair: &[Json]| match pair {
        [name, value] => Some((allow::attribute(name.as_text()?)?, value.as_text()?.to_owned())),
        _ => None,
    };
    Some(Element {
        tag,
        attributes: attributes.chunks(2).filter_map(attribute).collect(),
        children: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::{from_json, to_json};
    use crate::json;
    use crate::rich_text::parse;

    #[test]
    fn a_tree_comes_back_as_it_went() {
        let html = "<p>One <a href='/x' rel=nofollow>two <em>three</em></a></p><ul><li>four</ul><img src=a.png alt=A width=3>
            <p class=spoiler>five</p><details><summary>six</summary>seven</details><time datetime=2020-01-01>eight</time>";
        let nodes = parse(html, Some("https://blog.example/"));
        let text = to_json(&nodes).to_string();
        assert_eq!(from_json(&json::parse(text.as_bytes()).unwrap()), nodes, "{text}");
        assert!(nodes.len() > 4);
    }

    #[test]
    fn what_is_not_on_the_list_is_left_out() {
        let forged = r#"[["script"],"a",null,["p","onclick","x","id","y"],"b",null,null,["img","src"]]"#;
        let text = to_json(&from_json(&json::parse(forged.as_bytes()).unwrap())).to_string();
        assert_eq!(text, r#"["a",["p"],"b",null]"#);
    }
}

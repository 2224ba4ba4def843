//! Safe content: the result of parsing an author's HTML with [`crate::rich_text`]. It contains text and attribute
//! values, never markup.

/// A node of the safe tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Plain characters, not markup.
    Text(String),
    /// An element of the allow-list.
    Element(Element),
}

/// An element of the allow-list, with attributes of the allow-list.
///
/// The first child of a `details` is always a `summary`. It is the author's own, or it has no children and the view
/// fills in a label in the language of the page. If the author marked a spoiler, the `details` has the class `spoiler`,
/// the only class that is ever set.
///
/// ```
/// use review_card::model::{Element, Node};
///
/// let link = Node::Element(Element { tag: "a", attributes: vec![("href", "/see".into())], children: vec![Node::Text("See".into())] });
/// assert_eq!(review_card::rich_text::to_html(&[link]), r#"<a href="/see">See</a>"#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// The tag name in lower case.
    pub tag: &'static str,
    /// Names and checked values, in a fixed order. No name occurs twice.
    pub attributes: Vec<(&'static str, String)>,
    /// The children in document order. Text nodes are never adjacent and never empty.
    pub children: Vec<Node>,
}

//! Safe content: what [`crate::rich_text`] makes of an author's HTML. It holds text and attribute values, never markup.

/// A piece of safe content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Characters, not markup.
    Text(String),
    /// An element on the list.
    Element(Element),
}

/// An element on the list, with attributes on the list.
///
/// The first child of a `details` is always a `summary`: the author's, or one without children, for the view to fill in a word in the
/// reader's language. Where the author marked a spoiler, the `details` has the one class there is, `spoiler`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// The name in lower case.
    pub tag: &'static str,
    /// Names and checked values, in a fixed order; each name once.
    pub attributes: Vec<(&'static str, String)>,
    /// In document order; two texts never stand side by side, and none is empty.
    pub children: Vec<Node>,
}

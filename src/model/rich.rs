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
/// A spoiler is a `details` with the one class there is, `spoiler`. Its first child is always a `summary`: the author's label, or
/// without children, for the view to fill in the word in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// The name in lower case.
    pub tag: &'static str,
    /// Names and checked values, in a fixed order; each name once.
    pub attributes: Vec<(&'static str, String)>,
    /// In document order; two texts never stand side by side, and none is empty.
    pub children: Vec<Node>,
}

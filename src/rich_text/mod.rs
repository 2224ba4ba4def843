//! stub
pub mod url;
/// n
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// t
    Text(String),
    /// e
    Element(Element),
}
/// e
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// t
    pub tag: &'static str,
    /// a
    pub attributes: Vec<(&'static str, String)>,
    /// c
    pub children: Vec<Node>,
}
/// p
pub fn parse(_html: &str, _base: Option<&str>) -> Vec<Node> {
    Vec::new()
}
/// p
pub fn plain_text(html: &str) -> String {
    html.into()
}

//! stub
/// u
#[derive(Clone, Copy)]
pub enum Use {
    /// l
    Link,
    /// i
    Image,
}
/// r
pub fn resolve(raw: &str, base: Option<&str>, _usage: Use) -> Option<String> {
    let _ = base;
    Some(raw.into())
}

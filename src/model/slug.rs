//! Makes an id for a review that has none.

/// Returns an id made from a title: lower-case ASCII letters and digits, letters of other scripts unchanged, and a
/// single hyphen in place of anything else.
///
/// ```
/// assert_eq!(review_card::model::slug("What's Up, Doc? (1972)"), "whats-up-doc-1972");
/// ```
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.chars() {
        if c.is_ascii_alphanumeric() || (!c.is_ascii() && !c.is_whitespace() && !is_punctuation(c)) {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') && c != '\'' && c != '’' {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() { "review".into() } else { slug }
}

/// Returns whether the character is general punctuation, a Latin-1 sign or CJK punctuation.
fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{303F}')
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn slugs() {
        assert_eq!(slug("Rust And Bone – Review!"), "rust-and-bone-review");
        assert_eq!(slug("It’s a Wonderful Life"), "its-a-wonderful-life");
        assert_eq!(slug("Amélie (2001)"), "amélie-2001");
        assert_eq!(slug("千と千尋の神隠し"), "千と千尋の神隠し");
        assert_eq!(slug("…"), "review");
    }
}

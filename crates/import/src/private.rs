//! What is never imported, whoever asks for it: private notes, passwords, e-mail and IP addresses.
//!
//! Importers leave out the fields that have them. Here stands what is left: a column that the caller names by hand, and
//! addresses that people write where their names belong. Not supported: addresses within a review's own words, which
//! its author has published.

use review_card::Review;
use review_card::model::slug;

use crate::table::normal;

/// Strings in the names of columns and custom fields that have something private.
const WORDS: [&str; 6] = ["private note", "email", "e mail", "password", "author ip", "ip address"];

/// Whether a column, custom field or key of front matter of this name is never imported.
pub(crate) fn is_private(name: &str) -> bool {
    let name = normal(name);
    WORDS.iter().any(|word| name.contains(word))
}

/// Takes addresses out of the names of people, out of their links, and out of the review's own.
pub(crate) fn clean(review: &mut Review) {
    for person in &mut review.authors {
        if person.name.contains('@') {
            person.name = without_address(&person.name);
        }
        person.url = person.url.take().filter(|url| !url.starts_with("mailto:"));
    }
    review.url = review.url.take().filter(|url| !url.starts_with("mailto:"));
    if review.id.starts_with("mailto:") {
        review.id = slug(&review.title);
    }
    review.authors.retain(|person| !person.name.is_empty());
}

/// The name without addresses: `Jo Vega <jo@blog.example>` is `Jo Vega`.
pub(crate) fn without_address(name: &str) -> String {
    let words = name.split_whitespace().filter(|word| !is_address(word));
    let name = words.collect::<Vec<_>>().join(" ");
    name.strip_prefix('(').and_then(|name| name.strip_suffix(')')).map_or_else(|| name.clone(), Into::into)
}

/// Whether a word is an e-mail address, in brackets or not. `@jo` and `@jo@social.example` are names of accounts.
fn is_address(word: &str) -> bool {
    let word = word.strip_prefix("mailto:").unwrap_or(word);
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
    let mut parts = word.split('@');
    matches!((parts.next(), parts.next(), parts.next()), (Some(user), Some(host), None) if !user.is_empty() && host.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::{is_private, without_address};

    #[test]
    fn names_are_not_addresses() {
        for (name, expected) in [
            ("Jo Vega", "Jo Vega"),
            ("Jo Vega <jo@blog.example>", "Jo Vega"),
            ("jo@blog.example (Jo Vega)", "Jo Vega"),
            ("jo@blog.example", ""),
            ("(jo@blog.example)", ""),
            ("mailto:jo@blog.example", ""),
            ("@jo", "@jo"),
            ("@jo@social.example", "@jo@social.example"),
            ("Jo @ Home", "Jo @ Home"),
        ] {
            assert_eq!(without_address(name), expected, "{name}");
        }
    }

    #[test]
    fn columns_that_are_never_imported() {
        for name in [
            "Private Notes",
            "private_notes",
            "Email Address",
            "E-Mail",
            "post_password",
            "wp:comment_author_IP",
        ] {
            assert!(is_private(name), "{name}");
        }
        for name in ["Notes", "My Review", "Recipe", "Tipp", "_private"] {
            assert!(!is_private(name), "{name}");
        }
    }
}

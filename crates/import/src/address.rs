//! Makes the relative addresses in a review's HTML absolute. What is imported is shown on another page than the one
//! that it was written for, where a relative address would lead elsewhere.

use review_card::Review;
use review_card::model::{Body, Node};
use review_card::rich_text::url::{Use, resolve};
use review_card::rich_text::{parse, to_html};

/// Two addresses without a meaning: what is absolute is the same with both.
const ANYWHERE: [&str; 2] = ["https://a.invalid/a", "https://b.invalid/b"];

/// Returns an address of the web that is absolute.
pub(crate) fn absolute(address: &str) -> Option<String> {
    let [one, other] = ANYWHERE.map(|base| resolve(address, Some(base), Use::Link));
    one.filter(|one| one.starts_with("http") && other.as_ref() == Some(one))
}

/// Resolves the relative addresses in the review's HTML against the base with which it was read. HTML without any stays
/// as written; other HTML becomes what a card shows of it.
pub(crate) fn complete(review: &mut Review) {
    let Body::Html { html, base } = &mut review.body else { return };
    let Some(base) = base.take() else { return };
    if !["href", "src", "cite"].iter().any(|name| html.contains(name)) {
        return;
    }
    if parse(html, None).iter().any(has_relative) {
        *html = to_html(&parse(html, Some(&base)));
    }
}

fn has_relative(node: &Node) -> bool {
    let Node::Element(element) = node else { return false };
    let is_relative = |(name, value): &(&str, String)| {
        let [one, other] = ANYWHERE.map(|base| resolve(value, Some(base), Use::Image));
        let [link, other_link] = ANYWHERE.map(|base| resolve(value, Some(base), Use::Link));
        matches!(*name, "href" | "src" | "cite") && (one != other || link != other_link)
    };
    element.attributes.iter().any(is_relative) || element.children.iter().any(has_relative)
}

#[cfg(test)]
mod tests {
    use super::{absolute, complete};
    use review_card::Review;
    use review_card::model::Body;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let body = Body::Html { html: html.into(), base: Some("https://blog.example/2024/post/".into()) };
        let mut review = Review { body, ..Review::default() };
        complete(&mut review);
        assert_eq!(review.body, Body::Html { html: expected.into(), base: None });
    }

    #[test]
    fn addresses_in_html() {
        check("<p class=x>No address.", "<p class=x>No address.");
        check("<p class=x><a href='https://a.example'>a</a>", "<p class=x><a href='https://a.example'>a</a>");
        check("<p><a href='mailto:a@b.example'>a</a>", "<p><a href='mailto:a@b.example'>a</a>");
        check("<p class=x><a href='/b?c'>b</a>", "<p><a href=\"https://blog.example/b?c\">b</a></p>");
        check("<p><a href='../c'>c</a>", "<p><a href=\"https://blog.example/2024/c\">c</a></p>");
        // A card shows no link to a place within another page.
        check("<p><a href='#note'>1</a>", "<p><a href='#note'>1</a>");
        check(
            "<blockquote cite='q'><p>q</p></blockquote>",
            "<blockquote cite=\"https://blog.example/2024/post/q\"><p>q</p></blockquote>",
        );
    }

    #[test]
    fn addresses_that_are_absolute() {
        for (address, expected) in [
            ("https://a.example/b", Some("https://a.example/b")),
            ("//a.example/b", Some("https://a.example/b")),
            ("/b", None),
            ("b", None),
            ("", None),
            ("mailto:a@b.example", None),
            ("javascript:x", None),
        ] {
            assert_eq!(absolute(address).as_deref(), expected, "{address}");
        }
    }
}

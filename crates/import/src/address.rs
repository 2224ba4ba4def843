//! Makes the relative addresses of a review absolute. What is imported is shown on another page than the one that it
//! was written for, where a relative address would lead elsewhere.
//!
//! 1. An importer finds the address of the page that the text was written for, or else that of its site; `--base` names
//!    it where the input does not.
//! 2. The reader of all JSON resolves the keys of a review against it, and [`complete`] the addresses in its HTML.
//! 3. Without it, addresses stay as they are, and the report has their number.

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

/// Returns the absolute address of a page; `link` may be relative to the site's.
pub(crate) fn page(link: &str, site: Option<&str>) -> Option<String> {
    absolute(&resolve(link, site, Use::Link)?)
}

/// Resolves the relative addresses in the review's HTML against `base`. HTML without any stays as written; other HTML
/// becomes what a card shows of it. Returns the number of addresses of the review that are still relative.
pub(crate) fn complete(review: &mut Review, base: Option<&str>) -> u64 {
    let mut left = 0;
    if let Body::Html { html, base: read_with } = &mut review.body {
        *read_with = None;
        left += in_html(html, base);
    }
    for entry in &mut review.history {
        left += entry.note_html.as_mut().map_or(0, |html| in_html(html, base));
    }
    let work = review
        .work
        .iter()
        .flat_map(|work| [work.url.as_deref(), work.image.as_ref().map(|image| image.src.as_str())]);
    let people = review.authors.iter().map(|person| person.url.as_deref());
    let own = [review.url.as_deref(), review.image.as_ref().map(|image| image.src.as_str())];
    let addresses = work.chain(people).chain(own).flatten();
    left + addresses.map(|address| u64::from(is_relative(address))).sum::<u64>()
}

/// Resolves the addresses in HTML; returns how many stay relative.
fn in_html(html: &mut String, base: Option<&str>) -> u64 {
    if !["href", "src", "cite"].iter().any(|name| html.contains(name)) {
        return 0;
    }
    let relative = parse(html, None).iter().map(relative_in).sum();
    match base {
        Some(base) if relative > 0 => {
            *html = to_html(&parse(html, Some(base)));
            0
        }
        _ => relative,
    }
}

fn relative_in(node: &Node) -> u64 {
    let Node::Element(element) = node else { return 0 };
    let is_address = |name: &str| matches!(name, "href" | "src" | "cite");
    let own = element.attributes.iter().filter(|(name, value)| is_address(name) && is_relative(value));
    own.count() as u64 + element.children.iter().map(relative_in).sum::<u64>()
}

fn is_relative(address: &str) -> bool {
    [Use::Image, Use::Link].into_iter().any(|usage| {
        let [one, other] = ANYWHERE.map(|base| resolve(address, Some(base), usage));
        one != other
    })
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
        assert_eq!(complete(&mut review, Some("https://blog.example/2024/post/")), 0);
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
    fn addresses_whose_base_is_unknown_are_counted() {
        let html =
            "<p><a href='/a'>a</a><a href='https://a.example'>b</a><a href='#c'>c</a><img src='d.jpg' alt=d>";
        let read = |json: &str| {
            let (collection, problems) = review_card::read(json.as_bytes(), None).unwrap();
            assert_eq!(problems, []);
            std::rc::Rc::unwrap_or_clone(collection.reviews[0].clone())
        };
        let mut review = read(&format!(
            r#"{{"title": "A", "url": "a/", "bodyHtml": "{html}", "image": "/a.jpg",
                "work": {{"name": "A", "url": "https://a.example/"}}, "history": [{{"date": "2020", "note": "a", "noteHtml": "<a href=x>a</a>"}}, {{"date": "2021", "rating": 4}}]}}"#
        ));
        let before = review.clone();
        assert_eq!(complete(&mut review, None), 5);
        assert_eq!(review, before);
        assert_eq!(
            complete(&mut review, Some("https://blog.example/b/")),
            2,
            "the keys are the reader's part"
        );
        assert_eq!(
            review.history[0].note_html.as_deref(),
            Some("<p><a href=\"https://blog.example/b/x\">a</a></p>")
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

//! Writes the reviews of a page as a [schema.org ItemList](https://schema.org/ItemList) for search engines: position,
//! title and address. Everything else is on each review's own page.

use super::{Object, number};
use crate::json::Json;
use crate::model::{Decimal, Review};

/// Returns the list as a JSON-LD document. `first` is the position of its first review among all reviews, from 1.
///
/// ```
/// let (collection, _) = review_card::read(br#"[{ "title": "Alien", "url": "/alien" }]"#, None)?;
/// let reviews = collection.reviews.iter().map(|review| &**review);
/// let json_ld = review_card::write::item_list(Some("All films"), None, 1, reviews).to_text();
/// assert!(json_ld.contains(r#""@type":"ItemList""#), "{json_ld}");
/// # Ok::<(), review_card::ReadError>(())
/// ```
pub fn item_list<'a>(
    name: Option<&str>,
    url: Option<&str>,
    first: i32,
    reviews: impl IntoIterator<Item = &'a Review>,
) -> Json {
    let mut out = Object::new();
    out.text("@context", Some("https://schema.org"));
    out.text("@type", Some("ItemList"));
    out.text("name", name);
    out.text("url", url);
    let item = |(position, review): (i32, &Review)| {
        let mut item = Object::of_type("ListItem");
        item.put("position", number(Decimal::whole(position)));
        item.text("name", Some(&review.title));
        item.text("url", review.url.as_ref());
        item.into()
    };
    out.list("itemListElement", (first..).zip(reviews).map(item).collect());
    out.into()
}

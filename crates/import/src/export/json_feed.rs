//! JSON Feed 1.1, with each whole review in `_review`. Any feed reader can show the feed.

use review_card::Collection;
use serde_json::{Map, Value, json};

use super::{body_html, plain};

/// Returns the collection as a feed.
pub fn json_feed(collection: &Collection) -> String {
    let items: Vec<_> = collection.reviews.iter().map(|review| item(plain(review))).collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": collection.title.as_deref().unwrap_or("Reviews"),
        "items": items,
    });
    format!("{feed:#}\n")
}

fn item(mut review: Map<String, Value>) -> Value {
    let mut item = Map::new();
    for (key, of_review) in
        [("id", "id"), ("url", "url"), ("title", "title"), ("summary", "verdict"), ("language", "lang")]
    {
        item.extend(review.get(of_review).map(|value| (key.to_owned(), value.clone())));
    }
    item.insert("content_html".into(), body_html(&review).unwrap_or_default().into());
    let image = review.get("image").and_then(|image| image.get("src"));
    item.extend(image.map(|src| ("image".to_owned(), src.clone())));
    for (key, of_review) in [("date_published", "published"), ("date_modified", "updated")] {
        let date = review.get(of_review).and_then(Value::as_str).and_then(date_time);
        item.extend(date.map(|date| (key.to_owned(), date.into())));
    }
    item.extend(review.get("tags").map(|tags| ("tags".to_owned(), tags.clone())));
    if let Some(authors) = review.get("author").and_then(Value::as_array) {
        let authors =
            authors.iter().map(|author| json!({ "name": author.get("name"), "url": author.get("url") }));
        item.insert("authors".into(), authors.map(without_null).collect());
    }
    // When the feed is imported again, the HTML is taken from the item.
    review.remove("bodyHtml");
    item.insert("_review".into(), Value::Object(review));
    Value::Object(item)
}

/// Converts a date to RFC 3339, which JSON Feed requires: a day without a time becomes midnight in UTC.
fn date_time(date: &str) -> Option<String> {
    let day = crate::date::day(date)?;
    if date.len() == day.len() {
        return Some(format!("{day}T00:00:00Z"));
    }
    let has_zone = date.ends_with('Z') || date.get(11..).is_some_and(|time| time.contains(['+', '-']));
    Some(if has_zone { date.into() } else { format!("{date}Z") })
}

fn without_null(mut value: Value) -> Value {
    if let Value::Object(members) = &mut value {
        members.retain(|_, value| !value.is_null());
    }
    value
}

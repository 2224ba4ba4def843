//! Detects which of the five formats a document has.

use super::at_protocol::is_record;
use crate::json::Json;

/// The format of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// The plain format of this project.
    Plain,
    /// schema.org in JSON-LD.
    JsonLd,
    /// JSON Feed.
    JsonFeed,
    /// The WordPress REST API.
    WordPress,
    /// AT Protocol records.
    AtProtocol,
    /// Perhaps that of a known service ([`super::service`]); else it is ours.
    Doubtful,
}

impl Shape {
    /// Returns the format of an object, or of the first item of an array that is not in the plain format.
    pub(super) fn of(document: &Json) -> Self {
        let documents = match document {
            Json::List(items) => items,
            one => std::slice::from_ref(one),
        };
        documents.iter().map(Self::of_object).find(|shape| *shape != Shape::Plain).unwrap_or(Shape::Plain)
    }

    /// Decides by the first member that only one format has.
    fn of_object(value: &Json) -> Self {
        let Json::Object(members) = value else { return Shape::Plain };
        let (mut bare, mut is_doubtful) = (0, false);
        for (key, value) in members {
            match key.as_str() {
                "reviews" => {
                    let first = if let Json::List(items) = value { items.first() } else { Some(value) };
                    let is_linked =
                        is_linked(members) || matches!(first, Some(Json::Object(of)) if is_linked(of));
                    return if is_linked { Shape::JsonLd } else { Shape::Plain };
                }
                "items" if matches!(value, Json::List(_)) => return Shape::JsonFeed,
                "records" if matches!(value, Json::List(of) if of.first().is_none_or(is_record)) => {
                    return Shape::AtProtocol;
                }
                "value" if value.get("$type").is_some() => return Shape::AtProtocol,
                "title" | "content" | "excerpt" if value.get("rendered").is_some() => {
                    return Shape::WordPress;
                }
                "rest_base" => return Shape::WordPress,
                // A post requested with few fields has both keys and no title. With a title, they are unknown keys of
                // the plain format.
                "link" | "slug" => bare += 1,
                "title" => bare -= 2,
                _ if is_keyword(key) => return Shape::JsonLd,
                "pubDate" | "isoDate" | "html" | "rated_at" | "post_date" => is_doubtful = true,
                _ => {}
            }
        }
        match bare {
            2 => Shape::WordPress,
            _ if is_doubtful => Shape::Doubtful,
            _ => Shape::Plain,
        }
    }
}

/// Returns whether the key is a JSON-LD keyword such as `@type`. No other format has them.
fn is_keyword(key: &str) -> bool {
    key.starts_with('@')
}

fn is_linked(members: &[(String, Json)]) -> bool {
    members.iter().any(|(key, _)| is_keyword(key))
}

#[cfg(test)]
mod tests {
    use super::Shape;
    use crate::json::parse;

    #[track_caller]
    fn check(json: &str, expected: Shape) {
        assert_eq!(Shape::of(&parse(json.as_bytes()).unwrap()), expected, "{json}");
    }

    #[test]
    fn shapes() {
        check(r#"{ "title": "A" }"#, Shape::Plain);
        check(r#"{ "title": "A", "reviews": [], "items": [] }"#, Shape::Plain);
        check(r#"[{ "title": "A", "link": "/a", "pubDate": "soon" }]"#, Shape::Doubtful);
        check(r#"[{ "title": "A", "html": "<p>a" }, { "@type": "Review" }]"#, Shape::Doubtful);
        check("[]", Shape::Plain);
        check("[[{}], 1, null]", Shape::Plain);
        check("{}", Shape::Plain);
        check(r#"{ "@type": "Review" }"#, Shape::JsonLd);
        check(r#"{ "@graph": [] }"#, Shape::JsonLd);
        check(r#"{ "name": "A", "reviews": [{ "title": "B" }], "@type": "Product" }"#, Shape::JsonLd);
        check(r#"{ "reviews": [{ "@type": "Review", "name": "B" }] }"#, Shape::JsonLd);
        check(r#"[{}, { "@context": "https://schema.org" }]"#, Shape::JsonLd);
        check(r#"{ "version": "https://jsonfeed.org/version/1", "items": [] }"#, Shape::JsonFeed);
        check(r#"{ "title": { "rendered": "A" } }"#, Shape::WordPress);
        check(r#"[{ "id": 1, "content": { "rendered": "A" } }]"#, Shape::WordPress);
        check(r#"{ "link": "/a", "slug": "a", "title": "A" }"#, Shape::Plain);
        check(r#"[{ "id": 1, "slug": "a", "link": "/a" }]"#, Shape::WordPress);
        check(r#"{ "records": [{ "uri": "at://a", "value": { "$type": "a.b.c" } }] }"#, Shape::AtProtocol);
        check(r#"{ "records": [], "cursor": "a" }"#, Shape::AtProtocol);
        check(r#"[{ "uri": "at://a", "value": { "$type": "a.b.c" } }]"#, Shape::AtProtocol);
        check(r#"{ "title": "A", "records": ["First", "Second"], "value": { "price": 4 } }"#, Shape::Plain);
        check(r#"{ "name": "Posts", "slug": "post", "rest_base": "posts" }"#, Shape::WordPress);
    }
}

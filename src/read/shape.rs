//! Which of the four shapes a document has, told by its content.

use crate::json::Json;

/// What a document is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Ours.
    Plain,
    /// schema.org.
    JsonLd,
    /// A feed.
    JsonFeed,
    /// An answer of WordPress.
    WordPress,
}

impl Shape {
    /// The shape of an object, or of the first item of an array that is in another shape than ours.
    pub(super) fn of(document: &Json) -> Self {
        match document {
            Json::List(items) => {
                items.iter().map(Self::of_object).find(|shape| *shape != Shape::Plain).unwrap_or(Shape::Plain)
            }
            _ => Self::of_object(document),
        }
    }

    fn of_object(value: &Json) -> Self {
        let Json::Object(members) = value else { return Shape::Plain };
        let has = |key| value.get(key).is_some();
        if members.iter().any(|(key, _)| key.starts_with('@')) {
            Shape::JsonLd
        } else if has("reviews") {
            Shape::Plain
        } else if matches!(value.get("items"), Some(Json::List(_))) {
            Shape::JsonFeed
        } else if ["title", "content", "excerpt"].iter().any(|key| rendered(value, key))
            || has("slug") && has("link")
        {
            Shape::WordPress
        } else {
            Shape::Plain
        }
    }
}

fn rendered(post: &Json, key: &str) -> bool {
    post.get(key).is_some_and(|text| text.get("rendered").is_some())
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
        check("[]", Shape::Plain);
        check("[[{}], 1, null]", Shape::Plain);
        check("{}", Shape::Plain);
        check(r#"{ "@type": "Review" }"#, Shape::JsonLd);
        check(r#"{ "@graph": [] }"#, Shape::JsonLd);
        check(r#"[{}, { "@context": "https://schema.org" }]"#, Shape::JsonLd);
        check(r#"{ "version": "https://jsonfeed.org/version/1", "items": [] }"#, Shape::JsonFeed);
        check(r#"{ "title": { "rendered": "A" } }"#, Shape::WordPress);
        check(r#"[{ "id": 1, "content": { "rendered": "A" } }]"#, Shape::WordPress);
        check(r#"[{ "id": 1, "slug": "a", "link": "/a" }]"#, Shape::WordPress);
    }
}

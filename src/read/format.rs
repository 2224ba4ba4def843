//! Detects which of the five formats a document has.

use super::at_protocol::is_record;
use crate::json::Json;

/// The format of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
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
}

impl Format {
    /// Returns the format of an object, or of the first item of an array that is not in the plain format.
    pub(super) fn of(document: &Json) -> Self {
        let documents = match document {
            Json::List(items) => items,
            one => std::slice::from_ref(one),
        };
        documents.iter().map(Self::of_object).find(|format| *format != Format::Plain).unwrap_or(Format::Plain)
    }

    /// Decides by the first member that only one format has.
    fn of_object(value: &Json) -> Self {
        let Json::Object(members) = value else { return Format::Plain };
        let mut bare = 0;
        for (key, value) in members {
            match key.as_str() {
                "reviews" => {
                    let first = if let Json::List(items) = value { items.first() } else { Some(value) };
                    let is_linked =
                        is_linked(members) || matches!(first, Some(Json::Object(of)) if is_linked(of));
                    return if is_linked { Format::JsonLd } else { Format::Plain };
                }
                "items" if matches!(value, Json::List(_)) => return Format::JsonFeed,
                "records" if matches!(value, Json::List(of) if of.first().is_none_or(is_record)) => {
                    return Format::AtProtocol;
                }
                "value" if value.get("$type").is_some() => return Format::AtProtocol,
                "title" | "content" | "excerpt" if value.get("rendered").is_some() => {
                    return Format::WordPress;
                }
                "rest_base" => return Format::WordPress,
                // A post requested with few fields has both keys and no title. With a title, they are unknown keys of
                // the plain format.
                "link" | "slug" => bare += 1,
                "title" => bare -= 2,
                _ if is_keyword(key) => return Format::JsonLd,
                _ => {}
            }
        }
        if bare == 2 { Format::WordPress } else { Format::Plain }
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
    use super::Format;
    use crate::json::parse;

    #[track_caller]
    fn check(json: &str, expected: Format) {
        assert_eq!(Format::of(&parse(json.as_bytes()).unwrap()), expected, "{json}");
    }

    #[test]
    fn formats() {
        check(r#"{ "title": "A" }"#, Format::Plain);
        check(r#"{ "title": "A", "reviews": [], "items": [] }"#, Format::Plain);
        check(r#"[{ "title": "A", "html": "<p>a" }, { "@type": "Review" }]"#, Format::JsonLd);
        check("[]", Format::Plain);
        check("[[{}], 1, null]", Format::Plain);
        check("{}", Format::Plain);
        check(r#"{ "@type": "Review" }"#, Format::JsonLd);
        check(r#"{ "@graph": [] }"#, Format::JsonLd);
        check(r#"{ "name": "A", "reviews": [{ "title": "B" }], "@type": "Product" }"#, Format::JsonLd);
        check(r#"{ "reviews": [{ "@type": "Review", "name": "B" }] }"#, Format::JsonLd);
        check(r#"[{}, { "@context": "https://schema.org" }]"#, Format::JsonLd);
        check(r#"{ "version": "https://jsonfeed.org/version/1", "items": [] }"#, Format::JsonFeed);
        check(r#"{ "title": { "rendered": "A" } }"#, Format::WordPress);
        check(r#"[{ "id": 1, "content": { "rendered": "A" } }]"#, Format::WordPress);
        check(r#"{ "link": "/a", "slug": "a", "title": "A" }"#, Format::Plain);
        check(r#"{ "title": "A", "link": "/a", "slug": "a" }"#, Format::Plain);
        check(r#"[{ "id": 1, "slug": "a", "link": "/a" }]"#, Format::WordPress);
        check(r#"{ "title": "A", "items": 3 }"#, Format::Plain);
        check(r#"{ "records": [{ "uri": "at://a", "value": { "$type": "a.b.c" } }] }"#, Format::AtProtocol);
        check(r#"{ "records": [], "cursor": "a" }"#, Format::AtProtocol);
        check(r#"[{ "uri": "at://a", "value": { "$type": "a.b.c" } }]"#, Format::AtProtocol);
        check(r#"{ "title": "A", "records": ["First", "Second"], "value": { "price": 4 } }"#, Format::Plain);
        check(r#"{ "name": "Posts", "slug": "post", "rest_base": "posts" }"#, Format::WordPress);
    }
}

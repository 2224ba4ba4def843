//! Recognizes JSON of known services that is not in a supported format. It is reported by name, with advice, and never
//! partly shown.
//!
//! A service is recognized by keys of the document and of the first entry of its list. To add one, add a row.

use crate::json::Json;

struct Service {
    name: &'static str,
    /// Required keys of the document, separated by spaces. With `key=start` the value must be text that begins with
    /// `start`; with `key~part` the value must contain `part`.
    root: &'static str,
    /// The key of the list; `[]` if the document is the list; empty if there is no list.
    list: &'static str,
    /// Required keys of the first entry, written as in `root`.
    entry: &'static str,
    /// Advice to the author.
    advice: &'static str,
}

const fn row(
    name: &'static str,
    root: &'static str,
    list: &'static str,
    entry: &'static str,
    advice: &'static str,
) -> Service {
    Service { name, root, list, entry, advice }
}

const FEED: &str = "save the feed itself and run review-card import feed.xml --out reviews/";
const GHOST: &str =
    "export the blog (Settings, Labs, Export) and run review-card import ghost.json --out reviews/";
const BLOG: &str = "save the blog's RSS or Atom feed and run review-card import feed.xml --out reviews/";
const BOOKWYRM: &str = "of BookWyrm, export your books (Settings, CSV Export) and run review-card import bookwyrm.csv --out reviews/; \
    of any other server, save the account's RSS feed and run review-card import feed.xml --out reviews/";
const TABLE: &str = "export a CSV file and run review-card import table.csv --out reviews/";
const OWN: &str = "it holds other people's data: write the review as plain JSON, with its title in \"work\"";

const SERVICES: [Service; 31] = [
    row("RSS converted to JSON (rss2json)", "status feed items", "items", "", FEED),
    row("RSS converted to JSON (rss-parser)", "", "items", "pubDate", FEED),
    row("RSS converted to JSON (rss-parser)", "", "items", "isoDate", FEED),
    row("RSS converted to JSON (rss-parser)", "", "[]", "pubDate link", FEED),
    row("RSS converted to JSON (rss-parser)", "", "[]", "isoDate link", FEED),
    row("RSS converted to JSON", "rss", "", "", FEED),
    row("ActivityPub", "@context~activitystreams", "", "", BOOKWYRM),
    row("ActivityPub", "orderedItems", "", "", BOOKWYRM),
    row("ActivityPub", "", "[]", "@context~activitystreams", BOOKWYRM),
    row("Ghost", "posts", "posts", "title html", GHOST),
    row("Ghost", "posts meta", "posts", "title slug", GHOST),
    row("Ghost", "", "[]", "title html published_at", GHOST),
    row("Ghost", "", "[]", "title html feature_image", GHOST),
    row("Ghost", "", "[]", "title uuid slug", GHOST),
    row("a Ghost export", "db", "db", "data", "run review-card import ghost.json --out reviews/"),
    row("Blogger", "kind=blogger#", "", "", BLOG),
    row("Blogger (GData)", "encoding feed version", "", "", BLOG),
    row(
        "WordPress.com",
        "found posts",
        "posts",
        "ID title",
        "take https://public-api.wordpress.com/wp/v2/sites/SITE/posts?_embed instead, with the blog's address for SITE",
    ),
    row("TMDB", "", "results", "author_details", OWN),
    row("TMDB", "", "results", "vote_average", OWN),
    row("TMDB", "vote_average original_title", "", "", OWN),
    row("TMDB", "vote_average original_name", "", "", OWN),
    row("OMDb", "imdbID Response", "", "", OWN),
    row(
        "Letterboxd",
        "",
        "items",
        "film",
        "export your data (Settings, Data) and run review-card import letterboxd.zip --out reviews/",
    ),
    row(
        "Trakt",
        "",
        "[]",
        "rated_at type",
        "export your data and run review-card import trakt.zip --out reviews/",
    ),
    row("Medium", "payload success", "", "", BLOG),
    row(
        "Substack",
        "",
        "[]",
        "post_date audience",
        "export your data (Settings, Exports) and run review-card import substack.zip --out reviews/",
    ),
    row("Notion", "object=list results", "", "", TABLE),
    row(
        "Contentful",
        "sys items",
        "",
        "",
        "export the entries as plain JSON: a title and the keys of a review for each",
    ),
    row("Airtable", "", "records", "createdTime fields", TABLE),
    row("Reddit", "kind=Listing data", "", "", BLOG),
];

/// Returns a message that names the service of the document and gives advice, or `None` if it is of no known service.
pub(super) fn of(document: &Json) -> Option<String> {
    let is = |service: &&Service| {
        let is_list = service.list == "[]";
        let list = if is_list { Some(document) } else { document.get(service.list) };
        let first = match list {
            Some(Json::List(items)) => items.first(),
            _ => None,
        };
        matches!(document, Json::List(_)) == is_list
            && has(document, service.root)
            && (service.entry.is_empty() || first.is_some_and(|first| has(first, service.entry)))
            && (service.list.is_empty() || matches!(list, Some(Json::List(_))))
    };
    let service = SERVICES.iter().find(is)?;
    let message =
        ["expected reviews in a format that is read, found JSON of ", service.name, ": ", service.advice];
    Some(message.concat())
}

fn has(value: &Json, keys: &str) -> bool {
    keys.split_ascii_whitespace().all(|key| {
        if let Some((key, start)) = key.split_once('=') {
            value.get(key).and_then(Json::as_text).is_some_and(|text| text.starts_with(start))
        } else if let Some((key, part)) = key.split_once('~') {
            value.get(key).is_some_and(|value| contains(value, part))
        } else {
            // The value may be `null`: the service still sent the key.
            matches!(value, Json::Object(members) if members.iter().any(|(name, _)| name == key))
        }
    })
}

/// Returns whether a text, or a text in an array, contains `part`.
fn contains(value: &Json, part: &str) -> bool {
    match value {
        Json::Text(text) => text.contains(part),
        Json::List(items) => items.iter().filter_map(Json::as_text).any(|text| text.contains(part)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::json::parse;

    #[track_caller]
    fn check(json: &str, expected: Option<&str>) {
        let found = of(&parse(json.as_bytes()).unwrap());
        match expected {
            Some(name) => {
                assert!(found.as_ref().is_some_and(|found| found.contains(name)), "{json}: {found:?}");
            }
            None => assert_eq!(found, None, "{json}"),
        }
    }

    #[test]
    fn services_are_known_by_name() {
        check(r#"{ "status": "ok", "feed": {}, "items": [] }"#, Some("rss2json"));
        check(r#"{ "title": "T", "items": [{ "title": "A", "isoDate": "" }] }"#, Some("rss-parser"));
        check(r#"[{ "title": "A", "link": "/a", "pubDate": "" }]"#, Some("rss-parser"));
        check(
            r#"{ "@context": ["https://www.w3.org/ns/activitystreams", {}], "type": "Note" }"#,
            Some("ActivityPub"),
        );
        check(r#"{ "posts": [{ "title": "A", "html": null }] }"#, Some("Ghost"));
        check(r#"[{ "title": "A", "uuid": "u", "slug": "a" }]"#, Some("Ghost"));
        check(r#"{ "kind": "blogger#postList", "items": [] }"#, Some("Blogger"));
        check(r#"{ "page": 1, "results": [{ "author": "A", "author_details": {} }] }"#, Some("TMDB"));
        check(r#"{ "records": [{ "id": "r", "createdTime": "", "fields": {} }] }"#, Some("Airtable"));
        check(r#"{ "object": "list", "results": [] }"#, Some("Notion"));
    }

    #[test]
    fn our_formats_are_not_taken_for_a_service() {
        for json in [
            r#"{ "title": "A", "link": "/a", "pubDate": "" }"#,
            r#"[{ "title": "A" }]"#,
            "[]",
            "{}",
            r#"{ "version": "https://jsonfeed.org/version/1.1", "items": [{ "id": "1", "title": "A" }] }"#,
            r#"{ "@context": "https://schema.org", "@type": "Review" }"#,
            r#"[{ "id": 1, "slug": "a", "title": { "rendered": "A" } }]"#,
            r#"{ "records": [{ "uri": "at://x", "cid": "y", "value": {} }] }"#,
            r#"{ "kind": "film", "title": "A" }"#,
        ] {
            check(json, None);
        }
    }
}

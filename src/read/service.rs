//! Recognizes JSON of known services that is not in a supported format. It is reported by name, with advice, and never
//! partly shown.
//!
//! A service is recognized by keys of the document and of the first entry of its list. To add one, add a row.

use crate::json::Json;

/// The maximum number of keys of an object that are compared.
const MAX_KEYS: usize = 100;

struct Service {
    name: &'static str,
    /// Required keys of the document, separated by spaces. With `key=start` the value must be text that begins with
    /// `start`; with `key~part` the value must contain `part`.
    root: &'static str,
    /// The key of the list, or of an object around it; `[]` if the document is the list; empty if there is no list.
    list: &'static str,
    /// Required keys of the first entry, or of that object, written as in `root`.
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

const LETTERBOXD: &str =
    "export your data (Settings, Data) and run review-card import letterboxd.zip --out reviews/";
const TRAKT: &str = "export your data and run review-card import trakt.zip --out reviews/";
const MASTODON: &str = "save the account's RSS feed (the address of its profile with .rss at the end) and run \
    review-card import feed.xml --out reviews/";
const YOUTUBE: &str = "save the channel's feed (https://www.youtube.com/feeds/videos.xml?channel_id=ID) and run \
    review-card import feed.xml --out reviews/";
const ENTRIES: &str = "export the entries as plain JSON: a title and the keys of a review for each";

/// In order: the first row that fits counts.
const SERVICES: &[Service] = &[
    row("RSS converted to JSON (rss2json)", "status feed items", "items", "", FEED),
    row("a feed parsed by feedparser", "feed entries", "entries", "", FEED),
    row("a feed parsed by feedparser", "", "[]", "published_parsed", FEED),
    row("the RSS feed of Letterboxd converted to JSON", "", "items", "letterboxd:filmTitle", LETTERBOXD),
    row("the RSS feed of Letterboxd converted to JSON", "", "item", "letterboxd:filmTitle", LETTERBOXD),
    row("the RSS feed of Letterboxd converted to JSON", "", "[]", "letterboxd:filmTitle", LETTERBOXD),
    row("RSS converted to JSON (rss-parser)", "", "items", "pubDate", FEED),
    row("RSS converted to JSON (rss-parser)", "", "items", "isoDate", FEED),
    row("RSS converted to JSON (rss-parser)", "", "[]", "pubDate link", FEED),
    row("RSS converted to JSON (rss-parser)", "", "[]", "isoDate link", FEED),
    row("RSS converted to JSON", "", "item", "pubDate", FEED),
    row("RSS converted to JSON", "rss", "", "", FEED),
    row("an Atom or RSS feed converted to JSON", "feed", "feed", "entry", FEED),
    row("an RSS feed converted to JSON", "channel", "channel", "item", FEED),
    row("ActivityPub", "@context~activitystreams", "", "", BOOKWYRM),
    row("ActivityPub", "orderedItems", "", "", BOOKWYRM),
    row("ActivityPub", "type=OrderedCollection", "", "", BOOKWYRM),
    row("ActivityPub", "", "[]", "@context~activitystreams", BOOKWYRM),
    row("ActivityPub", "", "[]", "actor object type", BOOKWYRM),
    row("Mastodon", "account content created_at", "", "", MASTODON),
    row("Mastodon", "", "[]", "account content created_at", MASTODON),
    row("Mastodon", "accounts statuses hashtags", "", "", MASTODON),
    row("Ghost", "posts", "posts", "title html", GHOST),
    row("Ghost", "posts meta", "posts", "title", GHOST),
    row("Ghost", "", "[]", "title html published_at", GHOST),
    row("Ghost", "", "[]", "title html feature_image", GHOST),
    row("Ghost", "", "[]", "title uuid slug", GHOST),
    row("a Ghost export", "db", "db", "data", "run review-card import ghost.json --out reviews/"),
    row("Blogger", "kind=blogger#", "", "", BLOG),
    row("Blogger", "", "items", "kind=blogger#", BLOG),
    row("Blogger", "", "[]", "kind=blogger#", BLOG),
    row("Blogger (GData)", "encoding feed version", "", "", BLOG),
    row("YouTube", "kind=youtube#", "", "", YOUTUBE),
    row("YouTube", "", "items", "kind=youtube#", YOUTUBE),
    row("YouTube", "", "[]", "kind=youtube#", YOUTUBE),
    row("oEmbed", "provider_name type version", "", "", OWN),
    row(
        "WordPress.com",
        "found posts",
        "posts",
        "ID title",
        "take https://public-api.wordpress.com/wp/v2/sites/SITE/posts?_embed instead, with the blog's address for SITE",
    ),
    row("TMDB", "", "results", "author_details", OWN),
    row("TMDB", "", "results", "vote_average", OWN),
    row("TMDB", "page results total_results", "", "", OWN),
    row("TMDB", "author_details content", "", "", OWN),
    row("TMDB", "", "[]", "author_details content", OWN),
    row("TMDB", "", "[]", "vote_average", OWN),
    row("TMDB", "vote_average original_title", "", "", OWN),
    row("TMDB", "vote_average original_name", "", "", OWN),
    row("OMDb", "imdbID Response", "", "", OWN),
    row("OMDb", "Search totalResults", "", "", OWN),
    row("Google Books", "kind=books#", "", "", OWN),
    row("Open Library", "docs numFound", "", "", OWN),
    row("Letterboxd", "", "items", "film", LETTERBOXD),
    row("Letterboxd", "", "[]", "film isRewatch", LETTERBOXD),
    row("Letterboxd", "", "[]", "film uri", LETTERBOXD),
    row("Trakt", "", "[]", "rated_at type", TRAKT),
    row("Trakt", "", "[]", "rated_at movie", TRAKT),
    row("Trakt", "", "[]", "rated_at show", TRAKT),
    row("Trakt", "", "[]", "watched_at movie", TRAKT),
    row("Trakt", "", "[]", "watched_at action", TRAKT),
    row("Trakt", "", "[]", "last_watched_at plays", TRAKT),
    row("Trakt", "", "[]", "comment spoiler user_rating", TRAKT),
    row("Trakt", "", "[]", "comment movie", TRAKT),
    row("Trakt", "", "[]", "comment show", TRAKT),
    row("Medium", "payload success", "", "", BLOG),
    row("DEV (Forem)", "", "[]", "type_of cover_image", BLOG),
    row(
        "Substack",
        "",
        "[]",
        "post_date audience",
        "export your data (Settings, Exports) and run review-card import substack.zip --out reviews/",
    ),
    row("Tumblr", "response meta", "response", "blog posts", BLOG),
    row("Notion", "object=list results", "", "", TABLE),
    row("Notion", "", "[]", "object=page", TABLE),
    row("Contentful", "sys items", "", "", ENTRIES),
    row("Strapi", "", "data", "attributes id", ENTRIES),
    row("Airtable", "", "records", "createdTime fields", TABLE),
    row("Airtable", "", "[]", "createdTime fields", TABLE),
    row("Reddit", "kind=Listing data", "", "", BLOG),
];

/// Returns a message that names the service of the document and gives advice, or `None` if it is of no known service.
pub(super) fn of(document: &Json) -> Option<String> {
    let is = |service: &&Service| {
        let is_list = service.list == "[]";
        let list = if is_list { Some(document) } else { member(document, service.list) };
        let first = if let Some(Json::List(items)) = list { items.first() } else { list };
        matches!(document, Json::List(_)) == is_list
            && has(document, service.root)
            && (service.entry.is_empty() || first.is_some_and(|first| has(first, service.entry)))
            && (service.list.is_empty() || matches!(list, Some(Json::List(_) | Json::Object(_))))
    };
    let service = SERVICES.iter().find(is)?;
    let message =
        ["expected reviews in a format that is read, found JSON of ", service.name, ": ", service.advice];
    Some(message.concat())
}

fn has(value: &Json, keys: &str) -> bool {
    keys.split_ascii_whitespace().all(|key| {
        if let Some((key, start)) = key.split_once('=') {
            member(value, key).and_then(Json::as_text).is_some_and(|text| text.starts_with(start))
        } else if let Some((key, part)) = key.split_once('~') {
            member(value, key).is_some_and(|value| contains(value, part))
        } else {
            // The value may be `null`: the service still sent the key.
            member(value, key).is_some()
        }
    })
}

/// Returns a member of an object, if it is one of the first.
fn member<'a>(value: &'a Json, key: &str) -> Option<&'a Json> {
    let Json::Object(members) = value else { return None };
    members.iter().take(MAX_KEYS).find(|(name, _)| name == key).map(|(_, value)| value)
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
    use super::super::format::Format;
    use super::{SERVICES, of};
    use crate::json::{Json, parse};

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

    /// Lists and `render` read an array of a doubtful format as a whole.
    #[test]
    fn arrays_of_services_are_not_plain() {
        for service in SERVICES.iter().filter(|service| service.list == "[]") {
            let members = service.entry.split(' ').map(|key| {
                let (key, value) = key.split_once(['=', '~']).unwrap_or((key, ""));
                (key.to_owned(), Json::from(value))
            });
            let entry = Json::Object(members.collect());
            assert_ne!(Format::of(&entry), Format::Plain, "{} {}", service.name, service.entry);
            assert!(of(&Json::List(vec![entry])).is_some(), "{} {}", service.name, service.entry);
        }
    }

    #[test]
    fn other_shapes_of_services() {
        check(r#"[{ "id": "1", "created_at": "", "content": "<p>", "account": {} }]"#, Some("Mastodon"));
        check(r#"{ "id": "1", "created_at": "", "content": "<p>", "account": {} }"#, Some("Mastodon"));
        check(r#"{ "bozo": 0, "feed": {}, "entries": [], "version": "rss20" }"#, Some("feedparser"));
        check(r#"[{ "title": "A", "link": "/a", "published_parsed": [2024] }]"#, Some("feedparser"));
        check(r#"[{ "title": "A, 1979 - ★★★★", "letterboxd:filmTitle": "A" }]"#, Some("Letterboxd"));
        check(r#"{ "channel": { "title": "T", "item": [{ "title": "A" }] } }"#, Some("RSS"));
        check(r#"{ "feed": { "entry": [{ "title": "A" }] } }"#, Some("Atom"));
        check(r#"{ "type": "OrderedCollection", "totalItems": 3, "first": "/1" }"#, Some("ActivityPub"));
        check(r#"[{ "type": "Create", "actor": "/a", "object": {} }]"#, Some("ActivityPub"));
        check(r#"[{ "kind": "blogger#post", "title": "A", "content": "<p>" }]"#, Some("Blogger"));
        check(r#"{ "items": [{ "kind": "blogger#post", "title": "A" }] }"#, Some("Blogger"));
        check(r#"{ "posts": [{ "title": "A", "url": "/a" }], "meta": {} }"#, Some("Ghost"));
        check(r#"{ "kind": "youtube#searchListResponse", "items": [] }"#, Some("YouTube"));
        check(r#"{ "page": 1, "results": [], "total_pages": 1, "total_results": 0 }"#, Some("TMDB"));
        check(r#"{ "author": "A", "author_details": {}, "content": "B" }"#, Some("TMDB"));
        check(r#"[{ "rated_at": "", "rating": 8, "movie": {} }]"#, Some("Trakt"));
        check(r#"[{ "type": "movie", "movie": {}, "comment": {} }]"#, Some("Trakt"));
        check(r#"{ "data": [{ "id": 1, "attributes": {} }] }"#, Some("Strapi"));
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
            r#"{ "data": [{ "id": 1, "title": "A" }] }"#,
            r#"[{ "title": "A", "author": "B", "content": "C" }]"#,
            r#"{ "title": "Feed", "feed": "/feed.xml" }"#,
        ] {
            check(json, None);
        }
    }
}

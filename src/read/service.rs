//! Recognizes JSON of known services that is not in a supported format. It is reported by name, with advice, and never
//! partly shown.
//!
//! A service is recognized by keys of the document and of the first entry of its list. To add one, add a line to [`SERVICES`].

use crate::json::Json;

/// The maximum number of keys of an object that are compared.
const MAX_KEYS: usize = 100;

/// What to do, by the last column of [`SERVICES`].
fn advice(column: &str) -> &'static str {
    match column {
        "a" => "save the feed itself and run review-card import feed.xml --out reviews/",
        "b" => {
            "export the blog (Settings, Labs, Export) and run review-card import ghost.json --out reviews/"
        }
        "c" => "save the blog's RSS or Atom feed and run review-card import feed.xml --out reviews/",
        "d" => {
            "of BookWyrm, export your books (Settings, CSV Export) and run review-card import bookwyrm.csv --out reviews/; \
    of any other server, save the account's RSS feed and run review-card import feed.xml --out reviews/"
        }
        "e" => {
            "save the account's RSS feed (the address of its profile with .rss at the end) and run \
    review-card import feed.xml --out reviews/"
        }
        "f" => {
            "save the channel's feed (https://www.youtube.com/feeds/videos.xml?channel_id=ID) and run \
    review-card import feed.xml --out reviews/"
        }
        "g" => "export your data (Settings, Data) and run review-card import letterboxd.zip --out reviews/",
        "h" => "export your data and run review-card import trakt.zip --out reviews/",
        "i" => "export a CSV file and run review-card import table.csv --out reviews/",
        "k" => "export the entries as plain JSON: a title and the keys of a review for each",
        "l" => "export your data (Settings, Exports) and run review-card import substack.zip --out reviews/",
        "m" => {
            "take https://public-api.wordpress.com/wp/v2/sites/SITE/posts?_embed instead, with the blog's address for SITE"
        }
        _ => "it holds other people's data: write the review as plain JSON, with its title in \"work\"",
    }
}

/// A service a line; the first that fits counts. The columns:
///
/// 1. its name
/// 2. required keys of the document, separated by spaces. With `key=start` the value must be text that begins with
///    `start`; with `key~part` the value must contain `part`
/// 3. the key of the list, or of an object around it; `[]` if the document is the list; empty if there is no list
/// 4. required keys of the first entry, or of that object, written as in the second column
/// 5. the advice to the author
const SERVICES: &str = "\
RSS converted to JSON (rss2json)|status feed items|items||a
a feed parsed by feedparser|feed entries|entries||a
a feed parsed by feedparser||[]|published_parsed|a
the RSS feed of Letterboxd converted to JSON||items|letterboxd:filmTitle|g
the RSS feed of Letterboxd converted to JSON||[]|letterboxd:filmTitle|g
RSS converted to JSON (rss-parser)||items|pubDate|a
RSS converted to JSON (rss-parser)||items|isoDate|a
RSS converted to JSON (rss-parser)||[]|pubDate link|a
RSS converted to JSON (rss-parser)||[]|isoDate link|a
RSS converted to JSON||item|pubDate|a
RSS converted to JSON|rss|||a
an Atom or RSS feed converted to JSON|feed|feed|entry|a
an RSS feed converted to JSON|channel|channel|item|a
ActivityPub|@context~activitystreams|||d
ActivityPub|orderedItems|||d
ActivityPub|type=OrderedCollection|||d
ActivityPub||[]|@context~activitystreams|d
ActivityPub||[]|actor object type|d
Mastodon|account content created_at|||e
Mastodon||[]|account content created_at|e
Ghost|posts|posts|title html|b
Ghost|posts meta|posts|title|b
Ghost||[]|title html published_at|b
Ghost||[]|title html feature_image|b
Ghost||[]|title uuid slug|b
a Ghost export|db|db|data|b
Blogger|kind=blogger#|||c
Blogger||items|kind=blogger#|c
Blogger||[]|kind=blogger#|c
Blogger (GData)|encoding feed version|||c
YouTube|kind=youtube#|||f
YouTube||items|kind=youtube#|f
YouTube||[]|kind=youtube#|f
WordPress.com|found posts|posts|ID title|m
TMDB||results|author_details|j
TMDB||results|vote_average|j
TMDB|author_details content|||j
TMDB||[]|author_details content|j
TMDB||[]|vote_average|j
TMDB|vote_average original_title|||j
TMDB|vote_average original_name|||j
OMDb|imdbID Response|||j
Letterboxd||items|film|g
Letterboxd||[]|film isRewatch|g
Trakt||[]|rated_at type|h
Trakt||[]|rated_at movie|h
Trakt||[]|watched_at movie|h
Trakt||[]|watched_at action|h
Trakt||[]|comment spoiler user_rating|h
Trakt||[]|comment movie|h
Medium|payload success|||c
Substack||[]|post_date audience|l
Notion|object=list results|||i
Contentful|sys items|||k
Strapi||data|attributes id|k
Airtable||records|createdTime fields|i
Reddit|kind=Listing data|||c";

/// Keys of the services' entries that no format has.
const KEYS: &str = "account actor author_details comment createdTime film html isoDate letterboxd:filmTitle movie \
    post_date pubDate published_parsed rated_at show uuid vote_average watched_at";

/// Returns whether an entry of an array may be of a service. Then the document has to be looked at as a whole.
pub(super) fn is_likely(entry: &Json) -> bool {
    let Json::Object(members) = entry else { return false };
    members.iter().take(MAX_KEYS).any(|(key, value)| match key.as_str() {
        "kind" | "object" => value.as_text().is_none_or(|kind| kind.contains('#')),
        _ => KEYS.split(' ').any(|known| known == key),
    })
}

/// Returns a message that names the service of the document and gives advice, or `None` if it is of no known service.
pub(super) fn of(document: &Json) -> Option<String> {
    SERVICES.lines().find_map(|line| {
        let mut columns = line.split('|');
        let mut next = || columns.next().unwrap_or_default();
        let (name, root, list_key, entry, column) = (next(), next(), next(), next(), next());
        let is_list = list_key == "[]";
        let list = if is_list { Some(document) } else { member(document, list_key) };
        let first = if let Some(Json::List(items)) = list { items.first() } else { list };
        let fits = matches!(document, Json::List(_)) == is_list
            && has(document, root)
            && (entry.is_empty() || first.is_some_and(|first| has(first, entry)))
            && (list_key.is_empty() || matches!(list, Some(Json::List(_) | Json::Object(_))));
        let found = "expected reviews in a format that is read, found JSON of ";
        fits.then(|| [found, name, ": ", advice(column)].concat())
    })
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
    use std::collections::BTreeSet;

    use super::super::format::Format;
    use super::{SERVICES, advice, is_likely, of};
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

    #[test]
    fn each_kind_of_service_has_its_own_advice() {
        let columns: BTreeSet<_> = SERVICES.lines().filter_map(|line| line.rsplit('|').next()).collect();
        let advices: BTreeSet<_> = columns.iter().map(|column| advice(column)).collect();
        assert_eq!(advices.len(), columns.len(), "{columns:?}");
    }

    /// Lists and `render` read such an array as a whole.
    #[test]
    fn arrays_of_services_are_likely() {
        for line in SERVICES.lines() {
            let columns: Vec<_> = line.split('|').collect();
            let [name, _, list, entry, _] = columns.as_slice() else { panic!("{line}") };
            let members = entry.split(' ').map(|key| {
                let (key, value) = key.split_once(['=', '~']).unwrap_or((key, ""));
                (key.to_owned(), Json::from(value))
            });
            let entry = Json::Object(members.collect());
            if *list == "[]" {
                assert!(is_likely(&entry) || Format::of(&entry) != Format::Plain, "{line}");
                assert!(of(&Json::List(vec![entry])).is_some(), "{name}");
            }
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

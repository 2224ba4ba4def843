//! Reads reviews from [AT Protocol](https://atproto.com/specs/repository) records: the response of
//! `com.atproto.repo.listRecords`, a list of its records, or one record.
//!
//! 1. `social.popfeed.feed.review`: films, series, books, games and music, with a rating from 0 to 10.
//! 2. `buzz.bookhive.book`: a book with `stars` from 1 to 10. More than 10 stars count as 10; none, or 0, is no rating.
//! 3. Identifiers of the work become its `sameAs`.
//! 4. A `cursor` leads to the next page: the address of this page with that cursor in it.
//!
//! The reader does not rely on a lexicon. If a field is missing or has another type, only that field is lost. A record
//! with neither a rating nor a text, such as a book to be read, is left out; the number of such records is reported.
//!
//! Not supported: `facets` (links within a text), records of other types.

use std::cell::Cell;

use super::field::Field;
use super::messages::What;
use super::{plain, review_id, text};
use crate::json::Json;
use crate::model::{Collection, Date, Decimal, Image, Mark, Rating, Review, Score, Work, slug};
use crate::rich_text::url::{self, Use};

const POPFEED: &str = "social.popfeed.feed.review";
const BOOKHIVE: &str = "buzz.bookhive.book";
/// The best rating on the scale of both record types.
const BEST: Decimal = Decimal::whole(10);
/// The maximum length of a text that becomes the verdict, in characters. A longer one becomes the body.
const MAX_VERDICT: usize = 300;
/// The maximum length of an identifier that is used in an address, in bytes.
const MAX_IDENTIFIER: usize = 64;

/// The schema.org types of Popfeed's kinds of work.
const KINDS: [(&str, &str); 9] = [
    ("movie", "Movie"),
    ("tv_show", "TVSeries"),
    ("tv_season", "TVSeason"),
    ("tv_episode", "TVEpisode"),
    ("video_game", "VideoGame"),
    ("book", "Book"),
    ("album", "MusicAlbum"),
    ("ep", "MusicAlbum"),
    ("podcast", "PodcastSeries"),
];

/// Identifiers, and the address that each is appended to.
const PAGES: [(&str, &str); 7] = [
    ("imdbId", "https://www.imdb.com/title/"),
    ("goodreadsId", "https://www.goodreads.com/book/show/"),
    ("isbn13", "https://openlibrary.org/isbn/"),
    ("isbn10", "https://openlibrary.org/isbn/"),
    ("mbId", "https://musicbrainz.org/release-group/"),
    ("mbReleaseId", "https://musicbrainz.org/release/"),
    ("steamId", "https://store.steampowered.com/app/"),
];
const TMDB: &str = "https://www.themoviedb.org/";

/// Returns whether this is a record whose value has a type.
pub(super) fn is_record(json: &Json) -> bool {
    json.get("value").is_some_and(|value| value.get("$type").is_some())
}

pub(super) fn read(root: &Field) -> Collection {
    let records = records(root);
    let empty = Cell::new(0);
    let mut reviews = plain::reviews(&records, |record| review(record, &empty));
    review_id::tell_apart(&mut reviews);
    report_empty(&records, empty.get());
    Collection { reviews, ..frame(root) }
}

/// Returns the list of records, or the only record.
pub(super) fn records<'a>(root: &'a Field<'a>) -> Field<'a> {
    root.get("records").unwrap_or(*root)
}

/// Reads what is around the records.
pub(super) fn frame(root: &Field) -> Collection {
    Collection { next_url: next(root), ..Collection::default() }
}

/// Reports the number of records that have neither a rating nor a text.
pub(super) fn report_empty(records: &Field, empty: usize) {
    if empty > 0 {
        records.problem(&[
            "expected records with a rating or a text, found ",
            &empty.to_string(),
            " without; they are left out",
        ]);
    }
}

/// Returns the address of the next page. Returns `None` if the address of this page is unknown or has no query: without
/// one, it would return the same page again.
pub(super) fn next(root: &Field) -> Option<String> {
    let cursor = root.value.get("cursor").and_then(Json::as_text).filter(|cursor| !cursor.is_empty())?;
    let base = root.base()?;
    let (_, query) = base.split('#').next()?.split_once('?')?;
    let mut reference = String::from("?");
    for pair in query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor=")) {
        reference.push_str(pair);
        reference.push('&');
    }
    reference.push_str("cursor=");
    for byte in cursor.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            reference.push(char::from(byte));
        } else {
            reference.push('%');
            reference.extend(
                [byte >> 4, byte & 15]
                    .iter()
                    .filter_map(|half| char::from_digit((*half).into(), 16))
                    .map(|digit| digit.to_ascii_uppercase()),
            );
        }
    }
    url::resolve(&reference, Some(base), Use::Link)
}

/// Reads a record. Returns `None` if it is not a review, and counts it in `empty` if it has neither rating nor text.
pub(super) fn review(record: &Field, empty: &Cell<usize>) -> Option<Review> {
    let value = record.get("value").unwrap_or(*record);
    let kind = value.value.get("$type").and_then(Json::as_text);
    let (mut review, rating, words) = match kind {
        Some(POPFEED) => (popfeed(&value)?, rating(&value, "rating"), value.words_of("text")),
        Some(BOOKHIVE) => (bookhive(&value)?, stars(&value), value.words_of("review")),
        _ => {
            value.problem(&[
                "expected a record of the type ",
                POPFEED,
                " or ",
                BOOKHIVE,
                ", found ",
                kind.unwrap_or("none"),
            ]);
            return None;
        }
    };
    if rating.is_none() && words.is_none() {
        empty.set(empty.get() + 1);
        return None;
    }
    review.rating = rating;
    let covers = *value.value.get("containsSpoilers").unwrap_or(&Json::Null) == Json::Bool(true);
    match words {
        Some(words) if !covers && words.chars().nth(MAX_VERDICT).is_none() && !words.contains('\n') => {
            review.verdict = Some(words);
        }
        Some(words) if covers => {
            review.body =
                text::body(&[["[spoiler]", &words, "[/spoiler]"].concat()], value.base(), value.html());
        }
        Some(words) => review.body = text::body(&[words], value.base(), value.html()),
        None => {}
    }
    review.id = record.text_of("uri").unwrap_or_else(|| slug(&review.title));
    review.tags = value.all_words_of("tags");
    Some(review)
}

fn popfeed(value: &Field) -> Option<Review> {
    let title = value.required("title").and_then(|_| value.words_of("title"))?;
    let kind = value.text_of("creativeWorkType");
    let kind = kind.as_deref();
    let identifiers = value.get("identifiers");
    let position = |key| identifiers.as_ref()?.get(key)?.position();
    let (season, episode) = match kind {
        Some("tv_season") => (position("seasonNumber"), None),
        Some("tv_episode") => (position("seasonNumber"), position("episodeNumber")),
        _ => (None, None),
    };
    let (series, name) = series_and_name(&title, season, episode).unzip();
    let work = Work {
        name: name.unwrap_or_else(|| title.clone()),
        kind: kind.and_then(type_of).map(Into::into),
        series,
        season,
        episode,
        year: value
            .text_of("releaseDate")
            .and_then(|date| Some(date.get(..4)?.to_owned()))
            .filter(|year| is_year(year)),
        creators: value.words_of("mainCredit").into_iter().collect(),
        same_as: identifiers.as_ref().map(|of| pages(of, kind, season, episode)).unwrap_or_default(),
        ..Work::default()
    };
    let src = value.get("posterUrl").and_then(|poster| poster.address(Use::Image));
    Some(Review {
        title,
        work: Some(work),
        published: date(value),
        image: src.map(|src| Image { src, ..Image::default() }),
        ..Review::default()
    })
}

fn bookhive(value: &Field) -> Option<Review> {
    let title = value.required("title").and_then(|_| value.words_of("title"))?;
    let creators = value.get("authors").and_then(|authors| Some(authors.parts(authors.words()?.split('\t'))));
    let creators = creators.unwrap_or_default();
    let identifiers = value.get("identifiers");
    let work = Work {
        name: title.clone(),
        kind: Some("Book".into()),
        creators,
        same_as: identifiers.as_ref().map(|of| pages(of, Some("book"), None, None)).unwrap_or_default(),
        ..Work::default()
    };
    Some(Review { title, work: Some(work), published: date(value), ..Review::default() })
}

fn type_of(kind: &str) -> Option<&'static str> {
    KINDS.iter().find(|(name, _)| *name == kind).map(|(_, schema)| *schema)
}

/// Splits a title into series and episode. Popfeed titles an episode with both: `Far Shore - S7E4 - The Ferry`.
fn series_and_name(title: &str, season: Option<u32>, episode: Option<u32>) -> Option<(String, String)> {
    let place = [" - S", &season?.to_string(), "E", &episode?.to_string(), " - "].concat();
    let (series, name) = title.split_once(&place)?;
    Some((series.trim().to_owned(), name.trim().to_owned()))
        .filter(|(series, name)| !series.is_empty() && !name.is_empty())
}

fn is_year(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Reads a timestamp. Some programs wrote an empty object in its place.
fn date(value: &Field) -> Option<Date> {
    value.get("createdAt").filter(|date| date.value.as_text().is_some())?.date()
}

/// Reads a number from 0 to 10. Any other value is reported.
fn rating(value: &Field, key: &str) -> Option<Rating> {
    let number = value.get(key)?;
    let score = number.text().and_then(|text| Score::new(Decimal::parse(&text)?, BEST, Decimal::ZERO));
    if score.is_none() {
        number.expected(What::UpTo10);
    }
    Some(Rating { mark: Mark::Score(score?), label: None })
}

/// Reads a number of stars and limits it to 1 to 10. Bookhive does not check it.
fn stars(value: &Field) -> Option<Rating> {
    let number = value.get("stars")?;
    let Some(stars) = number.text().and_then(|text| Decimal::parse(&text)) else {
        number.expected(What::From1To10);
        return None;
    };
    let score = Score::new(stars.clamp(Decimal::whole(1), BEST), BEST, Decimal::ZERO);
    score.filter(|_| stars > Decimal::ZERO).map(|score| Rating { mark: Mark::Score(score), label: None })
}

/// Returns the pages about the work. Season and episode numbers identify a page only together with the series.
fn pages(identifiers: &Field, kind: Option<&str>, season: Option<u32>, episode: Option<u32>) -> Vec<String> {
    let of = |key| identifier(identifiers, key);
    let part = |name: &str, number: u32| [name, &number.to_string()].concat();
    let tmdb = match (kind, season, episode) {
        (Some("movie"), ..) => of("tmdbId").map(|id| ["movie/", &id].concat()),
        (Some("tv_show"), ..) => {
            of("tmdbTvSeriesId").or_else(|| of("tmdbId")).map(|id| ["tv/", &id].concat())
        }
        (Some("tv_season"), Some(season), _) => {
            of("tmdbTvSeriesId").map(|id| ["tv/", &id, &part("/season/", season)].concat())
        }
        (Some("tv_episode"), Some(season), Some(episode)) => of("tmdbTvSeriesId")
            .map(|id| ["tv/", &id, &part("/season/", season), &part("/episode/", episode)].concat()),
        _ => None,
    };
    let tmdb = tmdb.map(|path| [TMDB, &path].concat());
    PAGES.iter().filter_map(|(key, page)| Some([*page, &of(key)?].concat())).chain(tmdb).collect()
}

/// Returns an identifier that is safe to use in an address.
fn identifier(identifiers: &Field, key: &str) -> Option<String> {
    let value =
        identifiers.value.get(key).filter(|value| matches!(value, Json::Text(_) | Json::Number(_)))?;
    let id = identifiers.get(key)?.holding(value).text()?;
    let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (id.len() <= MAX_IDENTIFIER && id.bytes().all(is_safe)).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::{MAX_IDENTIFIER, identifier, next, series_and_name};
    use crate::json::parse;
    use crate::read::field::Field;
    use crate::read::report::Report;

    #[track_caller]
    fn check(json: &str, base: Option<&str>, expected: Option<&str>) {
        let document = parse(json.as_bytes()).unwrap();
        let report = Report::new(base, usize::MAX);
        assert_eq!(next(&Field::root(&document, &report)).as_deref(), expected, "{json} at {base:?}");
    }

    #[test]
    fn a_cursor_leads_to_the_next_page() {
        let first = Some("https://pds.example/xrpc/list?repo=did:plc:a&limit=100#x");
        let second = Some("https://pds.example/xrpc/list?repo=did:plc:a&limit=100&cursor=a%2Fb%20%C3%A9");
        check(r#"{ "records": [], "cursor": "a/b é" }"#, first, second);
        check(
            r#"{ "cursor": "3l2" }"#,
            second,
            Some("https://pds.example/xrpc/list?repo=did:plc:a&limit=100&cursor=3l2"),
        );
        check(
            r#"{ "cursor": "3l2" }"#,
            Some("https://pds.example/list?cursor=1&a=b"),
            Some("https://pds.example/list?a=b&cursor=3l2"),
        );
        check(r#"{ "cursor": "" }"#, first, None);
        check(r#"{ "cursor": 7 }"#, first, None);
        check(r#"{ "records": [] }"#, first, None);
        check(r#"{ "cursor": "3l2" }"#, Some("https://blog.example/saved.json"), None);
        check(r#"{ "cursor": "3l2" }"#, None, None);
        let record =
            r#"{ "uri": "at://a", "value": { "$type": "buzz.bookhive.book", "title": "A", "stars": 7 } }"#;
        let json = format!(r#"{{ "records": [{record}], "cursor": "a/b é" }}"#);
        let (collection, _) = crate::read(json.as_bytes(), first).unwrap();
        assert_eq!(collection.next_url.as_deref(), second, "of the collection");
    }

    #[test]
    fn an_episode_is_divided_only_if_it_has_both_parts() {
        let divided = |title: &str| series_and_name(title, Some(7), Some(4));
        let parts = Some(("Far Shore".to_owned(), "The Ferry".to_owned()));
        assert_eq!(divided("Far Shore - S7E4 - The Ferry"), parts);
        assert_eq!(divided(" - S7E4 - The Ferry"), None);
        assert_eq!(divided("Far Shore - S7E4 - "), None);
        assert_eq!(divided("Far Shore - S7E5 - The Ferry"), None);
    }

    #[test]
    fn a_safe_identifier_has_few_letters_and_digits() {
        let report = Report::new(None, usize::MAX);
        let is_safe = |id: &str| {
            let document = parse(format!(r#"{{ "imdbId": "{id}" }}"#).as_bytes()).unwrap();
            identifier(&Field::root(&document, &report), "imdbId").is_some()
        };
        assert!(is_safe("tt-0078748"));
        assert!(is_safe(&"a".repeat(MAX_IDENTIFIER)));
        assert!(!is_safe(&"a".repeat(MAX_IDENTIFIER + 1)));
        assert!(!is_safe("tt/0078748"));
    }
}

//! Imports JSON that cards read: the plain format, JSON-LD, a JSON Feed, WordPress posts, records of the AT Protocol.
//!
//! 1. Records of the AT Protocol are read one by one. Whether a record without a review has nothing to say or is about
//!    something else decides the reason with which it is counted.
//! 2. Other documents are read as a whole. Of a collection or a feed, entries without a review are counted.
//!
//! Not counted: the parts of JSON-LD, because most of them are not meant to be reviews.

use std::io;

use review_card::ReadError;
use review_card::json::{Json, cut, mend, parse, parse_and_mend};
use review_card::model::Decimal;

use crate::address::absolute;
use crate::detect::Found;
use crate::files::Input;
use crate::report::Reason;
use crate::sink::Sink;

/// The types of records that may be reviews.
const TYPES: [&str; 2] = ["social.popfeed.feed.review", "buzz.bookhive.book"];
/// The members of a record that make it a review.
const SAYS: [&str; 4] = ["rating", "text", "stars", "review"];

pub(super) fn read(inputs: &mut [Input], found: &Found, sink: &mut Sink) -> io::Result<()> {
    let json = super::whole(inputs, found)?;
    let strict = parse(json.as_bytes()).ok();
    let is_mended = strict.is_none();
    let document = strict.or_else(|| mended(&json));
    if let Some(records) = document.as_ref().and_then(records) {
        if is_mended && let Ok((_, problems)) = review_card::read(json.as_bytes(), None) {
            let of_file = problems.into_iter().filter(|problem| problem.path.is_empty());
            of_file.for_each(|problem| sink.report.problem(&found.name, problem.message));
        }
        for (number, record) in records.iter().enumerate() {
            self::record(record, &format!("{} record {}", found.name, number + 1), sink);
        }
    } else {
        whole(json.as_bytes(), document.as_ref(), found, sink);
    }
    if let Some(cursor) = document.as_ref().and_then(cursor) {
        sink.report.problem(
            &found.name,
            format!("expected all records, found one page of them: save the answer of the same address with &cursor={cursor} at its end, and import it too"),
        );
    }
    Ok(())
}

/// Returns a document whose mistakes the reader repairs, or the complete entries of one that is cut off.
fn mended(json: &str) -> Option<Json> {
    let blanked = mend::blank(json).map_or_else(|| json.to_owned(), |(blanked, _)| blanked);
    let parsed = parse_and_mend(blanked.as_bytes());
    let parsed = parsed.or_else(|error| {
        let closed = cut::close(&blanked).ok_or(error)?;
        parse_and_mend(closed.as_bytes())
    });
    parsed.ok().map(|parsed| parsed.json)
}

/// Returns the address of the site that a document names: that of a feed, or of the first WordPress post.
fn site(document: &Json) -> Option<String> {
    let text = |key| document.get(key).and_then(Json::as_text);
    let post = match document {
        Json::List(posts) => posts.first()?,
        one => one,
    };
    let post =
        post.get("link").filter(|_| post.get("content").is_some_and(|of| of.get("rendered").is_some()));
    let feed = ["home_page_url", "feed_url"].into_iter().filter_map(text);
    feed.chain(post.and_then(Json::as_text)).find_map(absolute)
}

fn whole(json: &[u8], document: Option<&Json>, found: &Found, sink: &mut Sink) {
    let site = document.and_then(site);
    match review_card::read(json, None) {
        Ok((collection, _)) => {
            sink.report.next_pages.extend(collection.next_url);
            sink.json(&found.name, json, site.as_deref());
            let entries = document.and_then(entries).unwrap_or_default();
            for _ in collection.reviews.len()..entries {
                sink.leave_out(Reason::Unreadable);
            }
        }
        Err(error) => sink.unreadable(&found.name, &unreadable(&error)),
    }
}

fn unreadable(error: &ReadError) -> String {
    format!(
        "expected reviews as plain JSON, JSON-LD, a JSON Feed, WordPress posts or AT Protocol records: {error}"
    )
}

fn record(record: &Json, place: &str, sink: &mut Sink) {
    let json = record.to_string();
    let Err(error) = review_card::read(json.as_bytes(), None) else {
        return sink.json(place, json.as_bytes(), None);
    };
    let value = record.get("value").unwrap_or(record);
    let is_empty = |value: &Json| match value {
        Json::Null => true,
        Json::Text(text) => text.trim().is_empty(),
        // BookHive's way to say that there is no rating.
        Json::Number(number) => *number == Decimal::ZERO,
        _ => false,
    };
    let has = |key: &&str| value.get(key).is_some_and(|value| !is_empty(value));
    if !is_type(value, |kind| TYPES.contains(&kind)) {
        sink.leave_out(Reason::OtherRecord);
    } else if !SAYS.iter().any(has) {
        sink.leave_out(Reason::Empty);
    } else if !has(&"title") {
        sink.leave_out(Reason::NoTitle);
    } else {
        let message = error.to_string();
        let message = message.strip_prefix("no review in the document: ").unwrap_or(&message);
        sink.unreadable(place, message);
    }
}

/// Returns the records of an answer of the AT Protocol, an array of them, or one record.
fn records(document: &Json) -> Option<&[Json]> {
    let (records, of) = match (document.get("records"), document) {
        (Some(Json::List(records)), _) => (records.as_slice(), true),
        (None, Json::List(records)) => (records.as_slice(), false),
        (None, one) => (std::slice::from_ref(one), false),
        _ => return None,
    };
    let is_record = |record: &Json| record.get("value").is_some_and(|value| is_type(value, |_| true));
    (of || !records.is_empty() && records.iter().all(is_record)).then_some(records)
}

fn is_type(value: &Json, is: impl Fn(&str) -> bool) -> bool {
    value.get("$type").and_then(Json::as_text).is_some_and(is)
}

/// Where records of the AT Protocol go on. A file does not say at which address it was.
fn cursor(document: &Json) -> Option<String> {
    document.get("records")?;
    let cursor = document.get("cursor")?.as_text()?;
    (!cursor.is_empty()).then(|| cursor.to_owned())
}

/// Returns the number of entries of a plain collection or a feed, each of which should be a review.
fn entries(document: &Json) -> Option<usize> {
    let entries = document.get("reviews").or_else(|| document.get("items"))?;
    let Json::List(entries) = entries else { return None };
    Some(entries.iter().filter(|entry| **entry != Json::Null).count())
}

//! Reads all reviews of a collection from a stream of bytes, to look something up in them. Elements that cannot be read
//! are skipped without a report.

use std::rc::Rc;

use super::ReadError;
use super::document::decode;
use super::element::{is_alone, of_any_format};
use super::json_feed::Feed;
use super::reading::Reading;
use super::stream::{Found, Stream};
use crate::model::Review;

/// A collection that is being read.
pub struct Gather {
    stream: Stream,
    base: Option<String>,
}

impl Gather {
    /// Creates a reader that resolves relative addresses against `base`.
    pub fn new(base: Option<&str>) -> Self {
        Self { stream: Stream::new(is_alone), base: base.map(Into::into) }
    }

    /// Adds bytes, and passes the reviews that they complete to `take`.
    pub fn push(&mut self, bytes: &[u8], take: &mut impl FnMut(Review)) {
        let base = self.base.as_deref();
        self.stream.push(bytes, &mut |found| {
            if let Found::Element { json, place, line } = found {
                element(&json, base, &place.to_string(), line, take);
            }
            true
        });
    }

    /// Passes the last review to `take`. Returns what remains to be read: a document whose elements cannot be read one by
    /// one as they arrive, such as a feed.
    ///
    /// # Errors
    /// Returns an error if the input is not a document, or is cut off.
    pub fn finish(self, take: &mut impl FnMut(Review)) -> Result<Option<Reading>, ReadError> {
        let base = self.base.as_deref();
        let mut end = Ok(None);
        self.stream.finish(&mut |found| {
            match found {
                Found::Element { json, place, line } => element(&json, base, &place.to_string(), line, take),
                Found::Document(json) => end = Reading::new(&json, base).map(Some),
                Found::Envelope(json) => end = decode(&json).map(|_| None),
                Found::TooLong { .. } => {}
            }
            true
        });
        end
    }
}

/// Reads one element and ignores its problems.
fn element(json: &[u8], base: Option<&str>, place: &str, line: usize, take: &mut impl FnMut(Review)) {
    let reviews = of_any_format(json, base, place, line, &Feed::default(), &mut Vec::new());
    reviews.into_iter().filter_map(Rc::into_inner).for_each(take);
}

#[cfg(test)]
mod tests {
    use super::Gather;

    /// Checks the titles found and the final error, with the bytes in chunks of several sizes.
    #[track_caller]
    fn check(json: &str, expected: &str) {
        for size in [1, 7, json.len().max(1)] {
            let mut titles = Vec::new();
            let mut take = |review: crate::Review| titles.push(review.title);
            let mut gather = Gather::new(None);
            json.as_bytes().chunks(size).for_each(|bytes| gather.push(bytes, &mut take));
            let end = gather.finish(&mut take).and_then(|rest| {
                let Some(mut rest) = rest else { return Ok(()) };
                while rest.step() {}
                rest.finish_each(&mut take)
            });
            titles.extend(end.err().map(|error| error.kind().to_owned()));
            assert_eq!(titles.join(" "), expected, "{json} by {size}");
        }
    }

    #[test]
    fn every_format() {
        check(r#"[{ "title": "a" }, { "title": "b" }]"#, "a b");
        check(
            r#"{ "title": "x", "reviews": [{ "title": "a" }, 7, { "title": "b" }], "nextUrl": "/2" }"#,
            "a b",
        );
        check(r#"{ "title": "a" }"#, "a");
        check(r#"[{ "@context": "https://schema.org", "@type": "Review", "name": "a" }]"#, "a");
        check(
            r#"{ "version": "https://jsonfeed.org/version/1.1", "items": [{ "id": "1", "title": "a" }] }"#,
            "a",
        );
        check(r#"{ "reviews": [] }"#, "");
    }

    #[test]
    fn what_is_cut_off_or_no_review() {
        check(r#"[{ "title": "a" }, { "tit"#, "a not-json");
        check(r#"{ "reviews": [{ "title": "a" }"#, "a not-json");
        check("<!doctype html>", "not-json");
        check("", "not-json");
        check("[]", "no-review");
    }
}

//! Reads all reviews of a collection from a stream of bytes, to look something up in them. Elements that cannot be read
//! are skipped without a report. If the collection is cut off, its complete reviews are used, and the cut is reported.

use std::rc::Rc;

use super::ReadError;
use super::document::USED;
use super::element::{is_alone, of_any_format};
use super::json_feed::Feed;
use super::reading::Reading;
use super::stream::{Found, Stream, envelope};
use crate::model::Review;

/// A collection that is being read.
pub struct Gather {
    stream: Stream,
    base: Option<String>,
    /// Whether a review has been read.
    any: bool,
}

/// The end of a collection.
pub enum End {
    /// Everything has been read. Contains a message if the document was cut off, or continues after its end.
    Read(Option<String>),
    /// What remains to be read: a document whose elements cannot be read one by one as they arrive, such as a feed.
    Rest(Box<Reading>),
}

impl Gather {
    /// Creates a reader that resolves relative addresses against `base`.
    pub fn new(base: Option<&str>) -> Self {
        Self { stream: Stream::new(is_alone), base: base.map(Into::into), any: false }
    }

    /// Adds bytes, and passes the reviews that they complete to `take`.
    pub fn push(&mut self, bytes: &[u8], take: &mut impl FnMut(Review)) {
        let base = self.base.as_deref();
        self.stream.push(bytes, &mut |found| {
            self.any |= element(&found, base, take);
            true
        });
    }

    /// Passes the last review to `take`, and returns what remains to be read.
    ///
    /// # Errors
    /// Returns an error if the input is not a document, or has no review and is cut off.
    pub fn finish(self, take: &mut impl FnMut(Review)) -> Result<End, ReadError> {
        let Self { stream, base, mut any } = self;
        let base = base.as_deref();
        let mut end = Ok(End::Read(None));
        stream.finish(&mut |found| {
            any |= element(&found, base, take);
            match found {
                Found::Document(json) => {
                    end = Reading::new(&json, base).map(|rest| End::Rest(Box::new(rest)));
                }
                Found::Envelope(json) => end = around(&json, any),
                Found::Element { .. } | Found::TooLong { .. } | Found::Fault(_) => {}
            }
            true
        });
        end
    }
}

/// Reads what is around the elements. A fault in it is tolerated if there is `any` review.
fn around(json: &[u8], any: bool) -> Result<End, ReadError> {
    match envelope(json, None) {
        Ok(_) => Ok(End::Read(None)),
        Err(error) if any => Ok(End::Read(Some([&error.to_string(), USED].concat()))),
        Err(error) => Err(error),
    }
}

/// Reads an element and ignores its problems. Returns whether it has a review.
fn element(found: &Found, base: Option<&str>, take: &mut impl FnMut(Review)) -> bool {
    let Found::Element { json, place, line } = found else { return false };
    let place = place.to_string();
    let reviews = of_any_format(json, base, &place, *line, &Feed::default(), &mut Vec::new());
    let any = !reviews.is_empty();
    reviews.into_iter().filter_map(Rc::into_inner).for_each(take);
    any
}

#[cfg(test)]
mod tests {
    use super::{End, Gather};

    /// Checks the titles found, and the final error or `cut`, with the bytes in chunks of several sizes.
    #[track_caller]
    fn check(json: &str, expected: &str) {
        for size in [1, 7, json.len().max(1)] {
            let mut titles = Vec::new();
            let mut take = |review: crate::Review| titles.push(review.title);
            let mut gather = Gather::new(None);
            json.as_bytes().chunks(size).for_each(|bytes| gather.push(bytes, &mut take));
            let end = gather.finish(&mut take).and_then(|end| match end {
                End::Read(message) => Ok(message),
                End::Rest(mut rest) => {
                    while rest.step() {}
                    rest.finish_each(&mut take)
                }
            });
            match end {
                Ok(None) => {}
                Ok(Some(message)) => {
                    assert!(message.ends_with("Its complete reviews are used"), "{message}");
                    titles.push("cut".into());
                }
                Err(error) => titles.push(error.kind().into()),
            }
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
        check(r#"[{ "title": "a" }, { "tit"#, "a cut");
        check(r#"{ "reviews": [{ "title": "a" }"#, "a cut");
        check(r#"[{ "title": "a" }, { "title": "b" }, { "tit"#, "a b cut");
        check(r#"{ "reviews": [{ "title": "a" }, { "title": "b" }"#, "a b cut");
        check(r#"[{ "title": "a" }, { "title": "b" }, 7"#, "a b cut");
        check(r#"[{ "title": "a" }, { "@graph": [{ "@type": "Review", "name": "b" }, { "@ty"#, "a b cut");
        check(r#"[{ "title": "a" }] more"#, "a cut");
        check(
            r#"{ "version": "https://jsonfeed.org/version/1.1", "items": [{ "title": "a" }, { "tit"#,
            "a cut",
        );
        check(r#"[{ "@type": "Review", "name": "a" }, { "@type": "Rev"#, "a cut");
        check(r#"[{ "tit"#, "not-json");
        check(r#"{ "reviews": ["#, "not-json");
        check("<!doctype html>", "not-json");
        check("", "not-json");
        check("[]", "no-review");
    }
}

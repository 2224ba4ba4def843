//! Converts a document of any format to plain JSON in steps, between which a page can pause: it is read
//! ([`Reading`]), then its reviews are written one by one. The result is that of [`convert`](super::handover::convert).

use super::handover::to_json;
use super::reading::Reading;
use super::{Document, ReadError};
use crate::json::Json;
use crate::write;

/// The length of a part, in bytes.
const PART: usize = 1 << 16;

/// A document that is being converted.
pub struct Conversion {
    reading: Option<Reading>,
    read: Result<Document, ReadError>,
    /// The number of reviews that have been written, and their text.
    written: (usize, String),
}

impl Conversion {
    /// Begins with a document. Relative addresses are resolved against `base`.
    ///
    /// # Errors
    /// Returns an error if the document is too large or clearly not JSON.
    pub fn new(bytes: &[u8], base: Option<&str>) -> Result<Self, ReadError> {
        let reading = Some(Reading::new(bytes, base)?);
        Ok(Self { reading, read: Ok(Document::default()), written: (0, String::new()) })
    }

    /// Reads or writes the next entry. Returns `false` if nothing is left to do.
    pub fn step(&mut self) -> bool {
        if let Some(reading) = &mut self.reading {
            if !reading.step() {
                self.read = self.reading.take().map_or_else(|| Ok(Document::default()), Reading::finish);
            }
            return true;
        }
        let Ok((collection, _)) = &self.read else { return false };
        let (written, text) = &mut self.written;
        let Some(review) = collection.reviews.get(*written) else { return false };
        text.push_str(if *written > 0 { "," } else { "" });
        text.push_str(&write::plain(review).to_text());
        *written += 1;
        true
    }

    /// Returns the reviews that have been written since the last call, as a document of their own, if they are long or
    /// the last ones. [`finish`](Self::finish) then returns what is around them.
    pub fn part(&mut self) -> Option<String> {
        let Ok((collection, _)) = &self.read else { return None };
        let (written, text) = &mut self.written;
        let is_last = self.reading.is_none() && *written == collection.reviews.len();
        if text.is_empty() || !is_last && text.len() < PART {
            return None;
        }
        let reviews = std::mem::take(text);
        Some(["{\"reviews\":[", reviews.strip_prefix(',').unwrap_or(&reviews), "]}"].concat())
    }

    /// Returns the plain JSON, with a member `problems`. Everything must have been done.
    ///
    /// # Errors
    /// Returns an error if the document is not JSON, or if there is no review.
    pub fn finish(self) -> Result<String, ReadError> {
        let (mut collection, problems) = self.read?;
        collection.reviews.clear();
        let mut members = vec![("problems".to_owned(), to_json(&problems))];
        if let Json::Object(frame) = write::collection(&collection) {
            members.extend(frame.into_iter().filter(|(key, _)| key != "reviews"));
        }
        let mut text = Json::Object(members).to_text();
        text.pop(); // Its closing brace.
        let (_, reviews) = self.written;
        Ok([&text, ",\"reviews\":[", &reviews, "]}"].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::{Conversion, PART};
    use crate::read::handover;

    /// Checks that the steps give what one step gives, as JSON or as an error.
    #[track_caller]
    fn check(json: &str, least: usize) {
        let base = Some("https://blog.example/list?page=1");
        let in_steps = Conversion::new(json.as_bytes(), base).and_then(|mut conversion| {
            let mut steps = 0;
            while conversion.step() {
                steps += 1;
            }
            assert!(steps >= least, "{steps} steps for {json}");
            conversion.finish()
        });
        let read = |plain: &str| handover::plain(plain.as_bytes(), base, true).unwrap().unwrap();
        let in_parts = Conversion::new(json.as_bytes(), base).and_then(|mut conversion| {
            let mut reviews = Vec::new();
            loop {
                let goes_on = conversion.step();
                let part = conversion.part().map(|part| read(&part).0.reviews);
                reviews.extend(part.into_iter().flatten());
                if !goes_on {
                    return Ok((reviews, conversion.finish()?));
                }
            }
        });
        match handover::convert(json.as_bytes(), base) {
            Ok(plain) => {
                let (reviews, frame) = in_parts.unwrap();
                let (mut collection, problems) = read(&frame);
                assert!(collection.reviews.is_empty(), "{json}");
                collection.reviews = reviews;
                assert_eq!((collection, problems), read(&plain.to_string()), "{json}");
            }
            Err(error) => assert_eq!(in_parts.err(), Some(error), "{json}"),
        }
        match handover::convert(json.as_bytes(), base) {
            Ok(plain) => assert_eq!(read(&in_steps.unwrap()), read(&plain.to_string()), "{json}"),
            Err(error) => assert_eq!(in_steps, Err(error), "{json}"),
        }
    }

    #[test]
    fn entries_are_read_and_written_one_by_one() {
        check(r#"[{ "title": "A" }, null, { "rating": 3 }, 7, { "title": "B", "rating": "six" }]"#, 7);
        check(
            r#"{ "title": "Shelf", "titel": 1, "reviews": [{ "title": "A", "x": 1 }, { "title": "B", "x": 2 }], "nextUrl": "/2" }"#,
            5,
        );
        check(r#"{ "title": "A &amp;amp; B", "body": "One.", }"#, 3);
        check(
            r#"[{ "title": { "rendered": "A" }, "x": 1 }, { "title": { "rendered": "A" }, "x": 1 }, { "slug": "c" }]"#,
            6,
        );
        check(
            r#"{ "version": "https://jsonfeed.org/version/1.1", "items": [{ "title": "A" }, { "id": "a", "title": "B" }],
                "title": 5, "authors": [{ "name": "Ada" }], "next_url": "/2" }"#,
            5,
        );
        check(r#"{ "reviews": [{ "title": "A" }, { "title": "B" }, { "tit"#, 5);
        check(
            &["[", &r#"{ "title": "A long enough title", "x": 1 },"#.repeat(5_000), "null]"].concat(),
            10_000,
        );
    }

    #[test]
    fn what_is_read_as_a_whole_has_steps_too() {
        let review = r##"{ "@type": "Review", "name": "A", "author": { "@id": "#a" }, "x": 1 }"##;
        let reviews = vec![review; 2000].join(",");
        let ada = r##"{ "@type": "Person", "@id": "#a", "name": "Ada" }"##;
        check(&format!(r#"{{ "@graph": [{ada}, {reviews}] }}"#), 4_000);
        check(&format!("[{reviews}, {ada}]"), 4_000);
        check(
            &format!(
                r#"[{{ "@graph": [{{ "@type": "Movie", "name": "M", "review": [{reviews}] }}] }}, {ada}]"#
            ),
            4_000,
        );
        check(
            &format!(r#"{{ "@type": "Movie", "name": "M", "review": [{reviews}], "aggregateRating": 4 }}"#),
            4_000,
        );
        check(
            r#"{ "records": [{ "uri": "at://a/b/c", "value": { "$type": "social.popfeed.feed.review", "title": "A", "rating": 7 } }] }"#,
            4,
        );
    }

    #[test]
    fn the_entries_of_each_format_have_steps() {
        for (before, entry, after) in [
            ("[", r#"{ "title": "A", "x": 1 }"#, "]"),
            (r#"{ "reviews": ["#, r#"{ "title": "A", "x": 1 }"#, "] }"),
            ("[", r#"{ "title": { "rendered": "A" } }"#, "]"),
            (
                r#"{ "version": "https://jsonfeed.org/version/1.1", "items": ["#,
                r#"{ "title": "A" }"#,
                r#"], "title": "Feed" }"#,
            ),
            (
                r#"{ "records": ["#,
                r#"{ "value": { "$type": "social.popfeed.feed.review", "title": "A", "rating": 7 } }"#,
                r#"], "cursor": "c" }"#,
            ),
        ] {
            // Each is read, and each is written.
            check(&[before, &vec![entry; 100].join(","), after].concat(), 200);
        }
    }

    #[test]
    fn parts_are_long_or_the_last() {
        let json = ["[", &r#"{ "title": "A long enough title", "x": 1 },"#.repeat(5_000), "null]"].concat();
        let mut conversion = Conversion::new(json.as_bytes(), None).unwrap();
        let mut parts = Vec::new();
        while conversion.step() {
            parts.extend(conversion.part());
        }
        parts.extend(conversion.part());
        assert!(parts.len() > 2, "{} parts", parts.len());
        let (last, long) = parts.split_last().unwrap();
        assert!(long.iter().all(|part| (PART..2 * PART).contains(&part.len())));
        assert!(!last.is_empty() && last.len() < 2 * PART);
        assert_eq!(conversion.part(), None);
    }

    #[test]
    fn errors_are_the_same() {
        for json in [
            "",
            "{",
            "null",
            "[]",
            "[null]",
            "{}",
            r#"[{ "titel": "A" }]"#,
            r#"[{ "title": "A" }, { "title": x }]"#,
            r#"[{ "title": "A" } { "title": "B" }]"#,
            r#"{ "version": "https://jsonfeed.org/version/1.1", "items": [] }"#,
            r#"{ "version": "2.0", "items": [{ "title": "A" }] }"#,
            r#"[{ "taxonomy": "category", "name": "A", "link": "/a", "slug": "a" }]"#,
            r#"[{ "title": "A", "link": "/a", "isoDate": "2024-06-30" }]"#,
            r#"{ "@type": "Person" }"#,
        ] {
            check(json, 0);
        }
    }
}

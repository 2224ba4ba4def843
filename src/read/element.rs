//! Reads one element of a collection, as [`stream`](super::stream) returns it. [`read`] accepts only the plain format,
//! like [`super::handover::plain`]; [`of_any_format`] accepts all formats.

use std::rc::Rc;

use super::document::{Decoded, decode};
use super::field::Field;
use super::format::Format;
use super::json_feed::Feed;
use super::report::Report;
use super::{Problem, at_protocol, handover, json_feed, json_ld, plain, service, wordpress};
use crate::json::{self, Json};
use crate::model::Review;

/// The result of reading an element.
#[derive(Debug, PartialEq)]
pub enum Element {
    /// A review.
    Review(Box<Review>),
    /// `null`, which is not reported.
    Nothing,
    /// An element in another format, or with a text that needs the HTML parser. [`handover::convert`] turns it into a document for [`converted`].
    Foreign,
    /// Not a review, which is reported.
    Unreadable,
}

/// Reads an element in the plain format. `place` is its path in the document, and `line` the line on which it begins.
pub fn read(
    json: &[u8],
    base: Option<&str>,
    place: &str,
    line: usize,
    problems: &mut Vec<Problem>,
) -> Element {
    let (value, room) = match decoded(json, place, line, problems) {
        Some((Json::Null, _)) => return Element::Nothing,
        Some(decoded) => decoded,
        None => return Element::Unreadable,
    };
    // An element of `reviews` is a plain review, regardless of its keys.
    if place.starts_with('[') && Format::of(&value) != Format::Plain {
        return Element::Foreign;
    }
    let report = Report::without_html(base, room);
    let review = plain::review(&Field::at(&value, place, &report));
    if !report.is_clean() {
        return Element::Foreign;
    }
    problems.extend(report.into_problems());
    review.map_or(Element::Unreadable, |review| Element::Review(Box::new(review)))
}

/// Reads an element of any format. `place` is its path in the document, `line` the line on which it begins, and `feed`
/// the data of the feed that contains it. Most elements give one review, but JSON-LD may give several.
pub fn of_any_format(
    json: &[u8],
    base: Option<&str>,
    place: &str,
    line: usize,
    feed: &Feed,
    problems: &mut Vec<Problem>,
) -> Vec<Rc<Review>> {
    let (value, room) = match decoded(json, place, line, problems) {
        None | Some((Json::Null, _)) => return Vec::new(),
        Some(decoded) => decoded,
    };
    let report = Report::new(base, room);
    let field = Field::at(&value, place, &report);
    // An element of `reviews` is a plain review, and one of `items` is a feed's item, regardless of its keys.
    let format = if place.starts_with('[') { Format::of(&value) } else { Format::Plain };
    let reviews = match format {
        Format::Plain if place.starts_with("items") => feed.review(&field).map(Rc::new).into_iter().collect(),
        Format::Plain => plain::review(&field).map(Rc::new).into_iter().collect(),
        Format::WordPress => wordpress::post(&field).map(Rc::new).into_iter().collect(),
        Format::JsonFeed => json_feed::read(&field).reviews,
        Format::AtProtocol => at_protocol::read(&field).reviews,
        Format::JsonLd => json_ld::read(&Field::root(&value, &report)).reviews,
    };
    // In JSON-LD, references may lead to the same place in several ways, so its paths start at the element's root.
    let is_reported = format != Format::JsonLd;
    let of_document = |problem: Problem| {
        let path = if is_reported { problem.path } else { below(place, &problem.path) };
        Problem { path, ..problem }
    };
    problems.extend(report.into_problems().into_iter().map(of_document));
    reviews
}

/// Parses an element; returns it with the memory that its review may take. Reports syntax faults as problems.
fn decoded(json: &[u8], place: &str, line: usize, problems: &mut Vec<Problem>) -> Option<(Json, usize)> {
    match decode(json) {
        Ok(Decoded { json, room, problems: mended }) => {
            problems.extend(mended.into_iter().map(|problem| Problem { path: place.to_owned(), ..problem }));
            Some((json, room))
        }
        Err(error) => {
            let message = on_line(&error.to_string(), line);
            problems.push(Problem { path: place.to_owned(), message });
            None
        }
    }
}

/// Returns whether the elements of an array can be read one by one, given its first element. This is so for all formats
/// except JSON-LD, where elements may refer to each other, and what may come from a known service, which is reported as
/// a whole.
pub fn is_alone(first: &[u8]) -> bool {
    json::parse(first)
        .map_or(true, |first| Format::of(&first) != Format::JsonLd && !may_be_of_a_service(&first))
}

/// Returns whether each element of an array is one review, given its first element: in the plain format, or a post of
/// WordPress, which has to be converted.
pub fn is_one_review(first: &[u8]) -> bool {
    json::parse(first).map_or(true, |first| {
        matches!(Format::of(&first), Format::Plain | Format::WordPress) && !may_be_of_a_service(&first)
    })
}

fn may_be_of_a_service(first: &Json) -> bool {
    Format::of(first) == Format::Plain && service::is_likely(first)
}

/// Reads the output of [`handover::convert`] for an element. `place` is the element's path in its document; addresses in
/// HTML are relative to `base`.
pub fn converted(json: &[u8], base: Option<&str>, place: &str, problems: &mut Vec<Problem>) -> Vec<Review> {
    let (collection, reported) = match handover::plain(json, base, true) {
        Ok(Some(document)) => document,
        Ok(None) => return Vec::new(), // This is not output of `convert`.
        Err(error) => {
            problems.push(Problem { path: place.to_owned(), message: error.to_string() });
            return Vec::new();
        }
    };
    for problem in handover::problems(&reported) {
        let path = below(place, problem.path.strip_prefix("[0]").unwrap_or(&problem.path));
        problems.push(Problem { path, message: problem.message });
    }
    collection.reviews.into_iter().filter_map(Rc::into_inner).collect()
}

/// Prefixes a path within an element with the element's own path.
fn below(place: &str, path: &str) -> String {
    let dot = if path.is_empty() || path.starts_with(['.', '[']) { "" } else { "." };
    [place, dot, path].concat()
}

/// Corrects the line in a message about a part that begins on line `first`, and removes the column.
pub fn on_line(message: &str, first: usize) -> String {
    let placed = message.split_once(" at line ").and_then(|(what, place)| {
        let (line, rest) = place.split_once(" column ")?;
        let hint = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let line = first + line.parse::<usize>().ok()? - 1;
        Some([what, " at line ", &line.to_string(), hint].concat())
    });
    placed.unwrap_or_else(|| message.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Element, below, converted, is_alone, is_one_review, of_any_format, read};
    use crate::model::Body;
    use crate::read::{Feed, handover};

    #[track_caller]
    fn check(json: &str, place: &str, reported: &[&str]) -> Element {
        let mut problems = Vec::new();
        let element = read(json.as_bytes(), None, place, 7, &mut problems);
        assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), reported);
        element
    }

    #[test]
    fn elements() {
        let reported =
            r#"reviews[3].rating: expected a rating such as 4, "8/10", "85%" or "B+", found "five""#;
        let Element::Review(review) =
            check(r#"{ "title": "A", "rating": "five" }"#, "reviews[3]", &[reported])
        else {
            panic!("expected a review")
        };
        assert_eq!(review.title, "A");
        let Element::Review(review) =
            check(r#"{ "title": "A &amp; B", "body": "It&#8217;s good." }"#, "reviews[0]", &[])
        else {
            panic!("expected a review")
        };
        assert_eq!(
            (review.title.as_str(), review.body),
            ("A & B", Body::Text(vec!["It’s good.".to_owned()]))
        );
        for text in ["&lt;p&gt;A", "A &amp;hellip; B", "A &rarr; B", "A&hellip; &gt;/b&lt;/b&gt;"] {
            let json = serde_json::json!({ "title": "A", "verdict": text }).to_string();
            assert_eq!(check(&json, "reviews[0]", &[]), Element::Foreign, "{text} needs the HTML parser");
            let json = serde_json::json!({ "title": "A", "body": [text] }).to_string();
            assert_eq!(check(&json, "reviews[0]", &[]), Element::Foreign, "{text} needs the HTML parser");
        }
        assert_eq!(check("null", "[0]", &[]), Element::Nothing);
        assert_eq!(
            check("4", "[0]", &["[0]: expected a review (an object with a title), found 4"]),
            Element::Unreadable
        );
        assert_eq!(
            check(
                "{\n\"a\": x}",
                "[0]",
                &[
                    "[0]: expected JSON, found \"x\" in place of a value at line 8: put double quotes around text"
                ]
            ),
            Element::Unreadable
        );
        assert_eq!(check(r#"{ "title": { "rendered": "A" } }"#, "[0]", &[]), Element::Foreign);
    }

    #[track_caller]
    fn check_any(json: &str, place: &str, titles: &[&str], reported: &[&str]) {
        let mut problems = Vec::new();
        let reviews = of_any_format(json.as_bytes(), None, place, 7, &Feed::default(), &mut problems);
        assert_eq!(reviews.iter().map(|review| &*review.title).collect::<Vec<_>>(), titles);
        assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), reported);
    }

    #[test]
    fn elements_of_any_format() {
        check_any(
            r#"{ "title": "A", "link": {} }"#,
            "reviews[3]",
            &["A"],
            &["reviews[3].link: expected a known key, found an unknown one: did you mean \"url\"?"],
        );
        check_any(
            r#"{ "rating": 4 }"#,
            "reviews[3]",
            &[],
            &["reviews[3].title: expected text, found nothing"],
        );
        check_any("null", "[0]", &[], &[]);
        check_any("7", "items[2]", &[], &["items[2]: expected an item (an object), found 7"]);
        check_any(r#"{ "summary": "A word." }"#, "items[2]", &["A word."], &[]);
        check_any(
            r#"{ "title": { "rendered": "A &amp; B" }, "date": true }"#,
            "[0]",
            &["A & B"],
            &["[0].date: expected text, found true"],
        );
        check_any(
            r#"{ "@graph": [{ "@type": "Review", "name": "A" }, { "@type": "Review", "name": "B", "reviewRating": "five" }] }"#,
            "[4]",
            &["A", "B"],
            &[
                "[4].@graph[1].reviewRating: expected a rating such as 4, \"8/10\", \"85%\" or \"B+\", found \"five\"",
            ],
        );
        check_any(
            "{\n\"a\": x}",
            "[0]",
            &[],
            &["[0]: expected JSON, found \"x\" in place of a value at line 8: put double quotes around text"],
        );
    }

    #[test]
    fn what_has_to_be_converted() {
        let plain = handover::convert(br#"{ "@type": "Review", "name": "A", "reviewRating": "five" }"#, None)
            .unwrap();
        let mut problems = Vec::new();
        let reviews = converted(plain.to_string().as_bytes(), None, "reviews[3]", &mut problems);
        assert_eq!(reviews.iter().map(|review| &*review.title).collect::<Vec<_>>(), ["A"]);
        let paths: Vec<_> = problems.iter().map(|problem| &*problem.path).collect();
        assert_eq!(paths, ["reviews[3].reviewRating"]);
    }

    #[test]
    fn paths_within_an_element_follow_its_own() {
        for (path, expected) in [("", "[1]"), ("a", "[1].a"), (".a", "[1].a"), ("[0].a", "[1][0].a")] {
            assert_eq!(below("[1]", path), expected);
        }
    }

    #[test]
    fn an_array_is_of_the_format_of_its_first() {
        assert!(is_one_review(br#"{ "title": "A" }"#));
        assert!(is_one_review(b"{ broken"));
        assert!(is_alone(br#"{ "title": { "rendered": "A" }, "yoast": { "@context": "", "@graph": [] } }"#));
        assert!(!is_alone(br#"{ "@type": "Review" }"#));
        assert!(!is_one_review(br#"{ "@type": "Review" }"#));
        assert!(!is_alone(br#"{ "title": "A", "isoDate": "2024-06-30" }"#));
        assert!(!is_one_review(br#"{ "title": "A", "isoDate": "2024-06-30" }"#));
        assert!(is_one_review(br#"{ "title": { "rendered": "A" } }"#));
    }
}

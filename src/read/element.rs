//! One element of a collection by itself, as [`stream`](super::stream) hands it out: the plain shape alone, as
//! [`handover::plain`](super::handover::plain) reads documents.

use super::document::decode;
use super::field::{Field, Report};
use super::shape::Shape;
use super::{Problem, handover, plain};
use crate::json::{self, Json};
use crate::model::Review;

/// What an element is.
#[derive(Debug, PartialEq)]
pub enum Element {
    /// A review.
    Review(Box<Review>),
    /// `null`: nobody needs to hear of it.
    Nothing,
    /// Of another shape: [`handover::convert`] makes a document of it, for [`converted`].
    Foreign,
    /// No review; that is told.
    Unreadable,
}

/// Reads an element that stands at `place`, from that `line` of its document on.
pub fn read(
    json: &[u8],
    base: Option<&str>,
    place: &str,
    line: usize,
    problems: &mut Vec<Problem>,
) -> Element {
    let value = match decode(json) {
        Ok((Json::Null, _)) => return Element::Nothing,
        Ok((value, mended)) => {
            problems.extend(mended.into_iter().map(|problem| Problem { path: place.to_owned(), ..problem }));
            value
        }
        Err(error) => {
            let message = on_line(&error.to_string(), line);
            problems.push(Problem { path: place.to_owned(), message });
            return Element::Unreadable;
        }
    };
    // An element of `reviews` is a plain review, whatever its keys are.
    if place.starts_with('[') && Shape::of(&value) != Shape::Plain {
        return Element::Foreign;
    }
    let report = Report::new(base);
    let review = plain::review(&Field::at(&value, place, &report));
    problems.extend(report.into_problems());
    review.map_or(Element::Unreadable, |review| Element::Review(Box::new(review)))
}

/// Whether the array with this first element can be read one element after the other: reviews of the plain shape.
pub fn is_plain(first: &[u8]) -> bool {
    json::parse(first).map_or(true, |first| Shape::of(&first) == Shape::Plain)
}

/// Reads what [`handover::convert`] has made of an element at `place`.
pub fn converted(json: &[u8], place: &str, problems: &mut Vec<Problem>) -> Vec<Review> {
    let (collection, told) = match handover::plain(json, None, true) {
        Ok(Some(document)) => document,
        Ok(None) => return Vec::new(), // Not what `convert` writes.
        Err(error) => {
            problems.push(Problem { path: place.to_owned(), message: error.to_string() });
            return Vec::new();
        }
    };
    for problem in handover::problems(&told) {
        let path = match problem.path.strip_prefix("[0]").unwrap_or(&problem.path) {
            "" => place.to_owned(),
            path if path.starts_with(['.', '[']) => [place, path].concat(),
            path => [place, ".", path].concat(),
        };
        problems.push(Problem { path, message: problem.message });
    }
    collection.reviews.into_iter().filter_map(std::rc::Rc::into_inner).collect()
}

/// A message that ends in a line and a column of a part, with the line of the whole.
pub fn on_line(message: &str, first: usize) -> String {
    let place = message.rsplit_once(" at line ").and_then(|(what, place)| {
        let line: usize = place.split(' ').next()?.parse().ok()?;
        Some([what, " at line ", &(first + line - 1).to_string()].concat())
    });
    place.unwrap_or_else(|| message.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Element, converted, is_plain, read};
    use crate::read::handover;

    #[track_caller]
    fn check(json: &str, place: &str, told: &[&str]) -> Element {
        let mut problems = Vec::new();
        let element = read(json.as_bytes(), None, place, 7, &mut problems);
        assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), told);
        element
    }

    #[test]
    fn elements() {
        let told = r#"reviews[3].rating: expected a rating such as 4, "8/10", "85%" or "B+", found "five""#;
        let Element::Review(review) = check(r#"{ "title": "A", "rating": "five" }"#, "reviews[3]", &[told])
        else {
            panic!("expected a review")
        };
        assert_eq!(review.title, "A");
        assert_eq!(check("null", "[0]", &[]), Element::Nothing);
        assert_eq!(
            check("4", "[0]", &["[0]: expected a review (an object with a title), found 4"]),
            Element::Unreadable
        );
        assert_eq!(
            check(
                "{\n\"a\": x}",
                "[0]",
                &["[0]: expected JSON in UTF-8, found \"x\" in place of a value at line 8"]
            ),
            Element::Unreadable
        );
        assert_eq!(check(r#"{ "title": { "rendered": "A" } }"#, "[0]", &[]), Element::Foreign);
    }

    #[test]
    fn what_has_to_be_converted() {
        let plain = handover::convert(br#"{ "@type": "Review", "name": "A", "reviewRating": "five" }"#, None)
            .unwrap();
        let mut problems = Vec::new();
        let reviews = converted(plain.to_string().as_bytes(), "reviews[3]", &mut problems);
        assert_eq!(reviews.iter().map(|review| &*review.title).collect::<Vec<_>>(), ["A"]);
        let paths: Vec<_> = problems.iter().map(|problem| &*problem.path).collect();
        assert_eq!(paths, ["reviews[3].reviewRating"]);
    }

    #[test]
    fn an_array_is_of_the_shape_of_its_first() {
        assert!(is_plain(br#"{ "title": "A" }"#));
        assert!(is_plain(b"{ broken"));
        assert!(!is_plain(br#"{ "@type": "Review" }"#));
        assert!(!is_plain(br#"{ "title": { "rendered": "A" } }"#));
    }
}

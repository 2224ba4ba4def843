//! `review-card check`: reports problems, and properties that search engines require for [review
//! snippets](https://developers.google.com/search/docs/appearance/structured-data/review-snippet), one a line in the
//! format of compilers: `file: path: message`.

use super::input::Input;
use super::line;
use super::status::Status;
use review_card::model::{Body, Mark, Review};
use review_card::rich_text::{self, MAX_HTML, MAX_NODES};

/// The schema.org types that search engines show stars for.
const REVIEWABLE: &str = "Book Course CreativeWorkSeason CreativeWorkSeries Episode Event Game HowTo LocalBusiness \
    MediaObject Movie MusicPlaylist MusicRecording Organization Product Recipe SoftwareApplication";

/// The maximum number of lines about the reviews of an input, beside its problems. A last line says how many are left out.
const MAX_LINES: usize = 10_000;

/// Writes the problems of the inputs to `out`.
pub(super) fn check(inputs: &[Input], out: &mut Vec<u8>) -> Status {
    let mut readable = 0;
    for input in inputs {
        let Ok((collection, problems)) = &input.document else { continue };
        readable += 1;
        for problem in problems {
            line(out, &[&input.name, &problem.path, &problem.message]);
        }
        let mut lines = 0;
        for review in &collection.reviews {
            let place = ["review \"", &review.id, "\""].concat();
            let mut write = |kind: &str, what: &str| {
                lines += 1;
                if lines <= MAX_LINES {
                    line(out, &[&input.name, &place, &[kind, what].concat()]);
                }
            };
            if let Body::Html { html, .. } = &review.body {
                if rich_text::is_cut(html) {
                    let most =
                        format!("{MAX_HTML} bytes and {MAX_NODES} nodes of HTML; the end is not shown");
                    write("expected at most ", &most);
                }
                rich_text::left_out(html).into_iter().for_each(|what| write("left out of the text: ", what));
            }
            snippet(review).iter().for_each(|missing| write("for search engines: ", missing));
        }
        if let Some(more) = lines.checked_sub(MAX_LINES).filter(|more| *more > 0) {
            line(out, &[&input.name, &format!("{more} more lines about its reviews")]);
        }
    }
    Status::of(inputs.len(), readable, out.is_empty())
}

/// Returns what a review lacks to be shown as a snippet, each with what to add.
fn snippet(review: &Review) -> Vec<String> {
    let mut missing = Vec::new();
    if review.authors.is_empty() {
        missing.push(r#"expected an author, found none: add "author": "Name""#.into());
    }
    match review.rating.as_ref().map(|rating| &rating.mark) {
        Some(Mark::Score(_) | Mark::Percent(_)) => {}
        None => {
            missing.push(r#"expected a rating, found none: add "rating": { "value": 4, "best": 5 }"#.into());
        }
        Some(Mark::Letter(text) | Mark::Text(text)) => missing.push(
            [
                r#"expected a rating between worst and best, found ""#,
                text,
                r#"": add "rating": { "value": 4, "best": 5 }, with the words as its "label""#,
            ]
            .concat(),
        ),
    }
    match review.work.as_ref().map(|work| work.kind.as_deref()) {
        None => missing.push(
            r#"expected what is reviewed, found none: add "work": { "name": "Alien", "type": "Movie" }"#
                .into(),
        ),
        Some(None) => missing.push(
            r#"expected the type of what is reviewed, found none: add "type": "Movie" to "work""#.into(),
        ),
        Some(Some(kind)) if !is_reviewable(kind) => missing.push(
            [
                "expected a type that is shown with stars (",
                &REVIEWABLE.replace(' ', ", "),
                " or a kind of these), found ",
                kind,
            ]
            .concat(),
        ),
        Some(Some(_)) => {}
    }
    missing
}

/// schema.org has many types and adds more, so only types that are known not to be reviewable are reported.
fn is_reviewable(kind: &str) -> bool {
    !matches!(
        kind,
        "Thing"
            | "Person"
            | "Place"
            | "CreativeWork"
            | "Article"
            | "WebSite"
            | "WebPage"
            | "Intangible"
            | "Action"
    )
}

#[cfg(test)]
mod tests {
    use super::{REVIEWABLE, is_reviewable, snippet};
    use review_card::read;

    #[track_caller]
    fn check(json: &str, expected: &[&str]) {
        let (collection, _) = read(json.as_bytes(), None).unwrap();
        let missing = snippet(&collection.reviews[0]);
        assert_eq!(missing.len(), expected.len(), "{missing:?}");
        for (found, expected) in missing.iter().zip(expected) {
            assert!(found.starts_with(expected), "{found}");
        }
    }

    #[test]
    fn what_snippets_lack() {
        let whole =
            r#"{ "title": "A", "author": "B", "rating": 4, "work": { "name": "C", "type": "Movie" } }"#;
        check(whole, &[]);
        check(
            r#"{ "title": "A" }"#,
            &["expected an author", "expected a rating, found none", "expected what is reviewed"],
        );
        check(&whole.replace('4', "\"B+\""), &["expected a rating between worst and best, found \"B+\""]);
        check(&whole.replace('4', "\"45%\""), &[]);
        check(&whole.replace('4', "9"), &["expected a rating between worst and best, found \"9\""]);
        check(&whole.replace(r#", "type": "Movie""#, ""), &["expected the type"]);
        check(&whole.replace("Movie", "Person"), &["expected a type that is shown with stars"]);
    }

    #[test]
    fn the_types_that_are_named_are_taken() {
        assert!(REVIEWABLE.split(' ').all(is_reviewable));
    }
}

//! `review-card convert`: writes the reviews of all inputs as one document `{ title, reviews, nextUrl }`.
//!
//! If there is only one input, its title and next page are kept. HTML stays unchanged, because the output may be served
//! from the same place as the input. With `--base` it may be served from anywhere: all URLs are absolute, and HTML is
//! reduced to what a card would show.

use std::rc::Rc;

use super::input::Input;
use super::line;
use super::status::Status;
use review_card::model::{Body, Collection, Review};
use review_card::rich_text;

/// Returns the review with absolute URLs in its HTML, if there is a base URL.
fn whole(review: &Rc<Review>, base: Option<&str>) -> Rc<Review> {
    let Some(base) = base else { return review.clone() };
    let mut review = Review::clone(review);
    let whole = |html: &str| rich_text::to_html(&rich_text::parse(html, Some(base)));
    if let Body::Html { html, base } = &mut review.body {
        *html = whole(html);
        *base = None;
    }
    for html in review.history.iter_mut().filter_map(|entry| entry.note_html.as_mut()) {
        *html = whole(html);
    }
    Rc::new(review)
}

/// Writes the reviews of the inputs to `out`, and their problems to `errors`.
pub(super) fn convert(
    inputs: &[Input],
    base: Option<&str>,
    out: &mut Vec<u8>,
    errors: &mut Vec<u8>,
) -> Status {
    let mut all = Collection::default();
    let (mut readable, mut clean) = (0, true);
    for input in inputs {
        let Ok((collection, problems)) = &input.document else { continue };
        readable += 1;
        if inputs.len() == 1 {
            all = Collection { reviews: Vec::new(), ..collection.clone() };
        }
        all.reviews.extend(collection.reviews.iter().map(|review| whole(review, base)));
        // An unread key does not change a review; `check` reports it.
        for problem in problems.iter().filter(|problem| !problem.is_unread_key()) {
            clean = false;
            line(errors, &[&input.name, &problem.path, &problem.message]);
        }
    }
    if readable > 0 {
        // Every collection can be written as JSON, so this does not fail.
        out.extend(serde_json::to_vec_pretty(&all).unwrap_or_default());
        out.push(b'\n');
    }
    Status::of(inputs.len(), readable, clean)
}

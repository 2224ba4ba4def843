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

/// Returns the review with absolute URLs in its HTML, if it has a base URL.
fn whole(review: &Rc<Review>) -> Rc<Review> {
    let Body::Html { html, base: Some(base) } = &review.body else { return review.clone() };
    let html = rich_text::to_html(&rich_text::parse(html, Some(base)));
    Rc::new(Review { body: Body::Html { html, base: None }, ..Review::clone(review) })
}

/// Writes the reviews of the inputs to `out`, and their problems to `errors`.
pub(super) fn convert(inputs: &[Input], out: &mut Vec<u8>, errors: &mut Vec<u8>) -> Status {
    let mut all = Collection::default();
    let (mut readable, mut clean) = (0, true);
    for input in inputs {
        let Ok((collection, problems)) = &input.document else { continue };
        readable += 1;
        if inputs.len() == 1 {
            all = Collection { reviews: Vec::new(), ..collection.clone() };
        }
        all.reviews.extend(collection.reviews.iter().map(whole));
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

//! `review-card convert`: one document `{ title, reviews, nextUrl }` of all inputs.
//!
//! Title and next page are those of the input, where there is one only. HTML stays as it came, for the file may stand where the input
//! stood. With `--base` it need not: then all addresses are whole, and HTML is what a card would show of it.

use std::rc::Rc;

use super::input::Input;
use super::line;
use super::status::Status;
use review_card::model::{Body, Collection, Review};
use review_card::rich_text;

/// The review, with its HTML's addresses whole where they are relative to a base.
fn whole(review: &Rc<Review>) -> Rc<Review> {
    let Body::Html { html, base: Some(base) } = &review.body else { return review.clone() };
    let html = rich_text::to_html(&rich_text::parse(html, Some(base)));
    Rc::new(Review { body: Body::Html { html, base: None }, ..Review::clone(review) })
}

/// Writes the reviews of the inputs to `out`, and what is wrong with them to `told`.
pub(super) fn convert(inputs: &[Input], out: &mut Vec<u8>, told: &mut Vec<u8>) -> Status {
    let mut all = Collection::default();
    let (mut readable, mut clean) = (0, true);
    for input in inputs {
        let Ok((collection, problems)) = &input.document else { continue };
        readable += 1;
        if inputs.len() == 1 {
            all = Collection { reviews: Vec::new(), ..collection.clone() };
        }
        all.reviews.extend(collection.reviews.iter().map(whole));
        // A key that nothing reads changes no review: `check` reports it.
        for problem in problems.iter().filter(|problem| !problem.is_unread_key()) {
            clean = false;
            line(told, &[&input.name, &problem.path, &problem.message]);
        }
    }
    if readable > 0 {
        // All of a collection has a form in JSON, so this does not fail.
        out.extend(serde_json::to_vec_pretty(&all).unwrap_or_default());
        out.push(b'\n');
    }
    Status::of(inputs.len(), readable, clean)
}

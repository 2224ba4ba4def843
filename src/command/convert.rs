//! `review-card convert`: one document `{ title, reviews, nextUrl }` of all inputs.
//!
//! Title and next page are those of the input, where there is one only. HTML stays as it came, its relative addresses too.

use super::input::Input;
use super::line;
use super::status::Status;
use crate::model::Collection;
use crate::write;

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
        all.reviews.extend(collection.reviews.iter().cloned());
        for problem in problems {
            clean = false;
            line(told, &[&input.name, &problem.path, &problem.message]);
        }
    }
    if readable > 0 {
        out.extend(write::collection(&all).to_pretty().bytes());
        out.push(b'\n');
    }
    Status::of(inputs.len(), readable, clean)
}

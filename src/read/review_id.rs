//! Makes the ids of the reviews in one document unique.

use std::collections::HashMap;
use std::rc::Rc;

use crate::model::Review;
use crate::steps;

/// Numbers ids that occur more than once, given or made from the title: `alien`, `alien-2`.
pub(super) fn tell_apart(reviews: &mut [Rc<Review>]) {
    // Each id in use, and the last number appended to it.
    let mut last: HashMap<String, usize> = HashMap::new();
    for review in reviews {
        let Some(review) = Rc::get_mut(review) else { continue }; // Never `None`: nothing else owns the review yet.
        if let Some(mut number) = last.get(&review.id).copied() {
            let numbered = loop {
                number += 1;
                steps::count(1);
                let id = [review.id.as_str(), "-", &number.to_string()].concat();
                if !last.contains_key(&id) {
                    break id;
                }
            };
            last.insert(std::mem::replace(&mut review.id, numbered), number);
        }
        last.insert(review.id.clone(), 1);
    }
}

//! The ids of the reviews of one document.

use std::collections::HashMap;
use std::rc::Rc;

use crate::model::Review;
use crate::steps;

/// Numbers the ids that are made from one title, or given twice: `alien`, `alien-2`.
pub(super) fn tell_apart(reviews: &mut [Rc<Review>]) {
    // Each id that is taken, and the last number that was given to it.
    let mut last: HashMap<String, usize> = HashMap::new();
    for review in reviews {
        let Some(review) = Rc::get_mut(review) else { continue }; // Never: nobody else holds it yet.
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

//! The ids of the reviews of one document.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::model::Review;

/// Numbers the ids that are made from one title, or given twice: `alien`, `alien-2`.
pub(super) fn tell_apart(reviews: &mut [Rc<Review>]) {
    let mut taken: HashSet<String> = HashSet::new();
    let mut last: HashMap<String, usize> = HashMap::new();
    for review in reviews {
        let Some(review) = Rc::get_mut(review) else { continue }; // Never: nobody else holds it yet.
        if !taken.insert(review.id.clone()) {
            let number = last.entry(review.id.clone()).or_insert(1);
            let numbered = loop {
                *number += 1;
                let id = [review.id.as_str(), "-", &number.to_string()].concat();
                if taken.insert(id.clone()) {
                    break id;
                }
            };
            review.id = numbered;
        }
    }
}

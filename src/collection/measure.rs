//! Where a rating stands among all ratings of a collection: the critic's own measure.
//!
//! All ratings are brought to one scale (`out_of_five`). A rating is higher than those below it and, as
//! [mid-ranks](https://en.wikipedia.org/wiki/Percentile_rank) have it, than half of its equals, itself among them. The share is
//! rounded down, so that nothing is said to be higher than all. Of fewer than [`MIN_RATINGS`] ratings, nothing is said.

use super::scale::out_of_five;
use crate::model::{Measure, Review};

/// The least number of ratings that a rating is measured by.
pub const MIN_RATINGS: u32 = 30;
/// Thousandths of a star from one bar of the strip to the next: half a star.
const BAR: usize = 500;
/// Bars of the strip, from none to five stars.
const BARS: usize = 11;

/// The ratings of a collection, counted. It takes 20 KB, however many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ratings {
    count: u32,
    /// How many there are of each thousandth of a star, up to the highest that was given.
    counts: Vec<u32>,
}

impl Ratings {
    /// Adds the rating of a review, if it has one that is on a scale.
    pub fn add(&mut self, review: &Review) {
        let Some(at) = thousandths(review) else { return };
        if self.counts.len() <= at {
            self.counts.resize(at + 1, 0);
        }
        if let Some(count) = self.counts.get_mut(at) {
            *count += 1;
            self.count += 1;
        }
    }

    /// How many ratings there are.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Where the review's rating stands among these.
    pub fn measure(&self, review: &Review) -> Option<Measure> {
        let at = thousandths(review).filter(|_| self.count >= MIN_RATINGS)?;
        let counts = || self.counts.iter().map(|count| u64::from(*count));
        let (below, equal) = (counts().take(at).sum::<u64>(), counts().nth(at).unwrap_or(0));
        let percent = 100 * (2 * below + equal) / (2 * u64::from(self.count));
        let mut bars = vec![0; BARS];
        for (thousandths, count) in self.counts.iter().enumerate() {
            if let Some(bar) = bars.get_mut(bar(thousandths)) {
                *bar += *count;
            }
        }
        let number = |value: usize| u32::try_from(value).unwrap_or(0);
        Some(Measure {
            percent: u32::try_from(percent).unwrap_or(0),
            count: self.count,
            bars,
            own: number(bar(at)),
        })
    }
}

/// The bar that is nearest; in the middle, the higher.
fn bar(thousandths: usize) -> usize {
    (thousandths + BAR / 2) / BAR
}

fn thousandths(review: &Review) -> Option<usize> {
    let rating = out_of_five(&review.rating.as_ref()?.mark)?;
    usize::try_from(rating.thousandths()).ok()
}

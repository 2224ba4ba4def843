//! Compares a rating with all ratings of a collection.
//!
//! All ratings are converted to one scale (`out_of_five`). A rating counts as higher than all lower ratings and, as
//! with [mid-ranks](https://en.wikipedia.org/wiki/Percentile_rank), half of the equal ratings, itself included. The
//! percentage is rounded down, so that no rating is said to be higher than all. With fewer than [`MIN_RATINGS`] ratings
//! there is no comparison.

use super::scale::out_of_five;
use crate::model::{Measure, Review};

/// The minimum number of ratings for a comparison.
pub const MIN_RATINGS: u32 = 30;
/// The width of a histogram bar: half a star, in thousandths.
const BAR: usize = 500;
/// The number of histogram bars, for 0 to 5 stars.
const BARS: usize = 11;

/// The distribution of a collection's ratings. It takes at most 20 KB for any number of ratings.
///
/// ```
/// use review_card::Review;
/// use review_card::collection::{MIN_RATINGS, Ratings};
/// use review_card::model::Measure;
///
/// let rated = |rating: &str| -> Review { serde_json::from_str(&format!(r#"{{ "title": "A", "rating": "{rating}/5" }}"#)).unwrap() };
/// let mut ratings = Ratings::default();
/// for _ in 1..MIN_RATINGS {
///     ratings.add(&rated("3"));
/// }
/// assert_eq!(ratings.measure(&rated("4")), None, "one rating too few");
/// ratings.add(&rated("4"));
/// assert_eq!(ratings.count(), MIN_RATINGS);
/// let Some(Measure { percent, count, .. }) = ratings.measure(&rated("4")) else { panic!() };
/// assert_eq!((percent, count), (98, 30));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ratings {
    count: u32,
    /// The number of ratings at each thousandth of a star, up to the highest rating.
    counts: Vec<u32>,
}

impl Ratings {
    /// Adds the rating of a review. A review without a rating on a scale is ignored.
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

    /// Returns the number of ratings.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Compares the review's rating with these. Returns `None` if it has no rating on a scale, or if there are fewer
    /// than [`MIN_RATINGS`] ratings.
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

/// Returns the nearest bar; ties go up.
fn bar(thousandths: usize) -> usize {
    (thousandths + BAR / 2) / BAR
}

fn thousandths(review: &Review) -> Option<usize> {
    let rating = out_of_five(&review.rating.as_ref()?.mark)?;
    usize::try_from(rating.thousandths()).ok()
}

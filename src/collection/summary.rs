//! Many reviews in a few numbers: how many, their average on one scale, how many of each star.
//!
//! It is added to as pages come, and holds at any time for what has come so far.

use super::scale::out_of_five;
use crate::model::{Aggregate, Collection, Decimal, Review};

/// Count, average and histogram of reviews.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    count: u32,
    rated: u32,
    /// The ratings that count, added up, in thousandths of a star.
    total: u64,
    stars: [u32; 6],
    given: Option<Given>,
}

/// What many gave together, as the collection itself says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// Their average, 0 to 5.
    pub average: Decimal,
    /// How many they were, where that is said.
    pub count: Option<u32>,
}

impl Summary {
    /// Adds one review.
    pub fn add(&mut self, review: &Review) {
        self.count += 1;
        let rating = review.rating.as_ref().and_then(|rating| out_of_five(&rating.mark));
        let Some(thousandths) = rating.and_then(|rating| u64::try_from(rating.thousandths()).ok()) else {
            return;
        };
        self.rated += 1;
        self.total += thousandths;
        let nearest = usize::try_from((thousandths + 500) / 1000).unwrap_or(0);
        if let Some(stars) = self.stars.get_mut(nearest) {
            *stars += 1;
        }
    }

    /// Adds the reviews of a page, and takes over what the page says that many gave together; the first page that says so
    /// counts.
    pub fn add_page(&mut self, page: &Collection) {
        page.reviews.iter().for_each(|review| self.add(review));
        if self.given.is_none() {
            self.given = page.aggregate.as_ref().and_then(Given::of);
        }
    }

    /// How many reviews there are.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// How many of them have a rating on a scale: those that the average and the histogram are of.
    pub fn rated(&self) -> u32 {
        self.rated
    }

    /// The average of the ratings, 0 to 5, to the nearest thousandth; `None` where there is no rating.
    pub fn average(&self) -> Option<Decimal> {
        let (total, rated) = (self.total, u64::from(self.rated));
        let average = (2 * total + rated).checked_div(2 * rated)?;
        Decimal::from_thousandths(i64::try_from(average).ok()?)
    }

    /// How many ratings are nearest to 0, 1, 2, 3, 4 and 5 stars; halves go up.
    pub fn stars(&self) -> [u32; 6] {
        self.stars
    }

    /// What many gave together, as the collection itself says (schema.org `AggregateRating`).
    pub fn given(&self) -> Option<Given> {
        self.given
    }
}

impl Given {
    /// The aggregate on the scale from 0 to 5; `None` where it is on no scale.
    pub fn of(aggregate: &Aggregate) -> Option<Self> {
        Some(Self { average: out_of_five(&aggregate.rating.mark)?, count: aggregate.count })
    }
}

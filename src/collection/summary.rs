//! Summarizes many reviews: their number, their average on one scale, and a histogram of stars.
//!
//! Reviews are added page by page. At any time, the summary covers the reviews added so far.

use super::scale::out_of_five;
use crate::model::{Aggregate, Collection, Decimal, Review};

/// The number, average and histogram of reviews.
///
/// ```
/// use review_card::collection::Summary;
///
/// # fn main() -> Result<(), review_card::ReadError> {
/// let json = br#"[{ "title": "A", "rating": "4/5" }, { "title": "B", "rating": "10/10" }, { "title": "C" }]"#;
/// let mut summary = Summary::default();
/// summary.add_page(&review_card::read(json, None)?.0);
/// assert_eq!((summary.count(), summary.rated()), (3, 2));
/// assert_eq!(summary.average().map(|average| average.to_text(".")), Some("4.5".into()));
/// assert_eq!(summary.stars(), [0, 0, 0, 0, 1, 1]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    count: u32,
    rated: u32,
    /// The sum of all ratings on a scale, in thousandths of a star.
    total: u64,
    stars: [u32; 6],
    given: Option<Given>,
}

/// The combined rating of many people, as stated by the collection itself.
///
/// ```
/// use review_card::Collection;
/// use review_card::collection::{Given, Summary};
/// use review_card::model::Aggregate;
///
/// let rating = serde_json::from_str(r#""8/10""#)?;
/// let aggregate = Aggregate { rating, count: Some(412) };
/// let Some(Given { average, count }) = Given::of(&aggregate) else { panic!() };
/// assert_eq!((average.to_text("."), count), ("4".into(), Some(412)));
/// let mut summary = Summary::default();
/// summary.add_page(&Collection { aggregate: Some(aggregate), ..Collection::default() });
/// assert_eq!(summary.given(), Some(Given { average, count }));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// The average, 0 to 5.
    pub average: Decimal,
    /// The number of ratings, if it is stated.
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
        // Rounded down, so that the bars from 4 on have as many ratings as the filter `rating>=4` shows. Half a star is
        // more than none, so it counts as one.
        let whole = (thousandths / 1000).max(u64::from(thousandths > 0));
        let whole = usize::try_from(whole).unwrap_or(0);
        if let Some(stars) = self.stars.get_mut(whole) {
            *stars += 1;
        }
    }

    /// Adds the reviews of a page, and the combined rating that the page states. The first page that states one counts.
    pub fn add_page(&mut self, page: &Collection) {
        page.reviews.iter().for_each(|review| self.add(review));
        if self.given.is_none() {
            self.given = page.aggregate.as_ref().and_then(Given::of);
        }
    }

    /// Returns the number of reviews.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Returns the number of reviews with a rating on a scale. The average and the histogram cover only these.
    pub fn rated(&self) -> u32 {
        self.rated
    }

    /// Returns the average rating, 0 to 5, to the nearest thousandth, or `None` if there is no rating.
    pub fn average(&self) -> Option<Decimal> {
        let (total, rated) = (self.total, u64::from(self.rated));
        let average = (2 * total + rated).checked_div(2 * rated)?;
        Decimal::from_thousandths(i64::try_from(average).ok()?)
    }

    /// Returns the number of ratings of 0, 1, 2, 3, 4 and 5 stars, rounded down: a rating of 4.5 counts as 4. Less
    /// than one star counts as one.
    pub fn stars(&self) -> [u32; 6] {
        self.stars
    }

    /// Returns the combined rating that the collection itself states (schema.org `AggregateRating`).
    pub fn given(&self) -> Option<Given> {
        self.given
    }
}

impl Given {
    /// Converts the aggregate to the scale from 0 to 5. Returns `None` if its rating has no scale.
    pub fn of(aggregate: &Aggregate) -> Option<Self> {
        Some(Self { average: out_of_five(&aggregate.rating.mark)?, count: aggregate.count })
    }
}

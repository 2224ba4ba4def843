//! Computes in slices which reviews are shown and in which order: the answer to a [`Query`].
//!
//! 1. [`Sorter`] sorts all reviews. Without a sort, they keep the order of the collection.
//! 2. Filter and search are applied in that order, in phases: first to all titles, then to the works, the verdicts and
//!    the bodies. So the best matches are found first, and later ones are added below them.
//!
//! While an answer is computed, [`Selection::shown`] returns the matches found so far. If reviews were added, it
//! returns the previous answer until all reviews are examined, so that nothing jumps. Results that are known for a
//! review, or that follow from a search that this one narrows, are not computed again.

use std::rc::Rc;

use super::filter::Filter;
use super::search::{Rank, Search};
use super::sort::{Sort, Sorter};
use crate::model::Review;

/// The request of a visitor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Selects the reviews.
    pub filter: Filter,
    /// The order of the reviews. With a search, it applies within each rank.
    pub sort: Option<Sort>,
    /// The words to search for.
    pub search: Search,
}

impl Query {
    /// Returns the reviews that match, in their order, in one go: for programs that have no screen to keep responsive.
    /// A page uses [`Selection`].
    ///
    /// ```
    /// use review_card::collection::{Filter, Query, Search, Sort};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let json = br#"[{ "title": "Alien", "rating": "5/5", "tags": ["space"] },
    ///     { "title": "Solaris", "rating": "4/5", "tags": ["space"] }, { "title": "Heat", "rating": "4/5" }]"#;
    /// let (collection, _) = review_card::read(json, None)?;
    /// let titles = |query: Query| -> Vec<String> {
    ///     query.select(&collection.reviews).iter().map(|review| review.title.clone()).collect()
    /// };
    ///
    /// let (filter, _problems) = Filter::parse("tag:space rating>=4");
    /// let sort = Sort::parse("title")?;
    /// assert_eq!(titles(Query { filter, sort, ..Query::default() }), ["Alien", "Solaris"]);
    /// assert_eq!(titles(Query { search: Search::new("heat"), ..Query::default() }), ["Heat"]);
    /// assert_eq!(titles(Query { sort: Sort::parse("-title")?, ..Query::default() }), ["Solaris", "Heat", "Alien"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn select(&self, reviews: &[Rc<Review>]) -> Vec<Rc<Review>> {
        let mut selection = Selection::new(self.clone());
        while !selection.step(reviews, usize::MAX) {}
        selection.shown().iter().filter_map(|at| reviews.get(*at as usize)).cloned().collect()
    }
}

/// The results for one review so far.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    /// The words found so far, one bit each.
    found: u32,
    /// The number of phases that the review has been through.
    phases: u8,
    state: State,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// It may match in a later phase.
    #[default]
    Open,
    /// It matched in the last of its phases.
    Hit,
    /// It does not match.
    Out,
}

/// The number of reviews with known results that are skipped for one unit of work.
const PASSED: usize = 64;

/// The answer to a query over a growing collection.
///
/// ```
/// use std::rc::Rc;
/// use review_card::Review;
/// use review_card::collection::{Query, Search, Selection};
///
/// let review = |title: &str| Rc::new(Review { title: title.into(), ..Review::default() });
/// let mut reviews = vec![review("Heat"), review("Alien")];
/// let mut selection = Selection::new(Query { search: Search::new("heat"), ..Query::default() });
/// while !selection.step(&reviews, 100) { /* Let the page draw, and continue later. */ }
/// assert_eq!(selection.shown(), [0]);
/// reviews.push(review("The Heat of the Day"));
/// while !selection.step(&reviews, 100) {}
/// assert_eq!(selection.shown(), [0, 2]);
/// selection.ask(Query { search: Search::new("day"), ..Query::default() });
/// while !selection.is_done() {
///     selection.step(&reviews, 100);
/// }
/// assert_eq!(selection.shown(), [2]);
/// ```
#[derive(Debug, Default)]
pub struct Selection {
    query: Query,
    sorter: Sorter,
    known: Vec<Known>,
    answer: Vec<u32>,
    /// The previous answer, and how long it is shown.
    before: Vec<u32>,
    shown: Shown,
    /// The progress of the work: the phase, and the position in the order.
    phase: usize,
    at: usize,
    /// The number of reviews in the order.
    reviews: usize,
    is_done: bool,
}

/// Which of the two answers is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    /// The present answer, as far as it is known.
    #[default]
    Answer,
    /// The previous answer, until the reviews are sorted.
    BeforeSorted,
    /// The previous answer, until the present one is complete.
    BeforeDone,
}

impl Selection {
    /// Returns the selection for this query, over no reviews yet.
    pub fn new(query: Query) -> Self {
        let sorter = Sorter::new(query.sort);
        Self { query, sorter, ..Self::default() }
    }

    /// Returns the query.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Replaces the query. The next [`Selection::step`] starts to answer it.
    pub fn ask(&mut self, query: Query) {
        let is_same = query.filter == self.query.filter && query.search == self.query.search;
        if query.sort != self.query.sort {
            self.sorter = Sorter::new(query.sort);
            self.keep(Shown::BeforeSorted);
        } else if is_same {
            return;
        } else {
            self.shown = Shown::Answer;
        }
        if !is_same {
            let narrows =
                self.is_done && query.filter == self.query.filter && query.search.narrows(&self.query.search);
            for known in self.known.iter_mut().filter(|known| !(narrows && known.state == State::Out)) {
                *known = Known::default();
            }
        }
        self.query = query;
        self.begin();
    }

    /// Does about `budget` units of work. Returns `true` once all of `reviews` have been examined. Reviews may have
    /// been added at the end since the last call.
    pub fn step(&mut self, reviews: &[Rc<Review>], budget: usize) -> bool {
        let mut budget = budget;
        if self.is_done_for(reviews.len()) {
            return true;
        }
        self.is_done = false;
        if !self.sorter.step(reviews, &mut budget) {
            return false;
        }
        if self.shown == Shown::BeforeSorted {
            self.shown = Shown::Answer;
        }
        if self.reviews != reviews.len() {
            self.grow(reviews.len());
        }
        if self.look(reviews, &mut budget) {
            self.is_done = true;
            self.shown = Shown::Answer;
            self.before = Vec::new();
        }
        self.is_done
    }

    /// Returns the indices of the reviews that are shown, in their order: the answer so far, or the previous answer.
    pub fn shown(&self) -> &[u32] {
        if self.shown == Shown::Answer { &self.answer } else { &self.before }
    }

    /// Returns whether [`Selection::shown`] is the complete answer for the reviews of the last step.
    pub fn is_done(&self) -> bool {
        self.is_done
    }

    /// Returns whether [`Selection::shown`] is the complete answer for this number of reviews.
    pub(crate) fn is_done_for(&self, reviews: usize) -> bool {
        self.is_done && self.reviews == reviews
    }

    /// Starts a new answer.
    fn begin(&mut self) {
        self.answer.clear();
        self.phase = 0;
        self.at = 0;
        self.is_done = false;
    }

    /// Keeps showing the present answer until `until`, unless it is empty.
    fn keep(&mut self, until: Shown) {
        if self.shown == Shown::Answer {
            self.before = std::mem::take(&mut self.answer);
        }
        self.shown = if self.before.is_empty() { Shown::Answer } else { until };
    }

    /// Takes in added reviews. Without a sort, during the first phase, they simply follow the others.
    fn grow(&mut self, reviews: usize) {
        self.reviews = reviews;
        self.known.resize(reviews, Known::default());
        if self.query.sort.is_some() || self.phase > 0 {
            self.keep(Shown::BeforeDone);
            self.begin();
        }
    }

    /// Goes through the phases. Returns `true` at the end of the last one.
    fn look(&mut self, reviews: &[Rc<Review>], budget: &mut usize) -> bool {
        let phases = if self.query.search.is_empty() { 1 } else { Rank::ALL.len() };
        let mut passed = 0;
        loop {
            while let Some(place) = self.sorter.order().get(self.at).copied() {
                if *budget == 0 {
                    return false;
                }
                let units = self.look_at(reviews, place, self.phase + 1 == phases);
                self.at += 1;
                passed += usize::from(units == 0);
                *budget = budget.saturating_sub(units + passed / PASSED);
                passed %= PASSED;
            }
            if self.phase + 1 == phases {
                return true; // If there is only one phase, later reviews continue in it.
            }
            self.phase += 1;
            self.at = 0;
        }
    }

    /// Examines one review in the present phase. Returns the units of work.
    fn look_at(&mut self, reviews: &[Rc<Review>], place: u32, is_last: bool) -> usize {
        let index = place as usize;
        let (Some(review), Some(known)) = (reviews.get(index), self.known.get_mut(index)) else { return 0 };
        let mut units = 0;
        if known.state == State::Open && usize::from(known.phases) <= self.phase {
            let Query { filter, search, .. } = &self.query;
            known.phases += 1;
            units += 1;
            if self.phase == 0 && !filter.matches(review) {
                known.state = State::Out;
            } else {
                if let Some(rank) = Rank::ALL.get(self.phase).filter(|_| !search.is_empty()) {
                    units += search.look(review, *rank, &mut known.found);
                }
                known.state = match (search.is_all(known.found), is_last) {
                    (true, _) => State::Hit,
                    (false, true) => State::Out,
                    (false, false) => State::Open,
                };
            }
        }
        if known.state == State::Hit && usize::from(known.phases) == self.phase + 1 {
            self.answer.push(place);
        }
        units
    }
}

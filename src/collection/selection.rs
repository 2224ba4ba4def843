//! Which reviews are shown, and in which order: the answer to a [`Query`], in slices.
//!
//! 1. The sort puts all reviews in order ([`Sorter`]); without one, they stand as they came.
//! 2. In that order the filter is asked, and the search, in phases: all titles first, then the works, the verdicts, the bodies.
//!    So the best hits come at once, and what comes later stands below them.
//!
//! While an answer is being found, [`Selection::shown`] is what there is of it. Where more reviews have come it is the old one,
//! until all have been looked at: nothing jumps. Whatever is known of a review from before, and of a search that this one
//! narrows, is not looked up again.

use std::rc::Rc;

use super::filter::Filter;
use super::search::{Rank, Search};
use super::sort::{Sort, Sorter};
use crate::model::Review;

/// What a reader asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Which reviews.
    pub filter: Filter,
    /// In which order; within a rank, where there is a search.
    pub sort: Option<Sort>,
    /// With which words.
    pub search: Search,
}

/// What is known of one review.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    /// The words found so far, each a bit.
    found: u32,
    /// The phases that it has been through.
    phases: u8,
    state: State,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// It may be a hit in a later phase.
    #[default]
    Open,
    /// It was one in the last of its phases.
    Hit,
    /// It is none.
    Out,
}

/// Reviews that are passed over for one unit of work, since all is known of them.
const PASSED: usize = 64;

/// The answer to a query over a growing collection.
#[derive(Debug, Default)]
pub struct Selection {
    query: Query,
    sorter: Sorter,
    known: Vec<Known>,
    answer: Vec<u32>,
    /// The answer before this one, and for how long it is shown.
    before: Vec<u32>,
    shown: Shown,
    /// Where the work stands: the phase, and the place in the order.
    phase: usize,
    at: usize,
    /// How many reviews the order is of.
    reviews: usize,
    is_done: bool,
}

/// Which of the two answers is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    /// This one, as far as it is.
    #[default]
    Answer,
    /// The one before, until the reviews are in order.
    BeforeSorted,
    /// The one before, until this one is whole.
    BeforeDone,
}

impl Selection {
    /// The answer to this query, over no reviews yet.
    pub fn new(query: Query) -> Self {
        let sorter = Sorter::new(query.sort);
        Self { query, sorter, ..Self::default() }
    }

    /// What is asked.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Asks something else; the next [`Selection::step`] begins with it.
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

    /// Does about `budget` units of work; `true` once all of `reviews` have been looked at. They may have grown since the
    /// last time, at their end.
    pub fn step(&mut self, reviews: &[Rc<Review>], budget: usize) -> bool {
        let mut budget = budget;
        if self.is_done && self.reviews == reviews.len() {
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

    /// The places of the reviews that are shown, in their order: the answer so far, or the answer before.
    pub fn shown(&self) -> &[u32] {
        if self.shown == Shown::Answer { &self.answer } else { &self.before }
    }

    /// Whether [`Selection::shown`] is the whole answer for the reviews of the last step.
    pub fn is_done(&self) -> bool {
        self.is_done
    }

    /// Begins a new answer.
    fn begin(&mut self) {
        self.answer.clear();
        self.phase = 0;
        self.at = 0;
        self.is_done = false;
    }

    /// What is shown now is shown for so long, if it is anything.
    fn keep(&mut self, until: Shown) {
        if self.shown == Shown::Answer {
            self.before = std::mem::take(&mut self.answer);
        }
        self.shown = if self.before.is_empty() { Shown::Answer } else { until };
    }

    /// Takes in reviews that have come. As they came, in the first phase, they only follow those before them.
    fn grow(&mut self, reviews: usize) {
        self.reviews = reviews;
        self.known.resize(reviews, Known::default());
        if self.query.sort.is_some() || self.phase > 0 {
            self.keep(Shown::BeforeDone);
            self.begin();
        }
    }

    /// Goes through the phases; `true` at the end of the last.
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
                return true; // Where there is one phase, reviews to come go on in it.
            }
            self.phase += 1;
            self.at = 0;
        }
    }

    /// Looks at one review in the present phase. Returns the units of work.
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

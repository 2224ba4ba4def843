//! The attribute `sort`: reviews in the order of their dates, ratings or titles.
//!
//! Titles are in the order of their folded words ([`super::fold()`]): case, accents and signs do not count, a number counts by
//! its value ("Rocky 2" before "Rocky 10"), and an article counts as it stands: "The Apartment" is under T, in whatever
//! language. Scripts follow each other as in Unicode. Dates are days: when a review came out, or was last changed where that
//! is all it says. Ratings are compared on one scale ([`super::out_of_five`]).
//!
//! The sort is stable, and a review without a date or a rating comes last, whichever way the rest is turned.
//!
//! Steps of [`Sorter`]: the keys of some reviews, in the order of their places; these are sorted into a run; neighbouring runs
//! are merged, an element at a time. So a hundred thousand reviews are sorted in slices, and a page more is one more run.

use std::cmp::Ordering;
use std::fmt;
use std::rc::Rc;

use super::fold::fold_words;
use super::scale::out_of_five;
use crate::model::Review;

/// What reviews are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortKey {
    /// The day it came out.
    Date,
    /// Its rating.
    Rating,
    /// Its title.
    Title,
}

/// By what, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub key: SortKey,
    /// `-`: the newest, the best, or Z first.
    pub descending: bool,
}

const NAMES: [(&str, SortKey); 3] =
    [("date", SortKey::Date), ("rating", SortKey::Rating), ("title", SortKey::Title)];

impl Sort {
    /// Reads the attribute; nothing is the collection's own order.
    ///
    /// # Errors
    /// `expected date, rating or title, or one of them after -, found "…"`
    pub fn parse(text: &str) -> Result<Option<Self>, String> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        let known = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        match known {
            Some((_, key)) => Ok(Some(Self { key: *key, descending })),
            None => {
                Err(["expected date, rating or title, or one of them after -, found \"", text, "\""].concat())
            }
        }
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(if self.descending { "-" } else { "" })?;
        f.write_str(NAMES.iter().find(|(_, key)| *key == self.key).map_or("", |(name, _)| name))
    }
}

/// What a review is sorted by.
#[derive(Debug)]
enum Key {
    Number(i64),
    Text(Box<str>),
    Missing,
}

/// Reviews of which the keys are computed and sorted at once.
const RUN: usize = 256;
/// Elements that are merged for one unit of work.
const MERGED: usize = 8;

/// Sorts a growing collection in slices.
#[derive(Debug, Default)]
pub struct Sorter {
    sort: Option<Sort>,
    keys: Vec<Key>,
    /// How many of the keys are in `runs`.
    sorted: usize,
    /// Sorted places; those of a run come before those of the next in the collection.
    runs: Vec<Vec<u32>>,
    merge: Option<Merge>,
}

/// Two runs that become one.
#[derive(Debug)]
struct Merge {
    left: Vec<u32>,
    right: Vec<u32>,
    /// How much of each has been taken.
    taken: (usize, usize),
    out: Vec<u32>,
}

impl Sorter {
    /// A sorter that has seen no review; without a sort, places stay in their order.
    pub fn new(sort: Option<Sort>) -> Self {
        Self { sort, ..Self::default() }
    }

    /// What it sorts by.
    pub fn sort(&self) -> Option<Sort> {
        self.sort
    }

    /// Does about `budget` units of work; `true` once all of `reviews` are sorted. They may have grown since the last time.
    pub fn step(&mut self, reviews: &[Rc<Review>], budget: &mut usize) -> bool {
        let Some(sort) = self.sort else {
            self.extend(reviews.len());
            return true;
        };
        loop {
            if *budget == 0 {
                return false;
            }
            if let Some(merge) = &mut self.merge {
                if merge.step(&self.keys, sort, budget) {
                    self.runs.extend(self.merge.take().map(|merge| merge.out));
                }
            } else if self.is_to_merge(self.keys.len() == reviews.len()) {
                self.merge = self.runs.pop().and_then(|right| Some(Merge::new(self.runs.pop()?, right)));
            } else if self.keys.len() < reviews.len() || self.sorted < self.keys.len() {
                self.run(reviews, sort, budget);
            } else {
                return true;
            }
        }
    }

    /// The places of the reviews in their order, once they are all sorted.
    pub fn order(&self) -> &[u32] {
        self.runs.first().map_or(&[], Vec::as_slice)
    }

    /// Without a sort, each place follows the one before.
    fn extend(&mut self, length: usize) {
        if self.runs.is_empty() {
            self.runs.push(Vec::new());
        }
        if let Some(order) = self.runs.first_mut() {
            order.extend((order.len()..length).filter_map(|place| u32::try_from(place).ok()));
        }
    }

    /// Whether the last two runs are merged next: they are about as long as each other, or there is nothing else to do.
    fn is_to_merge(&self, all_keyed: bool) -> bool {
        match self.runs.as_slice() {
            [.., left, right] => left.len() <= 2 * right.len() || all_keyed && self.sorted == self.keys.len(),
            _ => false,
        }
    }

    /// Computes keys, and once there are enough of them or no more, makes a run of them.
    fn run(&mut self, reviews: &[Rc<Review>], sort: Sort, budget: &mut usize) {
        while *budget > 0 && self.keys.len() - self.sorted < RUN {
            let Some(review) = reviews.get(self.keys.len()) else { break };
            self.keys.push(Key::of(review, sort.key));
            *budget -= 1;
        }
        let is_whole = self.keys.len() - self.sorted == RUN || self.keys.len() == reviews.len();
        if is_whole {
            let mut run: Vec<_> =
                (self.sorted..self.keys.len()).filter_map(|place| u32::try_from(place).ok()).collect();
            run.sort_by(|left, right| compare(&self.keys, sort, *left, *right));
            self.runs.push(run);
            self.sorted = self.keys.len();
        }
    }
}

impl Merge {
    fn new(left: Vec<u32>, right: Vec<u32>) -> Self {
        let out = Vec::with_capacity(left.len() + right.len());
        Self { left, right, taken: (0, 0), out }
    }

    /// Whether it is done.
    fn step(&mut self, keys: &[Key], sort: Sort, budget: &mut usize) -> bool {
        let before = self.out.len();
        let most = before.saturating_add(budget.saturating_mul(MERGED));
        while self.out.len() < most {
            let next = match (self.left.get(self.taken.0), self.right.get(self.taken.1)) {
                (Some(left), Some(right)) if compare(keys, sort, *left, *right).is_gt() => right,
                (Some(left), _) => left,
                (None, Some(right)) => right,
                (None, None) => break,
            };
            self.out.push(*next);
            // Each place is in one of the two.
            if self.left.get(self.taken.0) == Some(next) { self.taken.0 += 1 } else { self.taken.1 += 1 }
        }
        *budget = budget.saturating_sub((self.out.len() - before).div_ceil(MERGED));
        self.out.len() == self.left.len() + self.right.len()
    }
}

fn compare(keys: &[Key], sort: Sort, left: u32, right: u32) -> Ordering {
    let key = |place: u32| keys.get(place as usize).unwrap_or(&Key::Missing);
    let order = match (key(left), key(right)) {
        (Key::Missing, Key::Missing) => return Ordering::Equal,
        (Key::Missing, _) => return Ordering::Greater,
        (_, Key::Missing) => return Ordering::Less,
        (Key::Number(left), Key::Number(right)) => left.cmp(right),
        (Key::Text(left), Key::Text(right)) => left.cmp(right),
        _ => Ordering::Equal, // Never: all keys of a sort are of one kind.
    };
    if sort.descending { order.reverse() } else { order }
}

impl Key {
    fn of(review: &Review, key: SortKey) -> Self {
        let number = match key {
            SortKey::Title => return Self::Text(title_key(&review.title)),
            SortKey::Date => {
                let dates = [&review.published, &review.updated];
                let day = dates.into_iter().flatten().find_map(|date| date.day());
                day.map(|day| i64::from(day.year) * 10_000 + i64::from(day.month) * 100 + i64::from(day.day))
            }
            SortKey::Rating => {
                let rating = review.rating.as_ref().and_then(|rating| out_of_five(&rating.mark));
                rating.map(|rating| rating.thousandths())
            }
        };
        number.map_or(Self::Missing, Self::Number)
    }
}

/// A title's folded words, with the length of each number before it.
fn title_key(title: &str) -> Box<str> {
    let folded = fold_words(title);
    let mut key = String::with_capacity(folded.len() + 4);
    let mut rest = folded.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at_checked(start).unwrap_or_default();
        let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        let (digits, after) = number.split_at_checked(end).unwrap_or_default();
        let digits = digits.trim_start_matches('0');
        key.push_str(before);
        // '0' to '9', so that a number stands before a letter still.
        key.push(char::from(b'0' + u8::try_from(digits.len()).unwrap_or(9).min(9)));
        key.push_str(digits);
        rest = after;
    }
    key.push_str(rest);
    key.into()
}

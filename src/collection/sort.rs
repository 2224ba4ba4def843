//! The attribute `sort`: sorts reviews by date, rating or title.
//!
//! Titles are compared by their folded words ([`super::fold()`]). Case, accents and punctuation are ignored, a number
//! counts by its value ("Rocky 2" before "Rocky 10"), and articles count in every language: "The Apartment" is under T.
//! Scripts follow each other as in Unicode. The date is the day of publication, or the day of the last change if there
//! is no other. Ratings are compared on one scale ([`super::out_of_five`]).
//!
//! The sort is stable. A review without a date or rating is last in both directions.
//!
//! [`Sorter`] works in slices: it computes the keys of some reviews in collection order, sorts these into a run, and
//! merges neighbouring runs one element at a time. So it can sort a hundred thousand reviews in slices, and a new page
//! adds one more run.

use std::cmp::Ordering;
use std::fmt;
use std::rc::Rc;

use super::fold::fold_words;
use super::scale::place;
use crate::model::Review;

/// The property that reviews are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortKey {
    /// The date of the review.
    Date,
    /// The rating of the review.
    Rating,
    /// The title of the review.
    Title,
}

/// A property and a direction to sort by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The property.
    pub key: SortKey,
    /// Written as `-`: the newest, the best, or Z first.
    pub descending: bool,
}

const NAMES: [(&str, SortKey); 3] =
    [("date", SortKey::Date), ("rating", SortKey::Rating), ("title", SortKey::Title)];

impl Sort {
    /// Parses the attribute. Returns `None` for an empty one, which keeps the order of the collection.
    ///
    /// # Errors
    /// Returns `expected date, rating or title, or one of them after -, found "…"`.
    ///
    /// ```
    /// use review_card::collection::{Sort, SortKey};
    /// assert_eq!(Sort::parse("-date"), Ok(Some(Sort { key: SortKey::Date, descending: true })));
    /// assert_eq!(Sort::parse(""), Ok(None));
    /// assert!(Sort::parse("newest").is_err());
    /// ```
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

/// The sort key of a review.
#[derive(Debug)]
enum Key {
    Number(i64),
    Text(Box<str>),
    Missing,
}

/// The units of a star in which ratings are compared: averages may differ by little.
const PRECISION: i64 = 1_000_000_000_000;
/// The number of reviews in a run, whose keys are computed and sorted together.
const RUN: usize = 256;
/// The number of elements that are merged for one unit of work.
const MERGED: usize = 8;

/// Sorts a growing collection in slices.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Sorter {
    sort: Option<Sort>,
    keys: Vec<Key>,
    /// The number of keys that are in `runs`.
    sorted: usize,
    /// Sorted indices. All indices of a run are lower than those of the next run.
    runs: Vec<Vec<u32>>,
    merge: Option<Merge>,
}

/// Two runs that are being merged.
#[derive(Debug)]
struct Merge {
    left: Vec<u32>,
    right: Vec<u32>,
    /// The number of elements taken from each run.
    taken: (usize, usize),
    out: Vec<u32>,
}

impl Sorter {
    /// Returns a sorter over no reviews. Without a sort, the order of the collection is kept.
    pub fn new(sort: Option<Sort>) -> Self {
        Self { sort, ..Self::default() }
    }

    /// Returns the sort.
    pub fn sort(&self) -> Option<Sort> {
        self.sort
    }

    /// Does about `budget` units of work. Returns `true` once all of `reviews` are sorted. Reviews may have been added
    /// at the end since the last call.
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
            } else if self.keys.len() < reviews.len() {
                self.run(reviews, sort, budget);
            } else {
                return true;
            }
        }
    }

    /// Returns the indices of the reviews in sorted order, once all are sorted.
    pub fn order(&self) -> &[u32] {
        self.runs.first().map_or(&[], Vec::as_slice)
    }

    /// Without a sort, appends the indices up to `length` in collection order.
    fn extend(&mut self, length: usize) {
        if self.runs.is_empty() {
            self.runs.push(Vec::new());
        }
        if let Some(order) = self.runs.first_mut() {
            order.extend((order.len()..length).filter_map(|place| u32::try_from(place).ok()));
        }
    }

    /// Returns whether to merge the last two runs: they have about the same length, or all other work is done.
    fn is_to_merge(&self, all_keyed: bool) -> bool {
        match self.runs.as_slice() {
            [.., left, right] => left.len() <= 2 * right.len() || all_keyed,
            _ => false,
        }
    }

    /// Computes keys. Makes a run of them once there are [`RUN`], or no more reviews.
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

    /// Merges some elements. Returns `true` once the merge is done.
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
            // Each index is in exactly one of the two runs.
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
        _ => Ordering::Equal, // Unreachable: all keys of a sort have the same kind.
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
            SortKey::Rating => review.rating.as_ref().and_then(|rating| place(&rating.mark, PRECISION)),
        };
        number.map_or(Self::Missing, Self::Number)
    }
}

/// Returns a title's folded words, with the number of digits before each number.
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
        // A digit, so that numbers still sort before letters.
        key.push(char::from(b'0' + u8::try_from(digits.len()).unwrap_or(9).min(9)));
        key.push_str(digits);
        rest = after;
    }
    key.push_str(rest);
    key.into()
}

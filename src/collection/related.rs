//! Reviews that belong together: second opinions on the same work, and what else may interest.
//!
//! **The same work** is what two reviews name a common page of (`sameAs`). Where both name a page of one site and none in common,
//! they are about two works; else the name, the type and the year decide: they are the same for both, case and accents aside.
//!
//! **Related** to a review are, in this order: reviews of the same work; of works of the same people (the work's `creators`), the
//! more in common the earlier; with the same tags, the more in common the earlier. Equals stand in the collection's order.
//!
//! A review is never found for itself, nor twice, nor where its own `related` or `opinions` name it already. Those lists are the
//! author's choice: nothing is added to one that has entries. What is a second opinion is not repeated among the related.
//!
//! [`Pool`] is an index, so that each of many reviews finds its own without looking at all the others; [`Library`] is one that
//! keeps what it needs of the reviews itself.

use std::borrow::Borrow;
use std::collections::HashMap;

use super::fold::{fold, fold_words};
use super::markup::without_markup;
use crate::model::{Body, Person, Related, Review, Work};

/// Second opinions that are found for a review, and related reviews.
pub const MAX_FOUND: usize = 6;
/// Characters of a body's first words.
const FIRST_WORDS: usize = 160;

/// Reviews by what they have in common with others.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    reviews: u32,
    places: HashMap<String, Vec<u32>>,
}

/// What a pool has for a review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Other reviews of the same work, with their first words; none where the review names some itself.
    pub opinions: Vec<Related>,
    /// Related reviews; none where the review names some itself.
    pub related: Vec<Related>,
}

/// A [`Pool`] with its reviews, of which it keeps what is shown of them elsewhere: not their bodies.
#[derive(Clone, Debug, Default)]
pub struct Library {
    pool: Pool,
    reviews: Vec<Review>,
}

impl Library {
    /// Adds a review.
    pub fn add(&mut self, mut review: Review) {
        self.pool.add(&review);
        review.verdict = words_of(&review);
        review.body = Body::Empty;
        self.reviews.push(review);
    }

    /// Adds to the review what belongs to it.
    pub fn complete(&self, review: &mut Review) {
        let Found { opinions, related } = self.pool.find(review, &self.reviews);
        review.opinions.extend(opinions);
        review.related.extend(related);
    }
}

impl Pool {
    /// Adds a review, whose place is the number of those added before.
    pub fn add(&mut self, review: &Review) {
        for key in work_keys(review).chain(people_keys(review)).chain(tag_keys(review)) {
            let places = self.places.entry(key).or_default();
            if places.last() != Some(&self.reviews) {
                places.push(self.reviews);
            }
        }
        self.reviews += 1;
    }

    /// What belongs to `review` among `reviews`: those that have been added, in that order.
    pub fn find<R: Borrow<Review>>(&self, review: &Review, reviews: &[R]) -> Found {
        let mut found = Found::default();
        let mut hand = Hand { review, reviews, taken: Vec::new() };
        let mut of_work = self.ranked(work_keys(review));
        of_work.retain(|place| hand.is_of_same_work(*place));
        if review.opinions.is_empty() {
            hand.take(&of_work, &mut found.opinions);
        }
        if review.related.is_empty() {
            hand.take(&of_work, &mut found.related);
            hand.take(&self.ranked(people_keys(review)), &mut found.related);
            hand.take(&self.ranked(tag_keys(review)), &mut found.related);
        }
        found
    }

    /// The places with any of the keys, those with the most first.
    fn ranked(&self, keys: impl Iterator<Item = String>) -> Vec<u32> {
        let mut counts: HashMap<u32, usize> = HashMap::new();
        for place in keys.filter_map(|key| self.places.get(&key)).flatten() {
            *counts.entry(*place).or_default() += 1;
        }
        let mut places: Vec<_> = counts.into_iter().collect();
        places.sort_unstable_by_key(|(place, count)| (std::cmp::Reverse(*count), *place));
        places.into_iter().map(|(place, _)| place).collect()
    }
}

/// What takes reviews out of a pool for one of them, none twice.
struct Hand<'a, R> {
    review: &'a Review,
    reviews: &'a [R],
    taken: Vec<&'a Review>,
}

impl<'a, R: Borrow<Review>> Hand<'a, R> {
    fn at(&self, place: u32) -> Option<&'a Review> {
        self.reviews.get(place as usize).map(Borrow::borrow)
    }

    fn is_of_same_work(&self, place: u32) -> bool {
        let works = self.at(place).and_then(|other| Some((self.review.work.as_ref()?, other.work.as_ref()?)));
        works.is_some_and(|(one, other)| is_same_work(one, other))
    }

    /// Adds to the list until it is full.
    fn take(&mut self, places: &[u32], list: &mut Vec<Related>) {
        for place in places {
            if list.len() == MAX_FOUND {
                return;
            }
            let Some(other) = self.at(*place) else { continue };
            let is_there = is_same_review(self.review, other)
                || self.taken.iter().any(|one| is_same_review(one, other))
                || self.review.related.iter().chain(&self.review.opinions).any(|entry| names(entry, other));
            if !is_there {
                self.taken.push(other);
                list.push(entry(other));
            }
        }
    }
}

/// What a review of the same work has at least one of.
fn work_keys(review: &Review) -> impl Iterator<Item = String> {
    let name = review.work.as_ref().map(|work| ["n", &work_name(work)].concat());
    let pages = review.work.iter().flat_map(|work| &work.same_as);
    name.into_iter().chain(pages.map(|page| ["s", page_key(page)].concat()))
}

fn people_keys(review: &Review) -> impl Iterator<Item = String> {
    let creators = review.work.iter().flat_map(|work| &work.creators);
    distinct("p", creators.map(|name| fold_words(name)))
}

fn tag_keys(review: &Review) -> impl Iterator<Item = String> {
    distinct("t", review.tags.iter().map(|tag| fold(tag)))
}

fn distinct(kind: &str, texts: impl Iterator<Item = String>) -> std::vec::IntoIter<String> {
    let mut keys: Vec<String> = Vec::new();
    for text in texts {
        let key = [kind, &text].concat();
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys.into_iter()
}

/// A work by its name, type and year.
fn work_name(work: &Work) -> String {
    let part = |text: &Option<String>| text.as_deref().map(fold).unwrap_or_default();
    [fold_words(&work.name), part(&work.kind), part(&work.year)].join("\n")
}

fn is_same_work(one: &Work, other: &Work) -> bool {
    let pages = |work: &Work| work.same_as.iter().map(|page| page_key(page).to_owned()).collect::<Vec<_>>();
    let (ones, others) = (pages(one), pages(other));
    if ones.iter().any(|page| others.contains(page)) {
        return true;
    }
    let site = |page: &String| page.split('/').next().unwrap_or_default().to_ascii_lowercase();
    let is_another = ones.iter().any(|page| others.iter().any(|other| site(page) == site(other)));
    !is_another && work_name(one) == work_name(other)
}

/// An address without what two spellings of it may differ in: scheme, `www.`, a slash at the end, a fragment.
fn page_key(address: &str) -> &str {
    let address = address.split('#').next().unwrap_or_default();
    let address = address.strip_prefix("https://").or(address.strip_prefix("http://")).unwrap_or(address);
    address.strip_prefix("www.").unwrap_or(address).trim_end_matches('/')
}

/// Whether two reviews are one: by their addresses, or where one has none, by their ids, or by all that they say of themselves.
fn is_same_review(one: &Review, other: &Review) -> bool {
    if let (Some(one), Some(other)) = (&one.url, &other.url) {
        return page_key(one) == page_key(other);
    }
    let is_told_alike = one.title == other.title && one.published == other.published;
    one.id == other.id || is_told_alike && words_of(one) == words_of(other)
}

/// Whether an entry of `related` is this review.
fn names(entry: &Related, review: &Review) -> bool {
    match (&entry.url, &review.url) {
        (Some(entry), Some(review)) => page_key(entry) == page_key(review),
        _ => entry.title.as_ref() == Some(&review.title),
    }
}

fn entry(review: &Review) -> Related {
    Related {
        title: Some(review.title.clone()),
        url: review.url.clone(),
        author: (!review.authors.is_empty()).then(|| names_of(&review.authors)),
        verdict: words_of(review),
        image: review.image.clone().or_else(|| review.work.as_ref()?.image.clone()),
        rating: review.rating.clone(),
    }
}

fn names_of(authors: &[Person]) -> String {
    authors.iter().map(|author| author.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// The verdict, or the first words of the body.
fn words_of(review: &Review) -> Option<String> {
    review.verdict.clone().or_else(|| first_words(&review.body))
}

/// The first words of a body.
fn first_words(body: &Body) -> Option<String> {
    let text = match body {
        Body::Empty => return None,
        Body::Text(paragraphs) => paragraphs.join(" "),
        Body::Html { html, .. } | Body::Safe { html, .. } => without_markup(html).into_owned(),
    };
    let mut words = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        length += word.chars().count() + 1;
        if length > FIRST_WORDS && !words.is_empty() {
            words.push('…');
            return Some(words);
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    (!words.is_empty()).then_some(words)
}

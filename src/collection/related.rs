//! Finds second opinions on the same work, and related reviews.
//!
//! Two reviews are of **the same work** if their works share a `sameAs` page. If they share none, but both name pages
//! of the same site, their works are different. Otherwise the works are the same if name, type, year and series are the
//! same, ignoring case and accents. Different episodes or seasons are always different works.
//!
//! The **related** reviews of a review are, in this order: reviews of the same work; reviews of works that share a
//! series or people (the work's `creators`), the most shared first; reviews that share tags, the most shared first.
//! Ties keep collection order.
//!
//! A review is never listed as related to itself, and no review is listed twice or if the review's own `related` or
//! `opinions` already name it. Those two lists are the author's choice: nothing is added to a list that has entries. A
//! second opinion is not repeated among the related reviews.
//!
//! [`Pool`] is an index, so that each review can find its related reviews without a scan of all others. [`Library`] is
//! a pool that also keeps the data it needs from the reviews.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::HashMap;

use super::fold::{fold, fold_words};
use super::markup::without_markup;
use super::measure::Ratings;
use crate::model::{Body, Person, Related, Review, Work, slug};

/// The maximum number of second opinions, and of related reviews, that are found for one review.
pub const MAX_FOUND: usize = 6;
/// The number of candidates in the first round of a search.
const FIRST_RANKED: usize = 32;
/// The length of an excerpt from a body, in characters.
const FIRST_WORDS: usize = 160;

/// An index of reviews by the properties that they may share with others.
#[doc(hidden)]
#[derive(Clone, Debug, Default)]
pub struct Pool {
    reviews: u32,
    places: HashMap<String, Vec<u32>>,
}

/// The reviews that a pool found for one review.
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Other reviews of the same work, with an excerpt. Empty if the review names opinions itself.
    pub opinions: Vec<Related>,
    /// Related reviews. Empty if the review names related reviews itself.
    pub related: Vec<Related>,
}

/// A [`Pool`] with its reviews. It keeps their titles, verdicts and the like, but not their bodies.
///
/// ```
/// use review_card::collection::Library;
///
/// let json = br#"[{ "title": "Alien", "tags": ["space"] }, { "title": "Solaris", "tags": ["space"] }, { "title": "Heat" }]"#;
/// let mut library = Library::default();
/// let mut reviews = review_card::read(json, None)?.0.reviews;
/// for review in &reviews {
///     library.add((**review).clone());
/// }
/// let mut first = (*reviews.remove(0)).clone();
/// library.complete(&mut first);
/// assert_eq!(first.related.iter().map(|entry| entry.title.as_deref()).collect::<Vec<_>>(), [Some("Solaris")]);
/// # Ok::<(), review_card::ReadError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Library {
    pool: Pool,
    ratings: Ratings,
    reviews: Vec<Review>,
}

impl Library {
    /// Adds a review.
    pub fn add(&mut self, mut review: Review) {
        self.pool.add(&review);
        self.ratings.add(&review);
        review.verdict = words_of(&review);
        review.body = Body::Empty;
        self.reviews.push(review);
    }

    /// Adds second opinions, related reviews and the comparison of its rating to the review.
    pub fn complete(&self, review: &mut Review) {
        let Found { opinions, related } = self.pool.find(review, &self.reviews);
        review.opinions.extend(opinions);
        review.related.extend(related);
        if let Some(measure) = self.ratings.measure(review) {
            review.measure = Some(measure);
        }
    }
}

impl Pool {
    /// Adds a review. Its index is the number of reviews added before.
    pub fn add(&mut self, review: &Review) {
        for key in work_keys(review).chain(people_keys(review)).chain(tag_keys(review)) {
            let places = self.places.entry(key).or_default();
            if places.last() != Some(&self.reviews) {
                places.push(self.reviews);
            }
        }
        self.reviews += 1;
    }

    /// Finds the reviews that belong to `review`. `reviews` are those that were added, in the same order.
    pub fn find<R: Borrow<Review>>(&self, review: &Review, reviews: &[R]) -> Found {
        let mut found = Found::default();
        let mut hand = Hand { review, reviews, taken: Vec::new() };
        let of_work = self.lists(work_keys(review));
        if review.opinions.is_empty() {
            hand.fill(&mut found.opinions, &of_work, true);
        }
        if review.related.is_empty() {
            hand.fill(&mut found.related, &of_work, true);
            hand.fill(&mut found.related, &self.lists(people_keys(review)), false);
            hand.fill(&mut found.related, &self.lists(tag_keys(review)), false);
        }
        found
    }

    /// Returns the posting list of each key: the indices of its reviews.
    fn lists(&self, keys: impl Iterator<Item = String>) -> Vec<&[u32]> {
        keys.filter_map(|key| self.places.get(&key).map(Vec::as_slice)).collect()
    }
}

/// Returns up to `most` indices from sorted posting lists, ranked by the number of lists that contain them. Ties keep
/// collection order.
///
/// A list that contains all reviews is not scanned in full. Once enough indices are found, those that cannot be in more
/// lists than the lowest of them are skipped ([WAND](https://dl.acm.org/doi/10.1145/956863.956944)).
fn ranked(lists: &[&[u32]], most: usize) -> Vec<u32> {
    let mut lists = lists.to_vec();
    let mut found: Vec<(Reverse<usize>, u32)> = Vec::new();
    loop {
        lists.retain(|list| !list.is_empty());
        lists.sort_unstable_by_key(|list| list.first().copied());
        let last = found.last().filter(|_| found.len() == most);
        let least = last.map_or(0, |(Reverse(count), _)| *count);
        // Indices before this one occur at most in the `least` lists before this list.
        let Some(place) = lists.get(least).and_then(|list| list.first()).copied() else { break };
        let mut count = 0;
        for list in &mut lists {
            let before = list.partition_point(|other| *other < place);
            let is_in = list.get(before) == Some(&place);
            *list = list.get(before + usize::from(is_in)..).unwrap_or_default();
            count += usize::from(is_in);
        }
        if count > least {
            let one = (Reverse(count), place);
            found.insert(found.partition_point(|other| *other < one), one);
            found.truncate(most);
        }
    }
    found.into_iter().map(|(_, place)| place).collect()
}

/// Collects entries for one review from a pool, none of them twice.
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

    /// Adds reviews, ranked by the number of lists that contain them, until there are [`MAX_FOUND`].
    fn fill(&mut self, found: &mut Vec<Related>, lists: &[&[u32]], of_same_work: bool) {
        let mut most = FIRST_RANKED;
        loop {
            let places = ranked(lists, most);
            self.take(&places, of_same_work, found);
            if found.len() == MAX_FOUND || places.len() < most {
                return;
            }
            most *= 8; // Few candidates qualified. Entries already taken are not added again.
        }
    }

    fn take(&mut self, places: &[u32], of_same_work: bool, list: &mut Vec<Related>) {
        for place in places {
            if list.len() == MAX_FOUND {
                return;
            }
            if of_same_work && !self.is_of_same_work(*place) {
                continue;
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

/// Returns the keys that a review of the same work shares at least one of.
fn work_keys(review: &Review) -> impl Iterator<Item = String> {
    let name = review.work.as_ref().map(|work| ["n", &work_name(work)].concat());
    let pages = review.work.iter().flat_map(|work| &work.same_as);
    name.into_iter().chain(pages.map(|page| ["s", page_key(page)].concat()))
}

fn people_keys(review: &Review) -> impl Iterator<Item = String> {
    let creators = review.work.iter().flat_map(|work| &work.creators);
    let series = review.work.iter().filter_map(|work| work.series.as_ref());
    distinct("p", creators.chain(series).map(|name| fold_words(name)))
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

/// Returns a key made of the work's name, type, year and series.
fn work_name(work: &Work) -> String {
    let part = |text: &Option<String>| text.as_deref().map(fold).unwrap_or_default();
    [fold_words(&work.name), part(&work.kind), part(&work.year), part(&work.series)].join("\n")
}

fn is_same_work(one: &Work, other: &Work) -> bool {
    // A `sameAs` page may be that of the series, which all episodes share.
    if (one.season, one.episode) != (other.season, other.episode) {
        return false;
    }
    let pages = |work: &Work| work.same_as.iter().map(|page| page_key(page).to_owned()).collect::<Vec<_>>();
    let (ones, others) = (pages(one), pages(other));
    if ones.iter().any(|page| others.contains(page)) {
        return true;
    }
    let site = |page: &String| page.split('/').next().unwrap_or_default().to_ascii_lowercase();
    let is_another = ones.iter().any(|page| others.iter().any(|other| site(page) == site(other)));
    !is_another && work_name(one) == work_name(other)
}

/// Returns an address without the parts that may vary: the scheme, `www.`, a final slash, the fragment.
fn page_key(address: &str) -> &str {
    let address = address.split('#').next().unwrap_or_default();
    let address = address.strip_prefix("https://").or(address.strip_prefix("http://")).unwrap_or(address);
    address.strip_prefix("www.").unwrap_or(address).trim_end_matches('/')
}

/// Returns whether two addresses belong to the same review. Reviews on the same page have different fragments.
fn is_same_address(one: &str, other: &str) -> bool {
    let fragments = one.split_once('#').zip(other.split_once('#'));
    page_key(one) == page_key(other) && fragments.is_none_or(|((_, one), (_, other))| one == other)
}

/// Returns whether two values are the same review. Compares their addresses; if one is missing, the ids that their
/// authors gave; else everything that an entry shows.
fn is_same_review(one: &Review, other: &Review) -> bool {
    if let (Some(one), Some(other)) = (&one.url, &other.url) {
        return is_same_address(one, other);
    }
    // An id made from the title says no more than the title.
    let has_id = |review: &Review| review.id != slug(&review.title);
    if one.id == other.id && (has_id(one) || has_id(other)) {
        return true;
    }
    let authors = |review: &Review| (!review.authors.is_empty()).then(|| names_of(&review.authors));
    one.title == other.title
        && !differ(one.rating.as_ref(), other.rating.as_ref())
        && !differ(authors(one).as_ref(), authors(other).as_ref())
        && words_of(one) == words_of(other)
}

/// Returns whether both values are present and different.
fn differ<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

/// Returns whether an entry of `related` refers to this review.
fn names(entry: &Related, review: &Review) -> bool {
    match (&entry.url, &review.url) {
        (Some(entry), Some(review)) => is_same_address(entry, review),
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

/// Returns the verdict, or the first words of the body.
fn words_of(review: &Review) -> Option<String> {
    review.verdict.clone().or_else(|| first_words(&review.body))
}

/// Returns the first words of a body, up to [`FIRST_WORDS`] characters.
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::{btree_set, vec};
    use proptest::prelude::proptest;

    use super::ranked;

    /// The reference implementation: counts every index.
    fn counted(lists: &[&[u32]], most: usize) -> Vec<u32> {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        lists.iter().flat_map(|list| list.iter()).for_each(|place| *counts.entry(*place).or_default() += 1);
        let mut places: Vec<_> = counts.into_iter().collect();
        places.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        places.into_iter().map(|(place, _)| place).take(most).collect()
    }

    #[test]
    fn the_more_lists_the_earlier() {
        let lists: [&[u32]; 3] = [&[0, 1, 2, 3, 4, 5, 9], &[3, 9], &[1, 9]];
        assert_eq!(ranked(&lists, 4), [9, 1, 3, 0]);
        assert_eq!(ranked(&lists, 1), [9]);
        assert!(ranked(&[], 1).is_empty());
    }

    proptest! {
        #[test]
        fn none_is_passed_over_that_counts(lists in vec(btree_set(0..60_u32, 0..40), 0..6), most in 1..12_usize) {
            let lists: Vec<Vec<u32>> = lists.into_iter().map(|list| list.into_iter().collect()).collect();
            let lists: Vec<&[u32]> = lists.iter().map(Vec::as_slice).collect();
            assert_eq!(ranked(&lists, most), counted(&lists, most));
        }
    }
}

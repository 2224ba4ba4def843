//! Reviews that belong together: second opinions on the same work, and what else may interest.
//!
//! **The same work** is what two reviews name a common page of (`sameAs`). Where both name a page of one site and none in common,
//! they are about two works; else the name, the type and the year decide: they are the same for both, case and accents aside. Different
//! episodes or seasons are two works, whatever else they share.
//!
//! **Related** to a review are, in this order: reviews of the same work; of works of the same series or people (the work's `creators`),
//! the more in common the earlier; with the same tags, the more in common the earlier. Equals stand in the collection's order.
//!
//! A review is never found for itself, nor twice, nor where its own `related` or `opinions` name it already. Those lists are the
//! author's choice: nothing is added to one that has entries. What is a second opinion is not repeated among the related.
//!
//! [`Pool`] is an index, so that each of many reviews finds its own without looking at all the others; [`Library`] is one that
//! keeps what it needs of the reviews itself.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::HashMap;

use super::fold::{fold, fold_words};
use super::markup::without_markup;
use super::measure::Ratings;
use crate::model::{Body, Person, Related, Review, Work, slug};

/// Second opinions that are found for a review, and related reviews.
pub const MAX_FOUND: usize = 6;
/// Places that are looked at, to begin with.
const FIRST_RANKED: usize = 32;
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

    /// Adds to the review what belongs to it, and where its rating stands.
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

    /// The places of each key.
    fn lists(&self, keys: impl Iterator<Item = String>) -> Vec<&[u32]> {
        keys.filter_map(|key| self.places.get(&key).map(Vec::as_slice)).collect()
    }
}

/// Of places in lists that are in order, those that are in the most of them, so many: the more lists the earlier, and equals in
/// order.
///
/// A list that all reviews are in is not walked through: once there are enough, what is in no more lists than the last of those
/// is passed over ([WAND](https://dl.acm.org/doi/10.1145/956863.956944)).
fn ranked(lists: &[&[u32]], most: usize) -> Vec<u32> {
    let mut lists = lists.to_vec();
    let mut found: Vec<(Reverse<usize>, u32)> = Vec::new();
    loop {
        lists.retain(|list| !list.is_empty());
        lists.sort_unstable_by_key(|list| list.first().copied());
        let last = found.last().filter(|_| found.len() == most);
        let least = last.map_or(0, |(Reverse(count), _)| *count);
        // What stands before this place is in no more than the lists before this one.
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

    /// Adds what is in the most of these lists until there is enough.
    fn fill(&mut self, found: &mut Vec<Related>, lists: &[&[u32]], of_same_work: bool) {
        let mut most = FIRST_RANKED;
        loop {
            let places = ranked(lists, most);
            self.take(&places, of_same_work, found);
            if found.len() == MAX_FOUND || places.len() < most {
                return;
            }
            most *= 8; // Few of those are to be shown; what has been taken is not taken again.
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

/// What a review of the same work has at least one of.
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

/// A work by its name, type, year and series.
fn work_name(work: &Work) -> String {
    let part = |text: &Option<String>| text.as_deref().map(fold).unwrap_or_default();
    [fold_words(&work.name), part(&work.kind), part(&work.year), part(&work.series)].join("\n")
}

fn is_same_work(one: &Work, other: &Work) -> bool {
    // A page of the series is no page of one of its episodes.
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

/// An address without what two spellings of it may differ in: scheme, `www.`, a slash at the end, a fragment.
fn page_key(address: &str) -> &str {
    let address = address.split('#').next().unwrap_or_default();
    let address = address.strip_prefix("https://").or(address.strip_prefix("http://")).unwrap_or(address);
    address.strip_prefix("www.").unwrap_or(address).trim_end_matches('/')
}

/// Whether two addresses are of one review: of several on a page, each has a fragment of its own.
fn is_same_address(one: &str, other: &str) -> bool {
    let fragments = one.split_once('#').zip(other.split_once('#'));
    page_key(one) == page_key(other) && fragments.is_none_or(|((_, one), (_, other))| one == other)
}

/// Whether two reviews are one: by their addresses, or where one has none, by the ids that they were given, or by all that an
/// entry shows of them.
fn is_same_review(one: &Review, other: &Review) -> bool {
    if let (Some(one), Some(other)) = (&one.url, &other.url) {
        return is_same_address(one, other);
    }
    // An id that is made of the title says no more than that.
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

/// What is not said of one is no difference.
fn differ<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

/// Whether an entry of `related` is this review.
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::{btree_set, vec};
    use proptest::prelude::proptest;

    use super::ranked;

    /// All of them, by counting each.
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

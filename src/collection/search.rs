//! Full-text search over reviews.
//!
//! A review matches if each search word is a prefix of one of its words, ignoring case and accents ([`super::fold()`]).
//! The [`Rank`] of a match depends on the fields that were needed to find all words: the title alone; or also the work,
//! people, tags and section; or also the verdict; or also the body, pros, cons and history. In scripts without spaces
//! between words, a word may begin at any character; in Arabic, also after the article.
//!
//! A text is scanned once, in place, without a copy, because most words already differ in their first letter. So the
//! position of a hit is a position in the text as shown, and [`Search::marks`] returns where to put `<mark>`.

use std::ops::Range;

use super::fold::{fold_char, fold_words, is_ignored, is_unspaced, is_word};
use super::markup::without_markup;
use crate::model::{Body, Node, Review};

/// The maximum number of search words; later ones are ignored.
pub const MAX_WORDS: usize = 32;

/// The search words, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    words: Vec<String>,
    /// A bit set of the ASCII characters that begin a search word.
    firsts: u128,
}

/// How well a review matches, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// All words are in the title.
    Title,
    /// … or in the work's name, series, year or creators, the authors, the tags or the section.
    Work,
    /// … or in the verdict.
    Verdict,
    /// … or in the body, the pros, the cons or the notes of the history.
    Body,
}

impl Rank {
    /// All ranks, best first.
    pub const ALL: [Self; 4] = [Self::Title, Self::Work, Self::Verdict, Self::Body];
}

/// The bytes of text that are scanned for one unit of work.
const LOOKED_THROUGH: usize = 512;

impl Search {
    /// Returns the search for the text that a visitor typed. Only the first [`MAX_WORDS`] words count.
    ///
    /// ```
    /// use review_card::Review;
    /// use review_card::collection::{Rank, Search};
    ///
    /// let review = Review { title: "Amélie".into(), tags: vec!["comedy".into()], ..Review::default() };
    /// assert_eq!(Search::new("amelie").rank(&review), Some(Rank::Title));
    /// assert_eq!(Search::new("amelie comedy").rank(&review), Some(Rank::Work));
    /// assert_eq!(Search::new("drama").rank(&review), None);
    /// ```
    pub fn new(text: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        for word in fold_words(text).split(' ') {
            // Punctuation alone is not a word.
            if word.chars().any(is_word)
                && words.len() < MAX_WORDS
                && !words.iter().any(|known| known == word)
            {
                words.push(word.to_owned());
            }
        }
        let first = |word: &String| word.bytes().next().filter(u8::is_ascii);
        let firsts = words.iter().filter_map(first).fold(0, |firsts, byte| firsts | 1 << byte);
        Self { words, firsts }
    }

    /// Returns whether there are no search words. An empty search matches every review.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Returns how well the review matches, or `None` if it does not.
    pub fn rank(&self, review: &Review) -> Option<Rank> {
        let mut found = 0;
        Rank::ALL.into_iter().find(|rank| {
            self.look(review, *rank, &mut found);
            self.is_all(found)
        })
    }

    /// Returns the byte ranges to mark in a text. They are sorted, do not overlap, and lie on character boundaries.
    ///
    /// ```
    /// use review_card::collection::Search;
    /// assert_eq!(Search::new("amel").marks("Amélie and AMELIA"), [0..5, 12..16]);
    /// ```
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let mut marks: Vec<Range<usize>> = Vec::new();
        self.starts(text, &mut |start, rest| {
            let longest = self.words.iter().filter_map(|word| prefix(rest, word)).max();
            let Some(end) = longest.map(|length| start + length) else { return };
            match marks.last_mut() {
                Some(last) if start <= last.end => last.end = last.end.max(end),
                _ => marks.push(start..end),
            }
        });
        marks
    }

    /// Returns whether every match of this search is also a match of `before`.
    pub(super) fn narrows(&self, before: &Self) -> bool {
        before.words.iter().all(|word| self.words.iter().any(|longer| longer.starts_with(word)))
    }

    /// Returns whether all words are found. Each word is one bit of `found`.
    pub(super) fn is_all(&self, found: u32) -> bool {
        found.count_ones() as usize == self.words.len()
    }

    /// Searches the fields that a rank adds, and adds the words found to `found`. Returns the units of work.
    pub(super) fn look(&self, review: &Review, rank: Rank, found: &mut u32) -> usize {
        let mut length = 0;
        let mut text = |text: &str| {
            length += text.len();
            self.find(text, found);
        };
        match rank {
            Rank::Title => text(&review.title),
            Rank::Work => {
                if let Some(work) = &review.work {
                    text(&work.name);
                    work.series.iter().chain(&work.year).chain(&work.creators).for_each(|part| text(part));
                }
                review.authors.iter().for_each(|author| text(&author.name));
                review.tags.iter().chain(&review.section).for_each(|part| text(part));
            }
            Rank::Verdict => review.verdict.iter().for_each(|verdict| text(verdict)),
            Rank::Body => {
                let notes = review.history.iter().filter_map(|entry| entry.note.as_ref());
                review.pros.iter().chain(&review.cons).chain(notes).for_each(|note| text(note));
                each_text(&review.body, &mut text);
            }
        }
        1 + length / LOOKED_THROUGH
    }

    /// Adds to `found` the words that occur in a text.
    fn find(&self, text: &str, found: &mut u32) {
        if self.is_all(*found) {
            return;
        }
        self.starts(text, &mut |_, rest| {
            for (place, word) in self.words.iter().enumerate() {
                let bit = 1 << place;
                if *found & bit == 0 && prefix(rest, word).is_some() {
                    *found |= bit;
                }
            }
        });
    }

    /// Calls `visit` at each place where a search word may begin, with the text from there.
    fn starts(&self, text: &str, visit: &mut impl FnMut(usize, &str)) {
        let from = |at: usize| text.get(at..).unwrap_or_default();
        let mut within = false;
        for (at, byte) in text.bytes().enumerate() {
            if byte.is_ascii() {
                let is_word = byte.is_ascii_alphanumeric();
                if is_word && !within && self.firsts >> byte.to_ascii_lowercase() & 1 == 1 {
                    visit(at, from(at));
                }
                within = is_word;
                continue;
            }
            // `from(at)` is empty in the middle of a character.
            let Some(c) = from(at).chars().next().filter(|c| !is_ignored(*c)) else { continue };
            let is_word = is_word(c);
            if is_word && (!within || is_unspaced(c)) {
                visit(at, from(at));
                if let Some(after) = from(at).strip_prefix(ARTICLE) {
                    visit(text.len() - after.len(), after);
                }
            }
            within = is_word;
        }
    }
}

/// The Arabic article, which is written together with its word.
const ARTICLE: &str = "ال";

/// Returns the length in bytes of the text that folds to the word, including combining marks that follow, or `None` if
/// the text does not begin with the word.
fn prefix(text: &str, word: &str) -> Option<usize> {
    let mut word = word.chars();
    let mut next = word.next();
    for (at, c) in text.char_indices() {
        if next.is_none() && !is_ignored(c) {
            return Some(at);
        }
        for c in fold_char(c).chars() {
            match next {
                Some(expected) if expected == c => next = word.next(),
                Some(_) => return None,
                None => {} // The word ends within `ß`.
            }
        }
    }
    next.is_none().then_some(text.len())
}

/// Calls `text` with each text of a body.
fn each_text(body: &Body, text: &mut impl FnMut(&str)) {
    match body {
        Body::Empty => {}
        Body::Text(paragraphs) => paragraphs.iter().for_each(|paragraph| text(paragraph)),
        Body::Html { html, .. } => text(&without_markup(html)),
        Body::Safe { html, nodes } if nodes.is_empty() => text(&without_markup(html)),
        Body::Safe { nodes, .. } => each_node(nodes, text),
    }
}

fn each_node(nodes: &[Node], text: &mut impl FnMut(&str)) {
    for node in nodes {
        match node {
            Node::Text(words) => text(words),
            Node::Element(element) => each_node(&element.children, text),
        }
    }
}

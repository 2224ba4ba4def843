//! Words that a reader looks for.
//!
//! A review is found if each of the words begins a word of it, whatever the case and accents ([`super::fold()`]). How well it is
//! found goes by where, the [`Rank`]: all of them in the title; else with the help of the work, the people, the tags and the
//! section; of the verdict; of the body with its pros, its cons and its history. In scripts without spaces between words, a word may begin at
//! each character; in Arabic also after the article.
//!
//! A text is looked through as it stands, once, without a copy: most words differ in their first letter. So a hit is a place in
//! the text as it is shown, and [`Search::marks`] tells where to put `<mark>`.

use std::ops::Range;

use super::fold::{fold_char, fold_words, is_ignored, is_unspaced, is_word};
use super::markup::without_markup;
use crate::model::{Body, Node, Review};

/// More words than these are not looked for.
pub const MAX_WORDS: usize = 32;

/// The words, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    words: Vec<String>,
    /// The ASCII characters that one of them begins with.
    firsts: u128,
}

/// How well a review is found, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// All words are in the title.
    Title,
    /// … or in the work's name, its series, its year and creators, the authors, the tags, the section.
    Work,
    /// … or in the verdict.
    Verdict,
    /// … or in the body, the pros, the cons and the notes of the history.
    Body,
}

impl Rank {
    /// All, the best first.
    pub const ALL: [Self; 4] = [Self::Title, Self::Work, Self::Verdict, Self::Body];
}

/// Bytes of text that are looked through for one unit of work.
const LOOKED_THROUGH: usize = 512;

impl Search {
    /// The words of what a reader typed; of more than [`MAX_WORDS`], the first.
    pub fn new(text: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        for word in fold_words(text).split(' ') {
            // Signs alone are no words: nothing is looked for.
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

    /// Whether nothing is looked for, so that every review is found.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How well the review is found; `None` where it is not.
    pub fn rank(&self, review: &Review) -> Option<Rank> {
        let mut found = 0;
        Rank::ALL.into_iter().find(|rank| {
            self.look(review, *rank, &mut found);
            self.is_all(found)
        })
    }

    /// Where in a text the words begin, as ranges of bytes to mark: in order, apart from each other, between characters.
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

    /// Whether whatever this finds, `before` finds too.
    pub(super) fn narrows(&self, before: &Self) -> bool {
        before.words.iter().all(|word| self.words.iter().any(|longer| longer.starts_with(word)))
    }

    /// Whether all words are found, each a bit.
    pub(super) fn is_all(&self, found: u32) -> bool {
        found.count_ones() as usize == self.words.len()
    }

    /// Looks through the fields that come in with a rank, and adds to the words found. Returns the units of work.
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

    /// Adds the words that a text has.
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

    /// Calls back at the places where one of the words may begin, with the text from there.
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
            // In the middle of a character there is none.
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

/// The Arabic article, written as one with its word.
const ARTICLE: &str = "ال";

/// How many bytes of the text fold to the word, if it begins with it; with the marks that follow.
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

/// The texts of a body.
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

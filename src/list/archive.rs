//! Stores the reviews of a list, in the order of its files.
//!
//! 1. A file arrives in chunks ([`Archive::begin`], [`Archive::push`], [`Archive::end`]). [`Stream`] finds its
//!    elements, and their bytes are kept as they came.
//! 2. A review is parsed when it is to be shown ([`Archive::at`]), so the first screen of a long file takes no longer
//!    than that of a short one.
//! 3. The other reviews are parsed in order, a few at a time ([`Archive::read_next`]). The parsed review then replaces
//!    its bytes; both take about the same memory.
//!
//! Input that is not in the plain format waits for the module `reader`: a whole file ([`Ended::Foreign`]), or one
//! element of an array ([`Archive::foreign`]).
//!
//! Files overlap if the blog publishes a review between two downloads. A review that an earlier file contained is left
//! out and reported. Two reviews with the same id in one file are two reviews; the second can be found as `id-2`, as
//! everywhere.
//!
//! A file that is cut off is an error, but its complete reviews are kept ([`Archive::end`]). When its download starts
//! again ([`Archive::begin_again`]), these are skipped.

mod length;
mod same;

use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use crate::model::{Aggregate, Collection, Review};
use crate::read::element::{self, Element};
use crate::read::stream::{Found, MAX_REVIEW, Stream, envelope_without_html};
use crate::read::{Problem, ReadError, handover};
use same::{hash, is_same};

/// The longest document, in bytes, that is read as a whole. A longer one is converted, in steps.
const MAX_WHOLE: usize = 1 << 20;
/// The maximum number of problems kept for one list. Later ones are not reported.
const MAX_PROBLEMS: usize = 1000;
/// The maximum number of reviews in one list. Later ones are left out, and this is reported.
pub const MAX_REVIEWS: usize = 1_000_000;

/// The reviews of one list.
#[derive(Default)]
pub struct Archive {
    /// The reviews that have been parsed in order.
    reviews: Vec<Rc<Review>>,
    /// The entries after them.
    ahead: VecDeque<Entry>,
    files: Vec<File>,
    stream: Option<Stream>,
    /// The number of elements still to skip because an earlier attempt at this file delivered them.
    taken: u32,
    problems: Vec<Problem>,
    /// The unknown keys that have been reported, as hashes.
    unread: HashSet<u64>,
    /// The number of problems that have been reported.
    reported: usize,
    /// The owner of each id, by the hash of the id.
    ids: HashMap<u64, Owner>,
    title: Option<String>,
    aggregate: Option<Aggregate>,
}

/// One element of a file.
struct Entry {
    state: State,
    /// The index of the file, and the index in its array.
    file: usize,
    index: u32,
    /// The line of the file on which it begins.
    line: u32,
}

enum State {
    /// The bytes, not parsed yet.
    Unread(Box<[u8]>),
    /// The bytes, in another format.
    Foreign(Box<[u8]>),
    /// A parsed review.
    Review(Rc<Review>),
    /// Not a review.
    Nothing,
}

#[derive(Default)]
struct File {
    /// The base URL of relative addresses.
    base: Option<String>,
    /// The name of its array: `reviews`, or empty.
    array: &'static str,
    /// The number of elements received.
    elements: u32,
    /// Whether it is the output of [`handover::convert`].
    is_converted: bool,
}

/// The review that has an id.
#[derive(Clone, Copy)]
struct Owner {
    /// The index of the review.
    review: usize,
    file: usize,
    /// The number of other reviews with the same id.
    others: usize,
}

/// The result of reading an entry.
#[derive(Debug)]
pub enum Read {
    /// A review.
    Review(Rc<Review>),
    /// The entry must be converted first.
    Foreign,
    /// The entry is not a review.
    Nothing,
}

/// The result of reading a whole file.
#[derive(Debug, PartialEq)]
pub enum Ended {
    /// Its reviews are stored. Contains the address of the next file.
    Read(Option<String>),
    /// It is not in the plain format, or perhaps not. [`handover::convert`] turns it into a document that is pushed after
    /// [`Archive::begin_converted`].
    Foreign(Vec<u8>),
}

impl Archive {
    /// Returns the number of reviews known so far.
    pub fn len(&self) -> usize {
        self.reviews.len() + self.ahead.len()
    }

    /// Returns whether there are no reviews so far.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the reviews that have been parsed in order.
    pub fn reviews(&self) -> &[Rc<Review>] {
        &self.reviews
    }

    /// Returns whether everything received has been parsed.
    pub fn is_read(&self) -> bool {
        self.ahead.is_empty()
    }

    /// Returns the title of the collection, from the first file that has one.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Returns the combined rating of many people, if a file states one.
    pub fn aggregate(&self) -> Option<&Aggregate> {
        self.aggregate.as_ref()
    }

    /// Begins a file.
    pub fn begin(&mut self, base: Option<String>) {
        self.files.push(File { base, ..File::default() });
        self.stream = Some(Stream::new(element::is_one_review));
        self.taken = 0;
    }

    /// Begins the last file again after its download was interrupted. What has been received of it is kept.
    pub fn begin_again(&mut self) {
        self.stream = Some(Stream::new(element::is_one_review));
        self.taken = self.files.last().map_or(0, |file| file.elements);
    }

    /// Adds a chunk of the file.
    pub fn push(&mut self, bytes: &[u8]) {
        if let Some(mut stream) = self.stream.take() {
            stream.push(bytes, &mut |found| {
                self.found(found);
                true
            });
            self.stream = Some(stream);
        }
    }

    /// Ends the file.
    ///
    /// # Errors
    /// Returns an error if the file contains no review and is not an empty array, if it is cut off or too long, or if
    /// text follows its end. The complete reviews are kept, and the file may begin again.
    pub fn end(&mut self) -> Result<Ended, ReadError> {
        let (mut whole, mut rest, mut faults) = (None, None, Vec::new());
        if let Some(stream) = self.stream.take() {
            stream.finish(&mut |found| {
                match found {
                    Found::Document(json) => whole = Some(json),
                    Found::Envelope(json) => rest = Some(json),
                    Found::Fault(fault) if !self.problems.contains(&fault) => faults.push(fault),
                    // An element that was cut off like the rest; a fault that an earlier attempt at this file reported.
                    Found::Element { .. } | Found::TooLong { .. } | Found::Fault(_) => {}
                }
                true
            });
        }
        self.tell(faults);
        let base = self.files.last().and_then(|file| file.base.as_deref());
        if self.files.last().is_some_and(|file| file.is_converted) {
            return self.end_converted(&rest.or(whole).unwrap_or_default());
        }
        length::check(whole.as_ref().or(rest.as_ref()).map_or(0, Vec::len))?;
        if let Some(json) = whole {
            if json.len() > MAX_WHOLE {
                return Ok(Ended::Foreign(json));
            }
            return Ok(match handover::plain(&json, base, false)? {
                Some((collection, reported)) => self.take(collection, &reported),
                None => self.put_empty(&json, false).unwrap_or(Ended::Foreign(json)),
            });
        }
        let (collection, problems) = envelope_without_html(&rest.unwrap_or_default(), base)?;
        self.tell(problems);
        Ok(Ended::Read(self.keep(&collection)))
    }

    /// Begins the converted document of [`Ended::Foreign`], which is pushed like any other.
    pub fn begin_converted(&mut self) {
        self.stream = Some(Stream::new(element::is_one_review));
        if let Some(file) = self.files.last_mut() {
            file.is_converted = true;
        }
    }

    /// Reads what is around the reviews of a converted document.
    fn end_converted(&mut self, rest: &[u8]) -> Result<Ended, ReadError> {
        let base = self.files.last().and_then(|file| file.base.as_deref());
        let plain = handover::plain(rest, base, true)?;
        Ok(plain.map_or(Ended::Read(None), |(collection, reported)| self.take(collection, &reported)))
    }

    /// Takes a file without reviews. Returns `None` unless it is an empty collection.
    pub fn put_nothing(&mut self, json: &[u8]) -> Option<Ended> {
        if json.len() > MAX_WHOLE { None } else { self.put_empty(json, true) }
    }

    fn put_empty(&mut self, json: &[u8], is_read: bool) -> Option<Ended> {
        let base = self.files.last().and_then(|file| file.base.as_deref());
        let collection = handover::nothing(json, base, is_read)?;
        Some(Ended::Read(self.keep(&collection)))
    }

    /// Returns the review at an index from 0 to [`Archive::len`], and parses it if necessary.
    pub fn at(&mut self, at: usize) -> Read {
        if let Some(review) = self.reviews.get(at) {
            return Read::Review(Rc::clone(review));
        }
        let ahead = at - self.reviews.len();
        self.read(ahead);
        match self.ahead.get(ahead).map(|entry| &entry.state) {
            Some(State::Review(review)) => Read::Review(Rc::clone(review)),
            Some(State::Foreign(_)) => Read::Foreign,
            _ => Read::Nothing,
        }
    }

    /// Returns the review at an index if it has been parsed.
    pub fn peek(&self, at: usize) -> Option<&Rc<Review>> {
        match at.checked_sub(self.reviews.len()) {
            None => self.reviews.get(at),
            Some(ahead) => match &self.ahead.get(ahead)?.state {
                State::Review(review) => Some(review),
                _ => None,
            },
        }
    }

    /// Parses the next entry in order. Returns `false` at the end, or if the entry must be converted first
    /// ([`Archive::foreign`]).
    pub fn read_next(&mut self) -> bool {
        self.read(0);
        match self.ahead.front().map(|entry| &entry.state) {
            None | Some(State::Foreign(_)) => return false,
            _ => {}
        }
        if let Some(Entry { state: State::Review(review), file, index, .. }) = self.ahead.pop_front()
            && self.is_new(&review, file, index)
        {
            self.reviews.push(review);
        }
        true
    }

    /// Returns the bytes of a review that must be converted, and the base URL of its addresses.
    pub fn foreign(&self, at: usize) -> Option<(&[u8], Option<&str>)> {
        let entry = self.ahead.get(at.checked_sub(self.reviews.len())?)?;
        match &entry.state {
            State::Foreign(json) => Some((json, self.files.get(entry.file)?.base.as_deref())),
            _ => None,
        }
    }

    /// Takes the converted bytes of [`Archive::foreign`], or a message if the conversion failed.
    pub fn put_element(&mut self, at: usize, converted: Result<&[u8], &str>) {
        let Some(ahead) = at.checked_sub(self.reviews.len()) else { return };
        let Some(entry) = self.ahead.get(ahead) else { return };
        let place = self.place_of(entry.file, entry.index);
        let base = self.files.get(entry.file).and_then(|file| file.base.as_deref());
        let mut problems = Vec::new();
        let review = match converted {
            Ok(json) => element::converted(json, base, &place, &mut problems).into_iter().next(),
            Err(message) => {
                problems.push(Problem { path: place, message: message.to_owned() });
                None
            }
        };
        if let Some(Entry { state: state @ State::Foreign(_), .. }) = self.ahead.get_mut(ahead) {
            *state = review.map_or(State::Nothing, |review| State::Review(Rc::new(review)));
        }
        self.tell(problems);
    }

    /// Returns the index of the review with this id, among those parsed in order.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.ids.get(&hash(&[id])).map(|owner| owner.review)
    }

    /// Returns the problems that have not been reported yet.
    pub fn new_problems(&mut self) -> &[Problem] {
        let reported = std::mem::replace(&mut self.reported, self.problems.len());
        self.problems.get(reported..).unwrap_or_default()
    }

    fn found(&mut self, found: Found) {
        if self.taken > 0 {
            self.taken -= 1;
            return;
        }
        let (state, place, line) = match found {
            Found::Element { json, place, line } => (State::Unread(json.into()), place, line),
            Found::TooLong { place, length } => {
                let message =
                    ["expected at most ", &MAX_REVIEW.to_string(), " bytes, found ", &length.to_string()];
                self.tell(vec![Problem { path: place.to_string(), message: message.concat() }]);
                (State::Nothing, place, 0)
            }
            Found::Document(_) | Found::Envelope(_) | Found::Fault(_) => return,
        };
        if let Some(file) = self.files.last_mut() {
            file.array = place.array();
        }
        self.add(state, line);
    }

    fn add(&mut self, state: State, line: usize) {
        if self.len() >= MAX_REVIEWS {
            let message = ["expected at most ", &MAX_REVIEWS.to_string(), " reviews; the rest is left out"];
            if self.problems.last().is_none_or(|last| last.message != message.concat()) {
                self.tell(vec![Problem { path: String::new(), message: message.concat() }]);
            }
            return;
        }
        let file = self.files.len().saturating_sub(1);
        let Some(last) = self.files.last_mut() else { return };
        let (index, line) = (last.elements, u32::try_from(line).unwrap_or(u32::MAX));
        last.elements += 1;
        self.ahead.push_back(Entry { state, file, index, line });
    }

    /// Takes a document that was read as a whole.
    fn take(&mut self, collection: Collection, reported: &str) -> Ended {
        self.tell(handover::problems(reported));
        let next = self.keep(&collection);
        for review in collection.reviews {
            self.add(State::Review(review), 0);
        }
        Ended::Read(next)
    }

    /// Keeps the collection's own data. Returns the address of its next page.
    fn keep(&mut self, collection: &Collection) -> Option<String> {
        self.title = self.title.take().or_else(|| collection.title.clone());
        self.aggregate = self.aggregate.take().or_else(|| collection.aggregate.clone());
        collection.next_url.clone()
    }

    /// Parses one of the entries ahead if it is not parsed yet.
    fn read(&mut self, ahead: usize) {
        let Some(Entry { state: State::Unread(json), file, index, line }) = self.ahead.get(ahead) else {
            return;
        };
        let place = self.place_of(*file, *index);
        let base = self.files.get(*file).and_then(|file| file.base.as_deref());
        let mut problems = Vec::new();
        let element = if self.files.get(*file).is_some_and(|file| file.is_converted) {
            let review = element::converted(json, base, &place, &mut problems).into_iter().next();
            review.map_or(Element::Unreadable, |review| Element::Review(Box::new(review)))
        } else {
            element::read(json, base, &place, *line as usize, &mut problems)
        };
        self.tell(problems);
        let Some(Entry { state, .. }) = self.ahead.get_mut(ahead) else { return };
        *state = match (element, std::mem::replace(state, State::Nothing)) {
            (Element::Review(review), _) => State::Review(Rc::new(*review)),
            (Element::Foreign, State::Unread(json)) => State::Foreign(json),
            _ => State::Nothing,
        };
    }

    /// Returns whether no earlier file contained the next review. If so, the review gets its id.
    fn is_new(&mut self, review: &Rc<Review>, file: usize, index: u32) -> bool {
        let own = Owner { review: self.reviews.len(), file, others: 0 };
        let Some(owner) = self.ids.get(&hash(&[&review.id])).copied() else {
            self.ids.insert(hash(&[&review.id]), own);
            return true;
        };
        if owner.file != file && self.reviews.get(owner.review).is_some_and(|other| is_same(review, other)) {
            let message =
                ["expected a review of its own, found \"", &review.id, "\" of an earlier file once more"];
            self.tell(vec![Problem { path: self.place_of(file, index), message: message.concat() }]);
            return false;
        }
        let numbered = |others: &usize| hash(&[&review.id, "-", &(others + 1).to_string()]);
        let others = (owner.others + 1..).find(|others| !self.ids.contains_key(&numbered(others)));
        let others = others.unwrap_or(owner.others);
        self.ids.insert(numbered(&others), own);
        self.ids.insert(hash(&[&review.id]), Owner { others, ..owner });
        true
    }

    /// Returns the path of an element in its file: `reviews[3]`.
    fn place_of(&self, file: usize, index: u32) -> String {
        let array = self.files.get(file).map_or("", |file| file.array);
        [array, "[", &index.to_string(), "]"].concat()
    }

    /// Adds a problem with the link to the next file.
    pub fn report_link(&mut self, message: String) {
        self.tell(vec![Problem { path: "nextUrl".to_owned(), message }]);
    }

    /// Keeps problems up to the limit. Of an unknown key, only the first place is kept: each review may have it.
    fn tell(&mut self, problems: Vec<Problem>) {
        for problem in problems {
            let key = problem.path.rsplit('.').next().unwrap_or_default();
            if self.problems.len() < MAX_PROBLEMS
                && (!problem.is_unread_key() || self.unread.insert(hash(&[key])))
            {
                self.problems.push(problem);
            }
        }
    }
}

#[cfg(test)]
mod tests;

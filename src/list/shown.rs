//! What of an archive is shown: all of it in its own order, or the answer to a [`Query`].
//!
//! Without a query, a list shows what has come before it has been read. With one it shows what has been read and looked at.
//! All that takes time is one step after the other ([`Shown::work`]), for whoever owns the clock to stop in between:
//!
//! 1. the query is put to the reviews that have been admitted to it ([`Shown::admit`]): not to each as it is read, since a new
//!    one may come to stand above those that are being looked at;
//! 2. what has been read is counted, for the summary and for the controls;
//! 3. the next is read.

use std::rc::Rc;

use super::archive::{Archive, Read};
use crate::collection::{Facets, Given, Query, Ratings, Selection, Summary};
use crate::model::Review;

/// Units of work that one step does for a query: less than a millisecond on a slow phone.
const UNITS: usize = 64;

/// The reviews of a list as they are shown.
#[derive(Default)]
pub struct Shown {
    archive: Archive,
    /// The answer, where something is asked.
    selection: Option<Selection>,
    /// How many of the reviews that have been read the query is put to.
    admitted: usize,
    facets: Option<Facets>,
    summary: Option<Summary>,
    ratings: Rc<Ratings>,
    /// How many reviews each of the three has.
    counted: [usize; 3],
}

/// What there is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Nothing.
    Done,
    /// More of the same.
    More,
    /// The next review is to be converted ([`Archive::foreign`]).
    Foreign,
}

impl Shown {
    /// The reviews themselves.
    pub fn archive(&mut self) -> &mut Archive {
        &mut self.archive
    }

    /// Asks something, or nothing.
    pub fn ask(&mut self, query: Query) {
        if query == Query::default() {
            self.selection = None;
        } else {
            match &mut self.selection {
                Some(selection) => selection.ask(query),
                None => self.selection = Some(Selection::new(query)),
            }
            self.admit();
        }
    }

    /// What is asked, if anything.
    pub fn query(&self) -> Option<&Query> {
        self.selection.as_ref().map(Selection::query)
    }

    /// The query is put to all that has been read by now.
    pub fn admit(&mut self) {
        self.admitted = self.archive.reviews().len();
    }

    /// What is counted: values for filters, the summary.
    pub fn count(&mut self, facets: bool, summary: bool) {
        if facets {
            self.facets.get_or_insert_default();
        }
        if summary {
            self.summary.get_or_insert_default();
        }
    }

    /// Values that a filter can name.
    pub fn facets(&self) -> Option<&Facets> {
        self.facets.as_ref()
    }

    /// Reviews in numbers.
    pub fn summary(&self) -> Option<&Summary> {
        self.summary.as_ref()
    }

    /// The ratings of all reviews that have come, once all are counted.
    pub fn ratings(&self) -> Option<&Rc<Ratings>> {
        let [.., counted] = self.counted;
        (self.archive.is_read() && counted == self.archive.reviews().len()).then_some(&self.ratings)
    }

    /// What many gave together, as a file says.
    pub fn given(&self) -> Option<Given> {
        self.archive.aggregate().and_then(Given::of)
    }

    /// Does one step of work.
    pub fn work(&mut self) -> Work {
        let reviews = self.archive.reviews();
        if let Some(selection) = &mut self.selection
            && !selection.step(reviews.get(..self.admitted).unwrap_or_default(), UNITS)
        {
            return Work::More;
        }
        let [facets, summary, ratings] = &mut self.counted;
        if let (Some(counts), Some(review)) = (&mut self.facets, reviews.get(*facets)) {
            counts.add(review);
            *facets += 1;
            return Work::More;
        }
        if let (Some(counts), Some(review)) = (&mut self.summary, reviews.get(*summary)) {
            counts.add(review);
            *summary += 1;
            return Work::More;
        }
        if let Some(review) = reviews.get(*ratings) {
            Rc::make_mut(&mut self.ratings).add(review);
            *ratings += 1;
            return Work::More;
        }
        if self.archive.read_next() {
            Work::More
        } else if !self.archive.is_read() {
            Work::Foreign
        } else if self.selection.is_some() && self.admitted < self.archive.reviews().len() {
            self.admit();
            Work::More
        } else {
            Work::Done
        }
    }

    /// How many reviews are shown, as far as is known.
    pub fn len(&self) -> usize {
        self.selection.as_ref().map_or_else(|| self.archive.len(), |selection| selection.shown().len())
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many there are, whatever is asked.
    pub fn all(&self) -> usize {
        self.archive.len()
    }

    /// Whether the answer is whole, for all that has come.
    pub fn is_settled(&self) -> bool {
        self.archive.is_read()
            && self
                .selection
                .as_ref()
                .is_none_or(|selection| selection.is_done() && self.admitted == self.archive.reviews().len())
    }

    /// The review at a position; reads it where that has not been done.
    pub fn at(&mut self, position: usize) -> Option<Rc<Review>> {
        if let Some(selection) = &self.selection {
            let place = selection.shown().get(position)?;
            return self.archive.reviews().get(*place as usize).cloned();
        }
        match self.archive.at(position) {
            Read::Review(review) => Some(review),
            Read::Foreign | Read::Nothing => None,
        }
    }

    /// The review at a position, if it has been read.
    pub fn peek(&self, position: usize) -> Option<&Rc<Review>> {
        match &self.selection {
            Some(selection) => self.archive.reviews().get(*selection.shown().get(position)? as usize),
            None => self.archive.peek(position),
        }
    }

    /// How many reviews the controls know.
    pub fn counted(&self) -> usize {
        let [facets, ..] = self.counted;
        facets
    }

    /// Where the review with this id is shown.
    pub fn find(&self, id: &str) -> Option<usize> {
        let place = self.archive.find(id)?;
        match &self.selection {
            Some(selection) => selection.shown().iter().position(|shown| *shown as usize == place),
            None => Some(place),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Shown, Work};
    use crate::collection::{Filter, Query, Search, Sort};

    fn shown(json: &str) -> Shown {
        let mut shown = Shown::default();
        shown.archive().begin(None);
        shown.archive().push(json.as_bytes());
        shown.archive().end().unwrap();
        shown
    }

    fn query(search: &str, sort: &str, filter: &str) -> Query {
        Query {
            search: Search::new(search),
            sort: Sort::parse(sort).unwrap(),
            filter: Filter::parse(filter).0,
        }
    }

    fn titles(shown: &mut Shown) -> String {
        (0..shown.len()).map(|at| shown.at(at).map_or("?".into(), |review| review.title.clone())).collect()
    }

    const THREE: &str =
        r#"[{ "title": "B", "rating": 3, "tags": ["x"] }, { "title": "A" }, { "title": "C", "rating": 5 }]"#;

    #[test]
    fn without_a_query_what_has_come_is_shown_unread() {
        let mut shown = shown(THREE);
        assert_eq!((shown.len(), shown.archive().reviews().len()), (3, 0));
        assert_eq!(titles(&mut shown), "BAC");
        assert!(!shown.is_settled());
        while shown.work() == Work::More {}
        assert!(shown.is_settled());
        assert_eq!(titles(&mut shown), "BAC");
    }

    #[test]
    fn with_a_query_what_has_been_looked_at_is_shown() {
        let mut shown = shown(THREE);
        shown.ask(query("", "-rating", ""));
        assert_eq!(titles(&mut shown), "");
        while shown.work() == Work::More {}
        assert_eq!(titles(&mut shown), "CBA");
        assert!(shown.is_settled());
        assert_eq!(shown.find("a"), Some(2));
        shown.ask(query("", "", "tag:X"));
        while shown.work() == Work::More {}
        assert_eq!(titles(&mut shown), "B");
        assert_eq!((shown.find("a"), shown.all()), (None, 3));
        shown.ask(Query::default());
        assert_eq!(titles(&mut shown), "BAC");
    }

    #[test]
    fn more_files_join_the_answer_once_they_are_admitted() {
        let mut shown = shown(THREE);
        shown.ask(query("", "title", ""));
        while shown.work() == Work::More {}
        shown.archive().begin(None);
        shown.archive().push(br#"[{ "title": "0" }, { "title": "D" }]"#);
        shown.archive().end().unwrap();
        assert!(!shown.is_settled());
        while shown.work() == Work::More {
            assert!(["ABC", "0ABCD"].contains(&&*titles(&mut shown)), "{}", titles(&mut shown));
        }
        assert_eq!(titles(&mut shown), "0ABCD");
    }

    #[test]
    fn what_is_read_is_counted() {
        let mut shown = shown(THREE);
        while shown.work() == Work::More {}
        assert!(shown.summary().is_none());
        shown.count(true, true);
        while shown.work() == Work::More {}
        let counted =
            shown.ratings().map(|ratings| (ratings.count(), ratings.measure(&crate::Review::default())));
        assert_eq!(counted, Some((2, None)));
        assert_eq!(shown.summary().map(|summary| (summary.count(), summary.rated())), Some((3, 2)));
        assert_eq!(shown.facets().map(|facets| facets.tags().len()), Some(1));
    }
}

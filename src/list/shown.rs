//! Selects which reviews of an archive are shown: all in their own order, or the answer to a [`Query`].
//!
//! Without a query, a list shows reviews before they are parsed. With one, it shows reviews that have been parsed and
//! examined. Long work is split into steps ([`Shown::work`]), and the caller, who has the clock, decides when to pause.
//! A step does the first of these that is not done:
//!
//! 1. It applies the query to the reviews that have been admitted ([`Shown::admit`]). Reviews are not admitted one by
//!    one as they are parsed, because a new review may belong above those being examined.
//! 2. It counts a parsed review, for the summary and the controls.
//! 3. It parses the next review.

use std::rc::Rc;

use super::archive::{Archive, Read};
use crate::collection::{Facets, Given, Query, Ratings, Selection, Summary};
use crate::model::Review;

/// The units of work for a query in one step: less than a millisecond on a slow phone.
const UNITS: usize = 64;

/// The reviews of a list as they are shown.
#[derive(Default)]
pub struct Shown {
    archive: Archive,
    /// The answer, if there is a query.
    selection: Option<Selection>,
    /// The number of parsed reviews that the query is applied to.
    admitted: usize,
    facets: Option<Facets>,
    summary: Option<Summary>,
    ratings: Rc<Ratings>,
    /// The number of reviews counted by each of the three.
    counted: [usize; 3],
}

/// The work that is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// None.
    Done,
    /// Another step.
    More,
    /// The next review must be converted first ([`Archive::foreign`]).
    Foreign,
}

impl Shown {
    /// Returns the archive of all reviews.
    pub fn archive(&mut self) -> &mut Archive {
        &mut self.archive
    }

    /// Sets the query. The default query shows everything.
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

    /// Returns the query, if there is one.
    pub fn query(&self) -> Option<&Query> {
        self.selection.as_ref().map(Selection::query)
    }

    /// Admits all reviews parsed so far to the query.
    pub fn admit(&mut self) {
        self.admitted = self.archive.reviews().len();
    }

    /// Starts to count filter values and the summary, where the argument is `true`.
    pub fn count(&mut self, facets: bool, summary: bool) {
        if facets {
            self.facets.get_or_insert_default();
        }
        if summary {
            self.summary.get_or_insert_default();
        }
    }

    /// Returns the values that a filter can name, if they are counted.
    pub fn facets(&self) -> Option<&Facets> {
        self.facets.as_ref()
    }

    /// Returns the summary, if it is counted.
    pub fn summary(&self) -> Option<&Summary> {
        self.summary.as_ref()
    }

    /// Returns the ratings of all reviews received, once all of them are counted.
    pub fn ratings(&self) -> Option<&Rc<Ratings>> {
        let [.., counted] = self.counted;
        (self.archive.is_read() && counted == self.archive.reviews().len()).then_some(&self.ratings)
    }

    /// Returns the combined rating of many people that a file states.
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

    /// Returns the number of reviews shown, as far as is known.
    pub fn len(&self) -> usize {
        self.selection.as_ref().map_or_else(|| self.archive.len(), |selection| selection.shown().len())
    }

    /// Returns whether no review is shown.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the number of all reviews, regardless of the query.
    pub fn all(&self) -> usize {
        self.archive.len()
    }

    /// Returns whether the answer is complete for all reviews received.
    pub fn is_settled(&self) -> bool {
        let reviews = self.archive.reviews().len();
        self.archive.is_read()
            && self.selection.as_ref().is_none_or(|selection| selection.is_done_for(reviews))
    }

    /// Returns the review at a position, and parses it if necessary.
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

    /// Returns the review at a position if it has been parsed.
    pub fn peek(&self, position: usize) -> Option<&Rc<Review>> {
        match &self.selection {
            Some(selection) => self.archive.reviews().get(*selection.shown().get(position)? as usize),
            None => self.archive.peek(position),
        }
    }

    /// Returns the number of reviews counted for the controls.
    pub fn counted(&self) -> usize {
        let [facets, ..] = self.counted;
        facets
    }

    /// Returns the position at which the review with this id is shown.
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
        assert!(!shown.is_empty());
        assert_eq!(titles(&mut shown), "BAC");
        assert!(!shown.is_settled());
        while shown.work() == Work::More {}
        assert!(shown.is_settled());
        assert_eq!(titles(&mut shown), "BAC");
    }

    #[test]
    fn with_a_query_what_has_been_looked_at_is_shown() {
        let mut shown = shown(THREE);
        assert_eq!(shown.query(), None);
        shown.ask(query("", "-rating", ""));
        assert_eq!(shown.query(), Some(&query("", "-rating", "")));
        assert!(shown.peek(0).is_none());
        assert_eq!((titles(&mut shown).as_str(), shown.is_empty()), ("", true));
        while shown.work() == Work::More {}
        assert_eq!(titles(&mut shown), "CBA");
        assert_eq!(shown.peek(0).map(|review| review.title.as_str()), Some("C"));
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
            let titles = titles(&mut shown);
            assert!(titles == "0ABCD" || titles == "ABC" && !shown.is_settled(), "{titles}");
        }
        assert_eq!(titles(&mut shown), "0ABCD");
    }

    #[test]
    fn what_is_read_is_counted() {
        let mut shown = shown(THREE);
        assert!(shown.ratings().is_none(), "none is counted yet");
        while shown.work() == Work::More {}
        assert!(shown.summary().is_none() && shown.given().is_none());
        shown.count(true, true);
        while shown.work() == Work::More {}
        let counted =
            shown.ratings().map(|ratings| (ratings.count(), ratings.measure(&crate::Review::default())));
        assert_eq!(counted, Some((2, None)));
        assert_eq!(shown.summary().map(|summary| (summary.count(), summary.rated())), Some((3, 2)));
        assert_eq!(shown.facets().map(|facets| facets.tags().len()), Some(1));
        assert_eq!(shown.counted(), 3);
    }

    #[test]
    fn what_a_file_states_of_many_ratings_is_given() {
        let shown = shown(r#"{ "aggregateRating": { "rating": "8/10", "count": 9 }, "reviews": [] }"#);
        let given = shown.given().map(|given| (given.average.to_text("."), given.count));
        assert_eq!(given, Some(("4".to_owned(), Some(9))));
    }
}

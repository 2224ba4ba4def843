//! The open cards of a live list, and the reviews whose HTML has been parsed for them.

use std::collections::HashMap;
use std::rc::Rc;

use super::Shown;
use crate::model::{Body, Node, Review};

/// The open cards, by review: they stay open while order and filters change.
#[derive(Default)]
pub struct Opened {
    /// Maps the key of each open review to the position where it was last found.
    positions: HashMap<u64, usize>,
    /// Reviews with a parsed HTML body, by the key of the review that they replace.
    parsed: HashMap<u64, Rc<Review>>,
}

impl Opened {
    /// Opens or closes a review at a position.
    pub fn toggle(&mut self, review: &Rc<Review>, position: usize, open: bool) {
        if open {
            self.positions.insert(key(review), position);
        } else {
            self.positions.remove(&key(review));
        }
    }

    /// Returns the positions of the open reviews, sorted. Reviews that are not shown have none.
    pub fn positions(&mut self, shown: &Shown) -> Vec<usize> {
        let is_at = |of: u64, position: usize| shown.peek(position).is_some_and(|review| key(review) == of);
        let mut positions = Vec::new();
        for (of, position) in &mut self.positions {
            if !is_at(*of, *position) {
                let Some(found) = (0..shown.len()).find(|position| is_at(*of, *position)) else { continue };
                *position = found;
            }
            positions.push(*position);
        }
        positions.sort_unstable();
        positions
    }

    /// Returns the HTML that has to be parsed before the review can be opened, and its base URL.
    pub fn unread<'a>(&self, review: &'a Rc<Review>) -> Option<(&'a str, Option<&'a str>)> {
        match &review.body {
            Body::Html { html, base } if !self.parsed.contains_key(&key(review)) => {
                Some((html, base.as_deref()))
            }
            _ => None,
        }
    }

    /// Stores the safe tree of that HTML.
    pub fn put(&mut self, review: &Rc<Review>, nodes: Vec<Node>) {
        let mut parsed = (**review).clone();
        if let Body::Html { html, .. } = parsed.body {
            parsed.body = Body::Safe { html, nodes };
            self.parsed.insert(key(review), Rc::new(parsed));
        }
    }

    /// Returns whether the review is open, and the review to draw: that with the parsed body, if it is open.
    pub fn to_draw(&self, review: Rc<Review>) -> (bool, Rc<Review>) {
        let key = key(&review);
        let open = self.positions.contains_key(&key);
        let review = if open { self.parsed.get(&key).cloned().unwrap_or(review) } else { review };
        (open, review)
    }
}

/// Returns a key that identifies a review by its allocation.
pub fn key(review: &Rc<Review>) -> u64 {
    Rc::as_ptr(review) as usize as u64
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::Opened;
    use crate::collection::{Query, Sort};
    use crate::list::{Shown, Work};
    use crate::model::Body;

    /// Returns a list of reviews with these titles, completely read.
    fn list(titles: &[&str]) -> Shown {
        let json: Vec<_> = titles
            .iter()
            .map(|title| [r#"{"title":""#, title, r#"","bodyHtml":"<p>Text</p>"}"#].concat())
            .collect();
        let mut shown = Shown::default();
        shown.archive().begin(None);
        shown.archive().push(["[", &json.join(","), "]"].concat().as_bytes());
        assert!(shown.archive().end().is_ok());
        while shown.work() != Work::Done {}
        shown
    }

    fn title_at(shown: &mut Shown, position: usize) -> Option<String> {
        shown.at(position).map(|review| review.title.clone())
    }

    #[test]
    fn an_open_review_stays_open_at_another_position() {
        let mut shown = list(&["A", "B", "C"]);
        let mut opened = Opened::default();
        let review = shown.at(2).unwrap_or_default();
        opened.toggle(&review, 2, true);
        assert_eq!(opened.positions(&shown), [2]);
        shown.ask(Query { sort: Sort::parse("-title").ok().flatten(), ..Query::default() });
        while shown.work() != Work::Done {}
        assert_eq!((title_at(&mut shown, 0).as_deref(), opened.positions(&shown)), (Some("C"), vec![0]));
        opened.toggle(&review, 0, false);
        assert_eq!(opened.positions(&shown), [0; 0]);
    }

    #[test]
    fn html_is_parsed_once_and_drawn_while_the_review_is_open() {
        let mut shown = list(&["A"]);
        let mut opened = Opened::default();
        let review = shown.at(0).unwrap_or_default();
        assert_eq!(opened.unread(&review), Some(("<p>Text</p>", None)));
        opened.put(&review, Vec::new());
        assert_eq!(opened.unread(&review), None);
        assert_eq!(opened.to_draw(Rc::clone(&review)), (false, Rc::clone(&review)));
        opened.toggle(&review, 0, true);
        let (open, drawn) = opened.to_draw(review);
        assert!(open && matches!(drawn.body, Body::Safe { .. }));
    }
}

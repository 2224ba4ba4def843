//! What a visitor asks of a list: search, order and filters.

use std::rc::Rc;

use wasm_bindgen::prelude::wasm_bindgen;

use review_card::collection::{Filter, Query, Search, Sort};
use review_card::view::list::{KINDS, kind};

use crate::List;

#[wasm_bindgen]
impl List {
    /// Sets the query. Returns a line for each invalid sort or filter.
    pub fn ask(&mut self, search: &str, sort: &str, filter: &str) -> String {
        let mut reported = Vec::new();
        let sort = Sort::parse(sort).unwrap_or_else(|message| {
            reported.push(["sort: ", &message].concat());
            None
        });
        let (filter, problems) = Filter::parse(filter);
        reported.extend(problems.iter().map(ToString::to_string));
        let search = Search::new(search);
        if search != *self.live.search {
            self.live.search = Rc::new(search.clone());
            self.screen.redraw_content();
        }
        self.filter = filter.clone();
        self.controls_of = None;
        self.shown.ask(Query { filter, sort, search });
        self.live.said = None;
        self.screen.restart();
        reported.join("\n")
    }

    /// Returns whether there is a query.
    pub fn is_asked(&self) -> bool {
        self.shown.query().is_some()
    }

    /// Returns the filter with another choice for a kind: the text of a term, or "" for none.
    pub fn choose(&self, of: &str, term: &str) -> String {
        let of = KINDS.iter().position(|kind| *kind == of);
        let mut chosen = Filter::parse(term).0.terms().cloned().collect::<Vec<_>>().into_iter();
        let mut terms = Vec::new();
        let mut is_found = false;
        for each in self.filter.terms() {
            if !is_found && kind(each) == of {
                is_found = true;
                terms.extend(chosen.next());
            } else {
                terms.push(each.clone());
            }
        }
        terms.extend(chosen);
        Filter::from(terms).to_string()
    }

    /// Returns the filter without one of its terms.
    pub fn without(&self, term: usize) -> String {
        let others = self.filter.terms().enumerate().filter(|(at, _)| *at != term);
        Filter::from(others.map(|(_, term)| term.clone()).collect::<Vec<_>>()).to_string()
    }

    /// Returns the chosen term of a kind, in the form that [`List::choose`] takes.
    pub fn chosen(&self, of: &str) -> String {
        let of = KINDS.iter().position(|kind| *kind == of);
        self.filter.terms().find(|term| kind(term) == of).map(ToString::to_string).unwrap_or_default()
    }
}

//! What a visitor asks of a list: search, order and filters.

use std::rc::Rc;

use wasm_bindgen::prelude::wasm_bindgen;

use review_card::collection::{Filter, Query, Search, Sort};

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
        self.visitor.filter.replace(filter.clone());
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
}

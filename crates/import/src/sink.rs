//! Collects what importers find: drafts become reviews, everything else is counted.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::ops::ControlFlow;
use std::rc::Rc;

use review_card::Review;
use review_card::model::{Person, slug};
use serde::Serialize;

use crate::Options;
use crate::address;
use crate::draft::Draft;
use crate::private;
use crate::report::{Reason, Report, UnusedColumns};
use crate::table::Table;

/// Takes each review as soon as it is read, with the report so far; `Break` stops the import.
pub type Each<'a> = dyn FnMut(Review, &Report) -> ControlFlow<()> + 'a;

/// U+FFFD in UTF-8.
const REPLACED: &[u8] = "\u{fffd}".as_bytes();

pub(crate) struct Sink<'a> {
    pub(crate) options: &'a Options,
    pub(crate) report: Report,
    pub(crate) stopped: bool,
    each: &'a mut Each<'a>,
    ids: Ids,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(options: &'a Options, each: &'a mut Each<'a>) -> Self {
        let report = Report { title: options.title.clone(), ..Report::default() };
        Self { options, report, stopped: false, each, ids: Ids::default() }
    }

    /// Counts an entry, and passes on its review unless the draft is empty.
    pub(crate) fn entry(&mut self, place: &str, mut draft: Draft) {
        if draft.is_empty() {
            return self.leave_out(Reason::Empty);
        }
        if draft.title.trim().is_empty() {
            return self.leave_out(Reason::NoTitle);
        }
        if draft.id.is_none() {
            let year = draft.work.as_ref().and_then(|work| work.year.as_deref()).unwrap_or_default();
            draft.id = Some(slug(&format!("{} {year}", draft.title)));
        }
        let base = draft.base.take();
        self.relative(place, &draft, base.as_deref());
    }

    /// Makes the address of a page absolute, and returns the base of the addresses in its text: that address, or else
    /// the site's.
    pub(crate) fn base(&self, page: &mut Option<String>, site: Option<&str>) -> Option<String> {
        let site = site.or(self.options.base.as_deref());
        let own = page.as_deref().and_then(|page| address::page(page, site));
        if own.is_some() {
            page.clone_from(&own);
        }
        own.or_else(|| site.map(Into::into))
    }

    /// Counts an entry, and passes on its review, given in the plain format with URLs relative to `base`.
    pub(crate) fn relative(&mut self, place: &str, plain: impl Serialize, base: Option<&str>) {
        match serde_json::to_vec(&plain) {
            Ok(json) => self.json(place, &json, base),
            Err(error) => self.unreadable(place, &error.to_string()),
        }
    }

    /// Counts an entry, and passes on the reviews in JSON of any format that cards read.
    pub(crate) fn json(&mut self, place: &str, json: &[u8], base: Option<&str>) {
        let base = base.or(self.options.base.as_deref());
        match review_card::read(json, base) {
            Ok((collection, problems)) => {
                if json.windows(REPLACED.len()).any(|bytes| bytes == REPLACED) {
                    self.report.problem(
                        place,
                        "expected text in one encoding, found letters in another: they are replaced by \u{fffd}. Save the file as UTF-8",
                    );
                }
                for problem in problems {
                    let place = if problem.path.is_empty() {
                        place.into()
                    } else {
                        format!("{place}: {}", problem.path)
                    };
                    self.report.problem(place, problem.message);
                }
                for review in collection.reviews {
                    self.review(Rc::unwrap_or_clone(review), base);
                }
            }
            Err(error) => self.unreadable(place, &error.to_string()),
        }
    }

    fn review(&mut self, mut review: Review, base: Option<&str>) {
        self.report.entries += 1;
        self.report.reviews += 1;
        private::clean(&mut review);
        self.report.relative += address::complete(&mut review, base);
        if let Some(name) = self.options.author.as_ref().filter(|_| review.authors.is_empty()) {
            review.authors.push(Person { name: name.clone(), ..Person::default() });
        }
        review.id = self.ids.take(review.id);
        self.stopped |= (self.each)(review, &self.report).is_break();
    }

    /// Stores the title of a blog or feed, unless there is one already.
    pub(crate) fn title(&mut self, title: Option<&str>) {
        let title = title.map(str::trim).filter(|title| !title.is_empty());
        self.report.title = self.report.title.take().or_else(|| title.map(Into::into));
    }

    /// Counts an entry that is part of another entry's review.
    pub(crate) fn joined(&mut self) {
        self.report.entries += 1;
        self.report.joined += 1;
    }

    /// Counts an entry without a review.
    pub(crate) fn leave_out(&mut self, reason: Reason) {
        self.report.entries += 1;
        self.report.leave_out(reason);
    }

    /// Counts an entry that cannot be read, and reports why.
    pub(crate) fn unreadable(&mut self, place: &str, message: &str) {
        self.report.problem(place, message);
        self.leave_out(Reason::Unreadable);
    }

    /// Reports the columns of a table that nothing used, and rows with more fields than columns.
    pub(crate) fn end_of_table(&mut self, file: &str, table: &Table) {
        self.unused(file, table.header.unused());
        if let Some(message) = table.too_wide() {
            self.report.problem(file, message);
        }
    }

    pub(crate) fn unused(&mut self, file: &str, columns: Vec<String>) {
        if !columns.is_empty() {
            self.report.unused.push(UnusedColumns { file: file.into(), columns });
        }
    }
}

/// The ids used so far, as hashes: the only state that grows with the number of reviews.
#[derive(Default)]
struct Ids {
    hasher: RandomState,
    taken: HashMap<u64, u32>,
}

impl Ids {
    /// Returns the id, with a number appended if another review has it.
    fn take(&mut self, wanted: String) -> String {
        let mut id = wanted.clone();
        while self.taken.contains_key(&self.hasher.hash_one(&id)) {
            let asked = self.taken.entry(self.hasher.hash_one(&wanted)).or_insert(1);
            *asked += 1;
            id = format!("{wanted}-{asked}");
        }
        self.taken.insert(self.hasher.hash_one(&id), 1);
        id
    }
}

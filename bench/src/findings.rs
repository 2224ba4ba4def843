//! All results, by the names used in the tables.

use std::collections::BTreeMap;

use crate::anatomy::Anatomy;
use crate::cards::Many;
use crate::line::Line;
use crate::plain::Page;
use crate::results::{Measure, Results};
use crate::subject::{Group, Subject};
use crate::wire::{Weight, Wire};

/// The results. Parts that were not measured are empty or `None`.
pub(crate) struct Findings<'a> {
    pub(crate) subjects: &'a [Subject],
    pub(crate) many: &'a [Many],
    pub(crate) plain: &'a [Page],
    pub(crate) wire: Option<Wire>,
    pub(crate) on_demand: BTreeMap<String, Weight>,
    /// Sorted by the module's file name.
    pub(crate) anatomies: Vec<(String, Anatomy)>,
    pub(crate) results: Results,
}

impl Findings<'_> {
    /// Returns the path of a subject's page.
    pub(crate) fn path(&self, group: Group, name: &str) -> Option<String> {
        let subject = self.subjects.iter().find(|subject| subject.group == group && subject.name == name);
        subject.map(|subject| subject.path.clone())
    }

    pub(crate) fn median(&self, path: &str, line: Option<Line>, measure: Measure) -> Option<f64> {
        self.results.get(path, line, measure)?.median()
    }
}

//! All that has been measured.

use std::collections::BTreeMap;

use crate::line::Line;
use crate::statistics::Sample;

/// What is measured: milliseconds, but for [`Measure::Cls`], which is a share of the viewport, and heaps, which are bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Measure {
    FirstPaint,
    Lcp,
    /// Until all cards of a page are painted.
    Drawn,
    Toggle,
    Cls,
    MainThread,
    LongestTask,
    ToggleLatency,
    PaintMany,
    ScriptHeap,
    DocumentHeap,
    WasmMemory,
    Unseen,
    UnseenScripts,
    Idle,
    FirstScreen,
    Typing,
    TypingMeanwhile,
}

/// Samples by the page's path, the line and the measure; what does not depend on a line has none.
#[derive(Default)]
pub(crate) struct Results(BTreeMap<(String, Option<Line>, Measure), Sample>);

impl Results {
    pub(crate) fn add(&mut self, path: &str, line: Option<Line>, measure: Measure, value: f64) {
        self.0.entry((path.to_owned(), line, measure)).or_default().add(value);
    }

    pub(crate) fn get(&self, path: &str, line: Option<Line>, measure: Measure) -> Option<&Sample> {
        self.0.get(&(path.to_owned(), line, measure))
    }
}

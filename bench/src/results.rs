//! All measurements.

use std::collections::BTreeMap;

use crate::line::Line;
use crate::statistics::Sample;

/// A metric, in milliseconds; except [`Measure::Cls`], which is a share of the viewport, and heaps, which are in bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Measure {
    FirstPaint,
    Lcp,
    /// The time until all cards of a page are painted.
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

/// Samples by page path, line and metric; the line is `None` if the metric does not depend on it.
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

//! The progress bar of `render` and `import`, shown only on a terminal.
//!
//! The number of reviews is unknown before all are read, but the size of the files is known. So the bar counts bytes,
//! and the number of written reviews is shown beside it. If an input is a pipe, only that number is shown.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::render::print_error;

/// The maximum number of problems that are reported. The number of the others is reported at the end.
const MAX_TOLD: u64 = 1000;
const BAR: &str = "{bar:24} {percent:>3} %  {reviews}{left}";
const COUNT: &str = "{spinner} {reviews}, {elapsed}";

pub(super) struct Progress {
    bar: ProgressBar,
    /// The number of written reviews.
    reviews: Arc<AtomicU64>,
    problems: AtomicU64,
}

impl Progress {
    /// Creates a progress bar for these inputs, files or `-`. `prints` means that the reviews are written to standard
    /// output.
    pub(super) fn new(inputs: &[PathBuf], prints: bool) -> Self {
        let reviews = Arc::new(AtomicU64::new(0));
        // If the reviews themselves are printed on the terminal, show no progress bar.
        let is_seen = io::stderr().is_terminal() && !(prints && io::stdout().is_terminal());
        if !is_seen {
            return Self { bar: ProgressBar::hidden(), reviews, problems: AtomicU64::new(0) };
        }
        let bytes = inputs.iter().map(|input| length(input)).sum();
        let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::stderr());
        let count = Arc::clone(&reviews);
        let written = move |_: &ProgressState, out: &mut dyn std::fmt::Write| {
            let count = count.load(Ordering::Relaxed);
            let _ = write!(out, "{} review{}", HumanCount(count), if count == 1 { "" } else { "s" });
        };
        // A file that is read twice begins anew with its first review: no time is known before that.
        let count = Arc::clone(&reviews);
        let left = move |state: &ProgressState, out: &mut dyn std::fmt::Write| {
            if count.load(Ordering::Relaxed) > 0 {
                let _ = write!(out, ", {:#} left", HumanDuration(state.eta()));
            }
        };
        let style = ProgressStyle::with_template(if bytes.is_some() { BAR } else { COUNT });
        Self {
            bar: match style {
                Ok(style) => bar.with_style(style.with_key("reviews", written).with_key("left", left)),
                Err(_) => bar,
            },
            reviews,
            problems: AtomicU64::new(0),
        }
    }

    /// Counts one written review.
    pub(super) fn count(&self) {
        self.reviews.fetch_add(1, Ordering::Relaxed);
    }

    /// Advances by `bytes` bytes of the inputs.
    pub(super) fn pass(&self, bytes: usize) {
        self.bar.inc(u64::try_from(bytes).unwrap_or_default());
    }

    /// Sets the position to `bytes` bytes of all inputs together.
    pub(super) fn reach(&self, bytes: u64) {
        self.bar.set_position(bytes);
    }

    /// Runs `act`, which also writes to the terminal, with the bar hidden.
    pub(super) fn aside(&self, act: impl FnOnce()) {
        self.bar.suspend(act);
    }

    /// Reports a problem, up to [`MAX_TOLD`].
    pub(super) fn problem(&self, message: &str) {
        if self.problems.fetch_add(1, Ordering::Relaxed) < MAX_TOLD {
            self.aside(|| print_error(message));
        }
    }

    /// Returns the number of problems so far.
    pub(super) fn problems(&self) -> u64 {
        self.problems.load(Ordering::Relaxed)
    }

    /// Removes the bar; returns the number of written reviews.
    pub(super) fn finish(&self) -> u64 {
        self.bar.finish_and_clear();
        if let Some(more) = self.problems().checked_sub(MAX_TOLD).filter(|more| *more > 0) {
            print_error(&format!("{more} more problems"));
        }
        self.reviews.load(Ordering::Relaxed)
    }
}

/// Returns the size of an input in bytes; `None` if it is unknown before the input has been read.
pub(super) fn length(input: &Path) -> Option<u64> {
    let is_pipe = input.as_os_str() == "-";
    let metadata = if is_pipe { None } else { input.metadata().ok() };
    metadata.filter(|metadata| metadata.is_file()).map(|metadata| metadata.len())
}

//! How far `render` or `import` is, drawn on a terminal and nowhere else.
//!
//! How many reviews there are nobody knows before they are all read; how many bytes the files have, the system does. So the
//! bar goes by bytes, and beside it stands how many reviews are written. Where a pipe is among the inputs there is no bar, only
//! the count.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::render::tell;

/// Problems that are told; how many more there are is said at the end.
const MAX_TOLD: u64 = 1000;
const BAR: &str = "{bar:24} {percent:>3} %  {reviews}, {eta} left";
const COUNT: &str = "{spinner} {reviews}, {elapsed}";

pub(super) struct Progress {
    bar: ProgressBar,
    /// So many reviews are written.
    reviews: Arc<AtomicU64>,
    problems: AtomicU64,
}

impl Progress {
    /// Of these inputs, files or `-`; `prints` says that the reviews go to standard output.
    pub(super) fn new(inputs: &[PathBuf], prints: bool) -> Self {
        let reviews = Arc::new(AtomicU64::new(0));
        // Where the reviews themselves are drawn on the terminal, nothing else is.
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
        let style = ProgressStyle::with_template(if bytes.is_some() { BAR } else { COUNT });
        Self {
            bar: match style {
                Ok(style) => bar.with_style(style.with_key("reviews", written)),
                Err(_) => bar,
            },
            reviews,
            problems: AtomicU64::new(0),
        }
    }

    /// One review more is written.
    pub(super) fn count(&self) {
        self.reviews.fetch_add(1, Ordering::Relaxed);
    }

    /// So many bytes more of the inputs are done with.
    pub(super) fn pass(&self, bytes: usize) {
        self.bar.inc(u64::try_from(bytes).unwrap_or_default());
    }

    /// So many bytes of the inputs have been read, of all together.
    pub(super) fn reach(&self, bytes: u64) {
        self.bar.set_position(bytes);
    }

    /// Does what writes to the terminal too.
    pub(super) fn aside(&self, act: impl FnOnce()) {
        self.bar.suspend(act);
    }

    /// Tells a problem, up to [`MAX_TOLD`].
    pub(super) fn problem(&self, message: &str) {
        if self.problems.fetch_add(1, Ordering::Relaxed) < MAX_TOLD {
            self.aside(|| tell(message));
        }
    }

    /// How many problems there were.
    pub(super) fn problems(&self) -> u64 {
        self.problems.load(Ordering::Relaxed)
    }

    /// Clears it away; tells how many reviews are written.
    pub(super) fn finish(&self) -> u64 {
        self.bar.finish_and_clear();
        if let Some(more) = self.problems().checked_sub(MAX_TOLD).filter(|more| *more > 0) {
            tell(&format!("{more} more problems"));
        }
        self.reviews.load(Ordering::Relaxed)
    }
}

/// How many bytes an input has; `None` where that is not known before they are read.
pub(super) fn length(input: &Path) -> Option<u64> {
    let is_pipe = input.as_os_str() == "-";
    let metadata = if is_pipe { None } else { input.metadata().ok() };
    metadata.filter(|metadata| metadata.is_file()).map(|metadata| metadata.len())
}

//! Imports reviews from the exports of other services and blogs, and exports reviews to them.
//!
//! ```text
//! export ─files→ paths, bytes ─detect→ formats ─one importer a format→ plain JSON ─review_card::read→ reviews, one by one
//!                                                                                └→ Report: everything that gave no review
//! ```
//!
//! Pure functions on bytes, native and in a browser. Importers write the plain format; ratings, URLs and texts are
//! checked by the one reader of that format. Tables, feeds and WordPress exports are streamed: memory does not grow
//! with them, except for some thirty bytes a review that keep ids unique. Letterboxd, BookWyrm and Trakt have several
//! entries for one work, which are joined in memory; JSON exports are read as a whole, up to [`limits::MAX_WHOLE`].
//!
//! Private data are excluded: drafts, paid posts and posts with a password unless [`Options::private`] includes them;
//! private notes, e-mail addresses and deleted entries always.
//!
//! ```
//! let table = b"Title,Year,My Rating\nPaper Moon,1973,4.5\n";
//! let import = review_card_import::import_bytes("films.csv", table, &Default::default())?;
//! assert_eq!(import.collection.reviews[0].title, "Paper Moon");
//! # Ok::<(), review_card_import::ImportError>(())
//! ```
#![forbid(unsafe_code)]

mod address;
mod date;
mod decode;
mod detect;
mod draft;
pub mod export;
mod files;
mod folder;
mod format;
mod formats;
mod items;
mod limited;
pub mod limits;
mod options;
mod private;
mod report;
mod sink;
mod table;
mod text;
mod unsupported;

use std::io;
use std::ops::ControlFlow;
use std::rc::Rc;

use review_card::Collection;

pub use detect::detect;
pub use files::{Files, Input};
pub use format::Format;
pub use options::{Key, Options};
pub use report::{Guess, ImportProblem, Reason, Report, SkippedFile, SourceFile, UnusedColumns};
pub use sink::Each;

/// The reviews of an import, and a report of what was left out.
///
/// ```
/// use review_card_import::{Import, Input, Options, import_all};
///
/// let input = Input::from_bytes("films.csv", b"Title,Rating\nAlien,5\nHeat,\n")?;
/// let Import { collection, report } = import_all(&mut [input], &Options::default())?;
/// assert_eq!((collection.reviews.len(), report.entries, report.left_out.values().sum::<u64>()), (1, 2, 1));
/// # Ok::<(), review_card_import::ImportError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// The reviews, in the order of the export.
    pub collection: Collection,
    /// Counts, skipped entries and problems.
    pub report: Report,
}

/// The reason why nothing could be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file could not be read, or it is a damaged zip.
    #[error("{file}: {error}")]
    Unreadable {
        /// The file's name.
        file: String,
        /// The system's error.
        error: io::Error,
    },
    /// A zip or folder with more files than [`limits::MAX_FILES`].
    #[error(
        "{file}: expected at most {} files, found {found}: import them folder by folder",
        limits::MAX_FILES
    )]
    TooManyFiles {
        /// The zip's name.
        file: String,
        /// The number of files.
        found: usize,
    },
    /// No file in the inputs has a known format.
    #[error("{}", unknown(files, known))]
    UnknownFormat {
        /// The names of the inputs.
        files: String,
        /// What is known of their files: why each was not read, and what to do about it.
        known: Vec<String>,
    },
}

/// What a message says of inputs that have none of the formats.
const EXPECTED: &str = "expected an export of Letterboxd, Goodreads, StoryGraph, BookWyrm, IMDb, Trakt, WordPress, Ghost or Substack, a table as CSV, \
    RSS or Atom, Markdown with front matter, a web page with a review or JSON";

fn unknown(files: &str, known: &[String]) -> String {
    if known.is_empty() {
        format!("{}: {EXPECTED}, found something else", report::one_line(files))
    } else {
        known.join("; ")
    }
}

/// Why the files of an import were not read, as far as that is known.
fn known(report: &Report) -> Vec<String> {
    let problems = report.problems.iter().map(ToString::to_string);
    let skipped = report.skipped.iter().filter(|file| {
        // Of what is unreadable, a problem tells more.
        !matches!(file.reason, Reason::UnknownFormat | Reason::Unreadable)
    });
    let skipped = skipped.map(|SkippedFile { file, reason }| {
        format!("{}: not read: {}", report::one_line(file), reason.text())
    });
    problems.chain(skipped).take(limits::MAX_NAMED).collect()
}

/// Imports all inputs, passes each review to `each` as soon as it is read, and returns a report.
///
/// Files of one Letterboxd account are joined even if they are in different inputs: the export has the history, the
/// feed has the film's ids.
///
/// # Errors
/// Returns [`ImportError`] if no file in the inputs has a known format. A file or an entry that cannot be read is
/// skipped and reported.
pub fn import(inputs: &mut [Input], options: &Options, each: &mut Each) -> Result<Report, ImportError> {
    let mut sink = sink::Sink::new(options, each);
    for (key, name) in options.columns.iter().filter(|(_, name)| private::is_private(name)) {
        sink.report.problem(
            format!("--column {key}={name}"),
            "expected another column: private notes, passwords and addresses are never imported",
        );
    }
    let plan = detect::plan(inputs, &mut sink);
    if plan.is_empty() {
        let names: Vec<_> = inputs.iter().map(|input| input.name.as_str()).collect();
        return Err(ImportError::UnknownFormat { files: names.join(", "), known: known(&sink.report) });
    }
    let takes_columns = |format| matches!(format, Format::Csv | Format::WordPress | Format::Markdown);
    if let Some(found) = plan.first().filter(|_| !options.columns.is_empty())
        && !plan.iter().any(|found| takes_columns(found.format))
    {
        sink.report.problem(
            "--column",
            format!(
                "expected a table, a WordPress export or posts in Markdown for it, found {} in {}: for a table, add --from csv",
                found.format, found.name
            ),
        );
    }
    formats::run(inputs, &plan, &mut sink);
    if sink.report.entries == 0 && sink.report.problems.is_empty() {
        let names: Vec<_> = plan.iter().map(|found| found.name.as_str()).take(limits::MAX_NAMED).collect();
        sink.report.problem(
            names.join(", "),
            "expected at least one entry, found none: if there should be some, export it again",
        );
    }
    Ok(sink.report)
}

/// Imports one file or zip in memory.
///
/// # Errors
/// Like [`import`].
pub fn import_bytes(name: &str, bytes: &[u8], options: &Options) -> Result<Import, ImportError> {
    import_all(&mut [Input::from_bytes(name, bytes)?], options)
}

/// Imports all inputs into one collection.
///
/// # Errors
/// Like [`import`].
pub fn import_all(inputs: &mut [Input], options: &Options) -> Result<Import, ImportError> {
    let mut reviews = Vec::new();
    let report = import(inputs, options, &mut |review, _| {
        reviews.push(Rc::new(review));
        ControlFlow::Continue(())
    })?;
    let collection = Collection { title: report.title.clone(), reviews, ..Collection::default() };
    Ok(Import { collection, report })
}

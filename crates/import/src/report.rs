//! What an import reports besides the reviews: everything left out is counted, with a reason.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::limits::MAX_PROBLEMS;
use crate::{Format, Key};

/// What was read, what was left out and why.
///
/// Each entry of the input is counted once: `entries` is the sum of `reviews`, `joined` and all of `left_out`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The title of the blog or feed, if it has one.
    pub title: Option<String>,
    /// The files that were read, each with its format.
    pub files: Vec<SourceFile>,
    /// The number of rows, posts and items that were read.
    pub entries: u64,
    /// The number of reviews made from them.
    pub reviews: u64,
    /// The number of entries that are part of another entry's review: a second viewing, a second shelf.
    pub joined: u64,
    /// The number of entries without a review, by reason.
    pub left_out: BTreeMap<Reason, u64>,
    /// The next pages of feeds, which are not read.
    pub next_pages: Vec<String>,
    /// Files that were not read.
    pub skipped: Vec<SkippedFile>,
    /// Unused columns, by file.
    pub unused: Vec<UnusedColumns>,
    /// Columns whose use was guessed from their names.
    pub guesses: Vec<Guess>,
    /// Tolerated problems, at most [`MAX_PROBLEMS`].
    pub problems: Vec<ImportProblem>,
    /// The number of further problems.
    pub more_problems: u64,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceFile {
    /// The input's name and the path within it.
    pub file: String,
    /// The format as which it was read.
    pub format: Format,
}

/// A file that was not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SkippedFile {
    /// The input's name and the path within it.
    pub file: String,
    /// Why it was not read.
    pub reason: Reason,
}

/// The unused columns of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnusedColumns {
    /// The input's name and the path within it.
    pub file: String,
    /// The column names as in the header.
    pub columns: Vec<String>,
}

/// A column whose use was guessed from its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Guess {
    /// What the column is used for.
    pub key: Key,
    /// The column's name as in the header.
    pub column: String,
    /// A further guess: the scale of a rating.
    pub note: Option<String>,
}

/// A tolerated problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportProblem {
    /// The file, the line or entry, and the field.
    pub place: String,
    /// What was expected and what was found.
    pub message: String,
}

impl fmt::Display for ImportProblem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// Why an entry has no review, or a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Neither a rating nor a text.
    Empty,
    /// On a list of works to see or read later.
    ToDo,
    /// Begun but not finished, without a rating or a text.
    Unfinished,
    /// Not published.
    Draft,
    /// For paying readers, behind a password, or marked as private.
    Private,
    /// Deleted by its author, or about a work that no longer exists.
    Deleted,
    /// An account's own data, with an e-mail address.
    Profile,
    /// A list of works.
    List,
    /// A comment or a like on somebody else's entry.
    Comment,
    /// Not a post: a page, a picture, a menu.
    NotAPost,
    /// A page without JSON-LD or microformats of a review.
    NoReview,
    /// Nothing says what is reviewed.
    NoTitle,
    /// The same entry in another file of the same export.
    Repeated,
    /// Longer than a limit.
    TooLong,
    /// Could not be read.
    Unreadable,
    /// Not a format that this program reads.
    UnknownFormat,
}

impl Reason {
    /// Returns the reason as the end of "12 entries left out: …".
    pub fn text(self) -> &'static str {
        match self {
            Self::Empty => "neither a rating nor a text",
            Self::ToDo => "not seen or read yet",
            Self::Unfinished => "not finished, without a rating or a text",
            Self::Draft => "drafts (--private includes them)",
            Self::Private => "private: paid, behind a password or marked so (--private includes them)",
            Self::Deleted => "deleted",
            Self::Profile => "account data",
            Self::List => "lists",
            Self::Comment => "comments and likes",
            Self::NotAPost => "pages, pictures and the like, not posts",
            Self::NoReview => "pages without JSON-LD or microformats of a review",
            Self::NoTitle => "no title",
            Self::Repeated => "repeated",
            Self::TooLong => "too long",
            Self::Unreadable => "unreadable",
            Self::UnknownFormat => "not a format that import reads",
        }
    }
}

impl Report {
    pub(crate) fn problem(&mut self, place: impl Into<String>, message: impl Into<String>) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(ImportProblem { place: place.into(), message: message.into() });
        } else {
            self.more_problems += 1;
        }
    }

    pub(crate) fn leave_out(&mut self, reason: Reason) {
        *self.left_out.entry(reason).or_default() += 1;
    }
}

/// Writes the report for people, one line for each fact.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let left_out: u64 = self.left_out.values().sum();
        write!(
            f,
            "{} in: {} out",
            counted(self.entries, "entry", "entries"),
            counted(self.reviews, "review", "reviews")
        )?;
        if self.joined > 0 {
            write!(f, ", {} joined to the review of the same work", self.joined)?;
        }
        writeln!(f, ", {left_out} left out")?;
        for (reason, count) in &self.left_out {
            writeln!(f, "left out: {count}, {}", reason.text())?;
        }
        for SkippedFile { file, reason } in &self.skipped {
            writeln!(f, "{file}: not read: {}", reason.text())?;
        }
        for page in &self.next_pages {
            writeln!(f, "the feed goes on at {page}: save that page, and import it too")?;
        }
        for Guess { key, column, note } in &self.guesses {
            let note = note.as_ref().map(|note| format!(", {note}")).unwrap_or_default();
            writeln!(f, "guessed: {key} from the column \"{column}\"{note}")?;
        }
        for UnusedColumns { file, columns } in &self.unused {
            writeln!(f, "{file}: columns that nothing uses: {}", columns.join(", "))?;
        }
        for problem in &self.problems {
            writeln!(f, "{problem}")?;
        }
        if self.more_problems > 0 {
            writeln!(f, "and {}", counted(self.more_problems, "more problem", "more problems"))?;
        }
        Ok(())
    }
}

fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

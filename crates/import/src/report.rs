//! What an import reports besides the reviews: everything left out is counted, with a reason.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::limits::{MAX_COLUMNS_NAMED, MAX_MESSAGE, MAX_NAMED, MAX_PROBLEMS};
use crate::{Format, Key};

/// What the front matter of all posts is called in [`Report::unused`].
pub(crate) const FRONT_MATTER: &str = "front matter";
/// What the custom fields of all posts are called there.
pub(crate) const CUSTOM_FIELDS: &str = "custom fields";

/// What was read, what was left out and why.
///
/// Each entry of the input is counted once: `entries` is the sum of `reviews`, `joined` and all of `left_out`.
///
/// ```
/// use review_card_import::{Format, Guess, ImportProblem, Reason, Report, SkippedFile, SourceFile, UnusedColumns, import_bytes};
///
/// let table = b"Title,Rating,Shelf number\nAlien,5,12\nHeat,six,3\nSolaris,,\n";
/// let Report { files, entries, reviews, left_out, unused, guesses, problems, skipped, .. } =
///     import_bytes("films.csv", table, &Default::default())?.report;
/// let [SourceFile { format, .. }] = &files[..] else { panic!() };
/// assert_eq!((*format, format.name(), entries), (Format::Csv, "csv", 3));
/// assert_eq!(left_out.values().sum::<u64>() + reviews, entries);
/// let [UnusedColumns { columns, .. }] = &unused[..] else { panic!() };
/// assert_eq!(columns, &["Shelf number"]);
/// assert!(guesses.iter().any(|Guess { column, .. }| column == "Rating"));
/// assert!(problems.iter().any(|ImportProblem { message, .. }| message.contains("six")));
/// assert!(skipped.iter().all(|SkippedFile { reason, .. }| *reason != Reason::Draft));
/// assert!(!Reason::Draft.text().is_empty());
/// # Ok::<(), review_card_import::ImportError>(())
/// ```
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
    /// The number of links and pictures whose addresses stay relative, because the address of their site is not known.
    pub relative: u64,
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
        write!(f, "{}: {}", one_line(&self.place), one_line(&self.message))
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
    /// A record of the AT Protocol that is not a review.
    OtherRecord,
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
    /// A file without a byte in it.
    EmptyFile,
    /// A file of Excel or another spreadsheet program.
    Workbook,
    /// A PDF, a book, or a file of a word processor.
    Document,
    /// A zip that is not an input itself.
    NestedZip,
    /// Packed by another program than zip.
    Packed,
    /// A database in a file.
    Database,
    /// A table whose columns have no names that say what they are.
    UnknownTable,
    /// A service's own file, which import has no use for.
    Other,
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
            Self::OtherRecord => "records of other types, not reviews",
            Self::NotAPost => "pages, pictures and the like, not posts",
            Self::NoReview => "web pages without a review that programs can read (JSON-LD or microformats)",
            Self::NoTitle => "no title",
            Self::Repeated => "repeated",
            Self::TooLong => "too long",
            Self::Unreadable => "unreadable",
            Self::EmptyFile => "an empty file: export or download it again",
            Self::Workbook => {
                "a file of a spreadsheet program: open it there, save it as CSV, and import that"
            }
            Self::Document => {
                "a PDF or a document: import the file that the service or the blog exports, or a table saved as CSV"
            }
            Self::NestedZip => "a zip within the input: unpack it, and import what is in it",
            Self::Packed => "packed by another program than zip: unpack it, and import the folder",
            Self::Database => "a database: export a table of it as CSV, and import that",
            Self::UnknownTable => {
                "a table without known columns for a title and for a rating or a text: name them, for example by --column title=Film --column rating=Stars"
            }
            Self::Other => "neither ratings nor reviews",
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
        if self.relative > 0 {
            writeln!(
                f,
                "{}: add --base and the address of the site, for example --base https://blog.example/",
                counted(
                    self.relative,
                    "link or picture has a relative address",
                    "links and pictures have relative addresses"
                )
            )?;
        }
        let mut skipped: BTreeMap<Reason, usize> = BTreeMap::new();
        for SkippedFile { file, reason } in &self.skipped {
            let count = skipped.entry(*reason).or_default();
            *count += 1;
            if *count <= MAX_NAMED {
                writeln!(f, "{}: not read: {}", one_line(file), reason.text())?;
            }
        }
        for (reason, count) in skipped {
            if let Some(more) = count.checked_sub(MAX_NAMED).filter(|more| *more > 0) {
                writeln!(
                    f,
                    "{} not read: {}",
                    counted(more as u64, "more file", "more files"),
                    reason.text()
                )?;
            }
        }
        for page in &self.next_pages {
            writeln!(f, "the feed goes on at {}: save that page, and import it too", one_line(page))?;
        }
        for Guess { key, column, note } in &self.guesses {
            let note = note.as_ref().map(|note| format!(", {note}")).unwrap_or_default();
            writeln!(f, "guessed: {key} from the column \"{}\"{note}", one_line(column))?;
        }
        for UnusedColumns { file, columns } in &self.unused {
            let what =
                if [FRONT_MATTER, CUSTOM_FIELDS].contains(&file.as_str()) { "keys" } else { "columns" };
            let more = columns.len().saturating_sub(MAX_COLUMNS_NAMED);
            let columns = columns.iter().take(MAX_COLUMNS_NAMED).map(|column| one_line(column));
            let columns = columns.collect::<Vec<_>>().join(", ");
            write!(f, "{}: {what} that nothing uses: {columns}", one_line(file))?;
            if more > 0 {
                write!(f, " and {more} more")?;
            }
            writeln!(f)?;
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

/// What a file says, within a message: line breaks and what else a terminal obeys are written as escapes, so that no
/// file writes a line of the report. A text that is longer than any name is cut.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::new();
    for (count, c) in text.chars().enumerate() {
        if count == MAX_MESSAGE {
            line.push('…');
            break;
        }
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            line.extend(c.escape_unicode());
        } else {
            line.push(c);
        }
    }
    line
}

fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

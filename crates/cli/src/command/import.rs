//! `review-card import`: converts an export of another service or blog to plain JSON, as one collection or, with
//! `--out`, one file for each review.
//!
//! Reviews are written as they are read, so memory use does not grow with a table or a feed. Entries without a review
//! are reported on standard error, grouped by reason. Nothing is printed before the first review.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use review_card::Review;
use review_card_import::{Format, ImportError, Input, Key, Options, Report};

use super::file_name::FileNames;
use super::folder::Folder;
use super::interruption;
use super::progress::{self, Progress};
use super::render::{base, print_error, reason, source};

/// `import INPUT...`
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// Exports: a zip, a folder, a table, a feed, a page …; `-` is standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Read the inputs as this format instead of detecting it: letterboxd, goodreads, storygraph, bookwyrm, imdb, trakt, csv, wordpress, ghost, substack, feed, markdown, html, json
    #[arg(long, value_name = "FORMAT")]
    from: Option<Format>,
    /// Use this column, custom field or key of front matter for KEY, whatever its name suggests; may be given again
    #[arg(long = "column", value_name = "KEY=NAME", value_parser = column)]
    columns: Vec<(Key, String)>,
    /// Name this author in each review that names none
    #[arg(long, value_name = "NAME", value_parser = name)]
    author: Option<String>,
    /// Title of the collection, instead of that in the inputs
    #[arg(long, conflicts_with = "out", value_parser = name)]
    title: Option<String>,
    /// Resolve relative addresses against this one, if the input names no other; a last part without a dot is a folder
    #[arg(long, value_name = "URL", value_parser = base)]
    base: Option<String>,
    /// Include drafts, paid posts and posts with a password; private notes and e-mail addresses are never included
    #[arg(long)]
    private: bool,
    /// Write DIR/ID.json for each review, instead of one collection to standard output
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

fn column(text: &str) -> Result<(Key, String), String> {
    let (key, name) = text.split_once('=').ok_or("expected KEY=NAME, for example rating=Stars")?;
    Ok((key.parse()?, name.into()))
}

fn name(text: &str) -> Result<String, &'static str> {
    let name = text.trim();
    if name.is_empty() { Err("expected a name, found nothing") } else { Ok(name.into()) }
}

pub(super) fn run(args: ImportArgs) -> ExitCode {
    let ImportArgs { inputs: paths, from, columns, author, title, base, private, out } = args;
    if out.is_some() {
        interruption::heed();
    }
    let options = Options { from, columns, author, title, base, private };
    let progress = Progress::new(&paths, out.is_none());
    let output = match out.map(|path| Folder::new(path.clone()).map_err(|error| (path, error))).transpose() {
        Ok(Some(folder)) => Output::Folder(folder, FileNames::default()),
        Ok(None) => Output::Print { any: false },
        Err((path, error)) => {
            print_error(&format!("{}: {}", path.display(), reason(&error)));
            return ExitCode::from(2);
        }
    };
    let mut run = Run { output, is_titled: false, problems: false, progress: &progress };
    let before = Cell::new(0);
    let mut inputs = Vec::new();
    for path in &paths {
        match open(path, &progress, before.get()) {
            Ok(input) => inputs.push(input),
            Err(error) => run.problem(&error.to_string()),
        }
        before.set(before.get() + progress::length(path).unwrap_or_default());
    }
    if inputs.is_empty() {
        return ExitCode::from(2);
    }
    let report =
        review_card_import::import(&mut inputs, &options, &mut |review, report| run.take(&review, report));
    match report {
        Ok(report) => run.finish(&report),
        Err(error) => {
            progress.finish();
            print_error(&error.to_string());
            ExitCode::from(2)
        }
    }
}

/// Opens an input. Standard input is copied to an unnamed file, because a zip is read from its end.
fn open<'a>(path: &Path, progress: &'a Progress, before: u64) -> Result<Input<'a>, ImportError> {
    if path.is_dir() {
        return Input::from_path(path);
    }
    let name = if path.as_os_str() == "-" {
        source(path)
    } else {
        path.file_name().unwrap_or_default().to_string_lossy()
    };
    let file = if path.as_os_str() == "-" { copy_of_standard_input() } else { File::open(path) };
    let file = file.map_err(|error| {
        let error = io::Error::new(error.kind(), reason(&error));
        ImportError::Unreadable { file: source(path).into(), error }
    })?;
    Input::from_reader(&name, Watched { file, progress, before })
}

fn copy_of_standard_input() -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    io::copy(&mut io::stdin().lock(), &mut file)?;
    file.rewind()?;
    Ok(file)
}

/// A file that reports how far it has been read.
struct Watched<'a> {
    file: File,
    progress: &'a Progress,
    /// The total size of the inputs before this one, in bytes.
    before: u64,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.progress.reach(self.before + self.file.stream_position()?);
        Ok(count)
    }
}

impl Seek for Watched<'_> {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.file.seek(position)
    }
}

enum Output {
    Folder(Folder, FileNames),
    /// One collection, which starts with its first review.
    Print {
        any: bool,
    },
}

struct Run<'a> {
    output: Output,
    /// Whether the collection's title has been written.
    is_titled: bool,
    problems: bool,
    progress: &'a Progress,
}

impl Run<'_> {
    fn problem(&mut self, message: &str) {
        self.problems = true;
        self.progress.aside(|| print_error(message));
    }

    /// Writes a review. Returns `Break` if the pipe is closed or the disk is full.
    fn take(&mut self, review: &Review, report: &Report) -> ControlFlow<()> {
        // Every review can be written as JSON, so this does not fail.
        let json = serde_json::to_string_pretty(review).unwrap_or_default();
        let written = match &mut self.output {
            Output::Folder(folder, names) => {
                let name = names.take(&review.id).name + ".json";
                folder
                    .write(&name, &(json + "\n"))
                    .map_err(|error| (folder.path_of(&name).display().to_string(), error))
            }
            Output::Print { any } => {
                let begin = if *any {
                    ",\n    ".to_owned()
                } else {
                    self.is_titled = report.title.is_some();
                    beginning(report.title.as_deref())
                };
                *any = true;
                // Line breaks in strings are escaped as \n, so each of these separates two members.
                let json = json.replace('\n', "\n    ");
                let mut out = io::stdout().lock();
                let written = out.write_all(begin.as_bytes()).and_then(|()| out.write_all(json.as_bytes()));
                written.map_err(|error| ("standard output".to_owned(), error))
            }
        };
        match written {
            Ok(()) => {
                self.progress.count();
                ControlFlow::Continue(())
            }
            Err((place, error)) => {
                self.problems = true;
                if error.kind() != io::ErrorKind::BrokenPipe {
                    self.problem(&format!("{place}: {}", reason(&error)));
                }
                ControlFlow::Break(())
            }
        }
    }

    fn finish(mut self, report: &Report) -> ExitCode {
        let written = self.progress.finish();
        if let Output::Print { any: true } = self.output {
            let title = report.title.as_deref().filter(|_| !self.is_titled);
            let title = title.map(|title| format!(",{}", member(title)));
            let end = format!("\n  ]{}\n}}\n", title.unwrap_or_default());
            let mut out = io::stdout().lock();
            self.problems |= out.write_all(end.as_bytes()).and_then(|()| out.flush()).is_err();
        }
        report.to_string().lines().for_each(print_error);
        if written == 0 {
            return ExitCode::from(2);
        }
        ExitCode::from(u8::from(self.problems || !report.problems.is_empty()))
    }
}

/// Returns the title as a member of the collection, on a line of its own.
fn member(title: &str) -> String {
    format!("\n  \"title\": {}", review_card::json::Json::from(title))
}

/// Returns the beginning of the collection. A title that is known comes first, so that `render --list` knows it before
/// the first page.
fn beginning(title: Option<&str>) -> String {
    let title = title.map(|title| member(title) + ",").unwrap_or_default();
    format!("{{{title}\n  \"reviews\": [\n    ")
}

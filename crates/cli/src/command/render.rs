//! `review-card render`: renders each review as static HTML, on standard output or in one file for each review.
//!
//! 1. One thread reads the inputs and sends their reviews, numbered, to the workers ([`super::reviews`]).
//! 2. On each core, a worker parses the JSON of a review and renders it.
//! 3. In the order of the numbers, the workers report problems, and print or choose a file name; then each writes its
//!    file.
//!
//! Memory holds only a few reviews for each worker and the file names used so far, however many reviews there are.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use clap::Args;

use super::file_name::{FileName, FileNames};
use super::folder::Folder;
use super::interruption;
use super::library;
use super::list::{self, ListArgs};
use super::printable;
use super::progress::Progress;
use super::task::{self, Task};
use super::turns::{Place, Turns};
use review_card::collection::Library;
use review_card_prerender::{Form, Renderer};

/// Enough stack for the deepest HTML that is accepted, with a margin.
pub(super) const STACK: usize = 32 << 20;
/// The name of the worker threads in the system's thread list.
pub(super) const WORKER: &str = "render";
/// The number of queued reviews for each worker.
pub(super) const WAITING: usize = 2;

/// `render INPUT...`
#[derive(Debug, Args)]
pub(super) struct RenderArgs {
    /// Files with reviews in JSON; `-` is standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Write DIR/ID.html for each review, instead of all to standard output
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write plain elements with microformats2 classes, for feeds, Markdown and WordPress
    #[arg(long)]
    light: bool,
    /// Write whole HTML documents
    #[arg(long)]
    page: bool,
    /// Language (BCP 47) of the page and of the card's own labels [default: that of the review, or of a list's first page, or en]
    #[arg(long, value_parser = language)]
    lang: Option<String>,
    /// Link this style sheet instead of writing one into the HTML; may be given again
    #[arg(long = "stylesheet", value_name = "URL")]
    stylesheets: Vec<String>,
    /// Load each card's picture at once, not when it comes near the viewport: for a card at the top of its page; --page does this too
    #[arg(long, conflicts_with = "list")]
    eager: bool,
    /// Resolve relative addresses against this one; a last part without a dot is a folder
    #[arg(long, value_name = "URL", value_parser = base)]
    base: Option<String>,
    /// Show second opinions and related reviews from this collection; may be given again
    #[arg(long, value_name = "FILE")]
    related_from: Vec<PathBuf>,
    #[command(flatten)]
    list: ListArgs,
}

fn language(tag: &str) -> Result<String, &'static str> {
    let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let begins = tag.starts_with(|c: char| c.is_ascii_alphabetic());
    if begins && tag.split('-').all(part) {
        Ok(tag.into())
    } else {
        Err("expected a language tag such as en-GB")
    }
}

pub(super) fn absolute(address: &str) -> Result<String, &'static str> {
    match url::Url::parse(address) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(address.into()),
        _ => Err("expected an absolute address such as https://blog.example/"),
    }
}

/// Parses the address of `--base`. In a browser, `https://blog.example/books` without a slash at its end would drop the
/// folder, so a last part without a dot counts as a folder.
pub(super) fn base(address: &str) -> Result<String, &'static str> {
    let address = absolute(address)?;
    let Ok(mut url) = url::Url::parse(&address) else { return Ok(address) };
    let is_file = url.path().rsplit('/').next().is_none_or(|last| last.is_empty() || last.contains('.'));
    if is_file || url.query().is_some() || url.fragment().is_some() {
        return Ok(address);
    }
    let folder = [url.path(), "/"].concat();
    url.set_path(&folder);
    Ok(url.into())
}

/// Runs the subcommand. The exit status is 0 if all is well, 1 if there were problems, 2 if nothing could be written.
pub(super) fn run(args: RenderArgs) -> ExitCode {
    let RenderArgs { inputs, out, light, page, lang, stylesheets, eager, base, related_from, list } = args;
    if out.is_some() {
        interruption::heed();
    }
    let folder = match out.map(|path| Folder::new(path.clone()).map_err(|error| (path, error))).transpose() {
        Ok(folder) => folder,
        Err((path, error)) => {
            print_error(&format!("{}: {}", path.display(), reason(&error)));
            return ExitCode::from(2);
        }
    };
    let form = Form { light, page, lang, stylesheets, eager, list: list.list };
    let folder = match folder {
        Some(folder) if list.list => return list::run(list, &inputs, base.as_deref(), form, folder),
        folder => folder,
    };
    let (library, cut) = match library::read(&related_from, base.as_deref()) {
        Ok(read) => read,
        Err(message) => {
            print_error(&message);
            return ExitCode::from(2);
        }
    };
    let run = Run {
        progress: Progress::new(&inputs, folder.is_none()),
        output: folder.map_or(Output::Print, Output::Folder),
        form,
        base,
        library,
        turns: Turns::new(FileNames::default()),
        stopped: AtomicBool::new(false),
    };
    cut.iter().for_each(|message| run.problem(message));
    run.all(&inputs);
    end(&run.progress, &run.form)
}

/// Returns the exit status. If the HTML contains style sheets, also reports the sources that a Content-Security-Policy
/// needs for them.
pub(super) fn end(progress: &Progress, form: &Form) -> ExitCode {
    if progress.finish() == 0 {
        return ExitCode::from(2);
    }
    let sources = form.style_sources();
    if !sources.is_empty() {
        print_error(&format!(
            "For a page with a strict Content-Security-Policy: style-src {}",
            sources.join(" ")
        ));
    }
    ExitCode::from(u8::from(progress.problems() > 0))
}

/// Returns the name of an input for messages.
pub(super) fn source(input: &Path) -> Cow<'_, str> {
    if input.as_os_str() == "-" { "standard input".into() } else { input.to_string_lossy() }
}

/// The destination of the HTML.
enum Output {
    Print,
    Folder(Folder),
}

/// State that all threads share.
struct Run {
    output: Output,
    form: Form,
    base: Option<String>,
    /// The reviews in which second opinions and related reviews are looked up.
    library: Library,
    /// The file names used so far, passed from turn to turn.
    turns: Turns<FileNames>,
    /// Whether to stop, because the pipe is closed or the disk is full.
    stopped: AtomicBool,
    progress: Progress,
}

/// A task. Its number is its place in the output.
struct Job {
    number: u64,
    source: Arc<str>,
    task: Task,
}

impl Run {
    fn all(&self, inputs: &[PathBuf]) {
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let renderers: io::Result<Vec<_>> = (0..workers).map(|_| Renderer::new(self.form.clone())).collect();
        let renderers = match renderers {
            Ok(renderers) => renderers,
            Err(error) => return self.problem(&reason(&error)),
        };
        let (sender, receiver) = sync_channel(workers * WAITING);
        let receiver = &Mutex::new(receiver);
        thread::scope(|scope| {
            for renderer in renderers {
                let work = move || self.work(&renderer, receiver);
                let thread = thread::Builder::new().name(WORKER.into()).stack_size(STACK);
                if let Err(error) = thread.spawn_scoped(scope, work) {
                    return self.problem(&reason(&error));
                }
            }
            self.read(inputs, &sender);
            drop(sender);
        });
    }

    /// Reads the inputs, and sends their contents to the workers.
    fn read(&self, inputs: &[PathBuf], sender: &SyncSender<Job>) {
        let mut number = 0;
        for input in inputs {
            if self.stopped.load(Ordering::Relaxed) {
                return;
            }
            let source: Arc<str> = source(input).into();
            let any = Cell::new(false);
            let mut send = |task| {
                if matches!(task, Task::Title(_)) {
                    return true;
                }
                any.set(true);
                let job = Job { number, source: source.clone(), task };
                number += 1;
                sender.send(job).is_ok() && !self.stopped.load(Ordering::Relaxed)
            };
            if let Err(error) = task::each(input, self.base.as_deref(), &mut send) {
                send(Task::Problem(reason(&error)));
            } else if !any.get() {
                send(Task::Problem("expected a review, found none".into()));
            }
        }
    }

    /// Runs a worker: does one job after the other.
    fn work(&self, renderer: &Renderer, jobs: &Mutex<Receiver<Job>>) {
        loop {
            // The lock guard is dropped at the end of this line, so the next worker only waits for the job, not for the
            // work.
            let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(Job { number, source, task }) = job else { return };
            let place = self.turns.place(number);
            if self.stopped.load(Ordering::Relaxed) {
                continue;
            }
            let bytes = task.bytes();
            let (reviews, problems) = task.reviews(self.base.as_deref());
            let pages = reviews.into_iter().map(|mut review| {
                if let Some(review) = Rc::get_mut(&mut review) {
                    self.library.complete(review);
                }
                (review.id.clone(), renderer.render(review))
            });
            self.write(pages.collect(), &source, &problems, place);
            self.progress.pass(bytes);
        }
    }

    /// In its turn, reports problems, and prints pages or chooses file names; writes the files after the turn.
    fn write(
        &self,
        pages: Vec<(String, String)>,
        source: &str,
        problems: &[String],
        place: Place<'_, FileNames>,
    ) {
        let files = place.take(|names| {
            for problem in problems {
                self.problem(&[source, ": ", problem].concat());
            }
            let Output::Folder(folder) = &self.output else {
                pages.iter().for_each(|(_, html)| self.print(html));
                return None;
            };
            let named = pages.into_iter().map(|(id, html)| (self.name(names, &id, source), html));
            Some((folder, named.collect::<Vec<_>>()))
        });
        if let Some((folder, files)) = files {
            files.iter().for_each(|(name, html)| self.save(folder, name, html));
        }
    }

    /// Returns the file name of the review with this id, and reports it if another review already had that name.
    fn name(&self, names: &mut FileNames, id: &str, source: &str) -> String {
        let FileName { name, numbered } = names.take(id);
        let name = name + ".html";
        if numbered {
            self.problem(&format!(
                "{source}: expected an id of its own, found \"{id}\" once more; it is written as {name}"
            ));
        }
        name
    }

    fn print(&self, html: &str) {
        if self.stopped.load(Ordering::Relaxed) {
            return;
        }
        match io::stdout().lock().write_all(html.as_bytes()) {
            Ok(()) => self.count(),
            Err(error) => {
                self.stopped.store(true, Ordering::Relaxed);
                // The reader of the pipe has closed it: that is not an error.
                if error.kind() != io::ErrorKind::BrokenPipe {
                    self.problem(&format!("standard output: {}", reason(&error)));
                }
            }
        }
    }

    fn save(&self, folder: &Folder, name: &str, html: &str) {
        if self.stopped.load(Ordering::Relaxed) {
            return;
        }
        match folder.write(name, html) {
            Ok(()) => self.count(),
            Err(error) => {
                // If the name is a folder's, only that file fails; any other error would be repeated for every file.
                let stops = error.kind() != io::ErrorKind::IsADirectory;
                if !(stops && self.stopped.swap(true, Ordering::Relaxed)) {
                    self.problem(&format!("{}: {}", folder.path_of(name).display(), reason(&error)));
                }
            }
        }
    }

    fn count(&self) {
        self.progress.count();
    }

    fn problem(&self, message: &str) {
        self.progress.problem(message);
    }
}

/// Returns the system's error message without its number.
pub(super) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}

/// Prints a line on standard error. Text from a file must not move the cursor or clear the screen.
pub(super) fn print_error(message: &str) {
    let line = printable(message) + "\n";
    // If standard error is closed, the exit status still reports the failure.
    let _ = io::stderr().lock().write_all(line.as_bytes());
}

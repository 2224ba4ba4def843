//! `review-card render`: each review as static HTML, on standard output or in a file of its own.
//!
//! 1. One thread reads the inputs and hands out their reviews ([`super::reviews`]), numbered.
//! 2. On each core a worker reads the JSON of one and renders it.
//! 3. In the order of their numbers the workers tell problems, take a file's name or print; then each writes its file.
//!
//! At any time there are a few reviews a worker in memory, and the names given so far, however many reviews there are.

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

/// Enough for the deepest HTML that is kept, with room to spare.
pub(super) const STACK: usize = 32 << 20;
/// What the system calls a worker, where it lists threads.
pub(super) const WORKER: &str = "render";
/// Reviews that wait for each worker.
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
    /// Language (BCP 47) of the page and of the card's own words [default: each review's own, of a list that of its first page, else en]
    #[arg(long, value_parser = language)]
    lang: Option<String>,
    /// Link this style sheet instead of writing one into the HTML; may be given again
    #[arg(long = "stylesheet", value_name = "URL")]
    stylesheets: Vec<String>,
    /// Load each card's picture at once, not when it is near: for a card at the top of its page, as --page has it
    #[arg(long, conflicts_with = "list")]
    eager: bool,
    /// Resolve relative addresses against this one
    #[arg(long, value_name = "URL", value_parser = absolute)]
    base: Option<String>,
    /// Look for second opinions and related reviews in this collection; may be given again
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

/// Runs it. The status is 0 where all is well, 1 where there were problems, 2 where nothing could be written.
pub(super) fn run(args: RenderArgs) -> ExitCode {
    let RenderArgs { inputs, out, light, page, lang, stylesheets, eager, base, related_from, list } = args;
    if out.is_some() {
        interruption::heed();
    }
    let folder = match out.map(|path| Folder::new(path.clone()).map_err(|error| (path, error))).transpose() {
        Ok(folder) => folder,
        Err((path, error)) => {
            tell(&format!("{}: {}", path.display(), reason(&error)));
            return ExitCode::from(2);
        }
    };
    let form = Form { light, page, lang, stylesheets, eager, list: list.list };
    let folder = match folder {
        Some(folder) if list.list => return list::run(list, &inputs, base.as_deref(), form, folder),
        folder => folder,
    };
    let library = match library::read(&related_from, base.as_deref()) {
        Ok(library) => library,
        Err(message) => {
            tell(&message);
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
    run.all(&inputs);
    end(&run.progress, &run.form)
}

/// How it ends. Where reviews are written with sheets in them, what a policy has to say of those is told.
pub(super) fn end(progress: &Progress, form: &Form) -> ExitCode {
    if progress.finish() == 0 {
        return ExitCode::from(2);
    }
    let sources = form.style_sources();
    if !sources.is_empty() {
        tell(&format!("For a page with a strict Content-Security-Policy: style-src {}", sources.join(" ")));
    }
    ExitCode::from(u8::from(progress.problems() > 0))
}

/// What an input is called where something is told of it.
pub(super) fn source(input: &Path) -> Cow<'_, str> {
    if input.as_os_str() == "-" { "standard input".into() } else { input.to_string_lossy() }
}

/// Where the HTML goes.
enum Output {
    Print,
    Folder(Folder),
}

/// What all threads share.
struct Run {
    output: Output,
    form: Form,
    base: Option<String>,
    /// What second opinions and related reviews are looked for in.
    library: Library,
    /// The names given so far: whose turn it is has them.
    turns: Turns<FileNames>,
    /// Whether there is no use in going on: nobody reads the output, or the disk is full.
    stopped: AtomicBool,
    progress: Progress,
}

/// A piece of work; its number is its place in the output.
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

    /// Reads the inputs, and hands out what is in them.
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

    /// What a worker does: one job after the other.
    fn work(&self, renderer: &Renderer, jobs: &Mutex<Receiver<Job>>) {
        loop {
            // A guard of its own line: the next worker waits for the job, not for what is done with it.
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

    /// In its turn, tells problems and prints pages or finds their files' names; writes the files after it.
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

    /// The name of the file of the review with this id; where another has it, that is told.
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
                // Whoever reads the output has had enough of it: nothing to tell.
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
                // One name that is a folder's costs that file; what else there is would be told of every file.
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

/// An error of the system in its own words, without its number.
pub(super) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}

/// Tells a line on standard error. What comes from a file must not move the cursor or clear the screen.
pub(super) fn tell(message: &str) {
    let line = printable(message) + "\n";
    // With nobody to tell, the status is left to say it.
    let _ = io::stderr().lock().write_all(line.as_bytes());
}

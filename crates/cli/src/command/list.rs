//! `review-card render --list`: renders many reviews as static pages, `index.html`, `page-2.html` and so on.
//!
//! 1. One thread reads the inputs in order, as if they were one collection, and distributes their reviews over pages.
//! 2. On each core, a worker renders a page and writes its file.
//!
//! Only a few pages are in memory at any time, however many reviews there are. With `--sort`, all reviews are: the last
//! one that is read may be the first.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::{io, thread};

use clap::Args;

use super::folder::Folder;
use super::progress::Progress;
use super::render::{STACK, WAITING, WORKER, absolute, end, reason, source};
use super::task::{self, Task};
use review_card::collection::{Sort, Sorter};
use review_card::model::Review;
use review_card::view::list::Layout;
use review_card_prerender::{Form, ListForm, ListPage, Renderer};

/// The default number of reviews on a page.
const PER_PAGE: u16 = 24;

/// The arguments that belong to `--list`.
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// Write all reviews as a list in pages: DIR/index.html, DIR/page-2.html and so on
    #[arg(long, requires = "out", conflicts_with = "related_from")]
    pub(super) list: bool,
    /// The number of reviews on a page of the list, up to 1000 [default: 24]
    #[arg(long, value_name = "NUMBER", requires = "list", value_parser = clap::value_parser!(u16).range(1..=1000))]
    per_page: Option<u16>,
    /// Layout of the list: grid or stack [default: grid]
    #[arg(long, value_name = "LAYOUT", requires = "list", value_parser = layout)]
    layout: Option<Layout>,
    /// Order of the list: date, rating or title; a hyphen before it reverses it: -date is newest first [default: the order of the inputs]
    #[arg(long, value_name = "ORDER", requires = "list", allow_hyphen_values = true, value_parser = sort)]
    sort: Option<Sort>,
    /// Address of the collection, so that `<review-list>` can turn the first page into a live list
    #[arg(long, value_name = "URL", requires = "list", conflicts_with = "light")]
    src: Option<String>,
    /// Absolute address of the folder that will hold the pages of the list, such as `https://blog.example/films/`
    #[arg(long, value_name = "URL", requires = "list", value_parser = absolute)]
    at: Option<String>,
}

fn layout(name: &str) -> Result<Layout, &'static str> {
    match name {
        "grid" | "stack" => Ok(Layout::parse(name)),
        _ => Err("expected grid or stack"),
    }
}

fn sort(order: &str) -> Result<Sort, String> {
    Sort::parse(order)?.ok_or_else(|| "expected date, rating or title, or one of them after -".into())
}

/// Runs the subcommand. The exit status is the same as for `render`.
pub(super) fn run(
    args: ListArgs,
    inputs: &[PathBuf],
    base: Option<&str>,
    form: Form,
    folder: Folder,
) -> ExitCode {
    let ListArgs { per_page, layout, sort, src, at, .. } = args;
    let run = Run {
        folder,
        form,
        of: ListForm { layout: layout.unwrap_or_default(), sort, src, at, ..ListForm::default() },
        per_page: per_page.unwrap_or(PER_PAGE).into(),
        base,
        stopped: AtomicBool::new(false),
        progress: Progress::new(inputs, false),
    };
    run.all(inputs);
    end(&run.progress, &run.form)
}

/// State that all threads share.
struct Run<'a> {
    folder: Folder,
    form: Form,
    of: ListForm,
    per_page: usize,
    base: Option<&'a str>,
    /// Whether to stop, because the disk is full.
    stopped: AtomicBool,
    progress: Progress,
}

/// A page to render.
struct Job {
    of: Arc<ListForm>,
    number: u32,
    first: usize,
    reviews: Vec<Review>,
    has_next: bool,
}

impl Run<'_> {
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
            let mut dealer = Dealer::new(self, sender);
            inputs.iter().all(|input| dealer.read(input));
            dealer.finish();
        });
    }

    /// Runs a worker: renders one page after the other.
    fn work(&self, renderer: &Renderer, jobs: &Mutex<Receiver<Job>>) {
        loop {
            // The lock guard is dropped at the end of this line, so the next worker only waits for the job, not for the
            // work.
            let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(Job { of, number, first, reviews, has_next }) = job else { return };
            if self.stopped.load(Ordering::Relaxed) {
                continue;
            }
            let reviews: Vec<_> = reviews.into_iter().map(Rc::new).collect();
            let page = ListPage { number, first, reviews, has_next };
            let name = page.file_name();
            match self.folder.write(&name, &renderer.render_list(&page, &of)) {
                Ok(()) => page.reviews.iter().for_each(|_| self.progress.count()),
                Err(error) => {
                    if !self.stopped.swap(true, Ordering::Relaxed) {
                        self.problem(&format!(
                            "{}: {}",
                            self.folder.path_of(&name).display(),
                            reason(&error)
                        ));
                    }
                }
            }
        }
    }

    fn problem(&self, message: &str) {
        self.progress.problem(message);
    }
}

/// Distributes reviews over pages. A page is sent once it is known whether another follows.
struct Dealer<'a> {
    run: &'a Run<'a>,
    sender: SyncSender<Job>,
    of: Option<Arc<ListForm>>,
    title: Option<String>,
    number: u32,
    first: usize,
    reviews: Vec<Review>,
    /// With `--sort`, the reviews read so far.
    unsorted: Vec<Rc<Review>>,
}

impl<'a> Dealer<'a> {
    fn new(run: &'a Run<'a>, sender: SyncSender<Job>) -> Self {
        Self {
            run,
            sender,
            of: None,
            title: None,
            number: 1,
            first: 0,
            reviews: Vec::new(),
            unsorted: Vec::new(),
        }
    }

    /// Reads an input. Returns `false` if the run has to stop.
    fn read(&mut self, input: &Path) -> bool {
        let source = source(input);
        let before = self.count();
        let mut is_told = false;
        let read = task::each(input, self.run.base, &mut |task| {
            is_told |= matches!(task, Task::Problem(_));
            self.deal(task, &source)
        });
        if let Err(error) = read {
            self.run.problem(&[&source, ": ", &reason(&error)].concat());
        } else if self.count() == before && !is_told {
            self.run.problem(&[&source, ": expected a review, found none"].concat());
        }
        !self.run.stopped.load(Ordering::Relaxed)
    }

    /// Returns the number of reviews read so far.
    fn count(&self) -> usize {
        self.first + self.reviews.len() + self.unsorted.len()
    }

    fn deal(&mut self, task: Task, source: &str) -> bool {
        if let Task::Title(title) = task {
            self.title.get_or_insert(title);
            return true;
        }
        let bytes = task.bytes();
        let (reviews, problems) = task.reviews(self.run.base);
        for problem in problems {
            self.run.problem(&[source, ": ", &problem].concat());
        }
        if self.run.of.sort.is_some() {
            self.unsorted.extend(reviews);
        } else {
            reviews.into_iter().for_each(|review| self.add(review));
        }
        self.run.progress.pass(bytes);
        !self.run.stopped.load(Ordering::Relaxed)
    }

    fn add(&mut self, review: Rc<Review>) {
        if self.reviews.len() == self.run.per_page {
            self.send(true);
        }
        self.reviews.push(Rc::unwrap_or_clone(review));
    }

    /// Sends what is left: with `--sort` all reviews, in that order.
    fn finish(&mut self) {
        let mut sorter = Sorter::new(self.run.of.sort);
        let mut unsorted = std::mem::take(&mut self.unsorted);
        let mut budget = usize::MAX;
        while !sorter.step(&unsorted, &mut budget) {
            budget = usize::MAX;
        }
        for place in sorter.order() {
            if let Some(review) = unsorted.get_mut(*place as usize) {
                self.add(std::mem::take(review));
            }
        }
        self.send(false);
    }

    fn send(&mut self, has_next: bool) {
        if self.reviews.is_empty() {
            return;
        }
        // The title and language of the first page are used for all pages.
        let of = self.of.get_or_insert_with(|| {
            let title = self.title.clone().filter(|title| !title.is_empty());
            let lang = self.run.form.lang.clone().or_else(|| common_language(&self.reviews));
            Arc::new(ListForm { title, lang, ..self.run.of.clone() })
        });
        let of = Arc::clone(of);
        let reviews = std::mem::take(&mut self.reviews);
        let (number, first) = (self.number, self.first);
        self.number += 1;
        self.first += reviews.len();
        // Sending only fails if no worker could be started, which has been reported already.
        let _ = self.sender.send(Job { of, number, first, reviews, has_next });
    }
}

/// Returns the language of the reviews if all have the same one.
fn common_language(reviews: &[Review]) -> Option<String> {
    let first = reviews.first()?.lang.as_ref()?;
    reviews.iter().all(|review| review.lang.as_ref() == Some(first)).then(|| first.clone())
}

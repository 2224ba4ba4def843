//! End-to-end tests: the release, as built in `dist/`, in real browsers.
//!
//! All of it by `cargo xtask test`; or, with a release at hand,
//! `REVIEW_CARD_ENGINES=chromium cargo test --test e2e [NAME]`.
//!
//! 1. [`settings`] tells where the release is and which browsers are meant.
//! 2. [`site`] serves it, with pages, data and faults, and logs what is asked for.
//! 3. [`driver`] runs a browser's WebDriver program, [`session`] speaks to it.
//! 4. [`cases`] are the tests, one behaviour each; a [`page`] is what they hold.
//!
//! The tests run one after the other in one browser, each with pages of its own. They come with a harness of their own,
//! since Rust's ends the process without a word to what runs beside it, and the browser would stay.

#![expect(clippy::indexing_slicing, reason = "what is indexed is JSON: a key that is missing is null")]

mod axe;
mod cases;
#[path = "../outside/checker.rs"]
mod checker;
mod command;
#[path = "../corpora/mod.rs"]
mod corpora;
mod driver;
mod engine;
mod fault;
mod lacks;
mod memory;
mod page;
mod picture;
mod proxy;
mod screen;
mod session;
mod settings;
mod site;
mod system;
mod tls;
mod watch;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use libtest_mimic::{Arguments, Failed, Trial};

use cases::Case;
use corpora::npm;
use driver::Driver;
use engine::Engine;
use lacks::Lack;
use page::Page;
use session::Session;
use settings::Settings;
use site::Site;

/// How many of the slowest cases are printed.
const SLOWEST: usize = 10;

fn main() -> Result<ExitCode> {
    let mut arguments = Arguments::from_args();
    arguments.test_threads = Some(1); // One browser, and a log of requests that is one test's.
    check_lacks()?;
    picture::check_rule()?;
    // Installed now: the site cannot answer for a font while npm is at work.
    npm::file("@fontsource/atkinson-hyperlegible/files")?;
    let settings = Settings::from_environment()?;
    let site = Arc::new(Site::start(settings.dist)?);
    let mut trials = Vec::new();
    let times = Arc::new(Mutex::new(Vec::new()));
    let retried = Arc::new(Mutex::new(Vec::<String>::new()));
    for engine in settings.engines {
        let browser = Arc::new(Mutex::new(None));
        let all = cases::ALL.iter().flat_map(|(group, cases)| cases.iter().map(move |case| (group, case)));
        for (_, (group, &(name, case))) in all.enumerate().filter(|(index, _)| settings.shard.has(*index)) {
            let (browser, site) = (Arc::clone(&browser), Arc::clone(&site));
            let (name, times) = (format!("{engine}::{group}::{name}"), Arc::clone(&times));
            let retried = Arc::clone(&retried);
            let lack = lacks::of(engine, name.split_once("::").map_or("", |(_, case)| case));
            let timed = name.clone();
            let run = move || {
                let start = Instant::now();
                let attempt = || judge(lack, run(case, engine, &browser, &site));
                let outcome = attempt().or_else(|failed| {
                    // A browser on a busy machine loses a click now and then. What fails in a fresh one too, fails.
                    println!(
                        "{timed} failed, and is tried once more: {}",
                        failed.message().unwrap_or_default()
                    );
                    *browser.lock().unwrap_or_else(PoisonError::into_inner) = None;
                    let again = attempt();
                    if again.is_ok() {
                        retried.lock().unwrap_or_else(PoisonError::into_inner).push(timed.clone());
                    }
                    again
                });
                times.lock().unwrap_or_else(PoisonError::into_inner).push((start.elapsed(), timed));
                outcome
            };
            trials.push(Trial::test(name, run));
        }
    }
    // The last trial of an engine drops its browser.
    let conclusion = libtest_mimic::run(&arguments, trials);
    print_slowest(&mut times.lock().unwrap_or_else(PoisonError::into_inner));
    for name in retried.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        println!("passed at the second attempt: {name}");
    }
    Ok(conclusion.exit_code())
}

/// Prints the cases that took longest.
fn print_slowest(times: &mut [(Duration, String)]) {
    times.sort_by_key(|(time, _)| std::cmp::Reverse(*time));
    println!("the slowest cases:");
    for (time, name) in times.iter().take(SLOWEST) {
        println!("{:>8.1} s  {name}", time.as_secs_f64());
    }
}

fn run(case: Case, engine: Engine, browser: &Mutex<Option<Browser>>, site: &Site) -> Result<()> {
    let mut browser = browser.lock().unwrap_or_else(PoisonError::into_inner);
    if browser.as_ref().is_none_or(|browser| !browser.session.answers()) {
        *browser = None; // The old one ends before the new one starts.
    }
    let browser = match &mut *browser {
        Some(browser) => browser,
        // On a busy machine the first start of a browser may take longer than is waited for.
        none => none.insert(Browser::start(engine, site).or_else(|_| Browser::start(engine, site))?),
    };
    let page = Page::new(&browser.session, site, engine).context("emptying the tab")?;
    case(&page).and_then(|()| page.settle()).map_err(|error| {
        let mut report = format!("{error:#}");
        let _ = write!(report, "\n{}", page.account());
        anyhow::Error::msg(report)
    })
}

/// Whether that is what was to be expected of a case: where it is known to fail, that it does, and in the known way.
fn judge(lack: Option<&Lack>, found: Result<()>) -> Result<(), Failed> {
    match (lack, found.map_err(|error| format!("{error:#}"))) {
        (None, Ok(())) => Ok(()),
        (None, Err(report)) => Err(report.into()),
        (Some(lack), Err(report)) if report.contains(lack.found) => {
            println!("known to fail, since {}", lack.reason);
            Ok(())
        }
        (Some(lack), Err(report)) => {
            Err(format!("expected the known failure \"{}\", found {report}", lack.found).into())
        }
        (Some(lack), Ok(())) => {
            Err(format!("expected {:?} here, found nothing wrong: take it off lacks.rs", lack.found).into())
        }
    }
}

/// Each of the known failures has to name a test.
fn check_lacks() -> Result<()> {
    let cases: BTreeSet<String> = cases::ALL
        .iter()
        .flat_map(|(group, cases)| cases.iter().map(move |(name, _)| format!("{group}::{name}")))
        .collect();
    for lack in lacks::ALL {
        ensure!(cases.contains(lack.case), "lacks.rs: expected the name of a test, found {}", lack.case);
    }
    Ok(())
}

/// A browser and its driver. The session is closed before the driver ends: fields drop in this order.
struct Browser {
    session: Session,
    _driver: Driver,
    _profile: Profile,
}

impl Browser {
    /// WebKitGTK was seen to hang in its start, once in a hundred: each browser has a second chance.
    fn start(engine: Engine, site: &Site) -> Result<Self> {
        Self::try_start(engine, site).or_else(|_| Self::try_start(engine, site))
    }

    fn try_start(engine: Engine, site: &Site) -> Result<Self> {
        let profile = Profile::new(engine);
        let driver = Driver::start(engine)?;
        let session = Session::start(&driver.address(), engine.capabilities(&profile.0, site.proxy())?)?;
        Ok(Self { session, _driver: driver, _profile: profile })
    }
}

/// The folder of a browser's profile: fresh, and gone with this value.
struct Profile(PathBuf);

impl Profile {
    fn new(engine: Engine) -> Self {
        Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{engine}-{}", std::process::id())))
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        // What stays is in the target folder.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

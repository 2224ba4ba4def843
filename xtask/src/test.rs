//! Runs everything that CI runs, the quick steps first. A failed step only prevents the steps that need its output. All
//! failures are listed at the end.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, ensure};
use xtask::process;
use xtask::tools::{self, Engine, WASM_TARGET};
use xtask::workspace::{PACKAGE, Workspace, cargo};

use crate::counts::Counts;
use crate::dist::{self, Build};
use crate::examples;
use crate::reference::{self, Stale};
use crate::reproduce;

/// The name of the end-to-end tests, which need the release and browsers.
const END_TO_END: &str = "e2e";
/// The name of the tests with programs of other projects, which need Node.js and Java.
const OUTSIDE: &str = "outside";
/// A Yew app that uses the crate, relative to the workspace's root.
const YEW_APP: &str = "tests/yew-app";

/// Runs all steps; `all` includes the step that takes too long for every change.
pub(crate) fn test(workspace: &Workspace, engines: &[Engine], all: bool) -> Result<()> {
    tools::check_system(engines)?;
    let mut steps = Steps::default();
    let dist = workspace.root.join("dist");
    steps.check("format", || run(workspace, &["fmt", "--all", "--check"]));
    steps.tests("native tests", || native_tests(workspace));
    steps.check("lints", || lints(workspace));
    steps.check("licences and sources of dependencies", || deny(workspace));
    steps.tests("advisories on dependencies", || advisories(workspace));
    steps.check("documentation", || documentation(workspace));
    steps.check("reference chapters", || reference::reference(workspace, Stale::Report));
    steps.tests("static HTML by other programs", || outside(workspace));
    let is_built = steps.check("release", || dist::dist(workspace, Build::Release, true, &dist));
    if is_built {
        steps.tests("sizes in the docs", || sizes_in_the_docs(workspace, &dist));
        steps.check("examples by their generators", || examples::examples(workspace, &dist));
        steps.check("Yew app", || yew_app(workspace, &dist));
        steps.end_to_end(workspace, engines, &dist);
    } else {
        steps
            .not_run
            .push("what needs the release: sizes in the docs, examples, the Yew app, the end-to-end tests");
    }
    if all {
        steps.check("the same release in two folders", || reproduce::reproduce(workspace));
    }
    steps.summary()
}

/// The results of the steps so far.
#[derive(Default)]
struct Steps {
    done: Vec<Step>,
    counts: Counts,
    not_run: Vec<&'static str>,
}

struct Step {
    name: String,
    time: Duration,
    failed: bool,
}

impl Steps {
    /// Runs a step that is a single check.
    fn check(&mut self, name: &str, run: impl FnOnce() -> Result<()>) -> bool {
        self.tests(name, || run().map(|()| Counts { passed: 1, ..Counts::default() }))
    }

    /// Runs a step that has tests.
    fn tests(&mut self, name: &str, run: impl FnOnce() -> Result<Counts>) -> bool {
        println!("\n=== {name}");
        let start = Instant::now();
        let outcome = run();
        self.add(name.to_owned(), start.elapsed(), outcome)
    }

    fn add(&mut self, name: String, time: Duration, outcome: Result<Counts>) -> bool {
        let counts = outcome.unwrap_or_else(|error| {
            println!("error: {error:#}");
            Counts { failed: 1, failures: vec![format!("{error:#}\n")], ..Counts::default() }
        });
        let failed = counts.failed > 0;
        println!("--- {name}: {}{:.1} s", if failed { "FAILED, " } else { "" }, time.as_secs_f64());
        let failures =
            counts.failures.iter().map(|text| format!("in the step \"{name}\":\n{text}")).collect();
        self.counts.add(Counts { failures, ..counts });
        self.done.push(Step { name, time, failed });
        !failed
    }

    /// Runs the end-to-end tests in all browsers in parallel, since a browser mostly waits.
    fn end_to_end(&mut self, workspace: &Workspace, engines: &[Engine], dist: &Path) {
        let is_compiled = self.check("browsers, and the end-to-end tests compiled", || {
            engines.iter().try_for_each(|engine| engine.install(workspace))?;
            run(workspace, &["test", "--workspace", "--test", END_TO_END, "--no-run"])
        });
        if !is_compiled {
            self.not_run.push("the end-to-end tests");
            return;
        }
        println!("\n=== end-to-end tests");
        let outcomes: Vec<_> = std::thread::scope(|scope| {
            let start = |engine: &Engine| {
                let engine = *engine;
                scope.spawn(move || {
                    let start = Instant::now();
                    (engine, end_to_end(workspace, engine, dist), start.elapsed())
                })
            };
            let running: Vec<_> = engines.iter().map(start).collect();
            running.into_iter().map(std::thread::ScopedJoinHandle::join).collect()
        });
        for outcome in outcomes {
            match outcome {
                Ok((engine, counts, time)) => self.add(format!("end-to-end tests in {engine}"), time, counts),
                Err(_) => self.add(
                    "end-to-end tests".to_owned(),
                    Duration::ZERO,
                    Err(anyhow!("a thread has stopped")),
                ),
            };
        }
    }

    fn summary(&self) -> Result<()> {
        println!("\n=== how long the steps took");
        for Step { name, time, failed } in &self.done {
            println!("{name:<46}{:>8.1} s{}", time.as_secs_f64(), if *failed { "  FAILED" } else { "" });
        }
        for what in &self.counts.skipped {
            println!("SKIPPED: {what}");
        }
        for what in &self.not_run {
            println!("NOT RUN: {what}");
        }
        if !self.counts.failures.is_empty() {
            println!("\n=== all failures");
            self.counts.failures.iter().for_each(|text| println!("{text}"));
        }
        println!("\n{}", self.counts.line());
        ensure!(
            self.counts.failed == 0 && self.not_run.is_empty(),
            "expected every step to pass, found failures"
        );
        Ok(())
    }
}

fn run(workspace: &Workspace, arguments: &[&str]) -> Result<()> {
    process::run(cargo().args(arguments).current_dir(&workspace.root))
}

/// Runs Clippy on all crates natively, then on each wasm module, and on the crate as a Yew app uses it.
fn lints(workspace: &Workspace) -> Result<()> {
    tools::wasm_target()?;
    let strict = ["--", "-D", "warnings"];
    run(workspace, &[&["clippy", "--workspace", "--all-targets"], &strict[..]].concat())?;
    for package in ["review-card-element", "review-card-list", "review-card-reader", PACKAGE] {
        run(workspace, &[&["clippy", "--target", WASM_TARGET, "--package", package], &strict[..]].concat())?;
    }
    Ok(())
}

fn deny(workspace: &Workspace) -> Result<()> {
    let mut deny = Command::new(tools::cargo_deny(workspace)?);
    process::run(
        deny.args(["--workspace", "check", "--hide-inclusion-graph", "bans", "licenses", "sources"])
            .current_dir(&workspace.root),
    )
}

/// Checks the dependencies against the RustSec advisories. If the database cannot be reached, reports the check as
/// skipped.
fn advisories(workspace: &Workspace) -> Result<Counts> {
    let deny = || -> Result<Command> {
        let mut deny = Command::new(tools::cargo_deny(workspace)?);
        // Give up on a server that hangs.
        deny.envs([
            ("GIT_TERMINAL_PROMPT", "0"),
            ("GIT_HTTP_LOW_SPEED_LIMIT", "1000"),
            ("GIT_HTTP_LOW_SPEED_TIME", "30"),
        ]);
        deny.arg("--workspace").current_dir(&workspace.root);
        Ok(deny)
    };
    let mut counts = Counts { passed: 1, ..Counts::default() };
    if let Err(error) = process::run(deny()?.args(["fetch", "db"])) {
        let skipped = format!("advisories on dependencies: their database could not be fetched: {error:#}");
        println!("SKIPPED: {skipped}");
        counts.skipped.push(skipped);
        return Ok(counts);
    }
    process::run(deny()?.args(["--offline", "check", "--hide-inclusion-graph", "advisories"]))?;
    Ok(counts)
}

fn documentation(workspace: &Workspace) -> Result<()> {
    let mut doc = cargo();
    doc.args(["doc", "--workspace", "--no-deps", "--document-private-items"])
        .env("RUSTDOCFLAGS", "-D warnings");
    process::run(doc.current_dir(&workspace.root))
}

/// Runs all tests except those that need the release or other programs. npm has test data for some of them.
fn native_tests(workspace: &Workspace) -> Result<Counts> {
    tools::npm()?;
    let mut test = tests(workspace);
    test.args(["--lib", "--bins"]);
    for name in workspace.tests.iter().filter(|name| ![END_TO_END, OUTSIDE].contains(&name.as_str())) {
        test.args(["--test", name]);
    }
    let mut counts = Counts::of(&mut test)?;
    counts.add(Counts::of(tests(workspace).arg("--doc"))?);
    Ok(counts)
}

/// Runs the tests that check static HTML with programs of other projects.
fn outside(workspace: &Workspace) -> Result<Counts> {
    tools::outside()?;
    Counts::of(tests(workspace).args(["--test", OUTSIDE]))
}

/// Runs the test of the docs that the native tests ignore, because it needs a release.
fn sizes_in_the_docs(workspace: &Workspace, dist: &Path) -> Result<Counts> {
    Counts::of(tests(workspace).args(["--test", "docs", "--", "--ignored"]).env("REVIEW_CARD_DIST", dist))
}

/// Builds a Yew app that contains the crate: it must not contain the element's exports, and a page must be able to load
/// it.
fn yew_app(workspace: &Workspace, release: &Path) -> Result<()> {
    let target = workspace.target.join("yew-app");
    let mut build = cargo();
    build.args(["build", "--release", "--target", WASM_TARGET, "--target-dir"]).arg(&target);
    process::run(build.current_dir(workspace.root.join(YEW_APP)))?;
    let app = target.join(WASM_TARGET).join("release/yew-app.wasm");
    // The end-to-end tests load this app as a page with cards.
    dist::app(workspace, &app, &release.join(dist::WASM), &target.join("page"))
}

fn end_to_end(workspace: &Workspace, engine: Engine, dist: &Path) -> Result<Counts> {
    let mut test = tests(workspace);
    test.args(["--test", END_TO_END]);
    test.env("REVIEW_CARD_DIST", dist).env("REVIEW_CARD_ENGINES", engine.to_string());
    Counts::of(test.env("PATH", tools::path(workspace)?))
}

/// Returns `cargo test` for the whole workspace: for one package, cargo would select other features and compile again.
fn tests(workspace: &Workspace) -> Command {
    let mut test = cargo();
    test.args(["test", "--workspace", "--no-fail-fast"]).current_dir(&workspace.root);
    test
}

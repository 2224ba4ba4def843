//! Runs everything that CI runs, the quick steps first. A failed step only prevents the steps that need its output. All
//! failures are listed at the end.

use std::fmt;
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

/// The packages that are published, each after those that it needs.
const PUBLISHED: [&str; 5] =
    [PACKAGE, "review-card-css", "review-card-prerender", "review-card-import", "review-card-cli"];
/// The steps that need the release.
const ON_RELEASE: [&str; 4] =
    ["sizes in the docs", "examples by their generators", "Yew app", "end-to-end tests"];

/// Runs all steps; `all` includes those that take too long for every change.
pub(crate) fn test(workspace: &Workspace, engines: &[Engine], all: bool) -> Result<()> {
    tools::check_system(engines)?;
    let mut steps = Steps::default();
    let dist = workspace.root.join("dist");
    steps.check("format", || run(workspace, &["fmt", "--all", "--check"]));
    steps.tests("native tests", || native_tests(workspace));
    steps.check("lints", || lints(workspace));
    steps.check("dependencies that nothing uses", || unused(workspace));
    steps.check("licences and sources of dependencies", || deny(workspace));
    steps.tests("advisories on dependencies", || advisories(workspace));
    steps.check("documentation", || documentation(workspace));
    steps.check("reference chapters", || reference::reference(workspace, Stale::Report));
    steps.tests("static HTML by other programs", || outside(workspace));
    let is_built = steps.check("release", || dist::dist(workspace, Build::Release, true, &dist));
    let [sizes, examples, yew, _] = ON_RELEASE;
    if is_built {
        steps.tests(sizes, || sizes_in_the_docs(workspace, &dist));
        steps.check(examples, || examples::examples(workspace, &dist));
        steps.check(yew, || yew_app(workspace, &dist));
        steps.end_to_end(workspace, engines, all, &dist);
    } else {
        ON_RELEASE.iter().for_each(|name| steps.not_run(name));
    }
    if all {
        steps.check("packages as they are published", || publish(workspace));
        steps.check("the same release in two folders", || reproduce::reproduce(workspace));
    }
    steps.summary()
}

/// The results of the steps so far.
#[derive(Default)]
struct Steps {
    done: Vec<Step>,
    counts: Counts,
}

struct Step {
    name: String,
    outcome: Outcome,
    time: Duration,
}

/// How a step ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
    /// A part of it was skipped, and the rest passed.
    Skipped,
    /// A step that it needs failed.
    NotRun,
}

/// One line, the same while the steps run and in the list at the end: `   12.3 s  FAILED   lints`.
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outcome = match self.outcome {
            Outcome::Passed => "passed",
            Outcome::Failed => "FAILED",
            Outcome::Skipped => "SKIPPED",
            Outcome::NotRun => "NOT RUN",
        };
        write!(f, "{:>7.1} s  {outcome:<8} {}", self.time.as_secs_f64(), self.name)
    }
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
        let outcome = match &counts {
            counts if counts.failed > 0 => Outcome::Failed,
            counts if !counts.skipped.is_empty() => Outcome::Skipped,
            _ => Outcome::Passed,
        };
        let failures =
            counts.failures.iter().map(|text| format!("in the step \"{name}\":\n{text}")).collect();
        self.counts.add(Counts { failures, ..counts });
        let step = Step { name, outcome, time };
        println!("{step}");
        self.done.push(step);
        outcome != Outcome::Failed
    }

    /// Adds a step whose needs are not met.
    fn not_run(&mut self, name: &str) {
        self.done.push(Step { name: name.to_owned(), outcome: Outcome::NotRun, time: Duration::ZERO });
    }

    /// Runs the end-to-end tests in all browsers at the same time, since a browser mostly waits. With more cores than
    /// browsers, several browsers of each engine share its tests.
    fn end_to_end(&mut self, workspace: &Workspace, engines: &[Engine], all: bool, dist: &Path) {
        let is_compiled = self.check("browsers, and the end-to-end tests compiled", || {
            engines.iter().try_for_each(|engine| engine.install(workspace))?;
            run(workspace, &["test", "--workspace", "--test", END_TO_END, "--no-run"])
        });
        if !is_compiled {
            self.not_run("end-to-end tests");
            return;
        }
        println!("\n=== end-to-end tests");
        let outcomes: Vec<_> = std::thread::scope(|scope| {
            let start = |(engine, shard): (Engine, String)| {
                scope.spawn(move || {
                    let start = Instant::now();
                    let counts = end_to_end(workspace, engine, &shard, all, dist);
                    (format!("end-to-end tests in {engine}, {shard}"), counts, start.elapsed())
                })
            };
            let running: Vec<_> = shards(engines).into_iter().map(start).collect();
            running.into_iter().map(std::thread::ScopedJoinHandle::join).collect()
        });
        for outcome in outcomes {
            match outcome {
                Ok((name, counts, time)) => self.add(name, time, counts),
                Err(_) => self.add(
                    "end-to-end tests".to_owned(),
                    Duration::ZERO,
                    Err(anyhow!("a thread has stopped")),
                ),
            };
        }
    }

    fn summary(&self) -> Result<()> {
        println!("\n=== all steps");
        self.done.iter().for_each(|step| println!("{step}"));
        if !self.counts.skipped.is_empty() {
            println!("\n=== all that was skipped");
            self.counts.skipped.iter().for_each(|what| println!("{what}"));
        }
        if !self.counts.failures.is_empty() {
            println!("\n=== all failures");
            self.counts.failures.iter().for_each(|text| println!("{text}"));
        }
        println!("\n{}", self.counts.line());
        ensure!(
            self.counts.failed == 0 && self.done.iter().all(|step| step.outcome != Outcome::NotRun),
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
    // These two are no part of all targets, since `cargo test` leaves them out.
    let apart = ["clippy", "--workspace", "--test", END_TO_END, "--test", OUTSIDE];
    run(workspace, &[&apart, &strict[..]].concat())?;
    let modules = ["review-card-element", "review-card-list", "review-card-reader", "review-card-extras"];
    for package in modules.into_iter().chain([PACKAGE]) {
        run(workspace, &[&["clippy", "--target", WASM_TARGET, "--package", package], &strict[..]].concat())?;
    }
    Ok(())
}

fn unused(workspace: &Workspace) -> Result<()> {
    process::run(Command::new(tools::cargo_machete(workspace)?).current_dir(&workspace.root))
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

/// Packs the published packages and compiles each from its pack alone, as a registry would have it.
fn publish(workspace: &Workspace) -> Result<()> {
    let packages = PUBLISHED.iter().flat_map(|name| ["--package", name]);
    let mut publish = cargo();
    publish.args(["publish", "--dry-run", "--allow-dirty"]).args(packages).current_dir(&workspace.root);
    process::run(&mut publish)
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

/// Returns the parts in which the end-to-end tests run: an engine, and its share of the tests, such as `1/2`.
fn shards(engines: &[Engine]) -> Vec<(Engine, String)> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let count = (cores / engines.len().max(1)).max(1);
    let parts = |engine: Engine| (1..=count).map(move |number| (engine, format!("{number}/{count}")));
    engines.iter().copied().flat_map(parts).collect()
}

fn end_to_end(workspace: &Workspace, engine: Engine, shard: &str, all: bool, dist: &Path) -> Result<Counts> {
    let mut test = tests(workspace);
    test.args(["--test", END_TO_END]);
    test.env("REVIEW_CARD_DIST", dist).env("REVIEW_CARD_ENGINES", engine.to_string());
    test.env("REVIEW_CARD_SHARD", shard);
    if all {
        test.env("REVIEW_CARD_ALL", "1");
    }
    Counts::of(test.env("PATH", tools::path(workspace)?))
}

/// Returns `cargo test` for the whole workspace: for one package, cargo would select other features and compile again.
fn tests(workspace: &Workspace) -> Command {
    let mut test = cargo();
    test.args(["test", "--workspace", "--no-fail-fast"]).current_dir(&workspace.root);
    test
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_one_line() {
        let time = Duration::from_millis(12_345);
        let step = Step { name: "lints".to_owned(), outcome: Outcome::Failed, time };
        assert_eq!(step.to_string(), "   12.3 s  FAILED   lints");
    }

    #[test]
    fn steps_that_did_not_run_or_failed_fail_all() {
        let mut steps = Steps::default();
        assert!(steps.check("one", || Ok(())) && steps.summary().is_ok());
        steps.not_run("two");
        assert!(steps.summary().is_err());
        let mut steps = Steps::default();
        assert!(!steps.check("one", || Err(anyhow!("a reason"))) && steps.summary().is_err());
    }
}

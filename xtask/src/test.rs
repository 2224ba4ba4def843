//! Runs everything that CI runs, the quick steps first; the first that fails ends it.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::dist::{self, Build};
use crate::examples;
use crate::reference::{self, Stale};
use crate::tools::{self, Engine, WASM_TARGET};
use crate::workspace::{PACKAGE, Workspace, cargo};
use crate::{process, wasm};

/// The name of the end-to-end tests, which need the release and browsers.
const END_TO_END: &str = "e2e";
/// The name of the tests by other people's programs, which need Node.js and Java.
const OUTSIDE: &str = "outside";
/// A Yew app that uses the crate, from the workspace's root.
const YEW_APP: &str = "tests/yew-app";

/// Runs all steps, and tells how long each took.
pub(crate) fn test(workspace: &Workspace, engines: &[Engine]) -> Result<()> {
    let mut steps = Steps { done: Vec::new(), skipped: Vec::new() };
    let dist = workspace.root.join("dist");
    steps.step("tools", || install(workspace, engines))?;
    steps.step("format", || run(workspace, &["fmt", "--all", "--check"]))?;
    steps.step("lints", || lints(workspace))?;
    steps.step("licences and sources of dependencies", || deny(workspace))?;
    let skipped = steps.step("advisories on dependencies", || advisories(workspace))?;
    steps.skipped.extend(skipped);
    steps.step("documentation", || documentation(workspace))?;
    steps.step("reference chapters", || reference::reference(workspace, Stale::Report))?;
    steps.step("native tests", || native_tests(workspace))?;
    steps.step("static HTML by other programs", || native_test(workspace, OUTSIDE))?;
    steps.step("release", || dist::dist(workspace, Build::Release, true, &dist))?;
    steps.step("sizes in the docs", || sizes_in_the_docs(workspace, &dist))?;
    steps.step("examples by their generators", || examples::examples(workspace, &dist))?;
    if workspace.root.join(YEW_APP).is_dir() {
        steps.step("Yew app", || yew_app(workspace, &dist.join(dist::WASM)))?;
    }
    if workspace.tests.iter().any(|name| name == END_TO_END) {
        for engine in engines {
            let name = format!("end-to-end tests in {engine}");
            steps.step(&name, || end_to_end(workspace, *engine, &dist))?;
        }
    }
    steps.summary();
    Ok(())
}

/// What has been run so far.
struct Steps {
    done: Vec<(String, Duration)>,
    /// What could not be run, and why.
    skipped: Vec<String>,
}

impl Steps {
    fn step<T>(&mut self, name: &str, run: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n=== {name}");
        let start = Instant::now();
        let outcome = run().with_context(|| format!("the step \"{name}\" failed"))?;
        println!("--- {name}: {:.1} s", start.elapsed().as_secs_f64());
        self.done.push((name.to_owned(), start.elapsed()));
        Ok(outcome)
    }

    fn summary(&self) {
        println!("\n=== all steps passed{}", if self.skipped.is_empty() { "" } else { " that could be run" });
        for (name, time) in &self.done {
            println!("{name:<40}{:>8.1} s", time.as_secs_f64());
        }
        let total: Duration = self.done.iter().map(|(_, time)| *time).sum();
        println!("{:<40}{:>8.1} s", "together", total.as_secs_f64());
        for what in &self.skipped {
            println!("SKIPPED: {what}");
        }
    }
}

/// Installs all that the steps call, so that what is missing shows at once.
fn install(workspace: &Workspace, engines: &[Engine]) -> Result<()> {
    tools::wasm_target()?;
    tools::outside()?;
    tools::generators()?;
    engines.iter().try_for_each(|engine| engine.install(workspace))?;
    tools::cargo_deny(workspace)?;
    tools::wasm_bindgen(workspace)?;
    tools::wasm_opt(workspace)?;
    Ok(())
}

fn run(workspace: &Workspace, arguments: &[&str]) -> Result<()> {
    process::run(cargo().args(arguments).current_dir(&workspace.root))
}

/// Clippy on all crates natively, then on each module of a page and on what a Yew app gets.
fn lints(workspace: &Workspace) -> Result<()> {
    let strict = ["--", "-D", "warnings"];
    run(workspace, &[&["clippy", "--workspace", "--all-targets"], &strict[..]].concat())?;
    for package in [wasm::ELEMENT.package, wasm::LIST.package, wasm::READER.package, PACKAGE] {
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

/// Holds the dependencies against RustSec's advisories. Where their database cannot be reached, says so.
fn advisories(workspace: &Workspace) -> Result<Option<String>> {
    let deny = || -> Result<Command> {
        let mut deny = Command::new(tools::cargo_deny(workspace)?);
        // A server that hangs is as good as none.
        deny.envs([
            ("GIT_TERMINAL_PROMPT", "0"),
            ("GIT_HTTP_LOW_SPEED_LIMIT", "1000"),
            ("GIT_HTTP_LOW_SPEED_TIME", "30"),
        ]);
        deny.arg("--workspace").current_dir(&workspace.root);
        Ok(deny)
    };
    if let Err(error) = process::run(deny()?.args(["fetch", "db"])) {
        let skipped = format!("advisories on dependencies: their database could not be fetched: {error:#}");
        println!("SKIPPED: {skipped}");
        return Ok(Some(skipped));
    }
    process::run(deny()?.args(["--offline", "check", "--hide-inclusion-graph", "advisories"]))?;
    Ok(None)
}

fn documentation(workspace: &Workspace) -> Result<()> {
    let mut doc = cargo();
    doc.args(["doc", "--workspace", "--no-deps", "--document-private-items"])
        .env("RUSTDOCFLAGS", "-D warnings");
    process::run(doc.current_dir(&workspace.root))
}

/// All tests but those that need the release or other programs.
fn native_tests(workspace: &Workspace) -> Result<()> {
    let mut test = cargo();
    test.args(["test", "--workspace", "--lib", "--bins"]);
    for name in workspace.tests.iter().filter(|name| ![END_TO_END, OUTSIDE].contains(&name.as_str())) {
        test.args(["--test", name]);
    }
    process::run(test.current_dir(&workspace.root))?;
    run(workspace, &["test", "--workspace", "--doc"])
}

fn native_test(workspace: &Workspace, name: &str) -> Result<()> {
    run(workspace, &["test", "--workspace", "--test", name])
}

/// The tests of the docs once more, now that there are sizes to compare with.
fn sizes_in_the_docs(workspace: &Workspace, dist: &Path) -> Result<()> {
    let mut test = cargo();
    test.args(["test", "--workspace", "--test", "docs"]).env("REVIEW_CARD_DIST", dist);
    process::run(test.current_dir(&workspace.root))
}

/// Builds a Yew app with the crate in it: none of the element's exports may be in there. A page can load it.
fn yew_app(workspace: &Workspace, element: &Path) -> Result<()> {
    let target = workspace.target.join("yew-app");
    let mut build = cargo();
    build.args(["build", "--release", "--target", WASM_TARGET, "--target-dir"]).arg(&target);
    process::run(build.current_dir(workspace.root.join(YEW_APP)))?;
    let folder = target.join(WASM_TARGET).join("release");
    let mut apps = 0_usize;
    for entry in std::fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "wasm") {
            exports_none_of_ours(&path, element)?;
            apps += 1;
        }
    }
    ensure!(apps > 0, "expected a .wasm in {}, found none", folder.display());
    // For the end-to-end tests, in which it is the host of cards.
    let mut bind = Command::new(tools::wasm_bindgen(workspace)?);
    bind.args(["--target", "web", "--no-typescript", "--out-name", "app", "--out-dir"])
        .arg(target.join("page"));
    process::run(bind.arg(folder.join("yew-app.wasm")))
}

/// Checks that no function that the element exports is exported by `app`.
fn exports_none_of_ours(app: &Path, element: &Path) -> Result<()> {
    let exports = |path: &Path| {
        let wasm = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
        wasm::own_exports(&wasm).with_context(|| format!("reading {}", path.display()))
    };
    let ours = exports(element)?;
    let found: Vec<String> = exports(app)?.intersection(&ours).cloned().collect();
    ensure!(
        found.is_empty(),
        "{}: expected no export of the element, found {}",
        app.display(),
        found.join(", ")
    );
    println!("{}: none of the element's {} exports", app.display(), ours.len());
    Ok(())
}

fn end_to_end(workspace: &Workspace, engine: Engine, dist: &Path) -> Result<()> {
    let mut test = cargo();
    // The whole workspace, as for the native tests: with one package cargo would choose other features, and compile anew.
    test.args(["test", "--workspace", "--test", END_TO_END]);
    test.env("REVIEW_CARD_DIST", dist).env("REVIEW_CARD_ENGINES", engine.to_string());
    process::run(test.current_dir(&workspace.root).env("PATH", tools::path(workspace)?))
}

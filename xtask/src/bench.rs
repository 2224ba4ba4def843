//! Measures the release and compares it with the same card in other technologies; `bench/README.md` describes what is
//! measured and how.
//!
//! This module prepares everything that the bench needs: the release, its modules with function names, prerendered
//! cards, and the peers' scripts (with npm). The measuring is a separate program in `bench`, so that this one compiles
//! quickly.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use xtask::process;
use xtask::tools::{self, Engine};
use xtask::workspace::{PACKAGE, Workspace, cargo};

use crate::dist::{self, Build};
use crate::examples;

/// The bench's folder, relative to the workspace's root.
const BENCH: &str = "bench";
/// The reviews that are shown, and the prefix of the folders of their prerendered cards.
const REVIEWS: [(&str, &str); 2] = [("data/review.json", ""), ("data/text.json", "text-")];
/// The name of the part that compares with site generators, and of the folder of their sites.
const GENERATORS: &str = "generators";
/// The part that measures files which cost as much as they can.
const PATHOLOGICAL: &str = "pathological";
/// The variants of prerendered cards: a folder, and options of `review-card render`.
const RENDERED: [(&str, &[&str]); 3] =
    [("light", &["--light", "--eager"]), ("shadow", &["--eager"]), ("page", &["--light", "--page"])];

/// Prepares everything, and measures.
pub(crate) fn bench(workspace: &Workspace, rounds: usize, only: Option<&str>, serve: bool) -> Result<()> {
    match only {
        Some(GENERATORS) => return generators(workspace, rounds),
        Some(PATHOLOGICAL) => return pathological(workspace),
        _ => {}
    }
    tools::npm()?;
    Engine::Chromium.install(workspace)?;
    let bench = workspace.root.join(BENCH);
    let made = workspace.target.join("bench");
    let dist = workspace.root.join("dist");
    dist::dist(workspace, Build::Release, false, &dist)?;
    dist::names(workspace, &made.join("named"))?;
    process::run(cargo().args(["build", "--workspace", "--bins"]).current_dir(&workspace.root))?;
    for (review, prefix) in REVIEWS {
        rendered(workspace, &bench.join(review), prefix, &made.join("rendered"))?;
    }
    peers(&bench, &made.join("peers"))?;
    let mut measure = program(workspace, "review-card-bench");
    measure.args(["--rounds", &rounds.to_string(), "--commit", &commit(workspace)?]);
    measure.args(only.map(|part| format!("--only={part}"))).args(serve.then_some("--serve"));
    measure.arg("--dist").arg(&dist).arg("--made").arg(&made);
    process::run(measure.env("PATH", tools::path(workspace)?))
}

/// Compares the command with Hugo and Eleventy, and deletes everything that they have written.
fn generators(workspace: &Workspace, rounds: usize) -> Result<()> {
    tools::generators()?;
    process::run(cargo().args(["build", "--release", "--bin", PACKAGE]).current_dir(&workspace.root))?;
    process::run(
        cargo().args(["build", "--workspace", "--bin", "review-card-bench"]).current_dir(&workspace.root),
    )?;
    let made = workspace.target.join("bench").join(GENERATORS);
    examples::copy_anew(&workspace.root.join(BENCH).join(GENERATORS), &made)?;
    // Uses the same version of Eleventy as the example.
    let (example, eleventy) = (workspace.root.join("examples/eleventy"), made.join("eleventy"));
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        fs::copy(example.join(file), eleventy.join(file)).with_context(|| format!("copying {file}"))?;
    }
    process::run(Command::new("npm").args(["ci", "--silent"]).current_dir(&eleventy))?;
    let mut measure = program(workspace, "review-card-bench");
    measure.args(["--only", GENERATORS, "--rounds", &rounds.to_string(), "--commit", &commit(workspace)?]);
    measure.arg("--command").arg(released(workspace));
    measure.arg("--dist").arg(workspace.root.join("dist")).arg("--made").arg(&made);
    process::run(&mut measure)?;
    fs::remove_dir_all(&made).with_context(|| format!("removing {}", made.display()))
}

/// Measures the command with files made to cost as much as they can.
fn pathological(workspace: &Workspace) -> Result<()> {
    process::run(cargo().args(["build", "--release", "--bin", PACKAGE]).current_dir(&workspace.root))?;
    process::run(
        cargo().args(["build", "--workspace", "--bin", "review-card-bench"]).current_dir(&workspace.root),
    )?;
    let mut measure = program(workspace, "review-card-bench");
    measure.args(["--only", PATHOLOGICAL, "--commit", &commit(workspace)?]);
    measure.arg("--command").arg(released(workspace));
    // Neither is there nor asked for.
    process::run(measure.args(["--dist", "dist", "--made", "target"]))
}

/// The command, optimized.
fn released(workspace: &Workspace) -> PathBuf {
    let file = format!("{PACKAGE}{}", std::env::consts::EXE_SUFFIX);
    workspace.target.join("release").join(file)
}

/// A program of this workspace that has been built.
fn program(workspace: &Workspace, name: &str) -> Command {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    Command::new(workspace.target.join("debug").join(file))
}

fn rendered(workspace: &Workspace, review: &Path, prefix: &str, folder: &Path) -> Result<()> {
    for (name, options) in RENDERED {
        let mut render = program(workspace, PACKAGE);
        render
            .arg("render")
            .args(options)
            .args(["--lang", "en-GB", "--out"])
            .arg(folder.join(format!("{prefix}{name}")))
            .arg(review);
        process::run(&mut render)?;
    }
    Ok(())
}

/// Builds the peers' scripts, in the versions that the lock file pins.
fn peers(bench: &Path, folder: &Path) -> Result<()> {
    process::run(Command::new("npm").args(["ci", "--silent"]).current_dir(bench))?;
    process::run(Command::new("npm").args(["run", "--silent", "build", "--"]).arg(folder).current_dir(bench))
}

/// Returns the measured commit, its date, and whether there are uncommitted changes.
fn commit(workspace: &Workspace) -> Result<String> {
    let git = |arguments: &[&str]| {
        process::output(Command::new("git").args(arguments).current_dir(&workspace.root))
    };
    let commit = git(&["log", "-1", "--format=%h of %cs"])?;
    let changes = git(&["status", "--porcelain", "--", ".", ":!bench/RESULTS.md", ":!bench/GENERATORS.md"])?;
    let more = if changes.is_empty() { "" } else { ", with changes" };
    Ok(format!("{}{more}", commit.trim()))
}

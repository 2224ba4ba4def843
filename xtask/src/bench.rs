//! Measures the release beside the same card by other means; `bench/README.md` says what and how.
//!
//! Here all is made that the bench reads: the release, its modules with names, prerendered cards, and the peers' scripts
//! by npm. The measuring is a program of its own in `bench`, so that this one stays quick to compile.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::dist::{self, Build};
use crate::tools::{self, Engine};
use crate::workspace::{PACKAGE, Workspace, cargo};
use crate::{process, wasm};

/// The bench's folder, from the workspace's root.
const BENCH: &str = "bench";
/// The review that is shown, in there.
const REVIEW: &str = "data/review.json";
/// The cards that are prerendered: folders, and options of `review-card render`.
const RENDERED: [(&str, &[&str]); 3] =
    [("light", &["--light"]), ("shadow", &[]), ("page", &["--light", "--page"])];

/// Makes all, and measures.
pub(crate) fn bench(workspace: &Workspace, rounds: usize, only: Option<&str>, serve: bool) -> Result<()> {
    tools::npm()?;
    Engine::Chromium.install(workspace)?;
    let bench = workspace.root.join(BENCH);
    let made = workspace.target.join("bench");
    let dist = workspace.root.join("dist");
    dist::dist(workspace, Build::Release, &dist)?;
    names(workspace, &made.join("named"))?;
    process::run(cargo().args(["build", "--workspace", "--bins"]).current_dir(&workspace.root))?;
    rendered(workspace, &bench.join(REVIEW), &made.join("rendered"))?;
    peers(&bench, &made.join("peers"))?;
    let mut measure = program(workspace, "review-card-bench");
    measure.args(["--rounds", &rounds.to_string(), "--commit", &commit(workspace)?]);
    measure.args(only.map(|part| format!("--only={part}"))).args(serve.then_some("--serve"));
    measure.arg("--dist").arg(&dist).arg("--made").arg(&made);
    process::run(measure.env("PATH", tools::path(workspace)?))
}

/// A program of this workspace that has been built.
fn program(workspace: &Workspace, name: &str) -> Command {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    Command::new(workspace.target.join("debug").join(file))
}

/// The modules of the release with the names of their functions.
fn names(workspace: &Workspace, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    let modules =
        [(wasm::ELEMENT, dist::WASM), (wasm::READER, dist::READER_WASM), (wasm::LIST, dist::LIST_WASM)];
    for (part, name) in modules {
        let path = folder.join(name);
        fs::write(&path, wasm::named(workspace, part)?)
            .with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

fn rendered(workspace: &Workspace, review: &Path, folder: &Path) -> Result<()> {
    for (name, options) in RENDERED {
        let mut render = program(workspace, PACKAGE);
        render
            .arg("render")
            .args(options)
            .args(["--lang", "en-GB", "--out"])
            .arg(folder.join(name))
            .arg(review);
        process::run(&mut render)?;
    }
    Ok(())
}

/// The peers' scripts, of the versions that the lock file pins.
fn peers(bench: &Path, folder: &Path) -> Result<()> {
    process::run(Command::new("npm").args(["ci", "--silent"]).current_dir(bench))?;
    process::run(Command::new("npm").args(["run", "--silent", "build", "--"]).arg(folder).current_dir(bench))
}

/// The commit that is measured, its day, and whether there is more than it.
fn commit(workspace: &Workspace) -> Result<String> {
    let git = |arguments: &[&str]| {
        process::output(Command::new("git").args(arguments).current_dir(&workspace.root))
    };
    let commit = git(&["log", "-1", "--format=%h of %cs"])?;
    let changes = git(&["status", "--porcelain", "--", ".", ":!bench/RESULTS.md"])?;
    let more = if changes.is_empty() { "" } else { ", with changes" };
    Ok(format!("{}{more}", commit.trim()))
}

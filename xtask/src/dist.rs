//! Calls the release builder, `xtask/dist`, which is compiled when it is first needed.

use std::path::Path;
use std::process::Command;

use anyhow::Result;
use xtask::process;
use xtask::workspace::{Workspace, cargo};

/// The element's module, in the release folder.
pub(crate) const WASM: &str = "review-card.wasm";

/// The kind of build.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    /// For a blog: optimized, minified, compressed, checked against the budgets.
    Release,
    /// For the demo page during development: quick to build, and readable in the browser's debugger.
    Fast,
}

/// Builds the folder `out`, with the studio unless `has_studio` is false.
pub(crate) fn dist(workspace: &Workspace, build: Build, has_studio: bool, out: &Path) -> Result<()> {
    let fast = (build == Build::Fast).then_some("--fast");
    let no_studio = (!has_studio).then_some("--no-studio");
    process::run(command(workspace, "build").args(fast).args(no_studio).arg("--out").arg(out))
}

/// Like [`dist()`], from the sources of another clone.
pub(crate) fn dist_of(workspace: &Workspace, root: &Path, out: &Path) -> Result<()> {
    process::run(command(workspace, "build").arg("--root").arg(root).arg("--out").arg(out))
}

/// Writes the modules of the last release build with their function names into the folder `out`.
pub(crate) fn names(workspace: &Workspace, out: &Path) -> Result<()> {
    process::run(command(workspace, "names").arg("--out").arg(out))
}

/// Checks a Yew app that uses the crate, and writes its glue into the folder `out`.
pub(crate) fn app(workspace: &Workspace, app: &Path, element: &Path, out: &Path) -> Result<()> {
    let mut command = command(workspace, "app");
    process::run(command.arg(app).arg("--element").arg(element).arg("--out").arg(out))
}

/// Returns the command for a task of the release builder.
pub(crate) fn command(workspace: &Workspace, task: &str) -> Command {
    let mut command = cargo();
    command.current_dir(&workspace.root).args(["run", "--package", "review-card-dist", "--", task]);
    command
}

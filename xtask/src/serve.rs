//! Serves the demo page with trunk.
//!
//! By default, trunk would compile the crate itself and start its own glue. `index.html` prevents that (`rel="rust"`
//! with `data-trunk-skip`), and a hook in `Trunk.toml` calls [`stage`] instead: the page loads the same single script
//! as a blog.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use xtask::workspace::Workspace;
use xtask::{process, tools};

use crate::dist::{self, Build};

/// The folder of the release, beside the demo page as on a blog.
const FOLDER: &str = "review-card";

/// Serves the page on 127.0.0.1 until it is stopped.
pub(crate) fn serve(workspace: &Workspace, port: u16, arguments: &[String]) -> Result<()> {
    tools::wasm_target()?;
    let mut trunk = Command::new(trunk_and_build(workspace)?);
    trunk.args(["serve", "--address", "127.0.0.1", "--port", &port.to_string()]).args(arguments);
    process::become_program(trunk.current_dir(&workspace.root).env("PATH", tools::path(workspace)?))
}

/// Returns trunk's path. If trunk must be installed first, the page is compiled at the same time: together they use all
/// cores, one after the other they do not. The page comes first; [`stage`] builds the studio later.
fn trunk_and_build(workspace: &Workspace) -> Result<PathBuf> {
    if let Some(trunk) = tools::installed_trunk(workspace) {
        return Ok(trunk);
    }
    let mut build = dist::command(workspace, "build");
    let mut build = process::Running::start(
        build.args(["--fast", "--no-studio", "--out"]).arg(workspace.target.join("first")),
    )?;
    let trunk = tools::trunk(workspace)?;
    build.wait()?;
    Ok(trunk)
}

/// Builds the element into the folder that trunk is about to serve; optimized if trunk was called with `--release`.
///
/// The studio takes a minute to compile, so in a fresh clone the page is served without it, and another process builds
/// it ([`studio`]).
pub(crate) fn stage(workspace: &Workspace) -> Result<()> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR")
        .context("expected TRUNK_STAGING_DIR, as trunk's hooks have it")?;
    let is_release = std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    let build = if is_release { Build::Release } else { Build::Fast };
    let has_studio = is_release || with_studio(workspace).is_dir();
    dist::dist(workspace, build, has_studio, &PathBuf::from(staging).join(FOLDER))?;
    if !has_studio {
        eprintln!(
            "building the studio in the background; the page is reloaded once it is there (a minute, once)"
        );
        let program = std::env::current_exe().context("looking for this program's file")?;
        process::start(Command::new(program).arg("studio").current_dir(&workspace.root))?;
    }
    Ok(())
}

/// Builds the page with the studio, and has trunk build it again.
pub(crate) fn studio(workspace: &Workspace) -> Result<()> {
    dist::dist(workspace, Build::Fast, true, &with_studio(workspace))?;
    let page = workspace.root.join("index.html");
    let html = std::fs::read(&page).with_context(|| format!("reading {}", page.display()))?;
    std::fs::write(&page, html).with_context(|| format!("writing {}", page.display()))
}

/// The folder of the first build with the studio.
fn with_studio(workspace: &Workspace) -> PathBuf {
    workspace.target.join("with-studio")
}

//! Builds the blogs in `examples/` as their READMEs describe, with the real generators.
//!
//! 1. Each blog is copied to `target/examples`, so that nothing is written to the sources.
//! 2. The manual step, copying the release, is done here, and the command `review-card` is added to the PATH.
//! 3. The shell commands under "Build" in the README are run, so a recipe that does not work fails here.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use xtask::workspace::{PACKAGE, Workspace, cargo};
use xtask::{process, tools};

/// The folder of the blogs, in the workspace and in cargo's target folder.
const FOLDER: &str = "examples";
/// The blogs that a generator builds, and the folder of their static files.
const BLOGS: [(&str, &str); 2] = [("hugo", "static"), ("eleventy", "static")];
/// The files of the release that the blogs use.
const RELEASE: [&str; 2] = ["review-card.css", "review.schema.json"];
/// The packages that npm installed; kept for the next build, which checks them.
const PACKAGES: &str = "node_modules";

/// Builds all blogs with the release in `dist`.
pub(crate) fn examples(workspace: &Workspace, dist: &Path) -> Result<()> {
    tools::generators()?;
    process::run(cargo().args(["build", "--workspace", "--bin", PACKAGE]).current_dir(&workspace.root))?;
    let built = workspace.target.join(FOLDER);
    for (name, served) in BLOGS {
        let (source, folder) = (workspace.root.join(FOLDER).join(name), built.join(name));
        copy_anew(&source, &folder)?;
        let release = folder.join(served).join(PACKAGE);
        fs::create_dir_all(&release)?;
        for file in RELEASE {
            let from = dist.join(file);
            fs::copy(&from, release.join(file)).with_context(|| {
                format!("expected the release in {}: run `cargo xtask dist`", from.display())
            })?;
        }
        let recipe = recipe(&source.join("README.md"))?;
        println!("{}", recipe.trim_end());
        let mut shell = Command::new("sh");
        shell.args(["-e", "-u", "-c", &recipe]).current_dir(&folder).env("PATH", path(workspace)?);
        process::run(&mut shell).with_context(|| format!("building {FOLDER}/{name}"))?;
    }
    println!("built {}", built.display());
    Ok(())
}

/// Returns the PATH with the command's folder first.
fn path(workspace: &Workspace) -> Result<OsString> {
    let path = tools::path(workspace)?;
    let folders = [workspace.target.join("debug")].into_iter().chain(std::env::split_paths(&path));
    std::env::join_paths(folders).context("adding the command to the PATH")
}

/// Replaces the contents of `to` with those of `from`, except the packages that npm installed.
pub(crate) fn copy_anew(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        match entry.file_type()? {
            _ if entry.file_name() == PACKAGES => {}
            kind if kind.is_dir() => fs::remove_dir_all(entry.path())?,
            _ => fs::remove_file(entry.path())?,
        }
    }
    copy(from, to)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        match entry.file_type()? {
            _ if entry.file_name() == PACKAGES => {}
            kind if kind.is_dir() => copy(&entry.path(), &to)?,
            _ => drop(fs::copy(entry.path(), to)?),
        }
    }
    Ok(())
}

/// Returns the shell commands under the heading "Build".
fn recipe(readme: &Path) -> Result<String> {
    let text = fs::read_to_string(readme).with_context(|| format!("reading {}", readme.display()))?;
    let section = text.split_once("\n## Build\n").map_or("", |(_, rest)| rest);
    let section = section.split("\n## ").next().unwrap_or_default();
    let lines = section.split_once("```sh\n").and_then(|(_, rest)| rest.split_once("```"));
    let recipe = lines.map(|(lines, _)| lines.to_owned()).unwrap_or_default();
    ensure!(!recipe.is_empty(), "expected lines for the shell under \"Build\" in {}", readme.display());
    Ok(recipe)
}

//! Builds one commit in two folders, and compares the releases byte by byte: tests that the same sources give the same
//! bytes, as [`dist`] promises.
//!
//! Both folders are clones of this repository, so uncommitted changes are ignored, and their paths have different
//! lengths. Each build compiles everything, including the standard library, and takes some minutes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use xtask::process;
use xtask::workspace::Workspace;

use crate::dist;

/// The folders, relative to the target folder.
const FOLDERS: [&str; 2] = ["reproduce/one", "reproduce/a-folder-with-another-name/two"];

/// Fails if the releases differ, and names the files that do.
pub(crate) fn reproduce(workspace: &Workspace) -> Result<()> {
    // Both builds use the same commit, even if HEAD changes meanwhile.
    let head = process::output(Command::new("git").args(["rev-parse", "HEAD"]).current_dir(&workspace.root))?;
    let releases: Vec<PathBuf> =
        FOLDERS.iter().map(|name| build(workspace, head.trim(), name)).collect::<Result<_>>()?;
    let [one, two] = releases.as_slice() else { return Ok(()) };
    let different = differences(one, two)?;
    ensure!(
        different.is_empty(),
        "expected the same bytes in two folders, found others in {}",
        different.join(", ")
    );
    println!("the same bytes in two folders: {} files", names(one)?.len());
    let folder = workspace.target.join("reproduce");
    fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))
}

/// Clones the workspace, builds the release in the clone, and deletes the intermediate output.
fn build(workspace: &Workspace, commit: &str, name: &str) -> Result<PathBuf> {
    let root = workspace.target.join(name);
    if root.exists() {
        fs::remove_dir_all(&root).with_context(|| format!("removing {}", root.display()))?;
    }
    process::run(Command::new("git").args(["clone", "--quiet"]).arg(&workspace.root).arg(&root))?;
    process::run(Command::new("git").args(["checkout", "--quiet", "--detach", commit]).current_dir(&root))?;
    let (release, target) = (root.join("dist"), root.join("target"));
    dist::dist_of(workspace, &root, &release)?;
    fs::remove_dir_all(&target).with_context(|| format!("removing {}", target.display()))?;
    Ok(release)
}

/// Returns the files that differ between the folders.
fn differences(one: &Path, two: &Path) -> Result<Vec<String>> {
    let mut different = Vec::new();
    for name in names(one)?.union(&names(two)?) {
        if fs::read(one.join(name)).ok() != fs::read(two.join(name)).ok() {
            different.push(name.clone());
        }
    }
    Ok(different)
}

fn names(folder: &Path) -> Result<BTreeSet<String>> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_named() -> Result<()> {
        let parent = std::env::temp_dir().join(format!("review-card-reproduce-{}", std::process::id()));
        let (one, two) = (parent.join("one"), parent.join("two"));
        for folder in [&one, &two] {
            fs::create_dir_all(folder)?;
            fs::write(folder.join("same"), "bytes")?;
            fs::write(folder.join("path"), folder.display().to_string())?;
        }
        fs::write(one.join("missing"), "")?;
        assert_eq!(differences(&one, &two)?, ["missing", "path"]);
        fs::remove_dir_all(&parent)?;
        Ok(())
    }
}

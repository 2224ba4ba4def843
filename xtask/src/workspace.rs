//! Where things are: what `cargo metadata` says of this workspace.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process;

/// The package that all of this is about.
pub(crate) const PACKAGE: &str = "review-card";

/// The folders of this clone, and what its manifests say.
pub(crate) struct Workspace {
    /// The folder of the root `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Cargo's target folder: builds go there.
    pub(crate) target: PathBuf,
    /// What [`tools`](crate::tools) has installed.
    pub(crate) tools: PathBuf,
    /// The version of review-card.
    pub(crate) version: String,
    /// The licence of review-card, as an SPDX expression.
    pub(crate) license: String,
    /// The names of the integration tests, of all packages.
    pub(crate) tests: Vec<String>,
}

impl Workspace {
    /// Asks cargo about the workspace that this xtask belongs to.
    pub(crate) fn load() -> Result<Self> {
        let mut command = cargo();
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        command.args(["metadata", "--no-deps", "--format-version", "1", "--manifest-path"]).arg(manifest);
        let metadata: Metadata =
            serde_json::from_str(&process::output(&mut command)?).context("reading `cargo metadata`")?;
        let package = metadata.packages.iter().find(|package| package.name == PACKAGE);
        let package =
            package.with_context(|| format!("expected a package {PACKAGE} in the workspace, found none"))?;
        let targets = metadata.packages.iter().flat_map(|package| &package.targets);
        let tests = targets.filter(|target| target.kind.iter().any(|kind| kind == "test"));
        let tests = tests.map(|target| target.name.clone()).collect();
        Ok(Self {
            root: metadata.workspace_root,
            tools: metadata.target_directory.join("tools"),
            target: metadata.target_directory,
            version: package.version.clone(),
            license: package.license.clone().unwrap_or_default(),
            tests,
        })
    }

    /// The same in another folder, with a target folder of its own.
    pub(crate) fn moved(&self, root: PathBuf) -> Self {
        let Self { tools, version, license, tests, .. } = self;
        let (version, license, tests) = (version.clone(), license.clone(), tests.clone());
        Self { target: root.join("target"), root, tools: tools.clone(), version, license, tests }
    }

    /// The version of a dependency, as Cargo.lock has it.
    pub(crate) fn locked(&self, name: &str) -> Result<String> {
        let path = self.root.join("Cargo.lock");
        let lock = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        locked_version(&lock, name)
            .with_context(|| format!("expected {name} in {}, found none", path.display()))
    }

    /// `path` as one would write it from the root, for messages.
    pub(crate) fn short<'a>(&self, path: &'a Path) -> std::path::Display<'a> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}

/// The cargo that runs this.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
}

/// Finds `version = "…"` in the `[[package]]` table of that name.
fn locked_version(lock: &str, name: &str) -> Option<String> {
    let line = format!("name = \"{name}\"");
    let mut lines = lock.lines().skip_while(|candidate| *candidate != line);
    let version = lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    target_directory: PathBuf,
    workspace_root: PathBuf,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
    name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_tells_a_version() {
        let lock = "[[package]]\nname = \"wasm\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm-opt"), None);
    }
}

//! The folders of the workspace, as reported by `cargo metadata`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process;

/// The name of the library's package.
pub const PACKAGE: &str = "review-card";

/// The folders of this clone, and data from its manifests.
pub struct Workspace {
    /// The folder of the root `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
    /// The folder in which [`tools`](crate::tools) installs programs.
    pub tools: PathBuf,
    /// The version of review-card.
    pub version: String,
    /// The licence of review-card, as an SPDX expression.
    pub license: String,
    /// The names of the integration tests of all packages.
    pub tests: Vec<String>,
}

impl Workspace {
    /// Runs `cargo metadata` for the workspace that this xtask belongs to.
    ///
    /// # Errors
    /// Returns an error if cargo cannot read the manifests.
    pub fn load() -> Result<Self> {
        let mut command = cargo();
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        command.args(["metadata", "--no-deps", "--format-version", "1", "--manifest-path"]).arg(manifest);
        let metadata: Value =
            serde_json::from_str(&process::output(&mut command)?).context("reading `cargo metadata`")?;
        let packages = list(&metadata, "packages");
        let package = packages.iter().find(|package| package.get("name").is_some_and(|name| name == PACKAGE));
        let package =
            package.with_context(|| format!("expected a package {PACKAGE} in the workspace, found none"))?;
        let targets = packages.iter().flat_map(|package| list(package, "targets"));
        let tests = targets.filter(|target| list(target, "kind").iter().any(|kind| kind == "test"));
        let target = PathBuf::from(text(&metadata, "target_directory")?);
        Ok(Self {
            root: text(&metadata, "workspace_root")?.into(),
            tools: target.join("tools"),
            target,
            version: text(package, "version")?,
            license: text(package, "license")?,
            tests: tests.map(|target| text(target, "name")).collect::<Result<_>>()?,
        })
    }

    /// Returns the same workspace in another folder, with its own target folder.
    #[must_use]
    pub fn moved(&self, root: PathBuf) -> Self {
        let Self { tools, version, license, tests, .. } = self;
        let (version, license, tests) = (version.clone(), license.clone(), tests.clone());
        Self { target: root.join("target"), root, tools: tools.clone(), version, license, tests }
    }

    /// Returns `path` relative to the root, for messages.
    #[must_use]
    pub fn short<'a>(&self, path: &'a Path) -> std::path::Display<'a> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}

/// Returns a command for the cargo that runs this program.
#[must_use]
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text(value: &Value, key: &str) -> Result<String> {
    let text = value.get(key).and_then(Value::as_str);
    Ok(text.with_context(|| format!("expected {key} in `cargo metadata`, found none"))?.to_owned())
}

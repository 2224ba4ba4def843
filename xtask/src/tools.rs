//! Finds the programs that the tasks call, and installs what is missing.
//!
//! 1. A program on the PATH is used if it reports the required version, because another version might give other bytes.
//! 2. Otherwise, a program that an earlier run installed in `target/tools` is used.
//! 3. Otherwise, npm (for wasm-opt) or `cargo install` installs it there, once. cargo compiles without optimization:
//!    none of these programs has much work to do, and compiling takes a third of the time.
//!
//! Browsers, Node.js and similar programs come from the system: on Debian with `apt-get`; elsewhere a message says what
//! to install.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use clap::ValueEnum;

use crate::process;
use crate::workspace::{Workspace, cargo};

/// The target of the wasm modules.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// A program that `cargo install` can build.
struct Tool {
    /// The name of the package and of the program.
    name: &'static str,
    /// The version of the package, which the output of `--version` must contain.
    version: &'static str,
    /// Further options for `cargo install`.
    options: &'static [&'static str],
}

const TRUNK: Tool = Tool { name: "trunk", version: "0.21.14", options: &["--no-default-features"] };

/// The npm packages that a release needs. Binaryen's version is defined only here.
const NPM: [(&str, &str); 3] = [
    ("package.json", include_str!("../npm/package.json")),
    ("package-lock.json", include_str!("../npm/package-lock.json")),
    (".npmrc", include_str!("../npm/.npmrc")),
];

/// Returns Binaryen's optimizer.
///
/// # Errors
/// Returns an error if npm cannot install it.
pub fn wasm_opt(workspace: &Workspace) -> Result<PathBuf> {
    let version = binaryen()?;
    let folder = workspace.tools.join("npm");
    let own = folder.join("node_modules/binaryen/bin/wasm-opt");
    let installed = || on_path("wasm-opt").into_iter().chain([own.clone()]).find(|it| reports(it, &version));
    if let Some(found) = installed() {
        return Ok(found);
    }
    npm()?;
    std::fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    for (name, content) in NPM {
        let path = folder.join(name);
        std::fs::write(&path, content).with_context(|| format!("writing {}", path.display()))?;
    }
    process::timed(&format!("installing wasm-opt {version} by npm (seconds, once)"), || {
        let options = ["ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"];
        process::run(Command::new("npm").args(options).current_dir(&folder))
    })?;
    installed().with_context(|| {
        format!("expected {} to report version {version}, found something else", own.display())
    })
}

/// Returns the version that Binaryen's programs report: the first number of the package's version.
fn binaryen() -> Result<String> {
    let [(_, package), ..] = NPM;
    let package: serde_json::Value =
        serde_json::from_str(package).context("reading xtask/npm/package.json")?;
    let version = package.pointer("/dependencies/binaryen").and_then(serde_json::Value::as_str);
    let major = version.and_then(|version| version.split('.').next());
    Ok(major.context("expected a version of binaryen in xtask/npm/package.json, found none")?.to_owned())
}

/// Returns the server of the demo page, built without TLS and without the check for updates.
///
/// # Errors
/// Returns an error if cargo cannot install it.
pub fn trunk(workspace: &Workspace) -> Result<PathBuf> {
    TRUNK.find_or_install(workspace)
}

/// Returns the server of the demo page if it is installed.
#[must_use]
pub fn installed_trunk(workspace: &Workspace) -> Option<PathBuf> {
    TRUNK.find(workspace)
}

/// Returns the driver of Firefox, for which Debian has no package.
fn geckodriver(workspace: &Workspace) -> Result<PathBuf> {
    Tool { name: "geckodriver", version: "0.37.1", options: &[] }.find_or_install(workspace)
}

/// Returns the program that builds the chapters of the site.
///
/// # Errors
/// Returns an error if cargo cannot install it.
pub fn mdbook(workspace: &Workspace) -> Result<PathBuf> {
    Tool { name: "mdbook", version: "0.5.4", options: &[] }.find_or_install(workspace)
}

/// Returns the program that checks licences and sources of the dependencies.
///
/// # Errors
/// Returns an error if cargo cannot install it.
pub fn cargo_deny(workspace: &Workspace) -> Result<PathBuf> {
    Tool { name: "cargo-deny", version: "0.20.2", options: &[] }.find_or_install(workspace)
}

/// Returns the program that finds dependencies that nothing uses.
///
/// # Errors
/// Returns an error if cargo cannot install it.
pub fn cargo_machete(workspace: &Workspace) -> Result<PathBuf> {
    Tool { name: "cargo-machete", version: "0.9.2", options: &[] }.find_or_install(workspace)
}

/// Returns the PATH with the tools of this clone at its end.
///
/// # Errors
/// Returns an error if a folder's name in the PATH contains a separator.
pub fn path(workspace: &Workspace) -> Result<OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain([workspace.tools.join("bin")]);
    std::env::join_paths(folders).context("adding the tools' folder to the PATH")
}

impl Tool {
    /// Returns the path at which `cargo install` puts the program.
    fn own(&self, workspace: &Workspace) -> PathBuf {
        workspace.tools.join("bin").join(self.file())
    }

    fn file(&self) -> String {
        format!("{}{}", self.name, std::env::consts::EXE_SUFFIX)
    }

    fn find(&self, workspace: &Workspace) -> Option<PathBuf> {
        let candidates = on_path(&self.file()).into_iter().chain([self.own(workspace)]);
        candidates.into_iter().find(|candidate| reports(candidate, self.version))
    }

    fn find_or_install(&self, workspace: &Workspace) -> Result<PathBuf> {
        if let Some(found) = self.find(workspace) {
            return Ok(found);
        }
        let Self { name, version, options } = *self;
        let own = self.own(workspace);
        let mut install = cargo();
        install.args(["install", "--quiet", "--locked", "--debug", name, "--version", version]).args(options);
        // All tools share one target folder, so that common dependencies are compiled once.
        install.arg("--root").arg(&workspace.tools).arg("--target-dir").arg(workspace.tools.join("build"));
        install.envs([("CARGO_PROFILE_DEV_DEBUG", "false"), ("CARGO_PROFILE_DEV_INCREMENTAL", "false")]);
        process::timed(&format!("installing {name} {version} by cargo (a minute or two, once)"), || {
            process::run(&mut install)
        })?;
        ensure!(
            reports(&own, version),
            "expected {} to report version {version} after its installation, found something else",
            own.display()
        );
        Ok(own)
    }
}

/// Returns whether the output of `program --version` contains `version` as a word.
fn reports(program: &Path, version: &str) -> bool {
    let output = Command::new(program).arg("--version").stdin(Stdio::null()).output();
    output.is_ok_and(|output| {
        String::from_utf8_lossy(&output.stdout)
            .split_whitespace()
            .any(|word| word.trim_start_matches('v') == version)
    })
}

/// Returns the first program with this file name on the PATH.
fn on_path(file: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(file)).find(|candidate| candidate.is_file())
}

/// Returns the compiler that cargo calls.
#[must_use]
pub fn rustc() -> Command {
    Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

/// Ensures that the standard library for wasm is installed.
///
/// # Errors
/// Returns an error if it is missing and cannot be installed.
pub fn wasm_target() -> Result<()> {
    let libraries = process::output(rustc().args(["--print", "target-libdir", "--target", WASM_TARGET]))?;
    let what = format!("the standard library for {WASM_TARGET}");
    by_rustup(Path::new(libraries.trim()), &what, &["target", "add", WASM_TARGET])
}

/// Ensures that the standard library's source is installed, because the release compiles it.
///
/// # Errors
/// Returns an error if it is missing and cannot be installed.
pub fn rust_source() -> Result<()> {
    let sysroot = process::output(rustc().args(["--print", "sysroot"]))?;
    let source = Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library");
    by_rustup(&source, "the source of the standard library", &["component", "add", "rust-src"])
}

/// Installs a component with rustup unless `folder` exists.
fn by_rustup(folder: &Path, what: &str, arguments: &[&str]) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if on_path(&format!("rustup{}", std::env::consts::EXE_SUFFIX)).is_none() {
        bail!("expected {what} in {}, found none: install it", folder.display());
    }
    process::timed(&format!("installing {what} by rustup"), || {
        process::run(Command::new("rustup").args(arguments))
    })
}

/// A browser for the end-to-end tests.
#[derive(Clone, Copy, ValueEnum)]
pub enum Engine {
    /// Chromium and chromedriver
    Chromium,
    /// Firefox and geckodriver
    Firefox,
    /// WebKitGTK and its driver, on a virtual screen
    Webkit,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        })
    }
}

impl Engine {
    /// Returns the system programs of the browser and its driver.
    fn programs(self) -> System {
        match self {
            Self::Chromium => System {
                what: "Chromium and its WebDriver",
                programs: &[&["chromium", "chromium-browser", "google-chrome"], &["chromedriver"]],
                packages: &["chromium", "chromium-driver"],
            },
            Self::Firefox => System {
                what: "Firefox",
                programs: &[&["firefox", "firefox-esr"]],
                packages: &["firefox-esr"],
            },
            Self::Webkit => System {
                what: "WebKitGTK's WebDriver and a screen",
                programs: &[&["WebKitWebDriver"], &["Xvfb"]],
                packages: &["webkit2gtk-driver", "xvfb"],
            },
        }
    }

    /// Ensures that the browser and its driver are on this task's [`path`].
    ///
    /// # Errors
    /// Returns an error if they are missing and cannot be installed.
    pub fn install(self, workspace: &Workspace) -> Result<()> {
        self.programs().install()?;
        if matches!(self, Self::Firefox) {
            geckodriver(workspace)?;
        }
        Ok(())
    }
}

/// Ensures that the programs of other projects that check static HTML can run.
///
/// # Errors
/// Returns an error if one is missing and cannot be installed.
pub fn outside() -> Result<()> {
    npm()?;
    JAVA.install()
}

/// Ensures that `npm` and `node` are on this task's [`path`].
///
/// # Errors
/// Returns an error if they are missing and cannot be installed.
pub fn npm() -> Result<()> {
    NODE.install()
}

/// Ensures that the generators of the examples can run; npm installs Eleventy.
///
/// # Errors
/// Returns an error if one is missing and cannot be installed.
pub fn generators() -> Result<()> {
    npm()?;
    HUGO.install()
}

const NODE: System =
    System { what: "Node.js with npm", programs: &[&["node"], &["npm"]], packages: &["nodejs", "npm"] };
const JAVA: System = System { what: "Java", programs: &[&["java"]], packages: &["default-jre-headless"] };
const HUGO: System = System { what: "Hugo", programs: &[&["hugo"]], packages: &["hugo"] };

/// Checks early that everything the tests need of the system is installed, or can be installed later.
///
/// # Errors
/// Returns an error if something is missing and cannot be installed.
pub fn check_system(engines: &[Engine]) -> Result<()> {
    engines
        .iter()
        .map(|engine| engine.programs())
        .chain([NODE, JAVA, HUGO])
        .try_for_each(|system| system.check())
}

/// Programs of the system.
struct System {
    what: &'static str,
    /// One program of each group is required.
    programs: &'static [&'static [&'static str]],
    /// The Debian packages of these programs.
    packages: &'static [&'static str],
}

impl System {
    /// Fails if a program is missing and cannot be installed.
    fn check(&self) -> Result<()> {
        if self.is_installed() || (on_path("apt-get").is_some() && is_root()) {
            return Ok(());
        }
        let (what, packages) = (self.what, self.packages.join(" "));
        bail!("expected {what} on the PATH, found not all: install it (Debian: {packages})")
    }

    fn is_installed(&self) -> bool {
        self.programs.iter().all(|names| names.iter().any(|name| on_path(name).is_some()))
    }

    /// Ensures that the programs are on the PATH.
    fn install(&self) -> Result<()> {
        if self.is_installed() {
            return Ok(());
        }
        self.check()?;
        let (what, packages) = (self.what, self.packages.join(" "));
        process::timed(&format!("installing {packages} by apt-get (a minute or two, once)"), || {
            process::run(Command::new("apt-get").args(["update", "--quiet", "--quiet"]))?;
            let mut install = Command::new("apt-get");
            install.args(["install", "--quiet", "--quiet", "--yes", "--no-install-recommends"]);
            process::run(install.args(self.packages).env("DEBIAN_FRONTEND", "noninteractive"))
        })?;
        ensure!(self.is_installed(), "expected {what} on the PATH after installing {packages}");
        Ok(())
    }
}

fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

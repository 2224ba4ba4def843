//! Finds the programs that the tasks call, and installs what is missing.
//!
//! 1. A program on the PATH is taken if it reports the version that is wanted: not another, since the glue must fit the
//!    library, and the same sources must give the same bytes.
//! 2. So is one that an earlier run has put into `target/tools`.
//! 3. Else `cargo install` puts it there: minutes, once.
//!
//! Browsers, Node.js and the like are not built but come from the system: on Debian by `apt-get`, elsewhere one is told what
//! to install.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use clap::ValueEnum;

use crate::process;
use crate::workspace::{Workspace, cargo};

/// What the element is compiled for.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// A program that `cargo install` can build.
struct Tool {
    /// The name of the package and of the program.
    name: &'static str,
    /// The version of the package.
    version: String,
    /// A word that the program's `--version` must contain.
    reports: String,
    /// Whether to build it with its own Cargo.lock.
    locked: bool,
    /// Whether to leave it unoptimized: a program that has little to do is built in half the time.
    debug: bool,
    /// About how long that takes on two cores.
    minutes: u32,
}

/// The command that generates the glue; its version must be that of the library.
pub(crate) fn wasm_bindgen(workspace: &Workspace) -> Result<PathBuf> {
    let version = workspace.locked("wasm-bindgen")?;
    let reports = version.clone();
    // Not locked: the lock file of this package was seen to ask for a webpki-roots that cargo could not get.
    let package =
        Tool { name: "wasm-bindgen-cli", version, reports, locked: false, debug: false, minutes: 4 };
    package.find_or_install("wasm-bindgen", workspace)
}

/// Binaryen's optimizer, pinned, since another version writes other bytes.
pub(crate) fn wasm_opt(workspace: &Workspace) -> Result<PathBuf> {
    let (version, reports) = ("0.116.1".to_owned(), "116".to_owned());
    Tool { name: "wasm-opt", version, reports, locked: true, debug: false, minutes: 8 }
        .find_or_install("wasm-opt", workspace)
}

/// The server of the demo page.
pub(crate) fn trunk(workspace: &Workspace) -> Result<PathBuf> {
    let version = "0.21.14".to_owned();
    let reports = version.clone();
    Tool { name: "trunk", version, reports, locked: true, debug: false, minutes: 7 }
        .find_or_install("trunk", workspace)
}

/// Drives Firefox; Debian has no package of it.
fn geckodriver(workspace: &Workspace) -> Result<PathBuf> {
    let version = "0.37.1".to_owned();
    let reports = version.clone();
    Tool { name: "geckodriver", version, reports, locked: true, debug: true, minutes: 1 }
        .find_or_install("geckodriver", workspace)
}

/// Builds the chapters of the site.
pub(crate) fn mdbook(workspace: &Workspace) -> Result<PathBuf> {
    let version = "0.5.4".to_owned();
    let reports = format!("v{version}");
    Tool { name: "mdbook", version, reports, locked: true, debug: true, minutes: 2 }
        .find_or_install("mdbook", workspace)
}

/// Checks licences and sources of the dependencies.
pub(crate) fn cargo_deny(workspace: &Workspace) -> Result<PathBuf> {
    let version = "0.20.2".to_owned();
    let reports = version.clone();
    Tool { name: "cargo-deny", version, reports, locked: true, debug: true, minutes: 2 }
        .find_or_install("cargo-deny", workspace)
}

/// The PATH, with the tools of this clone at its end.
pub(crate) fn path(workspace: &Workspace) -> Result<OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain([folder(workspace).join("bin")]);
    std::env::join_paths(folders).context("adding the tools' folder to the PATH")
}

/// Where the tools of this clone are installed.
fn folder(workspace: &Workspace) -> PathBuf {
    workspace.tools.clone()
}

impl Tool {
    fn find_or_install(&self, program: &str, workspace: &Workspace) -> Result<PathBuf> {
        let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
        let own = folder(workspace).join("bin").join(&file);
        for candidate in on_path(&file).into_iter().chain([own.clone()]) {
            if reports(&candidate, &self.reports) {
                return Ok(candidate);
            }
        }
        eprintln!("installing {} {} (about {} minutes, once)…", self.name, self.version, self.minutes);
        let mut install = cargo();
        install.args([
            "install",
            "--quiet",
            self.name,
            "--version",
            &self.version,
            "--bin",
            program,
            "--root",
        ]);
        install.arg(folder(workspace));
        if self.locked {
            install.arg("--locked");
        }
        if self.debug {
            install.arg("--debug");
        }
        process::run(&mut install)?;
        ensure!(
            reports(&own, &self.reports),
            "expected {} to report version {} after its installation, found something else",
            own.display(),
            self.reports
        );
        Ok(own)
    }
}

/// Whether `program --version` contains `version` as a word.
fn reports(program: &Path, version: &str) -> bool {
    let output = Command::new(program).arg("--version").stdin(Stdio::null()).output();
    output.is_ok_and(|output| {
        String::from_utf8_lossy(&output.stdout).split_whitespace().any(|word| word == version)
    })
}

/// The first program of that file name on the PATH.
fn on_path(file: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(file)).find(|candidate| candidate.is_file())
}

/// The compiler that cargo calls.
pub(crate) fn rustc() -> Command {
    Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

/// Makes sure that the standard library for wasm is there.
pub(crate) fn wasm_target() -> Result<()> {
    let libraries = process::output(rustc().args(["--print", "target-libdir", "--target", WASM_TARGET]))?;
    let what = format!("the standard library for {WASM_TARGET}");
    by_rustup(Path::new(libraries.trim()), &what, &["target", "add", WASM_TARGET])
}

/// Makes sure that the standard library's source is there: the release compiles it anew.
pub(crate) fn rust_source() -> Result<()> {
    let sysroot = process::output(rustc().args(["--print", "sysroot"]))?;
    let source = Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library");
    by_rustup(&source, "the source of the standard library", &["component", "add", "rust-src"])
}

/// Has rustup install what is not in `folder`.
fn by_rustup(folder: &Path, what: &str, arguments: &[&str]) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if on_path(&format!("rustup{}", std::env::consts::EXE_SUFFIX)).is_none() {
        bail!("expected {what} in {}, found none: install it", folder.display());
    }
    eprintln!("installing {what}…");
    process::run(Command::new("rustup").args(arguments))
}

/// A browser of the end-to-end tests.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Engine {
    /// Chromium and chromedriver
    Chromium,
    /// Firefox and geckodriver
    Firefox,
    /// WebKitGTK and its driver, on a screen that nobody sees
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
    /// The browser and its driver.
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

    /// Makes sure that the browser and its driver are on this task's [`path`].
    pub(crate) fn install(self, workspace: &Workspace) -> Result<()> {
        self.programs().install()?;
        if matches!(self, Self::Firefox) {
            geckodriver(workspace)?;
        }
        Ok(())
    }
}

/// Makes sure that other people's programs can run that the tests hold static HTML against.
pub(crate) fn outside() -> Result<()> {
    npm()?;
    System { what: "Java", programs: &[&["java"]], packages: &["default-jre-headless"] }.install()
}

/// Makes sure that `npm` and `node` are on this task's [`path`].
pub(crate) fn npm() -> Result<()> {
    System { what: "Node.js with npm", programs: &[&["node"], &["npm"]], packages: &["nodejs", "npm"] }
        .install()
}

/// Makes sure that the generators of the examples can run; npm brings Eleventy.
pub(crate) fn generators() -> Result<()> {
    npm()?;
    System { what: "Hugo", programs: &[&["hugo"]], packages: &["hugo"] }.install()
}

/// Programs of the system.
struct System {
    what: &'static str,
    /// Of each group, any one.
    programs: &'static [&'static [&'static str]],
    /// Debian's packages of these.
    packages: &'static [&'static str],
}

impl System {
    fn is_installed(&self) -> bool {
        self.programs.iter().all(|names| names.iter().any(|name| on_path(name).is_some()))
    }

    /// Makes sure that they are on the PATH.
    fn install(&self) -> Result<()> {
        if self.is_installed() {
            return Ok(());
        }
        let (what, packages) = (self.what, self.packages.join(" "));
        if on_path("apt-get").is_none() || !is_root() {
            bail!("expected {what} on the PATH, found not all: install it (Debian: {packages})");
        }
        eprintln!("installing {packages} (a minute or two, once)…");
        process::run(Command::new("apt-get").args(["update", "--quiet", "--quiet"]))?;
        let mut install = Command::new("apt-get");
        install
            .args(["install", "--quiet", "--quiet", "--yes", "--no-install-recommends"])
            .args(self.packages);
        process::run(install.env("DEBIAN_FRONTEND", "noninteractive"))?;
        ensure!(self.is_installed(), "expected {what} on the PATH after installing {packages}");
        Ok(())
    }
}

fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

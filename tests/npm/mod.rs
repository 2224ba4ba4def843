//! Other people's programs from npm: `package.json` names them, `package-lock.json` has their digests.
#![allow(dead_code, reason = "each test that shares this takes its part")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::Value;

/// What is copied to where the packages are installed.
const FILES: [&str; 5] = ["package.json", "package-lock.json", ".npmrc", "autop.mjs", "microformats.mjs"];

/// A file or folder of a package.
pub(crate) fn file(path: &str) -> Result<PathBuf> {
    let file = folder()?.join("node_modules").join(path);
    ensure!(file.exists(), "expected {}, found no such file", file.display());
    Ok(file)
}

/// Runs a script of this folder: JSON in, JSON out.
pub(crate) fn script(name: &str, input: &Value) -> Result<Value> {
    let mut node = Command::new("node")
        .arg(folder()?.join(name))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("expected node: install Node.js")?;
    let mut pipe = node.stdin.take().context("expected a pipe")?;
    let input = input.to_string();
    let writer = std::thread::spawn(move || pipe.write_all(input.as_bytes()));
    let output = node.wait_with_output()?;
    ensure!(output.status.success(), "{name} ended with {}", output.status);
    writer.join().map_err(|_| anyhow!("a thread that writes has stopped"))??;
    serde_json::from_slice(&output.stdout).with_context(|| format!("reading what {name} wrote"))
}

/// The folder of the packages, installed once and kept in the target folder.
fn folder() -> Result<&'static Path> {
    static FOLDER: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| installed().map_err(|error| format!("{error:#}")));
    folder.as_deref().map_err(|error| anyhow!(error.clone()))
}

fn installed() -> Result<PathBuf> {
    // The tests of all crates share this file.
    let mut sources =
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("tests/npm"));
    let source =
        sources.find(|folder| folder.is_dir()).context("expected the folder tests/npm, found none")?;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("npm");
    std::fs::create_dir_all(&folder)?;
    let mut changed = !folder.join("node_modules/.package-lock.json").is_file();
    for file in FILES {
        let wanted = std::fs::read(source.join(file)).with_context(|| format!("reading tests/npm/{file}"))?;
        if std::fs::read(folder.join(file)).is_ok_and(|found| found == wanted) {
            continue;
        }
        std::fs::write(folder.join(file), wanted)?;
        changed |= file == "package-lock.json";
    }
    if changed {
        install(&folder)?;
    }
    Ok(folder)
}

fn install(folder: &Path) -> Result<()> {
    eprintln!("installing the tests' packages from npm (seconds, once)…");
    let output = Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
        .arg(folder)
        .current_dir(folder)
        .output()
        .context("expected npm, which installs what the tests hold the HTML against: install Node.js")?;
    let reported = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "npm could not install tests/npm/package.json: {reported}");
    Ok(())
}

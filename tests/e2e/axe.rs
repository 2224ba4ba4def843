//! [axe-core](https://github.com/dequelabs/axe-core): the rules of WCAG that a machine can check.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::Value;

use crate::page::Page;

/// The version from npm.
const VERSION: &str = "4.14.1";
/// The fewest checks that a card must have passed: fewer, and axe has not looked into it.
const FEWEST_PASSES: u64 = 8;

/// Checks the whole page, cards included.
pub(crate) fn check(page: &Page) -> Result<()> {
    page.run(&script()?)?;
    page.run(
        "globalThis.axeResult = undefined;
        axe.run().then((result) => {
          const nodes = ({ id, help, nodes }) => nodes.map(
            (node) => `${id} (${help}): ${JSON.stringify(node.target)} ${node.failureSummary} ${node.html}`);
          const inCard = (node) => Array.isArray(node.target[0]) || /review-card/.test(node.target[0]);
          globalThis.axeResult = {
            violations: result.violations.flatMap(nodes),
            passes: result.passes.flatMap((rule) => rule.nodes).filter(inCard).length,
          };
        }, (error) => { globalThis.axeResult = { violations: [String(error)] }; });",
    )?;
    page.expect_that("globalThis.axeResult")?;
    let violations = page.get("axeResult.violations")?;
    let violations: Vec<&str> =
        violations.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    ensure!(violations.is_empty(), "expected no violation, found {violations:#?}");
    let passes = page.get("axeResult.passes")?.as_u64().unwrap_or_default();
    ensure!(passes >= FEWEST_PASSES, "expected {FEWEST_PASSES} checks in the card or more, found {passes}");
    Ok(())
}

/// The script, fetched once and kept in the target folder.
fn script() -> Result<String> {
    static SCRIPT: OnceLock<Result<String, String>> = OnceLock::new();
    SCRIPT
        .get_or_init(|| fetched().map_err(|error| format!("{error:#}")))
        .clone()
        .map_err(|error| anyhow!(error))
}

fn fetched() -> Result<String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("axe-core").join(VERSION);
    let file = folder.join("node_modules/axe-core/axe.min.js");
    if !file.is_file() {
        install(&folder)?;
    }
    std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))
}

fn install(folder: &PathBuf) -> Result<()> {
    eprintln!("installing axe-core {VERSION} (seconds, once)…");
    std::fs::create_dir_all(folder)?;
    let output = Command::new("npm")
        .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
        .arg(folder)
        .arg(format!("axe-core@{VERSION}"))
        .output()
        .context("expected npm, which installs axe-core for the accessibility tests: install Node.js")?;
    ensure!(
        output.status.success(),
        "npm could not install axe-core {VERSION}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}

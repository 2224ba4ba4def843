//! [axe-core](https://github.com/dequelabs/axe-core): the rules of WCAG that a machine can check.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::npm;
use crate::page::Page;

/// The fewest checks that a card must have passed: fewer, and axe has not looked into it.
const FEWEST_PASSES: u64 = 8;

/// Checks the whole page, cards included; there has to be one.
pub(crate) fn check(page: &Page) -> Result<()> {
    check_page(page)?;
    let passes = page.get("axeResult.passes")?.as_u64().unwrap_or_default();
    ensure!(passes >= FEWEST_PASSES, "expected {FEWEST_PASSES} checks in the card or more, found {passes}");
    Ok(())
}

/// Checks the whole page.
pub(crate) fn check_page(page: &Page) -> Result<()> {
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
    Ok(())
}

fn script() -> Result<String> {
    let file = npm::file("axe-core/axe.min.js")?;
    std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))
}

//! The command `review-card`, run as people run it.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// What `render` writes of a file of reviews, in its order.
pub(crate) fn render(input: &Path, options: &[&str]) -> Result<Vec<String>> {
    Ok(render_and_tell(input, options)?.0)
}

/// What `render` writes, and what it tells.
pub(crate) fn render_and_tell(input: &Path, options: &[&str]) -> Result<(Vec<String>, String)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_review-card"));
    let output = command.arg("render").args(options).arg(input).output().context("running review-card")?;
    let reported = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(output.status.success(), "render {options:?} ended with {}: {reported}", output.status);
    let end = if options.contains(&"--page") {
        "</html>\n"
    } else if options.contains(&"--light") {
        "</article>\n"
    } else {
        "</review-card>\n"
    };
    let html = String::from_utf8(output.stdout)?;
    Ok((html.split_inclusive(end).map(Into::into).collect(), reported))
}

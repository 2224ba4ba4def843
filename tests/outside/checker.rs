//! The [Nu HTML Checker](https://validator.w3.org/nu/) of the W3C.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::npm;

/// What its checker of style sheets does not know yet, by what it says and where: container queries with their units, and
/// the animation of what is opened. Browsers that the card asks for know all of it.
const NEWER: [(&str, &str); 7] = [
    ("Property “container” doesn't exist", ""),
    ("Unrecognized at-rule “@container”", ""),
    ("Parse Error", "cqi"),
    ("Property “interpolate-size” doesn't exist", ""),
    ("“allow-discrete” is not a “transition” value", ""),
    ("Unknown pseudo-element or pseudo-class “:state”", ":state(light)"),
    ("Unknown pseudo-element or pseudo-class “:state”", ":state(dark)"),
];

/// Checks pages, each with a name.
pub(crate) fn check(pages: &[(String, String)]) -> Result<()> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    for (at, (_, html)) in pages.iter().enumerate() {
        std::fs::write(folder.path().join(format!("{at}.html")), html)?;
    }
    let messages = messages(folder.path())?;
    let reported = |message: &Value| {
        let file = message["url"].as_str().unwrap_or_default();
        let at: Option<usize> =
            file.rsplit('/').next().and_then(|name| name.strip_suffix(".html")?.parse().ok());
        let name = at.and_then(|at| pages.get(at)).map_or(file, |(name, _)| name);
        format!("{name}: {} in {}", message["message"], message["extract"])
    };
    let errors: Vec<_> = messages.iter().filter(|message| is_error(message)).map(reported).collect();
    let some: Vec<_> = errors.iter().take(10).collect();
    ensure!(
        errors.is_empty(),
        "expected no error in {} pages, found {}: {some:#?}",
        pages.len(),
        errors.len()
    );
    println!("{} pages without an error", pages.len());
    Ok(())
}

fn messages(folder: &Path) -> Result<Vec<Value>> {
    let jar = npm::file("vnu-jar/build/dist/vnu.jar")?;
    let output = Command::new("java")
        .arg("-jar")
        .arg(jar)
        .args(["--format", "json", "--stdout", "--exit-zero-always"])
        .arg(folder)
        .output()
        .context("expected java, which runs the HTML checker: install it (Debian: default-jre-headless)")?;
    let reported = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "the HTML checker ended with {}: {reported}", output.status);
    let mut answer: Value = serde_json::from_slice(&output.stdout).context("reading the checker's answer")?;
    match answer["messages"].take() {
        Value::Array(messages) => Ok(messages),
        other => anyhow::bail!("expected a list of messages, found {other}"),
    }
}

fn is_error(message: &Value) -> bool {
    let text = |key: &str| message[key].as_str().unwrap_or_default();
    let (says, place) = (text("message"), text("extract"));
    let is_newer = NEWER.iter().any(|(known, near)| says.contains(known) && place.contains(near));
    message["type"] != "info" && !(says.starts_with("CSS: ") && is_newer)
}

//! What files made to cost as much as they can do to the command: processor time and memory against size.
//!
//! `tests/pathological` makes the files; `src/read/loads.rs` counts the steps of reading them. This bench runs `check` and
//! `convert` on each file, each run in a process of its own.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::machine;
use crate::table::{Table, number};

#[path = "../../tests/pathological/mod.rs"]
mod files;

/// The sizes of the files, in bytes; the last is as long as a card's file may be.
const SIZES: [usize; 3] = [2_000_000, 4_000_000, 8_000_000];
const COMMANDS: [&str; 2] = ["check", "convert"];
/// What a file may take: seconds of processor time …
const SECONDS: f64 = 2.0;
/// The most memory: this many times the length of the file, plus this many bytes.
const TIMES: f64 = 10.0;
const BESIDE: f64 = 50.0 * MEGABYTE;
const MEGABYTE: f64 = 1_000_000.0;
/// Between two looks at a process.
const LOOK: Duration = Duration::from_millis(2);
/// What Linux counts processor time in.
const TICKS_A_SECOND: f64 = 100.0;

/// Measures all, and gives the tables.
///
/// # Errors
/// Where a file takes more than it may.
pub(crate) fn measure(command: &Path, commit: &str) -> Result<String> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("file.json");
    let mut tables = String::new();
    let mut over = Vec::new();
    for subcommand in COMMANDS {
        let mut heads = vec!["".to_owned()];
        for size in SIZES {
            let megabytes = size / 1_000_000;
            heads.extend([format!("{megabytes} MB: seconds"), "memory, MB".to_owned()]);
        }
        let mut table = Table::new(&heads.iter().map(String::as_str).collect::<Vec<_>>());
        for (name, make) in files::FILES {
            let mut row = vec![name.to_owned()];
            for size in SIZES {
                let text = make(size);
                fs::write(&path, &text)?;
                let (seconds, bytes) = run(command, subcommand, &path)?;
                #[expect(clippy::cast_precision_loss, reason = "a file's length")]
                let most = text.len() as f64 * TIMES + BESIDE;
                let is_over = seconds > SECONDS || bytes > most;
                if is_over {
                    over.push(format!(
                        "{subcommand}, {name}, {} bytes: {seconds:.2} s, {:.0} MB",
                        text.len(),
                        bytes / MEGABYTE
                    ));
                }
                let mark = if is_over { " (!)" } else { "" };
                row.extend([number(seconds, 2), number(bytes / MEGABYTE, 0) + mark]);
            }
            table.row(row);
        }
        tables.push_str(&format!("\n## `review-card {subcommand}`\n\n{table}"));
    }
    let page = format!(
        "# Pathological files\n\nEach may take {SECONDS} s of processor time, and ten times its length and 50 MB of memory.\n\n- review-card: \
         {commit}\n- Machine: {}\n{tables}",
        machine::describe()
    );
    if over.is_empty() {
        return Ok(page);
    }
    println!("{page}");
    bail!("beyond the bounds:\n{}", over.join("\n"))
}

/// Seconds of processor time, and the most bytes of memory at once, of one run (Linux).
fn run(command: &Path, subcommand: &str, file: &Path) -> Result<(f64, f64)> {
    let mut process = Command::new(command)
        .arg(subcommand)
        .arg(file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("expected {} to start", command.display()))?;
    let mut bytes = 0.0;
    let seconds = loop {
        bytes = peak(process.id()).unwrap_or(bytes);
        let (has_ended, seconds) = times(process.id()).context("expected a process in /proc")?;
        if has_ended {
            break seconds;
        }
        std::thread::sleep(LOOK);
    };
    process.wait()?;
    Ok((seconds, bytes))
}

/// Whether a process has ended, and its processor time in seconds. It is there until somebody waits for it.
fn times(id: u32) -> Option<(bool, f64)> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // Behind the name, which may hold anything.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let state = fields.next()?;
    let mut ticks = fields.skip(10).map(str::parse::<f64>);
    let (user, system) = (ticks.next()?.ok()?, ticks.next()?.ok()?);
    Some((state == "Z", (user + system) / TICKS_A_SECOND))
}

/// The most memory that a process has had at once, in bytes.
pub(crate) fn peak(id: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? * 1024.0)
}

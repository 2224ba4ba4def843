//! Runs other programs. Errors contain the command line.

use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};

/// Prints what is being done, and how long it took.
///
/// # Errors
/// The errors of `run`.
pub fn timed<T>(what: &str, run: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("{what}…");
    let start = Instant::now();
    let value = run()?;
    eprintln!("{what}: {:.1} s", start.elapsed().as_secs_f64());
    Ok(value)
}

/// Runs `command` with this terminal's output, and fails unless it succeeds.
///
/// # Errors
/// Returns an error if the command cannot be started, or fails.
pub fn run(command: &mut Command) -> Result<()> {
    let line = line(command);
    let status = command.status().with_context(|| format!("could not start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// Starts `command` with this terminal's output, and does not wait for it.
///
/// # Errors
/// Returns an error if the command cannot be started.
pub fn start(command: &mut Command) -> Result<()> {
    command.spawn().map(drop).with_context(|| format!("could not start `{}`", line(command)))
}

/// A program that runs beside this one, and is stopped with it.
pub struct Running {
    line: String,
    child: Child,
}

impl Running {
    /// Starts `command` with this terminal's output.
    ///
    /// # Errors
    /// Returns an error if the command cannot be started.
    pub fn start(command: &mut Command) -> Result<Self> {
        let line = line(command);
        let child = command.spawn().with_context(|| format!("could not start `{line}`"))?;
        Ok(Self { line, child })
    }

    /// Waits until the program ends, and fails unless it succeeded.
    ///
    /// # Errors
    /// Returns an error if the program failed.
    pub fn wait(&mut self) -> Result<()> {
        let status = self.child.wait().with_context(|| format!("waiting for `{}`", self.line))?;
        ensure!(status.success(), "`{}` failed ({status})", self.line);
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already unless an error came first.
        let _ = self.child.kill();
    }
}

/// Runs `command` and returns its standard output; its errors go to this terminal.
///
/// # Errors
/// Returns an error if the command cannot be started, fails, or writes something other than UTF-8.
pub fn output(command: &mut Command) -> Result<String> {
    let line = line(command);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("could not start `{line}`"))?;
    if !output.status.success() {
        bail!("`{line}` failed ({})", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{line}` wrote something other than UTF-8"))
}

/// Replaces this process with `command`, so that stopping this program stops the command. Where the system does not
/// support that, runs it.
///
/// # Errors
/// Returns an error if the command cannot be started.
pub fn become_program(command: &mut Command) -> Result<()> {
    #[cfg(unix)]
    {
        let error = std::os::unix::process::CommandExt::exec(command);
        Err(error).with_context(|| format!("could not start `{}`", line(command)))
    }
    #[cfg(not(unix))]
    run(command)
}

/// Returns the command line for messages.
fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

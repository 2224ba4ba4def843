//! A screen that nobody sees, for a browser that does not run without one.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::engine::on_path;

/// Its pointer starts in the middle, which has to be in the window: without a window manager, that window has the focus
/// that the pointer is in. Windows may be larger than the screen.
const SIZE: &str = "1024x768x24";

/// A running X server; it ends with this value.
pub(crate) struct Screen {
    process: Child,
    name: String,
}

impl Screen {
    pub(crate) fn start() -> Result<Self> {
        let mut process = Command::new(on_path(&["Xvfb"])?)
            .args(["-displayfd", "1", "-screen", "0", SIZE, "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("starting Xvfb")?;
        let mut number = String::new();
        let output = process.stdout.take().context("expected the output of Xvfb, found none")?;
        // It picks a number that is free, tells it once it is ready, and closes its output where it cannot start.
        BufReader::new(output).read_line(&mut number)?;
        let screen = Self { process, name: format!(":{}", number.trim()) };
        ensure!(!number.trim().is_empty(), "expected Xvfb to tell the number of its screen, found nothing");
        Ok(screen)
    }

    /// What `DISPLAY` has to be.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

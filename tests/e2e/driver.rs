//! The WebDriver program of a browser, for as long as the tests run.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::engine::Engine;
use crate::screen::Screen;

/// How long it may take to start.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running driver; it ends with this value, also when a test panics.
pub(crate) struct Driver {
    process: Child,
    port: u16,
    /// Ends after the driver.
    _screen: Option<Screen>,
}

impl Driver {
    pub(crate) fn start(engine: Engine) -> Result<Self> {
        let program = engine.driver()?;
        let port = free_port()?;
        let mut command = Command::new(&program);
        command.arg(format!("--port={port}")).args(engine.driver_arguments());
        let screen = if engine.needs_a_screen() {
            let screen = Screen::start()?;
            command.env("DISPLAY", screen.name()).env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY");
            // No desktop either: the browser is not to wait for one.
            command.env("DBUS_SESSION_BUS_ADDRESS", "disabled:").env("NO_AT_BRIDGE", "1");
            command.env("GSETTINGS_BACKEND", "memory");
            Some(screen)
        } else {
            None
        };
        let process = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        let mut driver = Self { process, port, _screen: screen };
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            let ended = driver.process.try_wait()?;
            ensure!(ended.is_none(), "expected {} to run, found {ended:?}", program.display());
            ensure!(
                start.elapsed() < PATIENCE,
                "expected {} to answer on port {port} within {PATIENCE:?}, found nothing",
                program.display()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(driver)
    }

    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A port that nobody listens on, as the system gives it.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("looking for a free port")?;
    Ok(listener.local_addr()?.port())
}

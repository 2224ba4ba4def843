//! Starts a fresh browser for each measurement: no cache, no compiled code, no warm process.

use std::ops::Sub;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::driver::Driver;
use crate::engine::Engine;
use crate::line::Line;
use crate::session::Session;
use crate::site::Site;

/// The script that runs in each page before the page's own.
const PROBE: &str = include_str!("probe.js");

/// The address for all other hosts; a command line argument prevents this browser from contacting them.
const NOWHERE: &str = "127.0.0.1:9";

/// The timeout for loading a page or evaluating an expression, in milliseconds.
const PATIENCE: u32 = 50_000;

/// Starts browsers for a site.
pub(crate) struct Browsers<'a> {
    pub(crate) site: &'a Site,
    driver: Driver,
}

impl<'a> Browsers<'a> {
    pub(crate) fn new(site: &'a Site) -> Result<Self> {
        Ok(Self { site, driver: Driver::start(Engine::Chromium)? })
    }

    /// Measures something in a fresh browser. If the browser fails, reports that and tries once more.
    pub(crate) fn take<T>(&self, line: Line, visit: impl Fn(&Browser<'_>) -> Result<T>) -> Result<T> {
        let attempt = || visit(&self.start(line)?);
        attempt().or_else(|error| {
            eprintln!("once more, since it failed: {error:#}");
            attempt()
        })
    }

    /// Starts a browser with an empty tab and the conditions of `line`.
    pub(crate) fn start(&self, line: Line) -> Result<Browser<'a>> {
        let profile = Profile::new();
        let mut capabilities = Engine::Chromium.capabilities(&profile.0, NOWHERE)?;
        capabilities["timeouts"] = json!({ "script": PATIENCE, "pageLoad": PATIENCE, "implicit": 0 });
        if let Some(capabilities) = capabilities.as_object_mut() {
            capabilities.remove("goog:loggingPrefs"); // Logging costs time.
        }
        let session = Session::start(&self.driver.address(), capabilities)?;
        let browser = Browser { session, site: self.site, _profile: profile };
        // A page of the same site, so that the measured page is loaded in the same process.
        browser.session.open(&self.site.address("/blank"))?;
        browser.session.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": PROBE }))?;
        browser.session.devtools("Performance.enable", json!({}))?;
        browser.session.devtools("Network.enable", json!({}))?;
        for (command, parameters) in line.conditions() {
            browser.session.devtools(command, parameters)?;
        }
        self.site.sent();
        Ok(browser)
    }
}

/// A running browser. Dropping it closes the browser, then removes the profile.
pub(crate) struct Browser<'a> {
    session: Session,
    site: &'a Site,
    _profile: Profile,
}

impl Browser<'_> {
    /// Runs this script at the start of every page opened from now on, after the probe.
    pub(crate) fn prepare(&self, script: &str) -> Result<()> {
        self.session.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }))?;
        Ok(())
    }

    /// Opens a page of the site.
    pub(crate) fn open(&self, path: &str) -> Result<()> {
        self.session.open(&self.site.address(path))
    }

    /// Returns the value of an expression; promises are awaited.
    pub(crate) fn get(&self, expression: &str) -> Result<Value> {
        let value = self.session.execute(&format!("return ({expression});"), json!([]));
        value.with_context(|| format!("asking for {expression}"))
    }

    /// Returns the number that an expression evaluates to.
    pub(crate) fn number(&self, expression: &str) -> Result<f64> {
        let value = self.get(expression)?;
        value.as_f64().with_context(|| format!("{expression}: expected a number, found {value}"))
    }

    /// Returns the main thread's time since the page was opened, without the time for measuring.
    pub(crate) fn main_thread(&self) -> Result<MainThread> {
        let metrics = self.session.devtools("Performance.getMetrics", json!({}))?;
        let milliseconds = |name: &str| {
            let metrics = metrics["metrics"].as_array().into_iter().flatten();
            let seconds =
                metrics.filter(|metric| metric["name"] == name).find_map(|metric| metric["value"].as_f64());
            seconds
                .map(|seconds| seconds * 1000.0)
                .with_context(|| format!("expected the metric {name}, found none"))
        };
        let tasks = milliseconds("TaskDuration")? - milliseconds("DevToolsCommandDuration")?;
        Ok(MainThread { tasks, scripts: milliseconds("ScriptDuration")? })
    }

    /// Writes a PNG of the whole page.
    pub(crate) fn picture(&self, path: &Path) -> Result<()> {
        let side = |name: &str| self.number(&format!("document.documentElement.{name}"));
        let (width, height) = (side("scrollWidth")?, side("scrollHeight")?);
        let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
        let whole = json!({ "captureBeyondViewport": true, "clip": clip });
        let shot = self.session.devtools("Page.captureScreenshot", whole)?;
        let data = shot["data"].as_str().context("expected a picture, found none")?;
        let png = STANDARD.decode(data).context("reading a picture")?;
        std::fs::write(path, png).with_context(|| format!("writing {}", path.display()))
    }

    /// Sends a command of the Chrome DevTools Protocol.
    pub(crate) fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        self.session.devtools(command, parameters)
    }
}

/// Times of a page's main thread, in milliseconds.
pub(crate) struct MainThread {
    /// All tasks.
    pub(crate) tasks: f64,
    /// Scripts only.
    pub(crate) scripts: f64,
}

impl Sub for MainThread {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { tasks: self.tasks - other.tasks, scripts: self.scripts - other.scripts }
    }
}

/// The folder of a browser's profile. It is new, and deleted when this value is dropped.
struct Profile(PathBuf);

impl Profile {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("review-card-bench-{}-{number}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        // The browser may still be writing; what remains is in the system's temporary folder.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Returns the browser's name and version.
pub(crate) fn version(browser: &Browser<'_>) -> Result<String> {
    let version = browser.devtools("Browser.getVersion", json!({}))?;
    let product = version["product"].as_str().context("expected the browser's version, found none")?;
    Ok(product.replace("HeadlessChrome/", "Chromium ").replace("Chrome/", "Chromium "))
}

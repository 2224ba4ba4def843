//! The browsers, and what is particular to each.

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    Webkit,
}

impl Engine {
    pub(crate) fn parse(name: &str) -> Result<Self> {
        Ok(match name {
            "chromium" => Self::Chromium,
            "firefox" => Self::Firefox,
            "webkit" => Self::Webkit,
            _ => bail!("expected chromium, firefox or webkit, found {name:?}"),
        })
    }

    /// The program that speaks WebDriver for it.
    pub(crate) fn driver(self) -> Result<PathBuf> {
        on_path(match self {
            Self::Chromium => &["chromedriver"],
            Self::Firefox => &["geckodriver"],
            Self::Webkit => &["WebKitWebDriver"],
        })
    }

    /// What that program is started with, beside its port.
    pub(crate) fn driver_arguments(self) -> &'static [&'static str] {
        match self {
            // For `Session::chrome`.
            Self::Firefox => &["--allow-system-access"],
            Self::Chromium | Self::Webkit => &[],
        }
    }

    /// Whether it has to have a screen; the others run without one.
    pub(crate) fn needs_a_screen(self) -> bool {
        self == Self::Webkit
    }

    /// Whether it speaks the Chrome DevTools protocol too, which tells of requests and console.
    pub(crate) fn has_devtools(self) -> bool {
        self == Self::Chromium
    }

    /// What a new session asks for; `profile` is a folder that does not exist yet, `proxy` the HOST:PORT of the proxy.
    pub(crate) fn capabilities(self, profile: &Path, proxy: &str) -> Result<Value> {
        // No exceptions by `noProxy`: WebKitGTK's browser was seen to read its list beyond the end, and to crash.
        let proxy = json!({ "proxyType": "manual", "httpProxy": proxy, "sslProxy": proxy });
        Ok(match self {
            Self::Chromium => json!({
                "browserName": "chrome",
                "acceptInsecureCerts": true,
                "goog:chromeOptions": {
                    "binary": on_path(&["chromium", "chromium-browser", "google-chrome"])?,
                    "args": chromium_arguments(profile),
                },
                "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
            }),
            Self::Firefox => json!({
                "browserName": "firefox",
                "acceptInsecureCerts": true,
                "proxy": proxy,
                "moz:firefoxOptions": {
                    "binary": on_path(&["firefox", "firefox-esr"])?,
                    "args": ["-headless", "-width", "1280", "-height", "985"],
                    "prefs": {
                        // As Chromium: Tab goes to links on every system.
                        "accessibility.tabfocus": 7,
                        // Whether a reader is online is the tests' to say.
                        "network.manage-offline-status": false,
                        "network.disable-localhost-when-offline": true,
                    },
                },
            }),
            // Its browser, MiniBrowser, is the driver's own.
            Self::Webkit => {
                json!({ "browserName": "MiniBrowser", "acceptInsecureCerts": true, "proxy": proxy })
            }
        })
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        })
    }
}

fn chromium_arguments(profile: &Path) -> Vec<String> {
    let mut arguments: Vec<String> = [
        "--headless",
        "--no-sandbox", // Chromium refuses to start as root with it.
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--window-size=1280,900",
        // Nothing leaves this machine, whatever a page asks for.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ]
    .map(Into::into)
    .into();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    arguments
}

/// The first of these programs that is on the PATH.
pub(crate) fn on_path(names: &[&str]) -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let candidates = names.iter().flat_map(|name| {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        std::env::split_paths(&path).map(move |folder| folder.join(&file)).collect::<Vec<_>>()
    });
    candidates
        .into_iter()
        .find(|candidate| candidate.is_file())
        .with_context(|| format!("expected {} on the PATH, found none: install it", names.join(" or ")))
}

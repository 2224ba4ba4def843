//! The reader's system, as far as a test can change it: the screen, what is preferred, the network.
//!
//! Chromium is reported by its DevTools, Firefox by scripts that run in its own windows ([`Session::chrome`]). WebKitGTK's
//! browser has neither: its window can be given a size, and that is all.

use anyhow::{Result, bail};
use serde_json::json;

use crate::engine::Engine;
use crate::session::Session;

/// The page's part of Firefox's window, in Firefox's own scripts.
const BROWSER: &str = "const browser = window.gBrowser.selectedBrowser;";
/// No window of WebKitGTK's browser is narrower: its tools need the room.
const WEBKIT_NARROWEST: u32 = 450;

/// What a window shows a page in.
pub(crate) enum Viewport {
    /// The window itself.
    Window,
    /// A frame of that size, in a window that cannot be so small.
    Frame,
}

/// Everything as it was when the browser started.
pub(crate) fn reset(session: &Session, engine: Engine) -> Result<()> {
    match engine {
        Engine::Chromium => {
            session.devtools("Emulation.clearDeviceMetricsOverride", json!({}))?;
            session.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 1 }))?;
            session.devtools("Emulation.setEmulatedMedia", json!({ "features": [] }))?;
            online(session, engine, true)?;
            scripts(session, engine, true)?;
        }
        Engine::Firefox => {
            session.chrome(&format!(
                "{BROWSER}
                for (const name of ['width', 'height', 'min-width', 'max-width']) browser.style.removeProperty(name);
                const context = browser.browsingContext;
                context.overrideDPPX = 0;
                Services.io.offline = false;
                context.prefersColorSchemeOverride = context.forcedColorsOverride = 'none';
                Services.prefs.clearUserPref('ui.prefersReducedMotion');
                Services.prefs.clearUserPref('javascript.enabled');"
            ))?;
        }
        Engine::Webkit => session.resize(1280, 938)?,
    }
    Ok(())
}

/// A viewport of so many CSS pixels, each of so many pixels of the screen.
pub(crate) fn viewport(
    session: &Session,
    engine: Engine,
    width: u32,
    height: u32,
    scale: u32,
) -> Result<Viewport> {
    match engine {
        Engine::Chromium => {
            let screen =
                json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": false });
            session.devtools("Emulation.setDeviceMetricsOverride", screen)?;
        }
        Engine::Firefox => {
            session.chrome(&format!(
                "{BROWSER}
                for (const name of ['width', 'min-width', 'max-width']) browser.style.setProperty(name, '{width}px');
                browser.style.setProperty('height', '{height}px');
                browser.browsingContext.overrideDPPX = {scale};"
            ))?;
        }
        Engine::Webkit if width < WEBKIT_NARROWEST => return Ok(Viewport::Frame),
        Engine::Webkit => session.resize(width, height)?,
    }
    Ok(Viewport::Window)
}

/// A media feature, as the reader's system would set it.
pub(crate) fn media(session: &Session, engine: Engine, feature: &str, value: &str) -> Result<()> {
    match engine {
        Engine::Chromium => {
            let features = json!({ "features": [{ "name": feature, "value": value }] });
            session.devtools("Emulation.setEmulatedMedia", features)?;
        }
        Engine::Firefox => {
            session.chrome(&match feature {
                "prefers-color-scheme" => {
                    format!("{BROWSER} browser.browsingContext.prefersColorSchemeOverride = '{value}';")
                }
                "forced-colors" => {
                    format!("{BROWSER} browser.browsingContext.forcedColorsOverride = '{value}';")
                }
                "prefers-reduced-motion" => {
                    let reduced = i32::from(value == "reduce");
                    format!("Services.prefs.setIntPref('ui.prefersReducedMotion', {reduced});")
                }
                _ => bail!("expected a media feature that Firefox supports, found {feature}"),
            })?;
        }
        Engine::Webkit => bail!("webkit has no command that sets {feature}"),
    }
    Ok(())
}

/// Whether the reader has a network.
pub(crate) fn online(session: &Session, engine: Engine, online: bool) -> Result<()> {
    match engine {
        Engine::Chromium => {
            let conditions =
                json!({ "offline": !online, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
            session.devtools("Network.enable", json!({}))?;
            session.devtools("Network.emulateNetworkConditions", conditions)?;
        }
        Engine::Firefox => {
            session.chrome(&format!(
                "Services.io.offline = {};
                Services.obs.notifyObservers(null, 'net:prune-all-connections');",
                !online
            ))?;
        }
        Engine::Webkit => bail!("webkit has no command that takes the network away"),
    }
    Ok(())
}

/// Whether scripts of pages that are opened from now on run. What a test runs does, but for its event listeners.
pub(crate) fn scripts(session: &Session, engine: Engine, run: bool) -> Result<()> {
    match engine {
        Engine::Chromium => {
            session.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": !run }))?;
        }
        Engine::Firefox => {
            session.chrome(&format!("Services.prefs.setBoolPref('javascript.enabled', {run});"))?;
        }
        Engine::Webkit => bail!("webkit has no command that switches scripts off"),
    }
    Ok(())
}

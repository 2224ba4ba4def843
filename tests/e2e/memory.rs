//! What a page needs: bytes of its heap, and nodes.
//!
//! | engine | how it is asked |
//! | --- | --- |
//! | Chromium | DevTools, after a collection |
//! | Firefox | the reports of `about:memory` on the page's windows, after its processes were asked to give back what they can |
//! | WebKitGTK | not at all: neither its driver nor a page can begin a collection, or say what is in use |

use std::thread::sleep;
use std::time::Duration;

use anyhow::{Result, bail, ensure};
use serde_json::json;

use crate::engine::Engine;
use crate::session::Session;

/// How often Firefox is asked until nothing more is given back.
const MOST_ROUNDS: usize = 20;
/// Between two of those.
const PAUSE: Duration = Duration::from_millis(400);

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Memory {
    pub(crate) bytes: f64,
    /// None where the browser does not count them.
    pub(crate) nodes: Option<f64>,
}

/// What the page of this origin needs, once nothing is held that nobody uses.
pub(crate) fn measure(session: &Session, engine: Engine, origin: &str) -> Result<Memory> {
    match engine {
        Engine::Chromium => of_chromium(session),
        Engine::Firefox => of_firefox(session, origin),
        Engine::Webkit => bail!("WebKitGTK has no command that measures memory"),
    }
}

fn of_chromium(session: &Session) -> Result<Memory> {
    session.devtools("Performance.enable", json!({}))?;
    session.devtools("HeapProfiler.collectGarbage", json!({}))?;
    let metrics = session.devtools("Performance.getMetrics", json!({}))?;
    let metric = |name: &str| {
        let all = metrics["metrics"].as_array().into_iter().flatten();
        all.filter(|metric| metric["name"] == name).find_map(|metric| metric["value"].as_f64())
    };
    Ok(Memory { bytes: metric("JSHeapUsedSize").unwrap_or_default(), nodes: metric("Nodes") })
}

/// A collection of Firefox is done by and by: it is asked until there is no less.
fn of_firefox(session: &Session, origin: &str) -> Result<Memory> {
    let mut least = f64::INFINITY;
    for _ in 0..MOST_ROUNDS {
        session.chrome("Services.obs.notifyObservers(null, 'child-mmu-request');")?;
        sleep(PAUSE);
        let bytes = reported(session, origin)?;
        if bytes > least * 0.99 {
            return Ok(Memory { bytes: bytes.min(least), nodes: None });
        }
        least = bytes;
    }
    Ok(Memory { bytes: least, nodes: None })
}

fn reported(session: &Session, origin: &str) -> Result<f64> {
    let host = origin.trim_start_matches("http://");
    session.chrome(&format!(
        "window.reported = null;
        let bytes = 0;
        const manager = Cc['@mozilla.org/memory-reporter-manager;1'].getService(Ci.nsIMemoryReporterManager);
        const add = (process, path, kind, units, amount) => {{
          if (path.includes('window-objects/top(') && path.includes('{host}')) bytes += amount;
        }};
        manager.getReports(add, null, () => {{ window.reported = bytes; }}, null, false);"
    ))?;
    for _ in 0..100 {
        sleep(PAUSE / 8);
        if let Some(bytes) = session.chrome("return window.reported;")?.as_f64() {
            ensure!(bytes > 0.0, "expected a report of the page's memory, found none");
            return Ok(bytes);
        }
    }
    bail!("expected a report of the page's memory within five seconds, found none")
}

//! What a browser tells of its pages: warnings and errors in the console, and requests.
//!
//! | engine | console | requests |
//! | --- | --- | --- |
//! | Chromium | its log | its log |
//! | Firefox | what `tests/pages/record.js` has kept on the page | an observer in Firefox's own window |
//! | WebKitGTK | the same | what its proxy, the [`Site`], was asked for: of encrypted connections the host alone |

use anyhow::Result;
use serde_json::{Value, json};

use crate::engine::Engine;
use crate::session::Session;
use crate::site::Site;

/// What has been reported since the last time.
pub(crate) struct Told {
    pub(crate) console: Vec<String>,
    /// Absolute addresses.
    pub(crate) requests: Vec<String>,
}

/// Takes what there is.
pub(crate) fn take(session: &Session, site: &Site, engine: Engine) -> Result<Told> {
    Ok(match engine {
        Engine::Chromium => Told { console: log(session)?, requests: performance(session)? },
        Engine::Firefox => Told { console: said(session)?, requests: observed(session)? },
        Engine::Webkit => Told { console: said(session)?, requests: site.take_foreign() },
    })
}

fn log(session: &Session) -> Result<Vec<String>> {
    let entries = session.log("browser")?;
    let serious =
        entries.iter().filter(|entry| matches!(entry["level"].as_str(), Some("WARNING" | "SEVERE")));
    Ok(serious.filter_map(|entry| entry["message"].as_str()).map(Into::into).collect())
}

fn performance(session: &Session) -> Result<Vec<String>> {
    let mut requests = Vec::new();
    for entry in session.log("performance")? {
        let event: Value = serde_json::from_str(entry["message"].as_str().unwrap_or("null"))?;
        let event = &event["message"];
        if let ("Network.requestWillBeSent", Some(address)) =
            (event["method"].as_str().unwrap_or_default(), event["params"]["request"]["url"].as_str())
            && address.starts_with("http")
        {
            requests.push(address.to_owned());
        }
    }
    Ok(requests)
}

fn said(session: &Session) -> Result<Vec<String>> {
    Ok(texts(&session.execute("return (window.said ?? []).splice(0)", json!([]))?))
}

/// Requests of pages; the browser's own belong to no page.
fn observed(session: &Session) -> Result<Vec<String>> {
    let observed = session.chrome(
        "if (!window.observed) {
          const observed = (window.observed = []);
          Services.obs.addObserver((channel) => {
            channel.QueryInterface(Ci.nsIHttpChannel);
            if (channel.loadInfo?.browsingContextID) observed.push(channel.URI.spec);
          }, 'http-on-opening-request');
        }
        return window.observed.splice(0);",
    )?;
    Ok(texts(&observed))
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(Into::into).collect()
}

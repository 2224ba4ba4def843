//! A browser, by [WebDriver](https://www.w3.org/TR/webdriver2/): the few commands that the tests need.
//!
//! Why not a client library: the ones there are bring an async runtime into every test, sixty crates and, by way of
//! Mozilla's `webdriver`, a licence that `deny.toml` does not allow. A command is one POST of JSON.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use serde_json::{Value, json};

/// The longest that any command may take; scripts and pages have shorter limits of their own.
const PATIENCE: Duration = Duration::from_secs(90);
/// The longest that a browser may take to start; one that hangs is started again.
const START: Duration = Duration::from_secs(20);
/// The limit of a script that is waited for, and of a page's loading.
const SCRIPT_PATIENCE: Duration = Duration::from_secs(40);
/// The key of a reference to an element (WebDriver, "web element identifier").
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser that a driver has started; it is closed with this value.
pub(crate) struct Session {
    agent: ureq::Agent,
    address: String,
}

impl Session {
    pub(crate) fn start(driver: &str, mut capabilities: Value) -> Result<Self> {
        let agent = |patience| -> ureq::Agent {
            let config = ureq::Agent::config_builder().http_status_as_error(false);
            config.timeout_global(Some(patience)).build().into()
        };
        let mut session = Self { agent: agent(START), address: format!("{driver}/session") };
        if capabilities["timeouts"].is_null() {
            let limit = SCRIPT_PATIENCE.as_millis();
            capabilities["timeouts"] = json!({ "script": limit, "pageLoad": limit, "implicit": 0 });
        }
        let request = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let started = session.post("", request).context("starting the browser")?;
        let id = started["sessionId"].as_str().context("expected a sessionId, found none")?;
        session.address = format!("{}/{id}", session.address);
        session.agent = agent(PATIENCE);
        Ok(session)
    }

    pub(crate) fn open(&self, address: &str) -> Result<()> {
        self.leave_frame()?;
        self.post("/url", json!({ "url": address })).with_context(|| format!("opening {address}"))?;
        Ok(())
    }

    /// Runs the body of a function.
    pub(crate) fn execute(&self, script: &str, arguments: Value) -> Result<Value> {
        self.post("/execute/sync", json!({ "script": script, "args": arguments }))
    }

    /// Presses and releases keys, one after the other.
    pub(crate) fn press(&self, keys: &[char]) -> Result<()> {
        let strokes: Vec<Value> = keys
            .iter()
            .flat_map(|key| {
                ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key.to_string() }))
            })
            .collect();
        self.act(json!({ "type": "key", "id": "keyboard", "actions": strokes }))
    }

    /// Presses a key while another is held.
    pub(crate) fn press_with(&self, held: char, key: char) -> Result<()> {
        let strokes = [("keyDown", held), ("keyDown", key), ("keyUp", key), ("keyUp", held)];
        let strokes = strokes.map(|(kind, key)| json!({ "type": kind, "value": key.to_string() }));
        self.act(json!({ "type": "key", "id": "keyboard", "actions": strokes }))
    }

    /// Clicks the middle of an element, which [`Session::execute`] has returned.
    pub(crate) fn click(&self, element: &Value) -> Result<()> {
        if element[ELEMENT].is_null() {
            bail!("expected an element to click, found {element}");
        }
        self.act(json!({
            "type": "pointer",
            "id": "mouse",
            "actions": [
                { "type": "pointerMove", "origin": element, "x": 0, "y": 0 },
                { "type": "pointerDown", "button": 0 },
                { "type": "pointerUp", "button": 0 },
            ],
        }))
    }

    /// A command of the Chrome DevTools protocol (Chromium only).
    pub(crate) fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        self.post("/goog/cdp/execute", json!({ "cmd": command, "params": parameters }))
            .context(command.to_owned())
    }

    /// Runs a script in the browser's own window, with all its rights (Firefox only).
    pub(crate) fn chrome(&self, script: &str) -> Result<Value> {
        self.post("/moz/context", json!({ "context": "chrome" }))?;
        let result = self.execute(script, json!([]));
        self.post("/moz/context", json!({ "context": "content" }))?;
        result
    }

    /// Makes the window so large, its frame and tools included.
    pub(crate) fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.post("/window/rect", json!({ "width": width, "height": height }))?;
        Ok(())
    }

    /// Goes back to the window.
    pub(crate) fn leave_frame(&self) -> Result<()> {
        self.post("/frame", json!({ "id": null })).context("leaving a frame")?;
        Ok(())
    }

    /// Goes into the first frame of the page: what follows is run there, until another page is opened.
    pub(crate) fn enter_frame(&self) -> Result<()> {
        self.post("/frame", json!({ "id": 0 }))?;
        Ok(())
    }

    /// The viewport as a PNG file.
    pub(crate) fn screenshot(&self) -> Result<Vec<u8>> {
        let answer = self.get("/screenshot")?;
        let text = answer.as_str().context("expected a picture of the viewport, found none")?;
        base64::engine::general_purpose::STANDARD.decode(text).context("decoding the picture of the viewport")
    }

    /// What a log has gathered since it was last asked (Chromium only).
    pub(crate) fn log(&self, kind: &str) -> Result<Vec<Value>> {
        match self.post("/se/log", json!({ "type": kind }))? {
            Value::Array(entries) => Ok(entries),
            other => bail!("expected the log {kind}, found {other}"),
        }
    }

    /// Whether the browser still lives.
    pub(crate) fn answers(&self) -> bool {
        self.get("/url").is_ok()
    }

    pub(crate) fn cookies(&self) -> Result<Value> {
        self.get("/cookie")
    }

    fn act(&self, source: Value) -> Result<()> {
        self.post("/actions", json!({ "actions": [source] }))?;
        Ok(())
    }

    fn post(&self, command: &str, body: Value) -> Result<Value> {
        let request = self.agent.post(format!("{}{command}", self.address));
        let request = request.header("content-type", "application/json; charset=utf-8");
        answer(request.send(body.to_string())?)
    }

    fn get(&self, command: &str) -> Result<Value> {
        answer(self.agent.get(format!("{}{command}", self.address)).call()?)
    }

    fn delete(&self, command: &str) -> Result<Value> {
        answer(self.agent.delete(format!("{}{command}", self.address)).call()?)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Where the browser has crashed there is nothing to close.
        let _ = self.delete("");
    }
}

fn answer(mut response: ureq::http::Response<ureq::Body>) -> Result<Value> {
    let bytes = response.body_mut().with_config().limit(256 << 20).read_to_vec()?;
    let mut answer: Value = serde_json::from_slice(&bytes).context("reading the driver's answer")?;
    let value = answer["value"].take();
    match (value["error"].as_str(), value["message"].as_str()) {
        (Some(error), message) if !response.status().is_success() => {
            bail!("{error}: {}", message.unwrap_or_default().lines().next().unwrap_or_default())
        }
        _ => Ok(value),
    }
}

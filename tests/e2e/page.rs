//! A page in a browser.
//!
//! The expressions of a test are JavaScript that may call the functions of `words.js`: `card`, `part("title")`,
//! `text(…)`. An expectation is checked again until it is true, for at most [`PATIENCE`].

use std::cell::{Cell, RefCell};
use std::panic::Location;
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use serde_json::{Value, json};

use crate::engine::Engine;
use crate::memory::{self, Memory};
use crate::picture::Picture;
use crate::session::Session;
use crate::site::Site;
use crate::system::{self, Viewport};
use crate::watch;

/// The longest wait for an expectation: more than a busy machine needs, since only a failure waits that long.
const PATIENCE: Duration = Duration::from_secs(30);
/// The same for long work.
const LONG_PATIENCE: Duration = Duration::from_secs(90);
/// The time between two checks.
const PAUSE: Duration = Duration::from_millis(8);
/// Whether pictures and fonts are loaded, and no animation runs.
const STILL: &str = "document.fonts.status == 'loaded'
  && [document, ...[...document.querySelectorAll('*')].map((each) => each.shadowRoot).filter(Boolean)]
    .every((root) => [...root.querySelectorAll('img')].every((each) => each.complete || !seen(each))
      && root.getAnimations().every((each) => each.playState == 'finished'))";
/// The functions for expressions.
const WORDS: &str = include_str!("words.js");

/// The element's script.
const SCRIPT: &str = r#"<script type="module" src="/review-card/review-card.js"></script>"#;

pub(crate) const BACKSPACE: char = '\u{E003}';
pub(crate) const SHIFT: char = '\u{E008}';
pub(crate) const TAB: char = '\u{E004}';
pub(crate) const ENTER: char = '\u{E007}';
pub(crate) const SPACE: char = ' ';

/// An empty tab; a test opens a document in it.
pub(crate) struct Page<'a> {
    session: &'a Session,
    site: &'a Site,
    engine: Engine,
    /// Warnings and errors of the console that no test has asked about yet.
    console: RefCell<Vec<String>>,
    /// Requests that the browser has reported.
    requests: RefCell<Vec<String>>,
    /// The size of the frame that pages are opened in; `None` if that is the window itself.
    frame: Cell<Option<(u32, u32)>>,
    /// Whether the page's scripts run.
    scripts: Cell<bool>,
}

impl<'a> Page<'a> {
    pub(crate) fn new(session: &'a Session, site: &'a Site, engine: Engine) -> Result<Self> {
        // A tab of its own for each test would double the time. The page is the site's: one of another origin would be
        // another process, and what is said of the screen goes to a process.
        system::reset(session, engine)?;
        session.open(&format!("{}/blank", site.origin()))?;
        // A case that failed may have left something: that is its own failure, not one of all that follow.
        session.execute("localStorage.clear(); sessionStorage.clear()", json!([]))?;
        site.forget();
        let page = Self {
            session,
            site,
            engine,
            console: RefCell::default(),
            requests: RefCell::default(),
            frame: Cell::default(),
            scripts: Cell::new(true),
        };
        page.listen()?; // What an earlier page said is not this one's.
        page.console.take();
        page.requests.take();
        Ok(page)
    }

    pub(crate) fn site(&self) -> &Site {
        self.site
    }

    /// Opens a blog post with `body` in it and the element's script in its head.
    pub(crate) fn open(&self, body: &str) -> Result<()> {
        self.open_document(SCRIPT, &format!("<main><h1>A blog</h1>{body}</main>"))
    }

    /// Opens a document with this in its head and its body.
    pub(crate) fn open_document(&self, head: &str, body: &str) -> Result<()> {
        self.site.put("/post", document(head, body));
        self.visit("/post")
    }

    /// Opens a blog post as [`Page::open`] does, under a Content-Security-Policy; what that refuses is kept as `refused`, and
    /// reported to `/reports`.
    pub(crate) fn open_under(&self, policy: &str, head: &str, body: &str) -> Result<()> {
        let headers = [("content-security-policy", &*format!("{policy}; report-uri /reports"))];
        let body = format!("<main><h1>A blog</h1>{body}</main>");
        self.site.put_with("/post", document(head, &body), &headers)?;
        self.visit("/post")
    }

    /// [`Page::open`], over https.
    pub(crate) fn open_securely(&self, body: &str) -> Result<()> {
        self.site.put("/post", document(SCRIPT, &format!("<main><h1>A blog</h1>{body}</main>")));
        self.listen()?;
        self.session.open(&format!("{}/post", self.site.secure()))
    }

    /// Opens what the site has at a path.
    pub(crate) fn visit(&self, path: &str) -> Result<()> {
        self.listen()?; // What the page before this has said.
        let Some((width, height)) = self.frame.get() else {
            return self.session.open(&format!("{}{path}", self.site.origin()));
        };
        let frame =
            format!("<iframe src='{path}' style='width: {width}px; height: {height}px; border: 0'></iframe>");
        self.site.put("/frame", format!("<!doctype html><title>A frame</title>{frame}"));
        self.session.open(&format!("{}/frame", self.site.origin()))?;
        self.session.enter_frame()
    }

    /// Runs statements; what they `return` is returned.
    pub(crate) fn run(&self, statements: &str) -> Result<Value> {
        if !self.scripts.get() {
            // Listeners do not run.
            return self.session.execute(&format!("{WORDS}\n{statements}"), json!([]));
        }
        // In a listener, as scripts of a page mostly are: WebKit's driver calls a bare script in a way that lets microtasks
        // run in the middle of it.
        let script = format!(
            "{WORDS}
            let result, failure;
            const task = new EventTarget();
            task.addEventListener('run', () => {{
              try {{ result = (() => {{ {statements}\n }})(); }} catch (error) {{ failure = error; }}
            }});
            task.dispatchEvent(new Event('run'));
            if (failure) throw failure;
            return result;"
        );
        self.session.execute(&script, json!([]))
    }

    /// The value of an expression, now.
    pub(crate) fn get(&self, expression: &str) -> Result<Value> {
        self.run(&format!("return ({expression});"))
    }

    /// Waits until the expression has this value.
    #[track_caller]
    pub(crate) fn expect(&self, expression: &str, expected: impl Into<Value>) -> Result<()> {
        let expected = expected.into();
        self.wait(expression, &expected.to_string(), |found| *found == expected)
    }

    /// Waits until the expression has a value that counts as true in JavaScript.
    #[track_caller]
    pub(crate) fn expect_that(&self, expression: &str) -> Result<()> {
        self.wait(&format!("!!({expression}) || ({expression})"), "true", |found| *found == Value::Bool(true))
    }

    /// [`Page::expect`] for what takes longer: a hundred files.
    #[track_caller]
    pub(crate) fn expect_patiently(&self, expression: &str, expected: impl Into<Value>) -> Result<()> {
        let start = Instant::now();
        let expected = expected.into();
        while start.elapsed() < LONG_PATIENCE && self.get(expression).ok().as_ref() != Some(&expected) {
            std::thread::sleep(PAUSE * 10);
        }
        self.is(expression, expected)
    }

    /// What the page needs, once nothing is held that nobody uses.
    pub(crate) fn memory(&self) -> Result<Memory> {
        memory::measure(self.session, self.engine, self.site.origin())
    }

    /// Returns the nodes of the accessibility tree, in their order. Fails in a browser that cannot tell them.
    pub(crate) fn accessibility_tree(&self) -> Result<Vec<Value>> {
        ensure!(
            self.engine.has_devtools(),
            "{:?} has no command that reads the accessibility tree",
            self.engine
        );
        let tree = self.session.devtools("Accessibility.getFullAXTree", json!({}))?;
        let nodes = tree["nodes"].as_array().cloned().unwrap_or_default();
        Ok(nodes.into_iter().filter(|node| node["ignored"] != true).collect())
    }

    /// Checks that the expression has this value now.
    #[track_caller]
    pub(crate) fn is(&self, expression: &str, expected: impl Into<Value>) -> Result<()> {
        let (expected, found) = (expected.into(), self.get(expression)?);
        ensure!(
            found == expected,
            "{}: {expression}\n  expected {expected}\n  found    {found}",
            Location::caller()
        );
        Ok(())
    }

    /// Waits until so many cards have been shown.
    #[track_caller]
    pub(crate) fn expect_loads(&self, count: usize) -> Result<()> {
        self.expect("heard.filter((event) => event.name == 'load').length", count)
    }

    #[track_caller]
    fn wait(&self, expression: &str, expected: &str, holds: impl Fn(&Value) -> bool) -> Result<()> {
        let statements =
            format!("try {{ return ({expression}); }} catch (error) {{ return String(error); }}");
        let (caller, start) = (Location::caller(), Instant::now());
        loop {
            let found = self.run(&statements)?;
            if holds(&found) {
                return Ok(());
            }
            if start.elapsed() > PATIENCE {
                bail!(
                    "{caller}: {expression}\n  expected {expected} within {PATIENCE:?}\n  found    {found}"
                );
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Waits until so many requests have had `part` in their address.
    #[track_caller]
    pub(crate) fn expect_requests(&self, part: &str, count: usize) -> Result<()> {
        let (caller, start) = (Location::caller(), Instant::now());
        while self.site.count(part) != count {
            ensure!(
                start.elapsed() < PATIENCE,
                "{caller}: expected {count} requests for {part} within {PATIENCE:?}, found {}",
                self.site.count(part)
            );
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Checks that so many requests had `part` in their address until now.
    #[track_caller]
    pub(crate) fn requested(&self, part: &str, count: usize) -> Result<()> {
        let found = self.site.count(part);
        ensure!(
            found == count,
            "{}: expected {count} requests for {part}, found {found}",
            Location::caller()
        );
        Ok(())
    }

    /// Lets time go by, for what should *not* happen to have had its chance.
    pub(crate) fn rest(&self, milliseconds: u64) {
        std::thread::sleep(Duration::from_millis(milliseconds));
    }

    /// Clicks an element.
    pub(crate) fn click(&self, expression: &str) -> Result<()> {
        self.run(&format!("({expression}).scrollIntoView({{ block: 'center' }})"))?;
        // A click on what still moves is none: the button goes up on another element than it went down on.
        let place = format!(
            "const {{ x, y }} = ({expression}).getBoundingClientRect(); return JSON.stringify([x, y]);"
        );
        let (start, mut last) = (Instant::now(), self.run(&place)?);
        loop {
            std::thread::sleep(PAUSE * 2);
            let next = self.run(&place)?;
            if next == last {
                break;
            }
            ensure!(start.elapsed() < PATIENCE, "expected {expression} to stand still within {PATIENCE:?}");
            last = next;
        }
        self.session.click(&self.run(&format!("return ({expression});"))?)
    }

    pub(crate) fn press(&self, key: char) -> Result<()> {
        self.session.press(&[key])
    }

    /// The same while another key is held.
    pub(crate) fn press_with(&self, held: char, key: char) -> Result<()> {
        self.session.press_with(held, key)
    }

    pub(crate) fn engine(&self) -> Engine {
        self.engine
    }

    /// Makes the viewport so many CSS pixels large, each of so many pixels of the screen; before a page is opened.
    pub(crate) fn viewport(&self, width: u32, height: u32, scale: u32) -> Result<()> {
        match system::viewport(self.session, self.engine, width, height, scale)? {
            Viewport::Window => {
                self.frame.set(None);
                self.session.leave_frame()?;
                self.expect("innerWidth", width)
            }
            Viewport::Frame => {
                self.in_frame(width, height);
                Ok(())
            }
        }
    }

    /// Opens pages in a frame of that size from now on.
    pub(crate) fn in_frame(&self, width: u32, height: u32) {
        self.frame.set(Some((width, height)));
    }

    /// Sets a media feature, as a reader's system would.
    pub(crate) fn media(&self, feature: &str, value: &str) -> Result<()> {
        system::media(self.session, self.engine, feature, value)
    }

    /// Lets scripts of pages run, or not, that are opened from now on.
    pub(crate) fn scripts(&self, run: bool) -> Result<()> {
        system::scripts(self.session, self.engine, run)?;
        self.scripts.set(run);
        Ok(())
    }

    /// What is seen in the viewport, once nothing in it moves or is still to come.
    pub(crate) fn picture(&self) -> Result<Picture> {
        self.expect("document.readyState", "complete")?;
        self.expect_that(STILL)?;
        let start = Instant::now();
        let mut last = self.session.screenshot()?;
        loop {
            let next = self.session.screenshot()?;
            if last == next {
                return Picture::decode(&next);
            }
            ensure!(start.elapsed() < PATIENCE, "expected a page that stands still within {PATIENCE:?}");
            last = next;
        }
    }

    /// Takes the reader's network away, or gives it back.
    pub(crate) fn online(&self, online: bool) -> Result<()> {
        system::online(self.session, self.engine, online)
    }

    /// Takes the first warning or error of the console with this text in it: it is expected.
    #[track_caller]
    pub(crate) fn expect_console(&self, part: &str) -> Result<()> {
        let (caller, start) = (Location::caller(), Instant::now());
        loop {
            self.listen()?;
            let mut console = self.console.borrow_mut();
            if let Some(at) = console.iter().position(|message| message.contains(part)) {
                console.remove(at);
                return Ok(());
            }
            ensure!(
                start.elapsed() < PATIENCE,
                "{caller}: expected {part:?} in the console, found {:#?}",
                *console
            );
            drop(console);
            std::thread::sleep(PAUSE);
        }
    }

    /// The same of what the browser itself says of failed requests and refusals, in the words of Chromium; what the others
    /// say of them is not to be had.
    #[track_caller]
    pub(crate) fn expect_from_browser(&self, part: &str) -> Result<()> {
        if self.engine.has_devtools() { self.expect_console(part) } else { Ok(()) }
    }

    /// Takes requests to other origins: they are expected. Returns them.
    pub(crate) fn expect_foreign_requests(&self) -> Result<Vec<String>> {
        self.listen()?;
        let own = [self.site.origin(), self.site.secure()];
        let is_own = |address: &String| own.iter().any(|own| address.starts_with(own));
        let (own, foreign) = self.requests.take().into_iter().partition(is_own);
        *self.requests.borrow_mut() = own;
        Ok(foreign)
    }

    /// Passes over what the console has said and what other origins were asked for until now.
    pub(crate) fn forgive(&self) -> Result<()> {
        self.listen()?;
        self.console.take();
        self.requests.take();
        Ok(())
    }

    /// What holds of every page: nothing in the console that the test has not named, no request to another origin,
    /// nothing kept in the browser.
    pub(crate) fn settle(&self) -> Result<()> {
        let foreign = self.expect_foreign_requests()?;
        let plain = |line: &str| line.replace("\\u003C", "<").replace('\\', "");
        // What an event says of the data, the console says too.
        let problems = self.get(
            "(globalThis.heard ?? []).flatMap(({ detail }) => detail?.problems ?? []).map(({ message }) => message)",
        );
        let problems: Vec<String> =
            problems.ok().and_then(|found| serde_json::from_value(found).ok()).unwrap_or_default();
        let is_reported =
            |line: &String| problems.iter().any(|problem| plain(line).contains(&plain(problem)));
        self.console.borrow_mut().retain(|line| !is_reported(line));
        let console = self.console.borrow();
        ensure!(console.is_empty(), "expected nothing in the console, found {console:#?}");
        ensure!(foreign.is_empty(), "expected no request to another origin, found {foreign:#?}");
        let cookies = self.session.cookies()?;
        ensure!(cookies == json!([]), "expected no cookie, found {cookies}");
        self.is("location.protocol == 'about:' || localStorage.length + sessionStorage.length == 0", true)
    }

    /// For the report of a failure: what happened on the page.
    pub(crate) fn account(&self) -> String {
        let heard = self.get("globalThis.heard").unwrap_or_default();
        let _ = self.listen();
        format!(
            "events: {heard}\nconsole: {:#?}\nrequests: {:?}",
            self.console.borrow(),
            self.site.requests()
        )
    }

    /// Takes what the browser tells.
    fn listen(&self) -> Result<()> {
        let reported = watch::take(self.session, self.site, self.engine)?;
        self.console.borrow_mut().extend(reported.console);
        self.requests.borrow_mut().extend(reported.requests);
        Ok(())
    }
}

fn document(head: &str, body: &str) -> String {
    format!(
        r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A blog</title>
<script src="/pages/record.js"></script>
{head}
<body>{body}</body>
</html>"#
    )
}

//! Measures `<review-list>` with a whole archive: when its first cards appear, and whether typing in its search box is
//! smooth.

use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::json;

use crate::browser::{Browser, Browsers};
use crate::cards;
use crate::line::{Line, conditions};
use crate::results::{Measure, Results};
use crate::site::Files;
use crate::subject::{self, OWN_SCRIPT};

/// The number of reviews in a small and in a large file.
pub(crate) const SIZES: [usize; 2] = [200, 20_000];
/// The text that is typed, letter by letter, and then deleted again.
const TYPED: &str = "apartment 19";
/// The delay between two letters of a fast typist.
const BETWEEN: Duration = Duration::from_millis(150);
/// How long results may keep arriving.
const AFTERWARDS: Duration = Duration::from_secs(2);
/// How many times slower a phone's main thread is.
const SLOWER: f64 = 4.0;
/// The bandwidth for a file in Mbit/s: a good mobile connection. A file that arrives faster than it is parsed, as
/// without this limit, is handled by Chromium in one task, however long the file is, and sometimes before the first
/// cards are drawn.
const MEGABITS: f64 = 40.0;

/// Returns the path of the page with the list alone, or with its controls.
pub(crate) fn path(count: usize, has_controls: bool) -> String {
    format!("/archive/{}{count}", if has_controls { "controls/" } else { "" })
}

/// Adds the files and pages to the site.
pub(crate) fn put_all(files: &mut Files, bench: &Path) -> Result<()> {
    for count in SIZES {
        let file = format!("/archive/{count}.json");
        files.put(&file, cards::collection(bench, count)?.as_bytes())?;
        for (has_controls, attributes) in [(false, ""), (true, " controls")] {
            let list = format!(r#"<review-list src="{file}" loading="eager"{attributes}></review-list>"#);
            files.put(&path(count, has_controls), subject::page(OWN_SCRIPT, &list).as_bytes())?;
        }
    }
    Ok(())
}

/// Runs one round.
pub(crate) fn round(browsers: &Browsers<'_>, results: &mut Results) -> Result<()> {
    for count in SIZES {
        let path = path(count, false);
        let time = browsers.take(Line::Fast, |browser| {
            slow_down(browser)?;
            browser.open(&path)?;
            browser.number("bench.firstScreen()")
        })?;
        results.add(&path, None, Measure::FirstScreen, time);
        let path = self::path(count, true);
        let longest = browsers.take(Line::Phone, |browser| typing(browser, &path))?;
        results.add(&path, None, Measure::Typing, longest);
    }
    let path = path(SIZES[1], true);
    let longest = browsers.take(Line::Phone, |browser| typing_meanwhile(browser, &path))?;
    results.add(&path, None, Measure::TypingMeanwhile, longest);
    Ok(())
}

/// Returns the longest task of the main thread during a search, in milliseconds.
fn typing(browser: &Browser<'_>, path: &str) -> Result<f64> {
    browser.open(path)?;
    browser.get("bench.searchIsWhole()")?;
    browser.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWER }))?;
    sleep(AFTERWARDS);
    browser.get("bench.forgetTasks()")?;
    type_and_delete(browser)?;
    browser.number("bench.longestTask()").context("asking for the longest task")
}

/// Like [`typing`], but while the file is still arriving, from the first cards to the last.
fn typing_meanwhile(browser: &Browser<'_>, path: &str) -> Result<f64> {
    slow_down(browser)?;
    browser.open(path)?;
    browser.get("bench.searchIsThere()")?;
    browser.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWER }))?;
    sleep(AFTERWARDS);
    browser.get("bench.forgetTasks()")?;
    anyhow::ensure!(
        browser.get("bench.isWhole()")? == false,
        "expected a file that still comes, found all of it"
    );
    while browser.get("bench.isWhole()")? == false {
        type_and_delete(browser)?;
    }
    browser.number("bench.longestTask()").context("asking for the longest task")
}

fn slow_down(browser: &Browser<'_>) -> Result<()> {
    browser.devtools("Network.enable", json!({}))?;
    browser.devtools("Network.emulateNetworkConditions", conditions(MEGABITS, MEGABITS, 0.0))?;
    Ok(())
}

fn type_and_delete(browser: &Browser<'_>) -> Result<()> {
    for letter in TYPED.chars() {
        browser.devtools("Input.insertText", json!({ "text": letter }))?;
        sleep(BETWEEN);
    }
    sleep(AFTERWARDS);
    let found = browser.number("bench.all('[aria-posinset]').length")?;
    anyhow::ensure!(found > 0.0, "expected reviews with {TYPED:?}, found none");
    for _ in TYPED.chars() {
        for kind in ["rawKeyDown", "keyUp"] {
            let key =
                json!({ "type": kind, "key": "Backspace", "code": "Backspace", "windowsVirtualKeyCode": 8 });
            browser.devtools("Input.dispatchKeyEvent", key)?;
        }
        sleep(BETWEEN);
    }
    sleep(AFTERWARDS);
    let left = browser.get("bench.all('input[type=search]')[0].value")?;
    anyhow::ensure!(left == "", "expected nothing in the search box, found {left}");
    Ok(())
}

//! Measures the cost of a card far below the fold for a visitor who never scrolls to it.
//!
//! In one browser, the same page is opened without the card and its script, once to warm up and once to be measured,
//! then with them. The cost is the additional time of the main thread from navigation until the page is at rest, and
//! its additional time while both pages are idle.

use anyhow::{Result, bail};

use crate::browser::{Browser, Browsers, MainThread};
use crate::line::Line;
use crate::results::{Measure, Results};
use crate::site::Files;
use crate::subject::{self, OWN_SCRIPT, own_card};

/// The page with the card.
pub(crate) const WITH: &str = "/unseen/with";
const WITHOUT: &str = "/unseen/without";
/// How often it is measured in a round, because the differences are small compared with the page's own times.
const TIMES: usize = 5;
/// How long a page must rest before it counts as idle, and how long it is then observed, in milliseconds.
const REST: u32 = 500;
const IDLE: u32 = 3000;

/// Adds the two pages to the site.
pub(crate) fn put_all(files: &mut Files) -> Result<()> {
    let below = |card: &str| format!(r#"<div style="height:8000px"></div>{card}"#);
    files.put(WITH, subject::page(OWN_SCRIPT, &below(&own_card())).as_bytes())?;
    files.put(WITHOUT, subject::page("", &below("")).as_bytes())
}

/// Runs one round.
pub(crate) fn round(browsers: &Browsers<'_>, results: &mut Results) -> Result<()> {
    for line in Line::ALL {
        for time in 0..TIMES {
            let Cost { loading, idle } = browsers.take(line, |browser| compare(browser, time == 0))?;
            results.add(WITH, Some(line), Measure::Unseen, loading.tasks);
            results.add(WITH, Some(line), Measure::UnseenScripts, loading.scripts);
            if let Some(idle) = idle {
                results.add(WITH, Some(line), Measure::Idle, idle);
            }
            nothing_more(browsers)?;
        }
    }
    Ok(())
}

/// The additional time of the main thread with the card.
struct Cost {
    /// While the page is loading.
    loading: MainThread,
    /// While the page is idle, in milliseconds; `None` if not measured.
    idle: Option<f64>,
}

fn compare(browser: &Browser<'_>, is_idle_asked: bool) -> Result<Cost> {
    load(browser, WITHOUT)?;
    let without = load(browser, WITHOUT)?;
    let idle_without = if is_idle_asked { Some(idle(browser)?) } else { None };
    let with = load(browser, WITH)?;
    let idle = match idle_without {
        Some(without) => Some(idle(browser)? - without),
        None => None,
    };
    Ok(Cost { loading: with - without, idle })
}

/// Returns the main thread's time until the page is at rest.
fn load(browser: &Browser<'_>, path: &str) -> Result<MainThread> {
    browser.open(path)?;
    browser.get(&format!("bench.rest({REST})"))?;
    browser.main_thread()
}

/// Returns the main thread's milliseconds while the page is idle.
fn idle(browser: &Browser<'_>) -> Result<f64> {
    let before = browser.main_thread()?;
    browser.get(&format!("bench.rest({IDLE})"))?;
    Ok((browser.main_thread()? - before).tasks)
}

/// Checks that only the script was downloaded.
fn nothing_more(browsers: &Browsers<'_>) -> Result<()> {
    let sent = browsers.site.sent();
    match sent.iter().find(|sent| sent.path.ends_with(".wasm") || sent.path.ends_with(".json")) {
        Some(more) => bail!("expected nothing but scripts for an unseen card, found {} asked for", more.path),
        None => Ok(()),
    }
}

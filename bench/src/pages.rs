//! Measures a page with one card: the bytes transferred, and the times until its parts appear.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::browser::Browsers;
use crate::line::Line;
use crate::results::{Measure, Results};
use crate::subject::Subject;

/// How long (ms) a page is observed after it is complete, because late shifts and tasks count.
const PAUSE: u32 = 1000;
/// How often the toggle is clicked on each complete page.
const CLICKS: u32 = 4;

/// Runs one round: each page once on each line. Each round begins with another page, so that none is always first.
pub(crate) fn round(
    browsers: &Browsers<'_>,
    subjects: &[Subject],
    round: usize,
    results: &mut Results,
) -> Result<()> {
    for line in Line::ALL {
        for step in 0..subjects.len() {
            let Some(subject) = subjects.get((round + step) % subjects.len()) else { continue };
            let measured = load(browsers, line, subject, results)
                .and_then(|()| toggle(browsers, line, subject, results));
            measured.with_context(|| format!("measuring {} on the {line} line", subject.path))?;
        }
    }
    Ok(())
}

/// Loads the page and records its metrics.
fn load(browsers: &Browsers<'_>, line: Line, subject: &Subject, results: &mut Results) -> Result<()> {
    let (seen, main_thread, latencies) = browsers.take(line, |browser| {
        browser.open(&subject.path)?;
        let seen = browser.get(&format!("bench.settled({PAUSE})"))?;
        let main_thread = browser.main_thread()?.tasks;
        Ok((seen, main_thread, browser.get(&format!("bench.toggleLatencies({CLICKS})"))?))
    })?;
    let mut add = |measure, value| results.add(&subject.path, Some(line), measure, value);
    add(Measure::MainThread, main_thread);
    for (measure, value) in [
        (Measure::Lcp, &seen["lcp"]["time"]),
        (Measure::Cls, &seen["cls"]),
        (Measure::LongestTask, &seen["longest"]),
    ] {
        add(measure, value.as_f64().with_context(|| format!("expected a number, found {value} in {seen}"))?);
    }
    for latency in latencies.as_array().into_iter().flatten().filter_map(Value::as_f64) {
        add(Measure::ToggleLatency, latency);
    }
    Ok(())
}

/// Loads the page again, and clicks until the review opens.
fn toggle(browsers: &Browsers<'_>, line: Line, subject: &Subject, results: &mut Results) -> Result<()> {
    let toggled = browsers.take(line, |browser| {
        browser.prepare("bench.watch = bench.watchToggle();")?;
        browser.open(&subject.path)?;
        browser.number("bench.watch.then(() => bench.toggled)")
    })?;
    results.add(&subject.path, Some(line), Measure::Toggle, toggled);
    Ok(())
}

//! Measures many cards at once: the time to paint a thousand, and the memory of a hundred.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::browser::Browsers;
use crate::line::Line;
use crate::results::{Measure, Results};
use crate::site::Files;
use crate::subject::{self, OURS, PEERS};

/// The sizes of the collections.
const COLLECTIONS: [usize; 2] = [1000, 100];
/// The number of paragraphs in each review of a list.
const PARAGRAPHS: usize = 2;

/// A way to draw many cards.
pub(crate) struct Many {
    pub(crate) name: &'static str,
    pub(crate) path: String,
    /// Whether all cards are drawn at once, not only those near the viewport.
    draws_all: bool,
}

/// The page without any card, which shows the memory of the page itself.
const NONE: &str = "no card";
/// The name of review-card when it draws every card at once, as the peers do.
const EAGER: &str = "review-card, all drawn";
/// The name of the list.
pub(crate) const LIST: &str = "review-list";

/// Adds the pages and the collections to the site.
pub(crate) fn put_all(files: &mut Files, bench: &Path, dist: &Path) -> Result<Vec<Many>> {
    for count in COLLECTIONS {
        files.put(&format!("/many/{count}.json"), collection(bench, count)?.as_bytes())?;
    }
    let mut all = Vec::new();
    let mut add = |name: &'static str, head: &str, draws_all| {
        let path = format!("/many/{}", name.replace(", ", "-").replace(' ', "-").to_lowercase());
        files.put(&path, subject::page(head, "").as_bytes())?;
        all.push(Many { name, path, draws_all });
        anyhow::Ok(())
    };
    for peer in &PEERS {
        add(peer.name, &peer.head("many.js"), true)?;
    }
    add(NONE, "", true)?;
    let element = |attributes: &str| {
        own_script(&format!(
            r#"place.append(...JSON.parse(text).reviews.map((data) => Object.assign(document.createElement("review-card"), {{ data{attributes} }})));"#
        ))
    };
    add(OURS, &element(""), false)?;
    add(EAGER, &element(r#", loading: "eager""#), true)?;
    if has_list(dist)? {
        let list = r#"place.append(Object.assign(document.createElement("review-list"), { layout: "stack", data: text }));"#;
        add(LIST, &own_script(list), false)?;
    }
    Ok(all)
}

fn own_script(body: &str) -> String {
    format!(
        r#"<script type="module">import "/review-card/review-card.js"; globalThis.showAll = (text, place) => {{ {body} }};</script>"#
    )
}

/// Returns whether the release contains the element `<review-list>`.
fn has_list(dist: &Path) -> Result<bool> {
    let path = dist.join("custom-elements.json");
    let manifest = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    Ok(manifest.contains(r#""review-list""#))
}

/// Returns the bench's review `count` times, each with its own id, title and rating.
pub(crate) fn collection(bench: &Path, count: usize) -> Result<String> {
    let path = bench.join("data/review.json");
    let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let review: Value = serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))?;
    let reviews: Vec<Value> = (0..count)
        .map(|number| {
            let mut review = review.clone();
            review["id"] = format!("review-{number}").into();
            review["title"] = format!("{}, {number}", review["title"].as_str().unwrap_or_default()).into();
            review["rating"]["value"] = json!(number % 6);
            if let Some(body) = review["body"].as_array_mut() {
                body.truncate(PARAGRAPHS);
            }
            review
        })
        .collect();
    Ok(json!({ "reviews": reviews }).to_string())
}

/// Runs one round: paints a thousand cards, and measures the memory of a hundred, in each way.
pub(crate) fn round(
    browsers: &Browsers<'_>,
    all: &[Many],
    round: usize,
    results: &mut Results,
) -> Result<()> {
    for step in 0..all.len() {
        let Some(many) = all.get((round + step) % all.len()) else { continue };
        let measured = paint(browsers, many, results).and_then(|()| heap(browsers, many, results));
        measured.with_context(|| format!("measuring {}", many.path))?;
    }
    Ok(())
}

fn paint(browsers: &Browsers<'_>, many: &Many, results: &mut Results) -> Result<()> {
    if many.name == NONE {
        return Ok(());
    }
    let draws_all = many.draws_all;
    let time = browsers.take(Line::Fast, |browser| {
        browser.open(&many.path)?;
        browser.number(&format!("{}.then((text) => bench.paintAll(text, 1000, {draws_all}))", text_of(1000)))
    })?;
    results.add(&many.path, None, Measure::PaintMany, time);
    Ok(())
}

/// Measures the bytes in use after a hundred cards have been drawn and garbage has been collected.
fn heap(browsers: &Browsers<'_>, many: &Many, results: &mut Results) -> Result<()> {
    let (usage, wasm) = browsers.take(Line::Fast, |browser| {
        browser.open(&many.path)?;
        if many.name != NONE {
            let draws_all = many.draws_all;
            browser
                .get(&format!("{}.then((text) => bench.paintAll(text, 100, {draws_all}))", text_of(100)))?;
        }
        for _ in 0..3 {
            browser.devtools("HeapProfiler.collectGarbage", json!({}))?;
        }
        let usage = browser.devtools("Runtime.getHeapUsage", json!({}))?;
        Ok((usage, browser.number("bench.wasmBytes()")?))
    })?;
    for (measure, name) in
        [(Measure::ScriptHeap, "usedSize"), (Measure::DocumentHeap, "embedderHeapUsedSize")]
    {
        let bytes = usage[name].as_f64().with_context(|| format!("expected {name}, found {usage}"))?;
        results.add(&many.path, None, measure, bytes);
    }
    results.add(&many.path, None, Measure::WasmMemory, wasm);
    Ok(())
}

/// Returns a script that loads the text of a collection.
fn text_of(count: usize) -> String {
    format!("fetch('/many/{count}.json').then((answer) => answer.text())")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn reviews_of_a_collection_differ() -> Result<()> {
        let text = collection(Path::new(env!("CARGO_MANIFEST_DIR")), 7)?;
        let collection: Value = serde_json::from_str(&text)?;
        let reviews = collection["reviews"].as_array().cloned().unwrap_or_default();
        let ids: std::collections::BTreeSet<_> =
            reviews.iter().map(|review| review["id"].to_string()).collect();
        assert_eq!(ids.len(), 7);
        assert!(reviews.iter().all(|review| review["body"].as_array().map(Vec::len) == Some(PARAGRAPHS)));
        Ok(())
    }
}

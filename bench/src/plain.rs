//! Measures pages without a picture that would hide the wait: a card with text only, cards from other formats, and a
//! hundred cards with their data in the page. The peers have only a few lines each.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::browser::Browsers;
use crate::line::Line;
use crate::results::{Measure, Results};
use crate::site::Files;
use crate::subject::{self, OWN_SCRIPT, PEERS_ROOM};

/// How long (ms) a page is observed after its cards have been drawn.
const PAUSE: u32 = 500;
/// The number of cards on the page with many.
const MANY: usize = 100;

/// The content of a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// One card with text only.
    Text,
    /// The same review from a JSON Feed.
    Feed,
    /// The same review from a WordPress response.
    WordPress,
    /// A hundred cards with their data in the page.
    Many,
}

impl Shown {
    pub(crate) const ALL: [Self; 4] = [Self::Text, Self::Feed, Self::WordPress, Self::Many];

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Text => "A card of text alone",
            Self::Feed => "A card from a JSON Feed",
            Self::WordPress => "A card from WordPress",
            Self::Many => "A hundred cards, their data in the page",
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Feed => "feed",
            Self::WordPress => "wordpress",
            Self::Many => "hundred",
        }
    }

    fn cards(self) -> usize {
        if self == Self::Many { MANY } else { 1 }
    }
}

/// One of the compared pages.
pub(crate) struct Page {
    pub(crate) shown: Shown,
    /// The name in the tables.
    pub(crate) name: &'static str,
    pub(crate) path: String,
}

/// Returns the path of a page.
pub(crate) fn path(shown: Shown, name: &str) -> String {
    format!("/{}/{}", shown.folder(), name.to_lowercase().replace(", ", "-").replace(' ', "-"))
}

/// Adds all pages and their data to the site, and returns the pages.
pub(crate) fn put_all(files: &mut Files, bench: &Path, made: &Path, preloads: &str) -> Result<Vec<Page>> {
    let text = read(&bench.join("data/text.json"))?;
    let review: Value = serde_json::from_str(&text).context("reading data/text.json")?;
    for (shown, data) in
        [(Shown::Text, review.clone()), (Shown::Feed, feed(&review)), (Shown::WordPress, wordpress(&review))]
    {
        files.put(&data_path(shown), data.to_string().as_bytes())?;
    }
    let mut pages = Vec::new();
    let mut add = |shown, name, document: String| {
        let page = Page { shown, name, path: path(shown, name) };
        files.put(&page.path, document.as_bytes())?;
        pages.push(page);
        anyhow::Ok(())
    };
    let sheet = r#"<link rel="stylesheet" href="/peers/card.css">"#;
    let own_sheet = r#"<link rel="stylesheet" href="/review-card/review-card.css">"#;
    let rendered = |folder: &str| read(&made.join("rendered").join(folder).join("winter-light.html"));
    add(Shown::Text, STATIC, subject::page(sheet, &static_card(&review)))?;
    add(Shown::Text, "prerendered, light", subject::page(own_sheet, &rendered("text-light")?))?;
    add(Shown::Text, "prerendered, shadow root", subject::page("", &rendered("text-shadow")?))?;
    for (name, folder) in [("vanilla", "vanilla"), ("Preact", "preact"), ("React", "react")] {
        add(Shown::Text, name, peer(folder, "text", Shown::Text, ""))?;
    }
    add(Shown::Text, OURS, own(Shown::Text, ""))?;
    let preload = subject::preload(&data_path(Shown::Text), "");
    add(Shown::Text, "Preact, preloaded", peer("preact", "text", Shown::Text, &preload))?;
    add(Shown::Text, "review-card, preloaded", own(Shown::Text, &format!("{preloads}{preload}")))?;
    for shown in [Shown::Feed, Shown::WordPress] {
        add(shown, "Preact", peer("preact", "feed", shown, ""))?;
        add(shown, OURS, own(shown, ""))?;
    }
    for (name, folder) in [("vanilla", "vanilla"), ("Preact", "preact"), ("React", "react")] {
        let head = format!("{sheet}{}", script(folder, "text"));
        add(Shown::Many, name, subject::page(&head, &many(&review, "<div data-review>", "</div>")))?;
    }
    let cards = many(&review, r#"<review-card loading="eager">"#, "</review-card>");
    add(Shown::Many, OURS, subject::page(OWN_SCRIPT, &cards))?;
    Ok(pages)
}

pub(crate) const OURS: &str = subject::OURS;
pub(crate) const STATIC: &str = subject::STATIC;

fn data_path(shown: Shown) -> String {
    format!("/data/{}.json", shown.folder())
}

fn script(folder: &str, entry: &str) -> String {
    format!(r#"<script type="module" src="/peers/{folder}/{entry}.js"></script>"#)
}

fn peer(folder: &str, entry: &str, shown: Shown, preload: &str) -> String {
    let sheet = r#"<link rel="stylesheet" href="/peers/card.css">"#;
    let head = format!("{PEERS_ROOM}{preload}{sheet}{}", script(folder, entry));
    subject::page(&head, &format!(r#"<div data-review="{}">{FALLBACK}</div>"#, data_path(shown)))
}

fn own(shown: Shown, preloads: &str) -> String {
    let card = format!(r#"<review-card src="{}">{FALLBACK}</review-card>"#, data_path(shown));
    subject::page(&format!("{}{preloads}{OWN_SCRIPT}", subject::OWN_ROOM), &card)
}

const FALLBACK: &str = r#"<a href="/reviews/winter-light">Winter Light, reviewed</a>"#;

/// Returns a hundred elements, each with the JSON of its own review.
fn many(review: &Value, start: &str, end: &str) -> String {
    let mut hosts = String::new();
    for number in 0..MANY {
        let mut review = review.clone();
        review["id"] = format!("review-{number}").into();
        review["title"] = format!("{}, {number}", review["title"].as_str().unwrap_or_default()).into();
        if let Some(body) = review["body"].as_array_mut() {
            body.truncate(1);
        }
        let json = review.to_string().replace('<', "\\u003c");
        hosts.push_str(&format!(r#"{start}<script type="application/json">{json}</script>{end}"#));
    }
    hosts
}

fn paragraphs(review: &Value) -> String {
    let body = review["body"].as_array().into_iter().flatten().filter_map(Value::as_str);
    body.map(|paragraph| format!("<p>{paragraph}</p>")).collect()
}

fn static_card(review: &Value) -> String {
    let text = |key: &str| review[key].as_str().unwrap_or_default();
    format!(
        r#"<article class="card"><h2><a href="{}">{}</a></h2><p><cite>Winter Light</cite> (1963) · {} · 14 November 2025</p><p class="verdict">{}</p><p class="mark">{}/5</p><details><summary>Read the review</summary>{}</details></article>"#,
        text("url"),
        text("title"),
        text("author"),
        text("verdict"),
        review["rating"],
        paragraphs(review)
    )
}

/// Returns the review as the only item of a JSON Feed.
fn feed(review: &Value) -> Value {
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Second Viewing",
        "items": [{
            "id": review["id"], "url": review["url"], "title": review["title"], "summary": review["verdict"],
            "content_html": paragraphs(review), "date_published": "2025-11-14T08:00:00Z",
            "authors": [{ "name": review["author"] }],
        }],
    })
}

/// Returns the review as WordPress' response for one post.
fn wordpress(review: &Value) -> Value {
    let rendered = |text: String| json!({ "rendered": text });
    let text = |key: &str| review[key].as_str().unwrap_or_default().to_owned();
    json!([{
        "id": 63, "date": "2025-11-14T08:00:00", "date_gmt": "2025-11-14T08:00:00", "slug": review["id"], "type": "post",
        "link": review["url"], "title": rendered(text("title")), "content": rendered(paragraphs(review)),
        "excerpt": rendered(format!("<p>{}</p>", text("verdict"))), "author": 1, "categories": [2], "tags": [],
    }])
}

/// Runs one round: each page once on each line.
pub(crate) fn round(
    browsers: &Browsers<'_>,
    pages: &[Page],
    round: usize,
    results: &mut Results,
) -> Result<()> {
    for line in Line::ALL {
        for step in 0..pages.len() {
            let Some(page) = pages.get((round + step) % pages.len()) else { continue };
            let measured = load(browsers, line, page, results);
            measured.with_context(|| format!("measuring {} on the {line} line", page.path))?;
        }
    }
    Ok(())
}

fn load(browsers: &Browsers<'_>, line: Line, page: &Page, results: &mut Results) -> Result<()> {
    let cards = page.shown.cards();
    let (seen, main_thread) = browsers.take(line, |browser| {
        browser.prepare(&format!("bench.watch = bench.watchDrawn({cards});"))?;
        browser.open(&page.path)?;
        browser.get("bench.watch")?;
        let seen = browser.get(&format!("bench.seen({PAUSE})"))?;
        Ok((seen, browser.main_thread()?.tasks))
    })?;
    let words = seen["words"].as_str().unwrap_or_default();
    ensure!(words.contains("listening to the cold"), "expected a card with the verdict, found {words}");
    let mut add = |measure, value| results.add(&page.path, Some(line), measure, value);
    add(Measure::MainThread, main_thread);
    for (measure, key) in [
        (Measure::FirstPaint, "firstPaint"),
        (Measure::Lcp, "lcp"),
        (Measure::Drawn, "drawn"),
        (Measure::Cls, "cls"),
        (Measure::LongestTask, "longest"),
        (Measure::WasmMemory, "wasm"),
    ] {
        add(measure, seen[key].as_f64().with_context(|| format!("expected {key}, found {seen}"))?);
    }
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formats_hold_the_review() {
        let review: Value = serde_json::from_str(include_str!("../data/text.json")).unwrap_or_default();
        for document in [review.clone(), feed(&review), wordpress(&review)] {
            let (collection, problems) = review_card::read(document.to_string().as_bytes(), None).unwrap();
            assert_eq!(collection.reviews[0].title, "A Church With the Heating Off");
            assert!(
                collection.reviews[0].verdict.as_deref().is_some_and(|it| it.starts_with("Eighty minutes"))
            );
            assert_eq!(problems, []);
        }
    }

    #[test]
    fn a_hundred_cards_have_a_hundred_titles() {
        let review: Value = serde_json::from_str(include_str!("../data/text.json")).unwrap_or_default();
        let hosts = many(&review, "<i>", "</i>");
        assert_eq!(hosts.matches("<script").count(), MANY);
        assert!(hosts.contains("Heating Off, 0\"") && hosts.contains("Heating Off, 99\""));
    }
}

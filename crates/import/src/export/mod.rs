//! Exports reviews in formats that other services read.
//!
//! All exports start from the plain format, so it is easy to see what a format cannot express: Letterboxd's table has
//! films, dates, ratings, texts and tags; JSON Feed and Markdown keep the whole review.

mod json_feed;
mod letterboxd;
mod markdown;

use std::fmt;
use std::str::FromStr;

use review_card::Review;
use serde_json::{Map, Value};

pub use json_feed::json_feed;
pub use letterboxd::{Table, letterboxd};
pub use markdown::markdown;

/// An export format.
///
/// ```
/// use review_card_import::export::{Table, Target, json_feed, letterboxd, markdown};
///
/// let json = br#"[{ "title": "Paper Moon", "work": { "name": "Paper Moon", "type": "Movie", "year": 1973 }, "rating": "4.5/5" }]"#;
/// let (collection, _) = review_card::read(json, None)?;
/// assert_eq!("letterboxd".parse(), Ok(Target::Letterboxd));
/// assert_eq!(Target::ALL.map(Target::name), ["letterboxd", "json-feed", "markdown"]);
/// let Table { csv, .. } = letterboxd(&collection);
/// assert!(csv.contains("Paper Moon,1973"));
/// assert!(json_feed(&collection).contains("https://jsonfeed.org/version/1.1"));
/// assert!(markdown(&collection.reviews[0]).starts_with("---\n"));
/// # Ok::<(), review_card::ReadError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The table that [Letterboxd imports](https://letterboxd.com/about/importing-data/).
    Letterboxd,
    /// [JSON Feed 1.1](https://www.jsonfeed.org/version/1.1/), with each whole review in the extension `_review`.
    JsonFeed,
    /// Markdown with YAML front matter, one file for each review.
    Markdown,
}

impl Target {
    /// All export formats.
    pub const ALL: [Self; 3] = [Self::Letterboxd, Self::JsonFeed, Self::Markdown];

    /// Returns the name for `--to`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Letterboxd => "letterboxd",
            Self::JsonFeed => "json-feed",
            Self::Markdown => "markdown",
        }
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|target| target.name() == name);
        found.ok_or_else(|| format!("expected letterboxd, json-feed or markdown, found \"{name}\""))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Returns a review's keys in the plain format.
fn plain(review: &Review) -> Map<String, Value> {
    match serde_json::to_value(review) {
        Ok(Value::Object(plain)) => plain,
        // A review is always an object.
        _ => Map::new(),
    }
}

/// Returns the body as HTML; plain paragraphs are converted.
fn body_html(plain: &Map<String, Value>) -> Option<String> {
    if let Some(Value::String(html)) = plain.get("bodyHtml") {
        return Some(html.clone());
    }
    let paragraphs = plain.get("body")?.as_array()?.iter().filter_map(Value::as_str);
    Some(paragraphs.map(|text| format!("<p>{}</p>", escaped(text).replace('\n', "<br>"))).collect())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

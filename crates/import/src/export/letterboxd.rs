//! The table that Letterboxd imports: `Title, Year, tmdbID, imdbID, Directors, Rating, WatchedDate, Rewatch, Review,
//! Tags, LetterboxdURI`. The last is the film's address, if the reviews came from Letterboxd, so that the film is found even if
//! others have its title.
//!
//! 1. Each dated verdict of the history becomes a row: a viewing. A review without a history becomes one row without a
//!    date, so that many films rated in one evening do not fill the diary.
//! 2. A rating that differs from the last viewing's gets a row of its own.
//! 3. Ratings are converted to halves out of five. In texts, emphasis, links and quotations are kept, since Letterboxd
//!    supports these.
//!
//! Skipped: works that are not films. Not supported: Letterboxd's limit of 1 MB for a file; a longer table has to be split by hand.

use review_card::collection::out_of_five;
use review_card::model::{Body, Element, Mark, Node, Review};
use review_card::{Collection, rich_text};
use serde_json::{Map, Value, json};

use super::{escaped, plain};
use crate::formats::REWATCH;
use crate::text::has_html;

const COLUMNS: [&str; 11] = [
    "Title",
    "Year",
    "tmdbID",
    "imdbID",
    "Directors",
    "Rating",
    "WatchedDate",
    "Rewatch",
    "Review",
    "Tags",
    "LetterboxdURI",
];

const SPOILER: &str = "spoiler";
/// U+2060, a character that is not visible. After the bracket of a mark, it makes the mark ordinary text.
const NO_MARK: &str = "\u{2060}";
/// Stands for the `&` of a character reference. So the reference is ordinary text, which comes out as it was written.
const REFERENCE: &str = "\u{2063}\u{2060}";

/// The table, and what could not be included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// CSV in the format of RFC 4180.
    pub csv: String,
    /// What was left out, one line each.
    pub problems: Vec<String>,
}

/// Exports the films of a collection.
pub fn letterboxd(collection: &Collection) -> Table {
    let mut table = csv::Writer::from_writer(Vec::new());
    let mut problems = Vec::new();
    // Writing to memory does not fail.
    let _ = table.write_record(COLUMNS);
    for review in &collection.reviews {
        let kind = review.work.as_ref().and_then(|work| work.kind.as_deref());
        if kind.is_some_and(|kind| kind != "Movie") {
            problems.push(format!(
                "{}: expected a film (work.type Movie), found {}; Letterboxd has only films",
                review.id,
                kind.unwrap_or_default()
            ));
            continue;
        }
        for row in rows(review) {
            let _ = table.write_record(row);
        }
    }
    let csv = table.into_inner().unwrap_or_default();
    Table { csv: String::from_utf8_lossy(&csv).into_owned(), problems }
}

/// The part of a row that is about the viewing, not the film.
#[derive(Default)]
struct Viewing {
    rating: Option<String>,
    date: String,
    rewatch: bool,
    review: String,
    tags: String,
}

fn rows(review: &Review) -> Vec<[String; 11]> {
    let keys = plain(review);
    let was_seen_before = review.tags.iter().any(|tag| tag == REWATCH);
    let rating = stars(keys.get("rating"));
    let ratings = keys.get("history").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut viewings: Vec<_> = review
        .history
        .iter()
        .zip(&ratings)
        .enumerate()
        .map(|(place, (entry, keys))| Viewing {
            rating: stars(keys.get("rating")),
            date: text(keys.get("date")).and_then(crate::date::day).unwrap_or_default().into(),
            rewatch: entry.again.unwrap_or(place > 0 || was_seen_before),
            review: match &entry.note_html {
                Some(html) => printed(html, None),
                None => entry.note.as_deref().map(plain_text).unwrap_or_default(),
            },
            tags: joined(entry.tags.iter()),
        })
        .collect();
    if viewings.is_empty() {
        viewings.push(Viewing { rating: rating.clone(), rewatch: was_seen_before, ..Viewing::default() });
    }
    let latest_rating = viewings.iter().rev().find_map(|viewing| viewing.rating.clone());
    if let Some(latest) = viewings.last_mut() {
        let body = body(review);
        latest.review = if body.is_empty() { std::mem::take(&mut latest.review) } else { body };
        // If an entry has tags, each entry has its own. Otherwise, those of the review are the latest one's.
        if review.history.iter().all(|entry| entry.tags.is_empty()) {
            latest.tags = joined(review.tags.iter().filter(|tag| *tag != REWATCH));
        }
    }
    if rating.is_some() && rating != latest_rating {
        viewings.push(Viewing { rating, ..Viewing::default() });
    }
    let film = film(review, &keys);
    let yes = |flag| if flag { "true".to_owned() } else { String::new() };
    viewings
        .into_iter()
        .map(|viewing| {
            let [title, year, tmdb, imdb, directors, address] = film.clone();
            let rating = viewing.rating.unwrap_or_default();
            [
                title,
                year,
                tmdb,
                imdb,
                directors,
                rating,
                viewing.date,
                yes(viewing.rewatch),
                viewing.review,
                viewing.tags,
                address,
            ]
        })
        .collect()
}

/// Returns tags as one field, separated by commas.
fn joined<'t>(tags: impl Iterator<Item = &'t String>) -> String {
    tags.map(|tag| tag.replace(',', " ")).collect::<Vec<_>>().join(", ")
}

/// Returns title, year, the two ids, the directors and the address at Letterboxd.
fn film(review: &Review, keys: &Map<String, Value>) -> [String; 6] {
    let work = review.work.as_ref();
    let pages = work.map(|work| work.same_as.as_slice()).unwrap_or_default();
    let number = |site: &str| {
        let id = pages
            .iter()
            .find_map(|page| page.split_once(site))
            .map(|(_, id)| id.split(['/', '-', '?']).next());
        id.flatten().unwrap_or_default().to_owned()
    };
    let title = work.map_or(review.title.as_str(), |work| work.name.as_str());
    let year = keys.get("work").and_then(|work| text(work.get("year"))).unwrap_or_default();
    [
        title.into(),
        year.into(),
        number("themoviedb.org/movie/"),
        number("imdb.com/title/"),
        work.map(|work| work.creators.join(", ")).unwrap_or_default(),
        pages.iter().find(|page| is_letterboxd(page)).cloned().unwrap_or_default(),
    ]
}

/// Returns whether the address is that of a film at Letterboxd.
fn is_letterboxd(page: &str) -> bool {
    ["https://boxd.it/", "https://letterboxd.com/film/"].iter().any(|site| page.starts_with(site))
}

fn text(value: Option<&Value>) -> Option<&str> {
    value.and_then(Value::as_str)
}

/// Converts a rating of the plain format to halves out of five; `None` if it has no scale.
fn stars(rating: Option<&Value>) -> Option<String> {
    let json = json!({ "title": "?", "rating": rating? }).to_string();
    let (collection, _) = review_card::read(json.as_bytes(), None).ok()?;
    let mark: &Mark = &collection.reviews.first()?.rating.as_ref()?.mark;
    let halves = (out_of_five(mark)?.thousandths() + 250) / 500;
    // Letterboxd's lowest rating is a half; 0 means no rating.
    let halves = halves.max(1);
    Some(format!("{}{}", halves / 2, if halves % 2 == 1 { ".5" } else { "" }))
}

/// Returns the body in Letterboxd's format: text with a little HTML.
fn body(review: &Review) -> String {
    match &review.body {
        Body::Empty => String::new(),
        Body::Text(paragraphs) => plain_text(&paragraphs.join("\n\n")),
        Body::Html { html, base } => printed(html, base.as_deref()),
        Body::Safe { html, .. } => printed(html, None),
    }
}

/// Returns plain text, escaped if Letterboxd would take it for HTML.
fn plain_text(text: &str) -> String {
    if has_html(text) { escaped(text) } else { text.into() }
}

/// Returns HTML in Letterboxd's format. Marks of spoilers stay where they are: a cover would divide their paragraph.
/// What a `<` or an `&` is written as stays too.
fn printed(html: &str, base: Option<&str>) -> String {
    let mut out = String::new();
    let nodes = rich_text::parse(&without_references(&without_marks(html)), base);
    nodes.iter().for_each(|node| print(node, &mut out));
    let out = out.replace(REFERENCE, "&").replace(NO_MARK, "");
    let paragraphs: Vec<_> = out.split("\n\n").map(str::trim).filter(|text| !text.is_empty()).collect();
    paragraphs.join("\n\n")
}

/// Ends the special meaning of `[spoiler]` and `[/spoiler]`.
fn without_marks(html: &str) -> String {
    let mut parts = html.split('[');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let name = part.strip_prefix('/').unwrap_or(part);
        let is_mark = name.get(..SPOILER.len()).is_some_and(|name| name.eq_ignore_ascii_case(SPOILER));
        out.push('[');
        out.push_str(if is_mark { NO_MARK } else { "" });
        out.push_str(part);
    }
    out
}

/// Ends the special meaning of character references between the tags of HTML. HTML without a tag may be escaped as a
/// whole, and stays as it is.
fn without_references(html: &str) -> String {
    let mut out = String::new();
    let mut has_tag = false;
    for (number, part) in html.split('<').enumerate() {
        let is_tag =
            number > 0 && part.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        has_tag |= is_tag;
        let (tag, text) = match part.split_once('>') {
            Some((tag, text)) if is_tag => (Some(tag), text),
            _ => (None, part),
        };
        out.push_str(if number > 0 { "<" } else { "" });
        out.extend(tag.into_iter().flat_map(|tag| [tag, ">"]));
        for (number, part) in text.split('&').enumerate() {
            let is_reference = number > 0 && has_html(&format!("&{part}"));
            out.push_str(if is_reference {
                REFERENCE
            } else if number > 0 {
                "&"
            } else {
                ""
            });
            out.push_str(part);
        }
    }
    if has_tag { out } else { html.into() }
}

fn print(node: &Node, out: &mut String) {
    let element = match node {
        Node::Text(text) => return out.push_str(text),
        Node::Element(element) => element,
    };
    let (open, close) = match element.tag {
        "br" => return out.push('\n'),
        "b" => ("<b>".to_owned(), "</b>"),
        "strong" => ("<strong>".to_owned(), "</strong>"),
        "em" => ("<em>".to_owned(), "</em>"),
        "i" | "cite" => ("<i>".to_owned(), "</i>"),
        "blockquote" => ("\n\n<blockquote>".to_owned(), "</blockquote>\n\n"),
        "details" => (open_spoiler(element), "[/spoiler]"),
        // The label of the spoiler around it.
        "summary" => return,
        "a" => {
            let href = element
                .attributes
                .iter()
                .find(|(name, _)| *name == "href")
                .map(|(_, href)| href.replace('"', "%22"));
            (format!("<a href=\"{}\">", href.unwrap_or_default()), "</a>")
        }
        "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => ("\n\n".to_owned(), "\n\n"),
        _ => (String::new(), ""),
    };
    out.push_str(&open);
    let start = out.len();
    element.children.iter().for_each(|child| print(child, out));
    let inner = out.split_off(start);
    let is_trimmed = matches!(element.tag, "blockquote" | "details");
    out.push_str(if is_trimmed { inner.trim() } else { &inner });
    out.push_str(close);
}

/// Returns the mark that opens a spoiler, with its label if it has one.
fn open_spoiler(details: &Element) -> String {
    let summary = details.children.first().map(std::slice::from_ref).unwrap_or_default();
    let label = rich_text::words(summary);
    if label.trim().is_empty() { "[spoiler]".into() } else { format!("[spoiler=\"{}\"]", label.trim()) }
}

//! Reads the work under review: any [`Thing`](https://schema.org/Thing).

use super::super::messages::What;
use super::graph::local_name;
use super::thing::Thing;
use crate::model::{Date, Work};

/// The properties for creators, most specific first.
const CREATORS: [&str; 7] =
    ["director", "author", "creator", "byArtist", "developer", "manufacturer", "brand"];
/// The properties for the year of release.
const YEAR: [&str; 5] = ["datePublished", "dateCreated", "copyrightYear", "releaseDate", "startDate"];

pub(super) fn read(item: &Thing) -> Option<Work> {
    if let Some(named) = item.named() {
        return read(&named);
    }
    if !item.field.is_object() {
        return Some(Work { name: item.text()?, ..Work::default() });
    }
    let Some(name) = item.text_of(&["name", "headline", "alternateName"]) else {
        item.field.missing("name", What::Text);
        return None;
    };
    Some(Work {
        name,
        kind: item.first(&["@type"], kind),
        series: item.first(&["partOfSeries"], |series| series.name()),
        season: item.position_of("seasonNumber").or_else(|| item.first(&["partOfSeason"], season)),
        episode: item.position_of("episodeNumber"),
        year: item.text_of(&YEAR).map(year),
        creators: item.all(&CREATORS, |creator| match creator.named() {
            Some(named) => named.name(),
            None => creator.name(),
        }),
        image: item.image_of(&["image", "photo", "logo"]),
        url: item.link_of(&["url"]),
        same_as: same_as(item),
    })
}

/// Returns the pages about the work. The page of a book follows from its ISBN.
fn same_as(item: &Thing) -> Vec<String> {
    let mut pages = item.all(&["sameAs"], |same| same.link());
    for page in item.all(&["isbn"], isbn_page) {
        if !pages.contains(&page) {
            pages.push(page);
        }
    }
    pages
}

/// Returns the page of an ISBN: ten or thirteen digits, where the last of ten may be an X.
fn isbn_page(isbn: &Thing) -> Option<String> {
    let isbn = isbn.text()?.replace(['-', ' '], "").to_ascii_uppercase();
    let digits = isbn.strip_suffix('X').filter(|_| isbn.len() == 10).unwrap_or(&isbn);
    let is_valid = matches!(isbn.len(), 10 | 13) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_valid.then(|| ["https://openlibrary.org/isbn/", &isbn].concat())
}

/// Returns the number of a season, if it is an object that has one.
fn season(season: &Thing) -> Option<u32> {
    if season.field.is_object() { season.position_of("seasonNumber") } else { None }
}

/// Returns a type's name without its vocabulary, or `None` for a mere `Thing`.
fn kind(kind: &Thing) -> Option<String> {
    let kind = kind.field.text()?;
    Some(local_name(&kind).to_owned()).filter(|kind| !matches!(kind.as_str(), "" | "Thing"))
}

/// Returns the year of a date; any other text as written.
fn year(text: String) -> String {
    match Date::new(text).day_or_text() {
        Ok(day) => day.year.to_string(),
        Err(text) => text,
    }
}

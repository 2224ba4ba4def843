//! What is reviewed: any [`Thing`](https://schema.org/Thing).

use super::graph::local_name;
use super::thing::Thing;
use crate::model::{Date, Work};

/// Who made it, by what is most telling.
const CREATORS: [&str; 7] =
    ["director", "author", "creator", "byArtist", "developer", "manufacturer", "brand"];
/// When it came out.
const YEAR: [&str; 5] = ["datePublished", "dateCreated", "copyrightYear", "releaseDate", "startDate"];

pub(super) fn read(item: &Thing) -> Option<Work> {
    if let Some(named) = item.named() {
        return read(&named);
    }
    if !item.field.is_object() {
        return Some(Work { name: item.text()?, ..Work::default() });
    }
    let Some(name) = item.text_of(&["name", "headline", "alternateName"]) else {
        item.field.missing("name", "text");
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
        same_as: item.all(&["sameAs"], |same| same.link()),
    })
}

/// A season: its number, or an object that has one.
fn season(season: &Thing) -> Option<u32> {
    if season.field.is_object() { season.position_of("seasonNumber") } else { None }
}

/// A type's name, without its vocabulary; of a mere thing there is nothing to say.
fn kind(kind: &Thing) -> Option<String> {
    let kind = kind.field.text()?;
    Some(local_name(&kind).to_owned()).filter(|kind| !matches!(kind.as_str(), "" | "Thing"))
}

/// The year of a date; anything else as written.
fn year(text: String) -> String {
    match Date::new(text).day_or_text() {
        Ok(day) => day.year.to_string(),
        Err(text) => text,
    }
}

//! What is reviewed: any [`Thing`](https://schema.org/Thing).

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
        return Some(Work { name: item.field.text()?, ..Work::default() });
    }
    let Some(name) = item.text_of(&["name", "headline", "alternateName"]) else {
        item.field.missing("name", "text");
        return None;
    };
    Some(Work {
        name,
        kind: item.types().find(|kind| *kind != "Thing").map(Into::into),
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

/// The year of a date; anything else as written.
fn year(text: String) -> String {
    match Date::new(text).day_or_text() {
        Ok(day) => day.year.to_string(),
        Err(text) => text,
    }
}

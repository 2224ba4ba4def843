//! `<review-list>`: what is shown, what stands in the document, how more comes, what a reader can ask.

pub(super) mod access;
pub(super) mod ask;
pub(super) mod faults;
pub(super) mod files;
pub(super) mod pages;
pub(super) mod show;
pub(super) mod window;

use anyhow::Result;
use serde_json::{Value, json};

use super::cases;
use crate::page::Page;

/// Reviews with these numbers, each with a text of its own.
fn reviews(numbers: impl Iterator<Item = usize>) -> Vec<Value> {
    numbers.map(review).collect()
}

fn review(number: usize) -> Value {
    let words = ["quiet", "long", "late", "small", "bright", "second", "lost"];
    let word = words[number % words.len()];
    let section = ["Film", "Books"][number % 2];
    let author = ["Ada Loring", "Tobias Wren", "Åsa Lindqvist"][number % 3];
    json!({
        "id": format!("r{number}"),
        "title": format!("The {word} hour, No. {number}"),
        "url": format!("/reviews/{number}"),
        "section": section,
        "work": { "name": format!("A {word} work"), "year": 1950 + number % 70 },
        "verdict": format!("A {word} film with {}an end.", "a scene and ".repeat(number % 4)),
        "rating": format!("{}/10", number % 10 + 1),
        "body": [format!("Paragraph one of {number}."), "It ends with a haddock."],
        "author": author,
        "published": format!("20{:02}-0{}-1{}", number % 20, number % 9 + 1, number % 9),
        "tags": [word, "all"],
    })
}

/// Puts a file of so many reviews on the site.
pub(super) fn put(page: &Page, path: &str, count: usize) {
    page.site().put(path, json!({ "title": "The Shelf", "reviews": reviews(0..count) }).to_string());
}

/// Opens a page with a list of so many reviews, and waits for it.
fn open(page: &Page, count: usize, attributes: &str) -> Result<()> {
    put(page, "/many.json", count);
    page.open(&format!(
        "<review-list src='/many.json' {attributes}><a href='/all'>All reviews</a></review-list>
        <p><a id='after' href='#after'>After the list</a></p>"
    ))?;
    page.expect_that("cards().length")?;
    page.expect("heard.filter((event) => event.name == 'list-load').length", 1)?;
    is_whole(page)
}

/// Waits until all that has come has its space: what is scrolled to before is somewhere else.
fn is_whole(page: &Page) -> Result<()> {
    page.expect_that("cards().every((each) => each.ariaSetSize != -1)")
}

/// Types into a control.
pub(super) fn enter(page: &Page, control: &str, value: &str) -> Result<()> {
    page.run(&format!(
        "const it = control('{control}'); it.value = {value:?};
        it.dispatchEvent(new Event('input', {{ bubbles: true, composed: true }}));
        it.dispatchEvent(new Event('change', {{ bubbles: true }}));"
    ))?;
    Ok(())
}

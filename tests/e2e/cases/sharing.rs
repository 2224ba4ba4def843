//! Many cards on one page.

use anyhow::Result;
use serde_json::json;

use super::cases;
use crate::page::Page;

cases![
    two_cards_with_one_src_share_a_download,
    a_card_that_comes_later_shares_it_too,
    twenty_cards_are_shown,
    reload_downloads_again,
    a_failure_is_not_shared_with_cards_to_come,
];

fn two_cards_with_one_src_share_a_download(page: &Page) -> Result<()> {
    page.open(
        r#"<review-card id="a" src="/data/collection.json"></review-card>
        <review-card id="b" src="/data/../data/collection.json#part" item="soup"></review-card>"#,
    )?;
    page.expect_loads(2)?;
    page.is(
        "['a', 'b'].map((id) => text(part('title', byId(id))))",
        json!(["Noodles at the station", "Soup for one"]),
    )?;
    page.requested("/data/collection.json", 1)?;
    page.requested(".wasm", 1)
}

fn a_card_that_comes_later_shares_it_too(page: &Page) -> Result<()> {
    page.open(r#"<review-card src="/data/collection.json"></review-card>"#)?;
    page.expect_loads(1)?;
    page.run(
        r#"write('<review-card id="later" src="/data/collection.json" item="dumplings"></review-card>')"#,
    )?;
    page.expect_loads(2)?;
    page.is("text(part('title', byId('later')))", "Dumplings under the bridge")?;
    page.requested("/data/collection.json", 1)
}

fn twenty_cards_are_shown(page: &Page) -> Result<()> {
    let cards: String = (0..20)
        .map(|n| format!(r#"<review-card loading="eager" src="/data/full.json?{n}"></review-card>"#))
        .collect();
    page.open(&cards)?;
    page.expect_loads(20)?;
    page.is(
        "[...document.querySelectorAll('review-card')].filter((each) => seen(part('title', each))).length",
        20,
    )?;
    page.requested("/data/full.json", 20)?;
    page.requested(".wasm", 1)
}

fn reload_downloads_again(page: &Page) -> Result<()> {
    page.site().put("/changing.json", r#"{ "title": "Before" }"#);
    page.open(r#"<review-card src="/changing.json"></review-card>"#)?;
    page.expect_loads(1)?;
    page.is("text(part('title'))", "Before")?;
    page.site().put("/changing.json", r#"{ "title": "After" }"#);
    page.run("card.reload()")?;
    page.expect_loads(2)?;
    page.is("text(part('title'))", "After")?;
    page.requested("/changing.json", 2)
}

fn a_failure_is_not_shared_with_cards_to_come(page: &Page) -> Result<()> {
    page.open(r#"<review-card src="/fault/404/later.json">Fallback</review-card>"#)?;
    page.expect("events('error').length", 1)?;
    page.site().put("/fault/404/later.json", r#"{ "title": "Published" }"#);
    page.run(r#"write('<review-card id="later" src="/fault/404/later.json"></review-card>')"#)?;
    page.expect_loads(1)?;
    page.is("text(part('title', byId('later')))", "Published")?;
    page.expect_console("review-card: status")?;
    page.expect_from_browser("status of 404")
}

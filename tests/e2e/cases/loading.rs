//! When a card downloads what it needs.

use anyhow::{Result, ensure};
use serde_json::json;

use super::cases;
use crate::page::Page;

cases![
    a_card_far_below_asks_for_nothing_until_it_is_near,
    an_eager_card_far_below_loads_at_once,
    a_waiting_card_that_becomes_eager_loads,
    the_program_and_the_data_are_downloaded_side_by_side,
    the_program_has_a_versioned_address_beside_the_script,
    printing_loads_what_is_far_below,
    a_waiting_card_that_is_reloaded_loads_once,
    a_page_with_nothing_to_show_downloads_no_program,
];

const FAR_BELOW: &str = "<div style='height: 5000px'></div>";

fn a_card_far_below_asks_for_nothing_until_it_is_near(page: &Page) -> Result<()> {
    page.open(&format!("{FAR_BELOW}<review-card src='/data/full.json'>Fallback</review-card>"))?;
    page.expect_that("customElements.get('review-card')")?;
    page.rest(200);
    page.requested(".wasm", 0)?;
    page.requested("/data/", 0)?;
    page.run("card.scrollIntoView()")?;
    page.expect_loads(1)?;
    page.requested(".wasm", 1)?;
    page.requested("/data/full.json", 1)
}

fn an_eager_card_far_below_loads_at_once(page: &Page) -> Result<()> {
    page.open(&format!("{FAR_BELOW}<review-card loading='eager' src='/data/minimal.json'></review-card>"))?;
    page.expect_loads(1)?;
    page.is("scrollY", 0)
}

fn a_waiting_card_that_becomes_eager_loads(page: &Page) -> Result<()> {
    page.open(&format!("{FAR_BELOW}<review-card src='/data/minimal.json'></review-card>"))?;
    page.expect_that("customElements.get('review-card')")?;
    page.rest(200);
    page.is("heard", json!([]))?;
    page.run("card.loading = 'eager'")?;
    page.expect_loads(1)
}

fn the_program_and_the_data_are_downloaded_side_by_side(page: &Page) -> Result<()> {
    // Each is held back until the other was asked for.
    page.open_document(
        r#"<script type="module" src="/after/full.json/review-card/review-card.js"></script>"#,
        r#"<main><review-card src="/after/review-card.wasm/data/full.json"></review-card></main>"#,
    )?;
    page.expect_loads(1)
}

fn the_program_has_a_versioned_address_beside_the_script(page: &Page) -> Result<()> {
    page.open(r#"<review-card src="/data/minimal.json"></review-card>"#)?;
    page.expect_loads(1)?;
    let requests = page.site().requests();
    let versioned = |request: &&String| {
        request.strip_prefix("/review-card/review-card.wasm?v=").is_some_and(|hash| hash.len() >= 8)
    };
    ensure!(
        requests.iter().filter(versioned).count() == 1,
        "expected one versioned address, found {requests:?}"
    );
    let unknown = |request: &&String| {
        !["/post", "/pages/record.js", "/favicon.ico", "/data/minimal.json"].contains(&request.as_str())
            && !request.starts_with("/review-card/")
    };
    ensure!(!requests.iter().any(|request| unknown(&request)), "expected nothing else, found {requests:?}");
    Ok(())
}

fn printing_loads_what_is_far_below(page: &Page) -> Result<()> {
    page.open(&format!("{FAR_BELOW}<review-card src='/data/minimal.json'></review-card>"))?;
    page.expect_that("customElements.get('review-card')")?;
    page.rest(200);
    page.run("dispatchEvent(new Event('beforeprint'))")?;
    page.expect_loads(1)
}

fn a_waiting_card_that_is_reloaded_loads_once(page: &Page) -> Result<()> {
    page.open(&format!("{FAR_BELOW}<review-card src='/data/minimal.json'></review-card>"))?;
    page.expect_that("customElements.get('review-card')")?;
    page.run("card.reload()")?;
    page.expect_loads(1)?;
    page.run("card.scrollIntoView()")?;
    page.rest(200);
    page.is("events('load').length", 1)?;
    page.requested("/data/minimal.json", 1)
}

fn a_page_with_nothing_to_show_downloads_no_program(page: &Page) -> Result<()> {
    page.open("<p>No card here.</p><review-card>Fallback, and no source yet</review-card>")?;
    page.expect_that("customElements.get('review-card')")?;
    page.rest(200);
    page.requested(".wasm", 0)?;
    page.is("heard", json!([]))?;
    page.is("seen(card)", true)
}

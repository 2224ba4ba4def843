//! When a card downloads what it needs.

use anyhow::{Result, ensure};
use serde_json::json;

use super::cases;
use crate::page::Page;

cases![
    a_card_far_below_asks_for_nothing_until_it_is_near,
    a_card_without_a_box_asks_for_nothing_until_it_is_shown,
    a_card_in_a_frame_far_below_asks_for_nothing,
    an_eager_card_far_below_loads_at_once,
    a_waiting_card_that_becomes_eager_loads,
    the_program_and_the_data_are_downloaded_side_by_side,
    the_picture_is_asked_for_before_the_program_is_there,
    a_picture_that_is_not_shown_is_not_asked_for,
    room_is_kept_free_until_the_card_is_there,
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

fn a_card_without_a_box_asks_for_nothing_until_it_is_shown(page: &Page) -> Result<()> {
    page.open("<div hidden id='box'><review-card src='/data/full.json'>Fallback</review-card></div>")?;
    page.expect_that("customElements.get('review-card')")?;
    page.rest(200);
    page.requested(".wasm", 0)?;
    page.run("byId('box').hidden = false")?;
    page.expect_loads(1)
}

fn a_card_in_a_frame_far_below_asks_for_nothing(page: &Page) -> Result<()> {
    page.open(&format!(
        r#"{FAR_BELOW}<iframe id="frame" srcdoc="<script type='module' src='/review-card/review-card.js'></script><review-card src='/data/full.json'></review-card>"></iframe>"#
    ))?;
    page.expect_that("byId('frame').contentWindow.customElements.get('review-card')")?;
    page.rest(200);
    page.requested(".wasm", 0)?;
    page.run("byId('frame').scrollIntoView()")?;
    page.expect_requests("/data/full.json", 1)
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

/// A release whose files are long on their way.
const SLOW: &str = r#"<script type="module" src="/slow/400/review-card/review-card.js"></script>"#;

fn the_picture_is_asked_for_before_the_program_is_there(page: &Page) -> Result<()> {
    page.site().put(
        "/all.json",
        r#"[{ "title": "A", "image": "/images/1x1.svg" }, { "title": "B", "id": "b", "work": { "name": "W", "image": { "src": "images/2x3.svg" } } }]"#,
    );
    page.open_document(
        SLOW,
        "<main><review-card src='/all.json'>a</review-card><review-card src='/all.json' item='b'>b</review-card></main>",
    )?;
    page.expect_loads(2)?;
    page.expect_requests("/images/1x1.svg", 1)?;
    page.expect_requests("/images/2x3.svg", 1)?;
    page.run(
        "globalThis.got = (part) => performance.getEntriesByType('resource').find(({ name }) => name.includes(part))",
    )?;
    page.expect_that("got('1x1.svg').startTime < got('.wasm').responseEnd")?;
    page.expect_that("got('2x3.svg').startTime < got('.wasm').responseEnd")
}

fn a_picture_that_is_not_shown_is_not_asked_for(page: &Page) -> Result<()> {
    for (name, src) in [("script", "javascript:alert(1)"), ("user", "http://a:b@127.0.0.1/images/1x1.svg")] {
        page.site().put(&format!("/{name}.json"), json!({ "title": "A", "image": src }).to_string());
    }
    page.site().put("/plain.json", r#"{ "title": "A", "image": "/images/1x1.svg" }"#);
    page.open_document(
        SLOW,
        "<main><review-card src='/script.json'>a</review-card><review-card src='/user.json'>b</review-card>
        <review-card src='/plain.json' variant='compact'>c</review-card><review-card src='/plain.json' hide='rating image'>d</review-card></main>",
    )?;
    page.expect_loads(4)?;
    page.requested("/images/", 0)
}

fn room_is_kept_free_until_the_card_is_there(page: &Page) -> Result<()> {
    const ROOM: &str = "<style>review-card { --review-card-room: 100svh; }
        review-card:not(:defined) { display: block; min-block-size: 100svh; }</style>";
    page.open(&format!("{ROOM}<review-card>Nothing yet</review-card>"))?;
    page.expect_that("customElements.get('review-card')")?;
    page.is("card.offsetHeight >= innerHeight", true)?;
    page.run("card.data = { title: 'Short' }")?;
    page.expect_loads(1)?;
    page.is("card.offsetHeight < innerHeight", true)?;
    page.run("card.data = '{'")?;
    page.expect("events('error').length", 1)?;
    page.is("card.offsetHeight < innerHeight", true)?;
    page.forgive()
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

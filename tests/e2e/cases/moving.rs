//! Cards that a page moves, removes, brings back and copies.

use anyhow::Result;
use serde_json::json;

use super::{FULL, cases};
use crate::page::Page;

cases![
    a_moved_card_keeps_its_state_and_downloads_nothing,
    a_card_that_was_away_is_shown_again,
    a_card_removed_while_it_loads_says_nothing,
    an_emptied_page_leaves_nothing_behind,
    a_cloned_card_is_a_card_of_its_own,
    a_card_in_a_template_waits_until_it_is_used,
    a_card_that_another_document_adopts_stays_dressed,
    coming_and_going_a_thousand_times_does_no_harm,
];

fn a_moved_card_keeps_its_state_and_downloads_nothing(page: &Page) -> Result<()> {
    page.open(&format!("<div id='here'>{FULL}</div><div id='there'></div>"))?;
    page.expect_loads(1)?;
    page.click("part('toggle')")?;
    page.expect("events('toggle').length", 1)?;
    page.run("globalThis.title = part('title'); byId('there').append(card)")?;
    page.rest(200);
    page.is(
        "[card.parentNode.id, card.open, part('body').closest('details').open]",
        json!(["there", true, true]),
    )?;
    page.is("part('title') == title && seen(title)", true)?;
    page.is("heard.map((event) => event.name)", json!(["load", "toggle"]))?;
    page.requested("/data/full.json", 1)?;
    page.run("card.variant = 'compact'")?;
    page.expect("part('author')", json!(null))
}

fn a_card_that_was_away_is_shown_again(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.run("globalThis.away = card; card.remove()")?;
    page.rest(100);
    page.is("away.review", json!(null))?;
    page.run("document.querySelector('main').append(away)")?;
    page.expect_loads(2)?;
    page.is("text(part('title'))", "A week of small mercies")?;
    page.is("seen(card.querySelector(':scope > a'))", false)
}

fn a_card_removed_while_it_loads_says_nothing(page: &Page) -> Result<()> {
    page.open(r#"<review-card src="/slow/300/data/full.json">Fallback</review-card>"#)?;
    page.expect_requests("/data/full.json", 1)?;
    page.run("card.remove()")?;
    page.rest(500);
    page.is("heard", json!([]))
}

fn an_emptied_page_leaves_nothing_behind(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.run("const main = document.querySelector('main'), was = main.innerHTML; main.innerHTML = ''; main.innerHTML = was;")?;
    page.expect_loads(2)?;
    page.is("text(part('title'))", "A week of small mercies")?;
    page.is("document.querySelectorAll('review-card').length", 1)
}

fn a_cloned_card_is_a_card_of_its_own(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.run(
        "const copy = card.cloneNode(true); copy.id = 'copy'; card.after(copy); copy.variant = 'compact'",
    )?;
    page.expect_loads(2)?;
    page.expect("['author', 'title'].map((name) => parts(name, byId('copy')).length)", json!([0, 1]))?;
    page.is("parts('author', byId('full')).length", 1)
}

fn a_card_in_a_template_waits_until_it_is_used(page: &Page) -> Result<()> {
    page.open(&format!("<template>{FULL}</template>"))?;
    page.expect_that("customElements.get('review-card')")?;
    page.rest(150);
    page.is("heard", json!([]))?;
    page.requested("/data/", 0)?;
    page.run(
        "document.querySelector('main').append(document.querySelector('template').content.cloneNode(true))",
    )?;
    page.expect_loads(1)
}

fn a_card_that_another_document_adopts_stays_dressed(page: &Page) -> Result<()> {
    page.open(&format!("{FULL}<iframe title='Another document'></iframe>"))?;
    page.expect_loads(1)?;
    page.run("globalThis.moved = card; document.querySelector('iframe').contentDocument.body.append(card)")?;
    page.expect("text(part('title', moved))", "A week of small mercies")?;
    page.expect("moved.ownerDocument.defaultView.getComputedStyle(moved.shadowRoot.querySelector('.review-card__layout')).display", "grid")
}

fn coming_and_going_a_thousand_times_does_no_harm(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.run(
        "globalThis.done = false;
        (async () => {
          const main = document.querySelector('main');
          for (let i = 0; i < 1000; i++) {
            card.remove();
            if (i % 3) await null;
            main.append(card);
            if (i % 2) await null;
          }
          globalThis.done = true;
        })();",
    )?;
    page.expect_that("done && seen(part('title'))")?;
    page.is("events('error')", json!([]))?;
    page.is("all('article').length", 1)
}

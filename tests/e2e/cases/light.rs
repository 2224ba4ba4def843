//! Cards without a shadow root.

use anyhow::Result;
use serde_json::json;

use super::cases;
use crate::page::Page;

cases![
    a_light_card_is_rendered_into_the_element,
    a_light_card_wears_the_stylesheet_of_the_page,
    the_fallback_comes_back_when_a_light_card_fails,
    light_is_read_once,
    a_light_card_toggles,
];

const LIGHT: &str = r#"<review-card light src="/data/full.json"><a id="fallback" href="/fallback">Read the review</a></review-card>"#;

fn a_light_card_is_rendered_into_the_element(page: &Page) -> Result<()> {
    page.open(LIGHT)?;
    page.expect_loads(1)?;
    page.is("card.shadowRoot", json!(null))?;
    page.is("byId('fallback')", json!(null))?;
    page.is(
        "['title', 'verdict', 'rating', 'pros', 'cons', 'aspects', 'image', 'toggle', 'body', 'author', 'related', 'previous', 'next']
          .filter((name) => !card.querySelector('.review-card__' + name))",
        json!([]),
    )?;
    page.is("card.querySelector('.review-card') != null", true)
}

fn a_light_card_wears_the_stylesheet_of_the_page(page: &Page) -> Result<()> {
    page.open_document(
        r#"<link rel="stylesheet" href="/review-card/review-card.css">
        <style>.review-card__title { color: rgb(1, 2, 3) }</style>
        <script type="module" src="/review-card/review-card.js"></script>"#,
        &format!("<main><h1>A blog</h1>{LIGHT}</main>"),
    )?;
    page.expect_loads(1)?;
    page.is("style(find('.review-card__title'), 'color')", "rgb(1, 2, 3)")?;
    page.is("style(find('.review-card__layout'), 'display')", "grid")
}

fn the_fallback_comes_back_when_a_light_card_fails(page: &Page) -> Result<()> {
    page.open(&LIGHT.replace("/data/", "/slow/300/data/"))?;
    page.run("globalThis.fallback = byId('fallback')")?;
    page.expect_loads(1)?;
    page.run("card.src = '/fault/404'")?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["status"]))?;
    page.is("fallback && byId('fallback') == card.querySelector('a') && seen(byId('fallback'))", true)?;
    page.is("card.querySelector('.review-card')", json!(null))?;
    page.run("card.src = '/data/minimal.json'")?;
    page.expect_loads(2)?;
    page.is("text(card)", "Only a title")?;
    page.expect_from_browser("status of 404")?;
    page.expect_console("review-card: status")
}

fn light_is_read_once(page: &Page) -> Result<()> {
    page.open(LIGHT)?;
    page.expect_loads(1)?;
    page.run("card.removeAttribute('light'); card.variant = 'compact'")?;
    page.expect("card.querySelector('.review-card__author')", json!(null))?;
    page.is(
        "[card.shadowRoot, text(card.querySelector('.review-card__title'))]",
        json!([null, "A week of small mercies"]),
    )
}

fn a_light_card_toggles(page: &Page) -> Result<()> {
    page.open(LIGHT)?;
    page.expect_loads(1)?;
    page.click("card.querySelector('summary')")?;
    page.expect("events('toggle')", json!([{ "open": true }]))?;
    page.is("card.open", true)
}

//! What axe-core finds: nothing.

use anyhow::Result;
use serde_json::json;

use super::{FULL, cases};
use crate::axe;
use crate::page::Page;

cases![
    a_closed_card_has_no_violation,
    an_open_card_has_no_violation,
    a_dark_card_has_no_violation,
    a_card_on_a_dark_system_has_no_violation,
    a_card_320_px_wide_has_no_violation,
    a_card_at_400_percent_has_no_violation,
    an_arabic_card_has_no_violation,
    compact_and_full_cards_have_no_violation,
    a_light_card_has_no_violation,
    every_kind_of_rating_has_no_violation,
    a_failed_card_has_no_violation,
    forced_colours_leave_the_rating_to_be_seen,
    reduced_motion_stands_still,
];

fn a_closed_card_has_no_violation(page: &Page) -> Result<()> {
    page.open(FULL)?;
    check(page)
}

fn an_open_card_has_no_violation(page: &Page) -> Result<()> {
    page.open(FULL)?;
    open_and_check(page)
}

fn a_dark_card_has_no_violation(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.run("card.theme = 'dark'")?;
    open_and_check(page)
}

fn a_card_on_a_dark_system_has_no_violation(page: &Page) -> Result<()> {
    page.media("prefers-color-scheme", "dark")?;
    page.open_document(
        "<meta name='color-scheme' content='light dark'><style>body { background: Canvas; color: CanvasText }</style>
        <script type='module' src='/review-card/review-card.js'></script>",
        &format!("<main><h1>A blog</h1>{FULL}</main>"),
    )?;
    open_and_check(page)
}

fn a_card_320_px_wide_has_no_violation(page: &Page) -> Result<()> {
    page.viewport(320, 800, 1)?;
    page.open(FULL)?;
    open_and_check(page)?;
    page.is("document.documentElement.scrollWidth <= innerWidth", true)
}

/// 1280 px at 400 %.
fn a_card_at_400_percent_has_no_violation(page: &Page) -> Result<()> {
    page.viewport(320, 256, 4)?;
    page.open(FULL)?;
    open_and_check(page)?;
    page.is("[document.documentElement.scrollWidth <= innerWidth, devicePixelRatio]", json!([true, 4]))
}

fn an_arabic_card_has_no_violation(page: &Page) -> Result<()> {
    page.open("<div lang='ar' dir='rtl'><review-card src='/data/arabic.json'></review-card></div>")?;
    open_and_check(page)
}

fn compact_and_full_cards_have_no_violation(page: &Page) -> Result<()> {
    page.open(
        "<review-card src='/data/full.json' variant='compact'></review-card>
        <review-card src='/data/german.json' variant='full'></review-card>",
    )?;
    page.expect_loads(2)?;
    axe::check(page)
}

fn a_light_card_has_no_violation(page: &Page) -> Result<()> {
    page.open_document(
        "<link rel='stylesheet' href='/review-card/review-card.css'><script type='module' src='/review-card/review-card.js'></script>",
        "<main><h1>A blog</h1><review-card light src='/data/full.json'></review-card></main>",
    )?;
    open_and_check(page)
}

fn every_kind_of_rating_has_no_violation(page: &Page) -> Result<()> {
    page.open(
        "<review-card src='/data/collection.json' item='dumplings'></review-card>
        <review-card src='/data/collection.json' item='soup'></review-card>
        <review-card src='/data/german.json' theme='dark'></review-card>
        <review-card src='/data/problems.json'></review-card>",
    )?;
    page.expect_loads(4)?;
    axe::check(page)
}

fn a_failed_card_has_no_violation(page: &Page) -> Result<()> {
    page.open(&format!("<review-card src='/fault/object' id='bare'></review-card>{FULL}"))?;
    page.expect_that("part('error')")?;
    page.expect_loads(1)?;
    axe::check(page)?;
    page.run("document.body.style.background = '#111'; document.documentElement.style.colorScheme = 'dark'; document.body.style.color = '#eee'")?;
    axe::check(page)?;
    page.expect_console("no-review")
}

fn forced_colours_leave_the_rating_to_be_seen(page: &Page) -> Result<()> {
    page.media("forced-colors", "active")?;
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.is("matchMedia('(forced-colors: active)').matches", true)?;
    page.is("style(find('.review-card__star-fill'), 'fill') != style(part('card'), 'background-color')", true)
}

fn reduced_motion_stands_still(page: &Page) -> Result<()> {
    page.media("prefers-reduced-motion", "reduce")?;
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.click("part('toggle')")?;
    page.expect("card.open", true)?;
    page.is("card.shadowRoot.getAnimations().filter((each) => each.playState == 'running').length", 0)
}

fn open_and_check(page: &Page) -> Result<()> {
    page.run("card.open = true")?;
    check(page)
}

fn check(page: &Page) -> Result<()> {
    page.expect_loads(1)?;
    // Colours in the middle of a transition are nobody's.
    page.expect("(card.shadowRoot ?? document).getAnimations().length", 0)?;
    axe::check(page)
}

//! Cards that came as HTML, with a declarative shadow root: they are complete without the script.

use std::path::Path;

use anyhow::Result;
use serde_json::json;

use super::cases;
use crate::command;
use crate::page::Page;

cases![
    a_prerendered_card_stands_and_downloads_nothing,
    a_missing_program_takes_nothing_from_what_is_prerendered,
    a_prerendered_card_opens_and_tells_so,
    what_needs_another_rendering_is_rendered,
    a_prerendered_card_comes_back_when_its_successor_fails,
    what_the_command_writes_is_taken_over_as_it_is,
    another_rendering_takes_the_place_of_what_the_command_wrote,
    another_look_loses_nothing_of_what_the_command_wrote,
];

const PRERENDERED: &str = r#"<review-card src="/data/full.json"><template shadowrootmode="open">
    <article class="review-card" part="card"><h2 part="title">As it came</h2>
        <details class="review-card__details"><summary part="toggle">More</summary><div part="body"><p>Words</p></div></details>
    </article>
</template><a href="/fallback">Read the review</a></review-card>"#;

fn a_prerendered_card_stands_and_downloads_nothing(page: &Page) -> Result<()> {
    page.open(PRERENDERED)?;
    page.expect_that("customElements.get('review-card')")?;
    page.run("card.theme = 'dark'; card.dir = 'rtl'")?;
    page.rest(200);
    page.is(
        "[text(part('title')), seen(part('title')), seen(card.querySelector('a'))]",
        json!(["As it came", true, false]),
    )?;
    page.is("heard", json!([]))?;
    page.requested(".wasm", 0)?;
    page.requested("/data/", 0)
}

fn a_missing_program_takes_nothing_from_what_is_prerendered(page: &Page) -> Result<()> {
    page.open_document(
        "<script type='module' src='/without/review-card.wasm/review-card.js'></script>",
        &format!("<main>{PRERENDERED}<review-card id='live' src='/data/minimal.json'>A fallback</review-card></main>"),
    )?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["engine"]))?;
    page.is("heard.map(({ target }) => target)", json!(["live"]))?;
    page.is(
        "[text(part('title')), seen(part('title')), seen(card.querySelector('a'))]",
        json!(["As it came", true, false]),
    )?;
    page.click("part('toggle')")?;
    page.expect("card.open", true)?;
    page.expect_console("review-card.wasm")?;
    page.forgive()
}

fn a_prerendered_card_opens_and_tells_so(page: &Page) -> Result<()> {
    page.open(PRERENDERED)?;
    page.expect_that("customElements.get('review-card')")?;
    page.click("part('toggle')")?;
    page.expect("events('toggle')", json!([{ "open": true }]))?;
    page.is("card.open", true)?;
    page.run("card.open = false")?;
    page.expect("find('details').open", false)?;
    page.rest(100);
    page.is("events('toggle').length", 1)?;
    page.requested(".wasm", 0)
}

fn what_needs_another_rendering_is_rendered(page: &Page) -> Result<()> {
    page.open(PRERENDERED)?;
    page.expect_that("customElements.get('review-card')")?;
    page.run("card.variant = 'compact'")?;
    page.expect_loads(1)?;
    page.is(
        "all('[part]').map((each) => each.part.value)",
        json!(["card", "title", "disclosure", "verdict", "rating"]),
    )?;
    page.is("text(part('title'))", "A week of small mercies")
}

fn a_prerendered_card_comes_back_when_its_successor_fails(page: &Page) -> Result<()> {
    page.open(PRERENDERED)?;
    page.expect_that("customElements.get('review-card')")?;
    page.run("card.src = '/fault/object'")?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["no-review"]))?;
    page.is("[text(part('title')), seen(part('title'))]", json!(["As it came", true]))?;
    page.is("part('error')", json!(null))?;
    page.run("card.data = { title: 'Another' }")?;
    page.expect_loads(1)?;
    page.is("all('article').map((each) => text(each))", json!(["Another"]))?;
    page.expect_console("review-card: no-review")
}

/// What the command writes of the review with all parts, for a page of this site.
fn written(page: &Page) -> Result<String> {
    let file = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/e2e/data/full.json");
    let base = format!("{}/data/full.json", page.site().origin());
    Ok(command::render(&file, &["--base", &base])?.concat())
}

/// Looks at the card in every frame from now on: how many articles there are, and how high it is.
const WATCH: &str = "globalThis.frames_ = [];
globalThis.from_ = performance.now();
const look = () => { frames_.push([all('article').filter(seen).length, card.offsetHeight]); requestAnimationFrame(look); };
look();";

/// The tests' own font, for the pages that are compared as pictures.
const FONT: &str = "<link rel='stylesheet' href='/fonts/page.css'>";

fn what_the_command_writes_is_taken_over_as_it_is(page: &Page) -> Result<()> {
    let card = format!("{FONT}{}", written(page)?);
    page.viewport(900, 1800, 1)?;
    page.open_document("", &format!("<main><h1>A blog</h1>{card}</main>"))?;
    let without = page.picture()?;
    page.open(&card)?;
    page.expect_that("customElements.get('review-card') && card.matches(':defined')")?;
    page.rest(200);
    without.expect_same(&page.picture()?, &format!("{} a card that is taken over", page.engine()))?;
    page.is("all('article').length", 1)?;
    page.requested(".wasm", 0)?;
    // Once more without the tests' font, which moves the text when it comes.
    page.open(&written(page)?)?;
    page.expect_that("customElements.get('review-card') && card.matches(':defined')")?;
    page.rest(200);
    page.is("shifts", json!([]))
}

fn another_rendering_takes_the_place_of_what_the_command_wrote(page: &Page) -> Result<()> {
    page.viewport(900, 1800, 1)?;
    page.open(&format!("{FONT}{}", written(page)?))?;
    page.expect_that("customElements.get('review-card')")?;
    let before = page.picture()?;
    page.run(WATCH)?;
    page.run(
        "fetch('/data/full.json').then((answer) => answer.json()).then((data) => { card.data = data; })",
    )?;
    page.expect_loads(1)?;
    page.rest(100);
    page.expect_that("frames_.length > 5")?;
    page.is("[...new Set(frames_.map(String))].length", 1)?;
    page.is("frames_[0][0]", 1)?;
    // Before that, the tests' font has moved the text.
    page.is("shifts.filter(({ startTime }) => startTime > from_)", json!([]))?;
    before.expect_same(&page.picture()?, &format!("{} a card that is drawn anew", page.engine()))
}

fn another_look_loses_nothing_of_what_the_command_wrote(page: &Page) -> Result<()> {
    page.open(&written(page)?)?;
    page.expect_that("customElements.get('review-card')")?;
    let parts = "JSON.stringify(all('[part]').map((each) => [each.part.value, text(each)]))";
    let before = page.get(parts)?;
    page.run("card.headingLevel = 3")?;
    page.expect("find('h3[part]') && text(find('h3[part]'))", "A week of small mercies")?;
    page.is(parts, before)
}

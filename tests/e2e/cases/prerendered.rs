//! Cards that came as HTML, with a declarative shadow root: they are complete without the script.

use anyhow::Result;
use serde_json::json;

use super::cases;
use crate::page::Page;

cases![
    a_prerendered_card_stands_and_downloads_nothing,
    a_prerendered_card_opens_and_tells_so,
    what_needs_another_rendering_is_rendered,
    a_prerendered_card_comes_back_when_its_successor_fails,
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
    page.is("all('[part]').map((each) => each.part.value)", json!(["card", "title", "verdict", "rating"]))?;
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

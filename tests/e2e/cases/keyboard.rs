//! A walk through a card with the Tab key.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::{FULL, cases};
use crate::page::{ENTER, Page, TAB};

cases![tab_visits_everything_in_the_order_in_which_it_is_read, the_links_of_a_closed_body_are_passed_over];

/// Where the focus is: the part, and whether it can be seen.
const STOP: &str = "(() => {
  const at = focused();
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(at);
  const ring = at.matches(':focus-visible') && outlineStyle != 'none' && parseFloat(outlineWidth) >= 2
    && outlineColor != 'rgba(0, 0, 0, 0)';
  const box = at.getBoundingClientRect();
  const place = at.closest('[part]')?.part.value ?? at.id;
  return { place, ring, top: Math.round(box.top + scrollY), words: text(at) };
})()";

fn tab_visits_everything_in_the_order_in_which_it_is_read(page: &Page) -> Result<()> {
    page.open(&format!("{FULL}<p><a id='after' href='#'>After the card</a></p>"))?;
    page.expect_loads(1)?;
    page.viewport(360, 800, 1)?;
    page.run("card.open = true")?;
    page.expect("part('body').closest('details').open", true)?;
    let stops = walk(page)?;
    let places: Vec<&Value> = stops.iter().map(|stop| &stop["place"]).collect();
    let expected = json!([
        "title", "work", "toggle", "history", "links", "links", "author", "related", "related", "related",
        "opinions", "previous", "next", "after"
    ]);
    ensure!(json!(places) == expected, "expected {expected}, found {places:?}");
    for pair in stops.windows(2) {
        if let [above, below] = pair {
            ensure!(above["top"].as_i64() <= below["top"].as_i64(), "expected {below} below {above}");
        }
    }
    let within = stops.len() - 1;
    for stop in stops.iter().take(within) {
        ensure!(stop["ring"] == true, "expected a ring around the focus, found {stop}");
        ensure!(stop["words"] != "", "expected words in {stop}");
    }
    Ok(())
}

fn the_links_of_a_closed_body_are_passed_over(page: &Page) -> Result<()> {
    page.site().put(
        "/linked.json",
        r#"{ "title": "Linked", "bodyHtml": "<p>Words with <a href='https://blog.example/'>a link</a>.</p>" }"#,
    );
    page.open(
        "<review-card src='/linked.json'></review-card><p><a id='after' href='#'>After the card</a></p>",
    )?;
    page.expect_loads(1)?;
    page.press(TAB)?;
    page.expect("focused() == part('toggle')", true)?;
    page.press(TAB)?;
    page.expect("focused().id", "after")?;
    page.run("part('toggle').focus()")?;
    page.press(ENTER)?;
    page.expect("card.open", true)?;
    page.expect("seen(find('a'))", true)?;
    page.press(TAB)?;
    page.expect("text(focused())", "a link")?;
    page.press(TAB)?;
    page.expect("focused().id", "after")
}

/// Presses Tab until the focus is behind the card.
fn walk(page: &Page) -> Result<Vec<Value>> {
    let mut stops: Vec<Value> = Vec::new();
    while stops.len() < 30 && stops.last().is_none_or(|stop| stop["place"] != "after") {
        page.press(TAB)?;
        stops.push(page.get(STOP)?);
    }
    Ok(stops)
}

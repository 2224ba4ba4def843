//! The body, and the reader who opens it.

use anyhow::Result;
use serde_json::json;

use super::{FULL, cases};
use crate::page::{ENTER, Page, SPACE};

cases![
    a_click_opens_and_closes_the_body,
    enter_and_space_open_and_close_the_body,
    the_attribute_opens_without_an_event,
    open_in_the_markup_opens_without_an_event,
    the_words_of_the_body_are_there_before_it_is_opened,
    an_open_card_stays_open_when_something_else_changes,
];

fn a_click_opens_and_closes_the_body(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.is("seen(part('body').querySelector('p'))", false)?;
    page.click("part('toggle')")?;
    page.expect("events('toggle')", json!([{ "open": true }]))?;
    page.is(
        "[card.open, card.hasAttribute('open'), part('body').closest('details').open]",
        json!([true, true, true]),
    )?;
    page.expect("seen(part('body').querySelector('p'))", true)?;
    page.click("part('toggle')")?;
    page.expect("events('toggle')", json!([{ "open": true }, { "open": false }]))?;
    page.is(
        "[card.open, card.hasAttribute('open'), part('body').closest('details').open]",
        json!([false, false, false]),
    )?;
    page.is(
        "heard.filter((event) => event.name == 'toggle').every((event) => event.bubbles && event.composed)",
        true,
    )
}

fn enter_and_space_open_and_close_the_body(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.run("part('toggle').focus()")?;
    page.press(ENTER)?;
    page.expect("events('toggle')", json!([{ "open": true }]))?;
    page.is("card.open", true)?;
    page.is("focused() == part('toggle')", true)?;
    page.press(SPACE)?;
    page.expect("events('toggle')", json!([{ "open": true }, { "open": false }]))?;
    page.is("card.open", false)
}

fn the_attribute_opens_without_an_event(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.run("card.open = true")?;
    page.expect("part('body').closest('details').open", true)?;
    page.run("card.removeAttribute('open')")?;
    page.expect("part('body').closest('details').open", false)?;
    page.run("card.setAttribute('open', '')")?;
    page.expect("part('body').closest('details').open", true)?;
    // A toggle event of the browser comes in a task of its own.
    page.rest(100);
    page.is("events('toggle')", json!([]))?;
    page.click("part('toggle')")?;
    page.expect("events('toggle')", json!([{ "open": false }]))
}

fn open_in_the_markup_opens_without_an_event(page: &Page) -> Result<()> {
    page.open(r#"<review-card src="/data/full.json" open></review-card>"#)?;
    page.expect_loads(1)?;
    page.is("part('body').closest('details').open", true)?;
    page.rest(100);
    page.is("[card.open, events('toggle')]", json!([true, []]))
}

fn the_words_of_the_body_are_there_before_it_is_opened(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.is("part('body').closest('details').open", false)?;
    page.is("text(part('body')).includes('The camera waits for the verse')", true)
}

fn an_open_card_stays_open_when_something_else_changes(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.click("part('toggle')")?;
    page.expect("events('toggle').length", 1)?;
    page.run("card.hide = 'author'")?;
    page.expect("part('author')", json!(null))?;
    page.is("[card.open, part('body').closest('details').open]", json!([true, true]))?;
    page.is("events('toggle').length", 1)
}

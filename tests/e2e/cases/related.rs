//! `related-from`: second opinions and related reviews out of another collection.

use anyhow::Result;
use serde_json::{Value, json};

use super::cases;
use crate::page::Page;

cases![
    second_opinions_stand_under_what_is_related,
    cards_of_one_collection_share_its_download_and_its_reading,
    a_collection_of_its_own_is_downloaded_once,
    any_shape_will_do,
    a_rating_stands_among_thirty_others,
    nothing_is_fetched_before_the_card_is_shown,
    a_compact_card_asks_for_nothing,
    the_attribute_is_live,
    what_is_found_is_marked_up,
    a_body_of_html_stays,
    a_collection_that_is_cut_off_gives_its_complete_reviews,
    a_failure_costs_no_more_than_the_section,
    a_removed_card_lets_the_download_go,
];

const OWN: &str = r#"{ "title": "Own", "url": "/own", "tags": ["office"],
    "work": { "name": "The Apartment", "type": "Movie", "year": 1960, "creators": ["Billy Wilder"] } }"#;

fn archive() -> Value {
    let work = json!({ "name": "the apartment", "type": "Movie", "year": "1960" });
    json!({ "title": "All", "reviews": [
        { "id": "own", "title": "Own", "url": "/own", "work": work },
        { "title": "A tag", "url": "/tag", "tags": ["Office"] },
        { "title": "Another view", "url": "/other", "work": work, "author": "Ada Quill", "rating": "B-",
          "body": "First words of it." },
        { "id": "sabrina", "title": "Sabrina again", "url": "/sabrina", "work": { "name": "Sabrina", "creators": ["Billy Wilder"] } },
    ] })
}

const NAMES: &str = "(of) => all(`[part~='${of}'] .review-card__name`).map(text)";

fn put(page: &Page) {
    page.site().put("/own.json", OWN);
    page.site().put("/archive.json", archive().to_string());
}

/// Waits for the titles in the two sections.
#[track_caller]
fn shows(page: &Page, related: &[&str], opinions: &[&str]) -> Result<()> {
    page.expect(&format!("['related', 'opinions'].map({NAMES})"), json!([related, opinions]))
}

fn second_opinions_stand_under_what_is_related(page: &Page) -> Result<()> {
    put(page);
    page.open(r#"<review-card src="/own.json" related-from="/archive.json"></review-card>"#)?;
    shows(page, &["Sabrina again", "A tag"], &["Another view"])?;
    page.is("text(part('opinions'))", "Second opinionsAnother view B−First words of it.Ada Quill")?;
    page.is("part('related').compareDocumentPosition(part('opinions'))", 4)?;
    page.is("part('opinions').querySelector('a').pathname", "/other")?;
    page.is("[card.review.opinions.length, card.review.related.length]", json!([1, 2]))?;
    page.is("[events('load').length, card.relatedFrom]", json!([1, "/archive.json"]))
}

fn a_rating_stands_among_thirty_others(page: &Page) -> Result<()> {
    let reviews = |count: usize| -> Vec<Value> {
        (0..count).map(|number| json!({ "title": number.to_string(), "url": number.to_string(), "rating": number % 5 + 1 })).collect()
    };
    page.site().put("/own.json", r#"{ "title": "Own", "url": "/own", "rating": 4 }"#);
    page.site().put("/archive.json", json!(reviews(30)).to_string());
    page.site().put("/few.json", json!(reviews(29)).to_string());
    page.open(r#"<review-card src="/own.json" related-from="/archive.json"></review-card>"#)?;
    page.expect("text(part('measure'))", "Higher than 70% of 30 reviews")?;
    page.is("part('measure').querySelector('svg').getAttribute('aria-hidden')", "true")?;
    page.run("card.hide = 'measure'")?;
    page.expect("part('measure')", Value::Null)?;
    page.run("card.hide = ''")?;
    page.expect_that("part('measure')")?;
    page.run("card.relatedFrom = '/few.json'")?;
    page.expect("part('measure')", Value::Null)?;
    page.requested("/few.json", 1)?;
    page.rest(200);
    page.is("part('measure')", Value::Null)
}

/// For search engines the page says what the card shows.
fn what_is_found_is_marked_up(page: &Page) -> Result<()> {
    put(page);
    page.open(r#"<review-card src="/own.json" related-from="/archive.json" schema></review-card>"#)?;
    shows(page, &["Sabrina again", "A tag"], &["Another view"])?;
    let data =
        "JSON.parse(document.head.querySelector('script[type=\"application/ld+json\"]')?.text ?? '{}')";
    page.expect(
        &format!("({data}.citation ?? []).map(({{ name }}) => name)"),
        json!(["Sabrina again", "A tag"]),
    )?;
    let opinion = "({ name, author, itemReviewed }) => [name, author.name, itemReviewed.name]";
    page.is(
        &format!("{data}.associatedReview.map({opinion})"),
        json!([["Another view", "Ada Quill", "The Apartment"]]),
    )?;
    page.run("card.hide = 'related opinions'")?;
    page.expect(&format!("['citation', 'associatedReview'].some((key) => key in {data})"), false)
}

fn cards_of_one_collection_share_its_download_and_its_reading(page: &Page) -> Result<()> {
    put(page);
    page.open(
        r#"<review-card src="/own.json" related-from="/archive.json"></review-card>
        <review-card src="/own.json" related-from="archive.json#all"></review-card>"#,
    )?;
    page.expect(
        "[...document.querySelectorAll('review-card')].filter((each) => part('opinions', each)).length",
        2,
    )?;
    page.requested("/archive.json", 1)?;
    page.requested("review-card-extras.wasm", 1)?;
    page.requested("reader", 0)
}

fn a_collection_of_its_own_is_downloaded_once(page: &Page) -> Result<()> {
    put(page);
    page.open(r#"<review-card src="/archive.json" item="own" related-from="/archive.json"></review-card>"#)?;
    shows(page, &[], &["Another view"])?;
    page.requested("/archive.json", 1)?;
    page.run("card.item = 'sabrina'")?;
    page.expect("text(part('title'))", "Sabrina again")?;
    shows(page, &[], &[])
}

fn any_shape_will_do(page: &Page) -> Result<()> {
    put(page);
    let feed = json!({ "version": "https://jsonfeed.org/version/1.1", "items": [
        { "id": "1", "url": "/feed", "title": "From a feed", "tags": ["office"], "content_html": "<p>Words</p>" }
    ] });
    page.site().put("/feed.json", feed.to_string());
    page.open(&format!(
        r#"<review-card related-from="/feed.json"><script type="application/json">{OWN}</script></review-card>"#
    ))?;
    shows(page, &["From a feed"], &[])?;
    page.requested("review-card-reader.wasm", 1)
}

fn nothing_is_fetched_before_the_card_is_shown(page: &Page) -> Result<()> {
    put(page);
    page.open(
        r#"<div style="height: 5000px"></div><review-card src="/own.json" related-from="/archive.json"></review-card>"#,
    )?;
    page.rest(300);
    page.requested("/archive.json", 0)?;
    page.run("card.scrollIntoView()")?;
    shows(page, &["Sabrina again", "A tag"], &["Another view"])
}

fn a_compact_card_asks_for_nothing(page: &Page) -> Result<()> {
    put(page);
    page.open(
        r#"<review-card src="/own.json" variant="compact" related-from="/archive.json"></review-card>"#,
    )?;
    page.expect_loads(1)?;
    page.rest(300);
    page.requested("/archive.json", 0)?;
    page.run("card.variant = 'full'")?;
    shows(page, &["Sabrina again", "A tag"], &["Another view"])
}

fn the_attribute_is_live(page: &Page) -> Result<()> {
    put(page);
    page.site().put("/tags.json", r#"[{ "title": "Only a tag", "tags": ["OFFICE"] }]"#);
    page.open(r#"<review-card src="/own.json"></review-card>"#)?;
    page.expect_loads(1)?;
    page.is("card.relatedFrom", "")?;
    page.run("card.relatedFrom = '/archive.json'")?;
    shows(page, &["Sabrina again", "A tag"], &["Another view"])?;
    page.run("card.setAttribute('related-from', '/tags.json')")?;
    shows(page, &["Only a tag"], &[])?;
    page.run("card.relatedFrom = null")?;
    shows(page, &[], &[])?;
    page.is("[card.hasAttribute('related-from'), 'related' in card.review]", json!([false, false]))?;
    page.run("card.relatedFrom = '/archive.json'; card.hide = 'related'; card.headingLevel = 4")?;
    shows(page, &[], &["Another view"])?;
    page.is("part('opinions').querySelector('h5').textContent", "Second opinions")
}

fn a_body_of_html_stays(page: &Page) -> Result<()> {
    put(page);
    page.site().put(
        "/html/own.json",
        r#"{ "title": "Own", "tags": ["office"], "bodyHtml": "<p>A <a href='more'>body</a>.</p>" }"#,
    );
    page.open(
        r#"<review-card src="/html/own.json" variant="full" related-from="/archive.json"></review-card>"#,
    )?;
    shows(page, &["A tag"], &[])?;
    page.is(
        "[text(part('body')), part('body').querySelector('a').pathname]",
        json!(["A body.", "/html/more"]),
    )
}

fn a_collection_that_is_cut_off_gives_its_complete_reviews(page: &Page) -> Result<()> {
    put(page);
    let reviews = r#"{ "reviews": [{ "title": "A", "tags": ["office"] }, { "tit"#;
    let feed = r#"{ "version": "https://jsonfeed.org/version/1.1", "items": [{ "title": "A", "tags": ["office"] }, { "tit"#;
    for cut in [reviews, feed] {
        page.site().put("/cut.json", cut);
        page.open(
            r#"<review-card src="/own.json" related-from="/cut.json"></review-card>
            <review-card src="/own.json" related-from="/cut.json"></review-card>"#,
        )?;
        shows(page, &["A"], &[])?;
        page.expect_console("/cut.json: expected a complete document, found the end of the document")?;
        page.is("events('error')", json!([]))?;
        page.forgive()?;
    }
    Ok(())
}

fn a_failure_costs_no_more_than_the_section(page: &Page) -> Result<()> {
    put(page);
    page.site().put("/cut.json", r#"{ "reviews": [{ "tit"#);
    for (from, reported) in [
        ("/fault/404/archive", "related-from: status: "),
        ("/fault/html", "related-from: not-json: "),
        ("/cut.json", "related-from: not-json: "),
        ("javascript:alert(1)", "related-from: network: "),
        ("http://[", "related-from: network: "),
    ] {
        page.open(&format!(r#"<review-card src="/own.json" related-from="{from}"></review-card>"#))?;
        page.expect_loads(1)?;
        page.expect_console(reported)?;
        page.is("[seen(part('title')), part('related'), part('opinions')]", json!([true, null, null]))?;
        page.is("events('error')", json!([]))?;
        page.forgive()?;
    }
    Ok(())
}

fn a_removed_card_lets_the_download_go(page: &Page) -> Result<()> {
    put(page);
    page.open(r#"<review-card src="/own.json" related-from="/fault/silent"></review-card>"#)?;
    page.expect_loads(1)?;
    page.expect_requests("/fault/silent", 1)?;
    page.run("globalThis.removed = card; card.remove()")?;
    page.expect("removed.review", json!(null))?;
    page.run("removed.relatedFrom = '/archive.json'; document.querySelector('main').append(removed)")?;
    shows(page, &["Sabrina again", "A tag"], &["Another view"])
}

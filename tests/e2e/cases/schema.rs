//! The review's JSON-LD in the page's head.

use anyhow::Result;
use serde_json::json;

use super::cases;
use crate::page::Page;

cases![
    schema_puts_linked_data_into_the_head,
    what_is_not_shown_is_not_marked_up,
    one_card_of_a_page_owns_the_head,
];

const SCRIPTS: &str = "[...document.head.querySelectorAll('script[type=\"application/ld+json\"]')].map((script) => JSON.parse(script.text))";

fn schema_puts_linked_data_into_the_head(page: &Page) -> Result<()> {
    page.open(r#"<review-card src="/data/full.json" schema></review-card>"#)?;
    page.expect_loads(1)?;
    page.expect(&format!("{SCRIPTS}.length"), 1)?;
    page.is(
        &format!("{SCRIPTS}.map((data) => [data['@context'], data['@type'], data.headline ?? data.name, data.itemReviewed.name, +data.reviewRating.ratingValue])[0]"),
        json!(["https://schema.org", "Review", "A week of small mercies", "Paterson", 4.5]),
    )?;
    page.run("card.schema = false")?;
    page.expect(&format!("{SCRIPTS}.length"), 0)?;
    page.run("card.setAttribute('schema', '')")?;
    page.expect(&format!("{SCRIPTS}.length"), 1)?;
    page.run("card.remove()")?;
    page.expect(&format!("{SCRIPTS}.length"), 0)?;
    page.requested("review-card-extras.wasm", 1)?;
    page.requested("reader", 0)
}

fn what_is_not_shown_is_not_marked_up(page: &Page) -> Result<()> {
    page.open(r#"<review-card src="/data/full.json" schema hide="author rating"></review-card>"#)?;
    page.expect_loads(1)?;
    let keys = format!(
        "['author', 'reviewRating', 'itemReviewed', 'abstract'].filter((key) => key in {SCRIPTS}[0])"
    );
    page.expect(&keys, json!(["itemReviewed", "abstract"]))?;
    page.run("card.hide = ''")?;
    page.expect(&keys, json!(["author", "reviewRating", "itemReviewed", "abstract"]))?;
    page.run("card.variant = 'compact'")?;
    page.expect(&keys, json!(["reviewRating", "abstract"]))
}

fn one_card_of_a_page_owns_the_head(page: &Page) -> Result<()> {
    page.open(
        r#"<review-card id="a" src="/data/collection.json" schema></review-card>
        <review-card id="b" src="/data/collection.json" item="soup" schema></review-card>"#,
    )?;
    page.expect_loads(2)?;
    let names = format!("{SCRIPTS}.map((data) => data.headline ?? data.name)");
    page.expect(&format!("{SCRIPTS}.length"), 1)?;
    let owner = page.get(&names)?;
    let (first, other) = if owner == json!(["Soup for one"]) {
        ("b", "Noodles at the station")
    } else {
        ("a", "Soup for one")
    };
    page.run(&format!("byId('{first}').remove()"))?;
    page.expect(&names, json!([other]))
}

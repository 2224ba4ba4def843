//! Data that is on the page: the property `data`, and JSON scripts.

use anyhow::Result;
use serde_json::{Value, json};

use super::{FULL, cases};
use crate::page::Page;

cases![
    properties_set_before_the_definition_are_kept,
    data_is_an_object_or_a_string,
    data_comes_before_src_and_null_goes_back,
    without_data_the_fallback_comes_back,
    data_without_a_review_is_an_error,
    data_that_is_no_json_is_an_error,
    review_is_what_was_given_as_plain_data,
    an_inline_script_is_read,
    an_inline_script_added_later_is_read,
    a_script_elsewhere_is_read_by_its_id,
    a_card_made_by_script_works,
];

fn properties_set_before_the_definition_are_kept(page: &Page) -> Result<()> {
    page.open_document("", r#"<main><h1>A blog</h1><review-card>Fallback</review-card></main>"#)?;
    page.run(
        "card.data = { title: 'Early', verdict: 'Set before the script came.', body: 'Words.' };
        card.variant = 'full';
        card.headingLevel = 3;
        const script = document.createElement('script');
        script.type = 'module';
        script.src = '/review-card/review-card.js';
        document.head.append(script);",
    )?;
    page.expect_loads(1)?;
    page.is("text(part('title'))", "Early")?;
    page.is("part('title').localName", "h3")?;
    page.is("part('toggle')", json!(null))?;
    page.is("card.getAttribute('variant')", "full")?;
    page.is("Object.getOwnPropertyNames(card)", json!([]))
}

fn data_is_an_object_or_a_string(page: &Page) -> Result<()> {
    page.open("<review-card>Fallback</review-card>")?;
    page.expect_that("customElements.get('review-card')")?;
    page.run("card.data = { title: 'An object' }")?;
    page.expect_loads(1)?;
    page.is("text(part('title'))", "An object")?;
    page.run("card.data = JSON.stringify([{ title: 'A string' }])")?;
    page.expect_loads(2)?;
    page.is("text(part('title'))", "A string")?;
    page.is("card.data", r#"[{"title":"A string"}]"#)
}

fn data_comes_before_src_and_null_goes_back(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.run("card.data = { title: 'Instead' }")?;
    page.expect_loads(2)?;
    page.is("text(part('title'))", "Instead")?;
    page.run("card.data = null")?;
    page.expect_loads(3)?;
    page.is("text(part('title'))", "A week of small mercies")
}

fn without_data_the_fallback_comes_back(page: &Page) -> Result<()> {
    page.open("<review-card><a href='/fallback'>Read the review</a></review-card>")?;
    page.expect_that("customElements.get('review-card')")?;
    page.run("card.data = { title: 'For a while' }")?;
    page.expect_loads(1)?;
    page.is("seen(card.querySelector('a'))", false)?;
    page.run("card.data = null")?;
    page.expect("seen(card.querySelector('a'))", true)?;
    page.is("[card.review, part('card')]", json!([null, null]))?;
    page.is("events('error')", json!([]))
}

fn data_without_a_review_is_an_error(page: &Page) -> Result<()> {
    page.open("<review-card>Fallback</review-card>")?;
    page.expect_that("customElements.get('review-card')")?;
    page.run("card.data = 'not JSON'")?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["not-json"]))?;
    page.run("card.data = { verdict: 'No title' }")?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["not-json", "no-review"]))?;
    page.is("events('error')[1].message.includes('title')", true)?;
    page.run("card.data = { title: 'Mended' }")?;
    page.expect_loads(1)?;
    page.is("text(part('title'))", "Mended")?;
    page.expect_console("not-json")?;
    page.expect_console("no-review")
}

fn data_that_is_no_json_is_an_error(page: &Page) -> Result<()> {
    page.open("<review-card>Fallback</review-card>")?;
    page.expect_that("customElements.get('review-card')")?;
    page.run("const circle = { title: 'Round' }; circle.related = circle; card.data = circle")?;
    page.expect("events('error').length", 1)?;
    page.run("card.data = 5")?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["not-json", "no-review"]))?;
    page.expect_console("review-card: not-json")?;
    page.expect_console("review-card: no-review")
}

fn review_is_what_was_given_as_plain_data(page: &Page) -> Result<()> {
    let mut given: Value = serde_json::from_str(include_str!("../data/full.json"))?;
    let origin = page.site().origin();
    page.open("<review-card></review-card>")?;
    page.expect_that("customElements.get('review-card')")?;
    page.is("card.review", json!(null))?;
    // The addresses of pictures are whole in what is shown.
    given["image"]["src"] = format!("{origin}/images/600x900.svg").into();
    for at in ["/author/image/src", "/related/0/image/src"] {
        if let Some(src) = given.pointer_mut(at) {
            *src = format!("{origin}/images/120x120.svg").into();
        }
    }
    page.run(&format!("card.data = {given}"))?;
    page.expect_loads(1)?;
    page.run("globalThis.first = card.review; card.data = first")?;
    page.expect_loads(2)?;
    page.is("JSON.stringify(card.review) == JSON.stringify(first)", true)?;
    for key in
        ["id", "url", "section", "title", "verdict", "pros", "cons", "tags", "published", "updated", "lang"]
    {
        page.is(&format!("card.review.{key}"), given[key].clone())?;
    }
    page.is("card.review.rating", given["rating"].clone())?;
    page.is("card.review.image", given["image"].clone())?;
    page.is("[card.review.previous, card.review.next]", json!([given["previous"], given["next"]]))?;
    page.is(
        "card.review.related.map(({ title, url, verdict }) => title ?? verdict)",
        json!(["Ordinary hours", "Two people look at buildings until they can talk.", "The long way home",]),
    )?;
    page.is("[card.review.body].flat().join(' ').split(' ').length", word_count(&given["body"]))?;
    page.is("[card.review.author].flat()[0].name", given["author"]["name"].clone())?;
    // A page may write into it: the next one is the card's again.
    page.is("card.review.work.creators.concat(card.review.work.name)", json!(["Jim Jarmusch", "Paterson"]))
}

fn word_count(body: &Value) -> usize {
    let texts = body.as_array().into_iter().flatten().filter_map(Value::as_str);
    texts.map(|text| text.split(' ').count()).sum()
}

fn an_inline_script_is_read(page: &Page) -> Result<()> {
    page.open(
        r#"<review-card id="a"><script type="application/json">{ "title": "Inline" }</script>Fallback</review-card>
        <review-card id="b" light><script type="application/json">{ "title": "Inline, light" }</script></review-card>"#,
    )?;
    page.expect_loads(2)?;
    page.is("text(part('title', byId('a')))", "Inline")?;
    page.is("text(byId('b').querySelector('.review-card__title'))", "Inline, light")
}

fn an_inline_script_added_later_is_read(page: &Page) -> Result<()> {
    page.open("<review-card>Fallback</review-card>")?;
    page.expect_that("customElements.get('review-card')")?;
    page.rest(100);
    page.run(
        "const script = document.createElement('script');
        script.type = 'application/json';
        script.textContent = JSON.stringify({ title: 'Late' });
        card.append(script);",
    )?;
    page.expect_loads(1)?;
    page.is("text(part('title'))", "Late")
}

fn a_script_elsewhere_is_read_by_its_id(page: &Page) -> Result<()> {
    page.open(
        r##"<script type="application/json" id="reviews">[{ "title": "One" }, { "title": "Two", "id": "two" }]</script>
        <review-card src="#reviews" item="two"></review-card>
        <review-card id="other" src="#nowhere">Fallback</review-card>"##,
    )?;
    page.expect_loads(1)?;
    page.is("text(part('title'))", "Two")?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["no-review"]))?;
    page.is("events('error')[0].message.includes('nowhere')", true)?;
    page.is("seen(byId('other'))", true)?;
    page.expect_console("nowhere")
}

fn a_card_made_by_script_works(page: &Page) -> Result<()> {
    page.open("")?;
    page.expect_that("customElements.get('review-card')")?;
    page.run(
        "const made = document.createElement('review-card');
        made.data = { title: 'Made' };
        made.open = true;
        document.querySelector('main').append(made);",
    )?;
    page.expect_loads(1)?;
    page.is("[text(part('title')), card.open]", json!(["Made", true]))
}

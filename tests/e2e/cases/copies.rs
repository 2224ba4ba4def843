//! Cards in pages that a router keeps, as a clone or as HTML, and puts back; and tags without an end.

use anyhow::Result;
use serde_json::{Value, json};

use super::cases;
use crate::page::Page;

cases![
    a_card_in_a_clone_is_there_once_and_works,
    a_card_in_html_is_there_once_and_works,
    a_card_with_data_in_it_comes_back_with_them,
    a_copy_of_a_failed_card_has_its_fallback,
    a_prerendered_card_comes_back,
    a_tag_that_closes_itself_is_named_in_the_console,
    a_short_fallback_is_none_that_was_left_open,
    each_problem_of_a_card_is_a_line_in_the_console,
    a_card_without_data_is_named_in_the_console,
    a_picture_that_is_not_found_is_named_in_the_console,
];

/// As Turbo keeps a page, and as htmx does.
const CLONE: &str = "const kept = document.querySelector('main').cloneNode(true);
    document.querySelector('main').replaceWith('elsewhere');
    document.body.replaceChildren(kept);";
const HTML: &str = "const kept = document.querySelector('main').innerHTML;
    document.querySelector('main').replaceChildren('elsewhere');
    document.querySelector('main').innerHTML = kept;";

/// Puts the page back this way, and checks the card that is then there.
fn check(page: &Page, attributes: &str, way: &str) -> Result<()> {
    page.open(&format!(
        "<review-card {attributes} loading='eager' src='/data/full.json'><a id='fallback' href='/fallback'>Read</a></review-card>"
    ))?;
    page.expect_loads(1)?;
    for loads in [2, 3] {
        page.run(way)?;
        page.expect_loads(loads)?;
        page.is(
            "[document.querySelectorAll('review-card').length, all('.review-card').length]",
            json!([1, 1]),
        )?;
        page.click("find('.review-card__toggle')")?;
        page.expect("card.open", true)?;
        page.run("card.open = false")?;
    }
    page.run("card.src = '/fault/404'")?;
    page.expect_that("card.querySelector('#fallback') && seen(card.querySelector('#fallback'))")?;
    page.is("[all('.review-card').length, card.querySelectorAll('a').length]", json!([0, 1]))?;
    page.expect_console("review-card: status")?;
    page.expect_from_browser("404")
}

fn a_card_in_a_clone_is_there_once_and_works(page: &Page) -> Result<()> {
    check(page, "", CLONE)?;
    check(page, "light", CLONE)
}

fn a_card_in_html_is_there_once_and_works(page: &Page) -> Result<()> {
    check(page, "", HTML)?;
    check(page, "light", HTML)
}

fn a_card_with_data_in_it_comes_back_with_them(page: &Page) -> Result<()> {
    for attributes in ["", "light"] {
        for (way, name) in [(CLONE, "clone"), (HTML, "HTML")] {
            page.open(&format!(
                "<review-card {attributes} loading='eager'>
                <script type='application/json'>{{ \"title\": \"Kept as {name}\" }}</script><p>Words</p></review-card>"
            ))?;
            page.expect_loads(1)?;
            page.run(way)?;
            page.expect_loads(2)?;
            page.is("text(find('.review-card'))", format!("Kept as {name}"))?;
            page.is("all('.review-card').length", 1)?;
        }
    }
    Ok(())
}

fn a_copy_of_a_failed_card_has_its_fallback(page: &Page) -> Result<()> {
    page.open(
        "<review-card light loading='eager' src='/data/full.json'><a href='/fallback'>Read</a></review-card>",
    )?;
    page.expect_loads(1)?;
    page.run("card.removeAttribute('src')")?;
    page.expect("text(card)", "Read")?;
    page.run(CLONE)?;
    page.rest(100);
    page.is("card.innerHTML", "<a href=\"/fallback\">Read</a>")
}

fn a_prerendered_card_comes_back(page: &Page) -> Result<()> {
    let review =
        std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/e2e/data/full.json");
    let card = crate::command::render(&review, &[])?.concat();
    for way in [CLONE, HTML] {
        page.open(&card)?;
        page.expect_that("part('title')")?;
        page.run(way)?;
        page.expect("text(part('title'))", "A week of small mercies")?;
        page.is("all('.review-card').length", 1)?;
    }
    Ok(())
}

fn a_tag_that_closes_itself_is_named_in_the_console(page: &Page) -> Result<()> {
    for rest in [
        "<h2>The rest</h2><p>Two thousand words.</p><p>More.</p>",
        "<p>Words.</p><review-card src='/data/minimal.json' loading='eager'></review-card>",
        "<section><p>Words.</p></section>",
    ] {
        page.open(&format!("<div><review-card src='/data/minimal.json' loading='eager' />{rest}</div>"))?;
        page.expect_console("/review-card> missing?")?;
    }
    page.site().put("/few.json", json!([{ "title": "One" }]).to_string());
    page.open("<div><review-list src='/few.json' loading='eager' /><h2>The rest</h2><p>Words.</p><p>More.</p></div>")?;
    page.expect_console("/review-list> missing?")
}

fn a_short_fallback_is_none_that_was_left_open(page: &Page) -> Result<()> {
    let fallback = "<h3>Title</h3><p>Read <a href='/all'>all of it</a>.</p>";
    page.open(&format!(
        "<div><review-card src='/data/minimal.json' loading='eager'>{fallback}</review-card></div>
        <div><review-card light src='/data/minimal.json' loading='eager'>{fallback}</review-card></div>
        <div><review-card src='/data/minimal.json' loading='eager'><p>a</p><p>b</p><p>c</p></review-card><p>After</p></div>"
    ))?;
    page.expect_loads(3)
}

fn each_problem_of_a_card_is_a_line_in_the_console(page: &Page) -> Result<()> {
    let card = "<review-card src='/data/problems.json' loading='eager'></review-card>";
    page.open(&format!(
        "{card}{card}<review-card loading='eager'><script type='application/json'>{{ \"title\": \"Inline\", \"rating\": \"6/5\" }}</script></review-card>"
    ))?;
    page.expect_loads(3)?;
    let lines = "said.filter((line) => line.startsWith('review-card: '))";
    let reported = page.get("events('load').find(({ id }) => id == 'half-right').problems.map(({ path, message }) => `${path}: ${message}`)")?;
    let reported: Vec<String> = serde_json::from_value::<Vec<String>>(reported)?
        .into_iter()
        .map(|line| format!("review-card: {}/data/problems.json: {line}", page.site().origin()))
        .collect();
    let inline = page
        .get("events('load').find(({ id }) => id == 'inline').problems.map(({ path, message }) => `review-card: ${path}: ${message}`)")?;
    let expected =
        [json!(reported), inline].iter().filter_map(Value::as_array).flatten().cloned().collect::<Vec<_>>();
    page.is(&format!("{lines}.sort()"), {
        let mut lines: Vec<String> = expected.iter().filter_map(Value::as_str).map(Into::into).collect();
        lines.sort();
        json!(lines)
    })?;
    page.is(&format!("{lines}.length > 2"), true)
}

fn a_card_without_data_is_named_in_the_console(page: &Page) -> Result<()> {
    page.open("<review-card loading='eager'><a href='/all'>All reviews</a></review-card>")?;
    page.expect_console("expected data, found none")?;
    // Data that come later end it.
    page.open("<review-card loading='eager'></review-card>")?;
    page.run("card.data = { title: 'Later' }")?;
    page.expect_loads(1)?;
    page.rest(3200);
    Ok(())
}

fn a_picture_that_is_not_found_is_named_in_the_console(page: &Page) -> Result<()> {
    page.site().put("/few.json", json!([{ "title": "One", "image": "/fault/404/poster.jpg" }]).to_string());
    for element in ["review-card", "review-card light", "review-list"] {
        let name = element.split(' ').next().unwrap_or_default();
        page.open(&format!("<{element} src='/few.json' loading='eager'></{name}>"))?;
        page.expect_console("expected a picture at ")?;
        page.forgive()?;
    }
    Ok(())
}

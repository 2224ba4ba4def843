//! The same review, live and as static HTML: the same picture.

use std::path::Path;

use anyhow::{Result, ensure};

use super::cases;
use crate::command;
use crate::page::Page;
use crate::picture::Picture;

cases![
    a_card_in_a_shadow_root_looks_as_the_live_card,
    a_plain_card_looks_as_the_live_card,
    a_plain_card_on_a_page_with_styles_of_its_own_looks_as_the_live_card,
    the_sheet_gives_nothing_to_the_page,
];

/// Widths and heights in CSS pixels, enough for the whole card, and schemes of colour.
const LOOKS: [(u32, u32, &str); 4] =
    [(320, 2600, "light"), (320, 2600, "dark"), (900, 1800, "light"), (900, 1800, "dark")];

/// What the page around the cards is like.
const PAGE: &str = "<link rel='stylesheet' href='/fonts/page.css'>
    <style>:root { color-scheme: light dark } body { margin: 8px; font-size: 16px; line-height: 1.5 }</style>";

const SHEET: &str = r#"<link rel="stylesheet" href="/review-card/review-card.css">"#;

fn a_card_in_a_shadow_root_looks_as_the_live_card(page: &Page) -> Result<()> {
    compare(page, &[], PAGE)
}

fn a_plain_card_looks_as_the_live_card(page: &Page) -> Result<()> {
    compare(page, &["--light"], &format!("{PAGE}{SHEET}"))
}

/// As themes of blogs set their pages, by the names of elements.
const THEME: &str = "<style>
  article { padding: 40px; border: 4px double red; background: #eef; font-style: italic; }
  h1, h2, h3, article h2, main h3 { margin: 2em 0 1em; color: red; font: 700 30px/2 serif; text-transform: uppercase; letter-spacing: 2px; border-bottom: 2px solid; }
  p, main p { margin: 0 0 2em; color: green; font-size: 20px; line-height: 2; text-align: justify; text-indent: 1em; max-width: 20em; }
  a, main a { color: magenta; text-decoration: underline wavy; font-weight: bold; }
  ul, ol, article ul { margin: 1em 3em; padding: 0 0 0 3em; list-style: square; }
  li, main li { margin: 1em 0; padding: 5px; color: blue; }
  li::marker { color: red; }
  img, main img { border: 5px solid black; border-radius: 20px; padding: 4px; max-width: 50%; box-shadow: 0 0 9px; }
  figure { margin: 3em; padding: 1em; background: yellow; }
  figcaption { font: italic 20px serif; color: red; text-align: center; }
  header, section, nav, div { outline: 1px solid transparent; }
  header { background: pink; padding: 3em; border-bottom: 3px solid; }
  section, main section { padding: 3em; background: #efe; }
  nav { display: inline-block; background: black; float: right; }
  details { padding: 2em; border: 3px dashed red; }
  summary { background: gray; font-size: 30px; list-style: inside square; }
  time, data, cite, bdi, span { font-size: 1.2em; color: orange; font-style: normal; font-weight: bold; }
  svg, main svg { width: 80px; height: 80px; fill: red; vertical-align: bottom; margin: 3px; }
  path { fill: red; stroke: blue; }
  rect { fill: lime; }
  * + * { margin-block-start: 1.5em; }
  main > * { max-width: 30em; }
</style>";

fn a_plain_card_on_a_page_with_styles_of_its_own_looks_as_the_live_card(page: &Page) -> Result<()> {
    // The live card's shadow root keeps the page's styles out: what the plain one has to look like.
    compare(page, &["--light"], &format!("{PAGE}{SHEET}{THEME}"))
}

fn the_sheet_gives_nothing_to_the_page(page: &Page) -> Result<()> {
    let post = "<main><article><header><h1>A post</h1><p>By <a href='#'>Ada</a></p></header><h2>Section</h2>
        <p>Words <em>and</em> <code>code</code>.</p><ul><li>One</li><li>Two</li></ul><figure><img src='/images/120x120.svg' alt=''>
        <figcaption>A picture</figcaption></figure><details open><summary>More</summary><p>Of it</p></details>
        <blockquote>Quoted</blockquote><table><tr><th>A</th><td>B</td></tr></table><button>Button</button></article></main>";
    page.viewport(900, 900, 1)?;
    page.open_document(PAGE, post)?;
    let without = page.picture()?;
    page.open_document(&format!("{PAGE}{SHEET}"), post)?;
    without.expect_same(&page.picture()?, &format!("{} a page with the sheet", page.engine()))
}

/// Compares live cards with what the command writes of the same files, closed and open.
fn compare(page: &Page, options: &[&str], head: &str) -> Result<()> {
    for file in ["full.json", "rich.json"] {
        for (width, height, scheme) in LOOKS {
            let place = format!("{file} {width} px {scheme}");
            page.viewport(width, height, 1)?;
            page.media("prefers-color-scheme", scheme)?;
            let expected = live(page, head, file)?;
            let found = written(page, options, head, file)?;
            // Each of the pictures shows something, and not the same.
            let [closed, open] = &expected;
            let opened = closed.unequal(open);
            ensure!(opened > 1000, "{place}: expected an open card to look different, found {opened} pixels");
            for ((expected, found), state) in expected.iter().zip(&found).zip(["closed", "open"]) {
                let name = format!("{} {} {place} {state}", page.engine(), options.join(" "));
                expected.expect_same(found, &name)?;
            }
        }
    }
    Ok(())
}

/// The card as the element draws it, closed and open.
fn live(page: &Page, head: &str, file: &str) -> Result<[Picture; 2]> {
    let script = r#"<script type="module" src="/review-card/review-card.js"></script>"#;
    let card = format!(r#"<review-card src="/data/{file}" loading="eager"></review-card>"#);
    page.open_document(&format!("{head}{script}"), &format!("<div>{card}</div>"))?;
    page.expect_loads(1)?;
    closed_and_open(page)
}

/// The card as the command writes it, closed and open.
fn written(page: &Page, options: &[&str], head: &str, file: &str) -> Result<[Picture; 2]> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/e2e/data").join(file);
    let base = format!("{}/data/{file}", page.site().origin());
    let html = command::render(&path, &[options, &["--base", &base]].concat())?.concat();
    page.open_document(head, &format!("<div>{html}</div>"))?;
    closed_and_open(page)
}

fn closed_and_open(page: &Page) -> Result<[Picture; 2]> {
    let closed = page.picture()?;
    page.run("(card?.shadowRoot ?? document).querySelector('.review-card__details').open = true")?;
    let open = page.picture()?;
    page.is("document.documentElement.scrollHeight <= innerHeight", true)?;
    Ok([closed, open])
}

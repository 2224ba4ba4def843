//! Pages that are hard on a card: their styles, their policies, their scripts.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::{FULL, cases};
use crate::page::Page;

cases![
    hostile_styles_do_not_reach_the_card,
    huge_inherited_styles_do_not_reach_the_card,
    the_card_takes_the_font_and_size_of_the_page,
    tokens_of_the_page_are_taken,
    parts_can_be_styled,
    the_script_twice_is_as_good_as_once,
    a_page_that_claims_the_names_of_globals_is_survived,
];

/// How the words of the card are set; the font and its size are the page's.
const SETTING: &str = "['title', 'section', 'verdict', 'meta', 'pros', 'toggle', 'author', 'next'].map((name) => {
  const words = part(name).querySelector('a, li, p, span, time') ?? part(name);
  return ['display', 'color', 'letter-spacing', 'line-height', 'text-transform', 'text-align', 'text-align-last',
    'text-indent', 'word-spacing', 'font-style', 'font-variant-caps', 'font-weight', 'white-space-collapse',
    'text-wrap-mode', 'text-shadow', 'cursor', 'margin-top', 'padding-left', 'border-top-width', 'background-color',
    'opacity', 'direction', 'hyphens', 'overflow-wrap', 'word-break', 'line-break', 'quotes', 'text-underline-offset',
    '-webkit-text-fill-color', '-webkit-text-stroke-width', 'text-emphasis-style']
    .map((property) => `${name} ${property}: ${style(words, property)}`);
})";

fn setting(page: &Page, rules: &str) -> Result<Vec<Value>> {
    page.open_document(
        &format!("<style>{rules}</style><script type='module' src='/review-card/review-card.js'></script>"),
        &format!("<main>{FULL}</main>"),
    )?;
    page.expect_loads(1)?;
    Ok(page.get(&format!("{SETTING}.flat()"))?.as_array().cloned().unwrap_or_default())
}

fn check_setting(page: &Page, rules: &str) -> Result<()> {
    let plain = setting(page, "")?;
    let hostile = setting(page, rules)?;
    let changed = plain.iter().zip(&hostile).filter(|(plain, hostile)| plain != hostile);
    let changed: Vec<String> = changed.map(|(plain, hostile)| format!("{plain} → {hostile}")).collect();
    ensure!(changed.is_empty(), "expected no difference, found {changed:#?}");
    page.is("seen(part('title')) && part('card').offsetWidth > 300", true)
}

fn hostile_styles_do_not_reach_the_card(page: &Page) -> Result<()> {
    check_setting(
        page,
        "* { all: unset !important } *::before { content: 'X' !important }
        h2, a, p, li, article, details, summary { display: none !important; color: red !important }
        .review-card, .review-card__title { display: none !important }",
    )
}

fn huge_inherited_styles_do_not_reach_the_card(page: &Page) -> Result<()> {
    check_setting(
        page,
        "body { letter-spacing: 12px; line-height: 5; text-transform: uppercase; text-align: center; text-indent: 4em;
          word-spacing: 20px; font-style: italic; font-variant: small-caps; font-weight: 900; white-space: nowrap;
          text-shadow: 0 0 4px red; color: red; list-style: square; overflow-wrap: normal; hyphens: none;
          cursor: crosshair; quotes: none; word-break: break-all; line-break: anywhere; text-align-last: right;
          -webkit-text-fill-color: red; -webkit-text-stroke: 2px red; text-emphasis: dot }",
    )
}

fn the_card_takes_the_font_and_size_of_the_page(page: &Page) -> Result<()> {
    page.open_document(
        "<style>body { font: 22px/1.2 monospace }</style><script type='module' src='/review-card/review-card.js'></script>",
        &format!("<main>{FULL}</main>"),
    )?;
    page.expect_loads(1)?;
    page.is(
        "[style(part('card'), 'font-family'), style(part('card'), 'font-size')]",
        json!(["monospace", "22px"]),
    )
}

fn tokens_of_the_page_are_taken(page: &Page) -> Result<()> {
    page.open_document(
        "<style>review-card { --review-card-background: rgb(1, 2, 3); --review-card-color: rgb(250, 251, 252);
          --review-card-max-width: 300px; --review-card-heading-font: monospace; --review-card-radius: 17px }</style>
        <script type='module' src='/review-card/review-card.js'></script>",
        &format!("<main>{FULL}</main>"),
    )?;
    page.expect_loads(1)?;
    page.is(
        "['background-color', 'color', 'border-top-left-radius'].map((name) => style(part('card'), name))",
        json!(["rgb(1, 2, 3)", "rgb(250, 251, 252)", "17px"]),
    )?;
    page.is("[part('card').offsetWidth, style(part('title'), 'font-family')]", json!([300, "monospace"]))
}

fn parts_can_be_styled(page: &Page) -> Result<()> {
    page.open_document(
        "<style>review-card::part(verdict) { color: rgb(1, 2, 3) } review-card::part(author) { display: none }</style>
        <script type='module' src='/review-card/review-card.js'></script>",
        &format!("<main>{FULL}</main>"),
    )?;
    page.expect_loads(1)?;
    page.is("[style(part('verdict'), 'color'), seen(part('author'))]", json!(["rgb(1, 2, 3)", false]))
}

fn the_script_twice_is_as_good_as_once(page: &Page) -> Result<()> {
    let script =
        |query: &str| format!("<script type='module' src='/review-card/review-card.js{query}'></script>");
    page.open_document(
        &(script("") + &script("") + &script("?again")),
        &format!("<main><h1>A blog</h1>{FULL}</main>"),
    )?;
    page.expect_loads(1)?;
    page.is("text(part('title'))", "A week of small mercies")?;
    page.is("heard.length", 1)?;
    page.requested("review-card.js?again", 1)
}

fn a_page_that_claims_the_names_of_globals_is_survived(page: &Page) -> Result<()> {
    page.open(&format!(
        "<form id='body'><input name='head'><input name='getRootNode'></form><a id='fetch'></a><img name='head' alt=''>
        <form name='documentElement'></form><p id='article'></p>{FULL}"
    ))?;
    page.expect_loads(1)?;
    page.is("text(part('title'))", "A week of small mercies")
}

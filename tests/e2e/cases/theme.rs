//! `theme="auto"`: cards and lists are light or dark as the page around them is, and follow it at once.

use std::path::Path;

use anyhow::Result;
use serde_json::json;

use super::cases;
use super::list;
use crate::command;
use crate::page::Page;

cases![
    a_white_page_keeps_its_cards_light_on_a_dark_system,
    cards_follow_a_dark_switch_of_the_page,
    cards_follow_the_color_scheme_of_the_page,
    cards_follow_a_light_switch_on_a_dark_system,
    cards_follow_the_meta_tag_of_the_page,
    a_color_scheme_that_is_given_counts_whatever_the_text_is,
    cards_follow_a_color_scheme_that_is_put_on_them_later,
    cards_follow_the_text_around_them,
    a_theme_that_is_given_counts_on_any_page,
    a_custom_text_colour_brings_the_rest_with_it,
    prerendered_cards_follow_without_a_script,
    the_roots_font_size_does_not_matter,
];

/// Ways to have a card or a list on a page.
const ALL: &str = "<review-card id='shadow' loading='eager' src='/data/full.json'></review-card>
    <review-card id='light' light loading='eager' src='/data/full.json'></review-card>
    <review-list loading='eager' src='/many.json' controls></review-list>";
const SCRIPT: &str = "<link rel='stylesheet' href='/review-card/review-card.css'>
    <script type='module' src='/review-card/review-card.js'></script>";

/// Whether each is dark: `"light"` or `"dark"`, or what is neither: ground and ink of card, list and the words in them.
const LOOKS: &str = "[byId('shadow'), byId('light'), list].map((of) => {
  const value = (colour) => {
    const numbers = colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
    return numbers.reduce((sum, n) => sum + n, 0) / (colour.startsWith('rgb') ? 765 : 3);
  };
  const it = find('.review-card, .review-list', of);
  const ground = value(style(it, 'background-color'));
  const inks = [it, ...it.querySelectorAll('p, h2, h3, summary, a, select')].map((each) => value(style(each, 'color')));
  if (ground > 0.9 && inks.every((ink) => ink < 0.5)) return 'light';
  if (ground < 0.2 && inks.every((ink) => ink > 0.5)) return 'dark';
  return { ground, inks };
})";

fn open(page: &Page, head: &str) -> Result<()> {
    list::put(page, "/many.json", 3);
    page.open_document(&format!("{SCRIPT}{head}"), &format!("<main><h1>A blog</h1>{ALL}</main>"))?;
    page.expect_loads(2)?;
    page.expect("cards().length", 3)
}

fn are(page: &Page, look: &str) -> Result<()> {
    page.expect(LOOKS, json!([look, look, look]))
}

fn a_white_page_keeps_its_cards_light_on_a_dark_system(page: &Page) -> Result<()> {
    page.media("prefers-color-scheme", "dark")?;
    open(page, "<style>body { background: #fff; color: #222 }</style>")?;
    are(page, "light")?;
    open(page, "")?;
    are(page, "light")
}

fn cards_follow_a_dark_switch_of_the_page(page: &Page) -> Result<()> {
    open(
        page,
        "<style>body { background: #fff; color: #333 } .dark body { background: #161616; color: rgb(255 255 255 / 0.8) }</style>",
    )?;
    are(page, "light")?;
    page.run("document.documentElement.className = 'dark'")?;
    are(page, "dark")?;
    page.run("document.documentElement.className = ''")?;
    are(page, "light")
}

fn cards_follow_the_color_scheme_of_the_page(page: &Page) -> Result<()> {
    open(page, "<style>html { color-scheme: light } .dark { color-scheme: dark }</style>")?;
    are(page, "light")?;
    page.run("document.documentElement.className = 'dark'")?;
    are(page, "dark")?;
    open(page, "<style>html { color-scheme: light dark }</style>")?;
    are(page, "light")?;
    page.media("prefers-color-scheme", "dark")?;
    are(page, "dark")?;
    page.media("prefers-color-scheme", "light")?;
    are(page, "light")
}

/// A page with `light dark` follows the system, and has a switch of its own.
fn cards_follow_a_light_switch_on_a_dark_system(page: &Page) -> Result<()> {
    page.media("prefers-color-scheme", "dark")?;
    open(
        page,
        "<style>html { color-scheme: light dark } .light body { background: #fff; color: #222 }</style>",
    )?;
    are(page, "dark")?;
    page.run("document.documentElement.className = 'light'")?;
    are(page, "light")?;
    page.run("document.documentElement.className = ''")?;
    are(page, "dark")?;
    // A page that is dark alone stays dark, whatever the colour of its text.
    open(page, "<style>html { color-scheme: dark } main { color: #444 }</style>")?;
    are(page, "dark")
}

fn cards_follow_the_meta_tag_of_the_page(page: &Page) -> Result<()> {
    open(page, "")?;
    are(page, "light")?;
    page.run(
        "const meta = document.createElement('meta');
        Object.assign(meta, { name: 'color-scheme', content: 'dark' });
        document.head.append(meta)",
    )?;
    are(page, "dark")?;
    page.run("document.querySelector('meta[name=color-scheme]').content = 'light'")?;
    are(page, "light")
}

fn a_color_scheme_that_is_given_counts_whatever_the_text_is(page: &Page) -> Result<()> {
    for system in ["light", "dark"] {
        page.media("prefers-color-scheme", system)?;
        for (look, colours) in
            [("light", "background: #111; color: #eee"), ("dark", "background: #fff; color: #222")]
        {
            for scheme in [look.to_owned(), format!("only {look}"), format!("{look} only")] {
                open(
                    page,
                    &format!("<style>html {{ color-scheme: {scheme} }} body {{ {colours} }}</style>"),
                )?;
                are(page, look)?;
            }
            open(
                page,
                &format!("<meta name='color-scheme' content='{look}'><style>body {{ {colours} }}</style>"),
            )?;
            are(page, look)?;
        }
    }
    Ok(())
}

/// On a dark system, a card in a page of `light dark` with dark text is light.
fn cards_follow_a_color_scheme_that_is_put_on_them_later(page: &Page) -> Result<()> {
    let head = "<style>html { color-scheme: light dark } body { background: #fff; color: #222 }
        .dark :is(review-card, review-list) { color-scheme: dark }
        .pale :is(review-card, review-list) { color-scheme: light; color: #eee }</style>";
    for system in ["dark", "light"] {
        page.media("prefers-color-scheme", system)?;
        open(page, head)?;
        are(page, "light")?;
        // On the root, on an element around them, and on each of them.
        for (on, off) in [
            ("document.documentElement.className = 'dark'", "document.documentElement.className = ''"),
            (
                "document.querySelector('main').className = 'dark'",
                "document.querySelector('main').className = ''",
            ),
            (
                "for (const each of [byId('shadow'), byId('light'), list]) each.style.colorScheme = 'dark'",
                "for (const each of [byId('shadow'), byId('light'), list]) each.style.colorScheme = ''",
            ),
            (
                "document.head.insertAdjacentHTML('beforeend', '<style id=late>html { color-scheme: dark }</style>')",
                "byId('late').remove()",
            ),
            ("document.body.className = 'dark'", "document.body.className = 'pale'"),
        ] {
            page.run(on)?;
            are(page, "dark")?;
            page.run(off)?;
            are(page, "light")?;
        }
        // Elements that were away follow again.
        page.run(
            "document.body.className = ''; globalThis.main = document.querySelector('main'); main.remove()",
        )?;
        page.rest(50);
        page.run("document.body.className = 'dark'; document.body.append(main)")?;
        are(page, "dark")?;
        page.run("document.body.className = ''")?;
        are(page, "light")?;
    }
    Ok(())
}

fn cards_follow_the_text_around_them(page: &Page) -> Result<()> {
    for (colour, look) in [
        ("#000", "light"),
        ("#767676", "light"),
        ("navy", "light"),
        ("#999", "light"),
        ("#b5b5b5", "dark"),
        ("#fff", "dark"),
        ("#c9d1d9", "dark"),
        ("wheat", "dark"),
    ] {
        open(page, &format!("<style>main {{ color: {colour} }}</style>"))?;
        are(page, look)?;
    }
    Ok(())
}

fn a_theme_that_is_given_counts_on_any_page(page: &Page) -> Result<()> {
    for head in [
        "<style>body { background: #111; color: #eee }</style>",
        "<style>html { color-scheme: dark }</style>",
        "<style>body { background: #fff; color: #222 }</style>",
    ] {
        open(page, head)?;
        for look in ["light", "dark"] {
            page.run(&format!(
                "for (const each of [byId('shadow'), byId('light'), list]) each.theme = '{look}'"
            ))?;
            are(page, look)?;
        }
    }
    Ok(())
}

fn a_custom_text_colour_brings_the_rest_with_it(page: &Page) -> Result<()> {
    open(page, "<style>main { --review-card-color: #f4f4f4; --review-card-background: #102030 }</style>")?;
    are(page, "dark")
}

fn prerendered_cards_follow_without_a_script(page: &Page) -> Result<()> {
    let review = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/e2e/data/full.json");
    let shadow = command::render(&review, &[])?.concat();
    let light = command::render(&review, &["--light"])?.concat();
    page.scripts(false)?;
    page.site().put(
        "/post",
        format!(
            "<!doctype html><html lang='en'><meta charset='utf-8'><title>A blog</title>
            <link rel='stylesheet' href='/review-card/review-card.css'><style>body {{ background: #111; color: #eee }}</style>
            <main>{shadow}<div id='plain'>{light}</div></main>"
        ),
    );
    page.visit("/post")?;
    page.is(
        "[part('card'), document.querySelector('#plain .review-card')]
          .map((of) => style(of, 'background-color').match(/[\\d.]+/g).slice(0, 3).map((value) => Math.round(value * 255)))",
        json!([[28, 25, 23], [28, 25, 23]]),
    )
}

fn the_roots_font_size_does_not_matter(page: &Page) -> Result<()> {
    let boxes = "['card', 'title', 'image', 'rating', 'pros', 'body'].map((name) => {
      const { left, top, width, height } = part(name, byId('shadow')).getBoundingClientRect();
      return [left, top, width, height].map(Math.round);
    })";
    page.viewport(1280, 900, 1)?;
    open(page, "<style>body { font-size: 16px }</style>")?;
    let before = page.get(boxes)?;
    open(
        page,
        "<style>html { font-size: 62.5% } body { font-size: 1.6rem } h1 { font-size: 32px; margin: 21.44px 0 }</style>",
    )?;
    page.is(boxes, before)
}

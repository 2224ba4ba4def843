//! Attributes that change while the card is shown.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{FULL, cases};
use crate::page::Page;

cases![
    src_shows_another_review,
    the_last_of_two_changes_of_src_wins,
    item_is_an_id_or_a_url,
    item_is_a_url_as_the_file_writes_it,
    the_last_of_two_changes_of_item_wins,
    full_shows_the_body_without_a_toggle,
    compact_shows_title_disclosure_verdict_and_rating,
    an_unknown_value_is_the_default,
    theme_changes_the_colours,
    theme_auto_follows_a_page_that_follows_the_system,
    heading_level_moves_all_headings,
    hide_takes_parts_away,
    lang_changes_words_and_dates,
    lang_is_inherited_through_shadow_roots,
    dir_turns_the_card_around,
    a_review_keeps_its_own_language,
    attributes_and_properties_reflect_each_other,
];

fn src_shows_another_review(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.run("card.src = '/data/minimal.json'")?;
    page.expect_loads(2)?;
    page.is("text(find('article'))", "Only a title")?;
    page.is("card.review.title", "Only a title")?;
    page.run("card.setAttribute('src', '/data/full.json')")?;
    page.expect_loads(3)?;
    page.is("text(part('title'))", "A week of small mercies")
}

fn the_last_of_two_changes_of_src_wins(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.run("card.src = '/slow/400/data/minimal.json'; card.src = '/data/collection.json'")?;
    page.expect_loads(2)?;
    page.rest(600);
    page.is("text(part('title'))", "Noodles at the station")?;
    page.is("heard.map((event) => event.name)", json!(["load", "load"]))
}

fn item_is_an_id_or_a_url(page: &Page) -> Result<()> {
    page.open(r#"<review-card src="/data/collection.json"></review-card>"#)?;
    page.expect_loads(1)?;
    page.is("text(part('title'))", "Noodles at the station")?;
    page.run("card.item = 'soup'")?;
    page.expect("text(part('title'))", "Soup for one")?;
    page.expect_loads(2)?;
    page.is("events('load')[1].id", "soup")?;
    page.run("card.item = 'https://blog.example/reviews/dumplings'")?;
    page.expect("text(part('title'))", "Dumplings under the bridge")?;
    page.run("card.removeAttribute('item')")?;
    page.expect("text(part('title'))", "Noodles at the station")?;
    page.requested("/data/collection.json", 1)
}

fn item_is_a_url_as_the_file_writes_it(page: &Page) -> Result<()> {
    let urls = ["one", "../two/", "/three?x=1&y=2#z", "//other.example/four", "./f%C3%BCnf"];
    let review = |(at, url): (usize, &&str)| json!({ "id": at, "title": format!("No. {at}"), "url": url });
    let item = |(at, url): (usize, &&str)| json!({ "id": format!("i{at}"), "title": format!("No. {at}"), "url": url });
    let reviews: Vec<_> = urls.iter().enumerate().map(review).collect();
    let items: Vec<_> = urls.iter().enumerate().map(item).collect();
    let feed = json!({ "version": "https://jsonfeed.org/version/1.1", "items": items });
    page.site().put("/shelf/all.json", json!(reviews).to_string());
    page.site().put("/shelf/feed.json", feed.to_string());
    let whole = |base: &str, url: &str| {
        url::Url::parse(base).and_then(|base| base.join(url)).map_or_else(|_| String::new(), Into::into)
    };
    for file in ["/shelf/all.json", "/shelf/feed.json"] {
        page.open(&format!("<review-card src='{file}'></review-card>"))?;
        page.expect("text(part('title'))", "No. 0")?;
        let base = format!("{}{file}", page.site().origin());
        for (at, url) in urls.iter().enumerate().rev() {
            for item in [(*url).to_owned(), whole(&base, url)] {
                page.run(&format!("card.item = {}", json!(item)))?;
                page.expect("text(part('title'))", format!("No. {at}"))?;
                page.run("card.removeAttribute('item')")?;
                page.expect("text(part('title'))", "No. 0")?;
            }
        }
        page.forgive()?;
    }
    // Data of the page are relative to the page.
    page.open(&format!(
        "<script type='application/json' id='data'>{}</script><review-card src='#data' item='../two/'></review-card>",
        json!(reviews)
    ))?;
    page.expect("text(part('title'))", "No. 1")
}

fn the_last_of_two_changes_of_item_wins(page: &Page) -> Result<()> {
    let review = |id: &str| json!({ "id": id, "title": id, "bodyHtml": format!("<p>The words of {id}</p>") });
    page.site().put("/three.json", json!([review("one"), review("two"), review("three")]).to_string());
    page.open(r#"<review-card src="/three.json"></review-card>"#)?;
    page.expect_loads(1)?;
    page.is("text(part('body'))", "The words of one")?;
    page.run("card.item = 'two'; card.item = 'three'")?;
    page.expect("text(part('title'))", "three")?;
    page.expect("text(part('body'))", "The words of three")?;
    page.rest(100);
    page.is("events('load').at(-1).id", "three")?;
    page.is("events('load').filter((detail) => detail.id == 'two').length", 0)
}

fn full_shows_the_body_without_a_toggle(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.run("card.variant = 'full'")?;
    page.expect("[part('toggle'), find('details')]", json!([null, null]))?;
    page.is("seen(part('body').querySelector('p'))", true)?;
    page.run("card.removeAttribute('variant')")?;
    page.expect_that("part('toggle')")?;
    page.is("events('toggle')", json!([]))
}

fn compact_shows_title_disclosure_verdict_and_rating(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.run("card.variant = 'compact'")?;
    page.expect(
        "all('[part]').map((each) => each.part.value)",
        json!(["card", "title", "disclosure", "verdict", "rating"]),
    )?;
    page.run("card.variant = 'card'")?;
    page.expect_that("part('author')")
}

fn an_unknown_value_is_the_default(page: &Page) -> Result<()> {
    page.open(
        r#"<review-card src="/data/full.json" variant="poster" theme="sepia" loading="soon" heading-level="x"
            timeout="never" hide="nothing such"></review-card>"#,
    )?;
    page.expect_loads(1)?;
    page.is("part('title').localName", "h2")?;
    page.is("seen(part('toggle'))", true)?;
    page.is("[card.headingLevel, card.timeout]", json!([2, 20]))
}

fn theme_changes_the_colours(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    let colours = "[style(part('card'), 'background-color'), style(part('title'), 'color')]";
    let light = page.get(colours)?;
    page.run("card.theme = 'light'")?;
    page.is(colours, light.clone())?;
    page.run("card.theme = 'dark'")?;
    let dark = page.get(colours)?;
    ensure!(light != dark, "expected other colours in the dark, found {dark}");
    page.is(&format!("({BRIGHTER})(...{colours})"), false)?;
    page.run("card.theme = 'light'")?;
    page.is(&format!("({BRIGHTER})(...{colours})"), true)?;
    page.run("card.removeAttribute('theme')")?;
    page.is(colours, light)
}

fn theme_auto_follows_a_page_that_follows_the_system(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.run("document.documentElement.style.colorScheme = 'light dark'")?;
    let colours = "[style(part('card'), 'background-color'), style(part('title'), 'color')]";
    let light = page.get(colours)?;
    page.media("prefers-color-scheme", "dark")?;
    page.expect(&format!("({BRIGHTER})(...{colours})"), false)?;
    let dark = page.get(colours)?;
    page.run("card.theme = 'light'")?;
    page.is(colours, light)?;
    page.media("prefers-color-scheme", "light")?;
    page.run("card.theme = 'dark'")?;
    page.expect(colours, dark)
}

/// Whether the first colour is brighter than the second.
const BRIGHTER: &str = "(...colours) => {
  const [ground, ink] = colours.map((colour) => colour.match(/[\\d.]+/g).slice(0, 3).reduce((sum, n) => sum + +n, 0));
  return ground > ink;
}";

fn heading_level_moves_all_headings(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    let levels = "[...new Set(all('h1, h2, h3, h4, h5, h6').map((each) => each.localName))].sort()";
    page.is(levels, json!(["h2", "h3"]))?;
    page.run("card.headingLevel = 4")?;
    page.expect("part('title').localName", "h4")?;
    page.is(levels, json!(["h4", "h5"]))?;
    page.run("card.setAttribute('heading-level', '6')")?;
    page.expect(levels, json!(["h6"]))?;
    page.run("card.setAttribute('heading-level', '9')")?;
    page.expect(levels, json!(["h6"]))?;
    page.run("card.setAttribute('heading-level', '1')")?;
    page.expect(levels, json!(["h1", "h2"]))?;
    page.run("card.removeAttribute('heading-level')")?;
    page.expect(levels, json!(["h2", "h3"]))
}

fn hide_takes_parts_away(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    let names = "section title work meta rating measure verdict pros cons aspects image toggle body author history links related opinions previous next";
    for name in names.split(' ') {
        page.run(&format!("card.hide = '{name}'"))?;
        page.expect(&format!("parts('{name}').length"), 0)?;
    }
    page.run("card.setAttribute('hide', 'author  related\\nimage')")?;
    page.expect(
        "['author', 'related', 'image', 'title'].map((name) => parts(name).length)",
        json!([0, 0, 0, 1]),
    )?;
    page.run(&format!("card.hide = '{names}'"))?;
    page.expect("all('[part]').map((each) => each.part.value)", json!(["card", "disclosure"]))?;
    page.run("card.removeAttribute('hide')")?;
    page.expect_that("part('title') && part('author') && part('next')")
}

fn lang_changes_words_and_dates(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.run("card.lang = 'fr'")?;
    page.expect("text(part('meta'))", "30 juin 2024 · Mis à jour le 2 juillet 2024")?;
    page.is("text(part('toggle').firstChild)", "Lire la critique · 1 min")?;
    page.is("find('[role=img]').getAttribute('aria-label')", "Note : 4,5 sur 5")?;
    page.is("find('[role=img]').lang", "fr")?;
    page.run("card.lang = 'ar'")?;
    page.expect("text(part('meta')).startsWith('٣٠ يونيو ٢٠٢٤')", true)?;
    page.is("text(part('rating')).startsWith('٤٫٥/٥')", true)?;
    page.run("card.removeAttribute('lang'); document.documentElement.lang = 'de'; card.lang = 'de'")?;
    page.expect("text(part('meta'))", "30. Juni 2024 · Aktualisiert am 2. Juli 2024")?;
    page.run("card.lang = 'xx'")?;
    page.expect("text(part('toggle').firstChild)", "Read the review · 1 min")
}

fn lang_is_inherited_through_shadow_roots(page: &Page) -> Result<()> {
    page.open(
        r#"<div lang="es"><div id="outer"><template shadowrootmode="open">
            <review-card src="/data/full.json"></review-card>
        </template></div></div>"#,
    )?;
    page.expect_loads(1)?;
    page.is(
        "text(part('toggle', byId('outer').shadowRoot.querySelector('review-card')).firstChild)",
        "Leer la reseña · 1 min",
    )
}

fn dir_turns_the_card_around(page: &Page) -> Result<()> {
    page.open(r#"<review-card src="/data/arabic.json" lang="ar" dir="rtl"></review-card>"#)?;
    page.expect_loads(1)?;
    let starts_at_right = "part('section').getClientRects().length && (() => {
      const range = document.createRange();
      range.selectNodeContents(part('section'));
      const words = range.getBoundingClientRect(), box = part('section').parentNode.getBoundingClientRect();
      return box.right - words.right < words.left - box.left;
    })()";
    page.is(starts_at_right, true)?;
    page.is("style(part('card'), 'direction')", "rtl")?;
    page.run("card.dir = 'ltr'")?;
    page.is("style(part('card'), 'direction')", "ltr")
}

fn a_review_keeps_its_own_language(page: &Page) -> Result<()> {
    page.open(r#"<review-card src="/data/german.json"></review-card>"#)?;
    page.expect_loads(1)?;
    page.is("part('card').lang", "de")?;
    page.is("text(part('toggle').firstChild)", "Read the review · 1 min")?;
    page.is("part('toggle').lang", "en")?;
    page.is("part('title').closest('[lang]').lang", "de")
}

fn attributes_and_properties_reflect_each_other(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.run(
        "Object.assign(card, { item: 'paterson', variant: 'full', theme: 'dark', loading: 'eager', timeout: 5,
          headingLevel: 3, hide: 'author', schema: false, open: true });",
    )?;
    page.is(
        "['item', 'variant', 'theme', 'loading', 'timeout', 'heading-level', 'hide', 'schema', 'open']
          .map((name) => card.getAttribute(name))",
        json!(["paterson", "full", "dark", "eager", "5", "3", "author", null, ""]),
    )?;
    page.run("for (const name of card.getAttributeNames()) if (name != 'src') card.removeAttribute(name)")?;
    page.is(
        "[card.item, card.variant, card.theme, card.loading, card.timeout, card.headingLevel, card.hide, card.open]",
        json!(["", "card", "auto", "lazy", 20, 2, "", false]),
    )?;
    page.is("card.src", "/data/full.json")
}

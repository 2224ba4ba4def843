//! Pages whose text others have changed: a browser's translator puts each text into elements of its own, an extension takes
//! text out. Whatever readers and pages do afterwards, what is shown is right, and nothing crashes.

use anyhow::Result;
use serde_json::json;

use super::cases;
use super::list::{self, enter};
use crate::page::Page;

cases![
    a_translated_card_shows_what_it_is_given_next,
    a_translated_card_in_light_mode_shows_what_it_is_given_next,
    a_translated_body_with_markup_is_replaced_as_a_whole,
    a_card_whose_text_an_extension_took_shows_what_it_is_given_next,
    a_translated_list_is_searched_sorted_filtered_and_opened,
    a_translated_list_takes_new_data,
];

/// As Chrome's translator does it: each text node goes, and two `<font>` stand in its place. A ° stands for the translation.
/// `translate(card, (node) => node.remove())` does something else to each.
const TRANSLATOR: &str = "<script>
globalThis.translate = (of, change) => {
  const walker = document.createTreeWalker(of.shadowRoot ?? of, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  for (const node of nodes) {
    if (!node.data.trim() || node.parentNode.closest('script, style, font, template')) continue;
    if (change) {
      change(node);
      continue;
    }
    const [outer, inner] = [document.createElement('font'), document.createElement('font')];
    inner.textContent = node.data + '°';
    outer.append(inner);
    node.replaceWith(outer);
  }
};
globalThis.plain = (of) => of?.textContent.replace(/°/g, '').replace(/\\s+/g, ' ').trim();
</script>";

/// What readers and pages do to a card.
const STEPS: [&str; 12] = [
    "each.open = true",
    "each.open = false",
    "each.variant = 'full'",
    "each.hide = 'verdict author'",
    "each.lang = 'de'",
    "each.variant = 'compact'",
    "each.hide = ''; each.variant = 'card'; each.headingLevel = 4",
    "each.data = { title: 'Second', verdict: 'Other words.', rating: '3/5', pros: ['One', 'Two'], body: ['New text.'] }",
    "each.data = [{ id: 'a', title: 'A of two', section: 'Film' }, { id: 'b', title: 'B of two', cons: ['Long'] }]",
    "each.item = 'b'",
    "each.lang = 'fr'",
    "each.item = null; each.data = null; each.src = '/data/minimal.json'",
];

fn a_translated_card_shows_what_it_is_given_next(page: &Page) -> Result<()> {
    steps(page, "", "translate(card)")
}

fn a_translated_card_in_light_mode_shows_what_it_is_given_next(page: &Page) -> Result<()> {
    steps(page, "light", "translate(card)")
}

fn a_card_whose_text_an_extension_took_shows_what_it_is_given_next(page: &Page) -> Result<()> {
    open(page, "")?;
    page.run("translate(card, (node) => node.remove())")?;
    page.run("card.data = { title: 'Second', verdict: 'Other words.', body: ['New text.'] }")?;
    page.expect("plain(part('title'))", "Second")?;
    page.run("translate(card, (node) => node.replaceWith('Changed', document.createElement('b'), node))")?;
    page.run("card.data = { title: 'Third' }")?;
    page.expect("plain(part('card'))", "Third")
}

/// Opens a card and its twin that nobody translates.
fn open(page: &Page, attributes: &str) -> Result<()> {
    let card = |id| {
        format!("<review-card id='{id}' {attributes} loading='eager' src='/data/full.json'></review-card>")
    };
    page.open_document(
        &format!("{TRANSLATOR}<script type='module' src='/review-card/review-card.js'></script>"),
        &format!("<main><h1>A blog</h1>{}{}</main>", card("a"), card("twin")),
    )?;
    page.expect_loads(2)
}

/// After each step, with a translation before it, the card has the words of its twin.
fn steps(page: &Page, attributes: &str, translate: &str) -> Result<()> {
    open(page, attributes)?;
    for step in STEPS {
        page.run(translate)?;
        page.run(&format!("for (const each of [card, byId('twin')]) {{ {step} }}"))?;
        page.rest(50);
        page.expect_that(&format!(
            "plain(find('.review-card')) == plain(find('.review-card', byId('twin'))) && {step:?}"
        ))?;
    }
    page.is("plain(find('.review-card'))", "Only a title")?;
    page.is("find('.review-card font')", json!(null))
}

fn a_translated_body_with_markup_is_replaced_as_a_whole(page: &Page) -> Result<()> {
    open(page, "")?;
    for body in [
        "<p>One <em>two</em> three <a href='/4'>four</a></p><ul><li>Five<ul><li>six</li></ul></li></ul>",
        "<p>One <em>2</em> three</p><ul><li>Five<ul><li>6</li><li>7</li></ul></li></ul>",
        "<p>Only <b>this</b></p>",
    ] {
        page.run(&format!(
            "for (const each of [card, byId('twin')]) each.data = {{ title: 'HTML', bodyHtml: {body:?} }}"
        ))?;
        page.rest(50);
        page.expect_that("plain(part('body')) && plain(part('body')) == plain(part('body', byId('twin')))")?;
        page.run("translate(card)")?;
    }
    Ok(())
}

/// Every card of the list that is in the document has the words of one review, and of no other.
const UNMIXED: &str = "cards().every((each) => {
  const of = given.find(({ title }) => title == plain(part('title', each)));
  return of && plain(part('verdict', each)) == of.verdict && plain(part('section', each)) == of.section
    && plain(part('work', each)).startsWith(of.work.name);
}) && cards().length";

fn open_list(page: &Page) -> Result<()> {
    list::put(page, "/many.json", 60);
    page.open_document(
        &format!("{TRANSLATOR}<script type='module' src='/review-card/review-card.js'></script>"),
        "<main><h1>A blog</h1><review-list src='/many.json' controls summary loading='eager'></review-list></main>",
    )?;
    page.run("fetch('/many.json').then((answer) => answer.json()).then(({ reviews }) => (globalThis.given = reviews))")?;
    page.expect_that("globalThis.given && cards().length && cards().every((each) => each.ariaSetSize != -1)")
}

fn a_translated_list_is_searched_sorted_filtered_and_opened(page: &Page) -> Result<()> {
    open_list(page)?;
    let translate = || page.run("translate(list)");
    translate()?;
    page.click("part('toggle', cards()[1])")?;
    page.expect("plain(part('body', cards()[1]))", "Paragraph one of 1.It ends with a haddock.")?;
    page.expect_that(UNMIXED)?;
    translate()?;
    page.click("part('toggle', cards()[1])")?;
    page.expect("part('body', cards()[1])", json!(null))?;
    for (name, value, count) in [
        ("search", "late", "9 of 60 reviews"),
        ("search", "la", "9 of 60 reviews"),
        ("search", "nothing at all", "0 of 60 reviews"),
        ("search", "", "60 reviews"),
        ("sort", "rating", "60 of 60 reviews"),
        ("sort", "-title", "60 of 60 reviews"),
        ("section", "section:Film", "30 of 60 reviews"),
        ("section", "", "60 of 60 reviews"),
    ] {
        translate()?;
        enter(page, name, value)?;
        page.expect("plain(part('count', list).firstChild)", count)?;
        page.expect_that(&format!("({count:?}).startsWith('0 ') || ({UNMIXED})"))?;
    }
    translate()?;
    page.run("list.layout = 'stack'")?;
    // The list's height is an estimate until the last cards have been drawn.
    page.expect_that(
        "(scrollTo(0, document.documentElement.scrollHeight), cards().at(-1).ariaPosInSet == 60)",
    )?;
    page.expect_that(UNMIXED)?;
    translate()?;
    page.run("scrollTo(0, 0)")?;
    page.expect_that("cards()[0].ariaPosInSet == 1")?;
    page.expect_that(UNMIXED)
}

fn a_translated_list_takes_new_data(page: &Page) -> Result<()> {
    open_list(page)?;
    for count in [1, 3, 2] {
        page.run("translate(list)")?;
        page.run(&format!(
            "list.data = Array.from({{ length: {count} }}, (_, at) => ({{ title: `New ${{at}} of {count}`, rating: at }}))"
        ))?;
        page.expect(
            "cards().map((each) => plain(part('title', each)))",
            (0..count).map(|at| json!(format!("New {at} of {count}"))).collect::<Vec<_>>(),
        )?;
    }
    Ok(())
}

//! Cards of all widths, with words of all lengths.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::cases;
use crate::page::Page;

cases![
    nothing_overflows_at_any_width,
    a_word_of_30_000_letters_overflows_nothing,
    a_word_of_100_000_letters_overflows_nothing,
    text_spacing_of_a_reader_overflows_nothing,
    large_text_overflows_nothing,
    nothing_moves_when_the_pictures_come,
    wide_cards_stop_at_a_good_measure,
    pictures_leave_no_hole_in_a_wide_card,
];

const WIDTHS: [u32; 8] = [240, 280, 320, 480, 600, 720, 900, 1200];

/// Elements that are wider than their place, or stick out of the card; the innermost of them. In text that changes its
/// direction, the space at the end of a line may hang out of it, by up to 4 pixels.
pub(super) const OVERFLOWS: &str = "((of) => {
  const edge = part('card', of).getBoundingClientRect();
  const scrolls = (each) => ['auto', 'scroll'].includes(style(each, 'overflow-x'));
  const sticksOut = (each) => [...each.getClientRects()].some((box) => box.left < edge.left - 1 || box.right > edge.right + 1);
  const overflows = (each) => style(each, 'display') != 'inline' && each.scrollWidth > each.clientWidth + 4;
  const found = all('article, article *:not(svg *)', of)
    .filter((each) => seen(each) && !scrolls(each) && !each.closest('pre, table'))
    .filter((each) => overflows(each) || sticksOut(each));
  return found
    .filter((each) => !found.some((other) => other != each && each.contains(other)))
    .map((each) => `${each.localName}.${each.className} in ${each.parentNode.className} (${each.scrollWidth} px in ${each.clientWidth}): ${text(each).slice(0, 20)}`);
})";

/// Parts of the card that lie over one another, and a head that has no room.
const OVERLAPS: &str = "((of) => {
  const names = ['header', 'image', 'rating', 'aspects', 'notes', 'rest'];
  const parts = names.map((name) => find('.review-card__' + name, of)).filter(Boolean);
  const boxes = parts.map((each) => [each.className, each.getBoundingClientRect()]);
  const crosses = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  const found = boxes.flatMap(([name, box], at) => boxes.slice(at + 1)
    .filter(([, other]) => crosses(box, other))
    .map(([other]) => `${other} lies over ${name}`));
  const [, head] = boxes[0];
  if (head.width < part('card', of).offsetWidth * 0.45) found.push(`the head is ${head.width} px wide`);
  return found;
})";

/// Shows each review at each width, closed and open, and checks that nothing sticks out.
fn check(page: &Page, attributes: &[&str]) -> Result<()> {
    let cards: String = attributes
        .iter()
        .map(|attributes| {
            format!("<div class='column'><review-card loading='eager' {attributes}></review-card></div>")
        })
        .collect();
    page.open(&format!("<div id='columns'>{cards}</div>"))?;
    page.viewport(1400, 900, 1)?;
    page.expect_loads(attributes.len())?;
    let found = page.run(&format!(
        "const found = [];
        for (const width of {WIDTHS:?}) {{
          for (const column of document.querySelectorAll('.column')) column.style.width = `${{width}}px`;
          for (const card of document.querySelectorAll('review-card')) {{
            const details = find('details', card);
            for (const open of [false, true]) {{
              if (details) details.open = open;
              const overflows = [...{OVERFLOWS}(card), ...{OVERLAPS}(card)];
              if (overflows.length) found.push({{ card: card.outerHTML, width, open, overflows }});
              if (card.offsetWidth != width) found.push({{ width, card: card.offsetWidth }});
            }}
          }}
        }}
        return found;"
    ))?;
    // The first few tell as much as all.
    let found = found.as_array().into_iter().flatten().take(3).collect::<Vec<_>>();
    ensure!(found.is_empty(), "expected nothing to overflow, found {found:#?}");
    Ok(())
}

fn nothing_overflows_at_any_width(page: &Page) -> Result<()> {
    check(
        page,
        &[
            "src='/data/full.json'",
            "src='/data/full.json' variant='compact'",
            "src='/data/full.json' variant='full'",
            "src='/data/german.json' lang='de'",
            "src='/data/german.json' lang='de' variant='compact'",
            "src='/data/arabic.json' lang='ar' dir='rtl'",
            "src='/data/collection.json' item='dumplings'",
            "src='/data/collection.json' item='soup'",
            "src='/data/problems.json'",
            "src='/data/minimal.json'",
        ],
    )
}

fn a_word_of_30_000_letters_overflows_nothing(page: &Page) -> Result<()> {
    check_word(page, &"endless".repeat(30_000 / 7))
}

fn a_word_of_100_000_letters_overflows_nothing(page: &Page) -> Result<()> {
    check_word(page, &"endless".repeat(100_000 / 7))
}

fn check_word(page: &Page, word: &str) -> Result<()> {
    let long = |words: &str| Value::from(words.repeat(30));
    page.site().put(
        "/word.json",
        json!({
            "title": word, "section": long("section"), "work": { "name": long("work"), "creators": [long("maker")] },
            "verdict": long("verdict"), "rating": { "value": 4, "label": long("label") }, "pros": [long("pro")],
            "cons": [long("con")], "aspects": [{ "name": long("aspect"), "rating": 3 }], "body": word,
            "author": { "name": long("author"), "role": long("role"), "bio": long("bio") },
            "related": [{ "title": long("title"), "verdict": long("verdict"), "rating": long("rating") }],
            "previous": { "title": long("previous"), "url": "https://blog.example/" },
            "next": { "title": long("next"), "url": "https://blog.example/" }, "published": long("date"),
        })
        .to_string(),
    );
    page.site().put("/rating.json", json!({ "title": "Long", "rating": long("rating") }).to_string());
    check(
        page,
        &[
            "src='/word.json'",
            "src='/word.json' dir='rtl'",
            "src='/word.json' variant='compact'",
            "src='/rating.json'",
        ],
    )
}

/// [WCAG 1.4.12](https://www.w3.org/TR/WCAG22/#text-spacing), as a reader's own style sheet would set it.
fn text_spacing_of_a_reader_overflows_nothing(page: &Page) -> Result<()> {
    page.open("<div class='column' style='width: 320px'><review-card src='/data/full.json' open></review-card></div>")?;
    page.expect_loads(1)?;
    page.run(
        "const sheet = new CSSStyleSheet();
        sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }');
        card.shadowRoot.adoptedStyleSheets.push(sheet);",
    )?;
    page.is(&format!("{OVERFLOWS}(card)"), json!([]))?;
    let clipped = "all('article *').filter((each) => seen(each) && style(each, 'overflow-y') == 'hidden' && each.scrollHeight > each.clientHeight + 1).length";
    page.is(clipped, 0)
}

fn large_text_overflows_nothing(page: &Page) -> Result<()> {
    page.open(
        "<div style='width: 320px; font-size: 32px'><review-card src='/data/full.json' open></review-card></div>",
    )?;
    page.expect_loads(1)?;
    page.is(&format!("{OVERFLOWS}(card)"), json!([]))
}

/// Where everything of the card is, and what comes after it: `shifts` are reported by Chromium alone.
const PLACES: &str = "[...all('article, article *'), card.nextElementSibling].map((each) => {
  const { x, y, width, height } = each.getBoundingClientRect();
  return [each.localName, ...[x, y, width, height].map(Math.round)].join(' ');
})";

fn nothing_moves_when_the_pictures_come(page: &Page) -> Result<()> {
    let mut review: Value = serde_json::from_str(include_str!("../data/full.json"))?;
    let origin = page.site().origin();
    for width in [1200, 360] {
        // Addresses that no cache knows.
        let late = |size: &str| format!("{origin}/slow/800/images/{size}.svg?{width}");
        let small = |size: &str| json!({ "src": late(size), "width": 120, "height": 120 });
        review["image"]["src"] = late("600x900").into();
        review["author"]["image"] = small("120x120");
        review["related"][0]["image"] = small("121x121");
        page.site().put("/late.json", review.to_string());
        page.viewport(width, 2500, 1)?;
        page.open("<review-card src='/late.json'></review-card><p>After the card</p>")?;
        page.expect_loads(1)?;
        page.is("all('img').some((img) => img.naturalWidth)", false)?;
        // The card itself takes more room than nothing did: what counts begins with the frame after it.
        page.run(
            "globalThis.shown = 0;
            requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.shown = performance.now(); }));",
        )?;
        page.expect_that("shown")?;
        page.run(&format!("globalThis.before = {PLACES}"))?;
        page.expect("all('img').map((img) => img.naturalWidth > 0)", json!([true, true, true]))?;
        page.run("globalThis.painted = false; requestAnimationFrame(() => setTimeout(() => { globalThis.painted = true; }, 50))")?;
        page.expect_that("painted")?;
        page.is("shifts.filter((shift) => shift.startTime > shown)", json!([]))?;
        page.is(&format!("{PLACES}.filter((place, at) => place != before[at])"), json!([]))?;
        page.site().forget();
    }
    Ok(())
}

fn wide_cards_stop_at_a_good_measure(page: &Page) -> Result<()> {
    page.viewport(2000, 900, 1)?;
    page.open("<review-card src='/data/full.json' open></review-card>")?;
    page.expect_loads(1)?;
    page.is("part('card').offsetWidth <= 64 * 16", true)?;
    page.is("part('body').querySelector('p').offsetWidth <= 40 * 16", true)
}

/// A poster stands beside the head with the facts below it, a wide picture over the head with the facts beside both.
fn pictures_leave_no_hole_in_a_wide_card(page: &Page) -> Result<()> {
    page.viewport(1000, 900, 1)?;
    for (width, height, is_over) in [(600, 900, false), (900, 600, true)] {
        let image =
            json!({ "src": format!("/images/{width}x{height}.svg"), "width": width, "height": height });
        let review = json!({
            "title": "A dinner in two halves, and the walk between them",
            "verdict": "Long enough to be taller than a picture that is wider than it is high. ".repeat(3),
            "rating": "8/10",
            "aspects": [{ "name": "Food", "rating": "9/10" }],
            "body": ["And so to bed."],
            "image": image,
        });
        page.open(&format!("<review-card><script type='application/json'>{review}</script></review-card>"))?;
        page.expect_loads(1)?;
        page.run("globalThis.box = (name) => find('.review-card__' + name).getBoundingClientRect()")?;
        page.is("box('image').bottom <= box('header').top", is_over)?;
        page.is("box('image').right <= box('header').left", !is_over)?;
        let (above, below) = if is_over { ("image", "header") } else { ("image", "facts") };
        page.is(&format!("box('{below}').top - box('{above}').bottom < 60"), true)?;
        page.is("box('facts').left >= box('header').right", is_over)?;
    }
    Ok(())
}

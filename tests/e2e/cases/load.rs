//! A card from `src`.

use anyhow::Result;
use serde_json::json;

use super::{FULL, cases};
use crate::page::Page;

cases![
    a_card_shows_every_part_of_a_full_review,
    the_rating_is_one_image_with_a_name,
    images_are_sized_and_lazy,
    the_fallback_stays_until_the_card_is_there,
    the_load_event_tells_what_is_shown,
    events_leave_the_shadow_root_of_a_component_around_the_card,
    problems_of_the_data_cost_only_their_part,
    a_minimal_review_leaves_no_empty_element,
    relative_addresses_are_those_of_the_json,
    hostile_data_runs_nothing,
];

fn a_card_shows_every_part_of_a_full_review(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.is("text(part('section'))", "Home Movies")?;
    page.is("text(part('title'))", "A week of small mercies")?;
    page.is("part('title').localName", "h2")?;
    page.is("part('title').querySelector('a').href", "https://blog.example/reviews/paterson")?;
    page.is("text(part('work'))", "Paterson (2016) · Jim Jarmusch")?;
    page.is("part('work').querySelector('a').href", "https://films.example/paterson")?;
    page.is("text(part('meta'))", "June 30, 2024 · Updated July 2, 2024")?;
    page.is("part('meta').querySelector('time').dateTime", "2024-06-30")?;
    page.is("text(part('verdict')).startsWith('Nothing happens seven times')", true)?;
    page.is("text(part('rating'))", "4.5/5A keeper")?;
    page.is(
        "[...part('pros').querySelectorAll('li')].map(text)",
        json!(["Adam Driver listens better than anyone", "Poems that sound like a bus driver's"]),
    )?;
    page.is("[...part('cons').querySelectorAll('li')].map(text).length", 2)?;
    page.is(
        "[...part('aspects').querySelectorAll('li')].map(text)",
        json!(["Acting5/5", "Photography4/5", "Plot2.5/5"]),
    )?;
    page.is("text(part('image'))", "The falls, on his lunch break")?;
    page.is("part('body').querySelectorAll('p').length", 3)?;
    page.is("part('body').closest('details').open", false)?;
    page.is("text(part('toggle').firstChild)", "Read the review · 1 min")?;
    page.is("part('author').querySelector('a').href", "https://blog.example/authors/ada")?;
    page.is("text(part('author')).includes('Film critic')", true)?;
    page.is(
        "[...part('related').querySelectorAll('li')].map(text)",
        json!([
            "Ordinary hours 4/5A man cleans lavatories and listens to tapes.",
            "Two people look at buildings until they can talk.",
            "The long way home",
        ]),
    )?;
    page.is("part('related').querySelectorAll('li a').length", 3)?;
    page.is("text(part('previous'))", "Previous A quiet girl")?;
    page.is("text(part('next'))", "Next Driving lessons")?;
    page.is(
        "all('[part]').filter((each) => each.localName != 'article' && !seen(each)).map((each) => each.part.value)",
        json!(["body"]),
    )
}

fn the_rating_is_one_image_with_a_name(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    let named = "(of) => [of.getAttribute('role'), of.getAttribute('aria-label')]";
    page.is(
        &format!("[part('rating').querySelector('[role]')].map({named})"),
        json!([["img", "Rated 4.5 out of 5"]]),
    )?;
    page.is(
        &format!("[...part('aspects').querySelectorAll('[role]')].map({named})"),
        json!([["img", "Rated 5 out of 5"], ["img", "Rated 4 out of 5"], ["img", "Rated 2.5 out of 5"]]),
    )?;
    page.is("all('svg').every((svg) => svg.closest('[aria-hidden=true], [role=img]'))", true)
}

fn images_are_sized_and_lazy(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.is(
        "['src', 'alt', 'width', 'height', 'loading'].map((name) => find('[part=image] img').getAttribute(name))",
        json!([
            format!("{}/images/600x900.svg", page.site().origin()),
            "A bus on a bridge over a waterfall",
            "600",
            "900",
            "lazy",
        ]),
    )?;
    page.is("all('img').length", 3)?;
    page.is("all('img').every((img) => img.loading == 'lazy' && img.hasAttribute('alt'))", true)
}

fn the_fallback_stays_until_the_card_is_there(page: &Page) -> Result<()> {
    page.open(
        r#"<review-card src="/slow/600/data/full.json"><a href="/fallback">Read the review</a></review-card>"#,
    )?;
    page.is("seen(card.querySelector('a'))", true)?;
    page.is("heard.length", 0)?;
    page.run(
        "globalThis.gaps = 0;
        const look = () => {
          if (!seen(card.querySelector('a')) && !part('title')) gaps++;
          requestAnimationFrame(look);
        };
        look();",
    )?;
    page.expect_loads(1)?;
    page.is("seen(card.querySelector('a'))", false)?;
    page.is("card.querySelector('a').parentNode == card", true)?;
    page.is("gaps", 0)
}

fn the_load_event_tells_what_is_shown(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.is(
        "heard",
        json!([{
            "name": "load",
            "bubbles": true,
            "composed": true,
            "target": "full",
            "detail": {
                "id": "paterson",
                "title": "A week of small mercies",
                "url": "https://blog.example/reviews/paterson",
                "problems": [],
            },
        }]),
    )
}

fn events_leave_the_shadow_root_of_a_component_around_the_card(page: &Page) -> Result<()> {
    page.open(
        r#"<div id="outer"><template shadowrootmode="open">
            <review-card src="/data/minimal.json"></review-card>
            <review-card src="/fault/object">Fallback</review-card>
        </template></div>"#,
    )?;
    page.expect(
        "heard.map((event) => [event.name, event.target]).sort()",
        json!([["error", "outer"], ["load", "outer"]]),
    )?;
    page.expect_console("no-review")
}

fn problems_of_the_data_cost_only_their_part(page: &Page) -> Result<()> {
    page.open(r#"<review-card src="/data/problems.json"></review-card>"#)?;
    page.expect_loads(1)?;
    page.is(
        "events('load')[0].problems.map((problem) => problem.path)",
        json!(["rating", "aspects[0].rating", "published"]),
    )?;
    page.is("events('load')[0].problems[0].message.includes('found \"five\"')", true)?;
    page.is("text(part('rating'))", "five")?;
    page.is("text(part('meta'))", "Whitsun 2024")?;
    page.is("text(part('verdict'))", "Most of it is there.")?;
    page.is("part('aspects')", json!(null))
}

fn a_minimal_review_leaves_no_empty_element(page: &Page) -> Result<()> {
    page.open(r#"<review-card src="/data/minimal.json"></review-card>"#)?;
    page.expect_loads(1)?;
    page.is("text(find('article'))", "Only a title")?;
    page.is("all('[part]').map((each) => each.part.value)", json!(["card", "title"]))?;
    page.is(
        "all('article *').filter((each) => !text(each) && !each.querySelector('img, svg')).map((each) => each.outerHTML)",
        json!([]),
    )?;
    page.is("/[·,|–—()]/.test(text(find('article')))", false)?;
    page.is("all('a').length", 0)?;
    // Nothing is drawn but the card's own edge.
    page.is(
        "all('article *').filter((each) => parseFloat(style(each, 'border-top-width')) || parseFloat(style(each, 'border-left-width'))).length",
        0,
    )
}

fn relative_addresses_are_those_of_the_json(page: &Page) -> Result<()> {
    page.site().put(
        "/reviews/2024/one.json",
        r#"{ "title": "One", "url": "one", "image": { "src": "/images/30x20.svg", "width": 30, "height": 20 } }"#,
    );
    page.open(r#"<review-card src="/reviews/2024/one.json"></review-card>"#)?;
    page.expect_loads(1)?;
    let origin = page.site().origin();
    page.is("events('load')[0].url", format!("{origin}/reviews/2024/one"))?;
    page.is("part('title').querySelector('a').getAttribute('href')", format!("{origin}/reviews/2024/one"))?;
    page.is("find('img').getAttribute('src')", format!("{origin}/images/30x20.svg"))
}

fn hostile_data_runs_nothing(page: &Page) -> Result<()> {
    let markup =
        "<img src=/images/1x1.svg onerror='globalThis.hurt = 1'><script>globalThis.hurt = 1</script>";
    let link = "javascript:globalThis.hurt=1";
    page.site().put(
        "/hostile.json",
        json!({
            "title": markup, "url": link, "section": markup, "verdict": markup,
            "work": { "name": markup, "url": link, "creators": [markup] },
            "rating": { "value": markup, "label": markup }, "pros": [markup], "cons": [markup],
            "aspects": [{ "name": markup, "rating": markup }],
            "image": { "src": link, "alt": markup, "caption": markup },
            "bodyHtml": format!("{markup}<p onclick='globalThis.hurt = 1'>Text <a href='{link}'>link</a></p>"),
            "author": { "name": markup, "url": link, "bio": markup }, "published": markup,
            "related": [{ "title": markup, "url": link, "verdict": markup, "image": link }],
            "previous": { "title": markup, "url": link }, "lang": markup,
        })
        .to_string(),
    );
    page.open(r#"<review-card src="/hostile.json" open schema></review-card>"#)?;
    page.expect_loads(1)?;
    page.run("all('a, summary, p').forEach((each) => each.click())")?;
    page.is("globalThis.hurt ?? 0", 0)?;
    page.is("text(part('title'))", markup)?;
    page.is(
        "all('script, iframe, [onerror], [onclick], [href^=\"javascript:\"], [src^=\"javascript:\"]').length",
        0,
    )?;
    page.is("document.querySelectorAll('head script[type=\"application/ld+json\"] ~ *').length", 0)
}

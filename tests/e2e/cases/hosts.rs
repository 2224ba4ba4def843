//! Odd pages around a card: other people's style sheets, quirks mode, directions, frames, scripts that change the language's
//! own objects, another version of the script, pages that are swapped and come back.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::layout::OVERFLOWS;
use super::{FULL, cases};
use crate::npm;
use crate::page::Page;

cases![
    style_sheets_of_three_frameworks_change_nothing,
    style_sheets_of_three_frameworks_change_nothing_of_a_light_card,
    a_page_that_unsets_everything_changes_nothing,
    quirks_mode_changes_nothing,
    a_page_from_right_to_left_turns_the_card_around,
    a_page_from_right_to_left_mirrors_every_part,
    a_frame_of_300_pixels_shows_the_whole_card,
    objects_of_the_language_may_be_changed_after_the_start,
    of_two_versions_the_first_serves_and_the_second_says_so,
    whole_pages_are_swapped_with_inner_html,
    a_page_that_comes_back_shows_its_cards_at_once,
    a_page_that_comes_back_goes_on_with_what_it_waited_for,
];

const SCRIPT: &str = r#"<script type="module" src="/review-card/review-card.js"></script>"#;

/// Each element of the card with all that is computed of it, and of what stands before and after it if there is any, and
/// where it is.
const LOOK: &str = "all('article, article *').map((each) => {
  const { left, top } = find('article').getBoundingClientRect();
  const of = (pseudo) => {
    const computed = getComputedStyle(each, pseudo);
    const isThere = pseudo == '::marker' ? getComputedStyle(each).display == 'list-item' : !pseudo || !/^(none|normal)$/.test(computed.content);
    if (!isThere) return [`no ${pseudo}`];
    return [...computed].filter((name) => !name.startsWith('--')).map((name) => `${name}: ${computed.getPropertyValue(name)}`);
  };
  const box = each.getBoundingClientRect();
  const place = each.getClientRects().length ? [box.left - left, box.top - top, box.width, box.height].map((n) => n.toFixed(1)) : [];
  return [`<${each.localName} class='${each.getAttribute('class')}'>`, `place: ${place}`, ...of(null), ...of('::before'), ...of('::after'), ...of('::marker')];
})";

/// A column of a width, font and size that no sheet changes: these are the page's to give.
const COLUMN: &str = "width: 640px !important; display: block !important; position: absolute !important; \
    font: 16px/1.5 serif !important; direction: ltr !important; padding: 0 !important; margin: 0 !important";

/// What there is to see of an open card on a page with this in its head, element by element.
fn look(page: &Page, doctype: &str, head: &str, attributes: &str) -> Result<Vec<Vec<String>>> {
    let card = FULL.replace("<review-card", &format!("<review-card open {attributes}"));
    page.site().put(
        "/look",
        format!(
            "{doctype}<html lang='en'><head><meta charset='utf-8'><title>A blog</title><script src='/pages/record.js'></script>\
            {head}{SCRIPT}</head><body><div style='{COLUMN}'>{card}</div></body></html>"
        ),
    );
    page.visit("/look")?;
    page.expect_loads(1)?;
    page.is("document.compatMode", if doctype.is_empty() { "BackCompat" } else { "CSS1Compat" })?;
    page.expect_that(
        "[...document.querySelectorAll('link')].every((link) => link.sheet?.cssRules.length > 5)",
    )?;
    page.is("seen(find('h2')) && find('.review-card__body').querySelectorAll('p').length", 3)?;
    let found: Vec<Vec<String>> = serde_json::from_value(page.get(LOOK)?)?;
    let (elements, properties) = (found.len(), found.first().map_or(0, Vec::len));
    ensure!(elements > 80, "expected more than 80 elements, found {elements}");
    ensure!(properties > 300, "expected more than 300 values of each, found {properties}");
    Ok(found)
}

/// Whether two values are the same, but for lengths that are so many pixels apart at most.
fn is_near(plain: &str, found: &str, pixels: f64) -> bool {
    let parts = |text: &str| -> Vec<String> {
        text.split([' ', ',']).map(|part| part.trim_end_matches("px").to_owned()).collect()
    };
    let (plain, found) = (parts(plain), parts(found));
    let near = |(plain, found): (&String, &String)| {
        plain == found
            || plain.parse::<f64>().is_ok_and(|a| found.parse::<f64>().is_ok_and(|b| (a - b).abs() <= pixels))
    };
    plain.len() == found.len() && plain.iter().zip(&found).all(near)
}

/// Checks that nothing of the second is another than in the first.
fn same(what: &str, plain: &[Vec<String>], found: &[Vec<String>]) -> Result<()> {
    same_within(0.0, what, plain, found)
}

fn same_within(pixels: f64, what: &str, plain: &[Vec<String>], found: &[Vec<String>]) -> Result<()> {
    ensure!(plain.len() == found.len(), "{what}: expected {} elements, found {}", plain.len(), found.len());
    let mut changed = Vec::new();
    for (plain, found) in plain.iter().zip(found) {
        let name = plain.first().map_or("", String::as_str);
        let different = plain.iter().zip(found).filter(|(plain, found)| !is_near(plain, found, pixels));
        changed.extend(different.map(|(plain, found)| format!("{name} {plain} → {found}")));
        ensure!(plain.len() == found.len(), "{what}: {name}: expected as many values");
    }
    let count = changed.len();
    changed.truncate(12);
    ensure!(changed.is_empty(), "{what}: expected no difference, found {count}: {changed:#?}");
    Ok(())
}

const STANDARDS: &str = "<!doctype html>";

/// From npm; each styles all elements that a text has, by their names.
const FRAMEWORKS: [&str; 3] =
    ["bootstrap/dist/css/bootstrap.min.css", "bulma/css/bulma.min.css", "tailwindcss/preflight.css"];

fn style_sheets_of_three_frameworks_change_nothing(page: &Page) -> Result<()> {
    frameworks_change_nothing(page, "", "")
}

fn style_sheets_of_three_frameworks_change_nothing_of_a_light_card(page: &Page) -> Result<()> {
    frameworks_change_nothing(page, "<link rel='stylesheet' href='/review-card/review-card.css'>", "light")
}

fn frameworks_change_nothing(page: &Page, sheet: &str, attributes: &str) -> Result<()> {
    let plain = look(page, STANDARDS, sheet, attributes)?;
    for file in FRAMEWORKS {
        page.site().put("/framework.css", std::fs::read(npm::file(file)?)?);
        let head = format!("{sheet}<link rel='stylesheet' href='/framework.css'>");
        same(file, &plain, &look(page, STANDARDS, &head, attributes)?)?;
    }
    Ok(())
}

fn a_page_that_unsets_everything_changes_nothing(page: &Page) -> Result<()> {
    let plain = look(page, STANDARDS, "", "")?;
    let rules =
        "* { all: unset !important } *::before, *::after { all: unset !important; content: 'X' !important }";
    let found = look(page, STANDARDS, &format!("<style>{rules}</style>"), "")?;
    same(rules, &plain, &found)
}

fn quirks_mode_changes_nothing(page: &Page) -> Result<()> {
    let plain = look(page, STANDARDS, "", "")?;
    // Firefox makes a line of nothing but a rating half a pixel lower there.
    same_within(2.0, "quirks mode", &plain, &look(page, "", "", "")?)
}

fn a_page_from_right_to_left_turns_the_card_around(page: &Page) -> Result<()> {
    page.open("")?;
    page.run("document.documentElement.dir = 'rtl'; document.documentElement.lang = 'ar'")?;
    page.run(r#"write('<review-card src="/data/arabic.json" open></review-card><review-card id="english" src="/data/full.json" open></review-card>')"#)?;
    page.expect_loads(2)?;
    for id in ["", "byId('english')"] {
        page.is(
            &format!("style(part('card', {}), 'direction')", if id.is_empty() { "card" } else { id }),
            "rtl",
        )?;
    }
    // The words of the page's language run with the page, those of the review with the review.
    page.is("text(part('toggle', byId('english')).firstChild)", "اقرأ المراجعة · دقيقة واحدة")?;
    page.is("style(part('title', byId('english')), 'direction')", "ltr")?;
    page.is("style(part('title'), 'direction')", "rtl")?;
    page.is("document.documentElement.scrollWidth <= innerWidth", true)?;
    page.is(&format!("{OVERFLOWS}(card).concat({OVERFLOWS}(byId('english')))"), json!([]))
}

/// Where the boxes of the card's parts are, from the edge at which lines start.
const FROM_THE_START: &str =
    "all('.review-card__layout > *, [part~=image], [part~=rating], [part~=author]').filter(seen).map((each) => {
  const edge = part('card').getBoundingClientRect(), box = each.getBoundingClientRect();
  const start = style(part('card'), 'direction') == 'rtl' ? edge.right - box.right : box.left - edge.left;
  return [each.className, ...[start, box.top - edge.top, box.width, box.height].map((n) => Math.round(n))];
})";

fn a_page_from_right_to_left_mirrors_every_part(page: &Page) -> Result<()> {
    for width in [320, 640, 960] {
        let mut found = Vec::new();
        for dir in ["ltr", "rtl"] {
            page.open("")?;
            page.run(&format!(
                "document.documentElement.dir = '{dir}';
                write(`<div style='width: {width}px'>{FULL}</div>`);"
            ))?;
            page.expect_loads(1)?;
            page.is("style(part('card'), 'direction')", dir)?;
            found.push(page.get(FROM_THE_START)?);
        }
        let parts = found.first().and_then(Value::as_array).map_or(0, Vec::len);
        ensure!(parts >= 5, "expected five boxes or more, found {parts}");
        ensure!(found.first() == found.last(), "{width} px: expected mirrored boxes, found {found:#?}");
    }
    Ok(())
}

fn a_frame_of_300_pixels_shows_the_whole_card(page: &Page) -> Result<()> {
    page.in_frame(300, 600);
    page.open(&format!("{FULL}<div style='height: 4000px'></div><review-card id='far' src='/data/minimal.json'></review-card>"))?;
    page.expect_loads(1)?;
    page.is("[innerWidth, parent != self]", json!([300, true]))?;
    page.rest(150);
    page.is("events('load').length", 1)?;
    for open in [false, true] {
        page.run(&format!("card.open = {open}"))?;
        page.expect("part('body').closest('details').open", open)?;
        page.is(&format!("{OVERFLOWS}(card)"), json!([]))?;
        page.is("document.documentElement.scrollWidth == document.documentElement.clientWidth", true)?;
        page.is("part('card').offsetWidth <= 300 && part('card').offsetWidth >= 260", true)?;
    }
    page.run("byId('far').scrollIntoView()")?;
    page.expect_loads(2)?;
    page.is("seen(part('title', byId('far')))", true)
}

/// What scripts put in the place of the language's own, at its worst: methods that throw, and names that `for … in` meets.
const TAMPER: &str = r#"
    const stop = (name) => function () { throw new Error(`the page's own ${name}`); };
    for (const name of Object.getOwnPropertyNames(Array.prototype)) {
      // Without these two no script runs at all: WebDriver's own needs them.
      if (["constructor", "length", "push", "values"].includes(name)) continue;
      kept.push([Array.prototype, name, Array.prototype[name]]);
    }
    for (const [of, name] of kept) of[name] = stop(`Array.prototype.${name}`);
    for (const name of ["first", "each"]) {
      Array.prototype[name] = stop(name);
      Object.prototype[name] = stop(name);
      names.push(name);
    }
    for (const [of, name] of [[JSON, "parse"], [JSON, "stringify"], [window, "fetch"], [customElements, "get"], [customElements, "define"],
        [customElements, "whenDefined"], [customElements, "upgrade"]]) {
      kept.push([of, name, of[name]]);
      of[name] = stop(name);
    }"#;

fn objects_of_the_language_may_be_changed_after_the_start(page: &Page) -> Result<()> {
    let posts = json!([{ "id": 1, "link": "/post/1", "title": { "rendered": "A post" }, "content": { "rendered": "<p>Of <em>another</em> shape.</p>" } }]);
    page.site().put("/posts.json", posts.to_string());
    page.site().put("/html.json", r#"{ "title": "HTML", "bodyHtml": "<p>Words <em>and</em> markup.</p>" }"#);
    page.open(&format!("{FULL}<div style='height: 4000px'></div><p id='end'></p>"))?;
    page.expect_loads(1)?;
    // One task does it all, and another ends it: what WebDriver runs before and after needs the objects as they were.
    page.run(&format!(
        r#"globalThis.loaded = [];
        globalThis.failed = [];
        addEventListener("review-card-load", ({{ target, detail }}) => {{ loaded[loaded.length] = `${{target.id}}: ${{detail.title}}`; }});
        addEventListener("review-card-error", ({{ target, detail }}) => {{ failed[failed.length] = `${{target.id}}: ${{detail.message}}`; }});
        const kept = [], names = [];
        const given = {{ title: "Given", pros: ["One", "Two"], related: [{{ title: "Another" }}] }};
        setTimeout(() => {{
          write(`<review-card id="src" src="/data/collection.json" item="soup"></review-card>
            <review-card id="inline"><script type="application/json">{{ "title": "Inline" }}<\/script></review-card>
            <review-card id="html" src="/html.json" variant="full"></review-card>
            <review-card id="posts" src="/posts.json" variant="full" schema></review-card>
            <review-card id="related" src="/data/collection.json" related-from="/data/collection.json"></review-card>
            <review-card id="given"></review-card>
            <review-card id="bad" src="/fault/object">Fallback</review-card>`);
          for (const each of document.querySelectorAll("review-card")) each.loading = "eager";
          {TAMPER}
          document.getElementById("given").data = given;
          card.open = true;
          card.variant = "full";
          card.hide = "author related";
        }}, 200);
        setTimeout(() => {{
          for (let at = 0; at < kept.length; at++) kept[at][0][kept[at][1]] = kept[at][2];
          for (let at = 0; at < names.length; at++) {{ delete Array.prototype[names[at]]; delete Object.prototype[names[at]]; }}
          globalThis.restored = true;
        }}, 2500);"#
    ))?;
    page.rest(2600);
    page.expect("globalThis.restored", true)?;
    page.is("failed", json!(["bad: no review in the document: title: expected text, found nothing"]))?;
    page.is(
        "loaded.sort()",
        json!([
            "given: Given",
            "html: HTML",
            "inline: Inline",
            "posts: A post",
            "related: Noodles at the station",
            "src: Soup for one"
        ]),
    )?;
    page.is("text(find('em', byId('html')))", "and")?;
    page.is("text(find('em', byId('posts')))", "another")?;
    page.is(
        "[...parts('pros', byId('given'))].map((each) => each.querySelectorAll('li').length)",
        json!([2]),
    )?;
    page.is("[part('toggle'), part('author'), card.variant]", json!([null, null, "full"]))?;
    page.is("document.head.querySelectorAll('script[type=\"application/ld+json\"]').length", 1)?;
    page.expect_console("no-review")
}

fn of_two_versions_the_first_serves_and_the_second_says_so(page: &Page) -> Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    let script = page.site().release("review-card.js")?;
    let other = script.replace(version, "98.76.54");
    ensure!(script != other, "expected {version} in review-card.js");
    page.site().put("/other/review-card.js", other);
    let [here, there] = ["/review-card/review-card.js", "/other/review-card.js"];
    for (first, second, serves, says) in
        [(here, there, version, "98.76.54"), (there, here, "98.76.54", version)]
    {
        let scripts = [first, second].map(|src| format!("<script type='module' src='{src}'></script>"));
        page.open_document(&scripts.concat(), &format!("<main>{FULL}</main>"))?;
        page.expect_loads(1)?;
        page.is("customElements.get('review-card').version", serves)?;
        page.is("text(part('title'))", "A week of small mercies")?;
        page.is("heard.length", 1)?;
        for name in ["review-card", "review-list"] {
            page.expect_console(&format!(
                "{name}: version {serves} is on this page already; {says} is not used"
            ))?;
        }
        page.run("card.variant = 'full'; card.reload()")?;
        page.expect_loads(2)?;
        page.settle()?;
    }
    page.requested(".wasm", 2)
}

fn whole_pages_are_swapped_with_inner_html(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    let page_of = |n: usize| {
        format!(
            "<main><h1>Page {n}</h1><review-card id='one' src='/data/collection.json?{n}' item='soup'>One</review-card>\
            <review-card id='two'><script type='application/json'>{{ \"title\": \"Two of {n}\" }}</script></review-card>\
            <review-card id='slow' src='/slow/{}/data/minimal.json?{n}'>Slow</review-card></main>",
            if n == 5 { 0 } else { 3000 }
        )
    };
    for n in 1..=5 {
        page.run(&format!("heard.length = 0; document.body.innerHTML = {}", json!(page_of(n))))?;
        if n % 2 == 1 {
            page.expect("text(part('title', byId('two')))", format!("Two of {n}"))?;
            page.expect("text(part('title', byId('one')))", "Soup for one")?;
        }
    }
    page.expect("text(part('title', byId('slow')))", "Only a title")?;
    page.rest(100);
    page.is(
        "heard.map((event) => `${event.name} ${event.target}`).sort()",
        json!(["load one", "load slow", "load two"]),
    )?;
    page.is("document.querySelectorAll('review-card').length", 3)
}

/// A page that a browser may keep while another is shown: without the header that forbids it.
fn kept(page: &Page, path: &str, body: &str) -> Result<()> {
    let html = format!(
        "<!doctype html><html lang='en'><meta charset='utf-8'><title>{path}</title><script src='/pages/record.js'></script>
        <script>globalThis.shown = []; addEventListener('pageshow', (event) => shown.push(event.persisted));</script>
        {SCRIPT}<main>{body}</main>"
    );
    page.site().put_with(path, html, &[("cache-control", "no-cache")])
}

fn a_page_that_comes_back_shows_its_cards_at_once(page: &Page) -> Result<()> {
    kept(page, "/first", &format!("{FULL}<a href='/second'>Second</a>"))?;
    kept(page, "/second", "<review-card src='/data/minimal.json'></review-card>")?;
    page.visit("/first")?;
    page.expect_loads(1)?;
    page.click("part('toggle')")?;
    page.expect("events('toggle').length", 1)?;
    page.run("location.href = '/second'")?;
    page.expect("[location.pathname, document.title]", json!(["/second", "/second"]))?;
    page.expect_loads(1)?;
    page.run("history.back()")?;
    page.expect("[location.pathname, shown]", json!(["/first", [false, true]]))?;
    page.is("seen(part('title')) && part('body').closest('details').open && card.open", true)?;
    page.rest(200);
    page.is("heard.map((event) => event.name)", json!(["load", "toggle"]))?;
    page.requested("/data/full.json", 1)?;
    page.run("card.variant = 'compact'")?;
    page.expect("part('author')", json!(null))
}

fn a_page_that_comes_back_goes_on_with_what_it_waited_for(page: &Page) -> Result<()> {
    kept(page, "/first", "<review-card src='/slow/1500/data/full.json'>Fallback</review-card>")?;
    kept(page, "/second", "<p>Nothing here.</p>")?;
    page.visit("/first")?;
    page.expect_requests("/data/full.json", 1)?;
    page.run("location.href = '/second'")?;
    page.expect("[location.pathname, document.title]", json!(["/second", "/second"]))?;
    page.run("history.back()")?;
    page.expect("location.pathname", "/first")?;
    page.expect("text(part('title'))", "A week of small mercies")?;
    page.expect("seen(part('title')) && events('load').length", 1)?;
    page.forgive()
}

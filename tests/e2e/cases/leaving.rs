//! Cards that go, at every moment of their lives: nothing of them stays.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde_json::json;

use super::{FULL, cases};
use crate::fault;
use crate::page::Page;
use crate::settings;

/// What the heap may have more after all cycles than after ten, in bytes: some noise, and 15 bytes a card.
const MOST_LEFT: f64 = 5e5;
const MOST_LEFT_OF_A_CARD: f64 = 15.0;
/// How long those may take.
const TOO_LONG: Duration = Duration::from_secs(300);

cases![
    src_that_changes_while_it_loads_shows_the_last_whatever_the_order,
    a_card_that_goes_while_it_loads_stops_its_download,
    a_card_that_another_document_adopts_while_it_loads_is_shown_there,
    a_card_of_a_document_that_nobody_sees_is_shown_when_it_comes,
    a_card_that_is_cloned_while_it_loads_loads_once,
    a_card_is_upgraded_late_with_all_that_it_was_given,
    no_listener_observer_timer_or_download_is_left,
    hundreds_of_times_a_hundred_cards_leave_no_memory,
];

fn src_that_changes_while_it_loads_shows_the_last_whatever_the_order(page: &Page) -> Result<()> {
    for (first, second) in
        [("/slow/600", "/slow/100"), ("/slow/100", "/slow/600"), ("", "/slow/300"), ("/slow/300", "")]
    {
        page.open(&format!("<review-card src='{first}/data/full.json'>Fallback</review-card>"))?;
        page.expect_requests(&format!("{first}/data/full.json"), 1)?;
        page.run(&format!("card.src = '{second}/data/minimal.json'"))?;
        page.expect("text(part('title'))", "Only a title")?;
        page.rest(700);
        page.is("text(part('title'))", "Only a title")?;
        page.is("card.review.title", "Only a title")?;
        page.is("heard.filter(({ name }) => name != 'load').length", 0)?;
        page.is("events('load').at(-1).title", "Only a title")?;
        page.site().forget();
    }
    Ok(())
}

fn a_card_that_goes_while_it_loads_stops_its_download(page: &Page) -> Result<()> {
    page.open("<review-card src='/fault/drip/1'>One</review-card><review-card id='two' src='/fault/drip/2'>Two</review-card>")?;
    page.expect_requests("/fault/drip", 2)?;
    ensure!(fault::drips() == 2, "expected two downloads, found {}", fault::drips());
    page.run("card.remove(); byId('two').src = '/data/minimal.json'")?;
    page.expect_loads(1)?;
    let start = Instant::now();
    while fault::drips() > 0 {
        ensure!(start.elapsed() < Duration::from_secs(30), "expected no download, found {}", fault::drips());
        page.rest(20);
    }
    page.is("heard.length", 1)
}

fn a_card_that_another_document_adopts_while_it_loads_is_shown_there(page: &Page) -> Result<()> {
    page.open("<review-card src='/slow/400/data/full.json'>Fallback</review-card><iframe title='Another document'></iframe>")?;
    page.expect_requests("/slow/400/data/full.json", 1)?;
    page.run("globalThis.moved = card; document.querySelector('iframe').contentDocument.body.append(card)")?;
    page.expect("text(part('title', moved))", "A week of small mercies")?;
    page.is("moved.ownerDocument == document.querySelector('iframe').contentDocument", true)?;
    page.is("moved.ownerDocument.defaultView.getComputedStyle(moved.shadowRoot.querySelector('.review-card__layout')).display", "grid")?;
    page.requested("/slow/400/data/full.json", 1)?;
    page.run("document.querySelector('main').append(moved)")?;
    page.expect("seen(part('title')) && style(find('.review-card__layout'), 'display')", "grid")?;
    page.requested("/slow/400/data/full.json", 1)?;
    page.is("events('error')", json!([]))
}

fn a_card_of_a_document_that_nobody_sees_is_shown_when_it_comes(page: &Page) -> Result<()> {
    page.open("")?;
    page.expect_that("customElements.get('review-card')")?;
    page.run(
        "globalThis.parsed = new DOMParser().parseFromString('<review-card id=\"parsed\" src=\"/data/full.json\">A</review-card>', 'text/html');
        const xml = document.implementation.createHTMLDocument('');
        xml.body.innerHTML = '<review-card id=\"made\" src=\"/data/minimal.json\">B</review-card>';
        globalThis.made = xml.body.firstChild;",
    )?;
    page.rest(200);
    page.requested("/data/", 0)?;
    page.run("document.querySelector('main').append(parsed.body.firstChild, made)")?;
    page.expect_loads(2)?;
    page.is(
        "['parsed', 'made'].map((id) => text(part('title', byId(id))))",
        json!(["A week of small mercies", "Only a title"]),
    )?;
    page.is("style(find('.review-card__layout', byId('parsed')), 'display')", "grid")
}

fn a_card_that_is_cloned_while_it_loads_loads_once(page: &Page) -> Result<()> {
    page.open("<review-card id='a' src='/slow/400/data/full.json' open><a href='/fallback'>Fallback</a></review-card>")?;
    page.expect_requests("/slow/400/data/full.json", 1)?;
    page.run(
        "for (const id of ['b', 'c']) { const copy = card.cloneNode(true); copy.id = id; card.after(copy); }",
    )?;
    page.expect_loads(3)?;
    page.is("['b', 'c'].map((id) => [text(part('title', byId(id))), byId(id).open, seen(byId(id).querySelector('a'))])", json!([["A week of small mercies", true, false], ["A week of small mercies", true, false]]))?;
    page.requested("/slow/400/data/full.json", 1)
}

fn a_card_is_upgraded_late_with_all_that_it_was_given(page: &Page) -> Result<()> {
    page.open_document("", "<main><review-card id='written' src='/data/full.json' variant='full'><a href='/fallback'>Words</a></review-card></main>")?;
    page.run(
        "globalThis.early = document.createElement('review-card');
        early.id = 'early';
        early.data = { title: 'Early' };
        early.headingLevel = 4;
        early.open = true;
        early.addEventListener('review-card-load', () => { early.told = true; });
        globalThis.apart = document.createElement('div');
        apart.innerHTML = '<review-card id=\"apart\" src=\"/data/minimal.json\">Apart</review-card>';
        apart.firstChild.hide = 'section';
        document.querySelector('main').append(early);
        byId('written').headingLevel = 3;
        byId('written').lang = 'fr';",
    )?;
    page.rest(100);
    page.is(
        "[seen(byId('written').querySelector('a')), 'shadowRoot' in early && early.shadowRoot]",
        json!([true, null]),
    )?;
    page.run("const script = document.createElement('script'); script.type = 'module'; script.src = '/slow/200/review-card/review-card.js'; document.head.append(script)")?;
    // The address of the module is beside the script's.
    page.expect_loads(2)?;
    page.is(
        "[text(part('title', early)), part('title', early).localName, early.open, early.told]",
        json!(["Early", "h4", true, true]),
    )?;
    page.is("Object.getOwnPropertyNames(early)", json!(["told"]))?;
    page.is("[part('title', byId('written')).localName, text(part('meta', byId('written'))).startsWith('30 juin 2024')]", json!(["h3", true]))?;
    page.run("customElements.upgrade(apart); document.querySelector('main').append(apart)")?;
    page.expect_loads(3)?;
    page.is(
        "[byId('apart').hide, byId('apart').getAttribute('hide'), text(part('title', byId('apart')))]",
        json!(["section", "section", "Only a title"]),
    )
}

/// Cards in every state: shown, opened, far below, loading, without an end, waiting for a second try, failed, waiting for data.
const ALL_KINDS: &str = r#"
    <review-card src="/data/full.json" schema></review-card>
    <review-card src="/data/collection.json" item="soup" related-from="/data/collection.json" light>Light</review-card>
    <review-card src="/html.json" variant="full"></review-card>
    <review-card><script type="application/json">{ "title": "Inline" }</script></review-card>
    <review-card id="waits">No data yet</review-card>
    <review-card src="/slow/700/data/minimal.json?1">Slow</review-card>
    <review-card src="/fault/drip/left">Without an end</review-card>
    <review-card src="/fault/500/left">Tried again</review-card>
    <review-card src="/fault/object">Failed</review-card>
    <review-card src="/fault/silent/left" timeout="0.4">Too late</review-card>
    <div style="height: 5000px"></div>
    <review-card src="/data/minimal.json?2">Far below</review-card>"#;

fn no_listener_observer_timer_or_download_is_left(page: &Page) -> Result<()> {
    page.site().put("/html.json", r#"{ "title": "HTML", "bodyHtml": "<p>Words <em>and</em> markup.</p>" }"#);
    page.open_document(
        "<script src='/pages/left.js'></script><script type='module' src='/review-card/review-card.js'></script>",
        "<main></main>",
    )?;
    page.expect_that("customElements.get('review-card')")?;
    page.run("globalThis.before = left()")?;
    page.is("before.observed.concat(before.timers, before.downloads)", json!([]))?;
    // The cards go at once, while they load, and when all has settled; what `left` can see is seen in between.
    for (moment, least) in [(0, 0), (30, 3), (1600, 2)] {
        page.run(&format!("write(`{ALL_KINDS}`)"))?;
        page.rest(moment);
        page.expect_that(&format!(
            "Object.values(left()).flat().length - before.listeners.length >= {least}"
        ))?;
        if moment > 1000 {
            page.expect_that("left().observed.some((one) => one.startsWith('IntersectionObserver'))")?;
            page.expect_that("left().downloads.some((one) => one.includes('/fault/drip'))")?;
            page.expect_that("part('toggle')")?;
            page.click("part('toggle')")?;
        }
        page.run("document.querySelector('main').replaceChildren()")?;
        page.expect("[left().observed, left().downloads]", json!([[], []]))?;
        // What was to be tried again, and what draws, comes to its end by itself.
        page.expect("left().timers", json!([]))?;
        page.is("JSON.stringify(left()) == JSON.stringify(before) || left()", true)?;
    }
    page.forgive()
}

/// The memory of the engines that are started, to be asked for their size.
const KEEP_MEMORIES: &str = "<script>
  globalThis.memories = [];
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(original, given) {
      const instance = new original(...given);
      memories.push(instance.exports.memory);
      return instance;
    },
  });
</script>";

/// Shows a hundred cards and takes them away, `count` times.
const CYCLE: &str = r#"
    globalThis.cycles ??= 0;
    globalThis.cycle = async (count) => {
      const place = document.querySelector("main");
      for (let turn = 0; turn < count; turn++) {
        let shown = 0, settle;
        const all = new Promise((resolve) => { settle = resolve; });
        const hear = () => ++shown == 100 && settle();
        addEventListener("review-card-load", hear);
        const cards = document.createDocumentFragment();
        for (let at = 0; at < 100; at++) {
          const made = document.createElement("review-card");
          made.loading = "eager";
          if (at % 2) made.src = "/data/collection.json";
          else made.data = { title: `Card ${at} of ${cycles}`, verdict: "A verdict.", rating: 4, pros: ["One"], body: "Words." };
          if (at % 4 == 1) made.item = "soup";
          if (at % 10) made.variant = "compact";
          cards.append(made);
        }
        place.append(cards);
        await all;
        removeEventListener("review-card-load", hear);
        place.replaceChildren();
        heard.length = 0;
        globalThis.cycles++;
      }
    };"#;

/// 200 cycles of a hundred cards; a thousand with `cargo xtask test --all`, since they take minutes in Firefox.
fn hundreds_of_times_a_hundred_cards_leave_no_memory(page: &Page) -> Result<()> {
    page.open_document(
        &format!("{KEEP_MEMORIES}<script type='module' src='/review-card/review-card.js'></script>"),
        &format!("<main>{FULL}</main>"),
    )?;
    page.expect_loads(1)?;
    page.run(CYCLE)?;
    let cycles = |until: usize| -> Result<Vec<u64>> {
        page.run(&format!(
            "globalThis.finished = false;
            cycle({until} - cycles).then(() => {{ globalThis.finished = true; }}, (error) => {{ globalThis.finished = String(error); }});"
        ))?;
        let start = Instant::now();
        while page.get("finished")? == json!(false) {
            ensure!(
                start.elapsed() < TOO_LONG,
                "expected {until} cycles within {TOO_LONG:?}, found {}",
                page.get("cycles")?
            );
            page.rest(100);
        }
        page.is(
            "[finished, cycles, document.querySelectorAll('review-card').length]",
            json!([true, until, 0]),
        )?;
        Ok(serde_json::from_value(page.get("memories.map((memory) => memory.buffer.byteLength)")?)?)
    };
    let tenth = cycles(10)?;
    ensure!(!tenth.is_empty(), "expected the memory of an engine, found none");
    let before = page.memory();
    let all = match before {
        Ok(_) if settings::is_all() => 1000,
        Ok(_) => 200,
        Err(_) => 100,
    };
    let last = cycles(all)?;
    let most_left = MOST_LEFT + (all * 100) as f64 * MOST_LEFT_OF_A_CARD;
    let grown = last.iter().sum::<u64>() as f64 - tenth.iter().sum::<u64>() as f64;
    ensure!(grown <= most_left, "expected the engine's memory as it was, found {tenth:?}, then {last:?}");
    let (before, after) = (before?, page.memory()?);
    println!("after 10 cycles {before:?}, after {all} {after:?}; the engine {last:?} bytes");
    ensure!(
        after.bytes - before.bytes <= most_left,
        "expected no more than {most_left} bytes more, found {before:?}, then {after:?}"
    );
    if let (Some(nodes_before), Some(nodes)) = (before.nodes, after.nodes) {
        ensure!(nodes - nodes_before <= 100.0, "expected no more nodes, found {before:?}, then {after:?}");
    }
    Ok(())
}

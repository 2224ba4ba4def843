//! Pages that a framework writes: it creates cards, moves, updates and drops them.
//!
//! What is asked of an element is what [custom-elements-everywhere](https://custom-elements-everywhere.com) asks of a framework:
//! children, attributes, properties of every type, and events with names in kebab-case.

use anyhow::{Result, ensure};
use serde_json::json;

use super::cases;
use crate::npm;
use crate::page::Page;
use crate::site;

cases![
    react_creates_moves_updates_and_drops_cards,
    vue_creates_moves_updates_and_drops_cards,
    a_yew_app_creates_moves_updates_and_drops_cards,
];

/// A host takes its whole state at once: `set([{ id, props, words }])`. It tells in `got` of the events that it listens to, and
/// keeps in `opened` what the card said of its toggle.
const REACT: &str = r#"
const { createElement: h, useState } = require("react");
const { createRoot } = require("react-dom/client");
function Blog() {
  const [cards, setCards] = useState([]);
  window.set = (cards) => require("react-dom").flushSync(() => setCards(cards));
  const listeners = (id) => ({
    "onreview-card-load": ({ detail }) => got.push(`load ${id}: ${detail.title}`),
    "onreview-card-error": ({ detail }) => got.push(`error ${id}: ${detail.kind}`),
    "onreview-card-toggle": ({ detail }) => got.push(`toggle ${id}: ${detail.open}`),
  });
  return cards.map(({ id, props, words }) =>
    h("review-card", { key: id, id, ...props, ...listeners(id) }, words && h("a", { href: "/fallback" }, words)));
}
const root = createRoot(document.getElementById("app"));
require("react-dom").flushSync(() => root.render(h(Blog)));
window.drop = () => root.unmount();
"#;

const VUE: &str = r#"
const { createApp, nextTick, shallowRef } = Vue;
const cards = shallowRef([]);
const app = createApp({
  setup: () => ({ cards, say: (what, id, reported) => got.push(`${what} ${id}: ${reported}`) }),
  template: `
    <review-card v-for="{ id, props, words } in cards" :key="id" :id="id" v-bind="props"
        @review-card-load="say('load', id, $event.detail.title)"
        @review-card-error="say('error', id, $event.detail.kind)"
        @review-card-toggle="say('toggle', id, $event.detail.open)">
      <a v-if="words" href="/fallback">{{ words }}</a>
    </review-card>`,
});
app.config.compilerOptions.isCustomElement = (name) => name.startsWith("review-");
app.mount(document.getElementById("app"));
window.set = (state) => { cards.value = state; return nextTick(); };
window.drop = () => app.unmount();
"#;

fn react_creates_moves_updates_and_drops_cards(page: &Page) -> Result<()> {
    let mut modules = String::from(
        "const modules = {}, ready = {};
        function require(name) {
          if (!ready[name]) { const module = (ready[name] = { exports: {} }); modules[name](module, module.exports); }
          return ready[name].exports;
        }\n",
    );
    for (name, file) in [
        ("react", "react/cjs/react.production.js"),
        ("scheduler", "scheduler/cjs/scheduler.production.js"),
        ("react-dom", "react-dom/cjs/react-dom.production.js"),
        ("react-dom/client", "react-dom/cjs/react-dom-client.production.js"),
    ] {
        let source = std::fs::read_to_string(npm::file(file)?)?;
        modules.push_str(&format!("modules['{name}'] = function (module, exports) {{ {source} }};\n"));
    }
    page.site().put("/react.js", modules);
    page.site().put("/host.js", REACT);
    check(page, "/react.js")
}

fn vue_creates_moves_updates_and_drops_cards(page: &Page) -> Result<()> {
    page.site().put("/vue.js", std::fs::read(npm::file("vue/dist/vue.global.prod.js")?)?);
    page.site().put("/host.js", VUE);
    check(page, "/vue.js")
}

fn check(page: &Page, framework: &str) -> Result<()> {
    page.open_document(
        "<script>globalThis.got = [];</script><script type='module' src='/review-card/review-card.js'></script>",
        &format!(
            "<main><h1>A blog</h1><div id='app'></div></main><script src='{framework}'></script><script src='/host.js'></script>"
        ),
    )?;
    page.expect_that("customElements.get('review-card')")?;
    creates(page)?;
    moves(page)?;
    updates(page)?;
    drops(page)
}

fn creates(page: &Page) -> Result<()> {
    page.run(
        "globalThis.given = { title: 'An object', pros: ['An array in it'], rating: 4 };
        globalThis.state = [
          { id: 'a', props: { src: '/data/full.json', headingLevel: 3, open: true, hide: 'author' }, words: 'Fallback of a' },
          { id: 'b', props: { data: given, variant: 'full', loading: 'eager' } },
          { id: 'c', props: { data: '{ \"title\": \"A text\" }', open: false, schema: false, 'heading-level': 4 }, words: 'Fallback of c' },
          { id: 'd', props: { src: '/fault/object' }, words: 'Fallback of d' },
        ];
        return set(state);",
    )?;
    page.expect(
        "got.toSorted()",
        json!([
            "error d: no-review",
            "load a: A week of small mercies",
            "load b: An object",
            "load c: A text"
        ]),
    )?;
    page.expect_console("no-review")?;
    page.is("['a', 'b', 'c'].map((id) => part('title', byId(id)).localName)", json!(["h3", "h2", "h4"]))?;
    page.is("[byId('b').data === given, typeof byId('c').data]", json!([true, "string"]))?;
    page.is(
        "['a', 'b', 'c'].map((id) => [byId(id).open, byId(id).hasAttribute('open')])",
        json!([[true, true], [false, false], [false, false]]),
    )?;
    page.is(
        "[part('author', byId('a')), byId('c').schema, byId('b').variant]",
        json!([null, false, "full"]),
    )?;
    page.is("['a', 'd'].map((id) => seen(byId(id).querySelector('a')))", json!([false, true]))
}

fn moves(page: &Page) -> Result<()> {
    page.run(
        "globalThis.nodes = [...document.querySelectorAll('review-card')];
        globalThis.titles = nodes.map((node) => part('title', node));
        got.length = 0;
        return set(state.toReversed());",
    )?;
    page.expect("[...document.querySelectorAll('review-card')].map((node) => node.id).join('')", "dcba")?;
    page.rest(150);
    page.is("[...document.querySelectorAll('review-card')].every((node) => nodes.includes(node))", true)?;
    page.is("nodes.every((node, at) => part('title', node) == titles[at])", true)?;
    page.is("got", json!([]))?;
    page.requested("/data/full.json", 1)
}

fn updates(page: &Page) -> Result<()> {
    page.run(
        "globalThis.state = [
          { id: 'b', props: { data: { title: 'Another object' }, variant: 'card' }, words: 'Words that came late' },
          { id: 'a', props: { src: '/data/collection.json', item: 'soup', headingLevel: 5, open: false, hide: '' }, words: 'Changed words' },
          { id: 'c', props: { data: null }, words: 'Changed words' },
          { id: 'd', props: { src: '/data/minimal.json' }, words: 'Fallback of d' },
        ];
        return set(state);",
    )?;
    page.expect(
        "got.toSorted()",
        json!(["load a: Soup for one", "load b: Another object", "load d: Only a title"]),
    )?;
    page.is(
        "[part('title', byId('a')).localName, byId('a').open, byId('a').item]",
        json!(["h5", false, "soup"]),
    )?;
    page.is("text(part('title', byId('b')))", "Another object")?;
    // The page's own nodes are the framework's, shown or not.
    page.is(
        "['a', 'b', 'c', 'd'].map((id) => text(byId(id)))",
        json!(["Changed words", "Words that came late", "Changed words", "Fallback of d"]),
    )?;
    page.is(
        "['a', 'b', 'c', 'd'].map((id) => seen(byId(id).querySelector('a')))",
        json!([false, false, true, false]),
    )?;
    page.is("byId('c').review", json!(null))?;
    // What the reader does reaches the framework.
    page.run(
        "got.length = 0; return set([{ id: 'a', props: { src: '/data/full.json' } }, ...state.slice(2)]);",
    )?;
    page.expect("got", json!(["load a: A week of small mercies"]))?;
    page.click("part('toggle', byId('a'))")?;
    page.expect("got", json!(["load a: A week of small mercies", "toggle a: true"]))?;
    page.is("[...document.querySelectorAll('review-card')].map((node) => node.id).join('')", "acd")
}

fn drops(page: &Page) -> Result<()> {
    page.run("got.length = 0; globalThis.gone = byId('d'); return set(state.slice(1, 2));")?;
    page.expect("document.querySelectorAll('review-card').length", 1)?;
    page.expect("gone.review", json!(null))?;
    page.run("return set([])")?;
    page.expect("document.querySelectorAll('review-card').length", 0)?;
    page.run("return set([{ id: 'a', props: { src: '/slow/300/data/full.json' }, words: 'Again' }])")?;
    page.expect_requests("/slow/300/data/full.json", 1)?;
    page.run("drop()")?;
    page.expect("byId('app').textContent", "")?;
    page.rest(500);
    page.is("got.filter((what) => !what.startsWith('load a: Soup'))", json!([]))
}

/// The app shows each of its two reviews as a card, and again as an item of a list, and hears what a visitor does.
fn shows_its_own_reviews(page: &Page) -> Result<()> {
    page.expect("document.querySelectorAll('article').length", 4)?;
    page.is("text(document.querySelector('article em'))", "on")?;
    let item = "document.querySelector('.review-list__item')";
    page.click(&format!("{item}.querySelector('summary')"))?;
    page.expect(&format!("{item}.matches('.review-list__item--open')"), true)?;
    page.is("document.querySelectorAll('.review-list__item--open').length", 1)?;
    page.click(&format!("{item}.querySelector('h2 a')"))?;
    page.expect("text(byId('selected'))", "The Ladder")?;
    page.is("location.pathname", "/post")?;
    page.click(&format!("{item}.querySelector('summary')"))?;
    page.expect("document.querySelectorAll('.review-list__item--open').length", 0)
}

/// Two engines of Yew on one page, of which one draws around the other's cards.
fn a_yew_app_creates_moves_updates_and_drops_cards(page: &Page) -> Result<()> {
    let app = site::yew_app().join("app.js");
    page.site().put(
        "/reviews.json",
        r#"{ "reviews": [
            { "title": "The Ladder", "url": "/ladder", "rating": "4/5", "verdict": "It earns each rung.",
                "bodyHtml": "<p>Read <em>on</em>.</p>" },
            { "title": "The Cellar", "rating": "B+" }
        ] }"#,
    );
    ensure!(app.is_file(), "expected {}, found no such file: `cargo xtask test` builds it", app.display());
    page.open_document(
        "<script type='module' src='/review-card/review-card.js'></script>
        <script type='module'>import start from '/yew-app/app.js'; start();</script>",
        "",
    )?;
    page.expect_that("byId('create') && customElements.get('review-card')")?;
    shows_its_own_reviews(page)?;
    page.run("byId('create').click(); byId('elements').scrollIntoView()")?;
    page.expect_loads(3)?;
    let titles = "['a', 'b', 'c'].map((id) => text(find('.review-card__title', byId(id))))";
    page.is(titles, json!(["A week of small mercies", "From a property", "A week of small mercies"]))?;
    page.run("globalThis.nodes = [...document.querySelectorAll('review-card')]; byId('turn').click()")?;
    page.expect("[...document.querySelectorAll('review-card')].map((node) => node.id).join('')", "cba")?;
    page.rest(100);
    page.is("nodes.every((node) => node.isConnected && find('.review-card__title', node))", true)?;
    page.is("heard.length", 3)?;
    // The app hears of clicks in every card, once of each.
    for (at, id) in ["a", "b", "c"].iter().enumerate() {
        page.click(&format!("find('.review-card__toggle', byId('{id}'))"))?;
        page.expect("events('toggle').length", at + 1)?;
        page.expect("text(byId('clicks'))", (at + 1).to_string())?;
    }
    page.run("byId('update').click()")?;
    page.expect(
        "nodes.map((node) => [node.variant, find('.review-card__toggle', node)])",
        json!([["full", null], ["full", null], ["full", null]]),
    )?;
    page.run("byId('drop').click()")?;
    page.expect("[...document.querySelectorAll('review-card')].map((node) => node.id)", json!(["b"]))?;
    page.expect("nodes.map((node) => node.review?.title ?? null)", json!([null, "From a property", null]))?;
    page.is("text(part('title'))", "From a property")
}

//! The engine crashes, and the page goes on.
//!
//! A crash is provoked in the release as it is: a page's `setAttribute` that throws makes Yew panic, which is a trap there; a
//! page's `nodeValue` that never ends overflows the stack below it.

use anyhow::Result;
use serde_json::json;

use super::cases;
use crate::page::Page;

cases![
    a_panic_costs_the_card_that_caused_it,
    a_panic_in_a_change_leaves_the_other_cards_as_they_were,
    cards_that_come_after_a_crash_are_shown,
    a_light_card_comes_back_once,
    an_overflow_of_the_stack_is_noticed,
    a_list_that_crashes_shows_its_fallback,
    lists_begin_anew_after_a_crash,
];

/// From now on the engine panics at an address with this word in it.
const POISON: &str = r#"
    const set = Element.prototype.setAttribute;
    Element.prototype.setAttribute = function (name, value) {
      if (String(value).includes("poison")) throw new Error("no such attribute");
      return set.call(this, name, value);
    };"#;
const BAD: &str = r#"{ "title": "Bad", "next": { "title": "Next", "url": "https://blog.example/poison" } }"#;
const MANY: &str = r#"
    <review-card id="a" loading="eager" src="/data/full.json">a</review-card>
    <review-card id="bad" loading="eager" src="/bad.json"><p id="fallback">The page's own words</p></review-card>
    <review-card id="c" loading="eager" src="/data/collection.json">c</review-card>"#;

fn a_panic_costs_the_card_that_caused_it(page: &Page) -> Result<()> {
    page.site().put("/bad.json", BAD);
    page.open(&["<script>", POISON, "</script>", MANY].concat())?;
    page.expect("events('error').map((event) => event.kind)", json!(["engine"]))?;
    page.expect("['a', 'c'].every((id) => seen(part('title', byId(id))))", true)?;
    page.is("seen(byId('fallback'))", true)?;
    page.is("part('title', byId('bad')) == null", true)?;
    page.forgive()
}

fn a_panic_in_a_change_leaves_the_other_cards_as_they_were(page: &Page) -> Result<()> {
    page.site().put("/bad.json", format!(r#"[{{ "title": "Good" }}, {BAD}]"#));
    page.open(MANY)?;
    page.expect_loads(3)?;
    page.click("part('toggle', byId('a'))")?;
    page.expect("byId('a').open", true)?;
    page.run(&[POISON, "byId('bad').item = 'bad';"].concat())?;
    page.expect("events('error').map((event) => event.kind)", json!(["engine"]))?;
    page.expect("seen(part('title', byId('a'))) && seen(part('title', byId('c')))", true)?;
    page.is("byId('a').open && part('body', byId('a')).closest('details').open", true)?;
    page.is("seen(byId('fallback'))", true)?;
    // They are drawn by the fresh instance: what changes is shown.
    page.run("byId('a').hide = 'author'; byId('c').item = 'soup';")?;
    page.expect("part('author', byId('a')) == null && text(part('title', byId('c')))", "Soup for one")?;
    page.forgive()
}

fn cards_that_come_after_a_crash_are_shown(page: &Page) -> Result<()> {
    page.site().put("/bad.json", BAD);
    page.open(
        &["<script>", POISON, r#"</script><review-card id="bad" src="/bad.json"></review-card>"#].concat(),
    )?;
    page.expect("events('error').length", 1)?;
    page.run(r#"write('<review-card id="later" src="/data/full.json"></review-card>')"#)?;
    page.expect_loads(1)?;
    page.is("seen(part('title', byId('later')))", true)?;
    page.forgive()
}

fn a_light_card_comes_back_once(page: &Page) -> Result<()> {
    page.site().put("/bad.json", BAD);
    page.open(
        r#"<review-card id="a" light src="/data/full.json"><p id="own">Its own words</p></review-card>"#,
    )?;
    page.expect_loads(1)?;
    page.run(
        &[POISON, r#"write('<review-card id="bad" loading="eager" src="/bad.json"></review-card>')"#]
            .concat(),
    )?;
    page.expect("events('error').length", 1)?;
    page.expect_that("events('load').length >= 2 && seen(part('title', byId('a')))")?;
    page.is("document.querySelectorAll('#a .review-card').length", 1)?;
    page.run("byId('a').src = '/nowhere.json'")?;
    page.expect("events('error').length", 2)?;
    page.is("[seen(byId('own')), document.querySelectorAll('#a .review-card').length]", json!([true, 0]))?;
    page.forgive()
}

fn an_overflow_of_the_stack_is_noticed(page: &Page) -> Result<()> {
    // The stack ends in the middle of a drawing: what the engine asks of the browser never returns.
    page.open(
        r#"<script>
          const create = Document.prototype.createTextNode;
          const dive = () => dive() + 1;
          Document.prototype.createTextNode = function (text) {
            if (text == "Soup for one") dive();
            return create.call(this, text);
          };
        </script>
        <review-card id="a" src="/data/full.json">a</review-card>
        <review-card id="b" src="/data/collection.json"><p id="own">b</p></review-card>"#,
    )?;
    page.expect_loads(2)?;
    page.run("byId('b').item = 'soup'")?;
    page.expect_that("heard.some(({ name, detail }) => name == 'error' && detail.kind == 'engine')")?;
    page.expect_that("seen(byId('own')) && seen(part('title', byId('a')))")?;
    page.run("byId('a').reload(); byId('b').item = 'dumplings'; byId('b').reload();")?;
    page.expect(
        "seen(part('title', byId('a'))) && text(part('title', byId('b')))",
        "Dumplings under the bridge",
    )?;
    page.forgive()
}

/// Two reviews with an address that the engine may not stand.
fn put_list(page: &Page) {
    let review =
        |title: &str| json!({ "title": title, "url": format!("https://blog.example/poison/{title}") });
    page.site().put("/bad-list.json", json!([review("one"), review("two")]).to_string());
}

fn a_list_that_crashes_shows_its_fallback(page: &Page) -> Result<()> {
    put_list(page);
    page.open(
        &[
            "<script>",
            POISON,
            "</script><review-list id='bad' src='/bad-list.json'><p id='fallback'>The page's own words</p></review-list>",
        ]
        .concat(),
    )?;
    page.expect("events('list-error').map((event) => event.kind)", json!(["engine"]))?;
    page.is("seen(byId('fallback')) && !all('[aria-posinset]', byId('bad')).length", true)?;
    page.run("write('<review-list id=later loading=eager src=/data/collection.json></review-list>')")?;
    page.expect_that("cards(byId('later')).length")?;
    page.forgive()
}

fn lists_begin_anew_after_a_crash(page: &Page) -> Result<()> {
    put_list(page);
    let lists = "<review-list id='a' loading='eager' src='/data/collection.json'></review-list>
        <review-list id='b' loading='eager' src='/bad-list.json'></review-list>";
    page.open(lists)?;
    page.expect_that("cards(byId('a')).length && cards(byId('b')).length == 2")?;
    // Once: what is drawn anew is drawn.
    page.run(
        "const set = Element.prototype.setAttribute;
        Element.prototype.setAttribute = function (name, value) {
          if (!String(value).includes('poison')) return set.call(this, name, value);
          Element.prototype.setAttribute = set;
          throw new Error('no such attribute');
        };
        globalThis.before = cards(byId('a'))[0];
        byId('b').variant = 'card';
        byId('b').reload();",
    )?;
    page.expect("Element.prototype.setAttribute.toString().includes('native code')", true)?;
    page.expect_that("cards(byId('a')).length && cards(byId('b')).length == 2")?;
    page.expect("before.isConnected", false)?;
    page.is("events('list-error').length", 0)?;
    page.forgive()
}

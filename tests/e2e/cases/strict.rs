//! Pages with strict policies: Content-Security-Policy, Trusted Types, other origins, hashes of files.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{FULL, cases};
use crate::page::Page;

cases![
    the_strictest_policy_that_is_promised_is_obeyed_without_one_report,
    without_wasm_unsafe_eval_the_fallback_stays_and_it_is_named,
    without_the_trusted_types_policy_html_is_plain_text_and_it_is_named,
    without_connect_src_the_fallback_stays_and_it_is_named,
    data_that_connect_src_lacks_is_named_and_not_asked_for_again,
    without_img_src_the_card_stands_without_pictures,
    the_trusted_types_policy_makes_scripts_of_json_alone,
    a_script_of_another_origin_with_the_right_hashes_works,
    a_wrong_hash_of_the_script_leaves_the_fallback,
    a_wrong_hash_of_the_module_leaves_the_fallback_and_is_told,
    a_browser_without_webassembly_shows_the_fallback,
    a_browser_without_intersection_observer_loads_at_once,
];

const STRICT: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; require-trusted-types-for 'script'; trusted-types review-card";
const SCRIPT: &str = r#"<script type="module" src="/review-card/review-card.js"></script>"#;
const SHEET: &str = r#"<link rel="stylesheet" href="/review-card/review-card.css">"#;
const FALLBACK: &str = r#"<a href="/fallback">Read the review</a>"#;
/// The JSON-LD in the page's head.
const LINKED_DATA: &str = "[...document.head.querySelectorAll('script[type=\"application/ld+json\"]')].map((script) => JSON.parse(script.text))";

fn without(directive: &str) -> String {
    let policy = STRICT.replace(directive, "");
    assert_ne!(policy, STRICT, "expected {directive} in the policy");
    policy
}

/// What the page itself has said so far of this: each line counts.
fn lines(page: &Page, word: &str) -> Result<usize> {
    let said = page.get(&format!("said.filter((line) => line.includes({word:?})).length"))?;
    Ok(usize::try_from(said.as_u64().context("expected a count")?)?)
}

fn the_strictest_policy_that_is_promised_is_obeyed_without_one_report(page: &Page) -> Result<()> {
    page.site()
        .put("/html.json", r#"{ "title": "With HTML", "bodyHtml": "<p>Words <em>and</em> markup.</p>" }"#);
    let body = format!(
        "{FULL}<review-card id='inline'><script type='application/json'>{{ \"title\": \"Inline\" }}</script></review-card>
        <review-card id='html' src='/html.json' variant='full' schema></review-card>
        <review-card id='light' light src='/data/german.json'>{FALLBACK}</review-card>
        <review-card id='bare' src='/fault/object'></review-card>"
    );
    page.open_under(STRICT, &format!("{SHEET}{SCRIPT}"), &body)?;
    page.expect_loads(4)?;
    page.expect_that("part('error', byId('bare'))")?;
    page.is("seen(part('title')) && style(find('.review-card__layout'), 'display') == 'grid'", true)?;
    page.is("text(find('em', byId('html')))", "and")?;
    page.is("style(byId('light').querySelector('.review-card__layout'), 'display')", "grid")?;
    page.expect(&format!("{LINKED_DATA}.map((data) => data.name)"), json!(["With HTML"]))?;
    page.click("part('toggle')")?;
    page.expect("card.open", true)?;
    page.run("card.variant = 'compact'; card.lang = 'fr'; card.theme = 'dark'; card.schema = true")?;
    page.expect("part('author')", json!(null))?;
    page.run("card.variant = 'full'; byId('inline').data = { title: 'Given', bodyHtml: '<p>One<p>Two' }")?;
    page.expect("[...part('body', byId('inline')).querySelectorAll('p')].map(text)", json!(["One", "Two"]))?;
    page.expect_that("part('image').querySelector('img').naturalWidth > 0")?;
    page.rest(200);
    page.is("refused", json!([]))?;
    page.requested("/reports", 0)?;
    page.expect_console("review-card: no-review")
}

/// A card that the policy lets nobody draw: the fallback, and one line that names what is missing.
fn check_refused(page: &Page, policy: &str, card: &str, kind: &str, named: &str) -> Result<()> {
    page.open_under(policy, SCRIPT, card)?;
    page.expect("events('error').map((detail) => detail.kind)", json!([kind]))?;
    page.is(&format!("events('error')[0].message.includes(\"{named}\")"), true)?;
    page.is("[seen(card.querySelector('a')), part('card')]", json!([true, null]))?;
    page.rest(1500); // For a second try, which there is no use in.
    let found = lines(page, "review-card")?;
    ensure!(found == 1, "expected one line in the console, found {found}");
    page.expect_console(named)?;
    page.forgive()
}

fn without_wasm_unsafe_eval_the_fallback_stays_and_it_is_named(page: &Page) -> Result<()> {
    check_refused(
        page,
        &without(" 'wasm-unsafe-eval'"),
        FULL,
        "engine",
        "lacks 'wasm-unsafe-eval' in script-src",
    )
}

fn without_connect_src_the_fallback_stays_and_it_is_named(page: &Page) -> Result<()> {
    let inline = format!(
        r#"<review-card><script type="application/json">{{ "title": "Inline" }}</script>{FALLBACK}</review-card>"#
    );
    for policy in
        [STRICT.replace("connect-src 'self'", "connect-src 'none'"), without(" connect-src 'self';")]
    {
        check_refused(page, &policy, FULL, "network", "/data/full.json in connect-src")?;
        // That the browser does tell of what it refuses, without which "no report" above would prove nothing.
        page.is("refused.some((line) => line.startsWith('connect-src'))", true)?;
        ensure!(page.site().count("/reports") > 0, "expected a report, found none");
        check_refused(page, &policy, &inline, "engine", " in connect-src")?;
    }
    Ok(())
}

fn data_that_connect_src_lacks_is_named_and_not_asked_for_again(page: &Page) -> Result<()> {
    page.open_under(
        STRICT,
        SCRIPT,
        &format!("<review-card src='https://elsewhere.example/review.json'>{FALLBACK}</review-card>{FULL}"),
    )?;
    page.expect_loads(1)?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["network"]))?;
    page.is(
        "events('error')[0].message",
        "the page's Content-Security-Policy lacks https://elsewhere.example/review.json in connect-src",
    )?;
    page.is("seen(card.querySelector('a'))", true)?;
    page.rest(1500);
    page.is("refused.length", 1)?;
    page.expect_console("in connect-src")?;
    page.forgive()
}

fn without_the_trusted_types_policy_html_is_plain_text_and_it_is_named(page: &Page) -> Result<()> {
    page.site().put(
        "/html.json",
        r#"[{ "title": "One", "bodyHtml": "<p>Words <em>and</em> more.</p>" }, { "title": "Two", "id": "two", "bodyHtml": "<p>B" }]"#,
    );
    page.open_under(
        &STRICT.replace("trusted-types review-card", "trusted-types 'none'"),
        SCRIPT,
        "<review-card id='html' src='/html.json' variant='full' schema></review-card>
        <review-card src='/html.json' item='two' variant='full' schema></review-card>
        <review-card id='plain' src='/data/full.json'></review-card>",
    )?;
    page.expect_loads(3)?;
    page.is("text(part('body', byId('html')))", "Words and more.")?;
    page.is("part('body', byId('html')).querySelector('em')", json!(null))?;
    page.is("seen(part('title', byId('plain')))", true)?;
    page.is(LINKED_DATA, json!([]))?;
    page.is("events('error')", json!([]))?;
    let found = lines(page, "review-card in trusted-types")?;
    ensure!(found == 1, "expected one line in the console, found {found}");
    page.expect_console("lacks review-card in trusted-types")?;
    page.is("refused.filter((line) => line.startsWith('trusted-types')).length", 1)?;
    page.forgive()
}

fn without_img_src_the_card_stands_without_pictures(page: &Page) -> Result<()> {
    page.open_under(&without(" img-src 'self';"), SCRIPT, FULL)?;
    page.expect_loads(1)?;
    page.is("seen(part('title'))", true)?;
    page.expect_that("find('img').complete")?;
    page.is(
        "[find('img').naturalWidth, find('img').alt, events('error').length]",
        json!([0, "A bus on a bridge over a waterfall", 0]),
    )?;
    page.expect_that("refused.length > 0 && refused.every((line) => line.startsWith('img-src'))")?;
    page.forgive()
}

fn the_trusted_types_policy_makes_scripts_of_json_alone(page: &Page) -> Result<()> {
    page.site().put(
        "/rules.js",
        "const { createPolicy } = TrustedTypePolicyFactory.prototype;
        TrustedTypePolicyFactory.prototype.createPolicy = function (name, rules) {
          globalThis.rules = rules;
          return createPolicy.call(this, name, rules);
        };",
    );
    let review = json!({ "title": "</script><script>globalThis.hurt = 1</script>", "rating": 4 });
    page.site().put("/review.json", review.to_string());
    page.open_under(
        STRICT,
        &format!("<script src='/rules.js'></script>{SCRIPT}"),
        "<review-card src='/review.json' schema></review-card>",
    )?;
    page.expect_loads(1)?;
    page.expect(&format!("{LINKED_DATA}.map((data) => data.name)"), json!([review["title"]]))?;
    let attempts = page.run(
        "return ['alert(1)', 'globalThis.hurt = 1', '[alert(1)]', '', '</script>', '{\"a\":1};alert(1)'].map((text) => {
          try { return rules.createScript(text); } catch { return 'refused'; }
        });",
    )?;
    ensure!(
        attempts.as_array().is_some_and(|attempts| attempts.iter().all(|found| found == "refused")),
        "expected each to be refused, found {attempts}"
    );
    page.is(r#"rules.createScript('{"a": "</script>"}')"#, r#"{"a":"\u003c/script>"}"#)?;
    page.is("[refused, globalThis.hurt ?? 0]", json!([[], 0]))
}

/// The hash of a file of the release, as `integrity.json` has it; a quick release has none.
pub(super) fn integrity(page: &Page, file: &str) -> Result<String> {
    page.open("")?;
    let hash = page.run(&format!(
        "return fetch('/review-card/{file}').then((response) => response.arrayBuffer())
          .then((bytes) => crypto.subtle.digest('SHA-384', bytes))
          .then((hash) => 'sha384-' + btoa(String.fromCharCode(...new Uint8Array(hash))));"
    ))?;
    let hash = hash.as_str().context("expected a hash")?.to_owned();
    if let Ok(listed) = page.site().release("integrity.json") {
        let listed: Value = serde_json::from_str(&listed)?;
        let listed = &listed["files"][file];
        ensure!(*listed == *hash, "{file}: expected {hash} in integrity.json, found {listed}");
    }
    Ok(hash)
}

/// Opens a card whose script comes from another origin, with these hashes.
fn open_shared(page: &Page, script: &str, module: &str) -> Result<()> {
    let elsewhere = page.site().origin().replace("127.0.0.1", "localhost");
    page.open_document(
        &format!(
            r#"<script type="module" crossorigin src="{elsewhere}/shared/review-card/review-card.js" integrity="{script}" data-wasm-integrity="{module}"></script>"#
        ),
        &format!("<main><h1>A blog</h1>{FULL}</main>"),
    )
}

pub(super) const WRONG: &str = "sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC";

fn a_script_of_another_origin_with_the_right_hashes_works(page: &Page) -> Result<()> {
    let (script, module) = (integrity(page, "review-card.js")?, integrity(page, "review-card.wasm")?);
    page.forgive()?;
    open_shared(page, &script, &module)?;
    page.expect_loads(1)?;
    page.is("text(part('title'))", "A week of small mercies")?;
    page.run("card.data = { title: 'With HTML', bodyHtml: '<p>Words</p>' }")?;
    page.expect("text(part('body')?.querySelector('p'))", "Words")?;
    let foreign = page.expect_foreign_requests()?;
    let of_the_release =
        |address: &String| address.contains("//localhost") && address.contains("/shared/review-card/");
    ensure!(
        foreign.len() >= 2 && foreign.iter().all(of_the_release),
        "expected the release's files alone, found {foreign:?}"
    );
    Ok(())
}

fn a_wrong_hash_of_the_script_leaves_the_fallback(page: &Page) -> Result<()> {
    open_shared(page, WRONG, "")?;
    page.expect_requests("/shared/review-card/review-card.js", 1)?;
    page.rest(300);
    page.is("[seen(card.querySelector('a')), card.shadowRoot, heard.length]", json!([true, null, 0]))?;
    page.is("customElements.get('review-card') === undefined", true)?;
    page.requested(".wasm", 0)?;
    page.forgive()
}

fn a_wrong_hash_of_the_module_leaves_the_fallback_and_is_told(page: &Page) -> Result<()> {
    let script = integrity(page, "review-card.js")?;
    page.forgive()?;
    open_shared(page, &script, WRONG)?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["engine"]))?;
    page.is("events('error')[0].message.includes('data-wasm-integrity')", true)?;
    page.is("[seen(card.querySelector('a')), part('card')]", json!([true, null]))?;
    page.expect_console("data-wasm-integrity")?;
    page.forgive()
}

/// As in the lockdown mode of Apple's systems.
fn a_browser_without_webassembly_shows_the_fallback(page: &Page) -> Result<()> {
    page.open_document(
        &format!("<script>delete globalThis.WebAssembly</script>{SCRIPT}"),
        &format!("<main>{FULL}<review-card id='bare' src='/data/full.json'></review-card></main>"),
    )?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["engine", "engine"]))?;
    page.is("events('error')[0].message.includes('WebAssembly')", true)?;
    page.is("seen(card.querySelector('a'))", true)?;
    page.expect("text(part('error', byId('bare')))", "This review could not be loaded.")?;
    (0..2).try_for_each(|_| page.expect_console("review-card: engine: "))
}

fn a_browser_without_intersection_observer_loads_at_once(page: &Page) -> Result<()> {
    page.open_document(
        &format!("<script>delete globalThis.IntersectionObserver</script>{SCRIPT}"),
        &format!("<main><div style='height: 5000px'></div>{FULL}</main>"),
    )?;
    page.expect_loads(1)
}

//! What a reader sees, and the page hears, when there can be no card.

use anyhow::{Result, ensure};
use serde_json::json;

use super::cases;
use crate::page::Page;

cases![
    not_found_is_told_with_its_status,
    an_error_in_json_is_not_taken_for_a_review,
    a_server_that_fails_twice_is_told_with_its_status,
    a_server_that_fails_once_is_asked_again,
    html_is_not_json,
    nothing_is_not_json,
    no_content_is_not_json,
    half_a_document_is_not_json,
    utf_16_is_named,
    a_byte_order_mark_does_no_harm,
    json_without_a_review_is_told,
    an_unknown_item_is_told,
    a_silent_server_runs_into_the_deadline,
    a_dripping_server_runs_into_the_deadline,
    an_endless_answer_is_cut_off,
    an_answer_that_breaks_off_is_a_network_failure,
    a_redirect_loop_is_a_network_failure,
    an_origin_that_does_not_allow_it_is_a_network_failure,
    a_redirect_to_another_site_needs_its_leave,
    a_page_of_https_asks_for_nothing_by_http,
    what_a_service_worker_hides_is_a_network_failure,
    a_missing_program_is_told,
    a_missing_reader_of_html_is_told,
    missing_extras_cost_no_card,
    only_web_addresses_are_asked_for,
    a_page_that_is_a_file_needs_a_server,
    without_a_fallback_there_is_one_quiet_line,
    the_quiet_line_speaks_the_language_of_the_page,
    a_failed_card_recovers_by_another_src,
    a_stranded_card_is_loaded_when_the_network_is_back,
    a_card_that_went_offline_comes_back_by_itself,
];

/// Opens a card that fails beside one that does not, and checks all that holds of any failure.
pub(super) fn check(page: &Page, attributes: &str, kind: &str, message: &[&str]) -> Result<()> {
    page.open(&format!(
        r#"<review-card id="bad" {attributes}><a href="/fallback">Read the review</a></review-card>
        <review-card id="good" src="/data/minimal.json"></review-card>"#
    ))?;
    page.expect("events('error').length", 1)?;
    page.is("events('error')[0].kind", kind)?;
    for part in message {
        let reported = page.get("events('error')[0].message")?;
        ensure!(
            reported.as_str().is_some_and(|reported| reported.contains(part)),
            "expected {part:?} in the message, found {reported}"
        );
    }
    page.is(
        "events('error')[0].url == new URL(byId('bad').getAttribute('src'), document.baseURI).href",
        true,
    )?;
    page.is(
        "heard.filter((event) => event.name == 'error').map(({ bubbles, composed, target }) => [bubbles, composed, target])",
        json!([[true, true, "bad"]]),
    )?;
    page.is("seen(byId('bad').querySelector('a'))", true)?;
    page.is(
        "[part('card', byId('bad')), part('error', byId('bad')), byId('bad').review]",
        json!([null, null, null]),
    )?;
    page.expect_loads(1)?;
    page.is("text(part('title', byId('good')))", "Only a title")?;
    page.expect_console(&format!("review-card: {kind}: "))
}

fn not_found_is_told_with_its_status(page: &Page) -> Result<()> {
    check(page, r#"src="/fault/404""#, "status", &["404", "/fault/404"])?;
    page.requested("/fault/404", 1)?;
    page.expect_from_browser("status of 404")
}

fn an_error_in_json_is_not_taken_for_a_review(page: &Page) -> Result<()> {
    check(page, r#"src="/fault/410""#, "status", &["410"])?;
    page.expect_from_browser("status of 410")
}

fn a_server_that_fails_twice_is_told_with_its_status(page: &Page) -> Result<()> {
    check(page, r#"src="/fault/500""#, "status", &["500"])?;
    page.requested("/fault/500", 2)?;
    page.expect_from_browser("status of 500")?;
    page.expect_from_browser("status of 500")
}

fn a_server_that_fails_once_is_asked_again(page: &Page) -> Result<()> {
    page.open(r#"<review-card src="/fault/500-once">Fallback</review-card>"#)?;
    page.expect_loads(1)?;
    page.is("text(part('title'))", "After all")?;
    page.is("events('error')", json!([]))?;
    page.requested("/fault/500-once", 2)?;
    page.expect_from_browser("status of 500")
}

fn html_is_not_json(page: &Page) -> Result<()> {
    check(page, r#"src="/fault/html""#, "not-json", &["HTML", "text/html"])
}

fn nothing_is_not_json(page: &Page) -> Result<()> {
    check(page, r#"src="/fault/empty""#, "not-json", &["empty"])
}

fn no_content_is_not_json(page: &Page) -> Result<()> {
    check(page, r#"src="/fault/204""#, "not-json", &["empty"])
}

fn half_a_document_is_not_json(page: &Page) -> Result<()> {
    check(page, r#"src="/fault/truncated""#, "not-json", &["the end of the document in place of"])
}

fn utf_16_is_named(page: &Page) -> Result<()> {
    check(page, r#"src="/fault/utf-16""#, "not-json", &["UTF-16"])
}

fn a_byte_order_mark_does_no_harm(page: &Page) -> Result<()> {
    page.open(r#"<review-card src="/fault/bom"></review-card>"#)?;
    page.expect_loads(1)?;
    page.is("text(part('title'))", "After all")?;
    page.is(
        "events('load')[0].problems.map(({ message }) => message.includes('a byte order mark'))",
        json!([true]),
    )?;
    page.expect_console("found a byte order mark")
}

fn json_without_a_review_is_told(page: &Page) -> Result<()> {
    check(page, r#"src="/fault/object""#, "no-review", &["title"])?;
    check(page, r#"src="/fault/array""#, "no-review", &["expected"])
}

fn an_unknown_item_is_told(page: &Page) -> Result<()> {
    check(page, r#"src="/data/collection.json" item="salad""#, "no-review", &["salad"])
}

fn a_silent_server_runs_into_the_deadline(page: &Page) -> Result<()> {
    check(page, r#"src="/fault/silent" timeout="0.5""#, "timeout", &["/fault/silent", "0.5 seconds"])
}

fn a_dripping_server_runs_into_the_deadline(page: &Page) -> Result<()> {
    check(page, r#"src="/fault/drip" timeout="0.5""#, "timeout", &["/fault/drip"])
}

fn an_endless_answer_is_cut_off(page: &Page) -> Result<()> {
    check(page, r#"src="/fault/endless""#, "too-large", &["8 MiB"])
}

fn an_answer_that_breaks_off_is_a_network_failure(page: &Page) -> Result<()> {
    check(page, r#"src="/fault/broken-off""#, "network", &["broke off", "11 bytes"])?;
    page.requested("/fault/broken-off", 2)?;
    page.expect_from_browser("ERR_")?;
    page.expect_from_browser("ERR_")
}

fn a_redirect_loop_is_a_network_failure(page: &Page) -> Result<()> {
    check(page, r#"src="/fault/redirect-loop""#, "network", &["/fault/redirect-loop"])?;
    page.expect_from_browser("ERR_TOO_MANY_REDIRECTS")?;
    page.expect_from_browser("ERR_TOO_MANY_REDIRECTS")
}

fn a_redirect_to_another_site_needs_its_leave(page: &Page) -> Result<()> {
    page.open(
        r#"<review-card id="bad" src="/elsewhere/data/minimal.json"><a href="/fallback">Read the review</a></review-card>
        <review-card id="good" src="/elsewhere/shared/data/full.json"></review-card>"#,
    )?;
    page.expect_loads(1)?;
    page.is("text(part('title', byId('good')))", "A week of small mercies")?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["network"]))?;
    page.is("seen(byId('bad').querySelector('a'))", true)?;
    page.expect_console("review-card: network: ")?;
    page.forgive()
}

/// Mixed content. (An address of this machine is exempt from it: it has to be one that is not there.)
fn a_page_of_https_asks_for_nothing_by_http(page: &Page) -> Result<()> {
    page.open_securely(
        r#"<review-card id="bad" src="http://elsewhere.example/review.json"><a href="/fallback">Read the review</a></review-card>
        <review-card id="good" src="/data/minimal.json"></review-card>"#,
    )?;
    page.is("location.protocol", "https:")?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["network"]))?;
    page.is("events('error')[0].message.includes('http://elsewhere.example/review.json could not be reached: a page of https:') || events('error')[0].message", true)?;
    page.is("[seen(byId('bad').querySelector('a')), part('card', byId('bad'))]", json!([true, null]))?;
    page.expect_loads(1)?;
    page.expect_console("review-card: network: ")?;
    // The browser's log may have what was refused; it did not come out.
    let asked = page.site().take_foreign();
    ensure!(
        !asked.iter().any(|address| address.contains("elsewhere")),
        "expected no request, found {asked:?}"
    );
    page.forgive()
}

/// An answer that a page must not look into (status 0) is none.
fn what_a_service_worker_hides_is_a_network_failure(page: &Page) -> Result<()> {
    let elsewhere = page.site().origin().replace("127.0.0.1", "localhost");
    page.site().put(
        "/worker/worker.js",
        format!(
            "addEventListener('install', () => skipWaiting());
            addEventListener('activate', (event) => event.waitUntil(clients.claim()));
            addEventListener('fetch', (event) => {{
              if (!event.request.url.endsWith('/hidden.json')) return;
              event.respondWith(fetch('{elsewhere}/data/full.json', {{ mode: 'no-cors' }}));
            }});"
        ),
    );
    page.site().put("/worker/page", "<!doctype html><script src='/pages/record.js'></script><main></main>");
    page.visit("/worker/page")?;
    page.run("navigator.serviceWorker.register('/worker/worker.js')")?;
    page.expect_that("navigator.serviceWorker.controller")?;
    page.run(
        "document.querySelector('main').innerHTML = `<review-card id='bad' src='/hidden.json'><a href='/fallback'>Read the review</a></review-card>
          <review-card id='good' src='/data/minimal.json'></review-card>`;
        const script = document.createElement('script');
        script.type = 'module';
        script.src = '/review-card/review-card.js';
        document.head.append(script);",
    )?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["network"]))?;
    page.is("[seen(byId('bad').querySelector('a')), part('card', byId('bad'))]", json!([true, null]))?;
    page.expect_loads(1)?;
    page.requested("/data/full.json", 2)?; // The worker was asked twice, and had it.
    page.run(
        "navigator.serviceWorker.getRegistration('/worker/').then((worker) => worker.unregister()).then(() => { globalThis.gone = true; })",
    )?;
    page.expect("globalThis.gone", true)?;
    page.expect_console("review-card: network: ")?;
    page.forgive()
}

fn an_origin_that_does_not_allow_it_is_a_network_failure(page: &Page) -> Result<()> {
    let elsewhere = page.site().origin().replace("127.0.0.1", "localhost");
    check(
        page,
        &format!(r#"src="{elsewhere}/data/full.json""#),
        "network",
        &["Access-Control-Allow-Origin"],
    )?;
    for _ in 0..2 {
        page.expect_from_browser("blocked by CORS policy")?;
        page.expect_from_browser("ERR_FAILED")?;
    }
    let foreign = page.expect_foreign_requests()?;
    ensure!(foreign.len() == 2, "expected two tries, found {foreign:?}");
    Ok(())
}

fn a_missing_program_is_told(page: &Page) -> Result<()> {
    page.open_document(
        r#"<script type="module" src="/without/review-card.wasm/review-card.js"></script>"#,
        r#"<main><review-card loading="eager" src="/data/full.json"><a href="/fallback">Read the review</a></review-card>
        <review-card id="bare" loading="eager" src="/data/full.json"></review-card></main>"#,
    )?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["engine", "engine"]))?;
    page.is("events('error')[0].message.includes('404')", true)?;
    page.is("seen(card.querySelector('a'))", true)?;
    page.expect("text(part('error', byId('bare')))", "This review could not be loaded.")?;
    page.expect_console("review-card: engine: ")?;
    page.expect_console("review-card: engine: ")?;
    // Once for both cards, which ask in the same task, and once more for the words of the line.
    page.requested("wasm?v=", 2)?;
    (0..2).try_for_each(|_| page.expect_from_browser("status of 404"))
}

fn a_missing_reader_of_html_is_told(page: &Page) -> Result<()> {
    page.site().put("/html.json", r#"{ "title": "One", "bodyHtml": "<p>Words</p>" }"#);
    page.open_document(
        r#"<script type="module" src="/without/reader/review-card.js"></script>"#,
        r#"<main><review-card id="bad" src="/html.json">Read the review</review-card>
        <review-card id="good" src="/data/full.json">Read the review</review-card></main>"#,
    )?;
    page.expect_loads(1)?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["engine"]))?;
    page.is(
        "seen(byId('bad')) && part('card', byId('bad')) == null && part('card', byId('good')) != null",
        true,
    )?;
    page.is("events('error')[0].message.includes('review-card-reader')", true)?;
    page.expect_console("review-card: engine")?;
    page.expect_from_browser("status of 404")
}

fn missing_extras_cost_no_card(page: &Page) -> Result<()> {
    page.open_document(
        r#"<script type="module" src="/without/extras/review-card.js"></script>"#,
        r#"<main><review-card src="/data/full.json" schema>Read the review</review-card></main>"#,
    )?;
    page.expect_loads(1)?;
    page.expect_console("review-card-extras.js did not start")?;
    page.is("[part('card') != null, events('error').length]", json!([true, 0]))?;
    page.expect_from_browser("status of 404")
}

fn only_web_addresses_are_asked_for(page: &Page) -> Result<()> {
    for src in [
        "javascript:globalThis.hurt=1",
        "file:///etc/hostname",
        "data:application/json,{}",
        "blob:http://blog.example/1",
        "ftp://blog.example/",
    ] {
        check(
            page,
            &format!(r#"src="{src}""#),
            "network",
            &["http", src.split(':').next().unwrap_or_default()],
        )?;
        page.is("globalThis.hurt ?? 0", 0)?;
    }
    page.open(r#"<review-card src="https://[">Fallback</review-card>"#)?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["network"]))?;
    page.is("events('error')[0].message.includes('https://[')", true)?;
    page.expect_console("review-card: network: ")
}

/// Where a page is a file, so is what stands beside it.
fn a_page_that_is_a_file_needs_a_server(page: &Page) -> Result<()> {
    check(
        page,
        "src='file:///blog/review.json'",
        "network",
        &["a page that is opened as a file needs a web server"],
    )
}

fn without_a_fallback_there_is_one_quiet_line(page: &Page) -> Result<()> {
    page.open(
        r#"<review-card id="bare" src="/fault/object"></review-card>
        <review-card id="blank" src="/fault/object">   <script type="text/plain">words</script> </review-card>
        <review-card id="picture" src="/fault/object"><img src="/images/30x20.svg" alt="A bus"></review-card>"#,
    )?;
    page.expect("events('error').length", 3)?;
    for id in ["bare", "blank"] {
        page.expect(
            &format!("parts('error', byId('{id}')).map(text)"),
            json!(["This review could not be loaded."]),
        )?;
        page.is(&format!("seen(part('error', byId('{id}')))"), true)?;
    }
    page.is("parts('error', byId('picture')).length", 0)?;
    page.run("byId('bare').src = '/data/minimal.json'")?;
    page.expect_loads(1)?;
    page.is("parts('error', byId('bare')).length", 0)?;
    (0..3).try_for_each(|_| page.expect_console("no-review"))
}

fn the_quiet_line_speaks_the_language_of_the_page(page: &Page) -> Result<()> {
    page.open(r#"<review-card lang="de" src="/fault/object"></review-card>"#)?;
    page.expect("text(part('error'))", "Diese Rezension konnte nicht geladen werden.")?;
    page.expect_console("no-review")
}

fn a_failed_card_recovers_by_another_src(page: &Page) -> Result<()> {
    check(page, r#"src="/fault/truncated""#, "not-json", &[])?;
    page.run("byId('bad').src = '/data/full.json'")?;
    page.expect_loads(2)?;
    page.is("seen(byId('bad').querySelector('a'))", false)?;
    page.run("byId('bad').src = '/fault/truncated'")?;
    page.expect("events('error').length", 2)?;
    page.is("seen(byId('bad').querySelector('a'))", true)?;
    page.is("part('card', byId('bad'))", json!(null))?;
    page.expect_console("review-card: not-json")
}

fn a_stranded_card_is_loaded_when_the_network_is_back(page: &Page) -> Result<()> {
    check(page, r#"src="/fault/broken-off""#, "network", &[])?;
    page.site().put("/fault/broken-off", r#"{ "title": "Back" }"#);
    page.run("dispatchEvent(new Event('online'))")?;
    page.expect_loads(2)?;
    page.is("text(part('title', byId('bad')))", "Back")?;
    page.expect_from_browser("ERR_")?;
    page.expect_from_browser("ERR_")
}

fn a_card_that_went_offline_comes_back_by_itself(page: &Page) -> Result<()> {
    page.open(r#"<review-card src="/data/full.json"></review-card>"#)?;
    page.expect_loads(1)?;
    page.online(false)?;
    page.run(r#"write('<review-card id="late" src="/data/minimal.json"><b>Fallback</b></review-card>')"#)?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["network"]))?;
    page.is("[navigator.onLine, seen(byId('late').querySelector('b'))]", json!([false, true]))?;
    page.is("[seen(part('title')), events('error').length]", json!([true, 1]))?;
    page.online(true)?;
    page.expect_loads(2)?;
    page.is("text(part('title', byId('late')))", "Only a title")?;
    page.expect_console("review-card: network: ")?;
    (0..2).try_for_each(|_| page.expect_from_browser("ERR_INTERNET_DISCONNECTED"))
}

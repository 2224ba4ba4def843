//! What a page with cards, lists and the reader asks for, keeps and finds out, over their whole lives: the given addresses, and
//! nothing. `tests/pages/uses.js` watches.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use serde_json::json;

use super::{cases, list::put};
use crate::page::Page;

cases![
    a_card_asks_for_what_it_is_given_and_keeps_nothing,
    a_list_asks_for_what_it_is_given_and_keeps_nothing,
    whatever_is_watched_for_would_be_seen,
];

const WATCHED: &str = r#"<script src="/pages/uses.js"></script><script type="module" src="/review-card/review-card.js"></script>"#;
/// What the harness's own page asks for, and what stands beside the script.
const EXPECTED: [&str; 3] = ["/post", "/pages/", "/review-card/review-"];

/// Nothing was used that is watched for, and these addresses alone were asked for.
fn check(page: &Page, given: &[&str]) -> Result<()> {
    page.is("used", json!([]))?;
    let requests = page.site().requests();
    let asked: BTreeSet<&str> = requests
        .iter()
        .map(String::as_str)
        .filter(|address| {
            *address != "/favicon.ico" && !EXPECTED.iter().any(|start| address.starts_with(start))
        })
        .collect();
    let given: BTreeSet<&str> = given.iter().copied().collect();
    ensure!(asked == given, "expected requests for {given:?}, found {asked:?}");
    page.is("document.cookie", "")
}

fn a_card_asks_for_what_it_is_given_and_keeps_nothing(page: &Page) -> Result<()> {
    page.site().put(
        "/feed.json",
        json!({ "version": "https://jsonfeed.org/version/1.1", "title": "F", "items": [{ "id": "1", "title": "From a feed",
            "content_html": "<p>Words<img src='/images/30x20.svg' alt='' width='30' height='20'><iframe src='https://player.example/1'></iframe>
                <a href='https://elsewhere.example/'>a link</a>" }] })
        .to_string(),
    );
    page.site().put("/more.json", json!([{ "title": "Another", "work": "Paterson" }]).to_string());
    page.open_document(
        WATCHED,
        r#"<main><review-card id="card" src="/data/full.json" schema related-from="/more.json">Fallback</review-card>
        <review-card id="feed" src="/feed.json" variant="full">Fallback</review-card>
        <review-card id="light" light src="/data/minimal.json">Fallback</review-card>
        <review-card id="wrong" src="/fault/object">Fallback</review-card></main>"#,
    )?;
    page.expect_loads(3)?;
    page.expect("events('error').length", 1)?;
    page.expect_that("document.head.querySelector('script[type=\"application/ld+json\"]')")?;
    page.click("part('toggle')")?;
    page.expect("card.open", true)?;
    page.run(
        "for (const variant of ['compact', 'full', 'card']) card.variant = variant;
        for (const lang of ['de', 'ar', 'en-GB']) card.lang = lang;
        card.theme = 'dark'; card.headingLevel = 3; card.hide = 'author'; card.schema = false;
        card.before(byId('feed'));
        byId('wrong').data = { title: 'Given', bodyHtml: '<p>Words' };
        byId('light').remove();
        all('img', card).concat(all('img', byId('feed'))).forEach((image) => (image.loading = 'eager'));
        dispatchEvent(new Event('beforeprint'));
        card.reload();",
    )?;
    page.expect_loads(5)?;
    page.expect_that("all('img', byId('feed')).every((image) => image.complete)")?;
    page.expect_that("all('img').every((image) => image.complete)")?;
    page.run("document.querySelectorAll('review-card').forEach((each) => each.remove())")?;
    page.rest(300);
    page.expect_console("no-review")?;
    check(
        page,
        &[
            "/data/full.json",
            "/data/minimal.json",
            "/fault/object",
            "/feed.json",
            "/images/120x120.svg",
            "/images/30x20.svg",
            "/images/600x900.svg",
            "/more.json",
        ],
    )
}

fn a_list_asks_for_what_it_is_given_and_keeps_nothing(page: &Page) -> Result<()> {
    put(page, "/many.json", 40);
    let first = json!({ "title": "Pages", "reviews": [{ "title": "First", "section": "A", "author": "B", "rating": 3,
        "image": { "src": "/images/30x20.svg", "alt": "" } }], "nextUrl": "/second.json" });
    let second = json!({ "reviews": [{ "title": "Second", "section": "C", "bodyHtml": "<p>Words" }] });
    page.site().put("/first.json", first.to_string());
    page.site().put("/second.json", second.to_string());
    page.open_document(
        WATCHED,
        "<main><review-list id='paged' src='/first.json' controls summary><a href='/all'>All</a></review-list>
        <review-list id='many' src='/many.json' controls summary layout='stack'></review-list>
        <review-list id='missing' src='/fault/404'><a href='/all'>All</a></review-list></main>",
    )?;
    page.expect("events('list-load').filter((detail) => detail.complete).length", 2)?;
    page.expect("events('list-error').length", 1)?;
    page.click("part('toggle', cards(byId('many'))[0])")?;
    page.expect_that("part('body', cards(byId('many'))[0])")?;
    page.run(
        "const many = byId('many');
        many.search = 'quiet'; many.sort = '-rating'; many.filter = 'rating>=2';
        many.lang = 'fr'; many.theme = 'dark'; many.layout = 'grid';",
    )?;
    page.expect_that("cards(byId('many')).length < 10")?;
    page.run(
        "scrollTo(0, document.documentElement.scrollHeight);
        byId('paged').scrollIntoView();
        byId('many').data = [{ title: 'Given', bodyHtml: '<p>Words' }];
        byId('paged').reload();",
    )?;
    page.expect("events('list-load').filter((detail) => detail.complete).length", 4)?;
    page.expect_that("all('img', byId('paged')).every((image) => image.complete)")?;
    page.run("document.querySelectorAll('review-list').forEach((each) => each.remove())")?;
    page.rest(300);
    page.forgive()?;
    check(page, &["/fault/404", "/first.json", "/images/30x20.svg", "/many.json", "/second.json"])
}

/// Without this, "nothing was used" could mean that nobody looks.
fn whatever_is_watched_for_would_be_seen(page: &Page) -> Result<()> {
    page.open_document(WATCHED, "<main></main>")?;
    let uses = [
        ("window.localStorage", "localStorage"),
        ("Storage.setItem", "sessionStorage.setItem('a', '1'), sessionStorage.clear()"),
        ("IDBFactory.open", "indexedDB.open('a')"),
        ("Document.cookie", "document.cookie"),
        ("Navigator.userAgent", "navigator.userAgent"),
        ("Navigator.plugins", "navigator.plugins"),
        ("Navigator.hardwareConcurrency", "navigator.hardwareConcurrency"),
        ("Navigator.languages", "navigator.languages"),
        ("Navigator.sendBeacon", "navigator.sendBeacon('/reports', '')"),
        ("Screen.width", "screen.width"),
        ("HTMLCanvasElement.toDataURL", "document.createElement('canvas').toDataURL()"),
        (
            "CanvasRenderingContext2D.getImageData",
            "document.createElement('canvas').getContext('2d').getImageData(0, 0, 1, 1)",
        ),
        ("Date.getTimezoneOffset", "new Date().getTimezoneOffset()"),
        ("Intl.DateTimeFormat", "new Intl.DateTimeFormat()"),
        ("window.devicePixelRatio", "devicePixelRatio"),
        ("window.XMLHttpRequest", "new XMLHttpRequest()"),
        ("window.Worker", "new Worker('/data/none.js')"),
        ("window.caches", "caches"),
        ("CacheStorage.has", "caches.has('a')"),
        ("LockManager.query", "navigator.locks.query()"),
        ("ServiceWorkerContainer.getRegistrations", "navigator.serviceWorker.getRegistrations()"),
        ("Performance.getEntriesByType", "performance.getEntriesByType('navigation')"),
        ("window.matchMedia", "matchMedia('(pointer: fine)')"),
        ("window.OfflineAudioContext", "new OfflineAudioContext(1, 1, 44100)"),
        ("window.WebSocket", "new WebSocket(location.origin.replace('http', 'ws') + '/data/none').close()"),
        ("window.EventSource", "new EventSource('/data/none').close()"),
        ("window.postMessage", "postMessage('')"),
        ("window.BroadcastChannel", "new BroadcastChannel('a').close()"),
        ("window.eval", "eval('1')"),
        ("window.Function", "new Function('return 1')"),
    ];
    for (name, expression) in uses {
        // As a script of the page: Firefox gives those of a test a `Date` and an `Intl` of their own.
        page.run(&format!(
            "used.length = 0;
            const script = document.createElement('script');
            script.text = {expression:?} + `\n//# sourceURL=${{location.origin}}/of-the-page.js`;
            document.head.append(script);"
        ))?;
        page.is(&format!("used.includes({name:?}) || used"), true)?;
    }
    page.run("indexedDB.deleteDatabase('a')")?;
    page.forgive()
}

//! What a network and a server do to an answer on its way, to the data's and to that of the script's own files: readers see
//! the card or the fallback, in bounded time. Plainer failures are in `failures.rs`.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde_json::json;

use super::{FULL, cases, failures::check, list::put};
use crate::fault;
use crate::page::Page;

cases![
    a_wrong_content_type_does_no_harm,
    a_truncated_gzip_shows_no_half_of_a_review,
    a_connection_that_is_reset_is_a_network_failure,
    a_body_of_200_mb_is_stopped_on_its_way,
    a_small_answer_that_unpacks_to_much_is_stopped_on_its_way,
    the_timeout_is_20_seconds_where_nothing_says_otherwise,
    a_timeout_that_is_no_number_is_that_of_the_default,
    reload_shows_what_was_missing_before,
    a_card_that_is_reloaded_offline_comes_back_by_itself,
    many_cards_of_one_address_share_the_second_try,
    an_earlier_answer_to_a_reload_is_dropped,
    an_earlier_src_is_dropped_though_it_comes_last,
    data_that_is_given_meanwhile_is_not_overtaken_by_src,
    a_failure_that_comes_late_takes_nothing_away,
    a_missing_program_is_asked_for_once,
    a_truncated_program_is_told,
    a_program_as_plain_text_starts_all_the_same,
    a_page_of_html_in_place_of_the_program_is_told,
    a_program_that_fails_once_is_asked_for_again,
    a_program_that_never_comes_runs_into_the_deadline,
    a_program_that_never_comes_is_let_go_with_the_last_card,
    a_truncated_reader_is_told,
    a_reader_that_never_comes_runs_into_the_deadline,
    a_reader_that_was_missing_offline_comes_by_itself,
    a_list_whose_module_never_comes_runs_into_the_deadline,
    a_list_that_was_opened_offline_comes_by_itself,
];

/// The most that a browser and the network between may have taken beyond the limit of 8 MiB before the server notices.
const IN_FLIGHT: usize = 24 << 20;

fn a_wrong_content_type_does_no_harm(page: &Page) -> Result<()> {
    for name in ["as-text", "as-image", "as-nothing"] {
        page.open(&format!("<review-card src='/fault/{name}'>Fallback</review-card>"))?;
        page.expect_loads(1)?;
        page.is("text(part('title'))", "After all")?;
    }
    Ok(())
}

fn a_truncated_gzip_shows_no_half_of_a_review(page: &Page) -> Result<()> {
    page.open(
        r#"<review-card id="bad" src="/fault/gzip-cut" variant="full"><a href="/fallback">Read the review</a></review-card>
        <review-card id="good" src="/data/minimal.json"></review-card>"#,
    )?;
    page.expect("events('error').length", 1)?;
    // Some browsers give what there is, and say that all is well; others say that the connection broke.
    page.is("['not-json', 'network'].includes(events('error')[0].kind)", true)?;
    page.is("[seen(byId('bad').querySelector('a')), part('card', byId('bad'))]", json!([true, null]))?;
    page.expect_loads(1)?;
    page.is("text(part('title', byId('good')))", "Only a title")?;
    page.expect_console("review-card: ")?;
    page.forgive()
}

fn a_connection_that_is_reset_is_a_network_failure(page: &Page) -> Result<()> {
    let address = format!("http://{}/review.json", page.site().resetting());
    check(page, &format!(r#"src="{address}""#), "network", &[&address, "could not be reached"])?;
    page.forgive()
}

/// Opens a card of a body that is too much, and counts what the server got rid of.
fn check_stopped(page: &Page, fault: &str, at_most: usize) -> Result<()> {
    check(page, &format!(r#"src="/fault/{fault}""#), "too-large", &["8 MiB"])?;
    let mut sent = page.site().sent();
    loop {
        page.rest(300);
        let now = page.site().sent();
        if now == sent {
            break;
        }
        sent = now;
        ensure!(
            sent <= at_most,
            "expected the server to be stopped by {at_most} bytes, found {sent} and more to come"
        );
    }
    ensure!(
        sent > 0 && sent <= at_most,
        "expected at most {at_most} bytes to leave the server, found {sent}"
    );
    page.requested(fault, 1)
}

fn a_body_of_200_mb_is_stopped_on_its_way(page: &Page) -> Result<()> {
    check_stopped(page, "200-mb", (8 << 20) + IN_FLIGHT)
}

fn a_small_answer_that_unpacks_to_much_is_stopped_on_its_way(page: &Page) -> Result<()> {
    check_stopped(page, "bomb", 8 << 20)
}

/// A page on which timers go a hundred times as fast: the twenty seconds of the default need not be waited for.
const HASTE: &str = "<script>{
    const { setTimeout } = globalThis;
    globalThis.asked = [];
    globalThis.setTimeout = (task, time, ...rest) => { asked.push(time); return setTimeout(task, time / 100, ...rest); };
}</script>";

fn the_timeout_is_20_seconds_where_nothing_says_otherwise(page: &Page) -> Result<()> {
    page.open(&format!("{HASTE}<review-card src='/fault/silent'><b>Fallback</b></review-card>"))?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["timeout"]))?;
    page.is("events('error')[0].message.endsWith('/fault/silent within 20 seconds')", true)?;
    page.is(
        "[asked.includes(20000), card.timeout, seen(find('slot').assignedNodes()[0])]",
        json!([true, 20, true]),
    )?;
    page.expect_console("review-card: timeout: ")
}

fn a_timeout_that_is_no_number_is_that_of_the_default(page: &Page) -> Result<()> {
    for timeout in ["0", "-3", "soon", "", "NaN"] {
        page.open(&format!("<review-card timeout='{timeout}' src='/data/minimal.json'></review-card>"))?;
        page.expect_loads(1)?;
        page.is("card.timeout", 20)?;
    }
    page.open("<review-card timeout='1e300' src='/data/minimal.json'></review-card>")?;
    page.expect_loads(1)?;
    page.is("events('error')", json!([]))
}

fn reload_shows_what_was_missing_before(page: &Page) -> Result<()> {
    check(page, r#"src="/fault/404/soon.json""#, "status", &["404"])?;
    page.site().put("/fault/404/soon.json", r#"{ "title": "Published" }"#);
    page.run("byId('bad').reload()")?;
    page.expect_loads(2)?;
    page.is("text(part('title', byId('bad')))", "Published")?;
    page.is("seen(byId('bad').querySelector('a'))", false)?;
    page.expect_from_browser("status of 404")
}

fn a_card_that_is_reloaded_offline_comes_back_by_itself(page: &Page) -> Result<()> {
    page.open(&format!("{FULL}<review-card id='other' src='/data/minimal.json'></review-card>"))?;
    page.expect_loads(2)?;
    page.online(false)?;
    page.run("card.reload()")?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["network"]))?;
    page.is("[seen(card.querySelector('a')), seen(part('title', byId('other')))]", json!([true, true]))?;
    page.online(true)?;
    page.expect_loads(3)?;
    page.is("text(part('title'))", "A week of small mercies")?;
    page.is("events('load').map((detail) => detail.title).at(-1)", "A week of small mercies")?;
    page.expect_console("review-card: network: ")?;
    page.forgive()
}

fn many_cards_of_one_address_share_the_second_try(page: &Page) -> Result<()> {
    let cards = "<review-card src='/fault/500/shared'>Fallback</review-card>".repeat(20);
    page.open(&cards)?;
    page.expect("events('error').length", 20)?;
    page.requested("/fault/500/shared", 2)?;
    page.forgive()
}

/// The card shows this title, and goes on to when all answers have come.
fn check_last(page: &Page, title: &str, loads: usize) -> Result<()> {
    page.expect("text(part('title'))", title)?;
    page.rest(600);
    page.is("[text(part('title')), card.review.title]", json!([title, title]))?;
    page.is("[events('load').length, events('error').length]", json!([loads, 0]))
}

fn an_earlier_answer_to_a_reload_is_dropped(page: &Page) -> Result<()> {
    // The first answer takes longer than the second.
    page.open("<review-card src='/fault/slower-first'>Fallback</review-card>")?;
    page.expect_requests("/fault/slower-first", 1)?;
    page.run("card.reload()")?;
    check_last(page, "Answer 2", 1)
}

fn an_earlier_src_is_dropped_though_it_comes_last(page: &Page) -> Result<()> {
    page.open("<review-card src='/slow/500/data/full.json'>Fallback</review-card>")?;
    page.expect_requests("/slow/500/", 1)?;
    page.run("card.src = '/slow/200/data/collection.json'")?;
    page.expect_requests("/slow/200/", 1)?;
    page.run("card.src = '/data/minimal.json'")?;
    check_last(page, "Only a title", 1)
}

fn data_that_is_given_meanwhile_is_not_overtaken_by_src(page: &Page) -> Result<()> {
    page.open("<review-card src='/slow/400/data/full.json'>Fallback</review-card>")?;
    page.expect_requests("/slow/400/", 1)?;
    page.run("card.data = { title: 'Given' }")?;
    check_last(page, "Given", 1)?;
    // HTML takes the reader, which takes its time; what is given after it is there at once.
    page.run("card.data = { title: 'First', bodyHtml: '<p>Words</p>' }; card.data = { title: 'Second' }")?;
    check_last(page, "Second", 2)
}

fn a_failure_that_comes_late_takes_nothing_away(page: &Page) -> Result<()> {
    page.open("<review-card src='/slow/400/fault/404'>Fallback</review-card>")?;
    page.expect_requests("/slow/400/", 1)?;
    page.run("card.src = '/data/minimal.json'")?;
    check_last(page, "Only a title", 1)?;
    page.forgive()
}

/// Opens cards with a release of which the files with `word` in their names have a fault.
fn open_faulty(page: &Page, fault: &str, word: &str, cards: &str) -> Result<()> {
    page.open_document(
        &format!("<script type='module' src='/faulty/{fault}/{word}/review-card.js'></script>"),
        &format!("<main>{cards}</main>"),
    )
}

/// The fallback, and what is reported of it.
fn check_engine(page: &Page, kind: &str, message: &[&str]) -> Result<()> {
    page.expect("events('error').map((detail) => detail.kind)", json!([kind]))?;
    for part in message {
        page.is(
            &format!("events('error')[0].message.includes({part:?}) || events('error')[0].message"),
            true,
        )?;
    }
    page.is("[seen(card.querySelector('a')), part('card')]", json!([true, null]))?;
    page.expect_console(&format!("review-card: {kind}: "))
}

const PROGRAM: &str = "review-card.wasm";

fn a_missing_program_is_asked_for_once(page: &Page) -> Result<()> {
    open_faulty(page, "404", PROGRAM, FULL)?;
    check_engine(page, "engine", &[PROGRAM, "404"])?;
    page.rest(1300);
    page.requested(PROGRAM, 1 + 1)?; // The script's own address has the name too.
    page.forgive()
}

fn a_truncated_program_is_told(page: &Page) -> Result<()> {
    open_faulty(page, "cut", PROGRAM, FULL)?;
    check_engine(page, "engine", &[PROGRAM, "did not start"])?;
    page.forgive()
}

fn a_program_as_plain_text_starts_all_the_same(page: &Page) -> Result<()> {
    open_faulty(page, "as-text", PROGRAM, FULL)?;
    page.expect_loads(1)?;
    page.is("[text(part('title')), events('error').length]", json!(["A week of small mercies", 0]))?;
    page.expect_console("application/wasm")?;
    page.forgive()
}

fn a_page_of_html_in_place_of_the_program_is_told(page: &Page) -> Result<()> {
    open_faulty(page, "html", PROGRAM, FULL)?;
    check_engine(page, "engine", &[PROGRAM, "did not start"])?;
    page.forgive()
}

fn a_program_that_fails_once_is_asked_for_again(page: &Page) -> Result<()> {
    open_faulty(page, "500-once", PROGRAM, FULL)?;
    page.expect_loads(1)?;
    page.is("events('error')", json!([]))?;
    page.forgive()
}

fn a_program_that_never_comes_runs_into_the_deadline(page: &Page) -> Result<()> {
    open_faulty(page, "silent", PROGRAM, &FULL.replace("id=", "timeout='0.4' id="))?;
    check_engine(page, "timeout", &["review-card.js", "0.4 seconds"])?;
    check_none_waits(page)
}

/// Cards that share a download wait as long as each of them says; when the last has given up, it ends.
fn a_program_that_never_comes_is_let_go_with_the_last_card(page: &Page) -> Result<()> {
    open_faulty(
        page,
        "silent",
        PROGRAM,
        "<review-card id='short' timeout='0.3' src='/data/minimal.json'></review-card>
        <review-card id='long' timeout='2' src='/data/minimal.json'></review-card>",
    )?;
    page.expect("events('error').length", 1)?;
    page.rest(300);
    ensure!(fault::silent() == 1, "expected a download for the other card, found {}", fault::silent());
    page.expect("events('error').map((detail) => detail.kind)", json!(["timeout", "timeout"]))?;
    check_none_waits(page)?;
    page.expect(
        "['short', 'long'].map((id) => text(part('error', byId(id))))",
        json!(["This review could not be loaded.", "This review could not be loaded."]),
    )?;
    page.expect_console("timeout")?;
    page.expect_console("timeout")
}

fn check_none_waits(page: &Page) -> Result<()> {
    let start = Instant::now();
    while fault::silent() > 0 {
        ensure!(start.elapsed() < Duration::from_secs(30), "expected no download, found {}", fault::silent());
        page.rest(20);
    }
    Ok(())
}

const WITH_HTML: &str =
    r#"<review-card id="html" src="/html.json"><a href="/fallback">Read the review</a></review-card>"#;

/// A reader that is at fault costs the cards that need it, and no other.
fn check_reader(page: &Page, fault: &str, kind: &str) -> Result<()> {
    page.site().put("/html.json", r#"{ "title": "One", "bodyHtml": "<p>Words</p>" }"#);
    let cards = format!(
        "{}<review-card id='plain' src='/data/full.json'></review-card>",
        if fault == "silent" { WITH_HTML.replace("id=", "timeout='1' id=") } else { WITH_HTML.to_owned() }
    );
    for file in ["reader.wasm", "reader.js"] {
        open_faulty(page, fault, file, &cards)?;
        page.expect_loads(1)?;
        check_engine(page, kind, &["review-card"])?;
        page.is("seen(part('title', byId('plain')))", true)?;
        page.forgive()?;
    }
    Ok(())
}

fn a_truncated_reader_is_told(page: &Page) -> Result<()> {
    check_reader(page, "cut", "engine")
}

fn a_reader_that_never_comes_runs_into_the_deadline(page: &Page) -> Result<()> {
    check_reader(page, "silent", "timeout")
}

fn a_reader_that_was_missing_offline_comes_by_itself(page: &Page) -> Result<()> {
    page.open(FULL)?;
    page.expect_loads(1)?;
    page.online(false)?;
    let data = json!({ "title": "One", "bodyHtml": "<p>Words" });
    page.run(&format!(
        "write(`<review-card id='html'><script type='application/json'>{data}</script><b>Fallback</b></review-card>`)"
    ))?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["engine"]))?;
    page.is("[seen(byId('html').querySelector('b')), seen(part('title'))]", json!([true, true]))?;
    page.online(true)?;
    page.expect_loads(2)?;
    page.is("text(part('body', byId('html')).querySelector('p'))", "Words")?;
    page.forgive()
}

fn a_list_whose_module_never_comes_runs_into_the_deadline(page: &Page) -> Result<()> {
    put(page, "/many.json", 3);
    let list = "<review-list timeout='0.5' src='/many.json'><a href='/all'>All reviews</a></review-list>";
    for file in ["list.wasm", "list.js"] {
        open_faulty(page, "silent", file, &format!("{list}{FULL}"))?;
        page.expect("events('list-error').map((detail) => detail.kind)", json!(["timeout"]))?;
        page.is(
            "events('list-error')[0].message.includes('review-list') || events('list-error')[0].message",
            true,
        )?;
        page.is("seen(list.querySelector('a'))", true)?;
        page.expect_loads(1)?;
        page.expect_console("review-list: timeout: ")?;
        if file == "list.wasm" {
            check_none_waits(page)?; // What `import()` has begun, nothing ends.
        }
    }
    Ok(())
}

fn a_list_that_was_opened_offline_comes_by_itself(page: &Page) -> Result<()> {
    put(page, "/many.json", 3);
    page.open("<p>A page</p>")?;
    page.expect_that("customElements.get('review-list')")?;
    page.online(false)?;
    page.run("write('<review-list src=\"/many.json\"><a href=\"/all\">All reviews</a></review-list>')")?;
    page.expect("events('list-error').length", 1)?;
    page.is("seen(list.querySelector('a'))", true)?;
    page.online(true)?;
    page.expect("cards().length", 3)?;
    // And once more, with the script of lists at hand.
    page.online(false)?;
    page.run("list.reload()")?;
    page.expect("events('list-error').map((detail) => detail.kind).at(-1)", "network")?;
    page.expect("cards().length", 0)?;
    page.online(true)?;
    page.expect("cards().length", 3)?;
    page.forgive()
}

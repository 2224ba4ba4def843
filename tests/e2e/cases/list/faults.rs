//! What is wrong with what a list is given, and what readers see of it.

use std::path::Path;

use anyhow::Result;
use serde_json::json;

use super::{cases, put, review, reviews};
use crate::page::Page;

cases![
    one_unreadable_review_of_a_thousand_costs_that_one,
    a_missing_page_keeps_what_is_shown_and_can_be_tried_again,
    a_page_that_breaks_off_goes_on_where_it_ended,
    a_page_that_is_cut_off_goes_on_where_it_ended,
    data_of_the_page_that_is_cut_off_is_shown_once,
    an_empty_page_of_another_shape_ends_the_list,
    one_id_twice_is_two_reviews,
    a_list_of_none_says_so,
    a_list_without_any_data_is_told,
    what_is_no_list_leaves_the_fallback,
    a_file_of_a_known_service_is_named,
    without_a_fallback_one_line_says_so,
    a_list_without_its_module_leaves_the_fallback,
    the_last_answer_counts,
    hostile_reviews_run_nothing,
    a_wrong_sort_or_filter_is_told,
];

/// A feed of which nobody has written anything.
const EMPTY_FEED: &str = r#"{ "version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [] }"#;

fn one_unreadable_review_of_a_thousand_costs_that_one(page: &Page) -> Result<()> {
    let mut all: Vec<String> = reviews(0..1000).iter().map(ToString::to_string).collect();
    all[500] = "{ \"title\": \"Broken\", oops }".into();
    page.site().put("/1000.json", format!("{{ \"reviews\": [{}] }}", all.join(",\n")));
    page.open("<review-list src='/1000.json' summary></review-list>")?;
    page.expect("events('list-load').length", 1)?;
    page.is("events('list-load')[0].count", 999)?;
    page.is("events('list-load')[0].problems.length", 1)?;
    page.is("events('list-load')[0].problems[0].path", "reviews[500]")?;
    page.is("events('list-load')[0].problems[0].message.includes('at line 501')", true)?;
    page.expect("text(part('count', list).firstChild)", "999 reviews")?;
    page.run("scrollTo(0, document.documentElement.scrollHeight)")?;
    page.expect("text(part('title', find('[aria-posinset=\"999\"]', list)))", review(999)["title"].clone())
}

fn a_missing_page_keeps_what_is_shown_and_can_be_tried_again(page: &Page) -> Result<()> {
    page.site().put("/1.json", json!({ "reviews": reviews(0..5), "nextUrl": "/gone/2.json" }).to_string());
    page.open("<review-list src='/1.json'></review-list>")?;
    page.expect("text(find('[role=alert] p', list))", "More reviews could not be loaded.")?;
    page.is("cards().length", 5)?;
    page.is(
        "events('list-error').map((detail) => [detail.kind, detail.url])",
        json!([["status", format!("{}/gone/2.json", page.site().origin())]]),
    )?;
    page.expect_console("status")?;
    page.expect_from_browser("404")?;
    page.site().put("/gone/2.json", json!({ "reviews": reviews(5..7) }).to_string());
    page.click("find('button[name=retry]', list)")?;
    page.expect("cards().length", 7)?;
    page.is("find('[role=alert]', list)", json!(null))?;
    page.is("events('list-load').at(-1).complete", true)
}

fn a_page_that_breaks_off_goes_on_where_it_ended(page: &Page) -> Result<()> {
    // It breaks off once the list has read what came of it.
    page.open_document(
        "<script>
          const { read } = ReadableStreamDefaultReader.prototype;
          ReadableStreamDefaultReader.prototype.read = async function () {
            const piece = await read.call(this);
            if (piece.value) fetch('/fault/taken');
            return piece;
          };
        </script>
        <script type='module' src='/review-card/review-card.js'></script>",
        "<main><h1>A blog</h1><review-list src='/fault/broken-list'></review-list></main>",
    )?;
    page.expect("cards().map((each) => text(part('title', each)))", json!(["First", "Second"]))?;
    page.expect_console("broke off after 61 bytes")?;
    page.expect_from_browser("ERR_")?;
    page.click("find('button[name=retry]', list)")?;
    page.expect("cards().map((each) => text(part('title', each)))", json!(["First", "Second", "Third"]))?;
    page.expect("events('list-load').at(-1)?.problems", json!([]))
}

fn a_page_that_is_cut_off_goes_on_where_it_ended(page: &Page) -> Result<()> {
    let titles = "cards().map((each) => text(part('title', each)))";
    page.site().put("/1.json", r#"{ "reviews": [{ "title": "A" }, { "title": "B" }], "nextUrl": "2.json" }"#);
    page.site().put("/2.json", r#"{"reviews":[{"title":"C"},{"ti"#);
    page.site().put("/3.json", r#"{ "reviews": [{ "title": "E" }] }"#);
    page.open("<review-list src='/1.json'></review-list>")?;
    page.expect("text(find('[role=alert] p', list))", "More reviews could not be loaded.")?;
    page.expect(titles, json!(["A", "B", "C"]))?;
    page.is(
        "events('list-error').map((detail) => [detail.kind, detail.url])",
        json!([["not-json", format!("{}/2.json", page.site().origin())]]),
    )?;
    page.is("events('list-load').map((detail) => detail.complete)", json!([false]))?;
    page.expect_console("not-json: around the reviews: expected JSON, found the end of the document")?;
    page.site().put("/2.json", r#"{"reviews":[{"title":"C"},{"title":"D"}],"nextUrl":"3.json"}"#);
    page.click("find('button[name=retry]', list)")?;
    page.expect(titles, json!(["A", "B", "C", "D", "E"]))?;
    page.expect("events('list-load').map((detail) => detail.complete)", json!([false, false, true]))?;
    page.is("events('list-load').flatMap((detail) => detail.problems)", json!([]))?;
    page.is("find('[role=alert]', list)", json!(null))
}

fn data_of_the_page_that_is_cut_off_is_shown_once(page: &Page) -> Result<()> {
    page.open(
        r#"<review-list><script type="application/json">[{ "title": "A" }, { "ti</script></review-list>"#,
    )?;
    for tries in 1..=2 {
        page.expect("events('list-error').length", tries)?;
        page.expect("cards().map((each) => text(part('title', each)))", json!(["A"]))?;
        page.is("cards()[0].ariaSetSize", "-1")?;
        page.expect_console("not-json")?;
        page.click("find('button[name=retry]', list)")?;
    }
    page.expect("events('list-error').length", 3)?;
    page.expect_console("not-json")
}

fn an_empty_page_of_another_shape_ends_the_list(page: &Page) -> Result<()> {
    page.site().put("/1.json", json!({ "reviews": reviews(0..2), "nextUrl": "feed.json" }).to_string());
    page.site().put("/feed.json", EMPTY_FEED);
    page.open("<review-list src='/1.json'></review-list>")?;
    page.expect("events('list-load').map((detail) => detail.complete)", json!([false, true]))?;
    page.is("events('list-error').length", 0)?;
    page.is("[cards().length, find('[role=alert]', list)]", json!([2, null]))
}

fn one_id_twice_is_two_reviews(page: &Page) -> Result<()> {
    page.site().put(
        "/twice.json",
        r#"[{ "id": "a", "title": "One" }, { "id": "a", "title": "Other" }, { "title": "Same" }, { "title": "Same" }]"#,
    );
    page.open("<review-list src='/twice.json'></review-list>")?;
    page.expect("cards().map((each) => text(part('title', each)))", json!(["One", "Other", "Same", "Same"]))?;
    page.expect("events('list-load').length", 1)?;
    page.run("location.hash = '#a-2'")?;
    page.expect("focused().ariaPosInSet", "2")
}

fn a_list_of_none_says_so(page: &Page) -> Result<()> {
    page.site().put("/none.json", r#"{ "reviews": [] }"#);
    page.site().put("/feed.json", EMPTY_FEED);
    page.site().put("/graph.json", r#"{ "@context": "https://schema.org", "@graph": [] }"#);
    page.open(
        "<review-list id='none' src='/none.json' controls summary></review-list>
        <review-list id='array' src='/fault/array'></review-list>
        <review-list id='feed' src='/feed.json'></review-list>
        <review-list id='graph' src='/graph.json'></review-list>",
    )?;
    for id in ["none", "array", "feed", "graph"] {
        page.expect(&format!("text(part('nothing', byId('{id}')))"), "There are no reviews yet.")?;
    }
    page.expect("events('list-load').map((detail) => detail.count)", json!([0, 0, 0, 0]))
}

fn a_list_without_any_data_is_told(page: &Page) -> Result<()> {
    page.open("<review-list><a href='/all'>All reviews</a></review-list>")?;
    page.expect_console(
        "review-list: expected data, found none: add src, or JSON in a script inside the element",
    )?;
    page.is("[seen(list.querySelector('a')), events('list-error')]", json!([true, []]))?;
    // Data that arrives in time is shown, and nothing is reported.
    page.open("<review-list></review-list>")?;
    page.rest(300);
    page.run("list.data = [{ title: 'Late' }]")?;
    page.expect("cards().length", 1)?;
    page.rest(3200);
    page.is("cards().length", 1)
}

fn what_is_no_list_leaves_the_fallback(page: &Page) -> Result<()> {
    for (fault, kind) in [
        ("404", "status"),
        ("html", "not-json"),
        ("empty", "not-json"),
        ("204", "not-json"),
        ("utf-16", "not-json"),
        ("object", "no-review"),
        ("unreadable", "no-review"),
        ("unreadable-and-cut", "not-json"),
        ("no-collection", "no-review"),
        ("redirect-loop", "network"),
        ("endless", "too-large"),
    ] {
        page.site().put("/unreadable", "[1, 2, 3]");
        page.site().put("/unreadable-and-cut", r#"[1, 2, { "ti"#);
        page.site().put("/no-collection", r#"{ "@context": "https://schema.org", "@type": "Article" }"#);
        let is_put = fault.starts_with("unreadable") || fault == "no-collection";
        let src = if is_put { format!("/{fault}") } else { format!("/fault/{fault}") };
        page.open(&format!("<review-list src='{src}'><a href='/all'>All reviews</a></review-list>"))?;
        page.expect("events('list-error').map((detail) => detail.kind)", json!([kind]))?;
        page.is("seen(list.querySelector('a'))", true)?;
        page.expect_console(kind)?;
        page.forgive()?;
    }
    page.open("<review-list timeout='0.3' src='/fault/silent'><a href='/all'>All reviews</a></review-list>")?;
    page.expect("events('list-error').map((detail) => detail.kind)", json!(["timeout"]))?;
    page.forgive()
}

fn a_file_of_a_known_service_is_named(page: &Page) -> Result<()> {
    for (name, service, command) in [
        ("rss-as-json", "RSS converted to JSON", "review-card import feed.xml"),
        ("ghost", "Ghost", "review-card import ghost.json"),
        ("trakt", "Trakt", "review-card import trakt.zip"),
        ("activitypub", "ActivityPub", "review-card import bookwyrm.csv"),
    ] {
        let case =
            format!("{}/../../tests/cases/formats/service-{name}-is-named", env!("CARGO_MANIFEST_DIR"));
        page.site().put("/service.json", std::fs::read(Path::new(&case).join("input.json"))?);
        page.open("<review-list src='/service.json'><a href='/all'>All reviews</a></review-list>")?;
        page.expect("events('list-error').map((detail) => detail.kind)", json!(["no-review"]))?;
        for part in [service, command] {
            page.is(&format!("events('list-error')[0].message.includes('{part}')"), true)?;
        }
        page.is("[cards().length, seen(list.querySelector('a'))]", json!([0, true]))?;
        page.expect_console(command)?;
    }
    Ok(())
}

fn without_a_fallback_one_line_says_so(page: &Page) -> Result<()> {
    page.open("<review-list src='/fault/object' lang='de'></review-list>")?;
    page.expect("text(find('.error', list))", "Die Rezensionen konnten nicht geladen werden.")?;
    page.expect_console("no-review")
}

fn a_list_without_its_module_leaves_the_fallback(page: &Page) -> Result<()> {
    put(page, "/many.json", 3);
    for word in ["list.js", "list.wasm"] {
        page.open_document(
            &format!("<script type='module' src='/without/{word}/review-card.js'></script>"),
            "<main><review-list src='/many.json'><a href='/all'>All reviews</a></review-list></main>",
        )?;
        page.expect("events('list-error').map((detail) => detail.kind)", json!(["engine"]))?;
        page.is("seen(list.querySelector('a'))", true)?;
        page.forgive()?;
    }
    Ok(())
}

fn the_last_answer_counts(page: &Page) -> Result<()> {
    put(page, "/many.json", 3);
    page.site().put("/other.json", r#"[{ "title": "Other" }]"#);
    page.open("<review-list src='/slow/400/many.json'></review-list>")?;
    page.expect_requests("/slow/", 1)?;
    page.run("list.src = '/other.json'")?;
    page.expect("cards().map((each) => text(part('title', each)))", json!(["Other"]))?;
    page.rest(500);
    page.is("cards().map((each) => text(part('title', each)))", json!(["Other"]))?;
    page.is("events('list-load').length", 1)
}

fn hostile_reviews_run_nothing(page: &Page) -> Result<()> {
    let markup =
        "<img src=/images/1x1.svg onerror='globalThis.hurt = 1'><script>globalThis.hurt = 1</script>";
    let link = "javascript:globalThis.hurt=1";
    let hostile = json!({ "title": markup, "url": link, "section": markup, "verdict": markup, "tags": [markup],
        "rating": { "value": 3, "label": markup }, "author": { "name": markup, "url": link }, "body": markup });
    let second = json!({ "title": "Second", "section": "Other", "tags": ["x"], "author": "B" });
    page.site().put(
        "/hostile.json",
        json!({ "title": markup, "reviews": [hostile, second], "nextUrl": link }).to_string(),
    );
    page.open(
        "<review-list src='/hostile.json' controls summary search='img' filter='tag:\"<img\"'></review-list>",
    )?;
    page.expect_that("part('count', list)")?;
    page.run("list.filter = ''")?;
    page.expect("cards().length", 1)?;
    page.click("part('toggle', cards()[0])")?;
    page.expect_that("part('body', cards()[0])")?;
    page.run("all('a, p, button', list).forEach((each) => each.click())")?;
    page.rest(100);
    page.is("globalThis.hurt ?? 0", 0)?;
    page.is("all('script, iframe, img, [onerror], [href^=\"javascript:\"]', list).length", 0)
}

fn a_wrong_sort_or_filter_is_told(page: &Page) -> Result<()> {
    put(page, "/many.json", 3);
    page.open("<review-list src='/many.json' sort='colour' filter='rating>six'></review-list>")?;
    page.expect("cards().length", 3)?;
    page.expect_console("expected date, rating or title")?;
    page.expect_console("expected a number from 0 to 5")
}

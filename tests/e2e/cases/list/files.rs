//! Files that follow each other.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::{cases, enter, is_whole, review, reviews};
use crate::page::Page;

cases![
    more_is_loaded_when_the_reader_comes_near_the_end,
    a_hundred_thousand_reviews_in_a_hundred_files,
    what_comes_at_once_is_taken_in_portions,
    a_summary_needs_all_and_says_so_far,
    a_search_goes_on_in_what_comes,
    a_header_names_the_next_page,
    a_cursor_leads_to_the_next_records,
    a_long_header_is_read_at_once,
    a_long_feed_is_refused,
    a_file_that_names_itself_ends_the_list,
    files_without_end_that_bring_nothing_new_end_the_list,
    files_without_end_end_a_list_with_a_summary,
    files_lead_to_other_sites_only_where_the_page_allows_it,
    one_title_in_two_files_is_two_reviews,
    what_an_earlier_file_had_comes_once,
];

/// Puts files that follow each other: `/1.json`, `/2.json`, …
fn put_files(page: &Page, files: usize, each: usize) {
    for file in 1..=files {
        let next = if file < files { json!(format!("{}.json", file + 1)) } else { Value::Null };
        let reviews = reviews((file - 1) * each..file * each);
        page.site().put(&format!("/{file}.json"), json!({ "reviews": reviews, "nextUrl": next }).to_string());
    }
}

fn more_is_loaded_when_the_reader_comes_near_the_end(page: &Page) -> Result<()> {
    put_files(page, 3, 60);
    page.open("<review-list src='/1.json'></review-list>")?;
    page.expect_that("cards().length")?;
    page.rest(300);
    page.requested("/1.json", 1)?;
    page.requested("/3.json", 0)?;
    page.is("cards()[0].ariaSetSize", "-1")?;
    for files in [2, 3] {
        page.run("scrollTo(0, document.documentElement.scrollHeight)")?;
        page.expect_that(&format!("events('list-load').length >= {files}"))?;
    }
    is_whole(page)?;
    page.run("scrollTo(0, document.documentElement.scrollHeight)")?;
    page.expect_that("find('[aria-posinset=\"180\"]', list)")?;
    page.expect("cards().at(-1).ariaSetSize", "180")?;
    page.is(
        "events('list-load').map((detail) => [detail.count, detail.complete])",
        json!([[60, false], [120, false], [180, true]]),
    )?;
    page.requested("/2.json", 1)
}

fn a_hundred_thousand_reviews_in_a_hundred_files(page: &Page) -> Result<()> {
    for file in 1..=100 {
        let next = if file < 100 { json!(format!("{}.json", file + 1)) } else { Value::Null };
        let reviews: Vec<Value> = ((file - 1) * 1000..file * 1000)
            .map(|number| json!({ "id": number.to_string(), "title": format!("Review {number}"), "rating": number % 5 + 1 }))
            .collect();
        page.site().put(&format!("/{file}.json"), json!({ "reviews": reviews, "nextUrl": next }).to_string());
    }
    page.open("<review-list src='/1.json' summary></review-list>")?;
    page.run(
        "globalThis.most_ = 0;
        const count = () => {
          globalThis.most_ = Math.max(globalThis.most_, all('*', list).length);
          requestAnimationFrame(count);
        };
        count();",
    )?;
    page.expect_that("cards().length")?;
    page.expect_patiently("events('list-load').at(-1).complete", true)?;
    page.expect("text(part('count', list).firstChild)", "100,000 reviews")?;
    page.run("scrollTo(0, document.documentElement.scrollHeight)")?;
    page.expect_that("find('[aria-posinset=\"100000\"]', list)")?;
    page.is("text(part('title', find('[aria-posinset=\"100000\"]', list)))", "Review 99999")?;
    // From one end to the other, and through the middle as fast as a wheel turns.
    page.run("scrollTo(0, document.documentElement.scrollHeight / 2)")?;
    for _ in 0..30 {
        page.run("scrollBy(0, -900)")?;
        page.rest(10);
    }
    page.is("most_ > 100 && most_ < 3000", true)?;
    println!("100,000 reviews in 100 files: at most {} elements in a frame", page.get("most_")?);
    page.requested(".json", 100)
}

/// Whatever has come while the page was busy: from its server, or in one text of the page.
fn what_comes_at_once_is_taken_in_portions(page: &Page) -> Result<()> {
    let file = json!({ "reviews": reviews(0..10_000) }).to_string();
    page.open("")?;
    page.run(
        "globalThis.portions = [];
        const { WebAssembly } = window; // A driver's script may have one of its own.
        WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
          construct(original, input) {
            const { exports } = new original(...input);
            const list_push = (list, start, length) => {
              portions.push(length);
              return exports.list_push(list, start, length);
            };
            return { exports: { ...exports, list_push } };
          },
        });",
    )?;
    page.site().put("/many.json", file.clone());
    // 64 KiB of a file; so many characters of a text, which take up to three bytes each.
    let ways =
        [("src = '/many.json'", 1 << 16), ("data = await (await fetch('/many.json')).text()", 3 << 16)];
    for (put, most) in ways {
        page.run(&format!(
            "portions.length = 0;
            const it = document.createElement('review-list');
            document.body.replaceChildren(it);
            (async () => (it.{put}))();"
        ))?;
        page.expect_patiently("portions.reduce((sum, each) => sum + each, 0)", file.len())?;
        page.is(&format!("portions.filter((each) => each > {most})"), json!([]))?;
        page.expect_that("cards().length")?;
    }
    Ok(())
}

fn a_summary_needs_all_and_says_so_far(page: &Page) -> Result<()> {
    put_files(page, 2, 30);
    page.site()
        .put("/1.json", json!({ "reviews": reviews(0..30), "nextUrl": "/after/let-go/2.json" }).to_string());
    page.open("<review-list src='/1.json' summary></review-list>")?;
    page.expect("text(part('count', list).firstChild)", "30 reviews so far")?;
    page.run("fetch('/let-go')")?;
    page.expect("text(part('count', list).firstChild)", "60 reviews")?;
    // 1/10 to 10/10, each six times: 2.75 of 5 on average. In the bars, halves go down, but half a star is one.
    page.is("find('.review-list__average [role=img]', list).ariaLabel", "2.8 out of 5 on average")?;
    page.is(
        "all('.review-list__bars [role=img]', list).map((each) => each.ariaLabel)",
        json!([
            "5 out of 5: 6 reviews",
            "4 out of 5: 12 reviews",
            "3 out of 5: 12 reviews",
            "2 out of 5: 12 reviews",
            "1 out of 5: 18 reviews",
        ]),
    )?;
    page.expect_from_browser("404")
}

fn a_search_goes_on_in_what_comes(page: &Page) -> Result<()> {
    put_files(page, 4, 40);
    page.open("<review-list src='/1.json' controls></review-list>")?;
    page.expect_that("cards().length")?;
    page.requested("/4.json", 0)?;
    enter(page, "search", "no. 150")?;
    page.expect("cards().map((each) => text(part('title', each)))", json!([review(150)["title"]]))?;
    page.expect("text(part('count', list).firstChild)", "1 of 160 reviews")?;
    page.requested("/4.json", 1)
}

/// AT Protocol records: what is no review yet is left out, also where a whole page has none.
fn a_cursor_leads_to_the_next_records(page: &Page) -> Result<()> {
    let record =
        |number: usize, value: Value| json!({ "uri": format!("at://did/c/{number}"), "value": value });
    let book =
        |title: &str, stars: Value| json!({ "$type": "buzz.bookhive.book", "title": title, "stars": stars });
    let address = "/xrpc/records?repo=did&limit=2";
    let pages = [
        (address.to_owned(), json!({ "records": [record(1, book("First", json!(8)))], "cursor": "a/b" })),
        (
            format!("{address}&cursor=a%2Fb"),
            json!({ "records": [record(2, book("To be read", Value::Null))], "cursor": "c" }),
        ),
        (format!("{address}&cursor=c"), json!({ "records": [record(3, book("Last", json!(10)))] })),
    ];
    for (address, records) in &pages {
        page.site().put(address, records.to_string());
    }
    page.open(&format!("<review-list src='{address}'></review-list>"))?;
    page.expect("cards().map((each) => text(part('title', each)))", json!(["First", "Last"]))?;
    is_whole(page)
}

fn a_header_names_the_next_page(page: &Page) -> Result<()> {
    page.open("<review-list src='/linked/1'></review-list>")?;
    page.expect("cards().map((each) => text(part('title', each)))", json!(["Post 1", "Post 2", "Post 3"]))
}

fn a_long_header_is_read_at_once(page: &Page) -> Result<()> {
    for part in ["<", "<a>; rel=\"", "</9>; rel=prev, "] {
        let header = part.repeat(200_000 / part.len());
        let content = json!({ "reviews": reviews(0..3) }).to_string();
        page.site().put_with("/1.json", content, &[("link", &header)])?;
        page.open("<review-list src='/1.json'></review-list>")?;
        page.expect(
            "events('list-load').map(({ count, complete }) => [count, complete])",
            json!([[3, true]]),
        )?;
    }
    Ok(())
}

fn a_long_feed_is_refused(page: &Page) -> Result<()> {
    let item = json!({ "id": "1", "title": "One", "content_text": "a".repeat(8 << 20) });
    let feed = json!({ "version": "https://jsonfeed.org/version/1.1", "items": [item] });
    page.site().put("/feed.json", feed.to_string());
    page.open("<review-list src='/feed.json'><p id='fallback'>All reviews</p></review-list>")?;
    page.expect("events('list-error').map((detail) => detail.kind)", json!(["too-large"]))?;
    page.expect_console("too-large: expected at most 8388608 bytes")?;
    page.is("byId('fallback').checkVisibility()", true)?;
    page.requested("review-card-reader", 0)
}

fn a_file_that_names_itself_ends_the_list(page: &Page) -> Result<()> {
    page.site().put("/1.json", json!({ "reviews": reviews(0..3), "nextUrl": "2.json" }).to_string());
    page.site().put("/2.json", json!({ "reviews": reviews(3..5), "nextUrl": "/1.json" }).to_string());
    page.open("<review-list src='/1.json'></review-list>")?;
    page.expect("events('list-load').map((detail) => detail.complete)", json!([false, true]))?;
    page.is("events('list-load')[1].problems.map((problem) => problem.path)", json!(["nextUrl"]))?;
    page.expect("cards().length", 5)?;
    page.expect_console("once more")?;
    page.site().put("/self.json", json!({ "reviews": reviews(0..3), "nextUrl": "self.json" }).to_string());
    page.run("list.src = '/self.json'")?;
    page.expect("events('list-load').length", 3)?;
    page.requested("/self.json", 1)?;
    page.expect_console("once more")
}

fn files_without_end_that_bring_nothing_new_end_the_list(page: &Page) -> Result<()> {
    let none = Vec::new;
    let files =
        [reviews(0..3), reviews(0..3), none(), reviews(3..4), none(), reviews(2..4), none(), none(), none()];
    for (at, reviews) in files.iter().enumerate() {
        let next = format!("{}.json", at + 2);
        page.site()
            .put(&format!("/{}.json", at + 1), json!({ "reviews": reviews, "nextUrl": next }).to_string());
    }
    page.open("<review-list src='/1.json'></review-list>")?;
    page.expect("events('list-load').at(-1)?.complete", true)?;
    page.is("events('list-load').map((detail) => detail.count)", json!([3, 3, 3, 4, 4, 4, 4]))?;
    page.is(
        "events('list-load').at(-1).problems",
        json!([{
            "path": "nextUrl",
            "message": format!(
                "expected a review that no file before had, found 3 files in a row without, up to {}/7.json",
                page.site().origin()
            ),
        }]),
    )?;
    page.expect("cards().map((each) => each.ariaSetSize)", json!(["4", "4", "4", "4"]))?;
    page.expect_console("3 files in a row")?;
    page.rest(200);
    page.requested("/7.json", 1)?;
    page.requested("/8.json", 0)
}

/// Each has a review of its own, so only their number can end them.
fn files_without_end_end_a_list_with_a_summary(page: &Page) -> Result<()> {
    for file in 1..=1001 {
        let (title, next) = (format!("Review {file}"), format!("{}.json", file + 1));
        page.site().put(
            &format!("/{file}.json"),
            json!({ "reviews": [{ "title": title }], "nextUrl": next }).to_string(),
        );
    }
    page.open("<review-list src='/1.json' summary></review-list>")?;
    page.expect_patiently("events('list-load').at(-1)?.complete", true)?;
    page.is("events('list-load').at(-1).count", 1000)?;
    page.expect_console("expected at most 1000 files, found one more")?;
    page.requested("/1001.json", 0)
}

fn files_lead_to_other_sites_only_where_the_page_allows_it(page: &Page) -> Result<()> {
    // Another origin. WebKit's driver opens no encrypted page, so this is not `secure`.
    let other = page.site().origin().replace("127.0.0.1", "localhost");
    let elsewhere = format!("{other}/shared/2.json");
    page.site().put("/1.json", json!({ "reviews": reviews(0..3), "nextUrl": elsewhere }).to_string());
    page.site().put("/2.json", json!({ "reviews": reviews(3..5) }).to_string());
    page.open("<review-list src='/1.json'></review-list>")?;
    page.expect("events('list-load').map((detail) => detail.complete)", json!([true]))?;
    page.is("events('list-load')[0].problems.map(({ path }) => path)", json!(["nextUrl"]))?;
    page.expect_console("in next-origins to allow it")?;
    page.requested("/2.json", 0)?;
    for origins in [&*other, "*"] {
        page.open(&format!(
            "<review-list src='/1.json' next-origins='https://a.example {origins}'></review-list>"
        ))?;
        page.expect("cards().length", 5)?;
    }
    // Where the first file comes from, the others may too.
    page.site().put("/1.json", json!({ "reviews": reviews(0..3), "nextUrl": "/shared/2.json" }).to_string());
    page.open(&format!("<review-list src='{other}/shared/1.json'></review-list>"))?;
    page.expect("cards().length", 5)?;
    let foreign = page.expect_foreign_requests()?;
    ensure!(
        foreign.iter().all(|address| address.starts_with(&other)),
        "expected requests to {other} alone, found {foreign:?}"
    );
    Ok(())
}

fn one_title_in_two_files_is_two_reviews(page: &Page) -> Result<()> {
    let alien = |year| json!({ "title": "Alien", "work": { "name": "Alien", "year": year } });
    page.site().put("/1.json", json!({ "reviews": [alien(1979)], "nextUrl": "2.json" }).to_string());
    page.site().put("/2.json", json!({ "reviews": [alien(1979), alien(2005)] }).to_string());
    page.open("<review-list src='/1.json'></review-list>")?;
    page.expect("events('list-load').map((detail) => detail.problems.length)", json!([0, 1]))?;
    page.expect("cards().length", 2)?;
    page.is("text(cards()[1]).includes('2005')", true)
}

fn what_an_earlier_file_had_comes_once(page: &Page) -> Result<()> {
    page.site().put("/1.json", json!({ "reviews": reviews(0..4), "nextUrl": "2.json" }).to_string());
    page.site().put("/2.json", json!({ "reviews": reviews(3..6) }).to_string());
    page.open("<review-list src='/1.json'></review-list>")?;
    page.expect("events('list-load').length", 2)?;
    page.is(
        "cards().map((each) => text(part('title', each)).replace(/.*No. /, ''))",
        json!(["0", "1", "2", "3", "4", "5"]),
    )?;
    page.is(
        "events('list-load')[1].problems.map((problem) => problem.message)",
        json!(["expected a review of its own, found \"r3\" of an earlier file once more"]),
    )
}

//! What of a list stands in the document.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{cases, is_whole, open, put, reviews};
use crate::page::{Page, TAB};

cases![
    only_what_is_near_is_in_the_document,
    the_first_screen_of_20_000_reads_no_more_than_that_of_200,
    the_scroll_bar_tells_the_truth,
    what_is_seen_does_not_jump,
    a_jump_into_the_middle_shows_what_is_there,
    wider_and_narrower_pages_keep_their_place,
    scrolling_to_the_end_and_back_leaves_nothing_behind,
    an_anchor_leads_to_its_review,
    a_page_opened_by_its_address_shows_that_review,
    a_reader_who_does_anything_is_not_led_away,
    a_name_on_the_page_is_not_an_anchor_of_the_list,
    what_names_no_review_loads_no_archive,
    printing_prints_what_is_loaded,
    a_list_in_a_box_that_scrolls,
];

const ELEMENTS: &str = "list.shadowRoot.querySelectorAll('*').length";
const END: &str = "document.documentElement.scrollHeight";

fn only_what_is_near_is_in_the_document(page: &Page) -> Result<()> {
    open(page, 5000, "")?;
    page.is(&format!("{ELEMENTS} < 3000"), true)?;
    page.is("find('[aria-posinset=\"1\"]', list) != null", true)?;
    page.run(&format!("scrollTo(0, {END})"))?;
    page.expect_that("find('[aria-posinset=\"5000\"]', list)")?;
    page.expect("find('[aria-posinset=\"1\"]', list)", json!(null))?;
    page.is(&format!("{ELEMENTS} < 3000"), true)?;
    page.is("cards().at(-1).ariaSetSize", "5000")?;
    page.run("list.variant = 'compact'; list.layout = 'stack'; scrollTo(0, 0)")?;
    page.expect_that("find('[aria-posinset=\"1\"]', list)")?;
    page.is(&format!("{ELEMENTS} < 3000"), true)
}

/// A stand-in for its time: what has been read when it stands in the document.
/// The reviews that a screen may show come first, and the rest of the file, however much that is, after they have been shown.
/// How long that takes is for the bench (`cargo xtask bench`).
fn the_first_screen_of_20_000_reads_no_more_than_that_of_200(page: &Page) -> Result<()> {
    let mut read = Vec::new();
    for count in [200, 20_000] {
        open(page, count, "")?;
        page.is("heard[0].detail.count", count)?;
        read.push(page.get("performance.getEntriesByName('review-list-shown')[0].detail.read")?);
    }
    ensure!(read[0] == read[1], "expected as many, found {read:?}");
    ensure!(
        read[0].as_u64().is_some_and(|read| (1..=24).contains(&read)),
        "expected a screen, found {read:?}"
    );
    Ok(())
}

fn the_scroll_bar_tells_the_truth(page: &Page) -> Result<()> {
    open(page, 400, "")?;
    page.rest(100);
    let before = page.get(END)?.as_f64().unwrap_or_default();
    // Through the whole of it, so that each row has been seen.
    for _ in 0..200 {
        page.run("scrollBy(0, 700)")?;
        page.rest(15);
    }
    page.expect_that("find('[aria-posinset=\"400\"]', list)")?;
    let after = page.get(END)?.as_f64().unwrap_or_default();
    ensure!((before - after).abs() < after * 0.15, "expected about {after} px, found {before} at first");
    page.run("scrollTo(0, 0)")?;
    page.expect_that("find('[aria-posinset=\"1\"]', list)")?;
    let again = page.get(END)?.as_f64().unwrap_or_default();
    ensure!((again - after).abs() < 20.0, "expected {after} px once more, found {again}");
    Ok(())
}

fn what_is_seen_does_not_jump(page: &Page) -> Result<()> {
    open(page, 1000, "")?;
    // In the middle rows above have not been seen; their true heights must not move what is read.
    page.run("scrollTo(0, 30000)")?;
    page.expect_that("cards().some((each) => each.getBoundingClientRect().top > 0 && seen(each))")?;
    // All that is near has come.
    page.run(
        "globalThis.still = 0;
        let last;
        const look = () => {
          const now = [scrollY, document.documentElement.scrollHeight, cards().length].join();
          globalThis.still = now == last ? still + 1 : 0;
          last = now;
          if (still < 20) requestAnimationFrame(look);
        };
        look();",
    )?;
    page.expect("still", 20)?;
    page.run(
        "globalThis.jumps = [];
        globalThis.done = false;
        let steps = 0;
        const step = () => {
          const first = cards().find((each) => each.getBoundingClientRect().top > 0);
          const before = first.getBoundingClientRect().top;
          scrollBy(0, -120);
          requestAnimationFrame(() => requestAnimationFrame(() => {
            const after = first.isConnected ? first.getBoundingClientRect().top : NaN;
            if (!(Math.abs(after - before - 120) < 2)) jumps.push([before, after]);
            if (++steps < 60) step(); else globalThis.done = true;
          }));
        };
        step();",
    )?;
    page.expect_patiently("done", true)?;
    page.is("jumps", json!([]))
}

fn a_jump_into_the_middle_shows_what_is_there(page: &Page) -> Result<()> {
    open(page, 3000, "")?;
    page.run(&format!("scrollTo(0, {END} / 2)"))?;
    page.expect(
        "(() => {
          const middle = cards().filter((each) => {
            const { top, bottom } = each.getBoundingClientRect();
            return bottom > 0 && top < innerHeight;
          });
          return middle.length > 3 && middle.every((each) => Math.abs(each.ariaPosInSet - 1500) < 200);
        })()",
        true,
    )
}

fn wider_and_narrower_pages_keep_their_place(page: &Page) -> Result<()> {
    // A window that is resized says so before sizes are reported.
    for reported in ["", "dispatchEvent(new Event('resize'));"] {
        open(page, 600, "")?;
        page.run("scrollTo(0, 20000)")?;
        page.expect_that("cards().some((each) => each.getBoundingClientRect().top > 0 && seen(each))")?;
        page.rest(200);
        page.run(&format!(
            "const first = cards().find((each) => each.getBoundingClientRect().bottom > 0);
            [globalThis.first, globalThis.top_] = [first.ariaPosInSet, first.getBoundingClientRect().top];
            document.querySelector('main').style.width = '420px';
            {reported}"
        ))?;
        page.expect("new Set(cards().map((each) => each.getBoundingClientRect().left)).size", 1)?;
        page.rest(300);
        // A browser may scroll by whole pixels only.
        page.is(
            "Math.abs(find(`[aria-posinset=\"${first}\"]`, list).getBoundingClientRect().top - top_) < 2",
            true,
        )?;
    }
    Ok(())
}

fn scrolling_to_the_end_and_back_leaves_nothing_behind(page: &Page) -> Result<()> {
    open(page, 2000, "")?;
    let ten_times = |page: &Page| -> Result<()> {
        for _ in 0..10 {
            page.run(&format!("scrollTo(0, {END})"))?;
            page.expect_that("find('[aria-posinset=\"2000\"]', list)")?;
            page.run("scrollTo(0, 0)")?;
            page.expect_that("find('[aria-posinset=\"1\"]', list)")?;
        }
        // What is around the viewport comes with the frames that follow.
        page.expect("cards().at(-1).getBoundingClientRect().bottom > innerHeight + 600", true)
    };
    ten_times(page)?; // Whatever is made once has been made now.
    let before = page.memory();
    ten_times(page)?;
    let (before, after) = (before?, page.memory()?);
    ensure!(
        after.bytes < before.bytes * 1.1 + 200_000.0
            && after.nodes.unwrap_or_default() < before.nodes.unwrap_or_default() * 1.1 + 200.0,
        "expected no more than {before:?}, found {after:?}"
    );
    Ok(())
}

fn an_anchor_leads_to_its_review(page: &Page) -> Result<()> {
    let first = json!({ "reviews": reviews(0..300), "nextUrl": "2.json" });
    page.site().put("/1.json", first.to_string());
    page.site().put("/2.json", json!({ "reviews": reviews(300..600) }).to_string());
    page.open("<review-list src='/1.json'></review-list>")?;
    // As long as there is less below a review than a screen, it cannot be at the top of it.
    page.expect("heard.filter((event) => event.name == 'list-load').length", 1)?;
    page.run("location.hash = '#r200'")?;
    page.expect("focused().ariaPosInSet", "201")?;
    page.is("Math.abs(focused().getBoundingClientRect().top) < 40", true)?;
    page.run("location.hash = '#r555'")?;
    page.expect("focused().ariaPosInSet", "556")?;
    page.is("seen(focused())", true)
}

fn a_name_on_the_page_is_not_an_anchor_of_the_list(page: &Page) -> Result<()> {
    open(page, 300, "")?;
    page.run("location.hash = '#after'")?;
    page.rest(200);
    page.is("focused()?.ariaPosInSet ?? null", json!(null))
}

/// Opens a page with this in it by an address that ends so.
fn open_at(page: &Page, body: &str, hash: &str) -> Result<()> {
    page.open("")?; // Another address than what an earlier one was.
    page.site().put(
        "/linked",
        format!(
            "<!doctype html><html lang='en'><title>A blog</title><script src='/pages/record.js'></script>
            <script type='module' src='/review-card/review-card.js'></script><main>{body}</main>"
        ),
    );
    page.visit(&format!("/linked{hash}"))
}

fn a_page_opened_by_its_address_shows_that_review(page: &Page) -> Result<()> {
    let first = json!({ "reviews": reviews(0..300), "nextUrl": "2.json" });
    page.site().put("/1.json", first.to_string());
    page.site().put("/2.json", json!({ "reviews": reviews(300..600) }).to_string());
    page.site().put("/bare.json", r#"[{ "title": "Another" }]"#);
    let far_below = "<div style='height: 4000px'></div><review-list src='/1.json'></review-list>";
    for (hash, position) in [("#r20", "21"), ("#r555", "556"), ("#r%32%31", "22")] {
        open_at(page, far_below, hash)?;
        page.expect("focused().ariaPosInSet", position)?;
        page.expect("Math.abs(focused().getBoundingClientRect().top) < 40", true)?;
    }
    // Where one list has found it, no other looks on.
    page.site()
        .put("/other.json", r#"{ "reviews": [{ "title": "A" }], "nextUrl": "/after/found/other-2.json" }"#);
    page.site().put("/found", "{}");
    page.site().put("/other-2.json", r#"{ "reviews": [{ "title": "B" }], "nextUrl": "/other-3.json" }"#);
    let both =
        "<review-list src='/1.json'></review-list><review-list id='other' src='/other.json'></review-list>";
    open_at(page, both, "#r30")?;
    page.expect("focused().ariaPosInSet", "31")?;
    page.run("fetch('/found')")?;
    // Its second file comes only now, if it was asked for at all.
    page.rest(500);
    page.requested("/other-3.json", 0)?;
    // A link on the page leads to a list that has not come yet.
    open_at(page, &format!("<a href='#r40'>No. 40</a>{far_below}"), "")?;
    page.rest(200);
    page.is("cards().length", 0)?;
    page.click("document.querySelector('main a')")?;
    page.expect("focused().ariaPosInSet", "41")
}

fn a_reader_who_does_anything_is_not_led_away(page: &Page) -> Result<()> {
    put(page, "/many.json", 300);
    let body = "<h1>A blog</h1><p style='height: 3000px'>Words</p>";
    for act in ["press", "click"] {
        let list = format!("<review-list src='/slow/700/many.json?{act}'></review-list>");
        open_at(page, &[body, &list].concat(), "#r200")?;
        page.expect_requests(&format!("many.json?{act}"), 1)?;
        match act {
            "press" => page.press(TAB)?,
            _ => page.click("document.querySelector('h1')")?,
        }
        page.expect_that("cards().length")?;
        page.rest(300);
        page.is("[scrollY, focused().ariaPosInSet ?? null]", json!([0, null]))?;
    }
    Ok(())
}

fn what_names_no_review_loads_no_archive(page: &Page) -> Result<()> {
    for file in 1..=30 {
        let next = if file < 30 { json!(format!("{}.json", file + 1)) } else { json!(null) };
        let reviews = reviews((file - 1) * 60..file * 60);
        page.site().put(&format!("/{file}.json"), json!({ "reviews": reviews, "nextUrl": next }).to_string());
    }
    for hash in ["#top", "#/route", "#!/state", "#named"] {
        open_at(page, "<a name='named'></a><review-list src='/1.json'></review-list>", hash)?;
        page.expect_that("cards().length")?;
        page.rest(300);
        page.is("events('list-load').length < 3", true)?;
    }
    // What no review has is looked for in twenty files.
    open_at(page, "<review-list src='/1.json'></review-list>", "#nobody")?;
    page.expect_patiently("events('list-load').length", 20)?;
    page.rest(300);
    page.requested("/21.json", 0)?;
    // A review whose id begins so is found where it is there.
    page.site().put("/paths.json", r#"[{ "title": "A", "id": "/a" }, { "title": "B", "id": "/b" }]"#);
    open_at(page, "<review-list src='/paths.json'></review-list>", "#/b")?;
    page.expect("focused().ariaPosInSet", "2")
}

fn printing_prints_what_is_loaded(page: &Page) -> Result<()> {
    open(page, 120, "")?;
    page.is("cards().length < 120", true)?;
    page.run("dispatchEvent(new Event('beforeprint'))")?;
    page.expect("cards().length", 120)?;
    page.run("dispatchEvent(new Event('afterprint'))")?;
    page.expect("cards().length < 120", true)
}

fn a_list_in_a_box_that_scrolls(page: &Page) -> Result<()> {
    put(page, "/many.json", 500);
    page.open(
        "<div id='box' style='height: 500px; overflow: auto'><review-list src='/many.json'></review-list></div>",
    )?;
    page.expect("heard.filter((event) => event.name == 'list-load').length", 1)?;
    is_whole(page)?;
    page.run("byId('box').scrollTo(0, byId('box').scrollHeight)")?;
    page.expect_that("find('[aria-posinset=\"500\"]', list)")?;
    page.is("scrollY", 0)
}

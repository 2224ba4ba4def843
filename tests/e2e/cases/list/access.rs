//! A list for the keyboard, for those who hear it, and by the rules that axe-core knows.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::{cases, enter, open, put, reviews};
use crate::axe;
use crate::page::{ENTER, Page, SHIFT, TAB};

cases![
    tab_goes_through_controls_and_cards_to_what_follows,
    tab_reaches_what_was_not_in_the_document,
    shift_tab_goes_all_the_way_back,
    page_down_and_page_up_go_from_card_to_card,
    ctrl_end_and_ctrl_home_lead_out_of_the_cards,
    a_card_with_the_focus_stays_wherever_one_scrolls,
    a_card_without_a_link_can_be_come_to,
    a_walk_by_keyboard_through_controls_and_a_card_and_back,
    a_button_that_goes_hands_the_focus_on,
    the_tree_is_a_feed_of_articles,
    a_list_is_busy_only_while_something_comes,
    a_list_has_no_violation,
    what_is_open_or_on_its_way_has_no_violation,
    a_list_with_everything_has_no_violation,
    a_search_with_hits_and_without_has_no_violation,
    dark_and_narrow_and_arabic_have_no_violation,
    none_and_failed_have_no_violation,
];

const PAGE_UP: char = '\u{E00E}';
const PAGE_DOWN: char = '\u{E00F}';
const CONTROL: char = '\u{E009}';
const END: char = '\u{E010}';
const HOME: char = '\u{E011}';

/// Where the focus is: the position of its card, or the name of what it is.
const STOP: &str = "(() => {
  const at = focused();
  const card = at.closest('[aria-posinset]');
  return card ? `${card.ariaPosInSet} ${at.closest('[part]').part}` : at.name || at.id || at.localName;
})()";

fn walk(page: &Page, until: &str, most: usize) -> Result<Vec<String>> {
    let mut stops = Vec::new();
    while stops.len() < most && stops.last().is_none_or(|stop| stop != until) {
        page.press(TAB)?;
        stops.push(page.get(STOP)?.as_str().unwrap_or_default().to_owned());
    }
    Ok(stops)
}

fn tab_goes_through_controls_and_cards_to_what_follows(page: &Page) -> Result<()> {
    open(page, 3, "controls")?;
    let stops = walk(page, "after", 20)?;
    let expected = [
        "search", "sort", "rating", "section", "tag", "author", "1 title", "1 toggle", "2 title", "2 toggle",
        "3 title", "3 toggle", "after",
    ];
    ensure!(stops == expected, "expected {expected:?}, found {stops:?}");
    Ok(())
}

fn tab_reaches_what_was_not_in_the_document(page: &Page) -> Result<()> {
    open(page, 90, "variant='compact' layout='stack'")?;
    page.is("find('[aria-posinset=\"90\"]', list)", json!(null))?;
    let mut last = 0;
    for _ in 0..200 {
        page.press(TAB)?;
        let stop = page.get(STOP)?;
        let stop = stop.as_str().unwrap_or_default();
        if stop == "after" {
            break;
        }
        let at: usize = stop.split(' ').next().and_then(|at| at.parse().ok()).unwrap_or_default();
        ensure!(at == last || at == last + 1, "expected card {last} or the next, found {stop}");
        last = at;
    }
    ensure!(last == 90, "expected to come to card 90, found {last}");
    Ok(())
}

fn shift_tab_goes_all_the_way_back(page: &Page) -> Result<()> {
    open(page, 90, "variant='compact' layout='stack' controls")?;
    page.run("byId('after').focus()")?;
    page.expect_that("find('[aria-posinset=\"90\"]', list)")?;
    let mut last = 91;
    for _ in 0..200 {
        page.press_with(SHIFT, TAB)?;
        let stop = page.get(STOP)?;
        let stop = stop.as_str().unwrap_or_default();
        if stop == "author" {
            break;
        }
        let at: usize = stop.split(' ').next().and_then(|at| at.parse().ok()).unwrap_or_default();
        ensure!(at == last || at + 1 == last, "expected card {last} or the one before, found {stop}");
        last = at;
    }
    ensure!(last == 1, "expected to come to card 1 and the controls, found {last}");
    Ok(())
}

fn page_down_and_page_up_go_from_card_to_card(page: &Page) -> Result<()> {
    open(page, 60, "")?;
    page.run("part('toggle', cards()[0]).focus()")?;
    for expected in 2..=40 {
        page.press(PAGE_DOWN)?;
        page.expect("focused().ariaPosInSet", expected.to_string())?;
    }
    page.is("seen(focused()) && focused().getBoundingClientRect().top < innerHeight", true)?;
    for expected in (30..40).rev() {
        page.press(PAGE_UP)?;
        page.expect("focused().ariaPosInSet", expected.to_string())?;
    }
    Ok(())
}

fn ctrl_end_and_ctrl_home_lead_out_of_the_cards(page: &Page) -> Result<()> {
    put(page, "/many.json", 60);
    page.open(
        "<p><a id='before' href='#before'>Before</a> <button disabled>No</button></p>
        <div><review-list src='/many.json'></review-list></div>
        <p hidden><a href='#hidden'>Hidden</a></p><details><summary id='after'>After</summary></details>",
    )?;
    page.expect_that("cards().length > 5")?;
    for (key, to) in [(END, "after"), (HOME, "before")] {
        page.expect_that("part('toggle', cards()[4])")?;
        page.run("part('toggle', cards()[4]).focus()")?;
        page.press_with(CONTROL, key)?;
        page.expect(STOP, to)?;
    }
    page.run("list.controls = true")?;
    page.expect_that("control('author') && part('toggle', cards()[4])")?;
    page.run("part('toggle', cards()[4]).focus()")?;
    page.press_with(CONTROL, HOME)?;
    page.expect(STOP, "author")
}

fn a_card_with_the_focus_stays_wherever_one_scrolls(page: &Page) -> Result<()> {
    for layout in ["grid", "stack"] {
        open(page, 500, &format!("layout='{layout}'"))?;
        page.run("part('toggle', cards()[4]).focus({ preventScroll: true })")?;
        page.run("scrollTo(0, document.documentElement.scrollHeight)")?;
        page.expect_that("find('[aria-posinset=\"500\"]', list)")?;
        page.is(STOP, "5 toggle")?;
        page.press(TAB)?;
        page.is(STOP, "6 title")?;
    }
    Ok(())
}

fn a_card_without_a_link_can_be_come_to(page: &Page) -> Result<()> {
    page.site().put("/bare.json", r#"[{ "title": "A" }, { "title": "B", "url": "/b" }, { "title": "C" }]"#);
    page.open("<review-list src='/bare.json'></review-list><p><a id='after' href='#'>After</a></p>")?;
    page.expect("cards().length", 3)?;
    let stops = walk(page, "after", 9)?;
    ensure!(stops == ["1 card", "2 title", "3 card", "after"], "found {stops:?}");
    Ok(())
}

/// From the search to a card, into it, out of it and back, without a pointer.
fn a_walk_by_keyboard_through_controls_and_a_card_and_back(page: &Page) -> Result<()> {
    open(page, 30, "controls")?;
    page.press(TAB)?;
    page.is(STOP, "search")?;
    for key in "late".chars() {
        page.press(key)?;
    }
    page.expect("text(part('count', list).firstChild)", "4 of 30 reviews")?;
    let stops = walk(page, "1 toggle", 12)?;
    ensure!(stops.last().is_some_and(|stop| stop == "1 toggle"), "found {stops:?}");
    page.press(ENTER)?;
    page.expect_that("part('body', cards()[0])")?;
    page.expect(STOP, "1 toggle")?;
    page.press(PAGE_DOWN)?;
    page.expect(STOP, "2 card")?;
    page.press(PAGE_UP)?;
    page.expect(STOP, "1 card")?;
    page.press(TAB)?;
    page.press(TAB)?;
    page.expect(STOP, "1 toggle")?;
    page.press(ENTER)?;
    page.expect("part('body', cards()[0])", json!(null))?;
    page.expect(STOP, "1 toggle")
}

/// Else Tab would begin at the top of the page.
fn a_button_that_goes_hands_the_focus_on(page: &Page) -> Result<()> {
    let press = |name: &str| {
        page.expect_that(&format!("find('button[name={name}]', list)"))?;
        page.run(&format!("find('button[name={name}]', list).focus()"))?;
        page.press(ENTER)
    };
    open(page, 40, "controls filter='rating<4 rating>1'")?;
    press("remove")?;
    page.expect("[list.filter, text(focused())]", json!(["rating>1", "rating>1"]))?;
    press("remove")?;
    page.expect("list.filter", "")?;
    page.expect(STOP, "search")?;

    put(page, "/many.json", 40);
    page.open("<review-list src='/many.json' search='zebra'></review-list>")?;
    press("clear")?;
    page.expect(STOP, "1 card")?;

    page.site().put("/1.json", json!({ "reviews": reviews(0..5), "nextUrl": "/gone/2.json" }).to_string());
    page.open("<review-list src='/1.json'></review-list>")?;
    page.expect_that("find('button[name=retry]', list)")?;
    page.expect_console("status")?;
    page.expect_from_browser("404")?;
    page.site().put("/gone/2.json", json!({ "reviews": reviews(5..7) }).to_string());
    press("retry")?;
    page.expect("cards().length", 7)?;
    page.expect(STOP, "5 card")?;
    page.press(PAGE_DOWN)?;
    page.expect(STOP, "6 card")
}

fn a_list_is_busy_only_while_something_comes(page: &Page) -> Result<()> {
    page.site().put("/1.json", json!({ "reviews": reviews(0..60), "nextUrl": "/fault/drip" }).to_string());
    page.open("<review-list src='/1.json'></review-list>")?;
    page.expect_that("cards().length")?;
    page.expect("find('[role=feed]', list).ariaBusy", "false")?;
    page.is("cards()[0].ariaSetSize", "-1")?;
    page.run("scrollTo(0, document.documentElement.scrollHeight)")?;
    page.expect("find('[role=feed]', list).ariaBusy", "true")
}

fn the_tree_is_a_feed_of_articles(page: &Page) -> Result<()> {
    page.site().put(
        "/1.json",
        json!({ "title": "The Shelf", "reviews": reviews(0..80), "nextUrl": "/2.json" }).to_string(),
    );
    page.site().put("/2.json", json!({ "reviews": reviews(80..100) }).to_string());
    let open_files = |attributes: &str, total: &str| -> Result<()> {
        page.open(&format!("<review-list src='/1.json' {attributes}></review-list>"))?;
        page.expect_that("cards().length")?;
        page.expect("[cards()[0].ariaSetSize, find('[role=feed]', list).ariaBusy]", json!([total, "false"]))
    };
    // First the list waits for a visitor to come to the second file; with controls it downloads all files.
    let lists = [("", "-1"), ("controls summary", "100")];
    // In every browser, before the tree is asked for.
    for (attributes, total) in lists {
        open_files(attributes, total)?;
    }
    for (attributes, total) in lists {
        open_files(attributes, total)?;
        let tree = page.accessibility_tree()?;
        let feed = tree.iter().find(|node| node["role"]["value"] == "feed");
        let busy = |property: &&Value| property["name"] == "busy" && property["value"]["value"] == true;
        let properties = feed.and_then(|feed| feed["properties"].as_array()).into_iter().flatten();
        ensure!(feed.is_some() && properties.filter(busy).count() == 0, "found {feed:?}");
        ensure!(tree.iter().filter(|node| node["role"]["value"] == "article").count() > 5, "found {tree:?}");
    }
    open(page, 40, "controls summary")?;
    let tree = page.accessibility_tree()?;
    let nodes =
        |role: &str| -> Vec<&Value> { tree.iter().filter(|node| node["role"]["value"] == role).collect() };
    let names = |role: &str| -> Vec<String> {
        nodes(role).iter().map(|node| node["name"]["value"].as_str().unwrap_or_default().to_owned()).collect()
    };
    ensure!(names("feed") == ["The Shelf"], "found {:?}", names("feed"));
    ensure!(names("search") == ["Find a review"], "found {:?}", names("search"));
    ensure!(names("searchbox") == ["Search"], "found {:?}", names("searchbox"));
    ensure!(
        names("combobox") == ["Order", "Rating", "Section", "Topic", "Author"],
        "found {:?}",
        names("combobox")
    );
    let articles = names("article");
    ensure!(articles.len() > 5 && articles[0] == "The quiet hour, No. 0", "found {articles:?}");
    ensure!(names("image").iter().any(|name| name == "4 out of 5: 8 reviews"), "found {:?}", names("image"));
    let headings = names("heading");
    ensure!(headings.iter().any(|name| name == "The long hour, No. 1"), "found {headings:?}");
    Ok(())
}

fn a_list_has_no_violation(page: &Page) -> Result<()> {
    open(page, 60, "")?;
    axe::check(page)?;
    page.run("list.variant = 'compact'; list.layout = 'stack'")?;
    page.rest(100);
    axe::check(page)
}

fn what_is_open_or_on_its_way_has_no_violation(page: &Page) -> Result<()> {
    let first = json!({ "reviews": reviews(0..6), "nextUrl": "/after/let-go/2.json" });
    page.site().put("/1.json", first.to_string());
    page.site().put("/2.json", json!({ "reviews": reviews(6..8) }).to_string());
    page.open("<review-list src='/1.json' variant='compact' theme='dark' summary></review-list>")?;
    page.expect("cards().length", 6)?;
    page.click("part('toggle', cards()[1])")?;
    page.expect_that("part('body', cards()[1])")?;
    page.expect_that("/more/i.test(text(find('.review-list__end', list)))")?;
    axe::check(page)?;
    page.site().put("/let-go", "");
    page.run("fetch('/let-go')")?;
    page.expect("cards().length", 8)
}

fn a_list_with_everything_has_no_violation(page: &Page) -> Result<()> {
    page.site().put(
        "/full.json",
        json!({ "title": "The Shelf", "aggregateRating": { "rating": "4.2", "count": 3120 }, "reviews": reviews(0..40) })
            .to_string(),
    );
    page.open("<review-list src='/full.json' controls summary filter='rating<5'></review-list>")?;
    page.expect_that("find('button[name=remove]', list)")?;
    page.expect_that("find('.review-list__given', list)")?;
    page.is("text(find('.review-list__given', list))", "4.2 out of 5 on average · 3,120 ratings")?;
    page.click("part('toggle', cards()[1])")?;
    page.expect_that("part('body', cards()[1])")?;
    axe::check(page)
}

fn a_search_with_hits_and_without_has_no_violation(page: &Page) -> Result<()> {
    open(page, 40, "controls")?;
    enter(page, "search", "late")?;
    page.expect_that("find('mark', list)")?;
    page.rest(1000);
    axe::check(page)?;
    enter(page, "search", "zebra")?;
    page.expect_that("part('nothing', list)")?;
    axe::check(page)
}

fn dark_and_narrow_and_arabic_have_no_violation(page: &Page) -> Result<()> {
    page.viewport(320, 800, 1)?;
    put(page, "/many.json", 30);
    page.open("<div lang='ar' dir='rtl'><review-list theme='dark' src='/many.json' controls summary search='late'></review-list></div>")?;
    page.expect_that("find('mark', list)")?;
    axe::check(page)?;
    page.is("document.documentElement.scrollWidth <= innerWidth", true)
}

fn none_and_failed_have_no_violation(page: &Page) -> Result<()> {
    page.site().put("/1.json", json!({ "reviews": reviews(0..2), "nextUrl": "/gone.json" }).to_string());
    page.site().put("/none.json", r#"{ "title": "The Shelf", "reviews": [] }"#);
    page.open(
        "<review-list src='/1.json'></review-list><review-list id='none' src='/none.json' controls></review-list>
        <review-list id='failed' src='/gone.json'></review-list>",
    )?;
    page.expect_that("find('[role=alert]', list)")?;
    page.expect("part('error', byId('failed')) != null && byId('none').shadowRoot.querySelector('.review-list') != null", true)?;
    for _ in 0..2 {
        page.expect_console("status")?;
        page.expect_from_browser("404")?;
    }
    axe::check(page)
}

//! What a reader asks of a list: search, order, filters, and the page's address.

use anyhow::{Result, ensure};
use serde_json::json;

use super::{cases, enter, open, put, review, reviews};
use crate::page::{BACKSPACE, Page};

cases![
    a_filter_without_end_costs_no_more_than_its_first_terms,
    a_search_finds_words_whatever_their_case_and_accents,
    what_is_found_is_marked,
    typing_keeps_the_focus_and_the_cursor,
    orders_are_those_of_the_attribute,
    filters_are_chosen_and_removed,
    nothing_found_says_how_to_find_more,
    the_count_is_said_once_the_reader_pauses,
    while_files_come_the_count_is_said_twice_at_most,
    a_search_in_20_000_reviews,
    an_answer_in_what_came_at_once_gives_way_to_others,
    typing_in_20_000_reviews_draws_a_row_in_a_task_and_lays_it_out_in_another,
    the_pages_address_says_what_is_asked,
    a_link_can_be_shared,
    back_and_forward_work,
    after_a_new_start_the_address_still_knows_what_is_the_authors,
    showing_all_is_one_step_back,
    two_lists_have_names_of_their_own,
    without_sync_the_address_stays,
];

const TITLES: &str = "cards().map((each) => text(part('title', each)))";

fn a_search_finds_words_whatever_their_case_and_accents(page: &Page) -> Result<()> {
    open(page, 21, "controls")?;
    enter(page, "search", "ASA no 2")?;
    // Åsa Lindqvist wrote every third; No. 2 and No. 20 begin so.
    page.expect(TITLES, json!([review(2)["title"], review(20)["title"]]))?;
    page.is("list.search", "ASA no 2")?;
    enter(page, "search", "haddock")?;
    page.expect("text(part('count', list).firstChild)", "21 of 21 reviews")?;
    enter(page, "search", "")?;
    page.expect("text(part('count', list).firstChild)", "21 reviews")
}

fn what_is_found_is_marked(page: &Page) -> Result<()> {
    open(page, 14, "controls")?;
    enter(page, "search", "quiet review")?;
    page.expect("cards().length", 0)?;
    enter(page, "search", "qui hour")?;
    page.expect("cards().length", 2)?;
    page.is("[...part('title', cards()[0]).querySelectorAll('mark')].map(text)", json!(["qui", "hour"]))?;
    // The card's own words are nobody's hit.
    enter(page, "search", "read")?;
    page.expect("cards().length", 0)?;
    enter(page, "search", "")?;
    page.expect("cards().length", 14)?;
    page.is("all('mark', list).length", 0)
}

fn typing_keeps_the_focus_and_the_cursor(page: &Page) -> Result<()> {
    open(page, 50, "controls")?;
    page.click("control('search')")?;
    for key in "late".chars() {
        page.press(key)?;
    }
    page.expect("text(part('count', list).firstChild)", "7 of 50 reviews")?;
    page.is(
        "[focused() == control('search'), control('search').value, control('search').selectionStart]",
        json!([true, "late", 4]),
    )
}

fn orders_are_those_of_the_attribute(page: &Page) -> Result<()> {
    open(page, 12, "controls")?;
    page.is(
        "[...control('sort').options].map((each) => each.value)",
        json!(["", "-date", "date", "-rating", "rating", "title", "-title"]),
    )?;
    enter(page, "sort", "-rating")?;
    page.expect("text(part('rating', cards()[0]))", "10/10")?;
    page.is("list.sort", "-rating")?;
    page.run("list.sort = 'title'")?;
    page.expect("control('sort').value", "title")?;
    page.expect(&format!("{TITLES}[0].startsWith('The bright')"), true)?;
    enter(page, "sort", "")?;
    page.expect(&format!("{TITLES}[0]"), review(0)["title"].clone())
}

fn filters_are_chosen_and_removed(page: &Page) -> Result<()> {
    open(page, 40, "controls filter='rating<3 tag:all'")?;
    page.expect("control('tag').value", "tag:all")?;
    page.is("text(find('button[name=remove]', list))", "rating<3")?;
    enter(page, "section", "section:Film")?;
    page.expect("list.filter", "rating<3 tag:all section:Film")?;
    page.expect("cards().every((each) => text(part('section', each)) == 'Film')", true)?;
    page.click("find('button[name=remove]', list)")?;
    page.expect("list.filter", "tag:all section:Film")?;
    page.is("find('button[name=remove]', list)", json!(null))?;
    enter(page, "rating", "rating>=4")?;
    page.expect("text(part('count', list).firstChild)", "4 of 40 reviews")?;
    enter(page, "author", "author:\"Ada Loring\"")?;
    enter(page, "tag", "")?;
    page.expect("list.filter", "section:Film rating>=4 author:\"Ada Loring\"")?;
    page.is(
        "[...control('author').options].map((each) => each.text)",
        json!(["All authors", "Ada Loring (14)", "Åsa Lindqvist (13)", "Tobias Wren (13)"]),
    )
}

fn nothing_found_says_how_to_find_more(page: &Page) -> Result<()> {
    open(page, 9, "controls filter='section:Film'")?;
    enter(page, "search", "zebra")?;
    page.expect(
        "text(part('nothing', list))",
        "No review matches.Try fewer words, or fewer filters.Show all reviews",
    )?;
    page.is("cards().length", 0)?;
    page.click("find('button[name=clear]', list)")?;
    page.expect("cards().length", 9)?;
    page.is(
        "[list.search, list.filter, control('search').value, focused() == control('search')]",
        json!(["", "", "", true]),
    )
}

fn the_count_is_said_once_the_reader_pauses(page: &Page) -> Result<()> {
    open(page, 30, "controls")?;
    page.rest(1200);
    page.is("text(find('[role=status]', list))", "")?;
    page.run(
        "globalThis.said_ = [];
        new MutationObserver(() => said_.push(text(find('[role=status]', list))))
          .observe(find('[role=status]', list), { childList: true, characterData: true, subtree: true });",
    )?;
    enter(page, "search", "l")?;
    enter(page, "search", "la")?;
    enter(page, "search", "late")?;
    page.expect("said_", json!(["4 of 30 reviews"]))
}

fn while_files_come_the_count_is_said_twice_at_most(page: &Page) -> Result<()> {
    let next = |file: usize| match file {
        1 => json!("/after/let-go/2.json"),
        8 => json!(null),
        _ => json!(format!("/slow/150/{}.json", file + 1)),
    };
    for file in 1..=8 {
        let reviews = reviews((file - 1) * 40..file * 40);
        page.site()
            .put(&format!("/{file}.json"), json!({ "reviews": reviews, "nextUrl": next(file) }).to_string());
    }
    page.open("<review-list src='/1.json' controls></review-list>")?;
    page.expect_that("cards().length")?;
    page.run(
        "globalThis.said_ = [];
        const look = () => {
          const now = text(find('[role=status]', list));
          if (now && now != said_.at(-1)) said_.push(now);
          requestAnimationFrame(look);
        };
        look();",
    )?;
    enter(page, "search", "late")?;
    page.expect("said_", json!(["6 of 40 reviews so far"]))?;
    page.run("fetch('/let-go')")?;
    page.expect("text(part('count', list).firstChild)", "46 of 320 reviews")?;
    page.rest(1000);
    page.is("said_", json!(["6 of 40 reviews so far", "46 of 320 reviews"]))?;
    page.expect_from_browser("404")
}

fn a_search_in_20_000_reviews(page: &Page) -> Result<()> {
    open(page, 20_000, "controls")?;
    enter(page, "search", "19999")?;
    page.expect(TITLES, json!([review(19_999)["title"]]))?;
    enter(page, "search", "of 12345 haddock")?;
    page.expect(TITLES, json!([review(12_345)["title"]]))?;
    page.is("text(part('count', list).firstChild)", "1 of 20,000 reviews")
}

/// A feed comes out of the reader in one piece. Turns for others are counted from then on, until the list is shown.
fn an_answer_in_what_came_at_once_gives_way_to_others(page: &Page) -> Result<()> {
    page.open(
        "<script>
          globalThis.turns_ = [];
          const post = globalThis.scheduler?.postTask;
          if (post) scheduler.postTask = (...task) => (turns_.push(performance.now()), post.apply(scheduler, task));
        </script>
        <review-list search='12345'></review-list>",
    )?;
    page.run(
        "const items = Array.from({ length: 20000 }, (_, at) => ({
          id: `r${at}`, title: `Review ${at}`, content_text: 'All that is said of it at some length. '.repeat(5),
        }));
        list.data = { version: 'https://jsonfeed.org/version/1.1', title: 'A feed', items };",
    )?;
    page.expect_patiently(TITLES, json!(["Review 12345"]))?;
    // Without it, the pauses are messages, which this test does not count.
    ensure!(page.get("!!globalThis.scheduler?.postTask")? == true, "no scheduler.postTask");
    page.is(
        "(() => {
          const reader = performance.getEntriesByType('resource').find(({ name }) => name.includes('reader.wasm'));
          return turns_.filter((at) => at > reader.responseEnd).length > 0;
        })()",
        true,
    )
}

/// What makes its tasks short; how long they are is for the bench.
fn typing_in_20_000_reviews_draws_a_row_in_a_task_and_lays_it_out_in_another(page: &Page) -> Result<()> {
    open(page, 20_000, "controls")?;
    page.run(
        "globalThis.drawings = [];
        const cardsOf = (node) => [node, ...(node.querySelectorAll?.('*') ?? [])].filter((each) => each.ariaPosInSet);
        new MutationObserver((records) => {
          const added = records.flatMap(({ addedNodes }) => [...addedNodes]).flatMap(cardsOf);
          if (added.length) drawings.push(new Set(added).size);
        }).observe(list.shadowRoot, { childList: true, subtree: true });

        globalThis.laidOutTooEarly = [];
        const known = new WeakSet();
        const learn = () => cards().forEach((each) => known.add(each));
        let isInFrame = false;
        const frame = () => {
          isInFrame = true;
          setTimeout(() => {
            learn();
            isInFrame = false;
          });
          requestAnimationFrame(frame);
        };
        frame();
        const { getBoundingClientRect } = Element.prototype;
        Element.prototype.getBoundingClientRect = function () {
          if (!isInFrame && cards().some((each) => !known.has(each))) laidOutTooEarly.push(new Error().stack);
          return getBoundingClientRect.call(this);
        };
        control('search').focus({ preventScroll: true });",
    )?;
    for key in "19999 haddock".chars() {
        page.press(key)?;
        page.rest(90);
    }
    page.expect_patiently(TITLES, json!([review(19_999)["title"]]))?;
    page.expect_patiently("text(part('count', list).firstChild)", "1 of 20,000 reviews")?;
    page.is("control('search').value", "19999 haddock")?;
    for _ in 0..13 {
        page.press(BACKSPACE)?;
    }
    page.expect_patiently("text(part('count', list).firstChild)", "20,000 reviews")?;
    page.expect_that("cards().length > 10")?;
    let columns = "getComputedStyle(find('.review-list__items', list)).gridTemplateColumns.split(' ').length";
    page.expect_that("drawings.length > 3")?;
    page.is(&format!("drawings.filter((rows) => rows > {columns})"), json!([]))?;
    // A key that comes between a drawing and its frame asks where the list starts.
    page.is("laidOutTooEarly.filter((stack) => !stack.includes('toStart'))", json!([]))
}

fn the_pages_address_says_what_is_asked(page: &Page) -> Result<()> {
    open(page, 20, "controls sync sort='title'")?;
    page.is("location.search", "")?;
    enter(page, "search", "late & lost")?;
    page.expect("new URLSearchParams(location.search).get('q')", "late & lost")?;
    enter(page, "sort", "")?;
    page.expect("new URLSearchParams(location.search).get('sort')", "")?;
    enter(page, "sort", "title")?;
    page.expect("new URLSearchParams(location.search).get('sort')", json!(null))?;
    enter(page, "search", "")?;
    page.expect("location.search", "")
}

fn a_link_can_be_shared(page: &Page) -> Result<()> {
    put(page, "/many.json", 20);
    page.open("")?;
    page.site().put(
        "/shared",
        "<!doctype html><title>A blog</title><script src='/pages/record.js'></script>
        <script type='module' src='/review-card/review-card.js'></script>
        <review-list src='/many.json' controls sync></review-list>",
    );
    page.visit("/shared?page=2&q=late&sort=-title&filter=section%3AFilm")?;
    page.expect("cards().length", 2)?;
    page.is("[list.search, list.sort, list.filter]", json!(["late", "-title", "section:Film"]))?;
    page.expect(
        "[control('search').value, control('sort').value, control('section').value]",
        json!(["late", "-title", "section:Film"]),
    )?;
    enter(page, "search", "")?;
    page.expect("location.search", "?page=2&sort=-title&filter=section%3AFilm")
}

fn back_and_forward_work(page: &Page) -> Result<()> {
    open(page, 20, "controls sync")?;
    // A browser passes over steps of a page that nobody has touched.
    page.click("control('search')")?;
    enter(page, "search", "la")?;
    page.expect("location.search", "?q=la")?;
    enter(page, "search", "late")?;
    page.expect("location.search", "?q=late")?;
    page.click("control('search')")?;
    enter(page, "section", "section:Film")?;
    page.expect("location.search", "?q=late&filter=section%3AFilm")?;
    page.run("history.back()")?;
    page.expect("[list.search, list.filter, control('section').value]", json!(["late", "", ""]))?;
    page.expect("text(part('count', list).firstChild)", "3 of 20 reviews")?;
    // What was typed letter by letter is one step.
    page.run("history.back()")?;
    page.expect("[location.search, list.search, control('search').value]", json!(["", "", ""]))?;
    page.run("history.forward()")?;
    page.expect("[list.search, control('search').value]", json!(["late", "late"]))
}

fn after_a_new_start_the_address_still_knows_what_is_the_authors(page: &Page) -> Result<()> {
    open(page, 20, "controls sync")?;
    page.click("control('search')")?;
    enter(page, "search", "late")?;
    page.expect("location.search", "?q=late")?;
    for (loads, start) in [
        (2, "list.reload()"),
        (3, "const at = list.parentNode; list.remove(); setTimeout(() => at.prepend(list), 50)"),
    ] {
        page.run(start)?;
        page.expect("events('list-load').length", loads)?;
        page.expect("text(part('count', list).firstChild)", "3 of 20 reviews")?;
        enter(page, "search", "lat")?;
        page.expect("location.search", "?q=lat")?;
        enter(page, "search", "late")?;
        page.expect("location.search", "?q=late")?;
    }
    // So many steps as there was time between the letters.
    for _ in 0..6 {
        if page.get("location.search")? == "" {
            break;
        }
        page.run("history.back()")?;
        page.rest(200);
    }
    page.is("location.search", "")?;
    page.expect("[list.search, control('search').value]", json!(["", ""]))?;
    // What the author sets, also while the list is away, is the author's.
    page.run("const at = list.parentNode; list.remove(); setTimeout(() => { list.sort = 'title'; at.prepend(list); }, 50)")?;
    page.expect("events('list-load').length", 4)?;
    page.run("list.filter = 'section:Film'")?;
    enter(page, "search", "late")?;
    page.expect("location.search", "?q=late")?;
    page.run("history.back()")?;
    page.expect(
        "[location.search, list.search, list.sort, list.filter]",
        json!(["", "", "title", "section:Film"]),
    )
}

fn showing_all_is_one_step_back(page: &Page) -> Result<()> {
    open(page, 20, "controls sync")?;
    page.click("control('search')")?;
    enter(page, "section", "section:Film")?;
    page.expect("location.search", "?filter=section%3AFilm")?;
    enter(page, "search", "zebra")?;
    page.expect_that("find('button[name=clear]', list)")?;
    page.click("find('button[name=clear]', list)")?;
    page.expect("location.search", "")?;
    page.run("history.back()")?;
    page.expect(
        "[location.search, list.search, list.filter]",
        json!(["?filter=section%3AFilm&q=zebra", "zebra", "section:Film"]),
    )
}

fn two_lists_have_names_of_their_own(page: &Page) -> Result<()> {
    put(page, "/many.json", 10);
    page.open(
        "<review-list id='films' src='/many.json' sync></review-list><review-list id='books' src='/many.json' sync></review-list>",
    )?;
    page.expect("events('list-load').length", 2)?;
    page.run("history.pushState(null, '', '?films.q=late&books.sort=-title'); dispatchEvent(new PopStateEvent('popstate'))")?;
    page.expect(
        "[byId('films').search, byId('films').sort, byId('books').search, byId('books').sort]",
        json!(["late", "", "", "-title"]),
    )?;
    page.run("list.controls = true")?;
    page.expect_that("control('search')")?;
    enter(page, "search", "long")?;
    page.expect("location.search", "?films.q=long&books.sort=-title")?;
    page.is("[byId('books').search, byId('books').sort]", json!(["", "-title"]))
}

fn without_sync_the_address_stays(page: &Page) -> Result<()> {
    open(page, 20, "controls")?;
    enter(page, "search", "late")?;
    page.expect("list.search", "late")?;
    page.is("location.search", "")
}

fn a_filter_without_end_costs_no_more_than_its_first_terms(page: &Page) -> Result<()> {
    put(page, "/many.json", 5000);
    page.open("")?;
    page.run(
        "const filter = Array.from({ length: 5000 }, (_, at) => `tag:${at < 32 ? 'all' : 'none'}`).join(' ');
        history.replaceState(null, '', `?filter=${encodeURIComponent(filter)}`);
        write(`<review-list src='/many.json' controls sync></review-list>`)",
    )?;
    page.expect_patiently("text(part('count', list)?.firstChild)", "5,000 of 5,000 reviews")?;
    // Once for the address, once for the filter that is shown.
    page.expect_console("expected at most 32 terms")?;
    page.expect_console("expected at most 32 terms")
}

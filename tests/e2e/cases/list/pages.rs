//! Static pages of a list, as `review-card render --list` writes them: without scripts, and taken over by the element.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::{cases, put, review, reviews};
use crate::axe;
use crate::page::{ENTER, Page, TAB};

cases![
    every_page_works_without_scripts,
    the_pages_have_no_violation,
    the_element_takes_the_first_page_over,
    what_is_open_and_where_the_focus_is_stays,
    a_reader_far_down_a_long_page_stays_there,
    the_other_pages_stand_as_they_came,
    the_first_page_comes_back_when_the_collection_does_not,
    without_shadow_roots_the_reviews_are_links,
];

const SCRIPT: &str = r#"<script type="module" src="/review-card/review-card.js"></script></head>"#;
/// The list's root, in a shadow root or not.
const ROOT: &str = "const root = list?.shadowRoot ?? document; const at = (selector) => [...root.querySelectorAll(selector)];";

/// Writes so many reviews as pages, and puts them on the site under `/archive/`. Returns them by their names.
fn write(page: &Page, count: usize, options: &[&str]) -> Result<BTreeMap<String, String>> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let input = folder.path().join("many.json");
    let collection = json!({ "title": "The Shelf", "reviews": reviews(0..count) });
    std::fs::write(&input, collection.to_string())?;
    let out = folder.path().join("out");
    let mut command = Command::new(env!("CARGO_BIN_EXE_review-card"));
    command.args(["render", "--list", "--page", "--out"]).arg(&out).args(options).arg(&input);
    let output = command.output().context("running review-card")?;
    let reported = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "render {options:?} ended with {}: {reported}", output.status);
    let mut pages = BTreeMap::new();
    for entry in std::fs::read_dir(&out)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let html = std::fs::read_to_string(entry.path())?;
        page.site().put(&format!("/archive/{name}"), html.as_str());
        pages.insert(name, html);
    }
    Ok(pages)
}

/// Opens one of them with the project's script in it, and what records a page.
fn visit_with_script(page: &Page, pages: &BTreeMap<String, String>, name: &str) -> Result<()> {
    let html = pages.get(name).with_context(|| format!("expected {name}, found {:?}", pages.keys()))?;
    let head = format!("<script src=\"/pages/record.js\"></script>{SCRIPT}");
    page.site().put(&format!("/archive/{name}"), html.replacen("</head>", &head, 1));
    page.visit(&format!("/archive/{name}"))
}

fn every_page_works_without_scripts(page: &Page) -> Result<()> {
    page.scripts(false)?;
    page.open_document("", "<p id='probe'>off</p><script>probe.textContent = 'on'</script>")?;
    page.is("text(byId('probe'))", "off")?;
    for form in [&[][..], &["--light"], &["--layout", "stack"]] {
        let pages = write(page, 7, &[&["--per-page", "3"], form].concat())?;
        let names = ["index.html", "page-2.html", "page-3.html"];
        ensure!(pages.keys().eq(&names), "expected {names:?}, found {:?}", pages.keys());
        page.visit("/archive/index.html")?;
        for (number, first) in [0, 3, 6].into_iter().enumerate() {
            let titles: Vec<_> = (first..7.min(first + 3)).map(|at| review(at)["title"].clone()).collect();
            page.expect(
                &format!("(() => {{ {ROOT} return at('.review-card__title').filter(seen).map(text); }})()"),
                json!(titles),
            )?;
            // By keyboard alone: a body, then the page that follows.
            come_to(page, "summary")?;
            page.press(ENTER)?;
            let body = format!("(() => {{ {ROOT} return seen(at('.review-card__body')[0]); }})()");
            page.expect(&body, true)?;
            if number < 2 {
                come_to(page, "a[rel=next]")?;
                page.press(ENTER)?;
                page.expect("location.pathname", format!("/archive/page-{}.html", number + 2))?;
            }
        }
        come_to(page, "a[rel=prev]")?;
        page.press(ENTER)?;
        page.expect("location.pathname", "/archive/page-2.html")?;
        come_to(page, "a[rel=prev]")?;
        page.press(ENTER)?;
        page.expect("location.pathname", "/archive/index.html")?;
    }
    Ok(())
}

/// Goes on by the keyboard until the focus is on such an element.
fn come_to(page: &Page, selector: &str) -> Result<()> {
    for _ in 0..30 {
        page.press(TAB)?;
        if page.get(&format!("focused().matches('{selector}')"))? == true {
            return Ok(());
        }
    }
    anyhow::bail!(
        "expected to come to {selector} by the keyboard, found {}",
        page.get("focused().outerHTML")?
    )
}

fn the_pages_have_no_violation(page: &Page) -> Result<()> {
    for form in [&[][..], &["--light", "--layout", "stack"]] {
        for name in write(page, 7, &[&["--per-page", "4"], form].concat())?.keys() {
            page.visit(&format!("/archive/{name}"))?;
            axe::check(page)?;
            page.run(&format!("{ROOT} for (const each of at('details')) each.open = true;"))?;
            axe::check(page)?;
        }
    }
    Ok(())
}

fn the_element_takes_the_first_page_over(page: &Page) -> Result<()> {
    put(page, "/many.json", 60);
    let pages = write(page, 60, &["--src", "/slow/400/many.json"])?;
    visit_with_script(page, &pages, "index.html")?;
    page.run(
        "globalThis.seen_ = new Set();
        const look = () => {
          seen_.add(all('.review-list', list).length);
          requestAnimationFrame(look);
        };
        look();
        globalThis.since_ = performance.now(); // What moved before is the browser's, which paints a page while it comes.
        globalThis.tops_ = all('.review-list__item', list).slice(0, 6).map((each) => each.getBoundingClientRect().top);",
    )?;
    page.is("cards().length", 0)?;
    page.expect("heard.filter((event) => event.name == 'list-load').length", 1)?;
    page.expect("cards().length >= 6", true)?;
    page.rest(300);
    page.is("[...seen_]", json!([1]))?;
    page.is("shifts.filter(({ value, startTime }) => value > 0 && startTime > since_)", json!([]))?;
    page.is(
        "cards().slice(0, 6).every((each, at) => Math.abs(each.getBoundingClientRect().top - tops_[at]) < 0.5)",
        true,
    )?;
    page.is("all('style', list).length", 0)?;
    page.run("scrollTo(0, document.documentElement.scrollHeight)")?;
    page.expect_that("find('[aria-posinset=\"60\"]', list)")
}

fn what_is_open_and_where_the_focus_is_stays(page: &Page) -> Result<()> {
    put(page, "/many.json", 30);
    let pages = write(page, 30, &["--src", "/slow/900/many.json"])?;
    visit_with_script(page, &pages, "index.html")?;
    page.run(
        "const toggle = all('.review-card__toggle', list)[1];
        toggle.focus();
        toggle.click();",
    )?;
    page.is("cards().length", 0)?;
    page.expect_that("cards().length")?;
    page.expect("part('toggle', cards()[1]).parentNode.open", true)?;
    page.expect("text(part('body', cards()[1])).startsWith('Paragraph one of 1')", true)?;
    page.expect("focused() == part('toggle', cards()[1])", true)?;
    page.is("cards().filter((each) => find('details', list) && each.querySelector('details').open).length", 1)
}

fn a_reader_far_down_a_long_page_stays_there(page: &Page) -> Result<()> {
    put(page, "/many.json", 150);
    let pages = write(page, 150, &["--src", "/slow/900/many.json", "--per-page", "100"])?;
    visit_with_script(page, &pages, "index.html")?;
    page.run(
        "all('.review-list__item', list)[80].scrollIntoView();
        globalThis.top_ = all('.review-list__item', list)[81].getBoundingClientRect().top;",
    )?;
    page.is("cards().length", 0)?;
    page.expect("heard.filter((event) => event.name == 'list-load').length", 1)?;
    page.rest(300);
    // With some fonts, heights are fractions of a pixel, and Firefox scrolls by whole ones.
    page.is("Math.abs(find('[aria-posinset=\"82\"]', list).getBoundingClientRect().top - top_) < 2", true)?;
    page.is("list.shadowRoot.querySelectorAll('*').length < 3000", true)
}

fn the_other_pages_stand_as_they_came(page: &Page) -> Result<()> {
    put(page, "/many.json", 30);
    let pages = write(page, 30, &["--src", "/many.json"])?;
    visit_with_script(page, &pages, "page-2.html")?;
    page.expect_that("customElements.get('review-list')")?;
    page.rest(300);
    page.is("[cards().length, all('.review-list__item', list).length, heard.length]", json!([0, 6, 0]))?;
    page.requested("review-list.js", 0)?;
    page.requested("/many.json", 0)
}

fn the_first_page_comes_back_when_the_collection_does_not(page: &Page) -> Result<()> {
    let pages = write(page, 30, &["--src", "/fault/object"])?;
    visit_with_script(page, &pages, "index.html")?;
    page.expect("events('list-error').map((detail) => detail.kind)", json!(["no-review"]))?;
    page.is("all('.review-list__item', list).filter(seen).length", 24)?;
    page.is("[part('error', list), find('a[rel=next]', list) != null]", json!([null, true]))?;
    page.expect_console("no-review")
}

/// As a browser shows them that knows no declarative shadow roots.
fn without_shadow_roots_the_reviews_are_links(page: &Page) -> Result<()> {
    let pages = write(page, 5, &["--per-page", "3"])?;
    let html = pages.get("index.html").context("expected the first page, found none")?;
    page.site().put("/old.html", html.replace("shadowrootmode", "data-unknown"));
    page.visit("/old.html")?;
    page.is("[list.shadowRoot, [...list.querySelectorAll('li a')].filter(seen).length]", json!([null, 3]))?;
    page.is("seen(list.querySelector('a[rel=next]'))", true)
}

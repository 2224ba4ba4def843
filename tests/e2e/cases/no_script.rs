//! Static HTML where no script runs: all that is to be read is there, and the body opens.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use review_card::{Review, read};
use serde_json::{Value, json};

use super::cases;
use crate::corpora::seeds;
use crate::page::{ENTER, Page, TAB};
use crate::{axe, command};

cases![
    every_mode_is_complete_and_opens_by_mouse_and_keyboard,
    every_mode_has_no_violation,
    every_mode_covers_a_spoiler_until_it_is_opened,
    a_page_asks_for_its_pictures_and_no_more,
    sheets_have_the_hashes_that_are_told,
];

/// What the command can be asked for.
const MODES: [&[&str]; 8] = [
    &[],
    &["--stylesheet", "/review-card/review-card-shadow.css"],
    &["--light"],
    &["--light", "--stylesheet", "/review-card/review-card.css"],
    &["--page"],
    &["--page", "--stylesheet", "/review-card/review-card-shadow.css"],
    &["--page", "--light"],
    &["--page", "--light", "--stylesheet", "/review-card/review-card.css"],
];

/// The modes of the seeds: a shadow root and plain elements. The others differ only in what is around the card.
const FEW_MODES: [&[&str]; 2] = [&[], &["--light"]];

/// The parts of a static card by their classes, in a shadow root or not.
const NAMED: &str = "const within = card?.shadowRoot ?? document;
const named = (noun) => within.querySelector('.review-card__' + noun);";

/// A review with all parts, and the seeds, where they are.
fn files() -> Vec<PathBuf> {
    let mut files =
        vec![Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/e2e/data/full.json")];
    let names = ["seed-1.jsonld", "seed-2.jsonld", "seeds.feed.json", "seeds.wordpress.json"];
    files.extend(seeds().into_iter().flat_map(|seeds| names.map(|name| seeds.join(name))));
    files
}

/// Opens each review of each file as static HTML: the one with all parts in each mode, the seeds in two.
fn each(page: &Page, check: impl Fn(&Page, &Review) -> Result<()>) -> Result<()> {
    let base = format!("{}/data/", page.site().origin());
    let mut count = 0;
    for (at, file) in files().into_iter().enumerate() {
        let (collection, _) = read(&std::fs::read(&file)?, Some(&base))?;
        for &mode in if at == 0 { &MODES[..] } else { &FEW_MODES } {
            let pages = command::render(&file, &[mode, &["--base", &base]].concat())?;
            ensure!(
                pages.len() == collection.reviews.len(),
                "expected a page a review, found {}",
                pages.len()
            );
            for (html, review) in pages.iter().zip(&collection.reviews) {
                open(page, html, mode)?;
                let place = format!("{} {} {mode:?}", file.display(), review.id);
                check(page, review).map_err(|error| error.context(place))?;
                count += 1;
            }
        }
    }
    println!("{count} static pages");
    page.forgive() // The pictures of the seeds are not here.
}

/// A page as it is; a fragment in a post.
fn open(page: &Page, html: &str, mode: &[&str]) -> Result<()> {
    if mode.contains(&"--page") {
        page.site().put("/review", html);
        return page.visit("/review");
    }
    let is_bare = mode == ["--light"];
    let sheet = if is_bare { r#"<link rel="stylesheet" href="/review-card/review-card.css">"# } else { "" };
    page.open_document(sheet, &format!("<main><h1>A blog</h1>{html}</main>"))
}

fn every_mode_is_complete_and_opens_by_mouse_and_keyboard(page: &Page) -> Result<()> {
    page.scripts(false)?;
    page.open_document("", "<p id='probe'>off</p><script>probe.textContent = 'on'</script>")?;
    page.is("text(byId('probe'))", "off")?;
    each(page, |page, review| {
        let expect = |expression: &str, expected: Value| {
            page.expect(&format!("(() => {{ {NAMED} return {expression}; }})()"), expected)
        };
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        expect("[text(named('title')), seen(named('title'))]", json!([words(&review.title), true]))?;
        if let Some(verdict) = &review.verdict {
            expect("[text(named('verdict')), seen(named('verdict'))]", json!([words(verdict), true]))?;
        }
        for author in &review.authors {
            expect(
                &format!(
                    "seen(named('author')) && text(named('author')).includes({})",
                    json!(words(&author.name))
                ),
                json!(true),
            )?;
        }
        let related: Vec<_> = review.related.iter().filter_map(|entry| entry.url.as_ref()).collect();
        expect(
            "[...(named('related')?.querySelectorAll('a') ?? [])].filter(seen).map((link) => link.href)",
            json!(related),
        )?;
        let body = "named('body') && seen(named('body')) && text(named('body')).length > 100";
        expect(body, json!(false))?;
        let mut stops = 0;
        while page.get("!focused().matches('summary')")? == true {
            stops += 1;
            ensure!(stops < 20, "expected to come to the toggle by the keyboard, found {stops} other places");
            page.press(TAB)?;
        }
        page.press(ENTER)?;
        expect(body, json!(true))?;
        page.press(ENTER)?;
        expect(body, json!(false))?;
        page.click("(card?.shadowRoot ?? document).querySelector('.review-card__toggle')")?;
        expect(body, json!(true))
    })
}

fn every_mode_has_no_violation(page: &Page) -> Result<()> {
    each(page, |page, _| {
        axe::check(page)?;
        page.run("(card?.shadowRoot ?? document).querySelector('details').open = true")?;
        axe::check(page)
    })
}

fn every_mode_covers_a_spoiler_until_it_is_opened(page: &Page) -> Result<()> {
    page.scripts(false)?;
    page.media("prefers-reduced-motion", "reduce")?; // So that what is to be clicked stands still.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let file = folder.path().join("twist.json");
    for body in [
        json!({ "title": "Twist", "body": "Before.\n\n[spoiler]He was the sledge.[/spoiler]" }),
        json!({ "title": "Twist", "bodyHtml": "<p>Before: <span class='spoiler'>He was the sledge.</span></p>" }),
    ] {
        std::fs::write(&file, body.to_string())?;
        for mode in MODES {
            open(page, &command::render(&file, mode)?.concat(), mode)?;
            let expect = |expression: &str, expected: Value| {
                page.expect(&format!("(() => {{ {NAMED} return {expression}; }})()"), expected)
            };
            page.click("(card?.shadowRoot ?? document).querySelector('.review-card__toggle')")?;
            expect("[seen(named('body')), text(named('body')).includes('Before')]", json!([true, true]))?;
            let cover = "named('body').querySelector('details')";
            expect(&format!("{cover}.open"), json!(false))?;
            let height = |page: &Page| {
                let height = page.get(&format!("(() => {{ {NAMED} return {cover}.offsetHeight; }})()"))?;
                height.as_u64().context("expected a height")
            };
            let covered = height(page)?;
            page.click("(card?.shadowRoot ?? document).querySelector('.review-card__body summary')")?;
            expect(&format!("{cover}.open && {cover}.offsetHeight > {covered} + 10"), json!(true))?;
        }
    }
    Ok(())
}

/// What the command tells is all that a strict policy needs.
fn sheets_have_the_hashes_that_are_told(page: &Page) -> Result<()> {
    let file = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/e2e/data/full.json");
    let base = format!("{}/data/", page.site().origin());
    let set =
        "style((card?.shadowRoot ?? document).querySelector('.review-card__layout'), 'display') == 'grid'";
    for mode in [&[][..], &["--page"], &["--page", "--light"]] {
        let (pages, reported) = command::render_and_tell(&file, &[mode, &["--base", &base]].concat())?;
        let (_, hashes) =
            reported.trim_end().split_once("style-src ").context("expected hashes to be told")?;
        ensure!(hashes.split(' ').all(|hash| hash.starts_with("'sha256-")), "found {reported}");
        let others = "'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='";
        for (sources, is_set) in [(hashes, true), (others, false)] {
            let policy =
                format!("default-src 'none'; script-src 'self'; img-src 'self'; style-src {sources}");
            for html in &pages {
                let is_page = mode.contains(&"--page");
                let html = if is_page {
                    html.clone()
                } else {
                    format!("<!doctype html><title>A post</title>{html}")
                };
                page.site().put_with("/review", html, &[("content-security-policy", &policy)])?;
                page.visit("/review")?;
                page.is(set, is_set)?;
            }
        }
        page.forgive()?;
    }
    Ok(())
}

fn a_page_asks_for_its_pictures_and_no_more(page: &Page) -> Result<()> {
    let file = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/e2e/data/full.json");
    let base = format!("{}/data/", page.site().origin());
    for form in [&["--page"][..], &["--page", "--light"]] {
        let pages = command::render(&file, &[form, &["--base", &base]].concat())?;
        for html in &pages {
            page.site().put("/review", html.as_str());
            page.visit("/review")?;
            page.picture()?;
            let requests = page.site().requests();
            let foreign = requests.iter().filter(|path| {
                !["/images/", "/review", "/blank", "/favicon.ico"].iter().any(|own| path.starts_with(own))
            });
            let foreign: Vec<_> = foreign.collect();
            ensure!(foreign.is_empty(), "expected pictures alone, found {foreign:?}");
            page.requested("/images/600x900.svg", 1)?;
            page.site().forget();
        }
    }
    Ok(())
}

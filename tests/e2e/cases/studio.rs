//! The studio: writing by keyboard alone, what is taken away, files that are dropped, what is kept, and its page for everybody.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::cases;
use crate::page::{ENTER, Page, TAB};
use crate::{axe, command};

cases![
    a_review_written_by_keys_alone_is_the_static_card_that_is_taken_away,
    form_and_json_are_in_step_and_edits_can_be_undone,
    a_problem_stands_at_its_field,
    a_dropped_export_becomes_a_collection,
    a_draft_survives_a_reload_and_can_be_deleted,
    a_card_of_the_magazine_opens,
    every_pane_has_no_violation,
    nothing_is_asked_for_but_its_own_files,
];

const STUDIO: &str = "/review-card/studio/";
const RIGHT: char = '\u{E014}';
const END: char = '\u{E010}';
/// The most presses of Tab on the way to anything.
const MOST_TABS: usize = 120;

/// Opens the studio, with nothing kept.
fn open(page: &Page) -> Result<()> {
    page.visit(STUDIO)?;
    page.run("localStorage.clear()")?;
    page.visit(STUDIO)?;
    page.expect_that("document.querySelector('[name=title]')")
}

/// Leaves the studio, and what it has kept.
fn close(page: &Page) -> Result<()> {
    page.visit("/blank")?;
    page.run("localStorage.clear()")?;
    Ok(())
}

/// Presses Tab until the expression `is`, in which `it` has the focus, is true.
fn tab_to(page: &Page, is: &str) -> Result<()> {
    for _ in 0..MOST_TABS {
        if page.get(&format!("((it) => {is})(document.activeElement)"))?.as_bool() == Some(true) {
            return Ok(());
        }
        page.press(TAB)?;
    }
    anyhow::bail!("expected to reach {is} by Tab, found {}", page.get("document.activeElement.outerHTML")?)
}

fn write(page: &Page, name: &str, text: &str) -> Result<()> {
    tab_to(page, &format!("it.name == '{name}'"))?;
    text.chars().try_for_each(|key| page.press(key))
}

/// What the form that is chosen takes away.
fn taken(page: &Page, form: usize) -> Result<String> {
    page.run(&format!("document.querySelectorAll('[name=form]')[{form}].click()"))?;
    let text = "document.querySelector('.taken code').textContent";
    page.expect_that(&format!("document.querySelectorAll('[name=form]')[{form}].checked"))?;
    // It is made in a task of its own.
    page.rest(300);
    Ok(page.get(text)?.as_str().context("expected the text that is taken away")?.to_owned())
}

/// The JSON of the draft, as the other view shows it.
const JSON: &str = "JSON.parse(localStorage.getItem('review-card-studio')).draft.entries[0].review";

fn a_review_written_by_keys_alone_is_the_static_card_that_is_taken_away(page: &Page) -> Result<()> {
    open(page)?;
    write(page, "title", "Rust & Bone")?;
    write(page, "verdict", "Bruised, and tender.")?;
    tab_to(page, "it.type == 'range'")?;
    (0..9).try_for_each(|_| page.press(RIGHT))?;
    write(page, "work.name", "De rouille et d'os")?;
    write(page, "pros[0]", "The sea")?;
    page.press(ENTER)?;
    page.expect("document.activeElement.name", "pros[1]")?;
    write(page, "pros[1]", "Two faces")?;
    write(page, "body", "It begins *badly*, on a train.")?;
    page.expect(&format!("{JSON}.rating"), 4.5)?;
    page.expect(&format!("{JSON}.pros.join()"), "The sea,Two faces")?;

    tab_to(page, "it.role == 'tab'")?;
    page.press(END)?;
    page.expect_that("document.querySelector('.taken code')?.textContent.includes('</review-card>')")?;
    let json = page.get(&format!("JSON.stringify({JSON})"))?;
    let json = json.as_str().context("expected the review")?.to_owned();
    let file = tempfile::NamedTempFile::with_suffix(".json")?;
    std::fs::write(file.path(), &json)?;
    let mut fragments = Vec::new();
    for (form, options) in [(0, &["--light"][..]), (1, &[])] {
        let (written, shown) = (command::render(file.path(), options)?.concat(), taken(page, form)?);
        ensure!(shown == written, "expected the bytes of render {options:?}:\n{written}\nfound\n{shown}");
        fragments.push(shown);
    }

    page.scripts(false)?;
    page.open_document("", &format!("<main><h1>A blog</h1>{}</main>", fragments.concat()))?;
    let words = "(root) => [...root.querySelectorAll('.review-card__title, .review-card__verdict, .review-card__body')].map(text).join(' | ')";
    let expected = "Rust & Bone | Bruised, and tender. | It begins badly, on a train.";
    let light = page.get(&format!("({words})(document)"))?;
    let shadow = page.get(&format!("({words})(card.shadowRoot)"))?;
    page.scripts(true)?;
    for found in [light, shadow] {
        ensure!(found == expected, "expected {expected}, found {found}");
    }
    close(page)
}

fn form_and_json_are_in_step_and_edits_can_be_undone(page: &Page) -> Result<()> {
    open(page)?;
    write(page, "title", "One")?;
    page.run("document.querySelectorAll('[name=view]')[1].click()")?;
    page.expect_that("byId('json')?.value.includes('\"title\": \"One\"')")?;
    page.run(
        "const area = byId('json'); area.value = '{ \"title\": \"Two\", \"x-mine\": [1, 2] }';
        area.dispatchEvent(new InputEvent('input', { bubbles: true }));",
    )?;
    page.run("document.querySelectorAll('[name=view]')[0].click()")?;
    page.expect("document.querySelector('[name=title]')?.value", "Two")?;
    page.run("document.querySelector('[name=title]').focus()")?;
    page.press('!')?;
    page.expect(&format!("{JSON}['x-mine'].length"), 2)?;
    page.run("dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, cancelable: true }))")?;
    page.expect("document.querySelector('[name=title]').value", "Two")?;
    page.run("dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, cancelable: true }))")?;
    page.expect("document.querySelector('[name=title]').value", "One")?;
    page.run("dispatchEvent(new KeyboardEvent('keydown', { key: 'Z', ctrlKey: true, shiftKey: true, cancelable: true }))")?;
    page.expect("document.querySelector('[name=title]').value", "Two")?;
    close(page)
}

fn a_problem_stands_at_its_field(page: &Page) -> Result<()> {
    open(page)?;
    write(page, "title", "A")?;
    // In the order of the form: behind its last field, Tab leaves the page in Firefox, and no field hears of it.
    write(page, "image.src", "/images/60x90.svg")?;
    write(page, "image.width", "wide")?;
    page.press(TAB)?;
    let field = "document.querySelector('[name=\"image.width\"]')";
    page.expect(&format!("{field}.getAttribute('aria-invalid')"), "true")?;
    page.expect(
        &format!("text(byId({field}.getAttribute('aria-describedby')))"),
        "expected a number of pixels from 1 to 100000, found \"wide\"",
    )?;
    close(page)
}

/// An export of Letterboxd: 200 films with a rating and 100 that were only watched.
fn letterboxd() -> Result<Vec<u8>> {
    let mut ratings = "Date,Name,Year,Letterboxd URI,Rating\n".to_owned();
    let mut watched = "Date,Name,Year,Letterboxd URI\n".to_owned();
    for film in 0..300 {
        let line = format!("2024-01-02,Film {film},1999,https://boxd.it/{film}");
        writeln!(watched, "{line}")?;
        if film < 200 {
            writeln!(ratings, "{line},3.5")?;
        }
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, table) in [("ratings.csv", ratings), ("watched.csv", watched)] {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(table.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn a_dropped_export_becomes_a_collection(page: &Page) -> Result<()> {
    open(page)?;
    let export = base64::engine::general_purpose::STANDARD.encode(letterboxd()?);
    let can_be_dropped = page.run(&format!(
        "const bytes = Uint8Array.from(atob('{export}'), (c) => c.charCodeAt(0));
        window.transfer = new DataTransfer();
        transfer.items.add(new File([bytes], 'letterboxd-me-2024.zip', {{ type: 'application/zip' }}));
        window.drag = (name) => window.dispatchEvent(new DragEvent(name, {{ dataTransfer: transfer, cancelable: true }}));
        return Boolean(new DragEvent('drop', {{ dataTransfer: transfer }}).dataTransfer?.files.length);"
    ))?;
    if can_be_dropped == true {
        page.expect_that("(drag('dragover'), document.querySelector('.dropping'))")?;
        page.run("drag('drop')")?;
    } else {
        // Where a script cannot give a drop its files, they are chosen.
        page.run(
            "const input = document.querySelector('input[type=file]');
            input.files = transfer.files;
            input.dispatchEvent(new Event('change', { bubbles: true }));",
        )?;
    }
    page.expect("document.querySelectorAll('.collection li').length", 200)?;
    page.expect_that("text(document.querySelector('.imported'))?.includes('100 left out')")?;
    page.expect("document.querySelector('[name=\"rating\"]')?.value ?? byId('field-rating').value", "3.5")?;
    close(page)
}

fn a_draft_survives_a_reload_and_can_be_deleted(page: &Page) -> Result<()> {
    open(page)?;
    write(page, "title", "Kept")?;
    page.expect(&format!("{JSON}.title"), "Kept")?;
    page.visit(STUDIO)?;
    page.expect("document.querySelector('[name=title]')?.value", "Kept")?;
    page.click("document.querySelector('.kept button')")?;
    page.expect("document.querySelector('[name=title]').value", "")?;
    // Longer than the pause after which a draft is kept.
    page.rest(600);
    page.is("localStorage.length + sessionStorage.length", 0)
}

fn a_card_of_the_magazine_opens(page: &Page) -> Result<()> {
    open(page)?;
    page.visit(&format!("{STUDIO}?src=/data/full.json"))?;
    page.expect_that("document.querySelector('[name=title]')?.value")?;
    page.expect("location.search", "")?;
    close(page)
}

fn every_pane_has_no_violation(page: &Page) -> Result<()> {
    for width in [320, 1280] {
        page.viewport(width, 900, 1)?;
        open(page)?;
        page.visit(&format!("{STUDIO}?src=/data/full.json"))?;
        page.expect_that("document.querySelector('[name=title]')?.value")?;
        for pane in ["write", "see", "elsewhere", "tokens", "take"] {
            page.run(&format!("byId('tab-{pane}')?.click()"))?;
            page.expect_that(&format!("byId('{pane}') && !byId('{pane}').hidden"))?;
            axe::check_page(page).with_context(|| format!("{pane} at {width} px"))?;
            page.expect("document.documentElement.scrollWidth <= innerWidth", true)
                .with_context(|| format!("{pane} at {width} px scrolls sideways"))?;
        }
    }
    close(page)
}

fn nothing_is_asked_for_but_its_own_files(page: &Page) -> Result<()> {
    open(page)?;
    write(page, "title", "Private")?;
    page.rest(600);
    let asked = page.site().requests();
    let foreign: Vec<_> = asked
        .iter()
        .filter(|path| !path.starts_with(STUDIO) && !path.starts_with("/blank") && *path != "/favicon.ico")
        .collect();
    ensure!(foreign.is_empty(), "expected its own files, found {foreign:?}");
    let foreign = page.expect_foreign_requests()?;
    ensure!(foreign.is_empty(), "expected no request to another origin, found {foreign:?}");
    close(page)
}

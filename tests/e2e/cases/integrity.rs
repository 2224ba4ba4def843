//! Files that are loaded on demand, held against digests: scripts by the page's import map, each `.wasm` by the script that asks
//! for it. What every card loads is in `strict.rs`.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::strict::{WRONG, integrity};
use super::{FULL, cases};
use crate::page::Page;

cases![
    the_right_digests_of_all_files_work,
    a_wrong_digest_of_the_reader_costs_the_cards_that_need_it,
    a_wrong_digest_of_the_script_of_lists_leaves_their_fallback,
    an_altered_module_is_refused_where_its_script_is_checked,
];

const WITH_HTML: &str = r#"<review-card id="html" src="/html.json" variant="full"><a href="/fallback">Read the review</a></review-card>"#;
const LIST: &str = r#"<review-list src="/html.json"><a href="/all">All reviews</a></review-list>"#;

/// The versioned address of a file, as the script has it; that of `integrity.json` is the same.
fn address(page: &Page, file: &str) -> Result<String> {
    let script = page.site().release("review-card.js")?;
    let start =
        script.find(&format!("{file}?v=")).with_context(|| format!("expected {file} in the script"))?;
    let versioned = script.get(start..start + file.len() + 3 + 16).context("expected 16 digits")?;
    if let Ok(listed) = page.site().release("integrity.json") {
        let listed: Value = serde_json::from_str(&listed)?;
        ensure!(
            listed["addresses"][file] == *versioned,
            "expected {versioned}, found {}",
            listed["addresses"][file]
        );
    }
    Ok(format!("/review-card/{versioned}"))
}

/// Opens a page that has everything checked; the scripts loaded on demand have these digests.
fn open_checked(page: &Page, folder: &str, digests: &[(&str, &str)], body: &str) -> Result<()> {
    let (script, module) = (integrity(page, "review-card.js")?, integrity(page, "review-card.wasm")?);
    page.forgive()?;
    page.site().put(
        "/html.json",
        r#"{ "reviews": [{ "title": "With HTML", "bodyHtml": "<p>Words <em>and</em> more" }] }"#,
    );
    let mut listed = serde_json::Map::new();
    for (file, digest) in digests {
        listed.insert(address(page, file)?, json!(digest));
    }
    page.open_document(
        &format!(
            r#"<script type="importmap">{}</script>
            <script type="module" src="{folder}/review-card.js" integrity="{script}" data-wasm-integrity="{module}"></script>"#,
            json!({ "integrity": listed })
        ),
        &format!("<main><h1>A blog</h1>{body}</main>"),
    )
}

fn the_right_digests_of_all_files_work(page: &Page) -> Result<()> {
    let (reader, list) = (integrity(page, "review-card-reader.js")?, integrity(page, "review-list.js")?);
    let extras = integrity(page, "review-card-extras.js")?;
    let digests = [
        ("review-card-reader.js", &*reader),
        ("review-card-extras.js", &*extras),
        ("review-list.js", &*list),
    ];
    open_checked(page, "/review-card", &digests, &format!("{FULL}{WITH_HTML}{LIST}"))?;
    page.expect_loads(2)?;
    page.run("card.schema = true")?;
    page.expect("document.head.querySelectorAll('[type=\"application/ld+json\"]').length", 1)?;
    page.is("text(find('em', byId('html')))", "and")?;
    page.expect("events('list-load').length", 1)?;
    page.is("cards().map((each) => text(part('title', each)))", json!(["With HTML"]))
}

fn a_wrong_digest_of_the_reader_costs_the_cards_that_need_it(page: &Page) -> Result<()> {
    let digests = [("review-card-reader.js", WRONG)];
    open_checked(page, "/review-card", &digests, &format!("{WITH_HTML}{FULL}"))?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["engine"]))?;
    page.expect_loads(1)?;
    page.is("[seen(byId('html').querySelector('a')), part('card', byId('html'))]", json!([true, null]))?;
    page.is("events('error')[0].message.includes('review-card-reader.js')", true)?;
    // Nor is it run when it is asked for again.
    page.run("dispatchEvent(new Event('online')); byId('html').reload()")?;
    page.expect("events('error').at(-1).kind == 'engine' && events('error').length >= 2", true)?;
    page.requested("reader.wasm", 0)?;
    page.expect_console("review-card: engine")?;
    page.forgive()
}

fn a_wrong_digest_of_the_script_of_lists_leaves_their_fallback(page: &Page) -> Result<()> {
    open_checked(page, "/review-card", &[("review-list.js", WRONG)], &format!("{FULL}{LIST}"))?;
    page.expect("events('list-error').map((detail) => detail.kind)", json!(["engine"]))?;
    page.expect_loads(1)?;
    page.is("seen(list.querySelector('a'))", true)?;
    page.requested("list.wasm", 0)?;
    page.expect_console("review-list: engine")?;
    page.forgive()
}

fn an_altered_module_is_refused_where_its_script_is_checked(page: &Page) -> Result<()> {
    let body = format!("{WITH_HTML}{FULL}");
    let altered = "/faulty/altered/reader.wasm";
    open_checked(page, altered, &[], &body)?;
    page.expect("events('error').map((detail) => detail.kind)", json!(["engine"]))?;
    page.expect_loads(1)?;
    page.is("[seen(byId('html').querySelector('a')), part('card', byId('html'))]", json!([true, null]))?;
    page.forgive()?;
    // A module of the same functions: where nothing is checked, it works.
    page.open_document(
        &format!(r#"<script type="module" src="{altered}/review-card.js"></script>"#),
        &format!("<main>{body}</main>"),
    )?;
    page.expect_loads(2)?;
    open_checked(page, "/faulty/altered/list.wasm", &[], LIST)?;
    page.expect("events('list-error').map((detail) => detail.kind)", json!(["engine"]))?;
    page.is("seen(list.querySelector('a'))", true)?;
    page.forgive()
}

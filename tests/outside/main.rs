//! Static HTML, held against other people's programs: the W3C's HTML checker, WordPress's `wpautop`, a renderer of
//! CommonMark and a parser of microformats.
//!
//! All of it by `cargo xtask test`, or by `cargo test --test outside`; it takes Node.js with npm, and Java.

#![expect(clippy::indexing_slicing, reason = "what is indexed is JSON: a key that is missing is null")]

mod checker;
#[path = "../corpora/mod.rs"]
mod corpora;
mod material;

use anyhow::{Result, ensure};
use pulldown_cmark::{Options, Parser, html};
use review_card::Review;
use review_card::model::{Mark, Rating};
use review_card::view::list::Layout;
use review_card_prerender::{Form, ListForm, ListPage, Renderer};
use serde_json::{Value, json};

use corpora::npm;
use material::Material;

/// Reviews on a page of a list.
const PER_PAGE: usize = 12;

fn light() -> Form {
    Form { light: true, ..Form::default() }
}

fn rendered(form: &Form, reviews: &[Material]) -> Result<Vec<String>> {
    let renderer = Renderer::new(form.clone())?;
    Ok(reviews.iter().map(|material| renderer.render(material.review.clone())).collect())
}

/// All forms that static HTML has, each with its name.
fn forms() -> Vec<(String, Form)> {
    let mut forms = Vec::new();
    for light in [false, true] {
        for page in [false, true] {
            for stylesheets in [Vec::new(), vec!["/review-card/review-card.css".to_owned()]] {
                let name = format!("light {light}, page {page}, linked {}", !stylesheets.is_empty());
                forms.push((name, Form { light, page, stylesheets, ..Form::default() }));
            }
        }
    }
    forms
}

#[test]
fn the_checker_of_the_w3c_finds_no_error() -> Result<()> {
    let reviews = material::reviews()?;
    let mut pages = Vec::new();
    for (name, form) in forms() {
        for (material, html) in reviews.iter().zip(rendered(&form, &reviews)?) {
            let html = if form.page { html } else { around(&html) };
            pages.push((format!("{name}: {}", material.name), html));
        }
    }
    checker::check(&pages)
}

#[test]
fn the_checker_of_the_w3c_finds_no_error_in_lists() -> Result<()> {
    let reviews: Vec<_> = material::reviews()?.into_iter().map(|material| material.review).collect();
    let mut pages = Vec::new();
    for (name, form) in forms() {
        for layout in [Layout::Grid, Layout::Stack] {
            let renderer = Renderer::new(Form { list: true, ..form.clone() })?;
            let at = Some("https://blog.example/archive/".to_owned());
            let src = (!form.light).then(|| "/reviews.json".to_owned());
            let of = ListForm { layout, at, src, ..ListForm::default() };
            let count = reviews.chunks(PER_PAGE).count();
            for (number, chunk) in reviews.chunks(PER_PAGE).enumerate() {
                let page = ListPage {
                    number: u32::try_from(number)? + 1,
                    first: number * PER_PAGE,
                    reviews: chunk.to_vec(),
                    has_next: number + 1 < count,
                };
                let html = renderer.render_list(&page, &of);
                let html = if form.page { html } else { around(&html) };
                pages.push((format!("{name}, {layout:?}: page {}", number + 1), html));
            }
        }
    }
    checker::check(&pages)
}

/// A page around a fragment.
fn around(fragment: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>A post</title>\n</head>\n\
         <body>\n<h1>A post</h1>\n{fragment}</body>\n</html>\n"
    )
}

#[test]
fn plain_fragments_come_whole_through_wordpress() -> Result<()> {
    let mut reviews = material::reviews()?;
    reviews.extend(material::bodies(2000));
    let linked = Form { stylesheets: vec!["/wp-content/review-card/review-card.css".into()], ..light() };
    for form in [light(), linked] {
        let fragments = rendered(&form, &reviews)?;
        let found = npm::script("autop.mjs", &json!(fragments))?;
        let found = found.as_array().map(Vec::as_slice).unwrap_or_default();
        ensure!(found.len() == reviews.len(), "expected {} answers, found {}", reviews.len(), found.len());
        let differing = reviews.iter().zip(found).filter_map(|(material, found)| {
            found.as_str().map(|difference| format!("{}: {difference}", material.name))
        });
        let differing: Vec<_> = differing.collect();
        ensure!(
            differing.is_empty(),
            "{} differ: {:#?}",
            differing.len(),
            differing.iter().take(5).collect::<Vec<_>>()
        );
    }
    Ok(())
}

#[test]
fn fragments_come_whole_through_markdown() -> Result<()> {
    let mut reviews = material::reviews()?;
    reviews.extend(material::bodies(200));
    for form in [light(), Form::default()] {
        for (material, fragment) in reviews.iter().zip(rendered(&form, &reviews)?) {
            let post = format!("Words *before* it.\n\n{fragment}\nAnd words *after* it.\n");
            let mut found = String::new();
            html::push_html(&mut found, Parser::new_ext(&post, Options::all()));
            let expected =
                format!("<p>Words <em>before</em> it.</p>\n{fragment}<p>And words <em>after</em> it.</p>\n");
            ensure!(found == expected, "{}: expected {expected}, found {found}", material.name);
        }
    }
    Ok(())
}

#[test]
fn a_parser_reads_the_microformats_back() -> Result<()> {
    let reviews = material::reviews()?;
    let found = npm::script("microformats.mjs", &json!(rendered(&light(), &reviews)?))?;
    for (at, Material { name, review }) in reviews.iter().enumerate() {
        let items = &found[at];
        ensure!(
            items.as_array().is_some_and(|items| items.len() == 1),
            "{name}: expected one item, found {items}"
        );
        let item = &items[0];
        ensure!(item["type"] == json!(["h-review"]), "{name}: expected an h-review, found {}", item["type"]);
        for (key, expected) in properties(review) {
            let found: Vec<_> = item["properties"][key].as_array().into_iter().flatten().map(said).collect();
            ensure!(found == expected, "{name}: {key}: expected {expected:?}, found {found:?}");
        }
    }
    Ok(())
}

/// What a parser should find of a review: nothing where the review has nothing.
fn properties(review: &Review) -> [(&'static str, Vec<String>); 6] {
    let rating = review.rating.as_ref().map(|Rating { mark, .. }| match mark {
        Mark::Score(score) => score.value().to_text("."),
        Mark::Percent(percent) => percent.to_text("."),
        Mark::Letter(text) | Mark::Text(text) => text.clone(),
    });
    let each = |texts: &mut dyn Iterator<Item = &String>| texts.map(|text| words(text)).collect();
    [
        ("name", vec![words(&review.title)]),
        ("summary", each(&mut review.verdict.iter())),
        ("rating", each(&mut rating.iter())),
        ("url", each(&mut review.url.iter())),
        ("author", each(&mut review.authors.iter().map(|author| &author.name))),
        ("item", each(&mut review.work.iter().map(|work| &work.name))),
    ]
}

/// The text of a property; of an author or a work, its name.
fn said(value: &Value) -> String {
    let name = &value["properties"]["name"][0];
    words(name.as_str().or(value.as_str()).unwrap_or_default())
}

/// A parser trims, and makes one space of several.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

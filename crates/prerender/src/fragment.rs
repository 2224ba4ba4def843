//! One card to insert into a page: in a declarative shadow root, or as a plain article.

use super::direction;
use super::markup::{attribute, escape, inert_json};
use super::{Form, sheet};
use review_card::model::Review;
use review_card::rich_text::url::{self, Use};
use review_card::write;

/// Returns the fragment around a rendered card.
pub(super) fn fragment(review: &Review, card: &str, form: &Form) -> String {
    let json_ld = inert_json(&write::json_ld(review).to_string());
    let data = format!("<script type=\"application/ld+json\">{json_ld}</script>");
    if form.light { light(card, &data, form) } else { shadow(review, card, &data, form) }
}

/// Returns a plain `<article>`, which no script takes over. Its data are inside it, so that it can be moved as one
/// element; they are in a `<div>`, because WordPress would otherwise begin a paragraph there and not end it.
fn light(card: &str, data: &str, form: &Form) -> String {
    // A page has the style sheet in its head.
    let link = if form.page { String::new() } else { links(form) };
    let open = card.strip_suffix("</article>").unwrap_or(card);
    format!("{open}<div>{link}{data}</div></article>\n")
}

/// Returns a `<review-card>` with a [declarative shadow
/// root](https://html.spec.whatwg.org/multipage/scripting.html#attr-template-shadowrootmode). Beside it is the fallback
/// for browsers without declarative shadow roots: a link to the review.
///
/// The start tag is alone on its line, because that begins a
/// [CommonMark](https://spec.commonmark.org/0.31.2/#html-blocks) HTML block (condition 7).
///
/// It also contains the review as plain JSON, so that the element can draw it again: JSON-LD cannot express all of a
/// review.
fn shadow(review: &Review, card: &str, data: &str, form: &Form) -> String {
    let lang = form.lang_of(review);
    let own = inert_json(&write::plain(review).to_string());
    let own = format!("<script type=\"application/json\">{own}</script>");
    let attributes = attribute("lang", lang) + &attribute("dir", lang.and_then(direction::of));
    let style = style(form);
    format!(
        "<review-card{attributes}>\n<template shadowrootmode=\"open\">{style}{card}</template>{}{own}{data}</review-card>\n",
        fallback(review)
    )
}

fn fallback(review: &Review) -> String {
    let title = escape(&review.title);
    match review.url.as_deref().and_then(|url| url::resolve(url, None, Use::Link)) {
        Some(url) => format!("<a{}>{title}</a>", attribute("href", Some(&url))),
        None => format!("<b>{title}</b>"),
    }
}

/// Returns the style sheets of a shadow root: links to them, or a `<style>`.
pub(super) fn style(form: &Form) -> String {
    sheet::of_shadow_root(form).map_or_else(|| links(form), |css| format!("<style>{css}</style>"))
}

/// Returns links to the style sheets, if they are linked.
pub(super) fn links(form: &Form) -> String {
    let link = |address: &String| format!("<link rel=\"stylesheet\"{}>", attribute("href", Some(address)));
    form.stylesheets.iter().map(link).collect()
}

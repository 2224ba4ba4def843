//! One card to put into a page: in a declarative shadow root, or as a plain article.

use super::direction;
use super::markup::{attribute, escape, inert_json};
use super::{Form, sheet};
use review_card::model::Review;
use review_card::rich_text::url::{self, Use};
use review_card::write;

/// The fragment around a rendered card.
pub(super) fn fragment(review: &Review, card: &str, form: &Form) -> String {
    let json_ld = inert_json(&write::json_ld(review).to_string());
    let data = format!("<script type=\"application/ld+json\">{json_ld}</script>");
    if form.light { light(card, &data, form) } else { shadow(review, card, &data, form) }
}

/// A plain `<article>`, which no script takes over. The data stand in it, so that it is one element to move about; in a
/// box of their own, or WordPress would begin a paragraph at them and not end it.
fn light(card: &str, data: &str, form: &Form) -> String {
    // A page has the sheet in its head.
    let link = if form.page { String::new() } else { links(form) };
    let open = card.strip_suffix("</article>").unwrap_or(card);
    format!("{open}<div>{link}{data}</div></article>\n")
}

/// `<review-card>` with a [declarative shadow root](https://html.spec.whatwg.org/multipage/scripting.html#attr-template-shadowrootmode).
/// Beside it stands what a browser without one shows: a link to the review.
///
/// Its tag is alone on its line: so begins what
/// [CommonMark](https://spec.commonmark.org/0.31.2/#html-blocks) takes for an HTML block (the seventh kind).
///
/// In it stands the review itself too, for the element to draw another rendering of: JSON-LD has no word for all of a review.
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

/// The sheets of a shadow root: links to them, or themselves.
pub(super) fn style(form: &Form) -> String {
    sheet::of_shadow_root(form).map_or_else(|| links(form), |css| format!("<style>{css}</style>"))
}

/// Links to the sheets, if they are linked.
pub(super) fn links(form: &Form) -> String {
    let link = |address: &String| format!("<link rel=\"stylesheet\"{}>", attribute("href", Some(address)));
    form.stylesheets.iter().map(link).collect()
}

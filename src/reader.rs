//! The second module of a page, `review-card-reader.wasm`: reads what few cards need and is large to read: HTML, and
//! every shape of JSON but the plain one.
//!
//! A card of plain JSON with a plain body never asks for it. It is pure: data in, data out, no Yew, and nothing that it
//! makes is trusted without the allow-list of the first ([`crate::rich_text::wire`]).
#![expect(unreachable_pub, reason = "wasm-bindgen exports what is `pub`, wherever it stands")]

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::read::handover;
use crate::rich_text::{self, DomNode, Policy, wire};

/// The safe tree of an author's HTML, as JSON. `document` is what the browser's parser made of the same HTML, inert; without
/// one (the page forbids it) the words alone come back.
#[wasm_bindgen]
pub fn safe(html: &str, document: Option<DomNode>, base: &str) -> String {
    wire::to_json(&rich_text::of_document(document, html, Some(base))).to_string()
}

/// A document of any shape as plain JSON, with its problems. `policy` is the page's Trusted Types policy, if it has one: what the
/// shapes carry as HTML is parsed with it.
///
/// # Errors
/// `kind: message`, as the element's `read`.
#[wasm_bindgen]
pub fn convert(bytes: &[u8], base: &str, policy: Option<Policy>) -> Result<String, JsValue> {
    rich_text::trust(policy);
    match handover::convert(bytes, Some(base)) {
        Ok(plain) => Ok(plain.to_string()),
        Err(error) => Err(error.with_kind().into()),
    }
}

//! The second module of a page, `review-card-reader.wasm`: what few cards need. It reads HTML, and every shape of JSON but the
//! plain one, and finds what belongs to a review in another collection.
//!
//! A card of plain JSON with a plain body never asks for it. It is pure: data in, data out, no Yew, and nothing that it
//! makes is trusted without the allow-list of the first (`review_card::rich_text::wire`).
#![cfg(target_arch = "wasm32")]
#![expect(unreachable_pub, reason = "wasm-bindgen exports what is `pub`, wherever it stands")]

use std::rc::Rc;

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use review_card::collection;
use review_card::read::gather::Gather;
use review_card::read::{handover, read};
use review_card::rich_text::{self, Policy, wire};
use review_card::view::{Parts, Variant, shown};
use review_card::write;
use review_card_allocator as _;

/// The safe tree of an author's HTML, as JSON. `policy` is the page's Trusted Types policy, if it has one: HTML is parsed with it.
/// Where the page forbids the parser, the words alone come back.
#[wasm_bindgen]
pub fn safe(html: &str, base: &str, policy: Option<Policy>) -> String {
    rich_text::trust(policy);
    wire::to_json(&rich_text::parse(html, Some(base))).to_string()
}

/// What a card shows of a review, given as plain JSON, as JSON-LD; `undefined` where it is no review. `policy` as in [`safe`].
#[wasm_bindgen]
pub fn linked_data(plain: &str, variant: &str, hide: &str, policy: Option<Policy>) -> Option<String> {
    rich_text::trust(policy);
    let (collection, _) = read(plain.as_bytes(), None).ok()?;
    let review = shown(collection.reviews.first()?, Variant::parse(variant), Parts::parse(hide));
    Some(write::json_ld(&review).to_string())
}

/// A document of any shape as plain JSON, with its problems. `policy` as in [`safe`].
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

/// A collection to look something up in. It is read in slices, so that the page stays quick meanwhile.
#[wasm_bindgen]
pub(crate) struct Library {
    gather: Option<Gather>,
    found: collection::Library,
}

#[wasm_bindgen]
impl Library {
    /// One that comes from the address `base`. `policy` as in [`safe`].
    #[wasm_bindgen(constructor)]
    pub fn new(base: &str, policy: Option<Policy>) -> Self {
        rich_text::trust(policy);
        Self { gather: Some(Gather::new(Some(base))), found: collection::Library::default() }
    }

    /// Takes the next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        if let Some(gather) = &mut self.gather {
            gather.push(bytes, &mut |review| self.found.add(review));
        }
    }

    /// There are no more bytes.
    ///
    /// # Errors
    /// `kind: message`, as the element's `read`.
    pub fn finish(&mut self) -> Result<(), JsValue> {
        let Some(gather) = self.gather.take() else { return Ok(()) };
        gather.finish(&mut |review| self.found.add(review)).map_err(|error| error.with_kind().into())
    }

    /// A review, as plain JSON, with what belongs to it.
    ///
    /// # Errors
    /// As above, where it is no review.
    pub fn complete(&self, review: &str) -> Result<String, JsValue> {
        let (collection, _) = read(review.as_bytes(), None).map_err(|error| error.with_kind())?;
        let review = collection.reviews.into_iter().next().and_then(Rc::into_inner);
        let complete = review.map(|mut review| {
            self.found.complete(&mut review);
            write::plain(&review).to_string()
        });
        Ok(complete.unwrap_or_default())
    }
}

//! The second wasm module of a page, `review-card-reader.wasm`: the code that few cards need. It parses HTML and every
//! JSON format except the plain one.
//!
//! A card with plain JSON and a plain body never loads this module. It is pure: data in, data out, no Yew. The first
//! module checks every result against its own allow-list (`review_card::rich_text::tree_json`).
#![cfg(target_arch = "wasm32")]
#![expect(unreachable_pub, reason = "wasm-bindgen exports what is `pub`, wherever it stands")]

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use review_card::read::conversion;
use review_card::rich_text::{self, Policy, tree_json};
use review_card_allocator as _;

/// Returns the safe tree of an author's HTML, as JSON. `policy` is the page's Trusted Types policy, if it has one; it
/// is used to parse HTML. If the page forbids parsing, only the text is returned.
#[wasm_bindgen]
pub fn safe(html: &str, base: &str, policy: Option<Policy>) -> String {
    rich_text::trust(policy);
    tree_json::to_json(&rich_text::parse(html, Some(base))).to_string()
}

/// A document of any supported format that is converted to plain JSON, including its problems. This is done in steps, so
/// that the page stays responsive.
#[wasm_bindgen]
pub(crate) struct Conversion(conversion::Conversion);

#[wasm_bindgen]
impl Conversion {
    /// Begins with a document from the address `base`. `policy` as in [`safe`].
    ///
    /// # Errors
    /// `kind: message`, as in the element's `read`.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8], base: &str, policy: Option<Policy>) -> Result<Self, JsValue> {
        rich_text::trust(policy);
        conversion::Conversion::new(bytes, Some(base)).map(Self).map_err(|error| error.with_kind().into())
    }

    /// Does the next step. Returns `false` if nothing is left to do.
    pub fn step(&mut self) -> bool {
        self.0.step()
    }

    /// Returns the reviews that have been written since the last call, as plain JSON, if they are long or the last ones.
    pub fn part(&mut self) -> Option<String> {
        self.0.part()
    }

    /// Returns the plain JSON, without the reviews that `part` has returned.
    ///
    /// # Errors
    /// As above.
    pub fn finish(self) -> Result<String, JsValue> {
        self.0.finish().map_err(|error| error.with_kind().into())
    }
}

//! The wasm module of `<review-card>`, `review-card.wasm`: the functions that the scripts call.
//!
//! JavaScript contains only what Rust cannot do as well: the class, the downloads, the events, and the positions on the
//! screen.
#![cfg(target_arch = "wasm32")]

mod card;
mod mounted;
mod slots;

use review_card_allocator as _;

/// The glue calls this in every new instance, also after a crash, and fails without it.
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {}

//! The engine of `<review-card>`, `review-card.wasm`: the functions that its scripts call.
//!
//! JavaScript holds what only it can: the class, the downloads, the events, what stands where on the screen.
#![cfg(target_arch = "wasm32")]

mod card;
mod mounted;
mod slots;

use review_card_allocator as _;

/// The glue calls this in each fresh instance, as after a crash, and needs it to be there.
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {}

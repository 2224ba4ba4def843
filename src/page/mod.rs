//! The browser's edge: what the scripts beside it call.
//!
//! JavaScript holds what only it can: the classes, the downloads, the events, what stands where on the screen. [`card`] is the
//! engine of `<review-card>`, [`list`] that of `<review-list>`; each is in a module of its own.

#[cfg(feature = "element")]
mod card;
#[cfg(feature = "list")]
mod list;
#[cfg(feature = "element")]
mod mounted;
#[cfg(feature = "element")]
mod slots;

/// The glue calls this in each fresh instance, as after a crash, and needs it to be there.
#[expect(unreachable_pub, reason = "wasm-bindgen exports what is `pub`, wherever it stands")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {}

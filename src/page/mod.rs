//! The browser's edge.
use wasm_bindgen::prelude::wasm_bindgen;

/// A stand-in for the exports to come.
#[wasm_bindgen]
pub fn read(bytes: &[u8], base: &str) -> Result<u32, wasm_bindgen::JsValue> {
    Err(wasm_bindgen::JsValue::from_str(if bytes.is_empty() { base } else { "no-review" }))
}

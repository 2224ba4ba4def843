//! Review cards for blogs.
#![forbid(unsafe_code)]

pub mod rich_text;

#[cfg(all(target_arch = "wasm32", feature = "element"))]
mod page;

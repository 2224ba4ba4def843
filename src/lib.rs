//! Review cards for blogs.
#![forbid(unsafe_code)]

#[cfg(all(target_arch = "wasm32", feature = "element"))]
mod page;

//! Posts of the WordPress REST API: one beside another.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| common::survives(&[br#"[{ "title": { "rendered": "A" }, "content": { "rendered": "" } }, "#, bytes, b"]"]));

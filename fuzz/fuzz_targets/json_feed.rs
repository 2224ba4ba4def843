//! JSON Feed: an item.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| common::survives(&[br#"{ "version": "https://jsonfeed.org/version/1.1", "authors": [{ "name": "Ada" }], "items": ["#, bytes, b"] }"]));

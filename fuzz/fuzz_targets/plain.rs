//! The plain format: a review of a collection.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| common::survives(&[br#"{ "reviews": ["#, bytes, b"] }"]));

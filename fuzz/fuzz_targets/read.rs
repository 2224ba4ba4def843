//! Checks that reading bytes of any format never panics, and that the result can be written and read again unchanged.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| common::survives(&[bytes]));

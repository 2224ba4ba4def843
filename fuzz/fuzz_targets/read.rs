//! Any bytes, whatever format they are in.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| common::survives(&[bytes]));

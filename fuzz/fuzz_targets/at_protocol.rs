//! AT Protocol records: the value of one.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| common::survives(&[br#"{ "records": [{ "uri": "at://did:plc:a/b/c", "value": { "$type": "social.popfeed.feed.review", "title": "A", "rating": 7, "x": "#, bytes, b" } }] }"]));

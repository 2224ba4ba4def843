//! schema.org JSON-LD: what stands in a graph, beside something that can be referred to.
#![no_main]

mod common;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| common::survives(&[br##"{ "@graph": [{ "@id": "#a", "@type": "Person", "name": "Ada" }, "##, bytes, b"] }"]));

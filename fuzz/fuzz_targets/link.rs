//! The header `Link`: what is found is part of it, and no address has an angle bracket in it.
#![no_main]

use review_card::list::link;

libfuzzer_sys::fuzz_target!(|header: &str| {
    if let Some(next) = link::next(header) {
        assert!(header.contains(next) && !next.contains('>'), "{next}");
    }
});

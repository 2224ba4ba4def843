//! Checks that reading never panics, and that the result can be written and read again unchanged.
#![no_main]

use libfuzzer_sys::fuzz_target;
use review_card::{read, write};

fuzz_target!(|bytes: &[u8]| {
    let base = Some("https://blog.example/reviews/index.json");
    let Ok((collection, _)) = read(bytes, base) else { return };
    for review in &collection.reviews {
        let plain = write::plain(review).to_string();
        let (again, problems) = read(plain.as_bytes(), base).expect("what was written is a review");
        let again = again.reviews.first().map(|review| write::plain(review).to_string());
        assert_eq!(again.as_deref(), Some(plain.as_str()), "{problems:?}");
        let _ = write::json_ld(review).to_string();
    }
});

//! What holds for every document, whatever its format.

use review_card::read::handover;
use review_card::{read, write};

const BASE: Option<&str> = Some("https://blog.example/reviews/index.json");

/// Reads a document made of these parts. Nothing panics, what was read is read again as the same, and a page, which reads in two
/// modules, comes to what one reading comes to.
pub(crate) fn survives(parts: &[&[u8]]) {
    let bytes = parts.concat();
    let first = match handover::plain(&bytes, BASE, false) {
        Ok(None) => handover::convert(&bytes, BASE)
            .and_then(|plain| handover::plain(plain.to_string().as_bytes(), BASE, true)),
        first => first,
    };
    let Ok((collection, _)) = read(&bytes, BASE) else {
        assert!(first.is_err(), "two modules read what one does not");
        return;
    };
    let (handed, _) = first.expect("two modules read what one does").expect("what was converted is plain");
    assert_eq!(handed, collection);
    for review in &collection.reviews {
        let plain = write::plain(review).to_string();
        let (again, problems) = read(plain.as_bytes(), BASE).expect("what was written is a review");
        let again = again.reviews.first().map(|review| write::plain(review).to_string());
        assert_eq!(again.as_deref(), Some(plain.as_str()), "{problems:?}");
        let _ = write::json_ld(review).to_string();
    }
}

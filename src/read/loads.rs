//! What reading costs, counted and not timed: a document of twice the length takes at most twice the steps.
//!
//! The attacks are those of `tests/pathological`, which `cargo xtask bench --only pathological` measures by the clock.

use super::{handover, read};
use crate::model::Body;
use crate::{rich_text, steps};

#[path = "../../tests/pathological/mod.rs"]
mod pathological;

/// The length of the shorter of two documents, in bytes.
const SHORT: usize = 40_000;
/// The most steps for a byte. The dearest is a tag of HTML, of which all names are asked.
const MOST: usize = 400;

/// Steps for reading a document of about so many bytes, as the command and as a page does, and all HTML in it.
fn steps_of(make: pathological::Make, bytes: usize) -> usize {
    let json = make(bytes);
    steps::take();
    let collection = match read(json.as_bytes(), Some("https://blog.example/")) {
        Ok((collection, _)) => collection,
        Err(_) => return steps::take(),
    };
    for review in &collection.reviews {
        if let Body::Html { html, base } = &review.body {
            rich_text::parse(html, base.as_deref());
            rich_text::left_out(html);
        }
    }
    let _ = handover::plain(json.as_bytes(), None, false);
    steps::take()
}

#[test]
fn twice_the_bytes_are_at_most_twice_the_steps() {
    let mut too_many = Vec::new();
    for (name, make) in pathological::FILES {
        let (once, twice) = (steps_of(make, SHORT), steps_of(make, 2 * SHORT));
        println!("{name}: {once} steps, {twice} of twice as many bytes");
        assert!(once > 0, "{name} is counted");
        // What is less than a step a byte may begin late.
        if twice > 2 * once + once / 5 + 2 * SHORT || twice > 2 * MOST * SHORT {
            too_many.push(format!("{name}: {once} steps, {twice} of twice as many bytes"));
        }
    }
    assert!(too_many.is_empty(), "{}", too_many.join("\n"));
}

/// Without this, the test above could count nothing.
#[test]
fn steps_are_counted() {
    steps::take();
    read(br#"{ "title": "A", "pros": ["b", "c"] }"#, None).unwrap();
    let few = steps::take();
    read(format!(r#"{{ "title": "A", "pros": ["b"{}] }}"#, r#", "c""#.repeat(400)).as_bytes(), None).unwrap();
    assert!(few > 10 && steps::take() > 10 * few, "{few}");
}

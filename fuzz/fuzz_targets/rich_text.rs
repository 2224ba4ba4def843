//! Checks that parsing HTML never panics, and that its tree can be passed between the two modules unchanged.
#![no_main]

use libfuzzer_sys::fuzz_target;
use review_card::json;
use review_card::rich_text::{parse, tree_json, url};
use ::url::Url;

fuzz_target!(|html: &str| {
    let nodes = parse(html, Some("https://blog.example/reviews/"));
    let text = tree_json::to_json(&nodes).to_string();
    let back = json::parse(text.as_bytes()).expect("what was written is JSON");
    assert_eq!(tree_json::from_json(&back), nodes);
    for (usage, schemes) in [
        (url::Use::Link, ["http", "https", "mailto", "tel"]),
        (url::Use::Image, ["http", "https", "data", "https"]),
    ] {
        for base in [None, Some("https://blog.example/reviews/")] {
            let Some(address) = url::resolve(html, base, usage) else { continue };
            // An independent parser decides; a relative reference is resolved as on a page.
            let page = Url::parse("https://page.example/").expect("an absolute address");
            if let Ok(judged) = page.join(&address) {
                assert!(schemes.contains(&judged.scheme()), "{address:?} is {judged}");
            }
        }
    }
});

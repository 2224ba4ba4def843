//! Reading HTML never panics, and its tree survives the way between the two modules.
#![no_main]

use libfuzzer_sys::fuzz_target;
use review_card::json;
use review_card::rich_text::{parse, url, wire};
use ::url::Url;

fuzz_target!(|html: &str| {
    let nodes = parse(html, Some("https://blog.example/reviews/"));
    let text = wire::to_json(&nodes).to_string();
    let back = json::parse(text.as_bytes()).expect("what was written is JSON");
    assert_eq!(wire::from_json(&back), nodes);
    for (usage, schemes) in [
        (url::Use::Link, ["http", "https", "mailto", "tel"]),
        (url::Use::Image, ["http", "https", "data", "https"]),
    ] {
        for base in [None, Some("https://blog.example/reviews/")] {
            let Some(address) = url::resolve(html, base, usage) else { continue };
            // A parser that is not ours is the judge; a reference is judged as a page would resolve it.
            let page = Url::parse("https://page.example/").expect("an absolute address");
            if let Ok(judged) = page.join(&address) {
                assert!(schemes.contains(&judged.scheme()), "{address:?} is {judged}");
            }
        }
    }
});

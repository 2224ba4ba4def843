//! Any JSON and any bytes survive.

use super::*;

const KEYS: &str = "title name headline url id @id @type @context @graph @value @list review reviews items item version itemReviewed \
    reviewRating rating value best worst label ratingValue bestRating worstRating ratingExplanation reviewAspect aspects author \
    authors creator publisher image src contentUrl width body bodyHtml reviewBody description abstract text verdict summary \
    content_html content_text _review rendered content excerpt _embedded wp:term wp:featuredmedia link slug date date_gmt modified \
    media_details sizes full source_url avatar_urls associatedReview related positiveNotes itemListElement keywords tags lang \
    inLanguage language datePublished published work sameAs previous next nextUrl next_url taxonomy";
const TEXTS: &str = "Review|Product|https://schema.org|#a|#b|4/5|B+|85%|★★★½|five|4|3,5|0|-1|2024-06-30|2024-06-30T09:41:43|https://a.example/|\
    javascript:alert(1)|/a.png|<p>One</p><p>Two|a &amp; b [&hellip;]|One\n\n  Two\n| |en-GB|category|post_tag|\u{0}\u{FFFE}|é\u{301}😀|Continue reading";

fn some_json() -> BoxedStrategy<Value> {
    let texts: Vec<_> = TEXTS.split('|').map(str::to_owned).collect();
    let keys: Vec<_> = KEYS.split_whitespace().map(str::to_owned).collect();
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-9i64..120).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        proptest::sample::select(texts).prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 8, move |inner| {
        let key = proptest::sample::select(keys.clone());
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((key, inner), 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
    .boxed()
}

proptest! {
    #![proptest_config(Config { cases: 2000, failure_persistence: None, ..Config::default() })]

    #[test]
    fn any_json_survives(document in some_json()) {
        survives(document.to_string().as_bytes()).ok();
    }

    #[test]
    fn a_review_of_any_content_survives(members in some_json(), format in 0..4) {
        let mut document = match format {
            0 => json!({ "title": "A" }),
            1 => json!({ "@type": "Review", "name": "A" }),
            2 => json!({ "items": [{ "title": "A", "_review": members.clone() }] }),
            _ => json!({ "title": { "rendered": "A" }, "_embedded": members.clone() }),
        };
        if let (Value::Object(document), Value::Object(members)) = (&mut document, members) {
            for (key, value) in members {
                document.entry(key).or_insert(value);
            }
        }
        survives(document.to_string().as_bytes()).ok();
    }

    #[test]
    fn any_bytes_survive(bytes in proptest::collection::vec(any::<u8>(), 0..64), raw in "[\\[\\]{}\":,\\\\ud83tfn0-9e.\n\t -]{0,40}") {
        survives(&bytes).ok();
        survives(raw.as_bytes()).ok();
    }
}

//! What is found, where, and what is marked of it.

use proptest::prelude::{any, proptest};
use proptest::test_runner::Config;
use review_card::Review;
use review_card::collection::{MAX_WORDS, Rank, Search};
use review_card::model::{Body, Element, Node};

use crate::corpora::naughty_strings;
use crate::review;

const REVIEW: &str = r#"{
    "title": "L’été meurtrier",
    "work": { "name": "One Deadly Summer", "year": 1983, "creators": ["Jean Becker"] },
    "section": "Home Movies",
    "author": "Jane Doe",
    "tags": ["thriller", "sci-fi"],
    "verdict": "Heat, revenge, and ISABELLE Adjani.",
    "pros": ["The score"],
    "cons": ["Its length"],
    "body": ["It begins with a straße in Provence.", "映画を見た。"]
}"#;

#[test]
fn ranks() {
    let review = review(REVIEW);
    for (text, expected) in [
        ("ete", Some(Rank::Title)),
        ("ÉTÉ MEUR", Some(Rank::Title)),
        ("meurtrier l'été", Some(Rank::Title)),
        ("été deadly", Some(Rank::Work)),
        ("becker", Some(Rank::Work)),
        ("1983", Some(Rank::Work)),
        ("jane", Some(Rank::Work)),
        ("sci-fi thriller", Some(Rank::Work)),
        ("fi", Some(Rank::Work)),
        ("home", Some(Rank::Work)),
        ("isabelle deadly ete", Some(Rank::Verdict)),
        ("strasse", Some(Rank::Body)),
        ("straße provence", Some(Rank::Body)),
        ("score length", Some(Rank::Body)),
        ("画", Some(Rank::Body)),
        ("映画", Some(Rank::Body)),
        ("eurtrier", None),
        ("été winter", None),
        ("etes", None),
        ("画映", None),
        ("provence. ?", Some(Rank::Body)),
    ] {
        assert_eq!(Search::new(text).rank(&review), expected, "{text}");
    }
}

#[test]
fn a_search_for_nothing_finds_everything() {
    for text in ["", " ", "…", "!?", "\u{301}"] {
        assert!(Search::new(text).is_empty(), "{text}");
    }
    assert_eq!(Search::new("").rank(&review(REVIEW)), Some(Rank::Title));
}

#[test]
fn words_of_html() {
    let review = review(
        r#"{ "title": "A", "bodyHtml": "<p class=\"hidden\">Caf&eacute; <b>n</b>oir</p><script>let secret;</script><p>fin</p>" }"#,
    );
    for (text, expected) in
        [("café noir fin", true), ("hidden", false), ("secret", false), ("class", false), ("p", false)]
    {
        assert_eq!(Search::new(text).rank(&review).is_some(), expected, "{text}");
    }
}

#[test]
fn words_of_a_safe_tree() {
    let text = |words: &str| Node::Text(words.into());
    let link = Node::Element(Element { tag: "a", attributes: Vec::new(), children: vec![text("haddock")] });
    let bodies = [
        Body::Safe { html: String::new(), nodes: vec![text("A "), link] },
        Body::Safe { html: "<p>A haddock".into(), nodes: Vec::new() },
    ];
    for body in bodies {
        let review = Review { body, ..Review::default() };
        assert_eq!(Search::new("haddock").rank(&review), Some(Rank::Body), "{:?}", review.body);
    }
}

#[test]
fn no_more_than_so_many_words() {
    let many: Vec<_> = (100..200).map(|number| number.to_string()).collect();
    let found = review(&format!(r#"{{ "title": "{}" }}"#, many[..MAX_WORDS].join(" ")));
    assert_eq!(Search::new(&many.join(" ")).rank(&found), Some(Rank::Title));
    assert_eq!(Search::new(&many[1..].join(" ")).rank(&found), None);
}

/// The text with its marks in brackets.
#[track_caller]
fn check(search: &str, text: &str, expected: &str) {
    let mut marked = text.to_owned();
    for mark in Search::new(search).marks(text).into_iter().rev() {
        marked.insert(mark.end, ']');
        marked.insert(mark.start, '[');
    }
    assert_eq!(marked, expected, "{search}");
}

#[test]
fn marks() {
    check("am", "Amélie, ame and JAM", "[Am]élie, [am]e and JAM");
    check("AMÉ amélie", "Amélie AME", "[Amélie] [AME]");
    check("ame", "Ame\u{301}lie", "[Ame\u{301}]lie");
    check("strasse", "Die Straße.", "Die [Straße].");
    check("stras", "Straße", "[Straß]e");
    check("o'cl", "five o’clock", "five [o]’[cl]ock");
    check("film", "ﬁlm", "[ﬁlm]");
    check("画", "映画を", "映[画]を");
    check("映画", "映画映画", "[映画映画]");
    check("فيلم", "الفيلم", "ال[فيلم]");
    check("محمد", "مُحَمَّد", "[مُحَمَّد]");
    check("हिन्दी", "यह हिन्दी है", "यह [हिन्दी] है");
    check("न्दी", "हिन्दी", "हिन्दी");
    check("ไทย", "ภาษาไทย", "ภาษา[ไทย]");
    check("हाँ", "है।हाँ", "है।[हाँ]");
    check("ไม่ดี", "ไม่ดี", "[ไม่ดี]");
    check("", "nothing", "nothing");
}

#[test]
fn other_peoples_strings() {
    let Some(strings) = naughty_strings() else { return };
    for string in &strings {
        found_in_itself(string);
    }
}

/// Each of a text's own words is found in it, and all marks are whole characters.
#[track_caller]
fn found_in_itself(text: &str) {
    for word in text.split_whitespace() {
        let search = Search::new(word);
        let marks = search.marks(text);
        let mut end = 0;
        for mark in &marks {
            assert!(
                mark.start >= end && mark.end > mark.start && text.get(mark.clone()).is_some(),
                "{marks:?} {text:?}"
            );
            end = mark.end;
        }
        assert_eq!(marks.is_empty(), search.is_empty(), "{word:?} in {text:?}");
    }
}

proptest! {
    #![proptest_config(Config { cases: 2000, failure_persistence: None, ..Config::default() })]

    #[test]
    fn any_text_is_found_in_itself(text in any::<String>()) {
        found_in_itself(&text);
    }

    #[test]
    fn words_of_many_scripts_are_found_in_themselves(text in r"[aZéßﬁœΣςιΐ Ёйآةàलनदीไทยのがガ映한é'’\-.\u{301}\u{200d}\u{ad}0٣]{0,20}") {
        found_in_itself(&text);
    }
}

//! The parser of JSON against serde_json: the same verdict, and the same value.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

#[path = "corpora/mod.rs"]
mod corpora;

use proptest::prelude::*;
use review_card::json::{Json, MAX_VALUES, Mended, Parsed, parse, parse_and_mend};
use review_card::model::Decimal;
use serde_json::Value;

/// What serde_json makes of it, as ours: the order of keys apart, which the last of two with one name wins.
fn same(ours: &Json, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Json::Null, Value::Null) => true,
        (Json::Bool(ours), Value::Bool(theirs)) => ours == theirs,
        (Json::Text(ours), Value::String(theirs)) => ours == theirs,
        (Json::Number(ours), Value::Number(theirs)) => same_number(*ours, theirs.as_f64().unwrap()),
        (Json::Text(literal), Value::Number(theirs)) => {
            literal.parse::<f64>() == Ok(theirs.as_f64().unwrap())
                && theirs.as_f64().unwrap().abs() > 0.999_999e12
        }
        (Json::List(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Json::Object(ours), Value::Object(theirs)) => {
            theirs.iter().all(|(key, theirs)| {
                let last = ours.iter().rev().find(|(name, _)| name == key);
                last.is_some_and(|(_, ours)| same(ours, theirs))
            }) && ours.iter().all(|(name, _)| theirs.contains_key(name))
        }
        _ => false,
    }
}

/// Half a thousandth apart at most, and what a double leaves out.
fn same_number(ours: Decimal, theirs: f64) -> bool {
    (ours.thousandths() as f64 - theirs * 1000.0).abs() <= 0.5 + theirs.abs() * 1e-9
}

/// Whether the two parsers say the same of these bytes; what is mended, serde_json refuses.
fn compare(bytes: &[u8]) -> Result<(), String> {
    match (parse_and_mend(bytes), serde_json::from_slice::<Value>(bytes)) {
        (Ok(Parsed { mended, .. }), Err(_)) if mended != Mended::default() => Ok(()),
        (Ok(Parsed { json, mended, .. }), Ok(theirs))
            if mended == Mended::default() && same(&json, &theirs) =>
        {
            Ok(())
        }
        (Ok(_), Err(error)) if error.to_string().starts_with("number out of range") => Ok(()),
        (Err(_), Err(_)) => Ok(()),
        (ours, theirs) => Err(format!("ours {ours:?}, serde_json {theirs:?}")),
    }
}

#[test]
fn json_test_suite() {
    let Some(files) = corpora::json_test_suite() else { return };
    for (name, text) in &files {
        // A byte order mark is dropped before either parser.
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        assert_eq!(compare(text.as_bytes()), Ok(()), "{name}");
    }
    println!("{} files, the same in both", files.len());
}

/// Any JSON, as serde_json has it.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-1e6..1e6_f64).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::hash_map(any::<String>(), inner, 0..6)
                .prop_map(|members| members.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn what_serde_json_prints_is_read_as_it_was(value in value()) {
        prop_assert_eq!(compare(value.to_string().as_bytes()), Ok(()));
        prop_assert_eq!(compare(format!("{value:#}").as_bytes()), Ok(()));
    }

    #[test]
    fn what_looks_like_json_gets_the_same_verdict(text in r#"([\[\]{},: ]|"[a\\u0d8e"]{0,6}"|-?[0-9]{0,2}[.eE+]{0,2}[0-9]{0,2}|true|nul)*"#) {
        prop_assert_eq!(compare(text.as_bytes()), Ok(()));
    }

    #[test]
    fn any_bytes_get_the_same_verdict(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        prop_assert_eq!(compare(&bytes), Ok(()));
    }
}

/// A file of two bytes a value would take sixty times its length in memory.
#[test]
fn more_values_than_a_document_may_have_are_refused() {
    let numbers = |count: usize| ["[", &"0,".repeat(count), "0]"].concat();
    assert_eq!(parse_and_mend(numbers(9).as_bytes()).map(|parsed| parsed.values), Ok(11));
    assert!(parse(numbers(MAX_VALUES).as_bytes()).is_ok());
    assert_eq!(
        parse(numbers(2 * MAX_VALUES).as_bytes()).unwrap_err().message,
        "\"0\" in place of at most 250000 values, and one more for every 16 bytes, at line 1 column 625000"
    );
    // Longer values may be as many as there is room for.
    assert!(parse(["[", &"\"some words\",  ".repeat(1_000_000), "0]"].concat().as_bytes()).is_ok());
}

//! Reviews through serde: the same from JSON, TOML and YAML, and as forgiving as from a file.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::fs;
use std::path::Path;
use std::rc::Rc;

use review_card::json::Json;
use review_card::model::{Collection, Date, Image, Mark, Person, Rating, Work};
use review_card::{Problem, Review, read};
use serde::Deserialize;
use serde::de::value::{BytesDeserializer, Error, I128Deserializer, U128Deserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};

const JSON: &str = r#"{
    "title": "The Key Under the Mat",
    "rating": { "value": 4.667, "best": 5 },
    "published": "2024-06-30",
    "work": { "name": "The Key", "type": "Movie", "year": 2019, "creators": ["A. Woods", "B. Hill"] },
    "pros": ["Quiet"],
    "bodyHtml": "<p>Go <em>now</em>.</p>",
    "image": { "src": "key.webp", "width": 600, "height": 900 }
}"#;

const TOML: &str = r#"
title = "The Key Under the Mat"
rating = { value = 4.667, best = 5 }
published = 2024-06-30
pros = ["Quiet"]
bodyHtml = "<p>Go <em>now</em>.</p>"

[work]
name = "The Key"
type = "Movie"
year = 2019
creators = ["A. Woods", "B. Hill"]

[image]
src = "key.webp"
width = 600
height = 900
"#;

const YAML: &str = "
title: The Key Under the Mat
rating:
  value: 4.667
  best: 5
published: 2024-06-30
work:
  name: The Key
  type: Movie
  year: 2019
  creators: [A. Woods, B. Hill]
pros:
  - Quiet
bodyHtml: <p>Go <em>now</em>.</p>
image: { src: key.webp, width: 600, height: 900 }
";

/// The same value from all three formats.
#[track_caller]
fn from_all<T: DeserializeOwned + PartialEq + std::fmt::Debug>(json: &str, toml: &str, yaml: &str) -> T {
    let value: T = serde_json::from_str(json).unwrap();
    assert_eq!(toml::from_str::<T>(toml).unwrap(), value, "TOML");
    assert_eq!(serde_saphyr::from_str::<T>(yaml).unwrap(), value, "YAML");
    value
}

#[test]
fn one_review_is_the_same_from_json_toml_and_yaml() {
    let review: Review = from_all(JSON, TOML, YAML);
    let (collection, problems) = read(JSON.as_bytes(), None).unwrap();
    assert_eq!((&review, problems), (&*collection.reviews[0], Vec::new()));
    assert_eq!(review.published.unwrap().day().unwrap().day, 30);
    assert_eq!(review.work.unwrap().year.as_deref(), Some("2019"));
}

#[test]
fn a_wrong_field_costs_that_field_in_every_format() {
    let review: Review = from_all(
        r#"{ "title": "A", "rating": [1], "pros": [true, "Quiet"], "image": { "alt": "no address" } }"#,
        "title = \"A\"\nrating = [1]\npros = [true, \"Quiet\"]\nimage = { alt = \"no address\" }",
        "{ title: A, rating: [1], pros: [true, Quiet], image: { alt: no address } }",
    );
    assert_eq!((review.title.as_str(), review.rating, review.image), ("A", None, None));
    assert_eq!(review.pros, ["Quiet"]);
}

#[test]
fn numbers_that_are_no_ratings_are_shown_as_text() {
    let review: Review = from_all(
        r#"{ "title": "A", "rating": "nan" }"#,
        "title = \"A\"\nrating = \"nan\"",
        "{ title: A, rating: nan }",
    );
    assert_eq!(review.rating.unwrap().mark, Mark::Text("nan".into()));
    let infinite: Review = toml::from_str("title = \"A\"\nrating = inf").unwrap();
    assert_eq!(infinite.rating.unwrap().mark, Mark::Text("inf".into()));
}

#[test]
fn without_a_title_there_is_no_review_and_the_error_says_so() {
    let error = serde_json::from_str::<Review>(r#"{ "rating": 4 }"#).unwrap_err().to_string();
    assert_eq!(error, "no review in the document: title: expected text, found nothing");
    let error = toml::from_str::<Review>("rating = 4").unwrap_err().to_string();
    assert!(error.contains("title: expected text, found nothing"), "{error}");
}

#[test]
fn a_collection_may_be_empty() {
    for json in ["[]", r#"{ "title": "None yet", "reviews": [] }"#] {
        assert!(serde_json::from_str::<Collection>(json).unwrap().reviews.is_empty(), "{json}");
    }
    assert!(serde_json::from_str::<Collection>("7").is_err());
    let three: Collection =
        serde_json::from_str(r#"[{ "title": "a" }, { "no": "title" }, "no", { "title": "b" }]"#).unwrap();
    assert_eq!(three.reviews.len(), 2);
}

#[test]
fn what_is_written_is_read_again() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/card");
    let mut compared = 0;
    for case in fs::read_dir(folder).unwrap() {
        let Ok((collection, _)) = read(&fs::read(case.unwrap().path().join("review.json")).unwrap(), None)
        else {
            continue;
        };
        let json = serde_json::to_string(&collection).unwrap();
        assert_eq!(serde_json::from_str::<Collection>(&json).unwrap(), collection, "{json}");
        let toml = toml::to_string(&collection).unwrap();
        assert_eq!(toml::from_str::<Collection>(&toml).unwrap(), collection, "{toml}");
        let yaml = serde_saphyr::to_string(&collection).unwrap();
        assert_eq!(serde_saphyr::from_str::<Collection>(&yaml).unwrap(), collection, "{yaml}");
        compared += 1;
    }
    assert!(compared > 20, "expected the golden cards, found {compared}");
}

#[test]
fn parts_are_read_and_written_alone() {
    let rating: Rating = from_all(r#""4/5""#, "value = \"4/5\"", "4/5");
    assert_eq!(serde_json::to_string(&rating).unwrap(), r#"{"value":4,"best":5,"worst":0}"#);
    let person: Person = serde_json::from_str(r#""A. Woods""#).unwrap();
    assert_eq!(serde_json::to_string(&person).unwrap(), r#"{"name":"A. Woods"}"#);
    let date: Date = serde_json::from_str(r#""2024-06-30""#).unwrap();
    assert_eq!(serde_json::to_string(&date).unwrap(), r#""2024-06-30""#);
    let error = serde_json::from_str::<Image>(r#"{ "src": "javascript:x" }"#).unwrap_err().to_string();
    assert_eq!(
        error,
        "src: expected an http, https or relative address of an image, or raster data, found \"javascript:x\""
    );
    let error = serde_json::from_str::<Work>("{}").unwrap_err().to_string();
    assert_eq!(error, "name: expected text, found nothing");
}

#[test]
fn json_is_bounded_and_exact() {
    let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
    assert!(serde_json::from_str::<Json>(&deep(127)).is_ok());
    // A format without a limit of its own.
    let mut value = serde_json::Value::Null;
    for _ in 0..128 {
        value = serde_json::Value::Array(vec![value]);
    }
    let error = serde_json::from_value::<Json>(value).unwrap_err().to_string();
    assert_eq!(error, "expected at most 127 levels, found more");
    for (json, expected) in [
        ("[1,2.5,-0.125,true,false,null,\"<\"]", "[1,2.5,-0.125,true,false,null,\"<\"]"),
        ("[1e12,999999999999.999,4.6667,1e13]", "[1000000000000,999999999999.999,4.6667,\"10000000000000\"]"),
        (r#"{"b":1,"a":{"b":[]}}"#, r#"{"b":1,"a":{"b":[]}}"#),
    ] {
        let value: Json = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), expected);
    }
    let bytes = BytesDeserializer::<Error>::new(b"A");
    assert_eq!(
        Json::deserialize(bytes).unwrap_err().to_string(),
        "invalid type: byte array, expected null, true, false, a number, text, a list or an object"
    );
    let wide = [5_i128.into_deserializer(), (-5_i128).into_deserializer()];
    let numbers = wide.map(|number: I128Deserializer<Error>| Json::deserialize(number).unwrap().to_text());
    assert_eq!(numbers, ["5", "-5"]);
    let wide: U128Deserializer<Error> = 5_u128.into_deserializer();
    assert_eq!(Json::deserialize(wide).unwrap().to_text(), "5");
    let keys: Json = serde_saphyr::from_str("{ 2024: a, true: b, null: c }").unwrap();
    assert_eq!(keys.to_text(), r#"{"2024":"a","true":"b","null":"c"}"#);
}

#[test]
fn problems_are_data() {
    let (_, problems) = read(br#"{ "title": "A", "rating": "five" }"#, None).unwrap();
    let expected = r#"[{"path":"rating","message":"expected a rating such as 4, \"8/10\", \"85%\" or \"B+\", found \"five\""}]"#;
    assert_eq!(serde_json::to_string::<Vec<Problem>>(&problems).unwrap(), expected);
}

#[test]
fn what_callbacks_of_an_app_receive_is_data() {
    let review: Rc<Review> = Rc::new(serde_json::from_str(r#"{ "title": "A", "rating": "4/5" }"#).unwrap());
    // `onselect` of a card and of a list, and `ontoggle` of a list.
    let selected = serde_json::to_value(&review).unwrap();
    assert_eq!((&selected["title"], &selected["rating"]["value"]), (&"A".into(), &4.into()));
    assert_eq!(serde_json::to_value((&review, true)).unwrap(), serde_json::json!([selected, true]));
}

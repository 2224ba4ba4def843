//! Removes what programs wrap around reviews: `{ "data": [ … ] }` of an API, and `[[ … ]]`. Each is reported.

use super::format::Format;
use super::{Problem, service};
use crate::json::Json;

/// Keys under which APIs answer.
const KEYS: [&str; 5] = ["data", "result", "results", "response", "payload"];
/// The maximum number of wrappers around a document.
const MAX_WRAPPERS: usize = 4;

/// Returns the document without its wrappers.
pub(super) fn unwrap(mut json: Json, problems: &mut Vec<Problem>) -> Json {
    for _ in 0..MAX_WRAPPERS {
        if Format::of(&json) != Format::Plain || service::of(&json).is_some() {
            break;
        }
        let (inner, what) = match inner(json) {
            Ok(found) => found,
            Err(same) => return same,
        };
        let message =
            ["expected the reviews at the top of the document, found them ", &what, ": they are shown"];
        problems.push(Problem { path: String::new(), message: message.concat() });
        json = inner;
    }
    json
}

/// Returns what is wrapped, and in what, or else the same document.
fn inner(json: Json) -> Result<(Json, String), Json> {
    match json {
        Json::List(mut lists) if matches!(lists.as_slice(), [Json::List(items)] if !items.is_empty()) => {
            let inner = lists.pop().unwrap_or(Json::Null);
            Ok((inner, "in an array inside the array".into()))
        }
        Json::Object(mut members) if let Some(at) = wrapped(&members) => {
            let (key, inner) = members.swap_remove(at);
            Ok((inner, ["in \"", &key, "\""].concat()))
        }
        json => Err(json),
    }
}

/// Returns the index of the member that holds the reviews.
fn wrapped(members: &[(String, Json)]) -> Option<usize> {
    if members.iter().any(|(key, _)| is_of_a_format(key)) {
        return None;
    }
    members.iter().position(|(key, value)| KEYS.contains(&key.as_str()) && is_filled(value))
}

/// Returns whether a value is an object, or an array of objects or arrays.
fn is_filled(value: &Json) -> bool {
    match value {
        Json::Object(members) => !members.is_empty(),
        Json::List(items) => matches!(items.first(), Some(Json::Object(_) | Json::List(_))),
        _ => false,
    }
}

/// Returns whether documents with this key are read as they are.
fn is_of_a_format(key: &str) -> bool {
    key.starts_with('@') || matches!(key, "title" | "reviews" | "items" | "records" | "rating" | "verdict")
}

#[cfg(test)]
mod tests {
    use super::unwrap;
    use crate::json::parse;

    #[track_caller]
    fn check(json: &str, expected: &str, wrappers: usize) {
        let mut problems = Vec::new();
        let found = unwrap(parse(json.as_bytes()).unwrap(), &mut problems);
        assert_eq!((found.to_string().as_str(), problems.len()), (expected, wrappers), "{json}");
    }

    #[test]
    fn wrappers_of_apis() {
        check(r#"{"status":"ok","data":[{"title":"A"}]}"#, r#"[{"title":"A"}]"#, 1);
        check(r#"{"result":{"reviews":[{"title":"A"}]}}"#, r#"{"reviews":[{"title":"A"}]}"#, 1);
        check(r#"{"response":{"data":{"title":"A"}},"count":1}"#, r#"{"title":"A"}"#, 2);
        check(r#"[[{"title":"A"},{"title":"B"}]]"#, r#"[{"title":"A"},{"title":"B"}]"#, 1);
        check(r#"{"data":[{"@type":"Review"}]}"#, r#"[{"@type":"Review"}]"#, 1);
        check(r#"{"data":{"data":{"data":{"data":{"data":{"a":1}}}}}}"#, r#"{"data":{"a":1}}"#, 4);
    }

    #[test]
    fn what_is_no_wrapper_stays() {
        for json in [
            r#"{"title":"A","data":[{"title":"B"}]}"#,
            r#"{"data":[]}"#,
            r#"{"data":[1,2]}"#,
            r#"{"data":"A"}"#,
            r#"{"results":[{"vote_average":7}]}"#,
            r#"{"data":[{"id":1,"attributes":{}}]}"#,
            r#"[{"title":"A"},[{"title":"B"}]]"#,
            "[[]]",
            r#"[[{"title":"A"}],[{"title":"B"}]]"#,
            r#""A title""#,
            "7",
        ] {
            check(json, json, 0);
        }
    }
}

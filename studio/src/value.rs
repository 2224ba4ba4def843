//! Paths in a review's JSON: `work.name`, `pros[2]`, `author[0].url`. The reader's problems use the same paths, so a
//! problem is shown at its form field.
//!
//! The plain format has shorthands, and a path works with either spelling: `"work": "Alien"` equals
//! `"work": { "name": "Alien" }`, and a single author equals a list with one.

use serde_json::{Map, Value};

/// The keys of a review, in the author's order.
pub type Object = Map<String, Value>;

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// Returns the value at a path, if there is one.
///
/// ```
/// # use review_card_studio::value::{Object, get};
/// let review: Object = serde_json::from_str(r#"{ "work": "Alien", "pros": ["Dread"] }"#).unwrap();
/// assert_eq!(get(&review, "work.name").unwrap(), "Alien");
/// assert_eq!(get(&review, "pros[0]").unwrap(), "Dread");
/// ```
pub fn get<'a>(review: &'a Object, path: &str) -> Option<&'a Value> {
    let mut steps = steps(path).into_iter();
    let Step::Key(first) = steps.next()? else { return None };
    let mut at = review.get(first)?;
    for step in steps {
        at = match (step, at) {
            (Step::Key(key), Value::Object(members)) => members.get(key)?,
            (Step::Key("name" | "src" | "title" | "value" | "text"), Value::String(_) | Value::Number(_)) => {
                at
            }
            (Step::Index(index), Value::Array(items)) => items.get(index)?,
            (Step::Index(0), one) if !one.is_null() => one,
            _ => return None,
        };
    }
    Some(at)
}

/// Returns the value at a path as a field shows it: text, or a number in digits; empty for anything else.
pub fn text(review: &Object, path: &str) -> String {
    match get(review, path) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(flag)) => flag.to_string(),
        _ => String::new(),
    }
}

/// Returns the length of the list at a path; a value that is not a list counts as one item.
pub fn count(review: &Object, path: &str) -> usize {
    match get(review, path) {
        None | Some(Value::Null) => 0,
        Some(Value::Array(items)) => items.len(),
        Some(_) => 1,
    }
}

/// Sets or removes the value at a path. Missing objects along the path are created; objects that become empty are
/// removed.
pub fn set(review: &mut Object, path: &str, value: Option<Value>) {
    if let [Step::Key(key), rest @ ..] = steps(path).as_slice() {
        set_key(review, key, rest, value);
    }
}

fn set_key(members: &mut Object, key: &str, rest: &[Step], value: Option<Value>) {
    if rest.is_empty() {
        match value {
            Some(value) => drop(members.insert(key.to_owned(), value)),
            None => drop(members.shift_remove(key)),
        }
        return;
    }
    if value.is_none() && !members.contains_key(key) {
        return;
    }
    let at = members.entry(key).or_insert(Value::Null);
    put(at, key, rest, value);
    let is_empty = match at {
        Value::Object(members) => members.is_empty(),
        Value::Null => true,
        _ => false,
    };
    if is_empty {
        members.shift_remove(key);
    }
}

fn put(at: &mut Value, key: &str, rest: &[Step], value: Option<Value>) {
    match rest {
        [] => *at = value.unwrap_or(Value::Null),
        [Step::Key(next), rest @ ..] => {
            if !at.is_object() {
                let short = at.take();
                let mut members = Object::new();
                if !short.is_null() && !short.is_array() {
                    members.insert(main_key(key).to_owned(), short);
                }
                *at = Value::Object(members);
            }
            if let Value::Object(members) = at {
                set_key(members, next, rest, value);
            }
        }
        [Step::Index(index), rest @ ..] => {
            let mut items = into_list(at.take());
            if let Some(item) = items.get_mut(*index) {
                put(item, key, rest, value);
            } else if value.is_some() {
                let mut item = Value::Null;
                put(&mut item, key, rest, value);
                items.push(item);
            }
            *at = Value::Array(items);
        }
    }
}

/// Inserts an item into the list at a path, before the item at `index`.
pub fn insert(review: &mut Object, path: &str, index: usize, value: Value) {
    with_list(review, path, |items| items.insert(index.min(items.len()), value));
}

/// Removes an item from the list at a path.
pub fn remove(review: &mut Object, path: &str, index: usize) {
    with_list(review, path, |items| {
        if index < items.len() {
            items.remove(index);
        }
    });
}

/// Moves an item of the list at a path.
pub fn relocate(review: &mut Object, path: &str, from: usize, to: usize) {
    with_list(review, path, |items| {
        if from < items.len() {
            let item = items.remove(from);
            items.insert(to.min(items.len()), item);
        }
    });
}

fn with_list(review: &mut Object, path: &str, change: impl FnOnce(&mut Vec<Value>)) {
    let mut items = into_list(get(review, path).cloned().unwrap_or_default());
    change(&mut items);
    set(review, path, (!items.is_empty()).then_some(Value::Array(items)));
}

/// Returns the items of a list; a value that is not a list becomes a list with one item.
fn into_list(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

/// Returns the key that the shorthand of an object stands for.
fn main_key(key: &str) -> &'static str {
    match key {
        "image" => "src",
        "rating" => "value",
        "related" | "opinions" | "previous" | "next" | "links" => "title",
        "disclosure" => "text",
        _ => "name",
    }
}

/// Returns a copy without empty strings, lists and objects, which are fields that the author began and left empty.
pub fn tidy(value: &Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) if text.trim().is_empty() => None,
        Value::Array(items) => {
            let items: Vec<_> = items.iter().filter_map(tidy).collect();
            (!items.is_empty()).then_some(Value::Array(items))
        }
        Value::Object(members) => {
            let members: Object =
                members.iter().filter_map(|(key, value)| Some((key.clone(), tidy(value)?))).collect();
            (!members.is_empty()).then_some(Value::Object(members))
        }
        other => Some(other.clone()),
    }
}

/// Returns the steps of a path; malformed parts are skipped.
fn steps(path: &str) -> Vec<Step<'_>> {
    path.split(['.', '['])
        .filter_map(|part| match part.strip_suffix(']') {
            Some(index) => index.parse().ok().map(Step::Index),
            None => Some(Step::Key(part)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn review(json: &str) -> Object {
        serde_json::from_str(json).unwrap()
    }

    #[track_caller]
    fn check(before: &str, change: impl FnOnce(&mut Object), after: &str) {
        let mut found = review(before);
        change(&mut found);
        assert_eq!(serde_json::to_string(&found).unwrap(), after);
    }

    #[test]
    fn a_value_is_put_where_its_path_says() {
        let put = |path: &'static str, value: &'static str| {
            move |review: &mut Object| set(review, path, Some(value.into()))
        };
        check("{}", put("title", "A"), r#"{"title":"A"}"#);
        check("{}", put("work.name", "A"), r#"{"work":{"name":"A"}}"#);
        check(r#"{"work":"A"}"#, put("work.year", "1979"), r#"{"work":{"name":"A","year":"1979"}}"#);
        check(r#"{"work":"A"}"#, put("work.name", "B"), r#"{"work":{"name":"B"}}"#);
        check(r#"{"image":"a.png"}"#, put("image.alt", "B"), r#"{"image":{"src":"a.png","alt":"B"}}"#);
        check("{}", put("author[0].name", "A"), r#"{"author":[{"name":"A"}]}"#);
        check(r#"{"author":"A"}"#, put("author[0].url", "/a"), r#"{"author":[{"name":"A","url":"/a"}]}"#);
        check(r#"{"pros":["a","b"]}"#, put("pros[1]", "c"), r#"{"pros":["a","c"]}"#);
        check(r#"{"pros":["a"]}"#, put("pros[7]", "c"), r#"{"pros":["a","c"]}"#);
        check(r#"{"x":1,"title":"A"}"#, put("title", "B"), r#"{"x":1,"title":"B"}"#);
    }

    #[test]
    fn what_is_taken_away_leaves_no_empty_object() {
        let take = |path: &'static str| move |review: &mut Object| set(review, path, None);
        check(r#"{"work":{"name":"A"}}"#, take("work.name"), "{}");
        check(r#"{"work":{"name":"A","x":1}}"#, take("work.name"), r#"{"work":{"x":1}}"#);
        check("{}", take("work.name"), "{}");
        check(r#"{"title":"A"}"#, take("title"), "{}");
    }

    #[test]
    fn lists_grow_shrink_and_are_sorted() {
        check("{}", |it| insert(it, "pros", 0, "a".into()), r#"{"pros":["a"]}"#);
        check(r#"{"pros":"a"}"#, |it| insert(it, "pros", 1, "b".into()), r#"{"pros":["a","b"]}"#);
        check(r#"{"pros":["a","b","c"]}"#, |it| relocate(it, "pros", 2, 0), r#"{"pros":["c","a","b"]}"#);
        check(r#"{"pros":["a"]}"#, |it| remove(it, "pros", 0), "{}");
        check(r#"{"pros":["a"]}"#, |it| remove(it, "pros", 3), r#"{"pros":["a"]}"#);
    }

    #[test]
    fn a_shorthand_is_read_as_what_it_stands_for() {
        let review = review(r#"{ "work": "A", "image": "a.png", "author": { "name": "B" }, "pros": "c" }"#);
        for (path, expected) in [
            ("work.name", "A"),
            ("image.src", "a.png"),
            ("author[0].name", "B"),
            ("pros[0]", "c"),
            ("work.x", ""),
        ] {
            assert_eq!(text(&review, path), expected, "{path}");
        }
        assert_eq!(count(&review, "author"), 1);
        assert_eq!(count(&review, "cons"), 0);
    }

    #[test]
    fn empty_values_are_left_out_of_what_is_taken_away() {
        let value: Value =
            serde_json::from_str(r#"{"title":"A","pros":["a",""," "],"cons":[""],"work":{"name":""},"x":0}"#)
                .unwrap();
        assert_eq!(tidy(&value).unwrap().to_string(), r#"{"title":"A","pros":["a"],"x":0}"#);
    }
}

//! Writes the messages of problems. Only modules that repair documents link them: the element's own module passes a
//! document with a problem to the module `reader` ([`super::handover`]).

use super::Problem;
use super::field::{Field, Step};
use super::repair;
use crate::json::Json;
use crate::model::Decimal;
use crate::steps;

/// The maximum number of problems reported for one document.
const MAX_PROBLEMS: usize = 1000;
/// The maximum number of unknown keys reported for one document.
const MAX_UNREAD: usize = 50;
/// The beginning of a problem about an unknown key.
pub(super) const UNREAD: &str = "expected a known key, found an unknown one";
/// The maximum length of a quoted value in a message, in characters.
const QUOTED: usize = 40;

/// Reports a problem at the place of a field.
pub(super) fn problem(field: &Field, message: &[&str]) {
    let mut problems = field.report().problems.borrow_mut();
    if problems.len() < MAX_PROBLEMS {
        problems.push(Problem { path: path(field), message: message.concat() });
    }
}

/// Reports that something else was expected.
pub(super) fn expected(field: &Field, what: &str) {
    problem(field, &["expected ", what, ", found ", &found(field.value)]);
}

/// Reports that a number on this scale was expected, or that this is no scale.
pub(super) fn between(field: &Field, best: Decimal, worst: Decimal) {
    let (worst_text, best_text) = (worst.to_text("."), best.to_text("."));
    if worst < best {
        expected(field, &["a number from ", &worst_text, " to ", &best_text].concat());
    } else {
        problem(field, &["expected a scale with worst below best, found ", &worst_text, " to ", &best_text]);
    }
}

/// Reports that the member `key` is missing, with the key that was probably meant for it.
pub(super) fn missing(field: &Field, key: &str, what: &str) {
    let members = if let Json::Object(members) = field.value { members.as_slice() } else { &[] };
    // `titel` is no title, but its author meant one.
    let is_meant = |other: &str| other != key && repair::nearest(other, key).is_some();
    let meant = members.iter().map(|(other, _)| other.as_str()).find(|other| is_meant(other));
    let place = field.member(key, &Json::Null);
    match meant {
        Some(meant) => {
            let meant = [": did you mean \"", key, "\" by \"", meant, "\"?"].concat();
            problem(&place, &["expected ", what, ", found nothing", &meant]);
        }
        None => problem(&place, &["expected ", what, ", found nothing"]),
    }
}

/// Reports an unknown key, with the key of `known` that is most similar.
pub(super) fn unknown(field: &Field, (key, value): (&str, &Json), known: &str) {
    let mut unread = field.report().unread.borrow_mut();
    let ends_so =
        |path: &str| path.strip_suffix(key).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    steps::count(unread.len());
    if let Some((_, others)) = unread.iter_mut().find(|(problem, _)| ends_so(&problem.path)) {
        *others += 1;
    } else if unread.len() < MAX_UNREAD {
        let near = repair::nearest(key, known)
            .map_or_else(String::new, |near| [": did you mean \"", &near, "\"?"].concat());
        let message = [UNREAD, &near].concat();
        unread.push((Problem { path: path(&field.member(key, value)), message }, 0));
    }
}

/// Returns the path of a field, such as `reviews[3].rating`.
fn path(field: &Field) -> String {
    let mut path = String::new();
    write_path(field, &mut path);
    path
}

fn write_path(field: &Field, path: &mut String) {
    if let Some(parent) = field.parent {
        write_path(parent, path);
    }
    match field.step {
        Step::Root => {}
        Step::Key(key) => {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(key);
        }
        Step::Index(index) => {
            path.push('[');
            path.push_str(&index.to_string());
            path.push(']');
        }
    }
}

/// Describes a value in a few words, for a message.
pub(super) fn found(value: &Json) -> String {
    match value {
        Json::Null => "null".into(),
        Json::Bool(true) => "true".into(),
        Json::Bool(false) => "false".into(),
        Json::Number(number) => number.to_text("."),
        Json::Text(text) => {
            let mut quoted = String::from("\"");
            quoted.extend(text.chars().take(QUOTED).map(|c| if c.is_control() { ' ' } else { c }));
            quoted.push_str(if text.chars().nth(QUOTED).is_some() { "…\"" } else { "\"" });
            quoted
        }
        Json::List(_) => "an array".into(),
        Json::Object(_) => "an object".into(),
    }
}

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
/// The maximum length of a key in a message, in bytes.
const MAX_KEY: usize = 100;
/// The maximum length of a quoted value in a message, in characters.
const QUOTED: usize = 40;

/// What a value should be. An enum instead of texts, so that the element's own module, which reports nothing,
/// does not contain the texts.
#[derive(Clone, Copy)]
pub(super) enum What {
    Review,
    Text,
    Name,
    Rating,
    Notation,
    Number,
    Date,
    PartialDate,
    Language,
    Address,
    Link,
    Image,
    Pixels,
    WholeNumber,
    Boolean,
    Disclosure,
    HistoryEntry,
    RelatedEntry,
    // Of other formats.
    UpTo10,
    From1To10,
    Post,
    NotEmpty,
    Item,
    Object,
    Rendered,
}

impl What {
    fn text(self) -> &'static str {
        match self {
            What::Review => "a review (an object with a title)",
            What::Text => "text",
            What::Name => "a name",
            What::Rating => "a rating",
            What::Notation => "a rating such as 4, \"8/10\", \"85%\" or \"B+\"",
            What::Number => "a number",
            What::Date => "an ISO 8601 date such as 2024-06-30",
            What::PartialDate => "a date such as 2015, 2015-06 or 2015-06-30",
            What::Language => "a BCP 47 language tag such as en-GB",
            What::Address => "an address",
            What::Link => "an http, https, mailto, tel or relative address",
            What::Image => "an http, https or relative address of an image, or raster data",
            What::Pixels => "a number of pixels from 1 to 100000",
            What::WholeNumber => "a whole number from 0 to 100000",
            What::Boolean => "true or false",
            What::Disclosure => "\"gift\", \"paid\", \"affiliate\", \"own\" or \"ai\"",
            What::HistoryEntry => "a rating, a note or a date",
            What::RelatedEntry => "a title or a verdict",
            What::UpTo10 => "a number from 0 to 10",
            What::From1To10 => "a number from 1 to 10",
            What::Post => "a post (an object)",
            What::NotEmpty => "a value that is not empty",
            What::Item => "an item (an object)",
            What::Object => "an object",
            What::Rendered => "{ rendered }",
        }
    }
}

/// What a document may have only a limited number of.
#[derive(Clone, Copy)]
pub(super) enum Many {
    Reviews,
    Entries,
    Paragraphs,
    Bytes,
}

/// A fault in a document.
#[derive(Clone, Copy)]
pub(super) enum Fault<'f> {
    /// Something else was expected.
    Expected(What),
    /// The member with this key is missing.
    Missing(&'f str, What),
    /// There are more than this many; the rest is left out.
    AtMost(usize, Many),
    /// The memory for the reviews of the document is used up.
    NoRoom,
    /// A number on a scale was expected, or this is no scale.
    Between { best: Decimal, worst: Decimal },
    /// A key that is not in `known`, a list separated by spaces.
    Unknown { key: &'f str, value: &'f Json, known: &'f str },
    /// Escaped text in a document that should be clean. With repairs it is unescaped, and no fault.
    Escaped,
    /// Any other, as the parts of its message.
    Other(&'f [&'f str]),
}

/// Reports a fault at the place of a field.
pub(super) fn report(field: &Field, fault: Fault) {
    match fault {
        Fault::Expected(what) => expected(field, what.text()),
        Fault::Missing(key, what) => missing(field, key, what.text()),
        Fault::AtMost(most, many) => {
            let many = match many {
                Many::Reviews => " reviews",
                Many::Entries => " entries",
                Many::Paragraphs => " paragraphs",
                Many::Bytes => " bytes of text",
            };
            problem(field, &["expected at most ", &most.to_string(), many, "; the rest is left out"]);
        }
        Fault::NoRoom => problem(
            field,
            &[
                "expected less data for a document of this size; the rest of its reviews and entries is left out",
            ],
        ),
        Fault::Between { best, worst } => between(field, best, worst),
        Fault::Unknown { key, value, known } => unknown(field, key, value, known),
        Fault::Escaped => {}
        Fault::Other(message) => problem(field, message),
    }
}

/// Reports a problem at the place of a field.
fn problem(field: &Field, message: &[&str]) {
    let mut problems = field.report().problems.borrow_mut();
    let problem = Problem { path: path(field), message: message.concat() };
    // A value that is read twice has the same fault twice.
    if problems.len() < MAX_PROBLEMS && problems.last() != Some(&problem) {
        problems.push(problem);
    }
}

/// Reports that something else was expected.
fn expected(field: &Field, what: &str) {
    problem(field, &["expected ", what, ", found ", &found(field.value)]);
}

/// Reports that a number on this scale was expected, or that this is no scale.
fn between(field: &Field, best: Decimal, worst: Decimal) {
    let (worst_text, best_text) = (worst.to_text("."), best.to_text("."));
    if worst < best {
        expected(field, &["a number from ", &worst_text, " to ", &best_text].concat());
    } else {
        problem(field, &["expected a scale with worst below best, found ", &worst_text, " to ", &best_text]);
    }
}

/// Reports that the member `key` is missing, with the key that was probably meant for it.
fn missing(field: &Field, key: &str, what: &str) {
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
fn unknown(field: &Field, key: &str, value: &Json, known: &str) {
    let mut unread = field.report().unread.borrow_mut();
    let shown = beginning(key);
    let ends_so = |path: &str| {
        path.trim_end_matches('…')
            .strip_suffix(shown)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
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

/// Returns as much of a key as a message quotes.
fn beginning(key: &str) -> &str {
    key.get(..key.floor_char_boundary(MAX_KEY)).unwrap_or_default()
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
            path.push_str(beginning(key));
            path.push_str(if key.len() > MAX_KEY { "…" } else { "" });
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

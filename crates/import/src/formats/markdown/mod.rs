//! Imports Markdown with front matter, as used by Hugo, Jekyll, Eleventy, Astro and Zola.
//!
//! 1. [`front_matter`] parses YAML, TOML or JSON into one type of value.
//! 2. [`keys`] converts it to the plain format: plain keys stay unchanged, keys of generators are renamed.
//! 3. [`body`] converts the text to HTML, or to paragraphs if it contains nothing else.
//!
//! The highest rating of all files determines the scale, so that 8 is read as 8 out of 10. Skipped: drafts, private
//! posts, files without front matter. Unused keys are reported once.

mod body;
mod front_matter;
mod keys;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::Key;
use crate::detect::Found;
use crate::draft::{self, highest_of, scale_of};
use crate::files::Input;
use crate::report::{FRONT_MATTER, Guess, Reason};
use crate::sink::Sink;

pub(super) fn read(inputs: &mut [Input], files: &[Found], sink: &mut Sink) {
    let best = best(inputs, files, sink);
    let mut unused = BTreeSet::new();
    for found in files {
        if let Err(error) = file(inputs, found, best, &mut unused, sink) {
            sink.unreadable(&found.name, &error);
        }
        if sink.stopped {
            break;
        }
    }
    sink.unused(FRONT_MATTER, unused.into_iter().collect());
}

fn file(
    inputs: &mut [Input],
    found: &Found,
    best: Option<u32>,
    unused: &mut BTreeSet<String>,
    sink: &mut Sink,
) -> Result<(), String> {
    let text = super::whole(inputs, found).map_err(|error| error.to_string())?;
    let Some((matter, text)) = front_matter::read(&text)? else {
        sink.leave_out(Reason::NotAPost);
        return Ok(());
    };
    let mut keys = keys::Keys::of(matter, sink.options);
    let private = keys.private().or_else(|| is_in_drafts(&found.path).then_some(Reason::Draft));
    if let Some(reason) = private.filter(|_| !sink.options.private) {
        sink.leave_out(reason);
        return Ok(());
    }
    let mut plain = keys.plain(best);
    unused.extend(keys.unused());
    let shortcodes = body::into(&mut plain, text);
    if shortcodes > 0 {
        sink.report.problem(
            &found.name,
            format!("left out: {shortcodes} of the shortcodes (such as {{{{< … >}}}}) that only the site's generator can replace"),
        );
    }
    plain.entry("id").or_insert_with(|| name_of(&found.path).into());
    if let Some(day) = dated_name(&found.path).and_then(|name| name.get(..10)) {
        plain.entry("published").or_insert_with(|| day.into());
    }
    if !["rating", "body", "bodyHtml", "verdict"].iter().any(|key| plain.contains_key(*key)) {
        sink.leave_out(Reason::Empty);
    } else if plain.contains_key("title") {
        let mut page = plain.get("url").and_then(Value::as_str).map(Into::into);
        let base = sink.base(&mut page, None);
        plain.extend(page.map(|page| ("url".into(), page.into())));
        sink.relative(&found.name, Value::Object(plain), base.as_deref());
    } else {
        sink.leave_out(Reason::NoTitle);
    }
    Ok(())
}

/// Returns whether a post is in a folder for drafts: Jekyll publishes nothing in `_drafts`, and has no key for it.
fn is_in_drafts(path: &str) -> bool {
    path.split('/').rev().skip(1).any(|folder| matches!(folder, "_drafts" | "drafts"))
}

/// Returns the name of a post, from its path: `2020-01-02-paper-moon.md`, `paper-moon/index.md`.
fn name_of(path: &str) -> String {
    dated_name(path).and_then(|name| name.get(11..)).unwrap_or_else(|| base_name(path)).into()
}

/// Returns the name if it begins with a date.
fn dated_name(path: &str) -> Option<&str> {
    Some(base_name(path)).filter(|name| draft::is_dated(name))
}

fn base_name(path: &str) -> &str {
    let path = path.rsplit_once('.').map_or(path, |(path, _)| path);
    let path = path.strip_suffix("/index").or(path.strip_suffix("/_index")).unwrap_or(path);
    path.rsplit('/').next().unwrap_or(path)
}

/// Returns the scale of ratings that are numbers without one; reports it unless it is five.
fn best(inputs: &mut [Input], files: &[Found], sink: &mut Sink) -> Option<u32> {
    let mut highest = None;
    for found in files {
        let Ok(text) = super::whole(inputs, found) else { continue };
        if let Ok(Some((matter, _))) = front_matter::read(&text) {
            let rating = keys::Keys::of(matter, sink.options).number();
            highest = highest.max(rating.as_deref().and_then(highest_of));
        }
    }
    let best = scale_of(highest?, None)?;
    if best != 5 {
        sink.report.guesses.push(Guess {
            key: Key::Rating,
            column: "rating".into(),
            note: Some(format!("out of {best}")),
        });
    }
    Some(best)
}

type Object = Map<String, Value>;

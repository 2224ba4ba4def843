//! Detects the format of a file from its content: its first bytes, and its path if the service keeps other data in
//! separate folders.

use std::io::Read;

use crate::decode;
use crate::files::Input;
use crate::format::Format;
use crate::limits::HEAD;
use crate::options::Options;
use crate::report::{Reason, SkippedFile, SourceFile};
use crate::sink::Sink;
use crate::table::{Header, Table, normal};
use crate::unsupported;

/// A file of an input that will be read.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The index of the input, and of the file within it.
    pub(crate) input: usize,
    pub(crate) number: usize,
    pub(crate) path: String,
    /// The name in messages.
    pub(crate) name: String,
    pub(crate) format: Format,
}

/// Returns the format of a file; `None` if import does not support it. `path` is the file's name, `head` its first
/// bytes.
///
/// ```
/// use review_card_import::{Format, detect};
/// assert_eq!(detect("export.xml", b"<?xml version='1.0'?><rss xmlns:wp='http://wordpress.org/export/1.2/'>"), Some(Format::WordPress));
/// assert_eq!(detect("photo.jpg", b"\xff\xd8\xff"), None);
/// ```
pub fn detect(path: &str, head: &[u8]) -> Option<Format> {
    of(path, head, &Options::default()).ok()
}

/// Examines all files, and returns those to read with their formats.
pub(crate) fn plan(inputs: &mut [Input], sink: &mut Sink) -> Vec<Found> {
    let mut plan = Vec::new();
    for (place, input) in inputs.iter_mut().enumerate() {
        let paths = input.files.paths().to_vec();
        if let Some(reason) = unsupported::of_zip(&paths) {
            sink.report.skipped.push(SkippedFile { file: input.name.clone(), reason });
            continue;
        }
        let from = plan.len();
        for (number, path) in paths.iter().enumerate() {
            if is_hidden(path) {
                continue;
            }
            let name = input.name_of(path);
            // A single file has the name of its input.
            let known_as = if path.is_empty() { &input.name } else { path };
            let mut head = Vec::new();
            let read =
                input.files.open(number).and_then(|file| file.take(HEAD as u64).read_to_end(&mut head));
            let format = match (read, apart(known_as)) {
                (_, Some(reason)) => Err(reason),
                (Err(error), None) => {
                    sink.report.problem(&name, error.to_string());
                    Err(Reason::Unreadable)
                }
                (Ok(_), None) => {
                    match (unsupported::of_file(&known_as.to_ascii_lowercase(), &head), sink.options.from) {
                        (Some(reason), _) => Err(reason),
                        (None, Some(format)) => Ok(format),
                        (None, None) => of(known_as, &head, sink.options),
                    }
                }
            };
            match format {
                Ok(format) => plan.push(Found { input: place, number, path: known_as.clone(), name, format }),
                Err(reason) => sink.report.skipped.push(SkippedFile { file: name, reason }),
            }
        }
        substack(&mut plan, from);
        trakt(&mut plan, from, sink);
    }
    sink.report.files =
        plan.iter().map(|found| SourceFile { file: found.name.clone(), format: found.format }).collect();
    plan
}

/// The HTML files beside Substack's table are the texts of the posts.
fn substack(plan: &mut [Found], from: usize) {
    let Some(files) =
        plan.get_mut(from..).filter(|files| files.iter().any(|found| found.format == Format::Substack))
    else {
        return;
    };
    for found in files {
        found.format = Format::Substack;
    }
}

/// Trakt's zip has the account and its lists in JSON too, which nothing but the name tells apart.
fn trakt(plan: &mut Vec<Found>, from: usize, sink: &mut Sink) {
    let files = plan.get(from..).unwrap_or_default();
    if !files.iter().any(|found| found.format == Format::Trakt) {
        return;
    }
    let mut number = 0;
    plan.retain(|found| {
        number += 1;
        let reason = trakts_own(&found.path);
        match reason.filter(|_| number > from && matches!(found.format, Format::Json | Format::Trakt)) {
            Some(reason) => sink.report.skipped.push(SkippedFile { file: found.name.clone(), reason }),
            None => return true,
        }
        false
    });
}

/// Why a file of Trakt's is not read.
fn trakts_own(path: &str) -> Option<Reason> {
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let is = |starts: &[&str]| starts.iter().any(|start| name.starts_with(start));
    if is(&["user", "profile", "settings", "network", "followers", "following", "friends"]) {
        Some(Reason::Profile)
    } else if is(&["watchlist"]) {
        Some(Reason::ToDo)
    } else if is(&["lists", "list-"]) {
        Some(Reason::List)
    } else if is(&["likes", "notes"]) {
        Some(Reason::Comment)
    } else if is(&["collection", "hidden", "playback", "recommendations", "favorites", "last-activities"]) {
        Some(Reason::Other)
    } else {
        None
    }
}

/// Returns whether this is a file that operating systems add to zips and folders.
fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| {
        part.starts_with('.') && !matches!(part, "." | "..") || part == "__MACOSX" || part == "Thumbs.db"
    })
}

/// Returns why a file is skipped without being read: services keep private data, deleted entries and other data that
/// are not reviews in separate files.
fn apart(path: &str) -> Option<Reason> {
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or_default().to_ascii_lowercase();
    let folders: Vec<_> = parts.map(str::to_ascii_lowercase).collect();
    let is_in = |folder: &str| folders.iter().any(|part| part == folder);
    let is_table = name.ends_with(".csv");
    Some(match name.as_str() {
        _ if is_in("deleted") || is_in("orphaned") => Reason::Deleted,
        "profile.csv" => Reason::Profile,
        _ if is_table
            && (name.starts_with("email_list")
                || name.ends_with(".opens.csv")
                || name.ends_with(".delivers.csv")) =>
        {
            Reason::Profile
        }
        "comments.csv" => Reason::Comment,
        _ if is_table && is_in("likes") => Reason::Comment,
        _ if is_table && is_in("lists") => Reason::List,
        "watchlist.csv" => Reason::ToDo,
        _ => return None,
    })
}

fn of(path: &str, head: &[u8], options: &Options) -> Result<Format, Reason> {
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    if let Some(reason) = unsupported::of_file(&name, head) {
        return Err(reason);
    }
    let text = decode::text(head);
    let text = text.trim_start();
    let is_markdown = [".md", ".markdown", ".mdx"].iter().any(|end| name.ends_with(end));
    let found = match text.as_bytes() {
        [b'-', b'-', b'-', b'\n' | b'\r', ..] | [b'+', b'+', b'+', b'\n' | b'\r', ..] => {
            Some(Format::Markdown)
        }
        _ if is_markdown => Some(Format::Markdown),
        [b'<', ..] => xml(text),
        [b'{' | b'[', ..] => Some(json(&name, text)),
        _ if text.contains('\0') => None,
        _ => {
            let is_table = [".csv", ".tsv"].iter().any(|end| name.ends_with(end));
            return table(text, options).map_err(|reason| match reason {
                Reason::UnknownFormat if is_table => Reason::UnknownTable,
                other => other,
            });
        }
    };
    found.ok_or(Reason::UnknownFormat)
}

fn xml(text: &str) -> Option<Format> {
    let lower = text.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if has(&["http://wordpress.org/export/"]) {
        Some(Format::WordPress)
    } else if has(&["<rss", "<feed", "<atom:feed", "<rdf:rdf"]) {
        Some(if has(&["xmlns:letterboxd="]) { Format::Letterboxd } else { Format::Feed })
    } else if has(&["<html", "<!doctype html", "<head", "<body", "<article", "<div", "<p>"]) {
        Some(Format::Html)
    } else {
        None
    }
}

fn json(name: &str, text: &str) -> Format {
    let begins: String = text.chars().filter(|c| !c.is_whitespace()).take(6).collect();
    let is_trakt = ["ratings-", "comments-", "watched-"].iter().any(|start| name.starts_with(start));
    let is_ghost = begins == "{\"db\":" || text.contains("\"exported_on\"");
    if is_ghost {
        Format::Ghost
    } else if is_trakt || text.contains("\"rated_at\"") || text.contains("\"watched_at\"") {
        Format::Trakt
    } else {
        Format::Json
    }
}

/// Returns the format of a table, from its column names.
fn table(text: &str, options: &Options) -> Result<Format, Reason> {
    if text.starts_with("Letterboxd list export") {
        return Err(Reason::List);
    }
    let Ok(table) = Table::open(text.as_bytes()) else { return Err(Reason::UnknownFormat) };
    let header = &table.header;
    let all = |names: &[&str]| names.iter().all(|name| header.has(name));
    let any = |names: &[&str]| names.iter().any(|name| header.has(name));
    if any(&["email address"]) && any(&["username"]) {
        return Err(Reason::Profile);
    }
    Ok(if any(&["letterboxd uri", "letterboxduri", "watcheddate"]) {
        Format::Letterboxd
    } else if all(&["book id", "my rating"]) {
        Format::Goodreads
    } else if all(&["read status", "star rating"]) {
        Format::StoryGraph
    } else if all(&["author text", "review content"]) {
        Format::BookWyrm
    } else if all(&["const", "your rating"]) {
        Format::Imdb
    } else if all(&["const", "position"]) {
        return Err(Reason::List);
    } else if any(&["post id"]) && any(&["is published"]) {
        Format::Substack
    } else if looks_like_reviews(header, options) {
        Format::Csv
    } else if any(&["email", "email address", "e mail"]) {
        return Err(Reason::Profile);
    } else {
        return Err(Reason::UnknownFormat);
    })
}

fn looks_like_reviews(header: &Header, options: &Options) -> bool {
    use crate::Key;
    let any = |key: Key| match options.column(key) {
        Some(name) => header.has(&normal(name)),
        None => key.columns().iter().any(|name| header.guess(name).is_some()),
    };
    any(Key::Title) && [Key::Rating, Key::Body, Key::Verdict].into_iter().any(any)
}

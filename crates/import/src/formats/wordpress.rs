//! Imports WordPress' export (WXR): RSS with all posts, pages and pictures of a blog, in one or several files.
//!
//! 1. All files are read once to find the URLs of pictures, which are separate items, maybe in another file than their
//!    post, and the highest rating in the custom field that `--column` names.
//! 2. They are read again, and each published post becomes a review. `--column` finds custom fields; the fields of the
//!    plugin WP Review are known. Custom fields that nothing uses are reported once.
//!
//! Skipped: items that are not posts (a custom post type counts as a post if its name contains "review"), drafts,
//! private and scheduled posts, posts with a password, comments, e-mail addresses.

use std::collections::{BTreeSet, HashMap};
use std::io;

use super::open;
use crate::date::{self, Order};
use crate::detect::Found;
use crate::draft::{Draft, Image, Person, Rating, Work, highest_of, list, scale_of};
use crate::files::Input;
use crate::items::{Item, Items};
use crate::limits::{MAX_COLUMNS, MAX_JOINED};
use crate::report::{CUSTOM_FIELDS, Guess, Reason};
use crate::sink::Sink;
use crate::text::{Text, words};
use crate::{Key, Options};

/// The custom fields that are read.
const USED: [&str; 5] =
    ["_thumbnail_id", "wp_review_total", "wp_review_type", "wp_review_heading", "wp_review_desc"];
/// The start of an unset date.
const NO_DATE: &str = "0000-";

pub(super) fn read(inputs: &mut [Input], files: &[Found], sink: &mut Sink) {
    let mut seen = Seen::default();
    for found in files {
        if let Ok(file) = open(inputs, found) {
            seen.add(Items::open(file), sink.options);
        }
    }
    seen.report(sink);
    for found in files {
        if let Err(error) = posts(inputs, found, &mut seen, sink) {
            sink.report.problem(&found.name, error.to_string());
        }
        if sink.stopped {
            break;
        }
    }
    sink.unused(CUSTOM_FIELDS, seen.unused.into_iter().collect());
}

/// What the first reading of all files found, and the custom fields that the second one did not use.
#[derive(Default)]
struct Seen {
    /// The URLs of pictures by the ids of their items.
    pictures: HashMap<String, String>,
    /// The highest rating in the custom field that `--column` names.
    highest: Option<u32>,
    unused: BTreeSet<String>,
}

impl Seen {
    fn add(&mut self, mut items: Items, options: &Options) {
        // The second reading reports what is wrong with the file, after the posts before the mistake.
        while let Ok(Some(item)) = items.next() {
            if let (Some(id), Some(url)) = (item.get("wp:post_id"), item.get("wp:attachment_url"))
                && self.pictures.len() < MAX_JOINED
            {
                self.pictures.insert(id.to_owned(), url.to_owned());
            }
            let rating = options.column(Key::Rating).and_then(|name| Fields::of(&item).get(name));
            self.highest = self.highest.max(rating.and_then(highest_of));
        }
    }

    /// Returns the scale of ratings that are numbers without one.
    fn best(&self) -> Option<u32> {
        scale_of(self.highest?, None)
    }

    fn report(&self, sink: &mut Sink) {
        if let (Some(best), Some(name), None) =
            (self.best(), sink.options.column(Key::Rating), sink.options.column(Key::Best))
        {
            let note = Some(format!("out of {best}"));
            sink.report.guesses.push(Guess { key: Key::Rating, column: name.into(), note });
        }
    }

    /// Adds the custom fields of a post that nothing used. Those with a `_` at the start are WordPress' and its plugins'
    /// own, except for ratings.
    fn add_unused(&mut self, fields: &Fields, options: &Options) {
        let is_used = |name: &str| {
            USED.contains(&name) || Key::ALL.iter().any(|key| options.column(*key) == Some(name))
        };
        let is_rating = |name: &str| ["rating", "score", "stars"].iter().any(|word| name.contains(word));
        for (name, value) in &fields.0 {
            let is_open = !name.starts_with('_') || is_rating(name);
            if is_open && !value.is_empty() && !is_used(name) && self.unused.len() < MAX_COLUMNS {
                self.unused.insert((*name).to_owned());
            }
        }
    }
}

fn posts(inputs: &mut [Input], found: &Found, seen: &mut Seen, sink: &mut Sink) -> io::Result<()> {
    let mut items = Items::open(open(inputs, found)?);
    let mut names = HashMap::new();
    while let Some(item) = items.next()? {
        sink.title(items.title.as_deref());
        if item.kind == "wp:author" {
            if let (Some(login), Some(name)) =
                (item.get("wp:author_login"), item.get("wp:author_display_name"))
                && names.len() < MAX_JOINED
            {
                names.insert(login.to_owned(), name.to_owned());
            }
            continue;
        }
        let place = format!("{} post {}", found.name, item.get("wp:post_id").unwrap_or("?"));
        match reason(&item) {
            Some(reason @ (Reason::NotAPost | Reason::Deleted)) => sink.leave_out(reason),
            Some(reason) if !sink.options.private => sink.leave_out(reason),
            _ => {
                let mut draft = draft(&item, &names, seen, sink.options);
                draft.base = sink.base(&mut draft.url, items.site().as_deref());
                sink.entry(&place, draft);
            }
        }
        if sink.stopped {
            break;
        }
    }
    Ok(())
}

/// Returns why an item is skipped.
fn reason(item: &Item) -> Option<Reason> {
    let kind = item.get("wp:post_type").unwrap_or("post");
    if kind != "post" && !kind.contains("review") {
        return Some(Reason::NotAPost);
    }
    match item.get("wp:status") {
        Some("publish") => item.get("wp:post_password").map(|_| Reason::Private),
        Some("private") => Some(Reason::Private),
        Some("trash") => Some(Reason::Deleted),
        _ => Some(Reason::Draft),
    }
}

fn draft(item: &Item, names: &HashMap<String, String>, seen: &mut Seen, options: &Options) -> Draft {
    let mut draft = Draft { title: item.get("title").map(words).unwrap_or_default(), ..Draft::default() };
    draft.id = item.get("wp:post_name").map(Into::into);
    draft.url = item.get("link").map(Into::into);
    draft.text(item.get("content:encoded").and_then(content));
    draft.verdict = item.get("excerpt:encoded").map(words).filter(|verdict| !verdict.is_empty());
    let date = |name| {
        item.get(name).filter(|date| !date.starts_with(NO_DATE)).map(|date| date::iso(date, Order::Unknown))
    };
    draft.published = date("wp:post_date").or_else(|| date("pubDate"));
    draft.updated = date("wp:post_modified")
        .filter(|updated| draft.published.as_deref().and_then(date::day) != date::day(updated));
    let author = item.get("dc:creator").map(|login| names.get(login).map_or(login, String::as_str));
    draft.author = author
        .and_then(super::feed::name)
        .map(|name| Person { name: name.into(), url: None })
        .into_iter()
        .collect();
    terms(item, &mut draft);
    let fields = Fields::of(item);
    draft.image = fields
        .get("_thumbnail_id")
        .and_then(|id| seen.pictures.get(id))
        .map(|src| Image { src: src.clone(), alt: None });
    draft.rating = fields.get("wp_review_total").map(|value| {
        let named = match fields.get("wp_review_type") {
            Some("point") => Some(10),
            Some("percentage" | "circle" | "thumbs") => Some(100),
            _ => None,
        };
        let best = highest_of(value).and_then(|highest| scale_of(highest, named)).unwrap_or(5);
        Rating::of(value, best.to_string())
    });
    if let Some(heading) = fields.get("wp_review_heading") {
        draft.work = Some(Work { name: words(heading), ..Work::default() });
    }
    draft.verdict = draft.verdict.take().or_else(|| fields.get("wp_review_desc").map(words));
    custom(&mut draft, &fields, seen, options);
    seen.add_unused(&fields, options);
    draft
}

/// Adds the custom fields that `--column` names.
fn custom(draft: &mut Draft, fields: &Fields, seen: &Seen, options: &Options) {
    let get = |key| options.column(key).and_then(|name| fields.get(name)).map(ToOwned::to_owned);
    let work = Work {
        name: get(Key::Title).unwrap_or_default(),
        kind: get(Key::Type),
        year: get(Key::Year),
        creators: get(Key::Creator).map(|names| list(&names)).unwrap_or_default(),
        ..Work::default()
    };
    if !work.name.is_empty() {
        draft.work = Some(work);
    }
    if let Some(value) = get(Key::Rating) {
        draft.rating = Some(match get(Key::Best) {
            Some(best) => Rating::of(&value, best),
            None => match seen.best().filter(|_| highest_of(&value).is_some()) {
                Some(best) => Rating::of(&value, best.to_string()),
                None => Rating::Text(value),
            },
        });
    }
    draft.verdict = get(Key::Verdict).map(|verdict| words(&verdict)).or(draft.verdict.take());
    draft.lang = get(Key::Lang);
}

/// Returns a post's text: from the block editor unchanged, from the classic editor with significant line breaks.
fn content(html: &str) -> Option<Text> {
    if html.contains("<!-- wp:") { Text::html(html) } else { Text::of(html) }
}

/// The first category becomes the section; the other categories and all tags become tags.
fn terms(item: &Item, draft: &mut Draft) {
    for field in item.all("category") {
        let name = words(&field.text);
        match field.attribute("domain") {
            Some("category") if field.attribute("nicename") == Some("uncategorized") => {}
            Some("category") if draft.section.is_none() => draft.section = Some(name),
            Some("category" | "post_tag") if !draft.tags.contains(&name) => draft.tags.push(name),
            _ => {}
        }
    }
}

/// A post's custom fields.
struct Fields<'i>(Vec<(&'i str, &'i str)>);

impl<'i> Fields<'i> {
    fn of(item: &'i Item) -> Self {
        let keys = item.all("wp:postmeta/wp:meta_key").map(|field| field.text.trim());
        let values = item.all("wp:postmeta/wp:meta_value").map(|field| field.text.trim());
        Self(keys.zip(values).collect())
    }

    fn get(&self, name: &str) -> Option<&'i str> {
        self.0.iter().find(|(key, value)| *key == name && !value.is_empty()).map(|(_, value)| *value)
    }
}

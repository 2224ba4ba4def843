//! Reads the plain format, which authors write by hand: one review, an array of reviews, or `{ title, reviews, nextUrl
//! }`.
//!
//! Its keys are the fields of [`Review`] in camelCase; `review.schema.json` lists them all. Unknown keys are reported and
//! ignored, so that a document for a newer version still works.

use std::rc::Rc;

use super::field::Field;
use super::messages::{Fault, Many, What};
use super::rating;
use crate::json::Json;
use crate::model::{
    Aggregate, Aspect, Body, Collection, Date, Disclosure, DisclosureKind, HistoryEntry, Image, Link,
    Measure, Offer, Person, Rating, Related, Review, Work, slug,
};
use crate::rich_text::url::Use;

/// The maximum number of reviews read from one document. The rest is left out, and this is reported.
pub const MAX_REVIEWS: usize = 100_000;
/// The maximum number of entries in each of a review's `related`, `opinions`, `history` and `links`.
pub(super) const MAX_RELATED: usize = 50;

/// The known keys of a collection. `convert` of [`super::handover`] adds `problems`.
const COLLECTION: &str = "title reviews nextUrl next_url aggregateRating problems";
/// The known keys of a review.
pub(super) const REVIEW: &str = "title id url section work verdict rating aspects pros cons body bodyHtml author published \
    updated image tags related opinions previous next lang history links disclosure measure";
const WORK: &str = "name type year creators image url sameAs series season episode";
const PERSON: &str = "name role bio image url";
const IMAGE: &str = "src alt width height caption";
const ENTRY: &str = "title url verdict author image rating";

pub(super) fn read(root: &Field) -> Collection {
    match root.get("reviews") {
        Some(list) => {
            let frame = frame(root);
            Collection { reviews: reviews(&list, review), ..frame }
        }
        None => Collection { reviews: reviews(root, review), ..Collection::default() },
    }
}

/// Reads a collection without its reviews.
pub(super) fn frame(root: &Field) -> Collection {
    root.knows(COLLECTION);
    Collection {
        title: root.words_of("title"),
        reviews: Vec::new(),
        next_url: ["nextUrl", "next_url"].iter().find_map(|key| root.address_of(key, Use::Link)),
        aggregate: root.get("aggregateRating").and_then(|given| aggregate(&given)),
    }
}

/// Reads `{ rating, count }`, which `convert` writes for an `AggregateRating`.
pub(super) fn aggregate(field: &Field) -> Option<Aggregate> {
    Some(Aggregate { rating: rating_of(field)?, count: count_of(field, "count") })
}

fn count_of(field: &Field, key: &str) -> Option<u32> {
    field.text_of(key)?.parse().ok()
}

/// Reads a measure, as the module `reader` and `convert` write it.
fn measure(field: &Field) -> Option<Measure> {
    let bars = field.each("bars", |bar| bar.text()?.parse().ok());
    let of = |key| count_of(field, key);
    // A longer list cannot be our output.
    (bars.len() < MAX_RELATED).then_some(Measure {
        percent: of("percent")?,
        count: of("count")?,
        own: of("own")?,
        bars,
    })
}

/// Calls `make` for each item of a list, up to [`MAX_REVIEWS`] reviews.
pub(super) fn reviews(list: &Field, make: impl Fn(&Field) -> Option<Review>) -> Vec<Rc<Review>> {
    let mut reviews = Vec::new();
    let mut index = 0;
    while read_item(list, index, &make, &mut reviews) {
        index += 1;
    }
    reviews
}

/// Adds the review that `make` reads from the item at an index of a list. Returns `false` at the end of the list, or if
/// there are more than [`MAX_REVIEWS`].
pub(super) fn read_item(
    list: &Field,
    index: usize,
    make: impl Fn(&Field) -> Option<Review>,
    reviews: &mut Vec<Rc<Review>>,
) -> bool {
    let Some(field) = list.item(index) else { return false };
    if let (Json::List(_), Json::Null) = (list.value, field.value) {
        return true;
    }
    if reviews.len() == MAX_REVIEWS {
        tell_too_many(list);
        return false;
    }
    if !field.has_room(size_of::<Review>()) {
        return false;
    }
    reviews.extend(make(&field).map(Rc::new));
    true
}

pub(super) fn tell_too_many(list: &Field) {
    list.fault(Fault::AtMost(MAX_REVIEWS, Many::Reviews));
}

pub(super) fn review(field: &Field) -> Option<Review> {
    let Json::Object(_) = field.value else {
        field.expected(What::Review);
        return None;
    };
    let title = title_of(field)?;
    field.knows(REVIEW);
    Some(titled(field, title, field.address_of("url", Use::Link)))
}

/// Returns the text of the title, which is required.
fn title_of(field: &Field) -> Option<String> {
    field.required("title").and_then(|_| field.words_of("title"))
}

/// Returns the review with this title and address. All other properties are read from `field`.
pub(super) fn titled(field: &Field, title: String, url: Option<String>) -> Review {
    let history = history(field);
    // Without its own rating, a review has the rating of its latest verdict.
    let latest = || history.iter().rev().find_map(|entry| entry.rating.clone());
    Review {
        id: field.text_of("id").or_else(|| url.clone()).unwrap_or_else(|| slug(&title)),
        section: field.words_of("section"),
        work: field.get("work").and_then(|value| work(&value)),
        disclosure: field.get("disclosure").and_then(|given| disclosure(&given)),
        verdict: field.words_of("verdict"),
        rating: rating_of(field).or_else(latest),
        history,
        aspects: field.each("aspects", aspect),
        pros: field.all_words_of("pros"),
        cons: field.all_words_of("cons"),
        body: body(field),
        authors: field.each("author", person),
        published: field.date_of("published"),
        updated: field.date_of("updated"),
        image: image_of(field),
        tags: field.all_words_of("tags"),
        links: few(field, "links", field.each("links", offer)),
        related: related(field, "related", url.as_deref()),
        opinions: related(field, "opinions", url.as_deref()),
        previous: link_of(field, "previous"),
        next: link_of(field, "next"),
        lang: field.language_of("lang"),
        measure: field.get("measure").and_then(|given| measure(&given)),
        title,
        url,
    }
}

fn rating_of(field: &Field) -> Option<Rating> {
    rating::read(&field.get("rating")?)
}

pub(super) fn aspect(field: &Field) -> Option<Aspect> {
    let name = field.required("name").and_then(|_| field.words_of("name"))?;
    field.knows("name rating");
    if field.get("rating").is_none() {
        field.missing("rating", What::Rating);
    }
    Some(Aspect { name, rating: rating_of(field)? })
}

pub(super) fn work(field: &Field) -> Option<Work> {
    let Json::Object(_) = field.value else {
        return Some(Work { name: field.words()?, ..Work::default() });
    };
    field.knows(WORK);
    let series = field.words_of("series");
    // An episode is often known only by its number.
    let name = if field.get("name").is_none() { series.clone() } else { None };
    Some(Work {
        name: name.or_else(|| field.required("name").and_then(|_| field.words_of("name")))?,
        kind: field.text_of("type"),
        series,
        season: field.get("season").and_then(|number| number.position()),
        episode: field.get("episode").and_then(|number| number.position()),
        year: field.text_of("year"),
        creators: field.each("creators", |creator| match creator.value {
            Json::Object(_) => creator.required("name").and_then(|_| creator.words_of("name")),
            _ => creator.name(),
        }),
        image: image_of(field),
        url: field.address_of("url", Use::Link),
        same_as: field.each("sameAs", |same| same.address(Use::Link)),
    })
}

pub(super) fn person(field: &Field) -> Option<Person> {
    let Json::Object(_) = field.value else {
        return Some(Person { name: field.name()?, ..Person::default() });
    };
    field.knows(PERSON);
    Some(Person {
        name: field.required("name").and_then(|_| field.get("name")?.name())?,
        role: field.words_of("role"),
        bio: field.words_of("bio"),
        image: image_of(field),
        url: field.address_of("url", Use::Link),
    })
}

/// Reads `bodyHtml`, or else `body`, whose paragraphs are separated by blank lines.
fn body(field: &Field) -> Body {
    if let Some(html) = field.get("bodyHtml").and_then(|html| html.long_text()) {
        return Body::Html { html, base: field.base().map(Into::into) };
    }
    field.body_of("body")
}

fn image_of(field: &Field) -> Option<Image> {
    image(&field.get("image")?)
}

pub(super) fn image(field: &Field) -> Option<Image> {
    let Json::Object(_) = field.value else {
        return Some(Image { src: field.address(Use::Image)?, ..Image::default() });
    };
    field.knows(IMAGE);
    if field.get("src").is_none() {
        field.missing("src", What::Address);
    }
    Some(Image {
        src: field.address_of("src", Use::Image)?,
        alt: field.words_of("alt"),
        width: field.pixels_of("width"),
        height: field.pixels_of("height"),
        caption: field.words_of("caption"),
    })
}

fn link_of(field: &Field, key: &str) -> Option<Link> {
    link(&field.get(key)?)
}

pub(super) fn link(field: &Field) -> Option<Link> {
    field.knows("title url");
    let title = title_of(field)?;
    Some(Link { title, url: field.address_of("url", Use::Link) })
}

/// Reads a disclosure. A string alone is the name of a kind or the author's own text. An unknown kind is shown as text,
/// so that no disclosure is lost.
pub(super) fn disclosure(field: &Field) -> Option<Disclosure> {
    let given = if field.is_object() { field.get("kind") } else { Some(*field) };
    let text = if field.is_object() { field.text_of("text") } else { None };
    let name = given.as_ref().and_then(Field::text);
    let kind = name.as_deref().and_then(DisclosureKind::parse);
    if let (Some(given), true, None) = (&given, field.is_object() && name.is_some(), kind) {
        given.expected(What::Disclosure);
    }
    let text = text.or(name.filter(|_| kind.is_none()));
    if given.is_none() && text.is_none() {
        field.missing("text", What::Text);
    }
    field.knows("kind text");
    (kind.is_some() || text.is_some()).then_some(Disclosure { kind, text })
}

/// Reads the entries of `history`, earliest first. Entries without a date come before all others.
fn history(field: &Field) -> Vec<HistoryEntry> {
    let mut entries: Vec<HistoryEntry> = Vec::new();
    let first_day = |entry: &HistoryEntry| entry.date.as_ref().and_then(Date::first_day);
    for entry in few(field, "history", field.each("history", history_entry)) {
        let day = first_day(&entry);
        entries.insert(entries.partition_point(|earlier| first_day(earlier) <= day), entry);
    }
    entries
}

pub(super) fn history_entry(field: &Field) -> Option<HistoryEntry> {
    let date = field.text_of("date").map(Date::new);
    if let (Some(date), Some(given)) = (&date, field.get("date"))
        && date.first_day().is_none()
    {
        given.expected(What::PartialDate);
    }
    field.knows("date rating note noteHtml tags again url");
    let (rating, note) = (rating_of(field), field.words_of("note"));
    // A date alone says that the author saw the work again.
    let is_dated = date.as_ref().is_some_and(|date| date.first_day().is_some());
    if rating.is_none() && note.is_none() && !is_dated {
        field.missing("rating", What::HistoryEntry);
        return None;
    }
    Some(HistoryEntry {
        date,
        rating,
        note,
        note_html: field.text_of("noteHtml"),
        tags: field.all_words_of("tags"),
        again: flag(field, "again"),
        url: field.address_of("url", Use::Link),
    })
}

pub(super) fn offer(field: &Field) -> Option<Offer> {
    if !field.is_object() {
        return Some(Offer { title: field.words()?, ..Offer::default() });
    }
    field.knows("title url sponsored");
    let sponsored = flag(field, "sponsored").unwrap_or_default();
    Some(Offer { title: title_of(field)?, url: field.address_of("url", Use::Link), sponsored })
}

/// Returns a Boolean. Another value is reported and counts as true.
fn flag(field: &Field, key: &str) -> Option<bool> {
    let given = field.get(key)?;
    if !matches!(given.value, Json::Bool(_)) {
        given.expected(What::Boolean);
    }
    Some(*given.value != Json::Bool(false))
}

/// Returns the first [`MAX_RELATED`] entries of the list `key`.
fn few<T>(field: &Field, key: &str, mut entries: Vec<T>) -> Vec<T> {
    if entries.len() > MAX_RELATED
        && let Some(list) = field.get(key)
    {
        tell_too_many_entries(&list);
    }
    entries.truncate(MAX_RELATED);
    entries
}

fn tell_too_many_entries(list: &Field) {
    list.fault(Fault::AtMost(MAX_RELATED, Many::Entries));
}

/// Reads a list of other articles, without duplicates and without the review itself.
fn related(field: &Field, key: &str, own_url: Option<&str>) -> Vec<Related> {
    let Some(list) = field.get(key) else { return Vec::new() };
    let mut entries: Vec<Related> = Vec::new();
    for item in list.entries() {
        if entries.len() == MAX_RELATED {
            tell_too_many_entries(&list);
            break;
        }
        if !item.has_room(size_of::<Related>()) {
            break;
        }
        if let Some(entry) = related_entry(&item) {
            relate(&mut entries, entry, own_url);
        }
    }
    entries
}

/// Adds an entry unless it is already in the list or is the review itself.
pub(super) fn relate(entries: &mut Vec<Related>, entry: Related, own_url: Option<&str>) {
    let is_itself = entry.url.is_some() && entry.url.as_deref() == own_url;
    if !is_itself && !entries.contains(&entry) {
        entries.push(entry);
    }
}

pub(super) fn related_entry(field: &Field) -> Option<Related> {
    let Json::Object(_) = field.value else {
        return Some(Related { title: Some(field.words()?), ..Related::default() });
    };
    field.knows(ENTRY);
    let entry = Related {
        title: field.words_of("title"),
        url: field.address_of("url", Use::Link),
        verdict: field.words_of("verdict"),
        author: field.words_of("author"),
        image: image_of(field),
        rating: rating_of(field),
    };
    if entry.title.is_none() && entry.verdict.is_none() {
        field.missing("title", What::RelatedEntry);
        return None;
    }
    Some(entry)
}

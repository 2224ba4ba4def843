//! The header: kicker, title, work, dates, disclosure and verdict.

use super::tag::{Tag, bare, part, tag, text};
use super::{Part, Setting, Surface, own_link};
use crate::model::{Date, Disclosure, Review, Work};
use crate::text::fill;

/// Returns the header. A compact card has only title, disclosure and verdict.
pub(super) fn header(review: &Review, setting: &Setting<impl Surface>, whole: bool) -> Tag {
    let shows = |part| setting.shows(part);
    let section = review.section.as_ref().filter(|_| whole && shows(Part::Section));
    let verdict = review.verdict.as_ref().filter(|_| shows(Part::Verdict));
    let title = shows(Part::Title).then(|| {
        let title = part(setting.level.tag(), "title", setting).set("dir", "auto");
        let title = title.microformat("p-name", setting);
        title.child(own_link(review.url.as_deref(), text(review.title.clone()), setting))
    });
    tag("header", "header")
        .maybe(
            section.map(|section| {
                part("p", "section", setting).microformat("p-category", setting).text(section)
            }),
        )
        .maybe(title)
        .maybe(if whole { about(review, setting) } else { None })
        .maybe(review.disclosure.as_ref().map(|it| disclosure(it, setting)))
        .maybe(
            verdict
                .map(|verdict| part("p", "verdict", setting).microformat("p-summary", setting).text(verdict)),
        )
}

/// Returns one line with the work, its year and creators, then the dates.
fn about(review: &Review, setting: &Setting<impl Surface>) -> Option<Tag> {
    let work = review.work.as_ref().filter(|_| setting.shows(Part::Work)).map(|it| work(it, setting));
    let meta = if setting.shows(Part::Meta) { dates(review, setting) } else { None };
    (work.is_some() || meta.is_some()).then(|| tag("div", "about").maybe(work).maybe(meta))
}

/// Returns "Disclosure: received for free", or the author's own text. `hide` cannot remove it.
fn disclosure(disclosure: &Disclosure, setting: &Setting<impl Surface>) -> Tag {
    let label = bare("strong").lang(setting.words_lang).words(setting.words.disclosure);
    let said = match (&disclosure.text, disclosure.kind) {
        (Some(text), _) => bare("span").text(text),
        (None, kind) => {
            let words = kind.map(|kind| setting.words.disclosed(kind));
            bare("span").lang(setting.words_lang).words(words.unwrap_or_default())
        }
    };
    part("p", "disclosure", setting).child(label).words(" ").child(said)
}

/// Returns *The Apartment* (1960) · Billy Wilder, or *Baron Noir*, S1 E5 · *Ashes* (2016). The name sets the direction
/// of the line, so the name is not isolated.
fn work(work: &Work, setting: &Setting<impl Surface>) -> Tag {
    let name = bare("cite").microformat("p-name", setting).words(work.name.clone());
    let line = part("p", "work", setting).set("dir", "auto").microformat(item(work), setting);
    let name = own_link(work.url.as_deref(), name, setting);
    let (first, name) = match work.series.as_ref().filter(|series| **series != work.name) {
        Some(series) => (bare("cite").words(series.clone()).into(), Some(name)),
        None => (name, None),
    };
    let mut line = line.child(first);
    if let Some(episode) = setting.words.episode(work) {
        line = line.words(", ").child(bare("bdi").lang(setting.words_lang).words(episode));
    }
    if let Some(name) = name {
        line = line.words(" · ").child(name);
    }
    if let Some(year) = &work.year {
        line = line.words(" (").child(bare("bdi").words(year.clone())).words(")");
    }
    for creator in &work.creators {
        line = line.words(" · ").child(bare("bdi").words(creator.clone()));
    }
    line
}

/// Returns the classes of the [item of an h-review](https://microformats.org/wiki/h-review#Properties), by its
/// schema.org type.
fn item(work: &Work) -> &'static str {
    match work.kind.as_deref() {
        Some("Product") => "p-item h-product",
        Some("Event") => "p-item h-event",
        Some("LocalBusiness" | "Organization" | "Restaurant" | "Hotel") => "p-item h-card",
        _ => "p-item h-item",
    }
}

fn dates(review: &Review, setting: &Setting<impl Surface>) -> Option<Tag> {
    let published = review.published.as_ref().map(|date| day("#", date, "dt-published", setting));
    let updated = review.updated.as_ref().map(|date| day(setting.words.updated, date, "dt-updated", setting));
    let both = published.is_some() && updated.is_some();
    let any = published.is_some() || updated.is_some();
    any.then(|| part("p", "meta", setting).maybe(published).maybe(both.then(|| text(" · "))).maybe(updated))
}

/// Returns a date in the page's language, or as its author wrote it if it is not ISO 8601.
pub(super) fn day(template: &str, date: &Date, name: &'static str, setting: &Setting<impl Surface>) -> Tag {
    match (date.day(), date.machine_readable()) {
        (Some(day), Some(datetime)) => bare("time")
            .microformat(name, setting)
            .set_text("datetime", datetime.to_owned())
            .lang(setting.words_lang)
            .words(fill(template, &[&setting.words.day(day)])),
        _ => bare("span").text(&fill(template, &[date.as_written()])),
    }
}

//! The header: kicker, title, work, dates, disclosure and verdict.

use super::tag::{Attribute, Tag, bare, part, tag, text};
use super::{CardContext, Part, Surface, anchor, own_link, wrap};
use crate::model::{Date, Disclosure, Review, Work};
use crate::text::fill;

/// Returns the header. A compact card has only title, disclosure and verdict.
pub(super) fn header<S: Surface>(review: &Review, context: &CardContext<S>, whole: bool) -> Tag {
    let shows = |part| context.shows(part);
    let section = review.section.as_ref().filter(|_| whole && shows(Part::Section));
    let verdict = review.verdict.as_ref().filter(|_| shows(Part::Verdict));
    let title = shows(Part::Title).then(|| {
        let title = part(context.level.tag(), "title", context).attr(Attribute::Dir, "auto");
        let title = title.microformat("p-name", context);
        let name = text(review.title.clone());
        let anchor = anchor(review.url.as_deref()).map(|anchor| {
            let anchor = anchor.microformat("u-url", context);
            match &context.onselect {
                Some(onselect) if S::APP => anchor.listen(onselect.clone()),
                _ => anchor,
            }
        });
        title.child(wrap(name, anchor))
    });
    tag("header", "header")
        .maybe(section.map(|section| {
            part("p", "section", context).microformat("p-category", context).author_text(section)
        }))
        .maybe(title)
        .maybe(if whole { about(review, context) } else { None })
        .maybe(review.disclosure.as_ref().map(|it| disclosure(it, context)))
        .maybe(verdict.map(|verdict| {
            part("p", "verdict", context).microformat("p-summary", context).author_text(verdict)
        }))
}

/// Returns one line with the work, its year and creators, then the dates.
fn about(review: &Review, context: &CardContext<impl Surface>) -> Option<Tag> {
    let work = review.work.as_ref().filter(|_| context.shows(Part::Work)).map(|it| work(it, context));
    let meta = if context.shows(Part::Meta) { dates(review, context) } else { None };
    (work.is_some() || meta.is_some()).then(|| tag("div", "about").maybe(work).maybe(meta))
}

/// Returns "Disclosure: received for free", or the author's own text. `hide` cannot remove it.
fn disclosure(disclosure: &Disclosure, context: &CardContext<impl Surface>) -> Tag {
    let label = bare("strong").lang(context.strings_lang).text(context.strings.disclosure);
    let said = match (&disclosure.text, disclosure.kind) {
        (Some(text), _) => bare("span").author_text(text),
        (None, kind) => {
            let label = kind.map(|kind| context.strings.disclosed(kind));
            bare("span").lang(context.strings_lang).text(label.unwrap_or_default())
        }
    };
    part("p", "disclosure", context).child(label).text(" ").child(said)
}

/// Returns *The Apartment* (1960) · Billy Wilder, or *Baron Noir*, S1 E5 · *Ashes* (2016). The name sets the direction
/// of the line, so the name is not isolated.
fn work(work: &Work, context: &CardContext<impl Surface>) -> Tag {
    let name = bare("cite").microformat("p-name", context).text(work.name.clone());
    let line = part("p", "work", context).attr(Attribute::Dir, "auto").microformat(item(work), context);
    let name = own_link(work.url.as_deref(), name, context);
    let (first, name) = match work.series.as_ref().filter(|series| **series != work.name) {
        Some(series) => (bare("cite").text(series.clone()).into(), Some(name)),
        None => (name, None),
    };
    let mut line = line.child(first);
    if let Some(episode) = context.strings.episode(work) {
        line = line.text(", ").child(bare("bdi").lang(context.strings_lang).text(episode));
    }
    if let Some(name) = name {
        line = line.text(" · ").child(name);
    }
    if let Some(year) = &work.year {
        line = line.text(" (").child(bare("bdi").text(year.clone())).text(")");
    }
    for creator in &work.creators {
        line = line.text(" · ").child(bare("bdi").text(creator.clone()));
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

fn dates(review: &Review, context: &CardContext<impl Surface>) -> Option<Tag> {
    let published = review.published.as_ref().map(|date| day("#", date, "dt-published", context));
    let updated =
        review.updated.as_ref().map(|date| day(context.strings.updated, date, "dt-updated", context));
    let both = published.is_some() && updated.is_some();
    let any = published.is_some() || updated.is_some();
    any.then(|| part("p", "meta", context).maybe(published).maybe(both.then(|| text(" · "))).maybe(updated))
}

/// Returns a date in the page's language, or as its author wrote it if it is not ISO 8601.
pub(super) fn day(
    template: &str,
    date: &Date,
    name: &'static str,
    context: &CardContext<impl Surface>,
) -> Tag {
    match (date.day(), date.machine_readable()) {
        (Some(day), Some(datetime)) => bare("time")
            .microformat(name, context)
            .attr(Attribute::Datetime, datetime.to_owned())
            .lang(context.strings_lang)
            .text(fill(template, &[&context.strings.day(day)])),
        _ => bare("span").author_text(&fill(template, &[date.as_written()])),
    }
}

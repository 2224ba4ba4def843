//! The verdicts over time, with the present one at the end.

use yew::prelude::*;

use super::header::day;
use super::tag::{Tag, bare, part, tag};
use super::{CardContext, Part, Surface, link, rating};
use crate::model::{Date, HistoryEntry, Rating, Review};

pub(super) fn history(review: &Review, context: &CardContext<impl Surface>) -> Option<Html> {
    let last = review.history.last().filter(|_| context.shows(Part::History))?;
    let today = today(review, last, context);
    if review.history.len() == 1 && today.is_none() && last.note.is_none() {
        return None; // The only entry is the review itself, whose rating and date are shown above.
    }
    let entries = review.history.iter().map(|entry| {
        let note = entry.note.as_ref().map(|note| tag("p", "excerpt").author_text(note));
        moment(entry.date.as_ref(), entry.rating.as_ref(), entry.url.as_deref(), context).maybe(note).into()
    });
    let today = today.map(|date| moment(date, review.rating.as_ref(), None, context).into());
    let list = bare("ol").children(entries).children(today);
    Some(
        part("section", "history", context)
            .child(context.heading(context.strings.history))
            .child(list)
            .into(),
    )
}

/// Returns the date of the review as the last entry, or `None` if the history already ends with the review itself.
fn today<'a>(
    review: &'a Review,
    last: &HistoryEntry,
    context: &CardContext<impl Surface>,
) -> Option<Option<&'a Date>> {
    let before = last.date.as_ref().and_then(Date::first_day);
    let dates = [&review.published, &review.updated];
    let date = dates.into_iter().flatten().find(|date| date.first_day() > before);
    let is_new = review.rating.is_some() && (date.is_some() || last.rating != review.rating);
    is_new.then_some(date.filter(|_| context.shows(Part::Meta)))
}

/// Returns a date with its rating. The link to the source is on the date, or on the rating if there is no date.
fn moment(
    date: Option<&Date>,
    rating: Option<&Rating>,
    url: Option<&str>,
    context: &CardContext<impl Surface>,
) -> Tag {
    let date = date.map(|date| day("#", date, "", context));
    let score = rating.map(|rating| rating::inline(rating, context).maybe(rating::written_stars(rating)));
    let (first, second) = if date.is_some() { (date, score) } else { (score, None) };
    let first = first.map(|first| link(url, first));
    tag("li", "moment").child(tag("p", "head").maybe(first).maybe(second))
}

//! The verdicts over time, with the present one at the end.

use yew::prelude::*;

use super::header::day;
use super::tag::{Tag, bare, part, tag};
use super::{Part, Setting, Surface, link, rating};
use crate::model::{Date, HistoryEntry, Rating, Review};

pub(super) fn history(review: &Review, setting: &Setting<impl Surface>) -> Option<Html> {
    let last = review.history.last().filter(|_| setting.shows(Part::History))?;
    let today = today(review, last, setting);
    if review.history.len() == 1 && today.is_none() && last.note.is_none() {
        return None; // The only entry is the review itself, whose rating and date are shown above.
    }
    let entries = review.history.iter().map(|entry| {
        let note = entry.note.as_ref().map(|note| tag("p", "excerpt").text(note));
        moment(entry.date.as_ref(), entry.rating.as_ref(), entry.url.as_deref(), setting).maybe(note).into()
    });
    let today = today.map(|date| moment(date, review.rating.as_ref(), None, setting).into());
    let list = bare("ol").children(entries).children(today);
    Some(part("section", "history", setting).child(setting.heading(setting.words.history)).child(list).into())
}

/// Returns the date of the review as the last entry, or `None` if the history already ends with the review itself.
fn today<'a>(
    review: &'a Review,
    last: &HistoryEntry,
    setting: &Setting<impl Surface>,
) -> Option<Option<&'a Date>> {
    let before = last.date.as_ref().and_then(Date::first_day);
    let dates = [&review.published, &review.updated];
    let date = dates.into_iter().flatten().find(|date| date.first_day() > before);
    let is_new = review.rating.is_some() && (date.is_some() || last.rating != review.rating);
    is_new.then_some(date.filter(|_| setting.shows(Part::Meta)))
}

/// Returns a date with its rating. The link to the source is on the date, or on the rating if there is no date.
fn moment(
    date: Option<&Date>,
    rating: Option<&Rating>,
    url: Option<&str>,
    setting: &Setting<impl Surface>,
) -> Tag {
    let date = date.map(|date| day("#", date, "", setting));
    let score = rating.map(|rating| rating::inline(rating, setting).maybe(rating::written_stars(rating)));
    let (first, second) = if date.is_some() { (date, score) } else { (score, None) };
    let first = first.map(|first| link(url, first));
    tag("li", "moment").child(tag("p", "head").maybe(first).maybe(second))
}

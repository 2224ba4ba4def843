//! Kicker, title, what is reviewed and when, and the verdict that the card is about.

use yew::prelude::*;

use super::{Part, Setting, isolated, link};
use crate::model::{Date, Review, Work};
use crate::text::fill;

pub(super) fn header(review: &Review, setting: &Setting) -> Html {
    let section = review.section.as_ref().filter(|_| setting.shows(Part::Section));
    let verdict = review.verdict.as_ref().filter(|_| setting.shows(Part::Verdict));
    html! {
        <header class="review-card__header">
            if let Some(section) = section {
                <p class="review-card__section" part="section" dir="auto">{ section.clone() }</p>
            }
            if setting.shows(Part::Title) {
                { title(review, setting) }
            }
            { about(review, setting) }
            if let Some(verdict) = verdict {
                <p class="review-card__verdict" part="verdict" dir="auto">{ verdict.clone() }</p>
            }
        </header>
    }
}

fn title(review: &Review, setting: &Setting) -> Html {
    let tag = setting.level.tag();
    let words = link(review.url.as_deref(), "review-card__link", review.title.clone().into());
    html! { <@{tag} class="review-card__title" part="title" dir="auto">{ words }</@> }
}

/// One quiet line: the work, its year and makers, then the dates.
fn about(review: &Review, setting: &Setting) -> Html {
    let work = review.work.as_ref().filter(|_| setting.shows(Part::Work));
    let published = review.published.as_ref().map(|date| ("{}", date));
    let updated = review.updated.as_ref().map(|date| (setting.words.updated, date));
    let dates: Vec<_> = [published, updated].into_iter().flatten().collect();
    let dates = Some(dates).filter(|dates| setting.shows(Part::Meta) && !dates.is_empty());
    if work.is_none() && dates.is_none() {
        return Html::default();
    }
    html! {
        <div class="review-card__about">
            { work.map(self::work) }
            if let Some(dates) = dates {
                <p class="review-card__meta" part="meta">
                    { for dates.into_iter().map(|(template, date)| day(template, date, setting)) }
                </p>
            }
        </div>
    }
}

fn work(work: &Work) -> Html {
    let name = html! { <cite>{ isolated(&work.name) }</cite> };
    html! {
        <p class="review-card__work" part="work" dir="auto">
            { link(work.url.as_deref(), "review-card__link", name) }
            if let Some(year) = &work.year {
                { " (" }{ isolated(year) }{ ")" }
            }
            { for work.creators.iter().map(|creator| html! { <span>{ isolated(creator) }</span> }) }
        </p>
    }
}

/// A date in the page's language; one that is no ISO 8601 date stands as its author wrote it.
fn day(template: &str, date: &Date, setting: &Setting) -> Html {
    match (date.day(), date.machine_readable()) {
        (Some(day), Some(datetime)) => html! {
            <time datetime={datetime.to_owned()} lang={setting.words_lang}>
                { fill(template, &[&setting.words.day(day)]) }
            </time>
        },
        _ => html! { <span dir="auto">{ fill(template, &[date.as_written()]) }</span> },
    }
}

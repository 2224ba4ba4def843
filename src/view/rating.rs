//! The rating: a numeral to read across the room, a drawn scale, and one sentence for those who hear it.
//!
//! Stars for scales up to five, in halves; a ring for longer ones and percentages; a grade stands for itself. The
//! drawing is SVG with its lengths as attributes: a strict `style-src` forbids `style=""`, and none is needed.

use yew::prelude::*;

use super::Setting;
use crate::model::{Decimal, Mark, Rating, Score};
use crate::text::Words;

/// Scales up to this are drawn as stars.
const MOST_STARS: Decimal = Decimal::whole(5);
/// A five-pointed star in a box of 24.
const STAR: &str = "M12 1.8l3.1 6.6 7.1.9-5.2 5 1.3 7.1L12 17.9l-6.3 3.5L7 14.3l-5.2-5 7.1-.9z";
/// Its left half.
const HALF_STAR: &str = "M12 1.8v16.1l-6.3 3.5L7 14.3l-5.2-5 7.1-.9z";

/// The card's rating.
pub(super) fn rating(rating: &Rating, setting: &Setting) -> Html {
    let words = setting.words;
    html! {
        <div class="review-card__rating" part="rating">
            <p class={mark_class(&rating.mark)} role="img" aria-label={words.spoken(&rating.mark)} lang={setting.words_lang}>
                { drawn(&rating.mark, words) }
            </p>
            if let Some(label) = &rating.label {
                <p class="review-card__label" dir="auto">{ label.clone() }</p>
            }
        </div>
    }
}

/// A rating in a line of text: an aspect's, a related review's.
pub(super) fn inline(rating: &Rating, setting: &Setting) -> Html {
    let words = setting.words;
    html! {
        <span class="review-card__score" role="img" aria-label={words.spoken(&rating.mark)} lang={setting.words_lang}>
            { numeral(&rating.mark, words) }
        </span>
    }
}

/// How far along its scale, 0 to 100; `None` for what has no scale.
pub(super) fn percent(mark: &Mark) -> Option<u32> {
    match mark {
        Mark::Score(score) => Some(score.steps(100)),
        Mark::Percent(percent) => {
            Score::new(*percent, Decimal::whole(100), Decimal::ZERO).map(|score| score.steps(100))
        }
        Mark::Letter(_) | Mark::Text(_) => None,
    }
}

fn mark_class(mark: &Mark) -> &'static str {
    match mark {
        Mark::Score(score) if has_stars(score) => "review-card__mark review-card__mark--stars",
        Mark::Score(_) | Mark::Percent(_) => "review-card__mark review-card__mark--ring",
        Mark::Letter(_) => "review-card__mark review-card__mark--letter",
        Mark::Text(_) => "review-card__mark review-card__mark--text",
    }
}

fn has_stars(score: &Score) -> bool {
    score.best() <= MOST_STARS && score.worst() >= Decimal::ZERO && score.best().thousandths() % 1000 == 0
}

fn drawn(mark: &Mark, words: &Words) -> Html {
    match mark {
        Mark::Score(score) if has_stars(score) => html! { <>{ numeral(mark, words) }{ stars(*score) }</> },
        Mark::Score(_) | Mark::Percent(_) => html! { <>{ ring(percent(mark).unwrap_or(0)) }{ numeral(mark, words) }</> },
        Mark::Letter(_) | Mark::Text(_) => numeral(mark, words),
    }
}

/// The rating in figures: `4.5/5`, `85%`, `B+`.
fn numeral(mark: &Mark, words: &Words) -> Html {
    let (value, scale) = match mark {
        Mark::Score(score) => (words.number(score.value()), ["/", &words.number(score.best())].concat()),
        Mark::Percent(percent) => (words.number(*percent), words.percent.to_owned()),
        Mark::Letter(text) | Mark::Text(text) => (text.clone(), String::new()),
    };
    html! {
        <span class="review-card__numeral" dir={matches!(mark, Mark::Text(_)).then_some("auto")}>
            <span class="review-card__value">{ value }</span>
            if !scale.is_empty() {
                <span class="review-card__scale">{ scale }</span>
            }
        </span>
    }
}

fn stars(score: Score) -> Html {
    let stars = u32::try_from(score.best().thousandths() / 1000).unwrap_or(5);
    let halves = score.steps(stars * 2);
    let star = |index: u32| {
        let fill = match halves.saturating_sub(index * 2) {
            0 => None,
            1 => Some(HALF_STAR),
            _ => Some(STAR),
        };
        html! {
            <svg class="review-card__star" viewBox="0 0 24 24" aria-hidden="true">
                <path class="review-card__star-line" d={STAR} />
                if let Some(d) = fill {
                    <path class="review-card__star-fill" {d} />
                }
            </svg>
        }
    };
    html! { <span class="review-card__stars">{ for (0..stars).map(star) }</span> }
}

/// A circle of circumference 100, drawn as far as the rating goes.
fn ring(percent: u32) -> Html {
    html! {
        <svg class="review-card__ring" viewBox="0 0 36 36" aria-hidden="true">
            <circle class="review-card__track" cx="18" cy="18" r="15.9155" />
            <circle class="review-card__arc" cx="18" cy="18" r="15.9155"
                stroke-dasharray={[&percent.to_string(), " 100"].concat()} />
        </svg>
    }
}

/// A bar, drawn as far as the rating goes.
pub(super) fn bar(percent: u32) -> Html {
    html! {
        <svg class="review-card__bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect class="review-card__track" width="100" height="4" />
            <rect class="review-card__arc" width={percent.to_string()} height="4" />
        </svg>
    }
}

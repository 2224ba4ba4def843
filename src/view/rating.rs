//! The rating: a large numeral, a drawn scale, and one sentence for screen readers.
//!
//! Scales up to five are drawn as stars, in halves. Longer scales and percentages are drawn as a ring. A grade is not
//! drawn. The drawing is SVG with its lengths as attributes, because a strict `style-src` forbids `style=""`.

use yew::prelude::*;

use super::tag::{Attribute, Tag, part, tag};
use super::{CardContext, Part, Surface, measure};
use crate::model::{Decimal, Mark, Rating, Review, Score};
use crate::text::Strings;

/// The best value of the longest scale that is drawn as stars.
const MOST_STARS: Decimal = Decimal::whole(5);
/// A five-pointed star in a 24 by 24 box.
const STAR: &str = "M12 1.8l3.1 6.6 7.1.9-5.2 5 1.3 7.1L12 17.9l-6.3 3.5L7 14.3l-5.2-5 7.1-.9z";
/// The left half of [`STAR`].
const HALF_STAR: &str = "M12 1.8v16.1l-6.3 3.5L7 14.3l-5.2-5 7.1-.9z";

/// Returns the card's rating. In a whole card it includes the comparison with others.
pub(super) fn rating(review: &Review, context: &CardContext<impl Surface>, whole: bool) -> Option<Html> {
    let rating = review.rating.as_ref().filter(|_| context.shows(Part::Rating))?;
    let label = rating.label.as_ref().map(|label| tag("p", "label").author_text(label));
    let mark = spoken(tag("p", "mark").class(mark_class(&rating.mark).into()), &rating.mark, context);
    let measure = context.measure(review).filter(|_| whole).and_then(|of| measure::measure(of, context));
    let rating = part("div", "rating", context).child(drawn(mark, &rating.mark, context)).maybe(label);
    Some(rating.maybe(measure).into())
}

/// Returns a rating for a line of text, such as that of an aspect or a related review.
pub(super) fn inline(rating: &Rating, context: &CardContext<impl Surface>) -> Tag {
    spoken(tag("span", "score"), &rating.mark, context).child(numeral(&rating.mark, context.strings))
}

/// Makes the element a single image with one accessible name.
fn spoken(tag: Tag, mark: &Mark, context: &CardContext<impl Surface>) -> Tag {
    tag.attr(Attribute::Role, "img")
        .attr(Attribute::AriaLabel, context.strings.spoken(mark))
        .lang(context.strings_lang)
}

/// Returns the position on the scale, 0 to 100, or `None` for a rating without a scale.
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

fn drawn(tag: Tag, mark: &Mark, context: &CardContext<impl Surface>) -> Tag {
    let figures = if context.microformats() { data(mark, context) } else { numeral(mark, context.strings) };
    match (mark, percent(mark)) {
        (Mark::Score(score), _) if has_stars(score) => tag.child(figures).child(stars(*score)),
        (_, Some(percent)) => tag.child(ring(percent)).child(figures),
        _ => tag.child(figures),
    }
}

/// Returns the [`numeral`] with machine-readable values: a page in French shows `4,5`.
fn data(mark: &Mark, context: &CardContext<impl Surface>) -> Tag {
    let [value, best, worst] = match mark {
        Mark::Score(score) => [score.value(), score.best(), score.worst()],
        Mark::Percent(percent) => [*percent, Decimal::whole(100), Decimal::ZERO],
        Mark::Letter(_) | Mark::Text(_) => {
            return written(mark, context.strings, |noun| match noun {
                "value" => tag("span", noun).microformat("p-rating", context),
                noun => tag("span", noun),
            });
        }
    };
    written(mark, context.strings, |noun| {
        let (name, number) = match noun {
            "value" => ("p-rating", value),
            "scale" => ("p-best", best),
            _ => ("p-worst", worst),
        };
        tag("data", noun).microformat(name, context).attr(Attribute::Value, number.to_text("."))
    })
}

/// Returns the rating in figures: `4.5/5`, `85%`, `B+`.
fn numeral(mark: &Mark, strings: &Strings) -> Tag {
    written(mark, strings, |noun| tag("span", noun))
}

fn written(mark: &Mark, strings: &Strings, tag: impl Fn(&'static str) -> Tag) -> Tag {
    let (value, scale) = match mark {
        Mark::Score(score) => {
            (strings.number(score.value()), Some(["/", &strings.number(score.best())].concat()))
        }
        Mark::Percent(percent) => (strings.number(*percent), Some(strings.percent.to_owned())),
        Mark::Letter(text) | Mark::Text(text) => (text.clone(), None),
    };
    tag("numeral").child(tag("value").author_text(&value)).maybe(scale.map(|scale| tag("scale").text(scale)))
}

/// Returns the stars of a rating as text, to stand next to figures in a line.
pub(super) fn written_stars(rating: &Rating) -> Option<Tag> {
    let Mark::Score(score) = &rating.mark else { return None };
    let halves = score.steps(whole_stars(score) * 2);
    let half = if halves % 2 == 1 { "½" } else { "" };
    let text = "★".repeat((halves / 2) as usize) + half;
    (has_stars(score) && halves > 0).then(|| tag("span", "stars").text(text))
}

/// Returns the number of stars on the scale.
fn whole_stars(score: &Score) -> u32 {
    u32::try_from(score.best().thousandths() / 1000).unwrap_or(5)
}

pub(super) fn stars(score: Score) -> Tag {
    let stars = whole_stars(&score);
    let halves = score.steps(stars * 2);
    let star = |index: u32| {
        let fill = match halves.saturating_sub(index * 2) {
            0 => None,
            1 => Some(HALF_STAR),
            _ => Some(STAR),
        };
        drawing("star", "0 0 24 24")
            .child(tag("path", "star-line").attr(Attribute::D, STAR))
            .maybe(fill.map(|d| tag("path", "star-fill").attr(Attribute::D, d)))
            .into()
    };
    tag("span", "stars").children((0..stars).map(star))
}

/// Returns a circle with circumference 100, drawn up to the rating.
fn ring(percent: u32) -> Tag {
    let circle = |noun| {
        tag("circle", noun).attr(Attribute::Cx, "18").attr(Attribute::Cy, "18").attr(Attribute::R, "15.9155")
    };
    drawing("ring", "0 0 36 36")
        .child(circle("track"))
        .child(circle("arc").attr(Attribute::StrokeDasharray, percent.to_string() + " 100"))
}

/// Returns a bar, drawn up to the rating.
pub(super) fn bar(percent: u32) -> Tag {
    let rect = |noun| tag("rect", noun).attr(Attribute::Height, "4");
    drawing("bar", "0 0 100 4")
        .attr(Attribute::PreserveAspectRatio, "none")
        .child(rect("track").attr(Attribute::Width, "100"))
        .child(rect("arc").attr(Attribute::Width, percent.to_string()))
}

pub(super) fn drawing(noun: &'static str, view_box: &'static str) -> Tag {
    tag("svg", noun).attr(Attribute::ViewBox, view_box).attr(Attribute::AriaHidden, "true")
}

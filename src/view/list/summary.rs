//! The summary of many reviews: the average and a histogram of stars, drawn and as text for screen readers.

use yew::prelude::*;

use super::super::rating;
use super::super::tag::{Attribute, Tag, bare};
use super::{ListContext, part, tag};
use crate::collection::{BEST, Given, Summary};
use crate::model::{Decimal, Score};

/// Returns the summary, or `None` if there is no rating at all.
pub(super) fn summary(summary: &Summary, given: Option<Given>, context: &ListContext) -> Option<Tag> {
    let own = summary.average().map(|average| number(average, context));
    let given = given.map(|given| many(&given, context));
    if own.is_none() && given.is_none() {
        return None;
    }
    let bars = (summary.rated() > 0).then(|| bars(summary.stars(), context));
    let section = part("section", "summary", context)
        .attr(Attribute::AriaLabel, context.list.summary)
        .lang(context.strings_lang);
    let numbers = tag("div", "numbers").maybe(own).maybe(given);
    Some(section.child(numbers).maybe(bars))
}

/// Returns the average, drawn like a card's rating.
fn number(average: Decimal, context: &ListContext) -> Tag {
    let average = tenth(average);
    let said = context.list.average(average, BEST, context.strings);
    let stars = Score::new(average, BEST, Decimal::ZERO).map(rating::stars);
    tag("p", "average")
        .child(
            bare("span")
                .attr(Attribute::Role, "img")
                .attr(Attribute::AriaLabel, said)
                .child(tag("span", "value").text(context.strings.number(average)))
                .maybe(stars),
        )
        .text(" ")
        .child(
            tag("span", "scale")
                .attr(Attribute::AriaHidden, "true")
                .text(context.list.average_of(BEST, context.strings)),
        )
}

/// Returns the combined rating of many people.
fn many(given: &Given, context: &ListContext) -> Tag {
    let average = context.list.average(tenth(given.average), BEST, context.strings);
    let count = given.count.map(|count| [" · ", &context.list.ratings(count, context.strings)].concat());
    tag("p", "given").text(average).maybe(count.map(Html::from))
}

/// Returns the number of ratings for each number of stars, best first. The row for no stars is left out if it is empty.
fn bars(stars: [u32; 6], context: &ListContext) -> Tag {
    let most = stars.iter().copied().max().unwrap_or(1).max(1);
    let bar = |(stars, count): (i32, u32)| {
        let percent = u32::try_from(u64::from(count) * 100 / u64::from(most)).unwrap_or(100);
        let said = context.list.bar(Decimal::whole(stars), BEST, count, context.strings);
        let drawn = bare("span").attr(Attribute::Role, "img").attr(Attribute::AriaLabel, said);
        let label = tag("span", "stars").text(context.strings.number(Decimal::whole(stars)));
        let number = tag("span", "number").text(context.list.integer(count, context.strings));
        bare("li").child(drawn.child(label).child(rating::bar(percent)).child(number)).into()
    };
    let [none, rest @ ..] = stars;
    let rows = [5, 4, 3, 2, 1].into_iter().zip(rest.into_iter().rev()).chain((none > 0).then_some((0, none)));
    tag("ul", "bars").children(rows.map(bar))
}

/// Rounds to one decimal place, since an average is not exact.
fn tenth(number: Decimal) -> Decimal {
    Decimal::from_thousandths((number.thousandths() + 50) / 100 * 100).unwrap_or(number)
}

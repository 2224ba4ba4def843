//! The summary of many reviews: the average and a histogram of stars, drawn and as text for screen readers.

use yew::prelude::*;

use super::super::rating;
use super::super::tag::{Tag, bare};
use super::{ListSetting, part, tag};
use crate::collection::{BEST, Given, Summary};
use crate::model::{Decimal, Score};

/// Returns the summary, or `None` if there is no rating at all.
pub(super) fn summary(summary: &Summary, given: Option<Given>, setting: &ListSetting) -> Option<Tag> {
    let own = summary.average().map(|average| number(average, setting));
    let given = given.map(|given| many(&given, setting));
    if own.is_none() && given.is_none() {
        return None;
    }
    let bars = (summary.rated() > 0).then(|| bars(summary.stars(), setting));
    let section =
        part("section", "summary", setting).set("aria-label", setting.list.summary).lang(setting.words_lang);
    let numbers = tag("div", "numbers").maybe(own).maybe(given);
    Some(section.child(numbers).maybe(bars))
}

/// Returns the average, drawn like a card's rating.
fn number(average: Decimal, setting: &ListSetting) -> Tag {
    let average = tenth(average);
    let said = setting.list.average(average, BEST, setting.words);
    let stars = Score::new(average, BEST, Decimal::ZERO).map(rating::stars);
    tag("p", "average")
        .child(
            bare("span")
                .set("role", "img")
                .set_text("aria-label", said)
                .child(tag("span", "value").words(setting.words.number(average)))
                .maybe(stars),
        )
        .words(" ")
        .child(
            tag("span", "scale")
                .set("aria-hidden", "true")
                .words(setting.list.average_of(BEST, setting.words)),
        )
}

/// Returns the combined rating of many people.
fn many(given: &Given, setting: &ListSetting) -> Tag {
    let average = setting.list.average(tenth(given.average), BEST, setting.words);
    let count = given.count.map(|count| [" · ", &setting.list.ratings(count, setting.words)].concat());
    tag("p", "given").words(average).maybe(count.map(Html::from))
}

/// Returns the number of ratings for each number of stars, best first. The row for no stars is left out if it is empty.
fn bars(stars: [u32; 6], setting: &ListSetting) -> Tag {
    let most = stars.iter().copied().max().unwrap_or(1).max(1);
    let bar = |(stars, count): (i32, u32)| {
        let percent = u32::try_from(u64::from(count) * 100 / u64::from(most)).unwrap_or(100);
        let said = setting.list.bar(Decimal::whole(stars), BEST, count, setting.words);
        let drawn = bare("span").set("role", "img").set_text("aria-label", said);
        let label = tag("span", "stars").words(setting.words.number(Decimal::whole(stars)));
        let number = tag("span", "number").words(setting.list.integer(count, setting.words));
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

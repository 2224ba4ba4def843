//! How the rating compares with all ratings of the critic: a histogram of all ratings, and a sentence.

use super::tag::{Attribute, Tag, part, tag};
use super::{CardContext, Part, Surface, rating};
use crate::model::Measure;
use crate::text::fill;

/// The height of the histogram, and the width of a bar with its gap.
const HEIGHT: u32 = 24;
const BAR: u32 = 10;

/// Screen readers read only the sentence, which says all that the histogram shows.
pub(super) fn measure(measure: &Measure, context: &CardContext<impl Surface>) -> Option<Tag> {
    let strings = context.strings;
    let percent = strings.integer(measure.percent) + strings.percent;
    let said = fill(strings.measure, &[&percent, &strings.integer(measure.count)]);
    let said = tag("span", "said").lang(context.strings_lang).text(said);
    context.shows(Part::Measure).then(|| part("p", "measure", context).child(strip(measure)).child(said))
}

/// Returns the histogram, with one bar for each half star. The bar of this review is highlighted.
fn strip(measure: &Measure) -> Tag {
    let most = measure.bars.iter().copied().max().unwrap_or(0).max(1);
    let (mut others, mut own) = (String::new(), String::new());
    for (place, count) in (0..).zip(&measure.bars) {
        let height = (u64::from(*count) * u64::from(HEIGHT)).div_ceil(u64::from(most)).to_string();
        let path = if place == measure.own { &mut own } else { &mut others };
        path.extend(["M", &(place * BAR + BAR / 2).to_string(), " ", "24", "v-", &height]);
    }
    let bars = |noun, path| tag("path", noun).attr(Attribute::D, path);
    rating::drawing("strip", "0 0 110 24").child(bars("track", others)).child(bars("arc", own))
}

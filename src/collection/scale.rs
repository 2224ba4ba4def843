//! Converts all ratings to one scale from 0 to 5, so that they can be compared, filtered and averaged.
//!
//! A score is converted as it is drawn: 4 of 5 stars are 4, whether the scale begins at 0 or, as in schema.org, at 1
//! ([`Score::steps`](crate::model::Score::steps)). A percentage is divided by 20. Grades are fifteen equal steps from F
//! to A+:
//!
//! | | + | | − |
//! | --- | --- | --- | --- |
//! | A | 5 | 4.667 | 4.333 |
//! | B | 4 | 3.667 | 3.333 |
//! | C | 3 | 2.667 | 2.333 |
//! | D | 2 | 1.667 | 1.333 |
//! | E | 1 | 0.667 | 0.333 |
//! | F | 0 | 0 | 0 |
//!
//! A rating on no scale is not converted. Such a review is last when sorted by rating and does not count in an average.

use crate::model::{Decimal, Mark};

/// The highest rating on this scale.
pub const BEST: Decimal = Decimal::whole(5);
/// The same, as a whole number.
const STARS: i64 = 5;
/// The number of steps from F to A+.
const GRADES: i64 = 15;

/// Returns a rating on the scale from 0 to 5, to the nearest thousandth, or `None` if the rating has no scale.
///
/// ```
/// use review_card::collection::out_of_five;
/// use review_card::model::{Decimal, Mark};
/// let of_five = |mark| out_of_five(&mark).map(|value| value.to_text("."));
/// assert_eq!(of_five(Mark::Percent(Decimal::whole(85))).as_deref(), Some("4.25"));
/// assert_eq!(of_five(Mark::Letter("B+".into())).as_deref(), Some("4"));
/// assert_eq!(of_five(Mark::Text("five".into())), None);
/// ```
pub fn out_of_five(mark: &Mark) -> Option<Decimal> {
    Decimal::from_thousandths(place(mark, 1000)?)
}

/// Returns a rating on the scale from 0 to 5, in `units` of a star, or `None` if the rating has no scale.
pub(super) fn place(mark: &Mark, units: i64) -> Option<i64> {
    let (part, whole) = match mark {
        Mark::Score(score) => {
            let start = score.worst().min(Decimal::ZERO).trillionths();
            (score.value().trillionths() - start, score.best().trillionths() - start)
        }
        Mark::Percent(percent) => (percent.trillionths(), Decimal::whole(100).trillionths()),
        Mark::Letter(grade) => (i128::from(steps_of(grade)?), i128::from(GRADES)),
        Mark::Text(_) => return None,
    };
    if whole <= 0 {
        return None;
    }
    // No overflow: a scale is at most 2e24 trillionths long.
    let best = i128::from(STARS * units);
    i64::try_from(((2 * part * best + whole) / (2 * whole)).clamp(0, best)).ok()
}

/// Returns how many steps a grade is above F, or `None` if it is not a grade.
fn steps_of(grade: &str) -> Option<i64> {
    let mut chars = grade.trim().chars();
    let letter = match chars.next()?.to_ascii_uppercase() {
        'A' => 14,
        'B' => 11,
        'C' => 8,
        'D' => 5,
        'E' => 2,
        'F' => 0,
        _ => return None,
    };
    let sign = match chars.next() {
        None => 0,
        Some('+') => 1,
        Some('-' | '−' | '–') => -1,
        Some(_) => return None,
    };
    let steps = if letter == 0 { 0 } else { letter + sign };
    chars.next().is_none().then_some(steps)
}

#[cfg(test)]
mod tests {
    use super::out_of_five;
    use crate::model::Score;
    use crate::model::{Decimal, Mark};

    #[track_caller]
    fn check(mark: Mark, expected: Option<&str>) {
        assert_eq!(out_of_five(&mark).map(|value| value.to_text(".")).as_deref(), expected, "{mark:?}");
    }

    fn score(value: &str, best: &str, worst: &str) -> Mark {
        let number = |text| Decimal::parse(text).unwrap();
        Mark::Score(Score::new(number(value), number(best), number(worst)).unwrap())
    }

    #[test]
    fn scores_go_by_what_is_drawn_of_them() {
        check(score("4", "5", "0"), Some("4"));
        check(score("4", "5", "1"), Some("4"));
        check(score("1", "5", "1"), Some("1"));
        check(score("7.5", "10", "1"), Some("3.75"));
        check(score("37", "100", "0"), Some("1.85"));
        check(score("1", "3", "0"), Some("1.667"));
        check(score("0", "5", "-5"), Some("2.5"));
        check(score("-5", "5", "-5"), Some("0"));
        check(score("-3", "-1", "-5"), Some("2.5"));
        check(score("1000000000000", "1000000000000", "-1000000000000"), Some("5"));
        check(score("0.001", "1000000000000", "0"), Some("0"));
        check(score("0.0000000000001", "0.0000000000002", "0"), None);
    }

    #[test]
    fn percentages_are_twentieths() {
        for (percent, expected) in [("0", "0"), ("85", "4.25"), ("99.99", "5"), ("100", "5")] {
            check(Mark::Percent(Decimal::parse(percent).unwrap()), Some(expected));
        }
    }

    #[test]
    fn grades_are_fifteen_equal_steps() {
        let table = [
            ("A+", "5"),
            ("A", "4.667"),
            ("A−", "4.333"),
            ("B+", "4"),
            ("B", "3.667"),
            ("B-", "3.333"),
            ("C+", "3"),
            ("C", "2.667"),
            ("C−", "2.333"),
            ("D+", "2"),
            ("D", "1.667"),
            ("D−", "1.333"),
            ("E+", "1"),
            ("E", "0.667"),
            ("E−", "0.333"),
            ("F", "0"),
            ("F+", "0"),
            ("F−", "0"),
            ("b+", "4"),
        ];
        for (grade, expected) in table {
            check(Mark::Letter(grade.into()), Some(expected));
        }
        for other in ["", "G", "A++", "AB", "1"] {
            check(Mark::Letter(other.into()), None);
        }
    }

    #[test]
    fn text_is_on_no_scale() {
        check(Mark::Text("5".into()), None);
    }
}

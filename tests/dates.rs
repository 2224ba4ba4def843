//! Dates against jiff: the same days are days, and the other ways of writing one give the day that jiff gives.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use jiff::civil;
use jiff::fmt::{rfc2822, strtime};
use proptest::prelude::*;
use review_card::model::Date;

/// The day that the library reads in a date of ISO 8601, as jiff writes it.
fn day(text: &str) -> Option<String> {
    let day = Date::new(text.to_owned()).day()?;
    Some(format!("{:04}-{:02}-{:02}", day.year, day.month, day.day))
}

/// The day that jiff reads there. jiff keeps an offset apart from the civil date, and refuses a `Z` without a zone.
fn jiff_day(text: &str) -> Option<String> {
    let date: civil::DateTime = text.trim_end_matches('Z').parse().ok()?;
    Some(date.date().to_string())
}

/// The date of a review in plain JSON, as the library writes it.
fn published(text: &str) -> Option<String> {
    let document = serde_json::json!({ "title": "A", "published": text }).to_string();
    let (collection, _) = review_card::read(document.as_bytes(), None).unwrap();
    let date = collection.reviews.first()?.published.clone()?;
    let day = date.day()?;
    Some(format!("{:04}-{:02}-{:02}", day.year, day.month, day.day))
}

#[test]
fn the_days_of_a_year_are_those_of_jiff() {
    for year in [1, 4, 99, 100, 400, 1582, 1600, 1900, 1999, 2000, 2024, 2100, 9999] {
        for month in 0..=13 {
            for number in 0..=32 {
                let text = format!("{year:04}-{month:02}-{number:02}");
                let is_day = civil::Date::new(year, month, number).is_ok();
                assert_eq!(day(&text), is_day.then(|| text.clone()), "{text}");
            }
        }
    }
}

fn any_day() -> impl Strategy<Value = civil::Date> {
    (1000i16..=9999, 1i8..=12, 1i8..=31).prop_filter_map("a day of the calendar", |(year, month, day)| {
        civil::Date::new(year, month, day).ok()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn times_are_those_of_jiff(
        text in "20[0-9]{2}-[01][0-9]-[0-3][0-9](T[0-2][0-9]:[0-6][0-9](:[0-5][0-9](\\.[0-9]{1,9})?)?(Z|[+-][01][0-9]:[0-5][0-9])?)?"
    ) {
        prop_assert_eq!(day(&text), jiff_day(&text), "{}", text);
    }

    #[test]
    fn other_ways_of_writing_give_the_same_day(date in any_day(), seconds in 0i64..86_400) {
        let expected = Some(date.to_string());
        let at = date.at(0, 0, 0, 0).checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap();
        let zoned = at.to_zoned_datetime(jiff::tz::TimeZone::UTC).unwrap();
        let mut texts = vec![rfc2822::to_string(&zoned).unwrap()];
        for format in ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S +0000", "%Y%m%d", "%Y%m%dT%H%M%SZ", "%Y-%m-%dT%H:%M:%SZ"] {
            texts.push(strtime::format(format, &zoned).unwrap());
        }
        for text in texts {
            prop_assert_eq!(published(&text), expected.clone(), "{}", text);
        }
    }
}

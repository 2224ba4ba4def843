//! The tables of dates, digits and plurals against Unicode CLDR, as ICU4X carries it: what Intl would say.

use fixed_decimal::Decimal as IcuDecimal;
use icu::calendar::Date;
use icu::datetime::{DateTimeFormatter, fieldsets::YMD};
use icu::decimal::DecimalFormatter;
use icu::locale::Locale;
use icu::plurals::{PluralCategory, PluralRules};
use review_card::model::{Day, Decimal};
use review_card::text::{Language, Plural};

const LANGUAGES: [&str; 9] = ["en", "en-US", "en-GB", "en-AU", "en-IE", "fr", "de", "es", "ar-EG"];

#[test]
fn every_day_of_a_year_reads_as_in_cldr() {
    let mut compared = 0;
    for language in LANGUAGES {
        let locale: Locale = language.parse().unwrap();
        let formatter = DateTimeFormatter::try_new(locale.into(), YMD::long()).unwrap();
        let strings = Language::of(language).strings();
        for (month, days) in (1..).zip([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
            for day in 1..=days {
                let theirs = formatter.format(&Date::try_new_iso(2024, month, day).unwrap()).to_string();
                assert_eq!(strings.day(Day { year: 2024, month, day }), theirs, "{language}");
                compared += 1;
            }
        }
    }
    assert_eq!(compared, LANGUAGES.len() * 366);
}

#[test]
fn numbers_read_as_in_cldr() {
    for language in LANGUAGES {
        let locale: Locale = language.parse().unwrap();
        let formatter = DecimalFormatter::try_new(locale.into(), Default::default()).unwrap();
        let strings = Language::of(language).strings();
        for number in ["0", "4", "4.5", "3.75", "8", "10", "37", "85.5", "100", "-2.5"] {
            let theirs = formatter.format_to_string(&number.parse::<IcuDecimal>().unwrap());
            let theirs = theirs.replace(['\u{200e}', '\u{61c}'], ""); // Marks around a minus.
            assert_eq!(strings.number(Decimal::parse(number).unwrap()), theirs, "{language}");
        }
    }
}

#[test]
fn plurals_fall_as_in_cldr() {
    for language in LANGUAGES {
        let locale: Locale = language.parse().unwrap();
        let rules = PluralRules::try_new_cardinal(locale.into()).unwrap();
        let strings = Language::of(language).strings();
        for number in 0..=2000_u32 {
            let theirs = match rules.category_for(number) {
                PluralCategory::Zero => Plural::Zero,
                PluralCategory::One => Plural::One,
                PluralCategory::Two => Plural::Two,
                PluralCategory::Few => Plural::Few,
                PluralCategory::Many => Plural::Many,
                PluralCategory::Other => Plural::Other,
            };
            assert_eq!((strings.plural)(number), theirs, "{language} {number}");
        }
    }
}

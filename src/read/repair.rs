//! Repairs that the element's own module does not contain. A document that needs any of them is passed to the module
//! `reader` ([`super::handover`]).
//!
//! 1. Dates in the formats of common programs become ISO 8601 ([`date`]).
//! 2. Ratings in words are placed on their scale ([`super::rating::in_words`]).
//! 3. Escaped text is unescaped ([`super::text::unescaped`]).
//! 4. An unknown key is reported together with the most similar known key ([`nearest`]).
//! 5. Each problem has a message ([`messages`]).

use super::field::Field;
use super::messages::Fault;
use super::{messages, rating, text};
use crate::json::Json;
use crate::model::{Body, Date, Rating};

/// The repairs, as function pointers, so that only modules that use them link them.
pub(super) struct Repair {
    pub(super) date: fn(&str) -> Option<String>,
    pub(super) rating: fn(&str) -> Option<Rating>,
    pub(super) text: fn(&Field, &str) -> String,
    pub(super) body: fn(&Field, &[String]) -> Body,
    pub(super) report: fn(&Field, Fault),
    pub(super) found: fn(&Json) -> String,
}

pub(super) static REPAIR: Repair = Repair {
    date,
    rating: rating::in_words,
    text: |field, text| text::unescaped(text, field.html()),
    body: |field, texts| text::body(texts, field.base(), field.html()),
    report: messages::report,
    found: messages::found,
};

/// The repairs of the lists' own module, which has no HTML parser. A text that needs it is marked in the report.
pub(super) static REPAIR_WITHOUT_HTML: Repair = Repair {
    text: |field, text| text::simply_unescaped(text).unwrap_or_else(|| field.needs_html(text)),
    body: |field, texts| {
        let decoded =
            texts.iter().map(|text| text::simply_unescaped(text).unwrap_or_else(|| field.needs_html(text)));
        text::plain_body(&decoded.collect::<Vec<_>>(), field.base())
    },
    ..REPAIR
};

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Converts a date of Jekyll, Hugo, MySQL, RFC 822 or ISO's basic format to ISO 8601. Returns an empty text for the zero
/// that MySQL writes for no date, and `None` for any other text.
fn date(text: &str) -> Option<String> {
    // Java adds `[Europe/Berlin]`.
    let text = text.split('[').next().unwrap_or_default().trim();
    if text.starts_with("0000-00-00") {
        return Some(String::new());
    }
    let iso = rfc_822(text).or_else(|| basic(text)).or_else(|| spaced(text))?;
    Date::new(iso.clone()).day().is_some().then_some(iso)
}

/// Parses `2024-03-09 10:00:00 +0100`, `2024-03-09 08:15:00 +0000 UTC`, `2024/3/9` and `2024-03-09t08:15z`.
fn spaced(text: &str) -> Option<String> {
    let (day, rest) = text.split_once([' ', 'T', 't']).unwrap_or((text, ""));
    let mut numbers = day.split(['-', '/']);
    let (year, month, day) = (numbers.next()?, numbers.next()?, numbers.next()?);
    let is_day = year.len() == 4 && numbers.next().is_none();
    let day = is_day.then(|| [year, "-", &two(month), "-", &two(day)].concat())?;
    if rest.trim().is_empty() {
        return Some(day);
    }
    with_time(&day, rest)
}

/// Adds a time, and a UTC offset if there is one, to a day in ISO 8601 format.
fn with_time(day: &str, time: &str) -> Option<String> {
    let mut words = time.split_ascii_whitespace();
    let time = words.next()?;
    // A UTC offset may follow the time without a space.
    let (time, joined) = time.find(['+', '-', 'Z', 'z']).map_or((time, ""), |at| time.split_at(at));
    let offset = if joined.is_empty() { words.next().unwrap_or_default() } else { joined };
    if time.bytes().any(|byte| byte.is_ascii_alphabetic()) || !words.all(is_zone) {
        return None;
    }
    let (hours, rest) = time.split_once(':')?;
    // At most nine decimals of a second.
    let rest: String = rest.replace(',', ".").chars().take("00:00.123456789".len()).collect();
    if matches!(offset, "AM" | "PM" | "am" | "pm") {
        return Some(day.into());
    }
    Some([day, "T", &two(hours), ":", &rest, &zone(offset)?].concat())
}

/// Parses `20240309`, `20240309T081500Z`, `20240309T081500.123+0100` and `20240309081500`.
fn basic(text: &str) -> Option<String> {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let end = digits(text);
    if !matches!(end, 8 | 14) {
        return None;
    }
    let (year, month, day) = (text.get(..4)?, text.get(4..6)?, text.get(6..8)?);
    let day = [year, "-", month, "-", day].concat();
    let time = text.get(8..)?.trim_start_matches(['T', 't', ' ']);
    let (time, offset) = time.split_at_checked(digits(time))?;
    let parts: Vec<_> = [0, 2, 4].iter().filter_map(|at| time.get(*at..at + 2)).collect();
    match parts.as_slice() {
        [] if time.is_empty() && offset.is_empty() => Some(day),
        [_, _, ..] if time.len() == 2 * parts.len() => with_time(&day, &[&parts.join(":"), offset].concat()),
        _ => None,
    }
}

/// Parses `Sat, 09 Mar 2024 08:15:00 +0000`.
fn rfc_822(text: &str) -> Option<String> {
    let words = match text.split_once(',') {
        Some((weekday, rest)) if weekday.len() < 10 => rest,
        _ => text.trim_start_matches(|c: char| c.is_ascii_alphabetic()),
    };
    let mut words = words.trim_start().splitn(4, |c: char| c.is_ascii_whitespace());
    let (day, month, year) = (words.next()?, words.next()?, words.next()?);
    let month = month.get(..3)?.to_ascii_lowercase();
    let month = (MONTHS.iter().position(|known| *known == month)? + 1).to_string();
    let year: u16 = year.parse().ok()?;
    let year = if year < 70 {
        year + 2000
    } else if year < 100 {
        year + 1900
    } else {
        year
    };
    let date = [&year.to_string(), "-", &two(&month), "-", &two(day)].concat();
    match words.next().map(str::trim).filter(|time| !time.is_empty()) {
        Some(time) => with_time(&date, time),
        None => Some(date),
    }
}

/// Returns a number with at least two digits.
fn two(number: &str) -> String {
    [if number.len() == 1 { "0" } else { "" }, number].concat()
}

/// Returns whether a word may follow the UTC offset: `UTC`, `(CET)`, `+0100`, `m=+0.002`.
fn is_zone(word: &str) -> bool {
    word.starts_with(['(', '+', '-']) || word.ends_with(')') || word.starts_with("m=") || is_zone_name(word)
}

fn is_zone_name(word: &str) -> bool {
    word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Returns a UTC offset in ISO 8601 format; empty if there is none, or if it is not known.
fn zone(text: &str) -> Option<String> {
    let text = if text.len() > 3 { text.trim_start_matches("GMT").trim_start_matches("UTC") } else { text };
    Some(match text {
        "" => String::new(),
        "Z" | "z" | "UTC" | "GMT" | "UT" => "Z".into(),
        "EST" | "CDT" => "-05:00".into(),
        "EDT" => "-04:00".into(),
        "CST" | "MDT" => "-06:00".into(),
        "MST" | "PDT" => "-07:00".into(),
        "PST" => "-08:00".into(),
        "CET" | "BST" => "+01:00".into(),
        "CEST" => "+02:00".into(),
        name if is_zone_name(name) => String::new(),
        _ => {
            let digits = text.strip_prefix(['+', '-'])?.replace(':', "");
            let is_valid = digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
            let (hours, minutes) = is_valid.then(|| digits.split_at_checked(digits.len().min(2)))??;
            let minutes = if minutes.is_empty() { "00" } else { minutes };
            [text.get(..1)?, &two(hours), ":", minutes].concat()
        }
    })
}

/// Keys that people write instead of the known ones.
const OTHER_NAMES: [(&str, &str); 24] = [
    ("category", "section"),
    ("content", "body"),
    ("created", "published"),
    ("date", "published"),
    ("datepublished", "published"),
    ("description", "verdict"),
    ("excerpt", "verdict"),
    ("headline", "title"),
    ("html", "bodyHtml"),
    ("href", "url"),
    ("img", "image"),
    ("keywords", "tags"),
    ("language", "lang"),
    ("link", "url"),
    ("modified", "updated"),
    ("name", "title"),
    ("picture", "image"),
    ("reviewer", "author"),
    ("score", "rating"),
    ("slug", "id"),
    ("stars", "rating"),
    ("summary", "verdict"),
    ("text", "body"),
    ("src", "url"),
];
/// The maximum length of a key that is compared, in characters.
const MAX_KEY: usize = 40;

/// Returns the most similar key of `known`, a list separated by spaces, if one is similar enough.
pub(super) fn nearest(key: &str, known: &str) -> Option<String> {
    let fold = |key: &str| key.to_lowercase().replace(['_', '-', ' '], "");
    let wanted = fold(key);
    if wanted.is_empty() || wanted.chars().nth(MAX_KEY).is_some() {
        return None;
    }
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == wanted).map(|(_, known)| *known);
    if let Some(other) = other.filter(|other| known.split(' ').any(|known| known == *other)) {
        return Some(other.to_owned());
    }
    let near = known.split(' ').map(|known| (distance(&wanted, &fold(known)), known));
    let (distance, known) = near.min_by_key(|(distance, _)| *distance)?;
    // Misspelt keys mostly begin with the right letter: "titel" is similar to "title", but "yoast" is not similar to
    // "post".
    let begins = fold(known).chars().next() == wanted.chars().next();
    let most = if begins { wanted.chars().count().div_ceil(3) } else { 1 };
    (distance <= most && distance < known.len()).then(|| known.to_owned())
}

/// Returns the number of letters to change, add or remove (Levenshtein distance).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<_> = other.chars().collect();
    let mut row: Vec<_> = (0..=other.len()).collect();
    for (at, c) in one.chars().enumerate() {
        let mut diagonal = at;
        let mut left = at + 1;
        for (column, wanted) in row.iter_mut().zip(std::iter::once(None).chain(other.iter().map(Some))) {
            let above = *column;
            *column = match wanted {
                None => at + 1,
                Some(wanted) => (diagonal + usize::from(*wanted != c)).min(above + 1).min(left + 1),
            };
            (diagonal, left) = (above, *column);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{date, distance, nearest};

    #[track_caller]
    fn check_date(text: &str, expected: Option<&str>) {
        assert_eq!(date(text).as_deref(), expected, "{text}");
    }

    #[test]
    fn dates_of_programs() {
        check_date("2024-03-09 10:00:00 +0100", Some("2024-03-09T10:00:00+01:00"));
        check_date("2024-03-09 08:15:00", Some("2024-03-09T08:15:00"));
        check_date("2024-03-09 08:15:00 +0000 UTC", Some("2024-03-09T08:15:00+00:00"));
        check_date("2024-03-09 08:15:00.123456+00", Some("2024-03-09T08:15:00.123456+00:00"));
        check_date("2024-03-09 08:15", Some("2024-03-09T08:15"));
        check_date("2024/03/09", Some("2024-03-09"));
        check_date("20240309", Some("2024-03-09"));
        check_date("20240309T081500Z", Some("2024-03-09T08:15:00Z"));
        check_date("20240309T0815+0530", Some("2024-03-09T08:15+05:30"));
        check_date("Sat, 09 Mar 2024 08:15:00 +0000", Some("2024-03-09T08:15:00+00:00"));
        check_date("9 Mar 2024 8:15:00 EST", Some("2024-03-09T08:15:00-05:00"));
        check_date("Sat, 09 Mar 24 08:15 GMT", Some("2024-03-09T08:15Z"));
    }

    #[test]
    fn dates_with_zones_and_fractions() {
        check_date("2024-03-09 10:00:00+0100", Some("2024-03-09T10:00:00+01:00"));
        check_date("2024-03-09 10:00:00.5Z", Some("2024-03-09T10:00:00.5Z"));
        check_date("2024-03-09t10:00:00z", Some("2024-03-09T10:00:00Z"));
        check_date("2024-03-09 8:15", Some("2024-03-09T08:15"));
        check_date("2024-3-9", Some("2024-03-09"));
        check_date("2024/3/9 08:15:00", Some("2024-03-09T08:15:00"));
        check_date("2024-03-09 08:15:00 CET", Some("2024-03-09T08:15:00+01:00"));
        check_date("2024-03-09 08:15:00 AEST", Some("2024-03-09T08:15:00"));
        check_date("2024-03-09 08:15:00 PM", Some("2024-03-09"));
        check_date(
            "2024-03-09 10:00:00.000000001 +0100 CET m=+0.002",
            Some("2024-03-09T10:00:00.000000001+01:00"),
        );
        check_date("2024-03-09 10:00:00 +0100 +0100", Some("2024-03-09T10:00:00+01:00"));
        check_date("2024-03-09T10:00:00+01:00[Europe/Berlin]", Some("2024-03-09T10:00:00+01:00"));
        check_date("20240309T081500.123Z", Some("2024-03-09T08:15:00.123Z"));
        check_date("20240309T081500.123+0100", Some("2024-03-09T08:15:00.123+01:00"));
        check_date("20240309T081500,5+01", Some("2024-03-09T08:15:00.5+01:00"));
        check_date("20240309 081500", Some("2024-03-09T08:15:00"));
        check_date("20240309081500", Some("2024-03-09T08:15:00"));
        check_date("Sat, 09 mar 2024 08:15:00 z", Some("2024-03-09T08:15:00Z"));
        check_date("SAT, 09 MAR 2024 08:15:00 GMT", Some("2024-03-09T08:15:00Z"));
        check_date("Sat, 9 March 2024 08:15:00 +0000 (UTC)", Some("2024-03-09T08:15:00+00:00"));
        check_date("Sat 09 Mar 2024 08:15:00 GMT+0100", Some("2024-03-09T08:15:00+01:00"));
        check_date("Sat, 09 Mar 2024 08:15:00.25 -0500", Some("2024-03-09T08:15:00.25-05:00"));
        check_date("Sat, 09 Mar 2024", Some("2024-03-09"));
        check_date("2024-03-09 08:15:00 ACWST", Some("2024-03-09T08:15:00"));
    }

    #[test]
    fn zones_with_names_and_years_of_two_digits() {
        for (zone, offset) in [
            ("EST", "-05:00"),
            ("CDT", "-05:00"),
            ("EDT", "-04:00"),
            ("CST", "-06:00"),
            ("MDT", "-06:00"),
            ("MST", "-07:00"),
            ("PDT", "-07:00"),
            ("PST", "-08:00"),
            ("CET", "+01:00"),
            ("BST", "+01:00"),
            ("CEST", "+02:00"),
        ] {
            let expected = ["2024-03-09T08:15:00", offset].concat();
            check_date(&["9 Mar 2024 8:15:00 ", zone].concat(), Some(&expected));
        }
        check_date("9 Mar 69", Some("2069-03-09"));
        check_date("9 Mar 70", Some("1970-03-09"));
        check_date("9 Mar 99", Some("1999-03-09"));
        check_date("9 Mar 100", None);
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "soon",
            "1709972100",
            "2024-13-09 10:00",
            "Sat, 31 Feb 2024",
            "2024-03-09 or so",
            "2024-03-09 08:15 or so",
            "2024-03-09 08:15 +0100 or so",
            "2024-03-09 08:15 +010000",
            "2024-03-09 08:15 +0a",
            "2024-03-09 8h:15",
            "2024-3-9-1",
            "20240309T0815301",
            "Donnerstag, 9 Mar 2024",
            "Seen in a cinema, 9 Mar 2024",
            "2024-3",
            "24-3-9",
            "20240230",
            "9 Mar",
            "1709972100000",
            "20240309T8",
            "20241301",
            "é",
        ] {
            check_date(text, None);
        }
    }

    #[test]
    fn the_nearest_key() {
        let known = "title url verdict rating pros cons body published image author";
        for (key, expected) in [
            ("ratings", Some("rating")),
            ("Pro", Some("pros")),
            ("publish", Some("published")),
            ("img", Some("image")),
            ("Verdict", Some("verdict")),
            ("link", Some("url")),
            ("autor", Some("author")),
            ("titel", Some("title")),
            ("seo_score_of_the_page", None),
            ("html", None),
            ("x", None),
        ] {
            assert_eq!(nearest(key, known).as_deref(), expected, "{key}");
        }
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "ab"), 2);
        assert_eq!(distance("ab", ""), 2);
        // All letters of a short key have changed.
        assert_eq!(nearest("idea", "title id"), None);
        assert_eq!(nearest(&"original".repeat(6), &"original".repeat(5)), None, "a key that is too long");
    }
}

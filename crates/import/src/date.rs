//! Converts dates in exports to ISO 8601.
//!
//! Formats: `2020/10/25`, `2020-10-25 14:00:00`, `25.10.2020`, `25 October 2020`, `Oct 25, 2020`,
//! `Sun, 25 Oct 2020 14:00:00 +0100` (RFC 2822). The [`Order`] of a column decides between `10/25/2020` and
//! `25/10/2020`. An unknown format stays unchanged, and the card shows it as written.

use jiff::fmt::rfc2822;

/// Which number comes first in a date with slashes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Order {
    /// The order is unknown: such dates stay unchanged.
    #[default]
    Unknown,
    /// `25/10/2020`
    DayFirst,
    /// `10/25/2020`
    MonthFirst,
}

impl Order {
    /// Returns the order that this date proves, otherwise `self`.
    pub(crate) fn seen(self, text: &str) -> Self {
        match slashed(text) {
            Some([day, _, _]) if day > 12 => Self::DayFirst,
            Some([_, day, _]) if day > 12 => Self::MonthFirst,
            _ => self,
        }
    }
}

/// Returns the date in ISO 8601, or unchanged if the format is unknown.
pub(crate) fn iso(text: &str, order: Order) -> String {
    let text = text.trim();
    numbers_first(text, order)
        .or_else(|| mail(text))
        .or_else(|| with_month_name(text))
        .unwrap_or_else(|| text.into())
}

/// Returns the day of an ISO 8601 date.
pub(crate) fn day(iso: &str) -> Option<&str> {
    let (day, rest) = iso.split_at_checked(10)?;
    let is_date = day
        .bytes()
        .enumerate()
        .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    (is_date && !rest.starts_with(|c: char| c.is_ascii_digit())).then_some(day)
}

fn numbers_first(text: &str, order: Order) -> Option<String> {
    let (date, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let mut parts = date.split(['-', '/', '.']);
    let [first, second, third] = [parts.next()?, parts.next()?, parts.next()?];
    if parts.next().is_some() {
        return None;
    }
    let [year, month, day] = if first.len() == 4 {
        [first, second, third]
    } else if third.len() == 4 {
        match order {
            _ if date.contains('.') => [third, second, first],
            Order::DayFirst => [third, second, first],
            Order::MonthFirst => [third, first, second],
            Order::Unknown => return None,
        }
    } else {
        return None;
    };
    let date = ymd(year, month, day)?;
    Some(if is_time(time) {
        format!("{date}T{}", time.replacen(" UTC", "Z", 1).replace(' ', ""))
    } else {
        date
    })
}

fn slashed(text: &str) -> Option<[u8; 3]> {
    let date = text.trim().split(' ').next()?;
    let mut parts = date.split('/');
    let [first, second, year] = [parts.next()?, parts.next()?, parts.next()?];
    let valid = parts.next().is_none() && year.len() == 4;
    valid.then_some([first.parse().ok()?, second.parse().ok()?, 0])
}

/// Returns whether a date has its year at the end, and slashes.
pub(crate) fn is_slashed(text: &str) -> bool {
    slashed(text).is_some()
}

/// Returns whether the text begins with hours and minutes.
fn is_time(text: &str) -> bool {
    matches!(text.as_bytes(), [a, b, b':', c, d, ..] if [a, b, c, d].iter().all(|byte| byte.is_ascii_digit()))
}

fn ymd(year: &str, month: &str, day: &str) -> Option<String> {
    let number = |text: &str, most: u16| {
        text.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| text.parse::<u16>().ok())
            .flatten()
            .filter(|n| (1..=most).contains(n))
    };
    Some(format!("{:04}-{:02}-{:02}", number(year, 9999)?, number(month, 12)?, number(day, 31)?))
}

/// Parses a date in the format of e-mail and RSS.
fn mail(text: &str) -> Option<String> {
    let date = rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_zoned_datetime(text).ok()?;
    Some(date.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `25 October 2020`, `Oct 25, 2020`
fn with_month_name(text: &str) -> Option<String> {
    let mut words = text.split([' ', ',', '-']).filter(|word| !word.is_empty());
    let [first, second, year] = [words.next()?, words.next()?, words.next()?];
    if words.next().is_some() || year.len() != 4 {
        return None;
    }
    let month = |word: &str| {
        let start = word.get(..3)?.to_ascii_lowercase();
        MONTHS.iter().position(|month| *month == start).map(|place| (place + 1).to_string())
    };
    match (month(first), month(second)) {
        (Some(month), None) => ymd(year, &month, second),
        (None, Some(month)) => ymd(year, &month, first),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Order, day, iso};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(iso(text, Order::Unknown), expected);
    }

    #[test]
    fn dates_of_exports() {
        check("2020/10/25", "2020-10-25");
        check(" 2020-1-5 ", "2020-01-05");
        check("2020-10-25 14:05:09", "2020-10-25T14:05:09");
        check("2020-10-25 14:05:09 UTC", "2020-10-25T14:05:09Z");
        check("2020-10-25T14:05:09.000Z", "2020-10-25T14:05:09.000Z");
        check("25.10.2020", "2020-10-25");
        check("Sun, 25 Oct 2020 14:05:09 +0100", "2020-10-25T14:05:09+01:00");
        check("Sun, 25 Oct 2020 14:05:09 GMT", "2020-10-25T14:05:09+00:00");
        check("25 October 2020", "2020-10-25");
        check("Oct 25, 2020", "2020-10-25");
        check("10/25/2020", "10/25/2020");
        check("2020", "2020");
        check("last summer", "last summer");
        check("2020-13-45", "2020-13-45");
        check("", "");
    }

    #[test]
    fn the_column_says_which_number_is_the_day() {
        let order = ["1/2/2020", "25/10/2020"].iter().fold(Order::Unknown, |order, text| order.seen(text));
        assert_eq!(iso("1/2/2020", order), "2020-02-01");
        let order = Order::Unknown.seen("10/25/2020");
        assert_eq!(iso("1/2/2020", order), "2020-01-02");
    }

    #[test]
    fn the_day_of_a_date() {
        assert_eq!(day("2020-10-25T14:05"), Some("2020-10-25"));
        assert_eq!(day("2020-10-25"), Some("2020-10-25"));
        assert_eq!(day("October"), None);
    }
}

//! A date, as the author wrote it.
//!
//! A review keeps the date of its own place and time: `2024-06-30T23:30:00-05:00` is the 30th of June for every
//! visitor. No time zone is applied and no clock is read, so the static page and the live card agree.

/// A date as written, and the day that it names if it is ISO 8601.
///
/// ```
/// use review_card::model::{Date, Day};
///
/// let date = Date::new("2024-06-30T09:41".into());
/// assert_eq!(date.day(), Some(Day { year: 2024, month: 6, day: 30 }));
/// assert_eq!(date.machine_readable(), Some("2024-06-30T09:41"));
/// let month = Date::new("2015-06".into());
/// assert_eq!((month.day(), month.first_day()), (None, Some(Day { year: 2015, month: 6, day: 1 })));
/// let other = Date::new("last summer".into());
/// assert_eq!(other.as_written(), "last summer");
/// assert_eq!(other.day_or_text(), Err("last summer".into()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Date {
    text: String,
    day: Option<Day>,
}

/// A day of the Gregorian calendar, in the years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// 1 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Date {
    /// Keeps `text`. Also keeps its day if it begins with `YYYY-MM-DD`, alone or followed by `T` and a time that
    /// [HTML](https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#dates-and-times) accepts.
    pub fn new(text: String) -> Self {
        let day = parse(text.as_bytes());
        Self { text, day }
    }

    /// Returns the date as the author wrote it.
    pub fn as_written(&self) -> &str {
        &self.text
    }

    /// Returns the value for `<time datetime>` and JSON-LD. This is the text as written, or only the day if HTML would
    /// reject the time: HTML allows three decimals of a second, ISO 8601 any number. Returns `None` if there is no
    /// [`Date::day`].
    pub fn machine_readable(&self) -> Option<&str> {
        self.day?;
        let decimals = self
            .text
            .split_once('.')
            .map_or(0, |(_, rest)| rest.bytes().take_while(u8::is_ascii_digit).count());
        if decimals > 3 { self.text.get(..10) } else { Some(&self.text) }
    }

    /// Returns the day, or the text as written if it is not an ISO 8601 date.
    pub fn day_or_text(self) -> Result<Day, String> {
        self.day.ok_or(self.text)
    }

    /// Returns the day at the author's own UTC offset, or `None` if the text is not an ISO 8601 date.
    pub fn day(&self) -> Option<Day> {
        self.day
    }
}

impl Date {
    /// Returns the first day of the year or month that the text names, or the day itself. Returns `None` if it names
    /// none of them.
    pub fn first_day(&self) -> Option<Day> {
        let rest = match self.text.len() {
            4 => "-01-01",
            7 => "-01",
            _ => return self.day,
        };
        parse([&self.text, rest].concat().as_bytes())
    }
}

fn parse(text: &[u8]) -> Option<Day> {
    let (date, time) = text.split_at_checked(10)?;
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = date else { return None };
    let year = u16::from(number([y1, y2])?) * 100 + u16::from(number([y3, y4])?);
    let month = number([m1, m2])?;
    let day = number([d1, d2])?;
    let time_is_valid = match time {
        [] => true,
        [b'T', rest @ ..] => is_time(rest),
        _ => false,
    };
    let valid = year > 0 && (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
    (valid && time_is_valid).then_some(Day { year, month, day })
}

/// Returns whether the text is `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fff`, followed by nothing, `Z` or a UTC offset.
fn is_time(text: &[u8]) -> bool {
    let Some((_, rest)) = two(text, 23) else { return false };
    let [b':', rest @ ..] = rest else { return false };
    let Some((_, mut rest)) = two(rest, 59) else { return false };
    if let [b':', seconds @ ..] = rest {
        let Some((_, after)) = two(seconds, 59) else { return false };
        rest = after;
        if let [b'.', fraction @ ..] = rest {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if !(1..=9).contains(&digits) {
                return false;
            }
            rest = fraction.get(digits..).unwrap_or_default();
        }
    }
    match rest {
        [] | b"Z" => true,
        [b'+' | b'-', offset @ ..] => match two(offset, 23) {
            Some((_, [b':', minutes @ ..] | minutes)) => matches!(two(minutes, 59), Some((_, []))),
            None => false,
        },
        _ => false,
    }
}

/// Parses two digits with a value of at most `most`. Returns the value and the rest of the text.
fn two(text: &[u8], most: u8) -> Option<(u8, &[u8])> {
    let [a, b, rest @ ..] = text else { return None };
    number([*a, *b]).filter(|n| *n <= most).map(|n| (n, rest))
}

fn number([tens, units]: [u8; 2]) -> Option<u8> {
    (tens.is_ascii_digit() && units.is_ascii_digit()).then(|| (tens - b'0') * 10 + (units - b'0'))
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Day};

    #[track_caller]
    fn check(text: &str, expected: Option<(u16, u8, u8)>) {
        let expected = expected.map(|(year, month, day)| Day { year, month, day });
        assert_eq!(Date::new(text.into()).day(), expected, "{text}");
    }

    #[test]
    fn days() {
        check("2024-02-29", Some((2024, 2, 29)));
        check("2024-06-30T09:41", Some((2024, 6, 30)));
        check("2024-06-30T23:30:00-05:00", Some((2024, 6, 30)));
        check("2024-06-30T23:30:00.125Z", Some((2024, 6, 30)));
        check("2024-06-30T23:30:00+0530", Some((2024, 6, 30)));
        check("2023-02-29", None);
        check("2024-13-01", None);
        check("2024-00-10", None);
        check("0000-01-01", None);
        check("99999-01-01", None);
        check("+1300-01-01", None);
        check("2024-06-30 09:41:43", None);
        check("2024-06-30T24:00", None);
        check("2024-06-30T09:41:43.", None);
        check("2024-06-30T09:41+5", None);
        check("October 24, 2011", None);
        check("2024-6-3", None);
        check("", None);
        check("é024-01-01", None);
        check("2024-0:-10", None);
        check("2024-/1-10", None);
    }
    #[test]
    fn html_gets_at_most_three_decimals_of_a_second() {
        for (text, expected) in [
            ("2024-06-30", Some("2024-06-30")),
            ("2024-06-30T23:30:00.125-05:00", Some("2024-06-30T23:30:00.125-05:00")),
            ("2024-06-30T23:30:00.1257Z", Some("2024-06-30")),
            ("2024-06-30T23:30:00.125789Z", Some("2024-06-30")),
            ("June 30", None),
        ] {
            assert_eq!(Date::new(text.into()).machine_readable(), expected, "{text}");
        }
    }
}

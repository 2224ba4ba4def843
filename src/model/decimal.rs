//! A decimal number for ratings: eighteen decimal places, no floating point.
//!
//! Ratings are compared, drawn and printed. A double has at most seventeen digits, so an average stays as it was
//! written. Drawings are computed in thousandths. It also keeps the float printer out of the `.wasm`, which takes 12 KB
//! before compression.

/// A decimal number from -1e12 to 1e12, with up to 18 decimals.
///
/// ```
/// use review_card::model::Decimal;
///
/// let half = Decimal::from_thousandths(3500).unwrap();
/// assert_eq!(Decimal::parse("3½"), Some(half));
/// assert_eq!(Decimal::from_literal("35e-1"), Some(half));
/// assert_eq!((half.thousandths(), half.to_text(",")), (3500, "3,5".into()));
/// let long = Decimal::parse("4.6666").unwrap();
/// assert_eq!((long.to_text("."), long.to_hundredths().to_text(".")), ("4.6666".into(), "4.67".into()));
/// assert!(Decimal::ZERO < Decimal::whole(1));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal {
    whole: i64,
    /// The rest, in units of 1e-18. It has the sign of the number, so that numbers compare by their fields.
    rest: i64,
}

/// One, in the units of the rest.
const ONE: i64 = 1_000_000_000_000_000_000;
/// A thousandth, in the units of the rest.
const THOUSANDTH: i64 = ONE / 1000;
/// The number of decimals.
const PLACES: i32 = 18;
/// The largest magnitude. No rating needs more, and the arithmetic for drawing stays within `i64`.
const LIMIT: i64 = 1_000_000_000_000;

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self::whole(0);

    /// Returns `value` whole units.
    pub const fn whole(value: i32) -> Self {
        Self { whole: value as i64, rest: 0 }
    }

    /// Returns the number in thousandths, rounded to the nearest.
    pub const fn thousandths(self) -> i64 {
        self.whole * 1000 + rounded(self.rest, THOUSANDTH)
    }

    /// Returns the number in units of 1e-12, rounded to the nearest.
    pub(crate) fn trillionths(self) -> i128 {
        i128::from(self.whole) * i128::from(LIMIT) + i128::from(rounded(self.rest, ONE / LIMIT))
    }

    /// Returns the number that has this many thousandths, or `None` beyond ±1e12.
    pub const fn from_thousandths(thousandths: i64) -> Option<Self> {
        Self::of(thousandths / 1000, thousandths % 1000 * THOUSANDTH)
    }

    /// Returns a number, or `None` beyond ±1e12. Both parts have its sign.
    const fn of(whole: i64, rest: i64) -> Option<Self> {
        let number = Self { whole: whole + rest / ONE, rest: rest % ONE };
        let is_within = number.whole < LIMIT || number.whole == LIMIT && number.rest == 0;
        let is_within = is_within && (number.whole > -LIMIT || number.whole == -LIMIT && number.rest == 0);
        if is_within { Some(number) } else { None }
    }

    /// Parses a JSON number such as `-1.25e2`, rounded to 18 decimals. Returns `None` beyond ±1e12.
    pub fn from_literal(literal: &str) -> Option<Self> {
        let (digits, exponent) = literal.split_once(['e', 'E']).unwrap_or((literal, ""));
        let power = exponent
            .bytes()
            .filter(u8::is_ascii_digit)
            .fold(0_i32, |power, digit| power.saturating_mul(10).saturating_add(i32::from(digit - b'0')));
        let (magnitude, is_negative) = match digits.strip_prefix('-') {
            Some(magnitude) => (magnitude, true),
            None => (digits, false),
        };
        let power = if exponent.starts_with('-') { -power } else { power };
        Self::from_digits(magnitude, power, 0, is_negative)
    }

    /// Parses `4`, `4.5`, `4,5`, `-1`, `½` and `3½`, rounded to 18 decimals. Returns `None` for any other text and
    /// beyond ±1e12.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (is_negative, digits) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (digits, fraction) = split_vulgar_fraction(digits);
        if fraction == 0 && !digits.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        Self::from_digits(digits, 0, fraction, is_negative)
    }

    /// Returns the number with these digits, times ten to the `power`, plus `fraction` in the units of the rest. Returns
    /// `None` if there is anything but digits and one separator.
    fn from_digits(digits: &str, power: i32, fraction: i64, is_negative: bool) -> Option<Self> {
        let (before, after) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let mut power = power.saturating_add(i32::try_from(before.len()).unwrap_or(i32::MAX));
        let (mut whole, mut rest) = (0_i64, fraction);
        for c in before.chars().chain(after.chars()) {
            power = power.saturating_sub(1);
            let digit = i64::from(c.to_digit(10)?);
            let unit = |zeros: i32| u32::try_from(zeros).ok().and_then(|zeros| 10_i64.checked_pow(zeros));
            if digit == 0 {
                continue;
            }
            if power >= 0 {
                whole = whole.checked_add(digit.checked_mul(unit(power)?)?)?;
            } else if let Some(unit) = unit(PLACES.saturating_add(power)) {
                rest += digit * unit;
            } else if power == -PLACES - 1 {
                rest += i64::from(digit >= 5); // Later digits have no effect.
            }
        }
        if is_negative { Self::of(whole.checked_neg()?, -rest) } else { Self::of(whole, rest) }
    }

    /// Rounds to the nearest hundredth, the precision that is shown and spoken.
    pub fn to_hundredths(self) -> Self {
        let rest = rounded(self.rest, 10 * THOUSANDTH) * 10 * THOUSANDTH;
        Self { whole: self.whole + rest / ONE, rest: rest % ONE }
    }

    /// Formats the number without trailing zeros. `separator` stands before the decimals.
    pub fn to_text(self, separator: &str) -> String {
        let is_negative = self.whole < 0 || self.rest < 0;
        let mut text = if is_negative { String::from("-") } else { String::new() };
        text.push_str(&self.whole.unsigned_abs().to_string());
        let mut rest = self.rest.unsigned_abs();
        if rest > 0 {
            text.push_str(separator);
            let mut unit = ONE.unsigned_abs() / 10;
            while rest > 0 {
                text.push(char::from(b'0' + u8::try_from(rest / unit).unwrap_or(0)));
                rest %= unit;
                unit = (unit / 10).max(1);
            }
        }
        text
    }
}

/// Returns `rest` in units of `unit`, rounded to the nearest; halves are rounded away from zero.
const fn rounded(rest: i64, unit: i64) -> i64 {
    (rest + if rest < 0 { -unit / 2 } else { unit / 2 }) / unit
}

impl From<u32> for Decimal {
    fn from(whole: u32) -> Self {
        Self { whole: i64::from(whole), rest: 0 }
    }
}

/// Splits a fraction character off the end: `3½` becomes `3` and 500 thousandths, in the units of the rest.
fn split_vulgar_fraction(text: &str) -> (&str, i64) {
    for (sign, thousandths) in [('½', 500), ('¼', 250), ('¾', 750), ('⅓', 333), ('⅔', 667)] {
        if let Some(rest) = text.strip_suffix(sign) {
            return (rest.trim_end(), thousandths * THOUSANDTH);
        }
    }
    (text, 0)
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[track_caller]
    fn check(input: &str, expected: Option<&str>) {
        assert_eq!(Decimal::parse(input).map(|n| n.to_text(".")).as_deref(), expected, "{input}");
    }

    #[test]
    fn reads_and_prints() {
        check("4", Some("4"));
        check(" 4.50 ", Some("4.5"));
        check("3,75", Some("3.75"));
        check("0.005", Some("0.005"));
        check("0.0004", Some("0.0004"));
        check("3.1205932852882", Some("3.1205932852882"));
        check("0.9999999999999999994", Some("0.999999999999999999"));
        check("0.9999999999999999995", Some("1"));
        check("1000000000000.0", Some("1000000000000"));
        check("1000000000000.0001", None);
        check("-1000000000000", Some("-1000000000000"));
        check("-1.05", Some("-1.05"));
        check("+2", Some("2"));
        check("-0.25", Some("-0.25"));
        check("3½", Some("3.5"));
        check("3.75½", Some("4.25"));
        check("½", Some("0.5"));
        check("", None);
        check(".", None);
        check("-", None);
        check("NaN", None);
        check("1e3", None);
        check("4 5", None);
        check("1.2.3", None);
        check("99999999999999999999", None);
        check("1000000000000.0004", Some("1000000000000"));
        check("1000000000000.0005", None);
    }

    #[test]
    fn from_json() {
        let check = |literal, expected: Option<&str>| {
            assert_eq!(
                Decimal::from_literal(literal).map(|n| n.to_text(",")).as_deref(),
                expected,
                "{literal}"
            );
        };
        check("4.35", Some("4,35"));
        check("-0.1", Some("-0,1"));
        check("0.0005", Some("0,0005"));
        check("4.199999999999999", Some("4,199999999999999"));
        check("0.00049999999999999999999", Some("0,0005"));
        check("12345678.0000000000000000000000000001", Some("12345678"));
        check("1000000000000", Some("1000000000000"));
        check("1000000000000.0004", Some("1000000000000"));
        check("1000000000000.0005", None);
        check("1000000000000.001", None);
        check("100000000000000000000000e-20", Some("1000"));
        check("0.00000000000000000001e21", Some("10"));
        check("0e99999999999", Some("0"));
        check("-1e300", None);
        check("1e-99999999999", Some("0"));
    }
    #[test]
    fn is_shown_with_two_places_and_drawn_in_thousandths() {
        let check = |number: &str, shown: &str, drawn: i64| {
            let number = Decimal::parse(number).unwrap();
            assert_eq!((&*number.to_hundredths().to_text("."), number.thousandths()), (shown, drawn));
        };
        check("3.1205932852882", "3.12", 3121);
        check("4.6649999", "4.66", 4665);
        check("4.199999999999999", "4.2", 4200);
        check("9.9999", "10", 10_000);
        check("-0.125", "-0.13", -125);
        check("-0.0001", "0", 0);
    }

    #[test]
    fn compares_by_its_value() {
        let numbers = ["-3.5", "-3.2", "-3", "-0.5", "0", "0.0001", "0.5", "2.999999999999", "3"];
        let numbers = numbers.map(|number| Decimal::parse(number).unwrap());
        assert!(numbers.is_sorted());
        assert_eq!(Decimal::from_thousandths(-3500), Decimal::parse("-3.5"));
        assert_eq!(Decimal::from_thousandths(1_000_000_000_000_001), None);
    }
}

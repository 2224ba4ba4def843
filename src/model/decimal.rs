//! A decimal number for ratings: up to 17 digits, no floating point.
//!
//! Ratings are compared, drawn and printed. A double has at most seventeen digits, so an average stays as it was
//! written. Drawings are computed in thousandths. It also keeps the float printer out of the `.wasm`, which takes 12 KB
//! before compression.

use std::cmp::Ordering;

/// A decimal number from -1e12 to 1e12, with up to 17 digits.
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decimal(i64);

/// The lowest bits have the number of decimals; the others have the digits and the sign. The last decimal is not zero, so that
/// equal numbers have equal bits. In the `.wasm`, one integer takes less than a struct.
const BITS: u32 = 5;
/// The largest number that fits into the other bits. With three decimals, it is beyond [`LIMIT`].
const MAX_DIGITS: u64 = 1 << (62 - BITS);
/// The largest number of decimals.
const MAX_PLACES: u8 = 18;
/// As many zeros.
const ZEROS: &str = "000000000000000000";
/// The largest number to which another digit can be added.
const ROOM: i64 = (1 << (62 - BITS)) / 10;
/// The largest magnitude. No rating needs more, and the arithmetic for drawing stays within `i64`.
const LIMIT: i64 = 1_000_000_000_000;

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self::whole(0);

    /// Returns `value` whole units.
    pub const fn whole(value: i32) -> Self {
        Self((value as i64) << BITS)
    }

    /// Returns the number in thousandths, rounded to the nearest.
    pub const fn thousandths(self) -> i64 {
        self.rounded(3)
    }

    /// Returns the number that has this many thousandths, or `None` beyond ±1e12.
    pub const fn from_thousandths(thousandths: i64) -> Option<Self> {
        Self::of(thousandths, 3)
    }

    /// Returns the digits without the separator, and the sign.
    const fn digits(self) -> i64 {
        self.0 >> BITS
    }

    /// Returns the number of decimals.
    #[expect(clippy::cast_sign_loss, reason = "five bits")]
    const fn places(self) -> u8 {
        (self.0 & 0b1_1111) as u8
    }

    /// Returns the number with these digits, or `None` beyond ±1e12.
    const fn of(mut digits: i64, mut places: u8) -> Option<Self> {
        while places > 0 && digits % 10 == 0 {
            digits /= 10;
            places -= 1;
        }
        if digits.unsigned_abs() > MAX_DIGITS {
            return None;
        }
        let number = Self(digits << BITS | places as i64);
        let (whole, rest) = number.parts();
        let whole = whole.abs();
        if whole < LIMIT || whole == LIMIT && rest == 0 { Some(number) } else { None }
    }

    /// Parses a JSON number such as `-1.25e2`, to 17 digits. Returns `None` beyond ±1e12.
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
        Self::from_digits(magnitude, if exponent.starts_with('-') { -power } else { power }, is_negative)
    }

    /// Parses `4`, `4.5`, `4,5`, `-1`, `½` and `3½`, to 17 digits. Returns `None` for any other text and beyond ±1e12.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (is_negative, digits) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (digits, fraction) = split_vulgar_fraction(digits);
        if fraction.is_empty() {
            if !digits.contains(|c: char| c.is_ascii_digit()) {
                return None;
            }
            return Self::from_digits(digits, 0, is_negative);
        }
        // `3.5½` is not a number.
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        Self::from_digits(&[digits, fraction].concat(), 0, is_negative)
    }

    /// Returns the number with these digits, times ten to the `power`. Returns `None` if there is anything but digits and
    /// one separator.
    fn from_digits(text: &str, power: i32, is_negative: bool) -> Option<Self> {
        let (mut digits, mut places, mut is_decimal) = (0_i64, power.saturating_neg(), false);
        for c in text.chars() {
            match c.to_digit(10) {
                Some(digit) if digits < ROOM => {
                    digits = digits * 10 + i64::from(digit);
                    places = places.saturating_add(i32::from(is_decimal));
                }
                // Beyond 17 digits.
                Some(_) => places = places.saturating_sub(i32::from(!is_decimal)),
                None if matches!(c, '.' | ',') && !is_decimal => is_decimal = true,
                None => return None,
            }
        }
        while places < 0 && digits != 0 {
            digits = digits.checked_mul(10)?;
            places += 1;
        }
        while places > i32::from(MAX_PLACES) && digits != 0 {
            digits /= 10;
            places -= 1;
        }
        Self::of(
            if is_negative { -digits } else { digits },
            if digits == 0 { 0 } else { u8::try_from(places).ok()? },
        )
    }

    /// Rounds to the nearest hundredth, the precision that is shown and spoken.
    pub fn to_hundredths(self) -> Self {
        Self::of(self.rounded(2), 2).unwrap_or(self)
    }

    /// Formats the number without trailing zeros. `separator` stands before the decimals.
    pub fn to_text(self, separator: &str) -> String {
        let digits = self.digits().unsigned_abs().to_string();
        let (places, sign) = (usize::from(self.places()), if self.digits() < 0 { "-" } else { "" });
        let (whole, decimals) = digits.split_at(digits.len().saturating_sub(places));
        if places == 0 {
            return [sign, whole].concat();
        }
        let zeros = ZEROS.get(..places - decimals.len()).unwrap_or_default();
        [sign, if whole.is_empty() { "0" } else { whole }, separator, zeros, decimals].concat()
    }

    /// Returns the number in units of 1e-12, rounded down to whole ones.
    pub(crate) fn trillionths(self) -> i128 {
        let (whole, rest) = self.parts();
        i128::from(whole) * i128::from(LIMIT) + i128::from(rest / 1_000_000)
    }

    /// Returns the number in units of `10^-places`, rounded to the nearest; halves are rounded away from zero.
    const fn rounded(self, places: u8) -> i64 {
        if self.places() <= places {
            return self.digits() * ten_to(places - self.places());
        }
        let unit = ten_to(self.places() - places);
        let rest = self.digits() % unit;
        self.digits() / unit + if rest.abs() >= unit / 2 { rest.signum() } else { 0 }
    }

    /// Returns the whole part, and the rest in units of 1e-18. Both have the sign of the number.
    const fn parts(self) -> (i64, i64) {
        let unit = ten_to(self.places());
        (self.digits() / unit, self.digits() % unit * ten_to(MAX_PLACES - self.places()))
    }
}

/// Returns ten to the power of `places`. A loop, because `pow` is larger.
#[inline(never)]
const fn ten_to(places: u8) -> i64 {
    let (mut unit, mut power) = (1, 0);
    while power < places {
        unit *= 10;
        power += 1;
    }
    unit
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.parts().cmp(&other.parts())
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<u32> for Decimal {
    fn from(whole: u32) -> Self {
        Self(i64::from(whole) << BITS)
    }
}

/// Splits a fraction character off the end: `3½` becomes `3` and `.5`.
fn split_vulgar_fraction(text: &str) -> (&str, &'static str) {
    for (sign, decimals) in [('½', ".5"), ('¼', ".25"), ('¾', ".75"), ('⅓', ".333"), ('⅔', ".667")] {
        if let Some(rest) = text.strip_suffix(sign) {
            return (rest.trim_end(), decimals);
        }
    }
    (text, "")
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
        check("144115188075.855879", Some("144115188075.85587"));
        check("3.1205932852882", Some("3.1205932852882"));
        check("0.9999999999999999995", Some("0.99999999999999999"));
        check("1000000000000.0", Some("1000000000000"));
        check("1000000000000.0001", None);
        check("-1000000000000", Some("-1000000000000"));
        check("-1.05", Some("-1.05"));
        check("+2", Some("2"));
        check("-0.25", Some("-0.25"));
        check("3½", Some("3.5"));
        check("3.75½", None);
        check("½", Some("0.5"));
        check("", None);
        check(".", None);
        check("-", None);
        check("NaN", None);
        check("1e3", None);
        check("4 5", None);
        check("1.2.3", None);
        check("99999999999999999999", None);
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
        check("0.00049999999999999999999", Some("0,000499999999999999")); // The first 18 decimals.
        check("12345678.0000000000000000000000000001", Some("12345678"));
        check("1000000000000", Some("1000000000000"));
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
        assert_eq!(Decimal::from_thousandths(i64::MAX), None);
        assert_eq!(Decimal::from_thousandths(i64::MIN), None);
    }
}

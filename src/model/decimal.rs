//! A decimal number for ratings: three decimal places, no floating point.
//!
//! Ratings are compared, drawn and printed. As whole thousandths they are exact in all three. It also keeps the float
//! printer out of the `.wasm`, which takes 12 KB before compression.

/// A decimal number in thousandths, from -1e12 to 1e12.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(i64);

/// One, in thousandths.
const ONE: i64 = 1000;
/// The largest magnitude, in thousandths. No rating needs more, and the arithmetic for drawing stays within `i64`.
const LIMIT: i64 = 1_000_000_000_000 * ONE;

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self(0);

    /// Returns `value` whole units.
    pub const fn whole(value: i32) -> Self {
        Self(value as i64 * ONE)
    }

    /// Returns the number in thousandths.
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// Returns the number that has this many thousandths, or `None` beyond ±1e12.
    pub const fn from_thousandths(thousandths: i64) -> Option<Self> {
        if thousandths >= -LIMIT && thousandths <= LIMIT { Some(Self(thousandths)) } else { None }
    }

    /// Parses a JSON number such as `-1.25e2`, rounded to the nearest thousandth. Returns `None` beyond ±1e12.
    pub fn from_literal(literal: &str) -> Option<Self> {
        let (digits, exponent) = literal.split_once(['e', 'E']).unwrap_or((literal, ""));
        let mut power = exponent
            .bytes()
            .filter(u8::is_ascii_digit)
            .fold(0_i32, |power, digit| power.saturating_mul(10).saturating_add(i32::from(digit - b'0')));
        if exponent.starts_with('-') {
            power = -power;
        }
        power = power.saturating_add(3); // The result is in thousandths.
        let (mut total, mut after_point) = (0_i64, false);
        for byte in digits.bytes() {
            let Some(digit) = char::from(byte).to_digit(10) else {
                after_point |= byte == b'.';
                continue;
            };
            let kept = total <= LIMIT; // Digits beyond the limit do not change the thousandths.
            if kept {
                total = total * 10 + i64::from(digit);
            }
            power = power.saturating_add(i32::from(!kept) - i32::from(after_point));
        }
        while power > 0 && total != 0 {
            total = total.checked_mul(10)?;
            power -= 1;
        }
        while power < -1 && total != 0 {
            total /= 10;
            power += 1;
        }
        if power == -1 {
            total = (total + 5) / 10;
        }
        Self::from_thousandths(if literal.starts_with('-') { -total } else { total })
    }

    /// Parses `4`, `4.5`, `4,5`, `-1`, `½` and `3½`, rounded to the nearest thousandth. Returns `None` for any other
    /// text and beyond ±1e12.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (digits, fraction) = split_vulgar_fraction(digits);
        let mut total: i64 = 0;
        let mut place: Option<i64> = None;
        let mut any = fraction != 0;
        for c in digits.chars() {
            match (c.to_digit(10), place) {
                (Some(digit), None) => {
                    total = total.checked_mul(10)?.checked_add(i64::from(digit) * ONE)?;
                    any = true;
                }
                (Some(digit), Some(unit)) => {
                    // The first digit after the thousandths rounds; later digits have no effect.
                    let added = match unit {
                        0 => i64::from(digit >= 5),
                        unit => i64::from(digit) * unit.max(0),
                    };
                    total = total.checked_add(added)?;
                    place = Some(if unit > 0 { unit / 10 } else { -1 });
                    any = true;
                }
                (None, None) if c == '.' || c == ',' => place = Some(ONE / 10),
                _ => return None,
            }
        }
        let total = total.checked_add(fraction)?;
        if any { Self::from_thousandths(if negative { -total } else { total }) } else { None }
    }

    /// Rounds to the nearest hundredth, the precision that is shown and spoken.
    pub fn to_hundredths(self) -> Self {
        let half = if self.0 < 0 { -5 } else { 5 };
        Self((self.0 + half) / 10 * 10)
    }

    /// Formats the number without trailing zeros. `separator` stands before the decimals.
    pub fn to_text(self, separator: &str) -> String {
        let magnitude = self.0.unsigned_abs();
        let mut text = if self.0 < 0 { String::from("-") } else { String::new() };
        text.push_str(&(magnitude / ONE.unsigned_abs()).to_string());
        let mut rest = magnitude % ONE.unsigned_abs();
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

impl From<u32> for Decimal {
    fn from(whole: u32) -> Self {
        Self(i64::from(whole) * ONE)
    }
}

/// Splits a fraction character off the end: `3½` becomes `3` and 500 thousandths.
fn split_vulgar_fraction(text: &str) -> (&str, i64) {
    for (sign, thousandths) in [('½', 500), ('¼', 250), ('¾', 750), ('⅓', 333), ('⅔', 667)] {
        if let Some(rest) = text.strip_suffix(sign) {
            return (rest.trim_end(), thousandths);
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
        check("0.0004", Some("0"));
        check("4.6667", Some("4.667"));
        check("4.66649999", Some("4.666"));
        check("0.9995", Some("1"));
        check("-1.05", Some("-1.05"));
        check("+2", Some("2"));
        check("3½", Some("3.5"));
        check("½", Some("0.5"));
        check("", None);
        check(".", None);
        check("-", None);
        check("NaN", None);
        check("1e3", None);
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
        check("0.0005", Some("0,001"));
        check("0.00049999999999999999999", Some("0"));
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
    fn rounds_to_hundredths() {
        for (number, expected) in
            [("4.664", "4.66"), ("4.665", "4.67"), ("-1.234", "-1.23"), ("-1.235", "-1.24"), ("0", "0")]
        {
            let rounded = Decimal::parse(number).unwrap().to_hundredths();
            assert_eq!(rounded.to_text("."), expected, "{number}");
        }
    }
}

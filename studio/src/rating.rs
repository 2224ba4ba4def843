//! Rating scales, and how each is written in JSON: stars as a number, points as a value with a best value, percentages
//! and grades as text.

use serde_json::{Number, Value, json};

use crate::value::{Object, get, text};

/// A rating scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// 0 to 5, in halves.
    #[default]
    Stars,
    /// 0 to a best value, which is 10 by default.
    Points,
    /// 0 to 100 percent.
    Percent,
    /// A+ to F.
    Grade,
}

/// All scales, in the order of the form.
pub const SCALES: [Scale; 4] = [Scale::Stars, Scale::Points, Scale::Percent, Scale::Grade];

/// The grades, best first.
pub const GRADES: [&str; 13] = ["A+", "A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D+", "D", "D-", "F"];

impl Scale {
    /// Returns the scale of a review's rating; `None` if there is no rating, or the rating is a text.
    pub fn of(review: &Object, path: &str) -> Option<Self> {
        let value = text(review, &format!("{path}.value"));
        if value.ends_with('%') {
            return Some(Scale::Percent);
        }
        if GRADES.contains(&value.as_str()) {
            return Some(Scale::Grade);
        }
        let best = text(review, &format!("{path}.best"));
        number(&value)?;
        Some(if best.is_empty() || best == "5" { Scale::Stars } else { Scale::Points })
    }

    /// Returns the rating's value without its unit, as shown in the input.
    pub fn shown(review: &Object, path: &str) -> String {
        text(review, &format!("{path}.value")).trim_end_matches('%').trim().to_owned()
    }

    /// Returns the best value of the scale.
    pub fn best(self, review: &Object, path: &str) -> f64 {
        match self {
            Scale::Stars => 5.0,
            Scale::Percent => 100.0,
            Scale::Points | Scale::Grade => {
                number(&text(review, &format!("{path}.best"))).filter(|best| *best > 0.0).unwrap_or(10.0)
            }
        }
    }

    /// Returns the step of the arrow keys.
    pub fn step(self) -> f64 {
        if self == Scale::Percent { 1.0 } else { 0.5 }
    }

    /// Returns the rating with this value on this scale, as JSON; the rating's other keys are kept. `None` removes the
    /// rating.
    pub fn rating(self, review: &Object, path: &str, value: &str) -> Option<Value> {
        let value = value.trim();
        let mut rating = match get(review, path) {
            Some(Value::Object(members)) => members.clone(),
            _ => Object::new(),
        };
        for key in ["value", "best", "worst"] {
            if key != "best" || self != Scale::Points {
                rating.shift_remove(key);
            }
        }
        if value.is_empty() {
            rating.shift_remove("best");
            return (!rating.is_empty()).then_some(Value::Object(rating));
        }
        let value = match self {
            Scale::Percent => json!(format!("{value}%")),
            Scale::Grade => json!(value),
            Scale::Stars | Scale::Points => digits(value),
        };
        if self == Scale::Points {
            let best = rating.shift_remove("best").unwrap_or_else(|| json!(10));
            rating.insert("value".to_owned(), value);
            rating.insert("best".to_owned(), best);
        } else if rating.is_empty() {
            return Some(value);
        } else {
            rating.shift_insert(0, "value".to_owned(), value);
        }
        Some(Value::Object(rating))
    }
}

/// Returns a number, or the text if it is not a number; the reader then reports the text as a problem.
pub fn digits(text: &str) -> Value {
    let text = text.trim();
    if let Ok(whole) = text.parse::<i64>() {
        return Value::Number(whole.into());
    }
    let number = text.replace(',', ".").parse().ok().and_then(Number::from_f64);
    number.map_or_else(|| Value::String(text.to_owned()), Value::Number)
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn review(json: &str) -> Object {
        serde_json::from_str(json).unwrap()
    }

    #[track_caller]
    fn check(before: &str, scale: Scale, value: &str, after: &str) {
        let rating = scale.rating(&review(before), "rating", value);
        assert_eq!(rating.map(|it| it.to_string()).unwrap_or_default(), after);
    }

    #[test]
    fn each_scale_is_written_in_its_own_way() {
        check("{}", Scale::Stars, "4.5", "4.5");
        check("{}", Scale::Stars, "4", "4");
        check("{}", Scale::Points, "7", r#"{"value":7,"best":10}"#);
        check(r#"{"rating":{"value":7,"best":20}}"#, Scale::Points, "8", r#"{"value":8,"best":20}"#);
        check("{}", Scale::Percent, "85", r#""85%""#);
        check("{}", Scale::Grade, "B+", r#""B+""#);
        check(r#"{"rating":{"value":4,"label":"Good"}}"#, Scale::Stars, "3", r#"{"value":3,"label":"Good"}"#);
        check(r#"{"rating":{"value":4,"best":10}}"#, Scale::Stars, "3", "3");
        check(r#"{"rating":4}"#, Scale::Stars, "", "");
        check("{}", Scale::Stars, "six", r#""six""#);
    }

    #[test]
    fn a_rating_tells_its_scale() {
        for (json, expected) in [
            (r#"{"rating":4}"#, Some(Scale::Stars)),
            (r#"{"rating":"4.5"}"#, Some(Scale::Stars)),
            (r#"{"rating":{"value":4,"best":5}}"#, Some(Scale::Stars)),
            (r#"{"rating":{"value":8,"best":10}}"#, Some(Scale::Points)),
            (r#"{"rating":"85%"}"#, Some(Scale::Percent)),
            (r#"{"rating":"B+"}"#, Some(Scale::Grade)),
            (r#"{"rating":"Recommended"}"#, None),
            ("{}", None),
        ] {
            assert_eq!(Scale::of(&review(json), "rating"), expected, "{json}");
        }
    }
}

//! A rating, in the author's own notation.

use super::Decimal;

/// A rating with the author's label for it.
///
/// ```
/// use review_card::model::{Mark, Rating};
///
/// let rating: Rating = serde_json::from_str(r#"{ "value": "B+", "label": "Recommended" }"#)?;
/// assert_eq!(rating, Rating { mark: Mark::Letter("B+".into()), label: Some("Recommended".into()) });
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// The rating itself.
    pub mark: Mark,
    /// The label: "Highly recommended".
    pub label: Option<String>,
}

/// The notations that blogs use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A value on a scale: 4.5 out of 5.
    Score(Score),
    /// A percentage, 0 to 100.
    Percent(Decimal),
    /// A school grade: `A+` to `F`.
    Letter(String),
    /// A rating that could not be placed on a scale, as the author wrote it. It is shown without stars.
    Text(String),
}

/// A value that lies on its scale: `worst < best` and `worst <= value <= best`.
///
/// ```
/// use review_card::model::{Decimal, Score};
///
/// let number = |text| Decimal::parse(text).unwrap();
/// let score = Score::new(number("4.5"), number("5"), Decimal::ZERO).unwrap();
/// assert_eq!((score.value(), score.best(), score.worst()), (number("4.5"), Decimal::whole(5), Decimal::ZERO));
/// assert_eq!(score.steps(10), 9);
/// assert_eq!(Score::new(number("6"), number("5"), Decimal::ZERO), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    value: Decimal,
    best: Decimal,
    worst: Decimal,
}

impl Score {
    /// Returns a score if `worst < best` and the value lies between them, else `None`.
    pub fn new(value: Decimal, best: Decimal, worst: Decimal) -> Option<Self> {
        (worst < best && worst <= value && value <= best).then_some(Self { value, best, worst })
    }

    /// Returns the value given.
    pub fn value(self) -> Decimal {
        self.value
    }

    /// Returns the highest possible value.
    pub fn best(self) -> Decimal {
        self.best
    }

    /// Returns the lowest possible value.
    pub fn worst(self) -> Decimal {
        self.worst
    }

    /// Returns how many of `steps` equal steps are filled when the score is drawn, rounded to the nearest: 4.5 of 5
    /// fills 9 of 10 steps. The drawing starts at zero unless the scale goes below it. So a score of 1 on schema.org's
    /// scale, which starts at 1, fills one star and not none.
    pub fn steps(self, steps: u32) -> u32 {
        let start = self.worst.min(Decimal::ZERO).thousandths();
        let length = self.best.thousandths() - start;
        let along = self.value.thousandths() - start;
        if length <= 0 {
            return 0; // A scale shorter than a thousandth is not drawn.
        }
        // No overflow: a scale has at most 2e15 thousandths, a drawing at most 1000 steps.
        let rounded = (2 * along * i64::from(steps.min(1000)) + length) / (2 * length);
        u32::try_from(rounded).unwrap_or(0).min(steps)
    }
}

/// One aspect of a work and its rating: "Acting", 4 of 5.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aspect {
    /// The name of the aspect.
    pub name: String,
    /// The rating of the aspect.
    pub rating: Rating,
}

#[cfg(test)]
mod tests {
    use super::{Decimal, Score};

    #[test]
    fn steps_of_a_drawn_scale() {
        let score = |value: &str, best, worst| {
            Score::new(Decimal::parse(value).unwrap(), Decimal::whole(best), Decimal::whole(worst)).unwrap()
        };
        assert_eq!(score("4.5", 5, 0).steps(10), 9);
        assert_eq!(score("4.2", 5, 0).steps(10), 8);
        assert_eq!(score("4.25", 5, 0).steps(10), 9);
        assert_eq!(score("1", 5, 1).steps(5), 1);
        assert_eq!(score("0", 5, -5).steps(10), 5);
        assert_eq!(score("37", 100, 0).steps(100), 37);
        assert_eq!(score("-3", -1, -5).steps(5), 3);
        let [tiny, tinier] = ["0.0002", "0.0001"].map(|text| Decimal::parse(text).unwrap());
        assert_eq!(Score::new(tinier, tiny, Decimal::ZERO).unwrap().steps(5), 0);
    }

    #[test]
    fn a_score_is_on_its_scale() {
        let n = Decimal::whole;
        assert!(Score::new(n(6), n(5), n(0)).is_none());
        assert!(Score::new(n(0), n(5), n(1)).is_none());
        assert!(Score::new(n(0), n(0), n(0)).is_none());
        assert!(Score::new(n(3), n(1), n(5)).is_none());
        assert!(Score::new(n(5), n(5), n(0)).is_some());
        assert!(Score::new(n(0), n(5), n(0)).is_some());
    }
}

//! What is said of several measurements of one thing: the median, and the least and the greatest.

/// Measurements of one thing, in the order in which they were taken.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sample(Vec<f64>);

impl Sample {
    pub(crate) fn add(&mut self, value: f64) {
        self.0.push(value);
    }

    /// The middle one; of an even number, the mean of the two in the middle. None of none.
    pub(crate) fn median(&self) -> Option<f64> {
        let sorted = self.sorted();
        let above = sorted.get(sorted.len() / 2)?;
        let below = sorted.get((sorted.len() - 1) / 2)?;
        Some(f64::midpoint(*below, *above))
    }

    /// The least and the greatest. None of none.
    pub(crate) fn range(&self) -> Option<(f64, f64)> {
        let sorted = self.sorted();
        Some((*sorted.first()?, *sorted.last()?))
    }

    fn sorted(&self) -> Vec<f64> {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted
    }
}

#[cfg(test)]
mod tests {
    use super::Sample;

    fn sample(values: &[f64]) -> Sample {
        Sample(values.to_vec())
    }

    #[test]
    fn the_median_is_the_middle_one() {
        assert_eq!(sample(&[9.0, 1.0, 5.0]).median(), Some(5.0));
        assert_eq!(sample(&[7.0]).median(), Some(7.0));
        assert_eq!(sample(&[4.0, 1.0, 2.0, 100.0]).median(), Some(3.0));
        assert_eq!(sample(&[2.0, 1.0]).median(), Some(1.5));
        assert_eq!(sample(&[]).median(), None);
    }

    #[test]
    fn the_range_is_from_the_least_to_the_greatest() {
        assert_eq!(sample(&[9.0, 1.0, 5.0]).range(), Some((1.0, 9.0)));
        assert_eq!(sample(&[]).range(), None);
    }
}

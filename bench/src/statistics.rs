//! Summarizes several measurements of the same thing: the median and the quartiles.

/// Measurements of the same thing, in the order in which they were taken.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sample(Vec<f64>);

impl Sample {
    pub(crate) fn add(&mut self, value: f64) {
        self.0.push(value);
    }

    /// Returns the median; for an even number, the mean of the two in the middle. `None` for an empty sample.
    pub(crate) fn median(&self) -> Option<f64> {
        self.at_quarter(2)
    }

    /// Returns the lower and the upper quartile. `None` for an empty sample.
    pub(crate) fn quartiles(&self) -> Option<(f64, f64)> {
        Some((self.at_quarter(1)?, self.at_quarter(3)?))
    }

    /// Returns the value at this quarter of the sorted measurements; between two of them, their mean.
    fn at_quarter(&self, quarters: usize) -> Option<f64> {
        let sorted = self.sorted();
        let last = sorted.len().checked_sub(1)?;
        let below = sorted.get(last * quarters / 4)?;
        let above = sorted.get((last * quarters).div_ceil(4))?;
        Some(f64::midpoint(*below, *above))
    }

    /// Returns the largest measurement. `None` for an empty sample.
    pub(crate) fn greatest(&self) -> Option<f64> {
        self.sorted().last().copied()
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
    fn quartiles_leave_a_quarter_on_either_side() {
        assert_eq!(sample(&[9.0, 1.0, 5.0, 3.0, 7.0]).quartiles(), Some((3.0, 7.0)));
        assert_eq!(sample(&[9.0, 1.0, 5.0]).quartiles(), Some((3.0, 7.0)));
        assert_eq!(sample(&[4.0]).quartiles(), Some((4.0, 4.0)));
        assert_eq!(sample(&[]).quartiles(), None);
    }
}

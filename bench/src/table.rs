//! Tables in Markdown, padded so that they can also be read in a terminal.

use std::fmt;

use crate::statistics::Sample;

/// A table with names in its first column and numbers in the others.
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(head: &[&str]) -> Self {
        Self { rows: vec![head.iter().map(|&name| name.to_owned()).collect()] }
    }

    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Returns the number of characters in the column's widest cell.
    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default().max(3)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let widths: Vec<usize> = (0..columns).map(|column| self.width(column)).collect();
        for (number, row) in self.rows.iter().enumerate() {
            for (column, width) in widths.iter().enumerate() {
                let cell = row.get(column).map_or("", String::as_str);
                if column == 0 {
                    write!(f, "| {cell:<width$} |")?;
                } else {
                    write!(f, " {cell:>width$} |")?;
                }
            }
            writeln!(f)?;
            if number == 0 {
                for (column, width) in widths.iter().enumerate() {
                    match column {
                        0 => write!(f, "| {} |", "-".repeat(*width))?,
                        _ => write!(f, " {}: |", "-".repeat(width - 1))?,
                    }
                }
                writeln!(f)?;
            }
        }
        Ok(())
    }
}

/// `12,345`
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Returns a rounded number with commas; `-0` becomes `0`.
pub(crate) fn number(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) =
        text.split_once('.').map_or((text.as_str(), ""), |(whole, fraction)| (whole, fraction));
    let is_negative = value < 0.0 && text.chars().any(|digit| ('1'..='9').contains(&digit));
    let sign = if is_negative { "−" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", grouped(whole.parse().unwrap_or_default()))
}

/// Returns `median (lower quartile–upper quartile)`, each divided by `unit`; a dash if nothing was measured.
pub(crate) fn spread(sample: Option<&Sample>, unit: f64, decimals: usize) -> String {
    let Some((sample, (lower, upper))) = sample.and_then(|sample| Some((sample, sample.quartiles()?))) else {
        return "–".to_owned();
    };
    let number = |value: f64| number(value / unit, decimals);
    let median = number(sample.median().unwrap_or(f64::NAN));
    format!("{median} ({}–{})", number(lower), number(upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut table = Table::new(&["who", "bytes"]);
        table.row(vec!["Preact".into(), "5,556".into()]);
        table.row(vec!["a".into(), "1".into()]);
        assert_eq!(
            table.to_string(),
            "| who    | bytes |\n| ------ | ----: |\n| Preact | 5,556 |\n| a      |     1 |\n"
        );
    }

    #[test]
    fn numbers_have_commas_and_no_negative_zero() {
        assert_eq!(number(1234567.0, 0), "1,234,567");
        assert_eq!(number(-1234.56, 1), "−1,234.6");
        assert_eq!(number(-0.01, 1), "0.0");
        assert_eq!(number(0.1234, 3), "0.123");
        assert_eq!(grouped(100), "100");
    }

    #[test]
    fn a_spread_is_the_median_between_the_quartiles() {
        let mut sample = Sample::default();
        [3000.0, 1000.0, 2000.0].into_iter().for_each(|value| sample.add(value));
        assert_eq!(spread(Some(&sample), 1.0, 0), "2,000 (1,500–2,500)");
        assert_eq!(spread(Some(&sample), 1000.0, 1), "2.0 (1.5–2.5)");
        assert_eq!(spread(None, 1.0, 0), "–");
    }
}

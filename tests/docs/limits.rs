//! The table of limits of ARCHITECTURE.md against the constants in the code.
//!
//! Each constant must have a number of its row's cell, and each number of the cell must be in the code.

use super::{Page, Row, source};

#[test]
fn the_pages_limits_have_the_values_of_the_code() {
    let mut compared = 0;
    for Limit { names, value, files } in limits() {
        let stated = stated(&value);
        let mut constants = Vec::new();
        for name in &names {
            let found: Vec<_> = files.iter().filter_map(|file| constant(file, name)).collect();
            assert!(!found.is_empty(), "{name}: expected it in {files:?}, found none");
            for code in found {
                assert!(
                    stated.iter().any(|stated| stated.is(code)),
                    "{name}: the table has {value:?}, the code {code}"
                );
                constants.push(code);
                compared += 1;
            }
        }
        for file in &files {
            assert!(
                names.iter().any(|name| constant(file, name).is_some()),
                "{file}: expected one of {names:?}"
            );
        }
        for stated in stated {
            let literal = stated.digits.replace(',', "_");
            let is_in_code = constants.iter().any(|code| stated.is(*code))
                || files.iter().any(|file| source(file).contains(&literal));
            assert!(is_in_code, "{names:?}: the table has {}, the code {constants:?}", stated.digits);
        }
    }
    assert!(compared > 50, "{compared}");
}

/// A row of the table of limits.
struct Limit {
    names: Vec<String>,
    value: String,
    files: Vec<String>,
}

fn limits() -> Vec<Limit> {
    let page = Page::load("ARCHITECTURE.md");
    let is_constant = |name: &&String| name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    let limit = |row: &Row| Limit {
        names: row[0].codes.iter().chain(&row[1].codes).filter(is_constant).cloned().collect(),
        value: row[1].text.clone(),
        files: row[2].codes.clone(),
    };
    page.table("Limits").iter().map(limit).collect()
}

/// A number of the table: as it is written, and its value in the units that the code may have.
struct Stated<'a> {
    digits: &'a str,
    values: Vec<f64>,
}

impl Stated<'_> {
    /// A rounded value, such as 24.8 days, counts.
    fn is(&self, code: f64) -> bool {
        self.values.iter().any(|value| (value - code).abs() <= code * 0.005)
    }
}

/// All numbers in a cell.
fn stated(cell: &str) -> Vec<Stated<'_>> {
    let is_digit = |c: char| c.is_ascii_digit() || [',', '.'].contains(&c);
    let mut found = Vec::new();
    let mut rest = cell;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (_, from) = rest.split_at(start);
        let end = from.find(|c: char| !is_digit(c)).unwrap_or(from.len());
        let (digits, after) = from.split_at(end);
        rest = after;
        let Ok(number) = digits.replace(',', "").trim_end_matches('.').parse::<f64>() else { continue };
        let unit = after.trim_start().split([' ', ':', ';', ',', ')']).next().unwrap_or_default();
        let values = match unit {
            "KiB" => vec![number * f64::exp2(10.0)],
            "MiB" => vec![number * f64::exp2(20.0)],
            "GiB" => vec![number * f64::exp2(30.0)],
            "s" => vec![number, number * 1000.0],
            "days" => vec![number * 86_400_000.0],
            "¹²" => vec![number.powi(12)],
            _ => vec![number],
        };
        found.push(Stated { digits: digits.trim_end_matches([',', '.']), values });
    }
    found
}

/// The value of a constant, in the unit of the code. `None` if the file does not declare it.
///
/// # Panics
/// For an expression other than the few that limits are written in.
fn constant(file: &str, name: &str) -> Option<f64> {
    let source = source(file);
    let (_, rest) = source.split_once(&format!("const {name}"))?;
    let (_, expression) = rest.split(';').next()?.split_once('=')?;
    let value = evaluate(file, expression);
    Some(value.unwrap_or_else(|| panic!("{file}: expected a number for {name}, found {expression}")))
}

/// Sums, products, shifts and powers of numbers and constants, from the loosest operator to the tightest.
fn evaluate(file: &str, expression: &str) -> Option<f64> {
    let expression = expression.trim();
    for (operator, apply) in [
        ("<<", (|a, b| a * f64::exp2(b)) as fn(f64, f64) -> f64),
        (" + ", |a, b| a + b),
        (" - ", |a, b| a - b),
        (" * ", |a, b| a * b),
        (" / ", |a, b| a / b),
        (" ** ", f64::powf),
    ] {
        if let Some((left, right)) = expression.rsplit_once(operator) {
            return Some(apply(evaluate(file, left)?, evaluate(file, right)?));
        }
    }
    if let Some(milliseconds) = expression.strip_prefix("Duration::from_millis(") {
        return evaluate(file, milliseconds.trim_end_matches(')'));
    }
    let expression = expression.rsplit("::").next()?;
    let is_name = expression.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    if !is_name {
        return expression.replace('_', "").parse().ok();
    }
    // A constant of another file has a row of its own.
    constant(file, expression).or_else(|| {
        let limits = limits();
        let limit = limits.iter().find(|limit| limit.names.iter().any(|name| name == expression))?;
        limit.files.iter().filter(|other| *other != file).find_map(|other| constant(other, expression))
    })
}

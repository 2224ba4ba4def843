//! Parses tables: RFC 4180 with the variations that spreadsheets produce.
//!
//! Accepted: `,`, `;`, tab or `|` as the separator, detected in the header; Excel's `sep=;` line; rows that were quoted
//! again as one field; a title above the header; `="9781250313195"`, which prevents a spreadsheet from converting an ISBN to a number; short and
//! long rows.
//!
//! The attack: a row without an end, after a quotation mark that is never closed. The defence: [`MAX_ROW`], and [`END`]
//! in shorter files.

use std::cell::Cell;
use std::io::{self, Read};

use csv::{ReaderBuilder, StringRecord};

use crate::date::{self, Order};
use crate::decode::Decoded;
use crate::draft::same_as;
use crate::limited::{Allowance, Limited};
use crate::limits::{MAX_COLUMNS, MAX_ROW};

/// How many bytes are searched for the header of a table.
const HEADER: usize = 64 << 10;
/// How many lines above the header, with a title of the table in their first column, are passed over.
const MOST_TITLES: usize = 5;
/// The message for a row without an end.
const ROWS: &str = "rows of at most 4 MiB, found a longer one: probably a quotation mark is not closed. Add it, or export the table again";
/// The row that is appended to the table. If a quotation mark is not closed, it becomes part of that text.
const END: &str = "\u{1}end of the table";
/// How many rows are searched for a date with the year at its end.
const SAMPLE: usize = 200;
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

pub(crate) struct Table<'a> {
    rows: csv::Reader<Limited<'a>>,
    allowance: Allowance,
    record: StringRecord,
    pub(crate) header: Header,
    /// The separator within the only field of each row, if rows were quoted again as one field.
    nested: Option<u8>,
    wide: Option<Wide>,
    /// The order of day and month in its dates.
    pub(crate) order: Order,
}

/// The first row with more fields than there are columns, and how many such rows there are.
struct Wide {
    line: u64,
    fields: usize,
    rows: u64,
}

/// The column names of a table.
pub(crate) struct Header {
    names: Vec<String>,
    /// The names in the form of [`normal`].
    normal: Vec<String>,
    used: Vec<Cell<bool>>,
}

/// A row, and the line that it begins in.
pub(crate) struct Row<'t> {
    header: &'t Header,
    record: &'t StringRecord,
    order: Order,
    pub(crate) line: u64,
}

impl<'a> Table<'a> {
    /// Reads the header.
    pub(crate) fn open(file: impl Read + 'a) -> io::Result<Self> {
        let mut file = Decoded::new(file);
        let mut head = Vec::new();
        file.by_ref().take(HEADER as u64).read_to_end(&mut head)?;
        let skipped = preamble(&head);
        let start = head.split_off(skipped.min(head.len()));
        let separator = separator(&start);
        let allowance = Allowance::new(MAX_ROW, ROWS);
        let file = io::Cursor::new(start).chain(file).chain(io::Cursor::new(format!("\n{END}\n")));
        let file = Limited::new(file, &allowance);
        let mut builder = ReaderBuilder::new();
        let mut rows = builder.has_headers(false).flexible(true).delimiter(separator).from_reader(file);
        let mut record = StringRecord::new();
        for _ in 0..=MOST_TITLES {
            rows.read_record(&mut record).map_err(|error| io_error(1, error))?;
            let filled = record.iter().filter(|field| !field.trim().is_empty()).count();
            if record.len() < 2 || filled > 1 {
                break;
            }
        }
        if ends(1, &record)? {
            record.clear();
        }
        let nested = nested(&record);
        if let Some(separator) = nested {
            record = unfolded(&record, separator);
        }
        allowance.renew();
        Ok(Self {
            rows,
            allowance,
            header: Header::new(&record),
            record,
            nested,
            wide: None,
            order: Order::Unknown,
        })
    }

    /// Returns the next row that is not blank.
    pub(crate) fn next(&mut self) -> io::Result<Option<Row<'_>>> {
        let mut line;
        loop {
            let from = self.rows.position().line();
            if !self.rows.read_record(&mut self.record).map_err(|error| io_error(from, error))? {
                return Ok(None);
            }
            self.allowance.renew();
            line = self.record.position().map_or(0, csv::Position::line);
            if ends(line, &self.record)? {
                return Ok(None);
            }
            if let Some(separator) = self.nested {
                self.record = unfolded(&self.record, separator);
            }
            if self.record.iter().any(|field| !field.trim().is_empty()) {
                break;
            }
        }
        let columns = self.header.names.len();
        if self.record.iter().skip(columns).any(|field| !field.trim().is_empty()) {
            let wide = self.wide.get_or_insert(Wide { line, fields: self.record.len(), rows: 0 });
            wide.rows += 1;
        }
        Ok(Some(Row { header: &self.header, record: &self.record, order: self.order, line }))
    }
}

impl Table<'_> {
    /// Returns a message about the rows with more fields than there are columns, if there are any.
    pub(crate) fn too_wide(&self) -> Option<String> {
        let Wide { line, fields, rows } = self.wide.as_ref()?;
        let columns = self.header.names.len();
        let others = if *rows > 1 { format!(", and so in {} more", rows - 1) } else { String::new() };
        Some(format!(
            "line {line}: expected at most {columns} fields, found {fields}{others}: what has no column is left out. Put a text with a separator in quotation marks"
        ))
    }
}

/// Returns the order of day and month in the dates of a table that a spreadsheet has saved again, such as `25/10/2020`.
/// The columns of dates have names with the word "date".
pub(crate) fn order(file: impl Read) -> io::Result<Order> {
    let mut table = Table::open(file)?;
    let names = table.header.normal.iter().enumerate();
    let dates: Vec<_> = names.filter(|(_, name)| name.contains("date")).map(|(place, _)| place).collect();
    let (mut order, mut rows, mut is_slashed) = (Order::Unknown, 0, false);
    while let Some(row) = table.next()? {
        for date in dates.iter().filter_map(|place| row.at(*place)) {
            order = order.seen(date);
            is_slashed |= date::is_slashed(date);
        }
        rows += 1;
        // Most tables are not of a spreadsheet: they are not read twice.
        if order != Order::Unknown || rows == SAMPLE && !is_slashed {
            break;
        }
    }
    Ok(order)
}

impl Header {
    fn new(record: &StringRecord) -> Self {
        let names: Vec<String> = record.iter().take(MAX_COLUMNS).map(|name| name.trim().into()).collect();
        let normal = names.iter().map(|name| normal(name)).collect();
        let used = names.iter().map(|_| Cell::new(false)).collect();
        Self { names, normal, used }
    }

    /// Returns whether there is a column with this name, in the form of [`normal`].
    pub(crate) fn has(&self, name: &str) -> bool {
        self.normal.iter().any(|column| column == name)
    }

    /// Returns the index of a column, and marks the column as used.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        let place = self.normal.iter().position(|column| column == name)?;
        self.used.get(place)?.set(true);
        Some(place)
    }

    /// Like [`Header::find`], but "score" also finds a column "Score (out of 10)".
    pub(crate) fn guess(&self, name: &str) -> Option<usize> {
        let without_note =
            |column: &String| column.split_once('(').is_some_and(|(column, _)| column.trim_end() == name);
        let exact = self.normal.iter().position(|column| column == name);
        let place = exact.or_else(|| self.normal.iter().position(without_note))?;
        self.used.get(place)?.set(true);
        Some(place)
    }

    /// Returns a column's name as in the table.
    pub(crate) fn name(&self, place: usize) -> &str {
        self.names.get(place).map_or("", String::as_str)
    }

    /// Returns the names of the unused columns.
    pub(crate) fn unused(&self) -> Vec<String> {
        let columns = self.names.iter().zip(&self.used);
        columns.filter(|(name, used)| !used.get() && !name.is_empty()).map(|(name, _)| name.clone()).collect()
    }
}

impl<'t> Row<'t> {
    /// Returns the trimmed field of this column; `None` if it is empty.
    pub(crate) fn get(&self, name: &str) -> Option<&'t str> {
        self.at(self.header.find(name)?)
    }

    /// Returns the trimmed field at this index; `None` if it is empty.
    pub(crate) fn at(&self, place: usize) -> Option<&'t str> {
        let field = self.record.get(place)?.trim();
        let field = field.strip_prefix("=\"").and_then(|field| field.strip_suffix('"')).unwrap_or(field);
        (!field.is_empty()).then_some(field)
    }

    /// Returns the first of these fields that is not empty.
    pub(crate) fn first(&self, names: &[&str]) -> Option<&'t str> {
        names.iter().filter_map(|name| self.get(name)).next()
    }

    /// Returns the first of these dates that is not empty, in ISO 8601.
    pub(crate) fn date(&self, names: &[&str]) -> Option<String> {
        self.first(names).map(|date| self.iso(date))
    }

    /// Returns a date of this table in ISO 8601.
    pub(crate) fn iso(&self, date: &str) -> String {
        date::iso(date, self.order)
    }

    /// Returns the page of the first of these fields that is an ISBN. Spreadsheets turn some into rounded numbers.
    pub(crate) fn isbn(&self, names: &[&str]) -> Option<String> {
        names.iter().filter_map(|name| self.get(name)).find_map(same_as::isbn)
    }
}

/// Returns a column's name in the form for comparisons: lower case, with single spaces between words.
pub(crate) fn normal(name: &str) -> String {
    let name = name.to_lowercase().replace(['_', '-'], " ");
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the length of Excel's `sep=;` line before the header.
fn preamble(head: &[u8]) -> usize {
    let is_preamble = matches!(head, [b's', b'e', b'p', b'=', _, b'\r' | b'\n', ..]);
    if is_preamble { head.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1) } else { 0 }
}

/// Returns the separator of a table, detected in its first line.
pub(crate) fn separator(head: &[u8]) -> u8 {
    let mut counts = [0_usize; SEPARATORS.len()];
    let mut quoted = false;
    for byte in head.iter().take_while(|byte| **byte != b'\n') {
        quoted ^= *byte == b'"';
        if !quoted
            && let Some(place) = SEPARATORS.iter().position(|separator| separator == byte)
            && let Some(count) = counts.get_mut(place)
        {
            *count += 1;
        }
    }
    let most = counts.iter().zip(SEPARATORS).rev().max_by_key(|(count, _)| **count);
    most.map_or(b',', |(_, separator)| separator)
}

/// Returns the separator within the only field of a header.
fn nested(header: &StringRecord) -> Option<u8> {
    let mut fields = header.iter();
    let first = fields.next()?;
    let alone = fields.all(|field| field.trim().is_empty());
    let separator = separator(first.as_bytes());
    (alone && first.as_bytes().contains(&separator)).then_some(separator)
}

/// Returns the fields within the first field of a row.
fn unfolded(row: &StringRecord, separator: u8) -> StringRecord {
    let line = row.get(0).unwrap_or_default().as_bytes();
    let mut builder = ReaderBuilder::new();
    let mut rows = builder.has_headers(false).flexible(true).delimiter(separator).from_reader(line);
    let mut record = StringRecord::new();
    // The bytes are UTF-8 and in memory, so reading them does not fail.
    let _ = rows.read_record(&mut record);
    record
}

/// Whether this is the row [`END`].
///
/// # Errors
/// Where `END` is part of a text: what stands before it is the rest of the table, after a quotation mark that nothing closes.
fn ends(line: u64, record: &StringRecord) -> io::Result<bool> {
    let last = record.iter().next_back().unwrap_or_default().trim_end();
    let Some(text) = last.strip_suffix(END) else { return Ok(false) };
    if record.len() == 1 && text.is_empty() {
        return Ok(true);
    }
    let lines = text.trim_end().lines().count().max(1);
    let lines = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
    Err(io::Error::new(
        io::ErrorKind::InvalidData,
        format!(
            "line {line}: expected a quotation mark that ends a text, found the end of the file: {lines} from here on left out. Add the mark, or export the table again"
        ),
    ))
}

fn io_error(line: u64, error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => io::Error::new(error.kind(), format!("line {line}: {error}")),
        // Rows may have any length and are UTF-8.
        _ => io::Error::new(io::ErrorKind::InvalidData, format!("line {line}: expected a row of a table")),
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        let mut table = Table::open(text.as_bytes()).unwrap();
        let mut rows = Vec::new();
        while let Some(row) = table.next().unwrap() {
            rows.push((0..3).map(|place| row.at(place).unwrap_or("").to_owned()).collect::<Vec<_>>());
        }
        assert_eq!(rows, expected);
        assert_eq!(table.header.name(0), "Title");
    }

    #[test]
    fn what_spreadsheets_do() {
        let expected: &[&[&str]] = &[&["One, two", "a \"b\"", "4"], &["Ünder;", "", "3,5"]];
        check("Title,Review,Rating\r\n\"One, two\",\"a \"\"b\"\"\",4\r\n\r\nÜnder;,,\"3,5\"\r\n", expected);
        check("Title;Review;Rating\n\"One, two\";\"a \"\"b\"\"\";4\n\"Ünder;\";;3,5", expected);
        check("sep=;\r\nTitle;Review;Rating\n\"One, two\";\"a \"\"b\"\"\";4\n\"Ünder;\";;3,5", expected);
        check("Title\tReview\tRating\nOne, two\t\"a \"\"b\"\"\"\t4\nÜnder;\t\t3,5\t\t\n", expected);
        check(
            "\"Title,Review,Rating\"\n\"\"\"One, two\"\",\"\"a \"\"\"\"b\"\"\"\"\"\",4\"\n\"Ünder;,,\"\"3,5\"\"\"\n",
            expected,
        );
        check("\u{feff}Title,ISBN\nOne,=\"97812\"\nTwo,=\"\"\n", &[&["One", "97812", ""], &["Two", "", ""]]);
    }

    #[test]
    fn a_title_above_the_header() {
        check("My films,,\n,,\nTitle,Rating,Review\nOne,4,a\n", &[&["One", "4", "a"]]);
    }

    #[test]
    fn columns_that_nobody_asks_for() {
        let mut table = Table::open("Title,my_Rating,Notes\nOne,4,x".as_bytes()).unwrap();
        let row = table.next().unwrap().unwrap();
        assert_eq!((row.get("my rating"), row.get("title")), (Some("4"), Some("One")));
        assert_eq!(table.header.unused(), ["Notes"]);
    }

    #[test]
    fn a_row_without_an_end_is_an_error() {
        let text = "Title\n\"".to_owned() + &"endless\n".repeat(1 << 20);
        let mut table = Table::open(text.as_bytes()).unwrap();
        let error = table.next().map(|_| ()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "line 2: expected rows of at most 4 MiB, found a longer one: probably a quotation mark is not closed. Add it, or export the table again"
        );
    }

    #[test]
    fn rows_with_more_fields_than_columns_are_reported() {
        #[track_caller]
        fn check(text: &str, expected: Option<&str>) {
            let mut table = Table::open(text.as_bytes()).unwrap();
            while table.next().unwrap().is_some() {}
            assert_eq!(table.too_wide().as_deref(), expected);
        }
        check("Title,Rating\nA,4\nB\nC,3,,\n", None);
        let rest = "what has no column is left out. Put a text with a separator in quotation marks";
        check(
            "Title,Rating\nA,4\nB, the film,4\n",
            Some(&format!("line 3: expected at most 2 fields, found 3: {rest}")),
        );
        check(
            "Title,Rating\nB,b,4\nA,4\nC,c,c,5\nD,d,5\n",
            Some(&format!("line 2: expected at most 2 fields, found 3, and so in 2 more: {rest}")),
        );
    }
}

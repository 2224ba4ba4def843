//! Computes which reviews of a list are in the document: those near the viewport. The others are replaced by space of
//! the right height, so that the scroll bar is correct.
//!
//! Reviews are laid out in rows with as many columns as fit. An open review has a row of its own, and the review before
//! it widens to fill its row. So no cell is empty, and the visual order is the document order. A row that has been in
//! the document keeps its measured height. Any other row has the average height of the first measured rows; an average
//! that kept changing would move everything below the unseen rows. If the list would become higher than browsers can
//! lay out, the unseen rows are made lower ([`MAX_HEIGHT`]).
//!
//! Newly measured heights move nothing on the screen: the caller anchors one review at its position.

use std::ops::Range;

/// The maximum height of a list in pixels. Firefox lays out up to 17.8 million, other browsers 33.5 million.
pub const MAX_HEIGHT: f64 = 12_000_000.0;
/// The estimated height of a row, in pixels, before any row has been measured.
const FIRST_ESTIMATE: f64 = 260.0;
/// The number of rows in the average for unseen rows.
const SAMPLE: f64 = 16.0;
/// The number of rows whose heights are summed up in advance.
const BLOCK: usize = 256;

/// The layout of a list's reviews, by their positions in its order.
pub struct Window {
    columns: usize,
    /// In pixels, or 0 before it is known.
    width: f64,
    total: usize,
    /// The positions of open reviews, sorted. Each has a row of its own.
    open: Vec<usize>,
    rows: Vec<Row>,
    blocks: Vec<Block>,
    /// The estimated height of an unseen row, in pixels.
    estimate: f64,
    /// The sum of the heights in the average, and their number.
    sample: (f64, f64),
}

#[derive(Clone, Copy)]
struct Row {
    /// The position of its first review.
    first: usize,
    /// The height in pixels, if it has been measured.
    height: Option<f32>,
}

#[derive(Clone, Copy, Default)]
struct Block {
    measured: f64,
    unmeasured: u32,
}

/// A piece of the list, from its start to its end.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// A range of reviews that are in the document.
    Reviews(Range<usize>),
    /// The height in pixels of reviews that are not.
    Space(f64),
}

impl Default for Window {
    fn default() -> Self {
        Self {
            columns: 1,
            width: 0.0,
            total: 0,
            open: Vec::new(),
            rows: Vec::new(),
            blocks: Vec::new(),
            estimate: FIRST_ESTIMATE,
            sample: (0.0, 0.0),
        }
    }
}

impl Window {
    /// Returns the number of columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Sets the number of columns. A change replaces all rows.
    pub fn set_columns(&mut self, columns: usize) {
        if columns.max(1) != self.columns {
            self.columns = columns.max(1);
            self.forget();
        }
    }

    /// Sets the width of the list in pixels. A change makes all measured heights invalid.
    pub fn set_width(&mut self, width: f64) {
        if (width - self.width).abs() > 0.5 {
            self.width = width;
            self.forget();
        }
    }

    /// Forgets all measured heights and rows. Their average remains as the estimate.
    pub fn forget(&mut self) {
        self.sample = (0.0, 0.0);
        self.rows.clear();
        self.lay_out();
    }

    /// Sets the number of reviews. The layout of existing reviews does not change.
    pub fn set_total(&mut self, total: usize) {
        if total == self.total {
            return;
        }
        // The last row may gain or lose reviews. It keeps its height until it is measured again.
        self.rows.retain(|row| row.first < total);
        self.open.retain(|open| *open < total);
        self.total = total;
        self.lay_out();
    }

    /// Sets the sorted positions of the open reviews, each with a row of its own.
    pub fn set_open(&mut self, open: Vec<usize>) {
        let changed = self.open.iter().zip(&open).take_while(|(a, b)| a == b).count();
        let first = self.open.get(changed).into_iter().chain(open.get(changed)).min().copied();
        self.open = open;
        if let Some(first) = first {
            // Rows before the first change stay the same.
            let row = self.row_of(first);
            self.rows.truncate(row);
            self.lay_out();
        }
    }

    /// Records the height of the review at this position. In each row, only the first review counts.
    pub fn measure(&mut self, position: usize, height: f32) {
        let at = self.row_of(position);
        let is_open = self.open.binary_search(&position).is_ok();
        let Some(row) = self.rows.get_mut(at).filter(|row| row.first == position) else { return };
        let before = row.height.replace(height);
        let Some(block) = self.blocks.get_mut(at / BLOCK) else { return };
        match before {
            Some(before) => block.measured -= f64::from(before),
            None => block.unmeasured -= 1,
        }
        block.measured += f64::from(height);
        if before.is_none() && !is_open && self.sample.1 < SAMPLE {
            self.sample.0 += f64::from(height);
            self.sample.1 += 1.0;
            self.estimate = self.sample.0 / self.sample.1;
        }
    }

    /// Returns the height of the whole list in pixels.
    pub fn height(&self) -> f64 {
        self.offset(self.rows.len())
    }

    /// Returns the distance in pixels from the start of the list to the row of this position.
    pub fn offset_of(&self, position: usize) -> f64 {
        self.offset(self.row_of(position))
    }

    /// Returns the positions in all rows between two distances from the start of the list, in pixels.
    pub fn between(&self, top: f64, bottom: f64) -> Range<usize> {
        if self.rows.is_empty() {
            return 0..0;
        }
        let (first, last) = (self.row_at(top), self.row_at(bottom.max(top)));
        self.start(first)..self.start(last + 1)
    }

    /// Returns the number of columns that a position spans. The review before an open one fills the rest of its row.
    pub fn span(&self, position: usize) -> usize {
        let row = self.row_of(position);
        let (first, end) = (self.start(row), self.start(row + 1));
        let is_cut = position + 1 == end && end < self.total && self.open.binary_search(&position).is_err();
        if is_cut { self.columns + 1 - (end - first).min(self.columns) } else { 1 }
    }

    /// Returns the part of `range` to draw now: everything that is drawn already, and the next row with new positions.
    /// Rows in `seen` come first, from the top, all of them if `at_once`. Then come the rows below and above them.
    pub fn portion(
        &self,
        range: &Range<usize>,
        seen: &Range<usize>,
        at_once: bool,
        is_new: impl Fn(usize) -> bool,
    ) -> Range<usize> {
        if range.is_empty() {
            return range.clone();
        }
        let rows = self.row_of(range.start)..self.row_of(range.end - 1) + 1;
        let mut is_taken = false;
        let mut take = |row: usize, at_once: bool| {
            let has_new = (self.start(row)..self.start(row + 1)).any(&is_new);
            let takes = at_once || !has_new || !is_taken;
            is_taken |= has_new;
            takes
        };
        let mut first = self.row_of(seen.start).clamp(rows.start, rows.end - 1);
        let mut end = first;
        while end < rows.end && self.start(end) < seen.end.max(seen.start + 1) && take(end, at_once) {
            end += 1;
        }
        loop {
            let (below, above) =
                (end < rows.end && take(end, false), first > rows.start && take(first - 1, false));
            if !above && !below {
                return self.start(first)..self.start(end);
            }
            (first, end) = (first - usize::from(above), end + usize::from(below));
        }
    }

    /// Returns the pieces of the list if the document contains the rows of `range` and the rows of `others`.
    pub fn pieces(&self, range: Range<usize>, others: &[usize]) -> Vec<Piece> {
        let mut rows: Vec<Range<usize>> = Vec::new();
        if !range.is_empty() {
            rows.push(self.row_of(range.start)..self.row_of(range.end - 1) + 1);
        }
        rows.extend(others.iter().filter(|other| **other < self.total).map(|other| {
            let row = self.row_of(*other);
            row..row + 1
        }));
        rows.sort_by_key(|rows| rows.start);
        let mut pieces = Vec::new();
        let mut done = 0;
        for rows in rows.into_iter().chain(std::iter::once(self.rows.len()..self.rows.len())) {
            if rows.start > done {
                pieces.push(Piece::Space(self.offset(rows.start) - self.offset(done)));
            }
            let start = rows.start.max(done);
            if start < rows.end {
                pieces.push(Piece::Reviews(self.start(start)..self.start(rows.end)));
            }
            done = done.max(rows.end);
        }
        pieces
    }

    /// Returns the height of an unseen row: the estimate, or less if the list would become too high.
    fn unseen(&self) -> f64 {
        let (measured, unmeasured) = self.blocks.iter().fold((0.0, 0.0), |(measured, unmeasured), block| {
            (measured + block.measured, unmeasured + f64::from(block.unmeasured))
        });
        let room = (MAX_HEIGHT - measured).max(0.0);
        if unmeasured > 0.0 { self.estimate.min(room / unmeasured) } else { self.estimate }
    }

    /// Adds the missing rows.
    fn lay_out(&mut self) {
        let mut first = self.rows.last().map_or(0, |row| self.end_of_row(row.first));
        while first < self.total {
            self.rows.push(Row { first, height: None });
            first = self.end_of_row(first);
        }
        self.blocks = self.rows.chunks(BLOCK).map(Block::of).collect();
    }

    /// Returns the position after the last one of the row that begins at `first`.
    fn end_of_row(&self, first: usize) -> usize {
        let next = self.open.partition_point(|open| *open < first);
        match self.open.get(next) {
            Some(open) if *open == first => first + 1,
            Some(open) => (first + self.columns).min(*open),
            None => (first + self.columns).min(self.total),
        }
    }

    fn start(&self, row: usize) -> usize {
        self.rows.get(row).map_or(self.total, |row| row.first)
    }

    /// Returns the row of a position; beyond the end, the last row.
    fn row_of(&self, position: usize) -> usize {
        self.rows.partition_point(|row| row.first <= position).saturating_sub(1)
    }

    /// Returns the distance from the start of the list to a row.
    fn offset(&self, row: usize) -> f64 {
        let unseen = self.unseen();
        let (whole, rest) = (row / BLOCK, row % BLOCK);
        let blocks = self.blocks.iter().take(whole).map(|block| block.height(unseen));
        let rows = self.rows.iter().skip(whole * BLOCK).take(rest).map(|row| row.height(unseen));
        blocks.chain(rows).sum()
    }

    /// Returns the row at a distance from the start of the list.
    fn row_at(&self, distance: f64) -> usize {
        let unseen = self.unseen();
        let (mut row, mut start) = (0, 0.0);
        for block in &self.blocks {
            let end = start + block.height(unseen);
            if end > distance {
                break;
            }
            (row, start) = (row + BLOCK, end);
        }
        for of in self.rows.iter().skip(row) {
            start += of.height(unseen);
            if start > distance {
                break;
            }
            row += 1;
        }
        row.min(self.rows.len().saturating_sub(1))
    }
}

impl Row {
    fn height(&self, unseen: f64) -> f64 {
        self.height.map_or(unseen, f64::from)
    }
}

impl Block {
    fn of(rows: &[Row]) -> Self {
        let mut block = Self::default();
        for row in rows {
            match row.height {
                Some(height) => block.measured += f64::from(height),
                None => block.unmeasured += 1,
            }
        }
        block
    }

    fn height(&self, unseen: f64) -> f64 {
        self.measured + f64::from(self.unmeasured) * unseen
    }
}

#[cfg(test)]
mod tests;

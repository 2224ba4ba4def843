//! Decides which reviews of a live list one drawing puts into the document.
//!
//! [`Window`] knows how high everything is. This module follows the viewport: visible rows come first, then rows around
//! them, one row a drawing, so that no drawing takes long. Rows far from the viewport are removed again.

use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;

use super::opened::key;
use super::window::Piece;
use super::{Shown, Window};

/// What of a list is in the document.
#[derive(Default)]
pub struct Screen {
    window: Window,
    /// Space between rows, in pixels.
    gap: f64,
    /// The positions in the document, and the position that has the focus.
    range: Range<usize>,
    focus: Rc<Cell<Option<usize>>>,
    /// The visible positions at the last call of [`Screen::place`].
    seen: Range<usize>,
    /// Whether some positions around the viewport are not drawn yet.
    is_growing: bool,
    /// Whether one drawing brings the whole range, or all visible positions.
    is_all_at_once: bool,
    is_seen_at_once: bool,
    /// Keys of the reviews that are drawn and up to date.
    drawn: Vec<u64>,
    /// The range that `drawn` refers to. A position outside of it is new even if its review is not known.
    drawn_range: Range<usize>,
}

/// The viewport, in pixels from the list's start, and what may be in the document around it.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// The upper edge.
    pub top: f64,
    /// The lower edge.
    pub bottom: f64,
    /// How far beyond the edges cards are kept, in pixels.
    pub around: f64,
    /// The largest number of positions in the document.
    pub most: usize,
    /// Whether one drawing brings all visible rows.
    pub at_once: bool,
}

impl Screen {
    /// Has all cards drawn anew, with heights that are not known.
    pub fn redraw(&mut self) {
        self.drawn.clear();
        self.window.forget();
    }

    /// Has all cards drawn anew, with the heights that they have.
    pub fn redraw_content(&mut self) {
        self.drawn.clear();
    }

    /// Begins at the start of other results.
    pub fn restart(&mut self) {
        (self.range, self.seen) = (0..self.range.len(), 0..self.seen.len());
        self.window.forget();
    }

    /// Puts the first reviews into the document, all with the next drawing.
    pub fn show(&mut self, reviews: usize, shown: &Shown) {
        self.is_all_at_once = true;
        self.range = 0..reviews.min(shown.len());
    }

    /// Chooses the positions in the document. Each call adds one row: visible rows first, then rows around them.
    /// Returns whether there is something to draw; the drawing calls [`Screen::prepare`].
    pub fn place(&mut self, view: View, shown: &Shown) -> bool {
        let View { top, bottom, around, most, at_once } = view;
        self.is_all_at_once = false;
        self.window.set_total(shown.len());
        let seen = self.window.between(top, bottom);
        self.seen = seen.clone();
        let near = self.window.between(top - around / 2.0, bottom + around / 2.0);
        let far = self.window.between(top - around * 2.0, bottom + around * 2.0);
        let is_near = self.range.start <= near.start && self.range.end >= near.end;
        let is_far = self.range.start < far.start || self.range.end > far.end;
        if !self.is_growing && self.range.len() <= most && is_near && !is_far {
            return false;
        }
        let wide = self.window.between(top - around, bottom + around);
        let spare = most.saturating_sub(seen.len()) / 2;
        let whole = wide.start.max(seen.start.saturating_sub(spare))..wide.end.min(seen.end + spare);
        self.is_seen_at_once = at_once;
        let range = self.portion(&whole, shown);
        self.is_growing = range != whole;
        let has_changed = range != self.range;
        self.is_seen_at_once &= has_changed; // The drawing ends it.
        self.range = range;
        has_changed
    }

    /// Prepares a drawing: `open` are the positions of the open reviews, sorted.
    pub fn prepare(&mut self, open: Vec<usize>, shown: &Shown) {
        self.window.set_total(shown.len());
        self.window.set_open(open);
        self.range.end = self.range.end.min(shown.len());
        self.range.start = self.range.start.min(self.range.end);
        let portion = self.portion(&self.range, shown);
        self.is_growing |= portion != self.range;
        self.range = portion;
        self.is_seen_at_once = false;
    }

    /// Returns what to draw, from start to end, with the heights of spaces without the gap beside them.
    pub fn pieces(&self) -> Vec<Piece> {
        let pieces = self.window.pieces(self.range.clone(), &self.beside_focus());
        let without_gap = |piece| match piece {
            Piece::Space(height) => Piece::Space(height - self.gap),
            reviews => reviews,
        };
        pieces.into_iter().map(without_gap).collect()
    }

    /// Stores the keys of the reviews that have been drawn.
    pub fn set_drawn(&mut self, keys: Vec<u64>) {
        (self.drawn, self.drawn_range) = (keys, self.range.clone());
    }

    /// Returns whether a spacer's height has changed, given those of the last drawing.
    pub fn is_stale(&self, drawn: &[f64]) -> bool {
        let space = |piece| match piece {
            Piece::Space(height) => Some(height),
            Piece::Reviews(_) => None,
        };
        let spaces: Vec<f64> = self.pieces().into_iter().filter_map(space).collect();
        drawn.len() != spaces.len() || drawn.iter().zip(spaces).any(|(drawn, now)| (drawn - now).abs() > 1.0)
    }

    /// Sets the number of columns, the space between rows and the width, in pixels.
    pub fn set_grid(&mut self, columns: usize, gap: f64, width: f64) {
        self.window.set_columns(columns);
        self.window.set_width(width);
        self.gap = gap;
    }

    /// Sets the measured height of a position, in pixels.
    pub fn measure(&mut self, position: usize, height: f32) {
        #[expect(clippy::cast_possible_truncation, reason = "a length on the screen")]
        self.window.measure(position, height + self.gap as f32);
    }

    /// Returns the distance of a position from the list's start, in pixels.
    pub fn offset(&self, position: usize) -> f64 {
        self.window.offset_of(position)
    }

    /// Returns the number of columns that a position spans.
    pub fn span(&self, position: usize) -> usize {
        self.window.span(position)
    }

    /// Returns the cell for the position that has the focus, if any. After the next drawing, this position and its
    /// neighbours stay in the document, so that Tab reaches them however far the visitor has scrolled.
    pub fn focus(&self) -> Rc<Cell<Option<usize>>> {
        self.focus.clone()
    }

    /// Returns the part of a range that one drawing may bring.
    fn portion(&self, range: &Range<usize>, shown: &Shown) -> Range<usize> {
        if self.is_all_at_once {
            return range.clone();
        }
        let is_new = |at: usize| match shown.peek(at) {
            Some(review) => !self.drawn.contains(&key(review)),
            None => !self.drawn_range.contains(&at),
        };
        self.window.portion(range, &self.seen, self.is_seen_at_once, is_new)
    }

    /// Returns the positions that stay in the document because of the focus.
    fn beside_focus(&self) -> Vec<usize> {
        self.focus.get().map_or_else(Vec::new, |at| (at.saturating_sub(1)..=at + 1).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::{Screen, View};
    use crate::list::opened::key;
    use crate::list::window::Piece;
    use crate::list::{Shown, Work};

    /// Returns a list with this number of reviews, all of them read, and a screen with rows of 100 pixels.
    fn list(reviews: usize) -> (Screen, Shown) {
        let json: Vec<_> = (0..reviews).map(|at| format!(r#"{{"title":"Review {at}"}}"#)).collect();
        let mut shown = Shown::default();
        shown.archive().begin(None);
        shown.archive().push(format!("[{}]", json.join(",")).as_bytes());
        assert!(shown.archive().end().is_ok());
        while shown.work() != Work::Done {}
        let mut screen = Screen::default();
        screen.set_grid(1, 0.0, 300.0);
        screen.prepare(Vec::new(), &shown);
        for position in 0..16.min(reviews) {
            screen.measure(position, 100.0);
        }
        (screen, shown)
    }

    /// Draws as a page does, and returns the positions in the document.
    fn draw(screen: &mut Screen, shown: &mut Shown) -> Vec<usize> {
        screen.prepare(Vec::new(), shown);
        let ranges = screen.pieces().into_iter().filter_map(|piece| match piece {
            Piece::Reviews(range) => Some(range),
            Piece::Space(_) => None,
        });
        let positions: Vec<usize> = ranges.flatten().collect();
        let keys = positions.iter().filter_map(|at| shown.at(*at)).map(|review| key(&review)).collect();
        screen.set_drawn(keys);
        positions
    }

    /// The viewport from `top`, three rows high.
    fn view(top: f64) -> View {
        View { top, bottom: top + 300.0, around: 200.0, most: 80, at_once: false }
    }

    fn placed(screen: &mut Screen, shown: &mut Shown, view: View) -> Vec<usize> {
        while screen.place(view, shown) {
            draw(screen, shown);
        }
        draw(screen, shown)
    }

    fn positions(range: Range<usize>) -> Vec<usize> {
        range.collect()
    }

    #[test]
    fn the_first_screen_is_one_drawing_and_later_ones_add_a_row_each() {
        let (mut screen, mut shown) = list(100);
        screen.show(3, &shown);
        assert_eq!(draw(&mut screen, &mut shown), positions(0..3));
        assert!(screen.place(view(0.0), &shown));
        assert_eq!(draw(&mut screen, &mut shown), positions(0..4));
        assert_eq!(placed(&mut screen, &mut shown, view(0.0)), positions(0..6));
        assert!(!screen.place(view(0.0), &shown), "nothing is left to draw");
    }

    #[test]
    fn rows_far_from_the_viewport_are_removed_and_the_focus_stays() {
        let (mut screen, mut shown) = list(100);
        screen.show(3, &shown);
        draw(&mut screen, &mut shown);
        assert_eq!(placed(&mut screen, &mut shown, view(5000.0)), positions(48..56));
        screen.focus().set(Some(20));
        assert_eq!(
            draw(&mut screen, &mut shown),
            [positions(19..22), positions(48..56)].concat(),
            "the focus and its neighbours"
        );
    }

    #[test]
    fn no_more_than_the_most_positions_are_in_the_document() {
        let (mut screen, mut shown) = list(100);
        screen.show(3, &shown);
        draw(&mut screen, &mut shown);
        let few = View { most: 4, ..view(0.0) };
        assert!(placed(&mut screen, &mut shown, few).len() <= 4);
    }

    #[test]
    fn a_list_that_became_shorter_has_no_position_beyond_its_end() {
        let (mut screen, mut shown) = list(5);
        screen.show(50, &shown);
        assert_eq!(draw(&mut screen, &mut shown), positions(0..5));
        screen.restart();
        assert_eq!(draw(&mut screen, &mut shown), positions(0..5));
    }

    #[test]
    fn a_spacer_is_stale_once_its_height_has_changed() {
        let (mut screen, mut shown) = list(100);
        screen.show(3, &shown);
        draw(&mut screen, &mut shown);
        let space = |screen: &Screen| {
            screen.pieces().into_iter().find_map(|piece| match piece {
                Piece::Space(height) => Some(height),
                Piece::Reviews(_) => None,
            })
        };
        let drawn: Vec<f64> = space(&screen).into_iter().collect();
        assert!(!screen.is_stale(&drawn));
        assert!(screen.is_stale(&[]));
        screen.measure(50, 300.0);
        assert!(screen.is_stale(&drawn));
    }
}

//! What is collected while one document is read: its problems, and the memory that is left for its reviews.

use std::cell::{Cell, RefCell};

use super::Problem;
use super::repair::{REPAIR, REPAIR_WITHOUT_HTML, Repair};

/// The memory that the reviews of a document and their entries may take, in bytes, in addition to what the length of the
/// document allows ([`room`]). The rest is left out, and this is reported.
pub const MAX_ROOM: usize = 28 << 20;
/// The bytes that a JSON value takes of it.
const VALUE: usize = 100;
/// The bytes that an entry takes of it in addition to its own size: its text.
const TEXT: usize = 64;

/// The HTML that is parsed to read the titles, names and other short texts of a document, in bytes. Later HTML loses its
/// tags without a parser, and this is reported. A body counts only if a title is made of it.
pub const MAX_PARSED: usize = 4 << 20;
/// The bytes that count for the parser's start, in addition to the HTML.
const PARSER: usize = 250;

/// The HTML that may still be parsed, in bytes.
pub(super) struct Html(Cell<usize>);

impl Default for Html {
    fn default() -> Self {
        Self(Cell::new(MAX_PARSED))
    }
}

impl Html {
    /// Returns whether this HTML may be parsed, and counts it.
    pub(super) fn may_parse(&self, html: &str) -> bool {
        let left = self.0.get().checked_sub(html.len() + PARSER);
        // Zero means that some HTML may not be parsed.
        self.0.set(left.map_or(0, |left| left.max(1)));
        left.is_some()
    }
}

/// What a report keeps between two steps of reading a document.
#[derive(Default)]
pub(super) struct Kept {
    room: usize,
    html: Html,
    problems: Vec<Problem>,
    unread: Vec<(Problem, usize)>,
}

/// Collects the problems of one document while it is read.
pub(super) struct Report<'a> {
    /// The base URL of relative addresses.
    pub(super) base: Option<&'a str>,
    /// The repairs for values that are not clean. Without repairs, each such value is a problem.
    pub(super) repair: Option<&'static Repair>,
    /// The memory that is left for reviews and their entries, in bytes.
    room: Cell<usize>,
    pub(super) html: Html,
    /// Of a report without repairs: whether there was no problem. Of one without the HTML parser: whether no text
    /// needed it.
    pub(super) is_clean: Cell<bool>,
    pub(super) problems: RefCell<Vec<Problem>>,
    /// The unknown keys, each once, with the number of its other occurrences.
    pub(super) unread: RefCell<Vec<(Problem, usize)>>,
}

impl<'a> Report<'a> {
    pub(super) fn new(base: Option<&'a str>, room: usize) -> Self {
        Self { repair: Some(&REPAIR), ..Self::clean(base, room) }
    }

    /// Returns a report without repairs, for documents that should be free of faults.
    pub(super) fn clean(base: Option<&'a str>, room: usize) -> Self {
        let (html, problems, unread) = Default::default();
        Self { base, repair: None, room: Cell::new(room), html, is_clean: Cell::new(true), problems, unread }
    }

    /// Returns a report whose repairs do not use the HTML parser, so that a module can do without it.
    pub(super) fn without_html(base: Option<&'a str>, room: usize) -> Self {
        Self { repair: Some(&REPAIR_WITHOUT_HTML), ..Self::clean(base, room) }
    }

    /// Returns a report that goes on after another one of the same document.
    pub(super) fn resumed(base: Option<&'a str>, Kept { room, html, problems, unread }: Kept) -> Self {
        let (problems, unread) = (RefCell::new(problems), RefCell::new(unread));
        Self { html, problems, unread, ..Self::new(base, room) }
    }

    /// Ends the report so that another one can go on.
    pub(super) fn into_kept(self) -> Kept {
        let Self { room, html, problems, unread, .. } = self;
        Kept { room: room.get(), html, problems: problems.into_inner(), unread: unread.into_inner() }
    }

    /// Returns whether a report without repairs has found no problem, or whether a report without the HTML parser has
    /// found no text that needs it.
    pub(super) fn is_clean(&self) -> bool {
        self.is_clean.get()
    }

    /// Takes `size` bytes and the room for a text from the memory that is left.
    pub(super) fn take_room(&self, size: usize) -> Room {
        let left = self.room.replace(0);
        match left.checked_sub(size + TEXT) {
            Some(less) => {
                // Zero means that the memory has been used up, and that this has been reported.
                self.room.set(less.max(1));
                Room::Left
            }
            None if left > 0 => Room::JustUsedUp,
            None => Room::UsedUp,
        }
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        if self.html.0.get() == 0 {
            let message = [
                "expected at most ",
                &MAX_PARSED.to_string(),
                " bytes of HTML in titles and other short texts; the rest loses its tags",
            ];
            problems.push(Problem { path: String::new(), message: message.concat() });
        }
        problems.extend(self.unread.into_inner().into_iter().map(|(mut problem, others)| {
            if others > 0 {
                problem.message.extend([" (and in ", &others.to_string(), " other places)"]);
            }
            problem
        }));
        problems
    }
}

/// Returns the memory that the reviews of a document may take, in bytes, by its length and its number of values: with the
/// document, ten times its length and a fixed amount. A file of many small values has less.
pub(super) fn room(bytes: usize, values: usize) -> usize {
    (MAX_ROOM + 7 * bytes).saturating_sub(VALUE * values).max(MAX_ROOM / 8)
}

/// Whether there was enough memory for an entry.
pub(super) enum Room {
    Left,
    /// There was not enough, for the first time.
    JustUsedUp,
    UsedUp,
}

#[cfg(test)]
mod tests {
    use super::{MAX_ROOM, Report, Room, TEXT, VALUE, room};

    #[test]
    fn room_grows_with_the_length_and_shrinks_with_the_values() {
        assert_eq!(room(0, 0), MAX_ROOM);
        assert_eq!(room(1000, 0), MAX_ROOM + 7000);
        assert_eq!(room(1000, 30), MAX_ROOM + 7000 - 30 * VALUE);
        assert_eq!(room(1000, MAX_ROOM), MAX_ROOM / 8, "however many values");
    }

    #[test]
    fn room_is_used_up_once() {
        let report = Report::new(None, 2 * (TEXT + 20) + 50);
        let takes: Vec<_> = [20, 20, 20, 1, 0]
            .iter()
            .map(|size| match report.take_room(*size) {
                Room::Left => "left",
                Room::JustUsedUp => "just used up",
                Room::UsedUp => "used up",
            })
            .collect();
        assert_eq!(takes, ["left", "left", "just used up", "used up", "used up"]);
    }

    #[test]
    fn room_that_is_used_up_exactly_is_reported_once_too() {
        let report = Report::new(None, 2 * (TEXT + 20));
        let taken = || report.take_room(20);
        assert!(matches!(taken(), Room::Left) && matches!(taken(), Room::Left));
        assert!(matches!(taken(), Room::JustUsedUp));
        assert!(matches!(taken(), Room::UsedUp));
    }
}

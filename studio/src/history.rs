//! Undo and redo. Each state is a whole draft. Drafts share unchanged reviews, so a step only costs as much memory as
//! it changed.

use std::collections::VecDeque;

/// The number of steps that can be undone; older ones are dropped.
pub const MAX_STEPS: usize = 200;

/// A value with its past states and, after an undo, its future states.
#[derive(Clone, Debug, PartialEq)]
pub struct History<T> {
    past: VecDeque<T>,
    present: T,
    future: Vec<T>,
    /// The name of the latest step: further typing in the same field belongs to the same step.
    latest: Option<String>,
}

impl<T: Clone + PartialEq> History<T> {
    /// Creates a value without past states.
    pub fn new(present: T) -> Self {
        Self { past: VecDeque::new(), present, future: Vec::new(), latest: None }
    }

    /// Returns the current value.
    pub fn present(&self) -> &T {
        &self.present
    }

    /// Stores the next value. A step with the same name as the previous step extends it; a step named `None` never
    /// does.
    pub fn record(&mut self, next: T, name: Option<String>) {
        if next == self.present {
            return;
        }
        let extends = name.is_some() && name == self.latest && !self.past.is_empty();
        let before = std::mem::replace(&mut self.present, next);
        if !extends {
            if self.past.len() == MAX_STEPS {
                self.past.pop_front();
            }
            self.past.push_back(before);
        }
        self.future.clear();
        self.latest = name;
    }

    /// Changes the value without adding a step: selecting a review is not an edit.
    pub fn amend(&mut self, next: T) {
        self.present = next;
        self.latest = None;
    }

    /// Ends the latest step, so that the next change begins a new one.
    pub fn pause(&mut self) {
        self.latest = None;
    }

    /// Goes one step back.
    pub fn undo(&mut self) {
        if let Some(before) = self.past.pop_back() {
            self.future.push(std::mem::replace(&mut self.present, before));
            self.latest = None;
        }
    }

    /// Goes one step forward again.
    pub fn redo(&mut self) {
        if let Some(after) = self.future.pop() {
            self.past.push_back(std::mem::replace(&mut self.present, after));
            self.latest = None;
        }
    }

    /// Returns whether there is a step to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Returns whether there is a step to redo.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_in_one_field_is_one_step() {
        let mut history = History::new("");
        for (text, field) in [("A", "title"), ("Al", "title"), ("Al.", "verdict")] {
            history.record(text, Some(field.to_owned()));
        }
        history.undo();
        assert_eq!(*history.present(), "Al");
        history.undo();
        assert_eq!((*history.present(), history.can_undo()), ("", false));
        history.redo();
        history.redo();
        assert_eq!((*history.present(), history.can_redo()), ("Al.", false));
    }

    #[test]
    fn a_pause_or_an_undo_ends_a_step() {
        let mut history = History::new(0);
        let name = || Some("title".to_owned());
        history.record(1, name());
        history.pause();
        history.record(2, name());
        history.undo();
        assert_eq!(*history.present(), 1);
        history.record(3, name());
        assert!(!history.can_redo());
        history.undo();
        assert_eq!(*history.present(), 1);
    }

    #[test]
    fn the_past_has_an_end() {
        let mut history = History::new(0);
        for step in 1..=MAX_STEPS + 50 {
            history.record(step, None);
        }
        while history.can_undo() {
            history.undo();
        }
        assert_eq!(*history.present(), 50);
    }
}

//! Undo and redo. A state is a whole draft; drafts share what they have in common, so a step costs what it changed.

use std::collections::VecDeque;

/// How many steps can be undone; older ones are forgotten.
pub const MAX_STEPS: usize = 200;

/// A value with its past and, after an undo, its future.
#[derive(Clone, Debug, PartialEq)]
pub struct History<T> {
    past: VecDeque<T>,
    present: T,
    future: Vec<T>,
    /// What the latest step changed: typing on in the same field is the same step.
    latest: Option<String>,
}

impl<T: Clone + PartialEq> History<T> {
    /// A value without a past.
    pub fn new(present: T) -> Self {
        Self { past: VecDeque::new(), present, future: Vec::new(), latest: None }
    }

    /// The value now.
    pub fn present(&self) -> &T {
        &self.present
    }

    /// Takes the next value. A step with the same name as the one before extends it; `None` never does.
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

    /// Changes the value without a step of its own: which review is looked at is not an edit.
    pub fn amend(&mut self, next: T) {
        self.present = next;
        self.latest = None;
    }

    /// Ends the latest step: what comes next is another.
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

    /// Whether there is a step to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step to redo.
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

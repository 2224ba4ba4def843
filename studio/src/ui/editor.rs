//! The state of the page, and the actions that change it.

use std::rc::Rc;

use review_card::{Problem, Review};
use serde_json::Value;
use yew::prelude::*;

use crate::draft::{Draft, Edit};
use crate::history::History;
use crate::strings::Strings;
use crate::value;

/// The draft with its undo history, and the latest announcement for screen readers.
#[derive(Debug, PartialEq)]
pub(super) struct State {
    history: History<Draft>,
    /// The latest message of the live region.
    said: AttrValue,
}

/// Every action that changes the state.
#[derive(Debug)]
pub(super) enum Action {
    /// Changes the selected review.
    Edit(Edit),
    /// Replaces the draft, as one step: opened, imported, typed as JSON, a review added or removed. The name is the one
    /// for [`History::record`].
    Replace(Draft, Option<&'static str>),
    /// Selects another review.
    Select(usize),
    /// Ends the current typing step.
    Pause,
    Undo,
    Redo,
    /// Starts with an empty draft, and clears the undo history.
    Forget,
    /// Announces a message in the live region.
    Say(AttrValue),
}

impl State {
    /// Creates the state of a page that starts with this draft.
    pub(super) fn new(draft: Draft) -> Self {
        Self { history: History::new(draft), said: AttrValue::default() }
    }

    /// Returns the draft.
    pub(super) fn draft(&self) -> &Draft {
        self.history.present()
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut history = self.history.clone();
        let mut said = self.said.clone();
        match action {
            Action::Edit(edit) => {
                let name = edit.name().map(|name| format!("{} {name}", history.present().selected()));
                let next = history.present().edited(edit);
                history.record(next, name);
            }
            Action::Replace(draft, name) => history.record(draft, name.map(str::to_owned)),
            Action::Select(index) => {
                let next = history.present().at(index);
                history.amend(next);
            }
            Action::Pause => history.pause(),
            Action::Undo => history.undo(),
            Action::Redo => history.redo(),
            Action::Forget => history = History::new(Draft::default()),
            Action::Say(strings) => said = strings,
        }
        Rc::new(Self { history, said })
    }
}

/// The selected review as the card reads it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Reading {
    /// The review; none if its JSON is not a review.
    pub(super) review: Option<Rc<Review>>,
    /// The problems that the card would report in a blog's console.
    pub(super) problems: Vec<Problem>,
}

/// State that all components share.
#[derive(Clone, PartialEq)]
pub(super) struct Editor {
    pub(super) state: UseReducerHandle<State>,
    /// The strings of the page.
    pub(super) strings: &'static Strings,
    pub(super) reading: Rc<Reading>,
}

impl Editor {
    /// Returns the draft.
    pub(super) fn draft(&self) -> &Draft {
        self.state.draft()
    }

    pub(super) fn dispatch(&self, action: Action) {
        self.state.dispatch(action);
    }

    pub(super) fn edit(&self, edit: Edit) {
        self.dispatch(Action::Edit(edit));
    }

    /// Sets the text at a path of the selected review. Empty text removes the key, except that a list item stays as an
    /// empty string.
    pub(super) fn set(&self, path: &str, value: Option<Value>) {
        let value = value.or_else(|| path.ends_with(']').then(|| "".into()));
        self.edit(Edit::Set(path.to_owned(), value));
    }

    /// Returns the text at a path of the selected review.
    pub(super) fn text(&self, path: &str) -> String {
        value::text(&self.draft().entry().review, path)
    }

    /// Returns the length of the list at a path.
    pub(super) fn count(&self, path: &str) -> usize {
        value::count(&self.draft().entry().review, path)
    }

    pub(super) fn say(&self, strings: impl Into<AttrValue>) {
        self.dispatch(Action::Say(strings.into()));
    }

    pub(super) fn said(&self) -> AttrValue {
        self.state.said.clone()
    }

    pub(super) fn can_undo(&self) -> bool {
        self.state.history.can_undo()
    }

    pub(super) fn can_redo(&self) -> bool {
        self.state.history.can_redo()
    }

    /// Returns the problem of a field, if it has one. A list with one item may be written without brackets. A missing
    /// value is not reported, because the author may still be writing.
    pub(super) fn problem(&self, path: &str) -> Option<AttrValue> {
        let alone = path.replace("[0]", "");
        let is_here = |problem: &&Problem| problem.path == path || problem.path == alone;
        let problem = self.reading.problems.iter().find(is_here)?;
        (!problem.message.ends_with("found nothing")).then(|| problem.message.clone().into())
    }

    /// Returns a callback that dispatches the action for an event.
    pub(super) fn on<E: 'static>(&self, action: impl Fn(E) -> Action + 'static) -> Callback<E> {
        let editor = self.clone();
        Callback::from(move |event| editor.dispatch(action(event)))
    }
}

//! The state of the page and the ways to change it.

use std::rc::Rc;

use review_card::{Problem, Review};
use serde_json::Value;
use yew::prelude::*;

use crate::draft::{Draft, Edit};
use crate::history::History;
use crate::value;
use crate::words::Words;

/// What is written, with its past, and what is said about it to those who do not see it.
#[derive(Debug, PartialEq)]
pub(super) struct State {
    history: History<Draft>,
    /// The latest message of the live region.
    said: AttrValue,
}

/// Everything that can happen to the state.
#[derive(Debug)]
pub(super) enum Action {
    /// Changes the selected review.
    Edit(Edit),
    /// Takes another draft, as one step: opened, imported, typed as JSON, a review more or less. The name is that of
    /// [`History::record`].
    Take(Draft, Option<&'static str>),
    /// Selects another review.
    Select(usize),
    /// Ends a step of typing.
    Pause,
    Undo,
    Redo,
    /// Begins with nothing, and forgets the past.
    Forget,
    /// Says something in the live region.
    Say(AttrValue),
}

impl State {
    /// The state of a page that begins with this draft.
    pub(super) fn new(draft: Draft) -> Self {
        Self { history: History::new(draft), said: AttrValue::default() }
    }

    /// What is written.
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
            Action::Take(draft, name) => history.record(draft, name.map(str::to_owned)),
            Action::Select(index) => {
                let next = history.present().at(index);
                history.amend(next);
            }
            Action::Pause => history.pause(),
            Action::Undo => history.undo(),
            Action::Redo => history.redo(),
            Action::Forget => history = History::new(Draft::default()),
            Action::Say(words) => said = words,
        }
        Rc::new(Self { history, said })
    }
}

/// The selected review as the card reads it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Reading {
    /// The review; none where its JSON is no review at all.
    pub(super) review: Option<Rc<Review>>,
    /// What a blog's console would name.
    pub(super) problems: Vec<Problem>,
}

/// What all components share.
#[derive(Clone, PartialEq)]
pub(super) struct Desk {
    pub(super) state: UseReducerHandle<State>,
    /// The words of the page.
    pub(super) words: &'static Words,
    pub(super) reading: Rc<Reading>,
}

impl Desk {
    /// What is written.
    pub(super) fn draft(&self) -> &Draft {
        self.state.draft()
    }

    pub(super) fn dispatch(&self, action: Action) {
        self.state.dispatch(action);
    }

    pub(super) fn edit(&self, edit: Edit) {
        self.dispatch(Action::Edit(edit));
    }

    /// Puts text at a path of the selected review; empty text takes the key away, but an item of a list stays.
    pub(super) fn set(&self, path: &str, value: Option<Value>) {
        let value = value.or_else(|| path.ends_with(']').then(|| "".into()));
        self.edit(Edit::Set(path.to_owned(), value));
    }

    /// The text at a path of the selected review.
    pub(super) fn text(&self, path: &str) -> String {
        value::text(&self.draft().entry().review, path)
    }

    /// How many items the list at a path has.
    pub(super) fn count(&self, path: &str) -> usize {
        value::count(&self.draft().entry().review, path)
    }

    pub(super) fn say(&self, words: impl Into<AttrValue>) {
        self.dispatch(Action::Say(words.into()));
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

    /// The problem of a field, if it has one. A list of one may be written without its brackets. That nothing is there yet is no
    /// problem of somebody who is still writing.
    pub(super) fn problem(&self, path: &str) -> Option<AttrValue> {
        let alone = path.replace("[0]", "");
        let is_here = |problem: &&Problem| problem.path == path || problem.path == alone;
        let problem = self.reading.problems.iter().find(is_here)?;
        (!problem.message.ends_with("found nothing")).then(|| problem.message.clone().into())
    }

    /// A callback that dispatches what `action` makes of the event.
    pub(super) fn on<E: 'static>(&self, action: impl Fn(E) -> Action + 'static) -> Callback<E> {
        let desk = self.clone();
        Callback::from(move |event| desk.dispatch(action(event)))
    }
}

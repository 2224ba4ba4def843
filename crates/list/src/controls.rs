//! The events of the controls, of the list's buttons, and of the cards' toggles.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDetailsElement, HtmlInputElement};

use review_card::view::list::{choose, chosen, without};

use crate::visitor::{Visitor, focus};

/// The delay (ms) between the last keystroke and the search.
const TYPING: u32 = 120;
/// The buttons that remove a filter.
const FILTERS: &str = "button[name=remove]";

/// The state of the controls.
#[derive(Default)]
pub(crate) struct Controls {
    /// Runs out when the visitor pauses while typing.
    typing: RefCell<Option<Timeout>>,
    /// The pressed button that is about to disappear, and what has the focus then.
    going: RefCell<Option<(Element, Next)>>,
}

/// What has the focus after a button has disappeared.
enum Next {
    /// The button of the filter at this index, or the last one, or the search.
    Filter(Option<usize>),
    /// The card at this position.
    Card(usize),
}

impl Controls {
    /// Forgets what has been typed and not searched for yet.
    pub(crate) fn pause(&self) {
        self.typing.take();
    }

    /// Forgets the button that is about to disappear: the visitor has focused something else.
    pub(crate) fn forget(&self) {
        self.going.take();
    }
}

impl Visitor {
    pub(crate) fn typed(self: &Rc<Self>, event: &Event) {
        if control(event).is_none_or(|control| control.name() != "search") {
            return;
        }
        let visitor = self.clone();
        let timeout = Timeout::new(TYPING, move || visitor.search());
        self.controls.typing.replace(Some(timeout));
    }

    /// Searches for what is in the search box.
    pub(crate) fn search(&self) {
        self.controls.pause();
        if let Some(input) = self.search_box() {
            self.set(&[("search", &input.unchecked_ref::<HtmlInputElement>().value())], true);
        }
    }

    pub(crate) fn changed(&self, event: &Event) {
        let Some(control) = control(event).filter(|control| control.local_name() == "select") else { return };
        let (name, value) = (control.name(), control.value());
        if name == "sort" {
            self.set(&[("sort", &value)], false);
        } else {
            let filter = choose(&self.filter.borrow(), &name, &value).to_string();
            self.set(&[("filter", &filter)], false);
        }
    }

    pub(crate) fn clicked(&self, event: &Event) {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        if let Ok(Some(button)) = target.closest("button") {
            self.pressed(&button);
        }
        let Ok(Some(toggle)) = target.closest(".review-card__toggle") else { return };
        let Some(position) = self.position(Some(toggle.clone().into())) else { return };
        event.prevent_default(); // The card opens once its text has been loaded.
        let details = toggle.parent_element();
        let is_open = details.is_some_and(|details| details.unchecked_ref::<HtmlDetailsElement>().open());
        self.script.toggle(position, !is_open);
    }

    fn pressed(&self, button: &Element) {
        match &*button.get_attribute("name").unwrap_or_default() {
            "remove" => {
                let filters = self.all(FILTERS);
                self.goes(button, Next::Filter(filters.iter().position(|filter| filter == button)));
                let term = button.get_attribute("value").and_then(|value| value.parse().ok());
                let filter = without(&self.filter.borrow(), term.unwrap_or(usize::MAX)).to_string();
                self.set(&[("filter", &filter)], false);
            }
            "clear" => {
                self.controls.pause();
                self.goes(button, Next::Card(0));
                self.set(&[("search", ""), ("filter", "")], false);
                if let Some(input) = self.search_box() {
                    focus(&input);
                }
            }
            "retry" => {
                // The loaded reviews will appear below the last card.
                let last = self.all("[aria-posinset]").pop();
                let position = last.and_then(|card| self.position(Some(card.into())));
                self.goes(button, Next::Card(position.unwrap_or(0)));
                self.script.retry();
            }
            _ => {}
        }
    }

    fn goes(&self, button: &Element, next: Next) {
        let has_focus = self.focused().as_ref() == Some(button);
        self.controls.going.replace(has_focus.then(|| (button.clone(), next)));
    }

    /// Called after each drawing: moves the focus if its button is gone, and shows the query in the controls.
    pub(crate) fn drawn(&self) {
        if let Some(next) = self.next_focus() {
            focus(&next);
        }
        for control in self.all(".review-list__controls :is(input, select)") {
            let control = control.unchecked_into::<HtmlInputElement>();
            let value = match &*control.name() {
                // What is being typed stays.
                "search" if self.controls.typing.borrow().is_some() => continue,
                name @ ("search" | "sort") => self.host.get_attribute(name).unwrap_or_default(),
                name => chosen(&self.filter.borrow(), name),
            };
            if control.value() != value {
                control.set_value(&value);
            }
        }
    }

    /// Returns what gets the focus after its button has gone. Otherwise Tab would start at the top of the page.
    fn next_focus(&self) -> Option<Element> {
        let going = self.controls.going.borrow();
        let (_, next) = going.as_ref().filter(|(button, _)| !button.is_connected())?;
        let document = self.mount.owner_document()?;
        let is_free = |active: Element| document.body().is_some_and(|body| *body == active);
        if !document.active_element().is_none_or(is_free) {
            return None; // The visitor has focused something else meanwhile.
        }
        let found = match next {
            Next::Filter(at) => {
                let mut filters = self.all(FILTERS);
                let at = at.unwrap_or(usize::MAX).min(filters.len().saturating_sub(1));
                (at < filters.len()).then(|| filters.swap_remove(at))
            }
            Next::Card(position) => self.card(*position),
        };
        found.or_else(|| self.search_box())
    }

    fn search_box(&self) -> Option<Element> {
        self.all("input[name=search]").pop()
    }
}

/// Returns the form control that an event happened in.
fn control(event: &Event) -> Option<HtmlInputElement> {
    // A select has the same properties.
    Some(event.target()?.unchecked_into())
}

//! Reads the query of a list from the page's address, and writes it there.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_utils::window;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, Url};

use review_card::list::address::{Address, NAMES};

use crate::visitor::set_attribute;

/// What has to be kept while a list starts again: the values that the page's author set.
#[wasm_bindgen]
pub struct Remembered(pub(crate) Address);

/// Mirrors the query in the page's query string, so that a link can be shared, and back and forward work.
pub(crate) struct AddressBar {
    bar: Rc<Bar>,
    _popstate: EventListener,
}

struct Bar {
    host: Element,
    address: RefCell<Address>,
}

impl AddressBar {
    /// Sets the attributes from the address, also when the visitor goes back or forward.
    pub(crate) fn new(host: Element, address: Address) -> Self {
        let bar = Rc::new(Bar { host, address: RefCell::new(address) });
        bar.read();
        let popped = bar.clone();
        let popstate = EventListener::new(&window(), "popstate", move |_| {
            popped.address.borrow_mut().pause();
            popped.read();
        });
        Self { bar, _popstate: popstate }
    }

    /// Detects which values the page's author set.
    pub(crate) fn learn(&self) {
        let now = self.bar.attributes();
        self.bar.address.borrow_mut().learn(now);
    }

    /// Writes the attributes to the address. Consecutive keystrokes share one entry of the history.
    pub(crate) fn write(&self, is_typed: bool) {
        self.bar.write(is_typed);
    }

    pub(crate) fn remembered(self) -> Address {
        self.bar.address.take()
    }
}

impl Bar {
    fn attributes(&self) -> [String; 3] {
        NAMES.map(|(_, name)| self.host.get_attribute(name).unwrap_or_default())
    }

    /// Returns the name of a query parameter.
    fn key(&self, name: &str) -> String {
        let id = self.host.id();
        if id.is_empty() { name.to_owned() } else { [&id, ".", name].concat() }
    }

    fn read(&self) {
        let Some(url) = url() else { return };
        let parameters = NAMES.map(|(key, _)| url.search_params().get(&self.key(key)));
        let now = self.attributes();
        let values = self.address.borrow_mut().read(now.clone(), parameters);
        for (((_, name), value), now) in NAMES.iter().zip(values).zip(now) {
            if value != now {
                set_attribute(&self.host, name, &value);
            }
        }
    }

    fn write(&self, is_typed: bool) {
        let Some(url) = url() else { return };
        let before = url.href();
        let values = self.address.borrow_mut().write(self.attributes());
        for ((key, _), value) in NAMES.iter().zip(values) {
            match value {
                Some(value) => url.search_params().set(&self.key(key), &value),
                None => url.search_params().delete(&self.key(key)),
            }
        }
        let href = url.href();
        if href == before {
            return;
        }
        let is_continued = self.address.borrow_mut().is_continued(is_typed, js_sys::Date::now());
        let Ok(history) = window().history() else { return };
        let state = history.state().unwrap_or_default();
        // Browsers limit the number of calls per minute, and sandboxed pages may not call this at all.
        let _ = if is_continued {
            history.replace_state_with_url(&state, "", Some(&href))
        } else {
            history.push_state_with_url(&state, "", Some(&href))
        };
    }
}

/// Returns the page's address.
fn url() -> Option<Url> {
    Url::new(&window().location().href().ok()?).ok()
}

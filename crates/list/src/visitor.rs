//! What a visitor does to a list: search, order, filters, buttons, toggles, keys and the focus.
//!
//! The events are handled on the element that the list is drawn into. It goes when the list ends or crashes, and no
//! listener stays on the page. What a query needs is an attribute of `<review-list>`: the page sees every change, and
//! may make one itself.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, FocusOptions, HtmlElement, ShadowRoot};

use review_card::collection::Filter;

use crate::address_bar::{AddressBar, Remembered};
use crate::controls::Controls;
use crate::keys;

#[wasm_bindgen]
extern "C" {
    /// The list's part in `list.js`.
    #[derive(Clone)]
    pub type Script;

    /// Loads the file again that could not be loaded.
    #[wasm_bindgen(method)]
    pub(crate) fn retry(this: &Script);

    /// Opens or closes a card.
    #[wasm_bindgen(method)]
    pub(crate) fn toggle(this: &Script, position: usize, open: bool);

    /// Draws what has changed, if the list is shown.
    #[wasm_bindgen(method)]
    pub(crate) fn redraw(this: &Script);

    /// Scrolls to a card, and focuses it.
    #[wasm_bindgen(method, js_name = goTo)]
    pub(crate) fn go_to(this: &Script, position: usize);
}

/// The visitor of one list.
pub(crate) struct Visitor {
    /// The element that the list is drawn into.
    pub(crate) mount: Element,
    /// The `<review-list>`.
    pub(crate) host: Element,
    pub(crate) script: Script,
    pub(crate) filter: RefCell<Filter>,
    /// The number of reviews that are shown.
    pub(crate) count: Cell<usize>,
    /// The position that has the focus, if any.
    pub(crate) focus: Rc<Cell<Option<usize>>>,
    pub(crate) address_bar: RefCell<Option<AddressBar>>,
    pub(crate) controls: Controls,
}

impl Visitor {
    pub(crate) fn new(host: Element, mount: Element, script: Script, focus: Rc<Cell<Option<usize>>>) -> Self {
        Self {
            mount,
            host,
            script,
            filter: RefCell::default(),
            count: Cell::default(),
            focus,
            address_bar: RefCell::default(),
            controls: Controls::default(),
        }
    }

    /// Stops everything that waits. Returns what the next list of this element has to remember.
    pub(crate) fn end(&self) -> Option<Remembered> {
        self.controls.pause();
        self.address_bar.take().map(|bar| Remembered(bar.remembered()))
    }

    /// Starts to listen. The listeners are removed when the returned vector is dropped.
    pub(crate) fn listen(self: &Rc<Self>) -> Vec<EventListener> {
        vec![
            self.on("input", |it, event| it.typed(&event)),
            self.on("change", |it, event| it.changed(&event)),
            self.on("submit", |it, event| {
                event.prevent_default();
                it.search();
            }),
            self.on("click", |it, event| it.clicked(&event)),
            self.on("keydown", |it, event| keys::pressed(it, event.unchecked_ref())),
            self.on("focusin", |it, event| {
                it.controls.forget();
                keys::moved(it, event.target());
            }),
            self.on("focusout", |it, event| {
                keys::moved(it, event.unchecked_ref::<web_sys::FocusEvent>().related_target());
            }),
        ]
    }

    fn on(self: &Rc<Self>, name: &'static str, act: fn(&Rc<Self>, Event)) -> EventListener {
        let visitor = self.clone();
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&self.mount, name, options, move |event| {
            act(&visitor, event.clone());
        })
    }

    /// Sets attributes of the query, and writes them to the page's address.
    pub(crate) fn set(&self, asked: &[(&str, &str)], is_typed: bool) {
        if let Some(bar) = &*self.address_bar.borrow() {
            bar.learn();
        }
        for (name, value) in asked {
            set_attribute(&self.host, name, value);
        }
        if let Some(bar) = &*self.address_bar.borrow() {
            bar.write(is_typed);
        }
    }

    /// Returns the card at a position, if it is in the document.
    pub(crate) fn card(&self, position: usize) -> Option<Element> {
        self.all(&["[aria-posinset=\"", &(position + 1).to_string(), "\"]"].concat()).pop()
    }

    /// Returns the elements of the list that match one of our selectors.
    pub(crate) fn all(&self, selector: &str) -> Vec<Element> {
        let Ok(found) = self.mount.query_selector_all(selector) else { return Vec::new() };
        (0..found.length()).filter_map(|at| found.item(at)).map(JsCast::unchecked_into).collect()
    }

    /// Returns the position of the card that contains the target of an event.
    pub(crate) fn position(&self, target: Option<web_sys::EventTarget>) -> Option<usize> {
        let card = target?.dyn_into::<Element>().ok()?.closest("[aria-posinset]").ok()??;
        if !self.mount.contains(Some(&card)) {
            return None;
        }
        card.get_attribute("aria-posinset")?.parse::<usize>().ok()?.checked_sub(1)
    }

    /// Returns the element of the list that has the focus.
    pub(crate) fn focused(&self) -> Option<Element> {
        self.mount.get_root_node().dyn_into::<ShadowRoot>().ok()?.active_element()
    }
}

/// Sets an attribute, or removes it if the value is empty.
pub(crate) fn set_attribute(element: &Element, name: &str, value: &str) {
    // Neither can fail: the names are ours.
    let _: Result<(), JsValue> =
        if value.is_empty() { element.remove_attribute(name) } else { element.set_attribute(name, value) };
}

/// Focuses an element without scrolling to it.
pub(crate) fn focus(element: &Element) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // An element that cannot have the focus is left as it is.
    let _ = element.unchecked_ref::<HtmlElement>().focus_with_options(&options);
}

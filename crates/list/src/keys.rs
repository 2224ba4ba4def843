//! The keys of a [feed](https://www.w3.org/WAI/ARIA/apg/patterns/feed/): Page Down and Page Up go from card to card,
//! Ctrl+End and Ctrl+Home leave the feed.
//!
//! The focused card and its neighbours stay in the document, however far the visitor scrolls and however fast Tab is
//! pressed.

use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement, KeyboardEvent, Node, ShadowRoot};

use crate::visitor::Visitor;

/// Handles a pressed key.
pub(crate) fn pressed(visitor: &Visitor, event: &KeyboardEvent) {
    let Some(position) = visitor.position(event.target()) else { return };
    if event.alt_key() || event.meta_key() || event.shift_key() {
        return;
    }
    let to = match (event.ctrl_key(), &*event.key()) {
        (true, "End") => return leave(visitor, event, false),
        (true, "Home") => return leave(visitor, event, true),
        (false, "PageDown") => position.checked_add(1),
        (false, "PageUp") => position.checked_sub(1),
        _ => None,
    };
    if let Some(to) = to.filter(|to| *to < visitor.count.get()) {
        event.prevent_default();
        visitor.script.go_to(to);
    }
}

/// Handles a moved focus.
pub(crate) fn moved(visitor: &Visitor, target: Option<EventTarget>) {
    let position = visitor.position(target);
    visitor.focus.set(position);
    let Some(at) = position else { return };
    let is_missing = |at: usize| at < visitor.count.get() && visitor.card(at).is_none();
    if is_missing(at + 1) || at.checked_sub(1).is_some_and(is_missing) {
        visitor.script.redraw();
    }
}

/// Moves the focus out of the feed, if anything there can have it.
fn leave(visitor: &Visitor, event: &KeyboardEvent, is_backwards: bool) {
    if visitor.all(".review-list__items").pop().is_some_and(|feed| focus_beside(feed, is_backwards)) {
        event.prevent_default();
    }
}

/// Focuses the first element after `element` that Tab can reach, or the last one before it, across shadow roots.
/// Returns whether there is one.
fn focus_beside(element: Element, is_backwards: bool) -> bool {
    let beside = |at: &Element| {
        if is_backwards { at.previous_element_sibling() } else { at.next_element_sibling() }
    };
    let mut at = Some(Node::from(element));
    while let Some(node) = at {
        let mut sibling = node.dyn_ref().and_then(beside);
        while let Some(element) = sibling {
            if focus_within(&element, is_backwards) {
                return true;
            }
            sibling = beside(&element);
        }
        at = node.parent_node().or_else(|| node.dyn_ref::<ShadowRoot>().map(|root| root.host().into()));
    }
    false
}

/// Focuses the first or last element within `element` that Tab can reach. An element comes before its descendants.
fn focus_within(element: &Element, is_backwards: bool) -> bool {
    let mut inner = Vec::new();
    let first_of_shadow = element.shadow_root().and_then(|root| root.first_element_child());
    for first in [first_of_shadow, element.first_element_child()] {
        inner.extend(std::iter::successors(first, Element::next_element_sibling));
    }
    if !is_backwards {
        return takes_focus(element) || inner.iter().any(|each| focus_within(each, false));
    }
    inner.iter().rev().any(|each| focus_within(each, true)) || takes_focus(element)
}

/// Tries to focus the element. Only the browser knows whether that works: it may be disabled, inert or hidden.
fn takes_focus(element: &Element) -> bool {
    let html = element.unchecked_ref::<HtmlElement>();
    if html.tab_index() < 0 || html.focus().is_err() {
        return false;
    }
    // A document has the same property.
    let root = element.get_root_node().unchecked_into::<ShadowRoot>();
    root.active_element().as_ref() == Some(element)
}

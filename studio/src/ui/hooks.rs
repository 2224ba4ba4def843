//! Hooks for the whole page.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, KeyboardEvent, Window};
use yew::prelude::*;

use super::editor::{Action, Editor};
use super::files;
use crate::strings::Strings;

/// The width from which form and card are side by side.
const WIDE: &str = "(min-width: 60rem)";

/// Sets the language and direction of the page.
#[hook]
pub(super) fn use_page(strings: &'static Strings) {
    use_effect_with(strings.tag, move |tag| {
        let document = web_sys::window().and_then(|window| window.document());
        if let Some(document) = document {
            document.set_title(strings.studio);
            if let Some(root) = document.document_element() {
                // Setting attributes with these names cannot fail.
                let _ = root.set_attribute("lang", tag);
                let _ = root.set_attribute("dir", strings.dir);
            }
        }
    });
}

/// Returns whether the window is wide enough for two columns.
#[hook]
pub(super) fn use_wide() -> bool {
    let query = use_memo((), |()| {
        web_sys::window().and_then(|window: Window| window.match_media(WIDE).ok().flatten())
    });
    let is_wide = use_state(|| query.as_ref().as_ref().is_none_or(web_sys::MediaQueryList::matches));
    {
        let is_wide = is_wide.clone();
        use_effect_with((), move |()| {
            let listener = query.as_ref().as_ref().map(|query| {
                let now = query.clone();
                EventListener::new(query, "change", move |_| is_wide.set(now.matches()))
            });
            move || drop(listener)
        });
    }
    *is_wide
}

/// Handles the keyboard shortcuts for undo and redo: Ctrl+Z and Ctrl+Shift+Z, or Cmd on a Mac.
#[hook]
pub(super) fn use_keys(editor: &Editor) {
    let state = editor.state.dispatcher();
    use_effect_with((), move |()| {
        let options = EventListenerOptions::enable_prevent_default();
        let listener = web_sys::window().map(|window| {
            EventListener::new_with_options(&window, "keydown", options, move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
                    return;
                }
                let action = match (event.key().to_lowercase().as_str(), event.shift_key()) {
                    ("z", false) => Action::Undo,
                    ("z", true) | ("y", false) => Action::Redo,
                    _ => return,
                };
                event.prevent_default();
                state.dispatch(action);
            })
        });
        move || drop(listener)
    });
}

/// Accepts files that are dropped anywhere on the page; returns whether files are being dragged over it.
#[hook]
pub(super) fn use_drop(take: &Callback<Vec<gloo::file::File>>) -> bool {
    let is_over = use_state(|| false);
    // The listeners are created once, and call the latest callback.
    let latest = use_mut_ref(|| take.clone());
    latest.replace(take.clone());
    {
        let is_over = is_over.clone();
        use_effect_with((), move |()| {
            let listen = |name: &'static str, over: bool| {
                let (is_over, latest) = (is_over.clone(), latest.clone());
                let options = EventListenerOptions::enable_prevent_default();
                web_sys::window().map(|window| {
                    EventListener::new_with_options(&window, name, options, move |event| {
                        let transfer = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
                        let Some(transfer) = transfer.filter(|it| it.types().includes(&"Files".into(), 0))
                        else {
                            return;
                        };
                        event.prevent_default();
                        is_over.set(over);
                        if name == "drop" {
                            let take = latest.borrow().clone();
                            take.emit(files::all(transfer.files()));
                        }
                    })
                })
            };
            let listeners = [("dragover", true), ("dragleave", false), ("drop", false)]
                .map(|(name, over)| listen(name, over));
            move || drop(listeners)
        });
    }
    *is_over
}

//! Changes the order of a list, by dragging a handle, with the arrow keys on it, or with a button: all three make the
//! same edit.

use std::cell::RefCell;
use std::rc::Rc;

use review_card::text::fill;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::editor::{Action, Editor};
use super::icon::{Icon, Sign};
use crate::draft::Edit;

/// A sortable list.
#[derive(Clone)]
pub(super) struct Sort {
    editor: Editor,
    path: AttrValue,
    /// The current index of the item that is being dragged.
    dragged: UseStateHandle<Option<usize>>,
    focus: Focus,
}

/// The id of the element that gets the focus after the next render.
#[derive(Clone)]
pub(super) struct Focus(Rc<RefCell<Option<String>>>);

impl Focus {
    /// Moves the focus after the next render.
    pub(super) fn next(&self, id: String) {
        self.0.replace(Some(id));
    }

    /// Moves the focus now, because the next key may be pressed before the next render, and again after it.
    pub(super) fn now(&self, id: String) {
        move_to(&id);
        self.next(id);
    }
}

/// Returns where the focus moves after the next render.
#[hook]
pub(super) fn use_focus() -> Focus {
    let focus = Focus(use_mut_ref(|| None));
    let wanted = focus.clone();
    use_effect(move || {
        let id = wanted.0.take();
        if let Some(id) = id {
            move_to(&id);
        }
    });
    focus
}

fn move_to(id: &str) {
    let element = web_sys::window().and_then(|window| window.document()?.get_element_by_id(id));
    if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        // If the element cannot be focused, nothing is lost.
        let _ = element.focus();
    }
}

/// Makes the list at a path sortable.
#[hook]
pub(super) fn use_sort(editor: &Editor, path: &AttrValue, focus: &Focus) -> Sort {
    let dragged = use_state(|| None);
    Sort { editor: editor.clone(), path: path.clone(), dragged, focus: focus.clone() }
}

impl Sort {
    /// Returns the class of an item.
    pub(super) fn class(&self, index: usize) -> Classes {
        classes!("item", (*self.dragged == Some(index)).then_some("dragged"))
    }

    fn shift(&self, from: usize, to: usize, count: usize) {
        if from != to && to < count {
            self.editor.edit(Edit::Move(self.path.to_string(), from, to));
            self.editor.say(fill(self.editor.strings.moved, &[&(to + 1).to_string(), &count.to_string()]));
        }
    }

    fn handle_id(&self, index: usize) -> String {
        format!("{}-{index}-handle", self.path)
    }

    /// Renders the handle by which an item is dragged.
    pub(super) fn handle(&self, index: usize, count: usize, name: &str) -> Html {
        let strings = self.editor.strings;
        let onkeydown = {
            let sort = self.clone();
            Callback::from(move |event: KeyboardEvent| {
                let to = match event.key().as_str() {
                    "ArrowUp" => index.checked_sub(1),
                    "ArrowDown" => Some(index + 1),
                    _ => return,
                };
                event.prevent_default();
                if let Some(to) = to.filter(|to| *to < count) {
                    sort.focus.next(sort.handle_id(to));
                    sort.shift(index, to, count);
                }
            })
        };
        let onpointerdown = {
            let dragged = self.dragged.clone();
            Callback::from(move |event: PointerEvent| {
                if let Some(handle) = event.target_dyn_into::<Element>() {
                    // Without this, a fast pointer leaves the handle and the item stops following it.
                    let _ = handle.set_pointer_capture(event.pointer_id());
                }
                dragged.set(Some(index));
            })
        };
        let onpointermove = {
            let sort = self.clone();
            Callback::from(move |event: PointerEvent| {
                let Some(from) = *sort.dragged else { return };
                if let Some(to) = item_at(&event).filter(|to| *to != from && *to < count) {
                    sort.dragged.set(Some(to));
                    sort.shift(from, to, count);
                }
            })
        };
        let end = {
            let sort = self.clone();
            Callback::from(move |_: PointerEvent| {
                sort.dragged.set(None);
                sort.editor.dispatch(Action::Pause);
            })
        };
        html! {
            <button type="button" class="handle" id={self.handle_id(index)} title={strings.move_hint}
                aria-label={fill(strings.move_item, &[name])} {onkeydown} {onpointerdown} {onpointermove}
                onpointerup={end.clone()} onpointercancel={end}>
                <Icon sign={Sign::Grip} />
            </button>
        }
    }

    /// Renders the buttons at the end of an item.
    pub(super) fn buttons(
        &self,
        index: usize,
        count: usize,
        name: &str,
        field: impl Fn(usize) -> String + 'static,
    ) -> Html {
        let strings = self.editor.strings;
        let up = {
            let sort = self.clone();
            Callback::from(move |_: MouseEvent| sort.shift(index, index.saturating_sub(1), count))
        };
        let remove = {
            let sort = self.clone();
            Callback::from(move |_: MouseEvent| {
                sort.focus.next(field(index.saturating_sub(1)));
                sort.editor.edit(Edit::Remove(sort.path.to_string(), index));
            })
        };
        html! {
            <>
                <button type="button" class="sign" onclick={up} disabled={index == 0}
                    aria-label={fill(strings.move_up, &[name])} title={fill(strings.move_up, &[name])}>
                    <Icon sign={Sign::Up} />
                </button>
                <button type="button" class="sign" onclick={remove}
                    aria-label={fill(strings.remove, &[name])} title={fill(strings.remove, &[name])}>
                    <Icon sign={Sign::Cross} />
                </button>
            </>
        }
    }
}

/// Returns the index of the item under the pointer.
fn item_at(event: &PointerEvent) -> Option<usize> {
    let handle = event.target_dyn_into::<Element>()?;
    let items = handle.closest("ol").ok()??.children();
    let y = f64::from(event.client_y());
    (0..items.length()).position(|index| {
        items.item(index).is_some_and(|item| {
            let place = item.get_bounding_client_rect();
            place.top() <= y && y < place.bottom()
        })
    })
}

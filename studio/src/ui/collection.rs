//! Several reviews: the list with the selected one, and the notes of opened files.

use review_card::text::fill;
use yew::prelude::*;

use super::editor::{Action, Editor};
use super::files::Opened;
use super::icon::{Icon, Sign};
use crate::value;

/// The largest number of reviews that are listed at once, around the selected one.
const MAX_ROWS: usize = 500;
/// The largest number of notes that are listed for a file.
const MAX_NOTES: usize = 200;

/// Renders the list of reviews in the draft.
pub(super) fn list(editor: &Editor, add: &Callback<MouseEvent>) -> Html {
    let strings = editor.strings;
    let draft = editor.draft();
    let count = draft.entries().len();
    let first = draft.selected().saturating_sub(MAX_ROWS / 2);
    let row = |(index, entry): (usize, &std::rc::Rc<crate::draft::Entry>)| {
        let title = value::text(&entry.review, "title");
        let title = if title.is_empty() { strings.untitled.to_owned() } else { title };
        let is_current = index == draft.selected();
        html! {
            <li key={index}>
                <button type="button" class="name" dir="auto" aria-current={is_current.then_some("true")}
                    onclick={editor.on(move |_: MouseEvent| Action::Select(index))}>{ &title }</button>
                <button type="button" class="sign" aria-label={fill(strings.remove, &[&title])} title={fill(strings.remove, &[&title])}
                    onclick={let editor = editor.clone(); move |_: MouseEvent| editor.dispatch(Action::Replace(editor.draft().without(index), None))}>
                    <Icon sign={Sign::Cross} />
                </button>
            </li>
        }
    };
    html! {
        <div class="collection">
            if count > 1 {
                <details open=true>
                    <summary>{ fill(strings.reviews, &[&count.to_string()]) }</summary>
                    <ol tabindex="0" aria-label={fill(strings.reviews, &[&count.to_string()])}>{ for draft.entries().iter().enumerate().skip(first).take(MAX_ROWS).map(row) }</ol>
                </details>
            }
            <button type="button" class="quiet" onclick={add.clone()}><Icon sign={Sign::Plus} />{ strings.add_review }</button>
        </div>
    }
}

/// Renders the notes of the files that were opened last.
pub(super) fn imported(editor: &Editor, opened: &UseStateHandle<Vec<Opened>>) -> Html {
    let strings = editor.strings;
    let file = |file: &Opened| {
        let said = match &file.draft {
            Ok(draft) => fill(strings.imported, &[&file.name, &draft.entries().len().to_string()]),
            Err(_) => fill(strings.not_imported, &[&file.name]),
        };
        html! {
            <li>
                <p>{ said }</p>
                if let Err(error) = &file.draft {
                    <p class="problem" lang="en">{ error }</p>
                }
                if !file.notes.is_empty() {
                    <details>
                        <summary>{ fill(strings.notes, &[&file.notes.len().to_string()]) }</summary>
                        if let Some(counts) = &file.counts {
                            <p lang="en">{ counts }</p>
                        }
                        <ul class="problems" lang="en" tabindex="0">{ for file.notes.iter().take(MAX_NOTES).map(|note| html! { <li>{ note }</li> }) }</ul>
                    </details>
                }
            </li>
        }
    };
    let close = {
        let opened = opened.clone();
        Callback::from(move |_: MouseEvent| opened.set(Vec::new()))
    };
    html! {
        if !opened.is_empty() {
            <section class="imported" role="status">
                <ul>{ for opened.iter().map(file) }</ul>
                <button type="button" class="quiet" onclick={close}>{ strings.dismiss }</button>
            </section>
        }
    }
}

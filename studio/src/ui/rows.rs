//! A list of objects with several fields each: aspects, authors, links, earlier verdicts, related reviews.

use serde_json::{Value, json};
use yew::prelude::*;

use super::editor::Editor;
use super::field::{Field, Kind, id_of};
use super::icon::{Icon, Sign};
use super::rating::RatingInput;
use super::sort::{use_focus, use_sort};
use crate::draft::Edit;

/// A field of each item.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    pub(super) key: &'static str,
    pub(super) label: &'static str,
    pub(super) of: Of,
}

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// A field of this kind.
    Field(Kind),
    /// A rating.
    Rating,
    /// A Boolean.
    Flag,
}

#[derive(PartialEq, Properties)]
pub(super) struct RowsProps {
    pub(super) editor: Editor,
    pub(super) path: AttrValue,
    pub(super) label: AttrValue,
    /// The label of the button that adds an item.
    pub(super) add: AttrValue,
    pub(super) columns: Vec<Column>,
}

/// Renders the items, each with its fields, and a button that adds one.
#[component]
pub(super) fn Rows(props: &RowsProps) -> Html {
    let RowsProps { editor, path, label, add, columns } = props;
    let focus = use_focus();
    let sort = use_sort(editor, path, &focus);
    let count = editor.count(path);
    let first = columns.first().map_or("", |column| column.key);
    let onclick = {
        let (editor, path, focus, id) =
            (editor.clone(), path.clone(), focus.clone(), id_of(&format!("{path}[{count}].{first}")));
        Callback::from(move |_: MouseEvent| {
            focus.next(id.clone());
            editor.edit(Edit::Insert(path.to_string(), usize::MAX, json!({})));
        })
    };
    let row = |index: usize| {
        let name = editor.text(&format!("{path}[{index}].{first}"));
        let name = if name.is_empty() { (index + 1).to_string() } else { name };
        let ids = path.clone();
        html! {
            <li key={index} class={sort.class(index)}>
                { sort.handle(index, count, &name) }
                <div class="columns" role="group" aria-label={format!("{label} {}", index + 1)}>{ for columns.iter().map(|column| cell(editor, path, index, column)) }</div>
                { sort.buttons(index, count, &name, move |index| id_of(&format!("{ids}[{index}].{first}"))) }
            </li>
        }
    };
    html! {
        <div class="rows" role="group" aria-label={label}>
            <ol>{ for (0..count).map(row) }</ol>
            <button type="button" class="quiet" {onclick}><Icon sign={Sign::Plus} />{ add }</button>
        </div>
    }
}

fn cell(editor: &Editor, path: &str, index: usize, column: &Column) -> Html {
    let at = format!("{path}[{index}].{}", column.key);
    match column.of {
        Of::Field(kind) => html! { <Field editor={editor.clone()} path={at} label={column.label} {kind} /> },
        Of::Rating => html! { <RatingInput editor={editor.clone()} path={at} label={column.label} /> },
        Of::Flag => {
            let id = id_of(&at);
            let checked = editor.text(&at) == "true";
            let onchange = {
                let editor = editor.clone();
                Callback::from(move |_: Event| editor.set(&at, (!checked).then_some(Value::Bool(true))))
            };
            html! {
                <p class="check">
                    <input id={id.clone()} type="checkbox" {checked} {onchange} />
                    <label for={id}>{ column.label }</label>
                </p>
            }
        }
    }
}

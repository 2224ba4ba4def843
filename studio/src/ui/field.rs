//! One form field: its label, its problem, and the key that it sets.

use serde_json::Value;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::editor::{Action, Editor};
use crate::rating;

/// The type of a field's value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text on one line.
    #[default]
    Text,
    /// Text on several lines.
    Long,
    /// A number. Text that is not a number is kept, and reported as a problem.
    Number,
    /// A URL.
    Address,
    /// The URL of a picture. It is set only once it is complete, because the card downloads it at once.
    Picture,
    /// A date.
    Date,
}

impl Kind {
    /// Returns the JSON value for a text; nothing if the text is empty.
    pub(super) fn value(self, text: &str) -> Option<Value> {
        match self {
            _ if text.is_empty() => None,
            Kind::Number => Some(rating::digits(text)),
            _ => Some(text.into()),
        }
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct FieldProps {
    pub(super) editor: Editor,
    pub(super) path: AttrValue,
    pub(super) label: AttrValue,
    #[prop_or_default]
    pub(super) kind: Kind,
    #[prop_or_default]
    pub(super) hint: AttrValue,
    #[prop_or_default]
    pub(super) placeholder: AttrValue,
    #[prop_or_default]
    pub(super) class: Classes,
    /// The id of a `<datalist>` with suggestions.
    #[prop_or_default]
    pub(super) list: Option<AttrValue>,
}

/// Renders a label, an input, a hint and a problem.
#[component]
pub(super) fn Field(props: &FieldProps) -> Html {
    let FieldProps { editor, path, label, kind, hint, placeholder, class, list } = props;
    let id = id_of(path);
    // The text of a picture's address while it is typed: the form may be rendered again before it is complete.
    let typing = use_state(|| None::<String>);
    let value = (*typing).clone().unwrap_or_else(|| editor.text(path));
    let problem = editor.problem(path);
    let described = described_by(&id, !hint.is_empty(), problem.is_some());
    let oninput = {
        let (editor, path, kind, typing) = (editor.clone(), path.clone(), *kind, typing.clone());
        Callback::from(move |event: InputEvent| {
            if kind == Kind::Picture {
                typing.set(Some(typed(&event)));
            } else {
                editor.set(&path, kind.value(&typed(&event)));
            }
        })
    };
    let onchange = {
        let editor = editor.clone();
        Callback::from(move |_: Event| editor.dispatch(Action::Pause))
    };
    // The address is complete when the field is left.
    let onfocusout = {
        let (editor, path, kind, typing) = (editor.clone(), path.clone(), *kind, typing.clone());
        Callback::from(move |_: FocusEvent| {
            if let Some(text) = &*typing {
                editor.set(&path, kind.value(text));
                typing.set(None);
            }
        })
    };
    let invalid = problem.is_some().then_some("true");
    let input = match kind {
        Kind::Long => html! {
            <textarea id={id.clone()} name={path} {value} {oninput} {onchange} {placeholder} rows="2" dir="auto"
                aria-describedby={described} aria-invalid={invalid} />
        },
        _ => {
            let (kind, mode) = match kind {
                Kind::Number => ("text", Some("decimal")),
                Kind::Address | Kind::Picture => ("text", Some("url")),
                // A date that is not in ISO 8601 is kept, and shown as text.
                Kind::Date if value.is_empty() || is_day(&value) => ("date", None),
                _ => ("text", None),
            };
            let raw = (mode == Some("url")).then_some("none");
            html! {
                <input id={id.clone()} name={path} type={kind} {value} {oninput} {onchange} {onfocusout} {placeholder} {list} dir="auto"
                    inputmode={mode} autocapitalize={raw} spellcheck={raw.map(|_| "false")} autocomplete="off"
                    aria-describedby={described} aria-invalid={invalid} />
            }
        }
    };
    html! {
        <div class={classes!("field", class.clone())}>
            <label for={id.clone()}>{ label }</label>
            { input }
            if !hint.is_empty() {
                <p class="hint" id={format!("{id}-hint")}>{ hint }</p>
            }
            { problem_line(&id, problem) }
        </div>
    }
}

/// Returns the id of the field for a path.
pub(super) fn id_of(path: &str) -> String {
    format!("field-{path}")
}

/// Returns the `aria-describedby` attribute of a field.
pub(super) fn described_by(id: &str, has_hint: bool, has_problem: bool) -> Option<String> {
    let named = |suffix: &str, is_there: bool| is_there.then(|| format!("{id}-{suffix}"));
    let ids: Vec<_> =
        [named("problem", has_problem), named("hint", has_hint)].into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// Renders the problem of a field. The message is in English in every language of the page.
pub(super) fn problem_line(id: &str, problem: Option<AttrValue>) -> Html {
    html! {
        if let Some(problem) = problem {
            <p class="problem" id={format!("{id}-problem")} lang="en">{ problem }</p>
        }
    }
}

/// Returns the value of the input or text area of an event.
pub(super) fn typed(event: &InputEvent) -> String {
    event
        .target_dyn_into::<HtmlInputElement>()
        .map(|input| input.value())
        .or_else(|| event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value()))
        .unwrap_or_default()
}

fn is_day(text: &str) -> bool {
    text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
}

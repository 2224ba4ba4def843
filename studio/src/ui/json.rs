//! The draft as JSON. Edits here change the form and vice versa; while the text is not valid JSON, the form keeps its
//! values.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::editor::{Action, Editor};
use super::field::problem_line;

#[derive(PartialEq, Properties)]
pub(super) struct JsonProps {
    pub(super) editor: Editor,
}

/// Renders the JSON as text.
#[component]
pub(super) fn Json(props: &JsonProps) -> Html {
    let editor = &props.editor;
    // The typed text and the draft that it represents. The text's own white space is kept until something else changes
    // the draft.
    let typing = use_state(|| None::<(AttrValue, Result<crate::draft::Draft, String>)>);
    let shown = match &*typing {
        Some((text, Ok(draft))) if draft.json() == editor.draft().json() => text.clone(),
        Some((text, Err(_))) => text.clone(),
        _ => editor.draft().text().into(),
    };
    let error = match &*typing {
        Some((_, Err(error))) => Some(AttrValue::from(error.clone())),
        _ => None,
    };
    let oninput = {
        let (editor, typing) = (editor.clone(), typing.clone());
        Callback::from(move |event: InputEvent| {
            let text =
                event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default();
            let read =
                if text.trim().is_empty() { Ok(Default::default()) } else { editor.draft().with_json(&text) };
            if let Ok(draft) = &read {
                editor.dispatch(Action::Replace(draft.clone(), Some("json")));
            }
            typing.set(Some((text.into(), read)));
        })
    };
    let problems = editor.reading.problems.iter().map(|problem| {
        html! { <li><code>{ &problem.path }</code>{ " " }{ &problem.message }</li> }
    });
    html! {
        <div class="field json">
            <label for="json">{ editor.strings.json_label }</label>
            <textarea id="json" name="json" rows="28" spellcheck="false" autocapitalize="none" autocomplete="off" dir="ltr" lang="en"
                value={shown} {oninput} aria-invalid={error.is_some().then_some("true")} aria-describedby="json-problem json-hint" />
            { problem_line("json", error) }
            <p class="hint" id="json-hint">{ editor.strings.json_hint }</p>
            <ul class="problems" lang="en">{ for problems }</ul>
        </div>
    }
}

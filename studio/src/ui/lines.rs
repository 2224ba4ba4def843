//! A list of short texts. Enter begins the next one, Backspace in an empty one removes it.

use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::editor::Editor;
use super::field::{id_of, problem_line, typed};
use super::sort::{use_focus, use_sort};
use crate::draft::Edit;

#[derive(PartialEq, Properties)]
pub(super) struct LinesProps {
    pub(super) editor: Editor,
    pub(super) path: AttrValue,
    pub(super) label: AttrValue,
    #[prop_or_default]
    pub(super) class: Classes,
    /// The placeholder of the empty line at the end.
    pub(super) placeholder: AttrValue,
}

/// Renders the list, with an empty line at its end.
#[component]
pub(super) fn Lines(props: &LinesProps) -> Html {
    let LinesProps { editor, path, label, class, placeholder } = props;
    let focus = use_focus();
    let sort = use_sort(editor, path, &focus);
    let count = editor.count(path);
    let line = |index: usize| {
        let at = format!("{path}[{index}]");
        let (id, text, problem) = (id_of(&at), editor.text(&at), editor.problem(&at));
        let oninput = {
            let (editor, at) = (editor.clone(), at.clone());
            Callback::from(move |event: InputEvent| editor.set(&at, Some(typed(&event).into())))
        };
        let onkeydown = {
            let (editor, path, focus, text) = (editor.clone(), path.clone(), focus.clone(), text.clone());
            Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
                "Enter" if !event.is_composing() => {
                    event.prevent_default();
                    if index + 1 < count {
                        editor.edit(Edit::Insert(path.to_string(), index + 1, "".into()));
                    }
                    if index < count {
                        focus.now(id_of(&format!("{path}[{}]", index + 1)));
                        editor.dispatch(super::editor::Action::Pause);
                    }
                }
                "Backspace" if text.is_empty() && index < count => {
                    event.prevent_default();
                    focus.next(id_of(&format!("{path}[{}]", index.saturating_sub(1))));
                    editor.edit(Edit::Remove(path.to_string(), index));
                }
                _ => {}
            })
        };
        let name = if text.is_empty() { (index + 1).to_string() } else { text.clone() };
        let ids = path.clone();
        html! {
            <li key={index} class={sort.class(index)}>
                if index < count { { sort.handle(index, count, &name) } } else { <span class="handle" aria-hidden="true">{ "+" }</span> }
                <input id={id.clone()} name={at} type="text" value={text} dir="auto" autocomplete="off" {oninput} {onkeydown}
                    placeholder={(index == count).then(|| placeholder.clone())} enterkeyhint="next"
                    aria-label={format!("{label} {}", index + 1)} aria-invalid={problem.is_some().then_some("true")}
                    aria-describedby={problem.is_some().then(|| format!("{id}-problem"))} />
                if index < count {
                    { sort.buttons(index, count, &name, move |index| id_of(&format!("{ids}[{index}]"))) }
                }
                { problem_line(&id, problem) }
            </li>
        }
    };
    html! {
        <div class={classes!("field", "lines", class.clone())} role="group" aria-label={label}>
            <p class="label" aria-hidden="true">{ label }</p>
            <ol>{ for (0..=count).map(line) }</ol>
        </div>
    }
}

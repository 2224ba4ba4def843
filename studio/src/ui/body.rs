//! The body of the review, in Markdown or in HTML. The card beside the form is its preview.

use review_card::text::fill;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::editor::{Action, Editor};
use super::field::{id_of, problem_line, typed};
use crate::draft::Edit;
use crate::markdown;

/// What a toolbar button inserts before and after the selected text.
struct Mark {
    name: &'static str,
    sign: &'static str,
    before: &'static str,
    after: &'static str,
}

#[derive(PartialEq, Properties)]
pub(super) struct BodyProps {
    pub(super) editor: Editor,
    /// Called when the body gets the focus: the card opens.
    pub(super) onfocus: Callback<()>,
}

/// Renders the text area, with a toolbar if it is Markdown.
#[component]
pub(super) fn Body(props: &BodyProps) -> Html {
    let BodyProps { editor, onfocus } = props;
    let strings = editor.strings;
    let entry = editor.draft().entry();
    let source = entry.source();
    // HTML from another source is edited as HTML; an empty body in the format that its author chose last.
    let as_html = use_state(|| false);
    let is_html = source.is_none() || (*as_html && entry.markdown.is_none());
    let html = editor.text("bodyHtml");
    let value = if is_html { html.clone() } else { source.clone().unwrap_or_default() };
    let area = use_node_ref();
    let id = id_of("body");
    let write = {
        let editor = editor.clone();
        move |text: String| editor.edit(if is_html { Edit::Html(text) } else { Edit::Markdown(text) })
    };
    let oninput = {
        let write = write.clone();
        Callback::from(move |event: InputEvent| write(typed(&event)))
    };
    let choose = |html: bool, name: &'static str| {
        let (editor, as_html, value, made) =
            (editor.clone(), as_html.clone(), value.clone(), html_of(&value));
        let onchange = Callback::from(move |_: Event| {
            as_html.set(html);
            // HTML is valid Markdown, so switching back changes nothing.
            editor.edit(if html { Edit::Html(made.clone()) } else { Edit::Markdown(value.clone()) });
        });
        html! { <label><input type="radio" name="body-format" checked={is_html == html} {onchange} /><span>{ name }</span></label> }
    };
    let mark = |mark: Mark| {
        let (area, write) = (area.clone(), write.clone());
        let Mark { name, sign, .. } = mark;
        let onclick = Callback::from(move |_: MouseEvent| {
            if let Some(text) = area.cast::<HtmlTextAreaElement>().and_then(|area| surround(&area, &mark)) {
                write(text);
            }
        });
        html! { <button type="button" {onclick} title={name} aria-label={name}>{ sign }</button> }
    };
    let marks = [
        Mark { name: strings.bold, sign: "B", before: "**", after: "**" },
        Mark { name: strings.italic, sign: "I", before: "*", after: "*" },
        Mark { name: strings.heading, sign: "H", before: "\n## ", after: "\n" },
        Mark { name: strings.list, sign: "•", before: "\n- ", after: "\n" },
        Mark { name: strings.quote, sign: "“", before: "\n> ", after: "\n" },
        Mark { name: strings.link, sign: "↗", before: "[", after: "](https://)" },
        Mark { name: strings.picture, sign: "▣", before: "![", after: "](https://)" },
        Mark { name: strings.spoiler, sign: "▮", before: "[spoiler]", after: "[/spoiler]" },
    ];
    let (count, _) = markdown::count(&value);
    let problem = editor.problem("body").or_else(|| editor.problem("bodyHtml"));
    let onfocus = onfocus.reform(|_: FocusEvent| ());
    html! {
        <div class="field body">
            <div class="bar">
                <label for={id.clone()}>{ strings.body }</label>
                <div class="choice" role="radiogroup" aria-label={strings.body_format}>
                    { choose(false, "Markdown") }
                    { choose(true, "HTML") }
                </div>
            </div>
            if !is_html {
                <div class="marks" role="group" aria-label={strings.marks}>{ for marks.into_iter().map(mark) }</div>
            }
            <textarea ref={area} id={id.clone()} name="body" rows="10" dir="auto" {value} {oninput} {onfocus}
                onchange={editor.on(|_: Event| Action::Pause)} aria-describedby={format!("{id}-count")} />
            <p class="hint" id={format!("{id}-count")}>{ fill(strings.word_count, &[&count.to_string()]) }</p>
            { problem_line(&id, problem) }
        </div>
    }
}

/// Returns Markdown as HTML, also if it contains only paragraphs.
fn html_of(source: &str) -> String {
    let made = markdown::body(source);
    made.html.unwrap_or_else(|| {
        let paragraphs = made.text.unwrap_or_default();
        paragraphs
            .split("\n\n")
            .filter(|text| !text.is_empty())
            .map(|text| format!("<p>{}</p>\n", escaped(text)))
            .collect()
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Returns the text with a mark around the selection, which stays selected.
fn surround(area: &HtmlTextAreaElement, mark: &Mark) -> Option<String> {
    let start = area.selection_start().ok()??;
    let end = area.selection_end().ok()??;
    let units: Vec<u16> = area.value().encode_utf16().collect();
    let selected = String::from_utf16_lossy(units.get(start as usize..end as usize)?);
    let text = format!("{}{selected}{}", mark.before, mark.after);
    area.set_range_text_with_start_and_end(&text, start, end).ok()?;
    let from = start + u32::try_from(mark.before.encode_utf16().count()).ok()?;
    area.focus().ok()?;
    area.set_selection_range(from, from + (end - start)).ok()?;
    Some(area.value())
}

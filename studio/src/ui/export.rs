//! The export panel: each format with a sentence about where it goes, a copy button, and a file.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::editor::Editor;
use super::files;
use crate::export::{self, FORMS, Form};
use crate::theme::Theme;

#[derive(PartialEq, Properties)]
pub(super) struct ExportProps {
    pub(super) editor: Editor,
    pub(super) theme: Theme,
}

/// Renders the export formats, one of them selected.
#[component]
pub(super) fn Export(props: &ExportProps) -> Html {
    let ExportProps { editor, theme, .. } = props;
    let strings = editor.strings;
    let form = use_state(|| Form::Shadow);
    let text = use_state(AttrValue::default);
    {
        let (text, editor, theme) = (text.clone(), editor.clone(), theme.clone());
        use_effect_with((editor.reading.clone(), *form, theme.clone()), move |(_, form, _)| {
            let form = *form;
            spawn_local(async move { text.set(made(&editor, &theme, form).await.into()) });
        });
    }
    let Some(review) = &editor.reading.review else {
        return html! { <p class="hint">{ strings.no_review }</p> };
    };
    let option = |(each, (name, _)): (Form, (&'static str, &'static str))| {
        let choose = {
            let form = form.clone();
            Callback::from(move |_: Event| form.set(each))
        };
        html! { <label><input type="radio" name="form" checked={*form == each} onchange={choose} /><span>{ name }</span></label> }
    };
    let forms = FORMS.into_iter().zip(strings.forms);
    let hint = forms.clone().find(|(each, _)| *each == *form).map_or("", |(_, (_, hint))| hint);
    let name = match *form {
        Form::Json | Form::File => export::file_name(review, "json"),
        Form::Markdown => export::file_name(review, "md"),
        Form::Css => "review-card-theme.css".to_owned(),
        _ => export::file_name(review, "html"),
    };
    let copy = {
        let (editor, text) = (editor.clone(), text.clone());
        Callback::from(move |_: MouseEvent| {
            let (editor, text) = (editor.clone(), text.clone());
            spawn_local(async move {
                let strings = editor.strings;
                editor.say(if files::copy(&text).await { strings.copied } else { strings.not_copied });
            });
        })
    };
    let download = {
        let (editor, text, name, form) = (editor.clone(), text.clone(), name.clone(), *form);
        Callback::from(move |_: MouseEvent| {
            let text = if form == Form::File { json(&editor) } else { text.to_string() };
            files::download(&name, &text);
        })
    };
    html! {
        <div class="take">
            <div class="forms" role="radiogroup" aria-label={strings.take}>{ for forms.map(option) }</div>
            <div class="taken">
                <p class="hint">{ hint }</p>
                <pre tabindex="0" role="region" aria-label={strings.taken} lang="en" dir="ltr"><code>{ &*text }</code></pre>
                <p class="buttons">
                    <button type="button" class="main" onclick={copy}>{ strings.copy }</button>
                    <button type="button" onclick={download}>{ strings.download }{ " " }<code>{ name }</code></button>
                </p>
                <ul class="hosts">{ for strings.hosts.iter().map(|host| html! { <li>{ *host }</li> }) }</ul>
            </div>
        </div>
    }
}

fn json(editor: &Editor) -> String {
    format!("{:#}\n", editor.draft().tidy())
}

/// Returns plain static HTML.
async fn plain(review: std::rc::Rc<review_card::Review>) -> String {
    let form = review_card_prerender::Form { light: true, ..Default::default() };
    review_card_prerender::render(review, &form).await
}

/// Returns the text of an export format.
async fn made(editor: &Editor, theme: &Theme, form: Form) -> String {
    let Some(review) = editor.reading.review.clone() else { return String::new() };
    let data = crate::value::tidy(&serde_json::Value::Object(editor.draft().entry().review.clone()))
        .unwrap_or_default();
    match form {
        Form::Inline => export::inline(&review, &data),
        Form::File => export::by_address(&review),
        Form::Light => plain(review).await,
        Form::Shadow => review_card_prerender::render(review, &Default::default()).await,
        Form::Markdown => export::markdown(&review, &plain(review.clone()).await),
        Form::JsonLd => {
            let json = review_card::write::json_ld(&review).to_text();
            format!("<script type=\"application/ld+json\">{json}</script>\n")
        }
        Form::Json => json(editor),
        Form::Css => match theme.css("review-card, .review-card") {
            css if css.is_empty() => editor.strings.no_theme.to_owned(),
            css => css,
        },
    }
}

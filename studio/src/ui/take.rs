//! The export panel: each format with a sentence about where it goes, a copy button, and a file.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::desk::Desk;
use super::files;
use crate::take::{self, FORMS, Form};
use crate::theme::Theme;

#[derive(PartialEq, Properties)]
pub(super) struct TakeProps {
    pub(super) desk: Desk,
    pub(super) theme: Theme,
}

/// Renders the export formats, one of them selected.
#[component]
pub(super) fn Take(props: &TakeProps) -> Html {
    let TakeProps { desk, theme, .. } = props;
    let words = desk.words;
    let form = use_state(|| Form::Shadow);
    let text = use_state(AttrValue::default);
    {
        let (text, desk, theme) = (text.clone(), desk.clone(), theme.clone());
        use_effect_with((desk.reading.clone(), *form, theme.clone()), move |(_, form, _)| {
            let form = *form;
            spawn_local(async move { text.set(made(&desk, &theme, form).await.into()) });
        });
    }
    let Some(review) = &desk.reading.review else {
        return html! { <p class="hint">{ words.no_review }</p> };
    };
    let option = |(each, (name, _)): (Form, (&'static str, &'static str))| {
        let choose = {
            let form = form.clone();
            Callback::from(move |_: Event| form.set(each))
        };
        html! { <label><input type="radio" name="form" checked={*form == each} onchange={choose} /><span>{ name }</span></label> }
    };
    let forms = FORMS.into_iter().zip(words.forms);
    let hint = forms.clone().find(|(each, _)| *each == *form).map_or("", |(_, (_, hint))| hint);
    let name = match *form {
        Form::Json | Form::File => take::file_name(review, "json"),
        Form::Markdown => take::file_name(review, "md"),
        Form::Css => "review-card-theme.css".to_owned(),
        _ => take::file_name(review, "html"),
    };
    let copy = {
        let (desk, text) = (desk.clone(), text.clone());
        Callback::from(move |_: MouseEvent| {
            let (desk, text) = (desk.clone(), text.clone());
            spawn_local(async move {
                let words = desk.words;
                desk.say(if files::copy(&text).await { words.copied } else { words.not_copied });
            });
        })
    };
    let download = {
        let (desk, text, name, form) = (desk.clone(), text.clone(), name.clone(), *form);
        Callback::from(move |_: MouseEvent| {
            let text = if form == Form::File { json(&desk) } else { text.to_string() };
            files::download(&name, &text);
        })
    };
    html! {
        <div class="take">
            <div class="forms" role="radiogroup" aria-label={words.take}>{ for forms.map(option) }</div>
            <div class="taken">
                <p class="hint">{ hint }</p>
                <pre tabindex="0" role="region" aria-label={words.taken} lang="en" dir="ltr"><code>{ &*text }</code></pre>
                <p class="buttons">
                    <button type="button" class="main" onclick={copy}>{ words.copy }</button>
                    <button type="button" onclick={download}>{ words.download }{ " " }<code>{ name }</code></button>
                </p>
                <ul class="hosts">{ for words.hosts.iter().map(|host| html! { <li>{ *host }</li> }) }</ul>
            </div>
        </div>
    }
}

fn json(desk: &Desk) -> String {
    format!("{:#}\n", desk.draft().tidy())
}

/// Returns plain static HTML.
async fn plain(review: std::rc::Rc<review_card::Review>) -> String {
    let form = review_card_prerender::Form { light: true, ..Default::default() };
    review_card_prerender::render(review, &form).await
}

/// Returns the text of an export format.
async fn made(desk: &Desk, theme: &Theme, form: Form) -> String {
    let Some(review) = desk.reading.review.clone() else { return String::new() };
    let data = crate::value::tidy(&serde_json::Value::Object(desk.draft().entry().review.clone()))
        .unwrap_or_default();
    match form {
        Form::Inline => take::inline(&review, &data),
        Form::File => take::by_address(&review),
        Form::Light => plain(review).await,
        Form::Shadow => review_card_prerender::render(review, &Default::default()).await,
        Form::Markdown => take::markdown(&review, &plain(review.clone()).await),
        Form::JsonLd => {
            let json = review_card::write::json_ld(&review).to_text();
            format!("<script type=\"application/ld+json\">{json}</script>\n")
        }
        Form::Json => json(desk),
        Form::Css => match theme.css("review-card, .review-card") {
            css if css.is_empty() => desk.words.no_theme.to_owned(),
            css => css,
        },
    }
}

//! The whole page: its header, its panes, and everything global: keyboard shortcuts, dropped files, and storage.

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::address::use_address;
use super::collection::{imported, list};

use super::editor::{Action, Editor, Reading, State};
use super::elsewhere::Elsewhere;
use super::export::Export;
use super::files::{self, Opened};
use super::form::Form;
use super::hooks::{use_drop, use_keys, use_page, use_wide};
use super::icon::{Icon, Sign};
use super::json::Json;
use super::preview::Preview;
use super::storage::{self, Kept};
use super::tabs::{Tab, Tabs};
use super::theme::Tokens;
use crate::strings::{self, Strings};
use crate::value;

/// The delay (ms) between the last edit and storing the draft.
const PAUSE: u32 = 300;

/// The studio.
#[component]
pub fn Studio() -> Html {
    let kept = use_memo((), |()| storage::load());
    let state = use_reducer_eq(|| State::new(kept.draft.clone()));
    let theme = use_state(|| kept.theme.clone());
    let looks = use_state(|| kept.looks.clone());
    let author = use_state(|| kept.author.clone());
    let lang = use_state(|| kept.lang.clone());
    let strings: &'static Strings = strings::of(&(*lang).clone().unwrap_or_else(strings::preferred));
    let pane = use_state(|| "write");
    let as_json = use_state(|| false);
    let open = use_state(|| false);
    let opened = use_state(Vec::<Opened>::new);
    let stored = use_state(|| true);

    let entry = state.draft().entry();
    let reading = use_memo((entry.clone(), strings.tag), |(entry, _)| {
        let (review, problems) = entry.read(strings.untitled);
        Reading { review, problems }
    });
    let editor = Editor { state: state.clone(), strings, reading };

    use_page(strings);
    let is_wide = use_wide();
    // Beside the form, a card is always visible.
    let shown = if is_wide && *pane == "write" { "see" } else { *pane };
    {
        let stored = stored.clone();
        let kept = Kept {
            draft: state.draft().clone(),
            theme: (*theme).clone(),
            looks: (*looks).clone(),
            author: (*author).clone(),
            lang: (*lang).clone(),
        };
        use_effect_with(kept, move |kept| {
            let kept = kept.clone();
            let timer = Timeout::new(PAUSE, move || stored.set(storage::keep(&kept)));
            move || drop(timer)
        });
    }
    {
        // The author of this review becomes the default author of the next.
        let author = author.clone();
        use_effect_with(value::get(&entry.review, "author").cloned(), move |latest| {
            if latest.is_some() && *latest != *author {
                author.set(latest.clone());
            }
        });
    }
    let take_files = {
        let (editor, opened, pane) = (editor.clone(), opened.clone(), pane.clone());
        Callback::from(move |files: Vec<gloo::file::File>| {
            let (editor, opened, pane) = (editor.clone(), opened.clone(), pane.clone());
            spawn_local(async move {
                let mut draft = editor.draft().clone();
                let mut all = Vec::new();
                for file in files {
                    let read = files::open(file).await;
                    if let Ok(more) = &read.draft {
                        draft = draft.joined(more.clone());
                    }
                    all.push(read);
                }
                editor.dispatch(Action::Replace(draft, None));
                opened.set(all);
                pane.set("write");
                // The result of opening the files is shown at the top of the page.
                if let Some(window) = web_sys::window() {
                    window.scroll_to_with_x_and_y(0.0, 0.0);
                }
            });
        })
    };
    use_keys(&editor);
    use_address(&editor, &opened);
    let is_dropping = use_drop(&take_files);

    let add = {
        let (editor, author) = (editor.clone(), author.clone());
        Callback::from(move |_: MouseEvent| {
            let mut review = value::Object::new();
            if let Some(author) = &*author {
                review.insert("author".to_owned(), author.clone());
            }
            editor.dispatch(Action::Replace(editor.draft().with(review), None));
        })
    };
    let forget = {
        let (editor, theme, looks, author, lang, opened) =
            (editor.clone(), theme.clone(), looks.clone(), author.clone(), lang.clone(), opened.clone());
        Callback::from(move |_: MouseEvent| {
            storage::forget();
            editor.dispatch(Action::Forget);
            theme.set(Default::default());
            looks.set(Default::default());
            author.set(None);
            lang.set(None);
            opened.set(Vec::new());
            editor.say(editor.strings.forgotten);
        })
    };
    let css = AttrValue::from(theme.css(":host"));
    let panes = [
        ("write", strings.write),
        ("see", strings.see),
        ("elsewhere", strings.elsewhere),
        ("tokens", strings.looks),
        ("take", strings.take),
    ];
    let tabs = html! {
        <Tabs label={strings.panes} selected={shown} tabs={panes.into_iter().skip(usize::from(is_wide)).map(|(panel, name)| Tab { panel, name }).collect::<Vec<_>>()}
            onselect={let pane = pane.clone(); Callback::from(move |panel| pane.set(panel))} />
    };
    let panel = |id: &'static str, is_shown: bool, content: Html| {
        let role = (shown == id).then_some("tabpanel");
        html! { <div class="panel" {id} {role} aria-labelledby={role.map(|_| format!("tab-{id}"))} hidden={!is_shown}>{ content }</div> }
    };
    let views = {
        let option = |json: bool, name: &'static str| {
            let as_json = as_json.clone();
            html! {
                <label><input type="radio" name="view" checked={*as_json == json} onchange={move |_: Event| as_json.set(json)} /><span>{ name }</span></label>
            }
        };
        html! { <div class="choice" role="radiogroup" aria-label={strings.view}>{ option(false, strings.form) }{ option(true, "JSON") }</div> }
    };
    let set_looks = {
        let looks = looks.clone();
        Callback::from(move |next| looks.set(next))
    };
    let set_theme = {
        let theme = theme.clone();
        Callback::from(move |next| theme.set(next))
    };
    let set_lang = {
        let lang = lang.clone();
        Callback::from(move |event: Event| {
            lang.set(event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()));
        })
    };
    let save = {
        let editor = editor.clone();
        Callback::from(move |_: MouseEvent| {
            let name = editor
                .reading
                .review
                .as_ref()
                .map_or_else(|| "review.json".to_owned(), |it| crate::export::file_name(it, "json"));
            let text = format!("{:#}\n", editor.draft().tidy());
            spawn_local(async move { files::save(&name, &text).await });
        })
    };
    html! {
        <div class={classes!("studio", is_dropping.then_some("dropping"))} lang={strings.tag}>
            <header class="masthead">
                <h1 class="nameplate"><a href="./">{ strings.studio }</a></h1>
                <p class="motto">{ strings.motto }</p>
                <div class="tools">
                    <button type="button" class="sign" onclick={editor.on(|_: MouseEvent| Action::Undo)} disabled={!editor.can_undo()}
                        aria-label={strings.undo} title={strings.undo}><Icon sign={Sign::Undo} /></button>
                    <button type="button" class="sign" onclick={editor.on(|_: MouseEvent| Action::Redo)} disabled={!editor.can_redo()}
                        aria-label={strings.redo} title={strings.redo}><Icon sign={Sign::Redo} /></button>
                    { open_button(strings, &take_files) }
                    <button type="button" onclick={save}>{ strings.save }</button>
                    <label class="language">
                        <span class="unseen">{ strings.language }</span>
                        <select onchange={set_lang}>
                            { for strings::ALL.iter().map(|each| html! { <option value={each.tag} lang={each.tag} selected={each.tag == strings.tag}>{ each.name }</option> }) }
                        </select>
                    </label>
                </div>
            </header>
            <main class="desk">
                if !is_wide { { tabs.clone() } }
                <div class="manuscript" id="write" hidden={!is_wide && shown != "write"}
                    role={if is_wide { "region" } else { "tabpanel" }} aria-label={strings.write}>
                    <div class="bar">
                        <h2>{ strings.review }</h2>
                        { views }
                    </div>
                    { imported(&editor, &opened) }
                    { list(&editor, &add) }
                    if *as_json {
                        <Json editor={editor.clone()} />
                    } else {
                        { unplaced(&editor) }
                        <Form editor={editor.clone()} onopen={let open = open.clone(); Callback::from(move |()| open.set(true))} />
                    }
                    <p class="kept">
                        { if *stored { strings.kept } else { strings.not_kept } }
                        { " " }
                        <button type="button" class="quiet" onclick={forget}>{ strings.forget }</button>
                    </p>
                </div>
                <div class="proofs">
                    if is_wide { { tabs } }
                    { panel("see", matches!(shown, "see" | "tokens"), html! {
                        <Preview editor={editor.clone()} looks={(*looks).clone()} onlooks={set_looks} css={css.clone()} open={*open} />
                    }) }
                    { panel("elsewhere", shown == "elsewhere", html! {
                        if shown == "elsewhere" { <Elsewhere editor={editor.clone()} looks={(*looks).clone()} css={css.clone()} /> }
                    }) }
                    { panel("tokens", shown == "tokens", html! {
                        <Tokens editor={editor.clone()} theme={(*theme).clone()} ontheme={set_theme} looks={(*looks).clone()} />
                    }) }
                    { panel("take", shown == "take", html! {
                        if shown == "take" { <Export editor={editor.clone()} theme={(*theme).clone()} /> }
                    }) }
                </div>
            </main>
            <p class="unseen" role="status">{ editor.said() }</p>
        </div>
    }
}

/// Renders a button that opens files.
fn open_button(strings: &'static Strings, take: &Callback<Vec<gloo::file::File>>) -> Html {
    let onchange = take.reform(|event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        let chosen = files::all(input.as_ref().and_then(HtmlInputElement::files));
        if let Some(input) = input {
            input.set_value(""); // So that the same file can be chosen again.
        }
        chosen
    });
    html! {
        <label class="button">
            <input type="file" class="unseen" multiple=true {onchange} accept=".json,.csv,.zip,.xml,.md,.txt,application/feed+json" />
            <span>{ strings.open }</span>
        </label>
    }
}

/// Lists problems of the review that no form field shows.
fn unplaced(editor: &Editor) -> Html {
    let known = |path: &str| {
        path.is_empty()
            || !crate::draft::FORM_KEYS.contains(&path.split(['.', '[']).next().unwrap_or_default())
    };
    let problems: Vec<_> = editor.reading.problems.iter().filter(|problem| known(&problem.path)).collect();
    html! {
        if !problems.is_empty() {
            <ul class="problems" lang="en">{ for problems.into_iter().map(|problem| html! { <li>{ problem.to_string() }</li> }) }</ul>
        }
    }
}

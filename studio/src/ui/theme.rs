//! The theme panel: fields for the tokens, with the contrast of text and background.

use review_card::text::fill;
use yew::prelude::*;

use super::editor::Editor;
use super::field::typed;
use super::preview::Looks;
use crate::theme::{COLORS, Color, Contrast, MEASURES, Theme};

#[derive(PartialEq, Properties)]
pub(super) struct TokensProps {
    pub(super) editor: Editor,
    pub(super) theme: Theme,
    pub(super) ontheme: Callback<Theme>,
    pub(super) looks: Looks,
}

/// Applies the value of a field.
type Change = Box<dyn Fn(&mut Theme, &str)>;

/// Renders the colours of the current colour scheme, and the other tokens.
#[component]
pub(super) fn Tokens(props: &TokensProps) -> Html {
    let TokensProps { editor, theme, ontheme, looks } = props;
    let strings = editor.strings;
    let is_dark = looks.dark;
    let change = |change: Change| {
        let (theme, ontheme) = (theme.clone(), ontheme.clone());
        Callback::from(move |event: InputEvent| {
            let mut theme = theme.clone();
            change(&mut theme, &typed(&event));
            ontheme.emit(theme);
        })
    };
    let color = |color: Color| {
        let id = format!("token-{}", color.token);
        let value = theme.color(color, is_dark).to_owned();
        let oninput = change(Box::new(move |theme, value| theme.set_color(color, is_dark, value)));
        html! {
            <li>
                <input type="color" id={id.clone()} {value} {oninput} />
                <label for={id}><code>{ color.token }</code></label>
            </li>
        }
    };
    let measure = |(token, example): (&'static str, &'static str)| {
        let id = format!("token-{token}");
        let value = theme.measures.get(token).cloned().unwrap_or_default();
        let oninput = change(Box::new(move |theme, value| theme.set_measure(token, value)));
        html! {
            <div class="field">
                <label for={id.clone()}><code>{ token }</code></label>
                <input type="text" {id} {value} {oninput} placeholder={example} autocomplete="off" spellcheck="false" dir="ltr" />
            </div>
        }
    };
    let contrast = |contrast: Contrast| {
        let is_enough = contrast.is_enough();
        let verdict = if is_enough { strings.enough } else { strings.too_low };
        html! {
            <tr class={if is_enough { "well" } else { "low" }}>
                <th scope="row"><code>{ contrast.text }</code>{ " / " }<code>{ contrast.ground }</code></th>
                <td>{ format!("{:.1} : 1", contrast.ratio) }</td>
                <td>{ fill(verdict, &[&contrast.least.to_string()]) }</td>
            </tr>
        }
    };
    let reset = ontheme.reform(|_: MouseEvent| Theme::default());
    html! {
        <div class="tokens">
            <p class="hint">{ if is_dark { strings.colors_dark } else { strings.colors_light } }</p>
            <ul class="colors">{ for COLORS.into_iter().map(color) }</ul>
            <table class="contrasts">
                <caption>{ strings.contrast }</caption>
                <tbody>{ for theme.contrasts(is_dark).into_iter().map(contrast) }</tbody>
            </table>
            <div class="pair">{ for MEASURES.into_iter().map(measure) }</div>
            if !theme.is_default() {
                <button type="button" class="quiet" onclick={reset}>{ strings.reset_theme }</button>
            }
        </div>
    }
}

//! The preview of the card: in any width, in light and dark mode, in both directions, in each variant, with parts
//! hidden.

use review_card::text::fill;
use review_card::{Parts, Variant};
use serde::{Deserialize, Serialize};
use web_sys::HtmlElement;
use yew::prelude::*;

use super::card_preview::CardPreview;
use super::editor::Editor;
use super::field::typed;

/// The minimum and the maximum width of the card, in CSS pixels.
const WIDTHS: (u32, u32) = (280, 1000);
/// The settings of the preview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Looks {
    /// The width in CSS pixels; none while the card fills the stage.
    pub(super) width: Option<u32>,
    pub(super) dark: bool,
    pub(super) rtl: bool,
    pub(super) variant: String,
    pub(super) hide: Vec<String>,
}

impl Default for Looks {
    fn default() -> Self {
        Self { width: None, dark: false, rtl: false, variant: "card".to_owned(), hide: Vec::new() }
    }
}

impl Looks {
    pub(super) fn scheme(&self) -> &'static str {
        if self.dark { "dark" } else { "light" }
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct PreviewProps {
    pub(super) editor: Editor,
    pub(super) looks: Looks,
    pub(super) onlooks: Callback<Looks>,
    /// The theme as a rule for `:host`.
    pub(super) css: AttrValue,
    pub(super) open: bool,
}

/// Renders the controls, and the stage with the card.
#[component]
pub(super) fn Preview(props: &PreviewProps) -> Html {
    let PreviewProps { editor, looks, onlooks, css, open } = props;
    let strings = editor.strings;
    let sheet = use_node_ref();
    {
        let sheet = sheet.clone();
        use_effect_with(looks.width, move |width| {
            if let Some(sheet) = sheet.cast::<HtmlElement>() {
                // Set in the object model: the page's Content-Security-Policy blocks style attributes in markup.
                let width = width.map_or_else(|| "auto".to_owned(), |width| format!("{width}px"));
                let _ = sheet.style().set_property("inline-size", &width);
            }
        });
    }
    let change = |change: fn(&mut Looks, String)| {
        let (looks, onlooks) = (looks.clone(), onlooks.clone());
        move |value: String| {
            let mut looks = looks.clone();
            change(&mut looks, value);
            onlooks.emit(looks);
        }
    };
    let width = change(|looks, value| {
        let (least, most) = WIDTHS;
        looks.width = value.parse().ok().map(|width: u32| width.clamp(least, most));
    });
    let (least, most) = WIDTHS;
    let shown_width = looks
        .width
        .map_or_else(|| strings.fits.to_owned(), |width| fill(strings.pixels, &[&width.to_string()]));
    let choice = |name: &'static str,
                  label: &'static str,
                  options: Vec<(&'static str, &'static str, bool)>,
                  put: fn(&mut Looks, String)| {
        let option = |(value, strings, checked): (&'static str, &'static str, bool)| {
            let put = change(put);
            let onchange = Callback::from(move |_: Event| put(value.to_owned()));
            html! { <label><input type="radio" {name} {checked} {onchange} /><span>{ strings }</span></label> }
        };
        html! { <div class="choice" role="radiogroup" aria-label={label}>{ for options.into_iter().map(option) }</div> }
    };
    let variants = [("card", strings.card), ("full", strings.full), ("compact", strings.compact)];
    let hide = change(|looks, part| match looks.hide.iter().position(|hidden| *hidden == part) {
        Some(at) => drop(looks.hide.remove(at)),
        None => looks.hide.push(part),
    });
    let part = |part: &'static str| {
        let hide = hide.clone();
        let checked = looks.hide.iter().any(|hidden| hidden == part);
        let onchange = Callback::from(move |_: Event| hide(part.to_owned()));
        html! { <label><input type="checkbox" {checked} {onchange} /><code>{ part }</code></label> }
    };
    let card = editor.reading.review.as_ref().map(|review| {
        html! {
            <CardPreview review={review.clone()} variant={Variant::parse(&looks.variant)} hide={Parts::parse(&looks.hide.join(" "))}
                {open} lang={strings.tag} dir={if looks.rtl { "rtl" } else { "ltr" }} scheme={looks.scheme()} {css} />
        }
    });
    html! {
        <>
            <div class="viewing">
                { choice("scheme", strings.scheme, vec![("light", strings.light, !looks.dark), ("dark", strings.dark, looks.dark)],
                    |looks, value| looks.dark = value == "dark") }
                { choice("variant", strings.variant,
                    variants.iter().map(|(value, name)| (*value, *name, looks.variant == *value)).collect(),
                    |looks, value| looks.variant = value) }
                { choice("direction", strings.direction, vec![("ltr", strings.ltr, !looks.rtl), ("rtl", strings.rtl, looks.rtl)],
                    |looks, value| looks.rtl = value == "rtl") }
                <label class="width">
                    <span>{ strings.width }</span>
                    <input type="range" min={least.to_string()} max={most.to_string()} step="10" value={looks.width.unwrap_or(640).to_string()}
                        oninput={Callback::from(move |event: InputEvent| width(typed(&event)))}
                        aria-valuetext={shown_width.clone()} />
                    <output>{ shown_width }</output>
                </label>
                <details class="hide">
                    <summary>{ strings.hide }</summary>
                    <div class="parts" role="group" aria-label={strings.hide}>{ for Parts::NAMES.iter().copied().map(part) }</div>
                </details>
            </div>
            <div class={classes!("stage", looks.scheme())} tabindex="0" role="region" aria-label={strings.stage}>
                <div class="sheet" ref={sheet}>{ for card }</div>
            </div>
        </>
    }
}

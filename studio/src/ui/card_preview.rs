//! The card as visitors will see it, in a shadow root, so that the style sheet of this page does not affect it.

use std::rc::Rc;

use review_card::view::list::{Item, Layout, Piece};
use review_card::{Parts, Review, ReviewCard, ReviewList, Variant, styles};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleSheet, Element, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct CardPreviewProps {
    pub(super) review: Rc<Review>,
    #[prop_or_default]
    pub(super) variant: Variant,
    /// Whether the card is a row of a list.
    #[prop_or_default]
    pub(super) in_list: bool,
    #[prop_or_default]
    pub(super) open: bool,
    #[prop_or_default]
    pub(super) hide: Parts,
    pub(super) lang: AttrValue,
    #[prop_or_default]
    pub(super) dir: Option<AttrValue>,
    /// `light` or `dark`.
    pub(super) scheme: AttrValue,
    /// The theme as a rule for `:host`.
    #[prop_or_default]
    pub(super) css: AttrValue,
}

/// Renders one card.
#[component]
pub(super) fn CardPreview(props: &CardPreviewProps) -> Html {
    let host = use_node_ref();
    let root = use_state(|| None::<(ShadowRoot, Element)>);
    {
        let (host, root) = (host.clone(), root.clone());
        use_effect_with((), move |()| root.set(host.cast::<HtmlElement>().and_then(|host| attach(&host))));
    }
    {
        let root = root.clone();
        use_effect_with((props.css.clone(), root.is_some()), move |(css, _)| {
            if let Some((root, _)) = &*root {
                dress(root, css);
            }
        });
    }
    let card = |inside: &Element| {
        let CardPreviewProps { review, variant, in_list, open, hide, lang, .. } = props;
        let card = if *in_list {
            let item = Item { review: review.clone(), at: 0, open: *open, span: 1, key: 0 };
            let pieces = vec![Piece::Items(vec![item])];
            html! { <ReviewList {pieces} layout={Layout::Stack} variant={*variant} hide={*hide} lang={lang.clone()} /> }
        } else {
            html! { <ReviewCard review={review.clone()} variant={*variant} open={*open} hide={*hide} lang={lang.clone()} /> }
        };
        create_portal(card, inside.clone())
    };
    html! {
        <div class="proof" ref={host} theme={props.scheme.clone()} lang={props.lang.clone()} dir={props.dir.clone()}
            onclick={Callback::from(stay)}>
            if let Some((_, inside)) = &*root { { card(inside) } }
        </div>
    }
}

/// Opens the card's links only in a new tab, so that the page with the draft stays open.
fn stay(event: MouseEvent) {
    let path = event.composed_path();
    let is_link =
        |node: JsValue| node.dyn_into::<Element>().is_ok_and(|element| element.has_attribute("href"));
    if path.iter().any(is_link) && !event.ctrl_key() && !event.meta_key() {
        event.prevent_default();
    }
}

fn attach(host: &HtmlElement) -> Option<(ShadowRoot, Element)> {
    let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).ok()?;
    let inside = host.owner_document()?.create_element("div").ok()?;
    root.append_child(&inside).ok()?;
    Some((root, inside))
}

/// Adds the card's style sheet and the theme to the shadow root. Constructed style sheets are not inline styles, so a
/// strict Content-Security-Policy allows them.
fn dress(root: &ShadowRoot, theme: &str) {
    let sheet = |css: &str| {
        let sheet = CssStyleSheet::new().ok()?;
        sheet.replace_sync(css).ok()?;
        Some(JsValue::from(sheet))
    };
    let sheets = [sheet(review_card_prerender::Form::shadow_sheet()), sheet(styles::LIST), sheet(theme)];
    let sheets: js_sys::Array = sheets.into_iter().flatten().collect();
    // A browser without constructed style sheets shows the card's text unstyled.
    let _ = js_sys::Reflect::set(root, &"adoptedStyleSheets".into(), &sheets);
}

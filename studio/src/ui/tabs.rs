//! Tabs, as in [the ARIA pattern](https://www.w3.org/WAI/ARIA/apg/patterns/tabs/): arrow keys select a tab, the Tab key
//! moves into the panel.

use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

/// A tab and the id of its panel.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tab {
    pub(super) panel: &'static str,
    pub(super) name: &'static str,
}

#[derive(PartialEq, Properties)]
pub(super) struct TabsProps {
    pub(super) label: AttrValue,
    pub(super) tabs: Vec<Tab>,
    pub(super) selected: AttrValue,
    pub(super) onselect: Callback<&'static str>,
}

/// Renders a row of tabs.
#[component]
pub(super) fn Tabs(props: &TabsProps) -> Html {
    let TabsProps { label, tabs, selected, onselect } = props;
    let row = use_node_ref();
    let onkeydown = {
        let (row, tabs, selected, onselect) = (row.clone(), tabs.clone(), selected.clone(), onselect.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(at) = tabs.iter().position(|tab| tab.panel == selected) else { return };
            let is_rtl = row
                .cast::<HtmlElement>()
                .is_some_and(|row| row.closest("[dir=rtl]").is_ok_and(|it| it.is_some()));
            let next = match (event.key().as_str(), is_rtl) {
                ("ArrowRight", false) | ("ArrowLeft", true) => (at + 1) % tabs.len(),
                ("ArrowLeft", false) | ("ArrowRight", true) => (at + tabs.len() - 1) % tabs.len(),
                ("Home", _) => 0,
                ("End", _) => tabs.len() - 1,
                _ => return,
            };
            event.prevent_default();
            let Some(tab) = tabs.get(next) else { return };
            onselect.emit(tab.panel);
            let element =
                row.cast::<HtmlElement>().and_then(|row| row.children().item(u32::try_from(next).ok()?));
            if let Some(element) =
                element.and_then(|it| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(it).ok())
            {
                // The tab exists, because it has just been selected.
                let _ = element.focus();
            }
        })
    };
    let tab = |tab: &Tab| {
        let panel = tab.panel;
        let is_selected = panel == *selected;
        html! {
            <button type="button" role="tab" id={format!("tab-{panel}")} aria-controls={panel} aria-selected={is_selected.to_string()}
                tabindex={if is_selected { "0" } else { "-1" }} onclick={onselect.reform(move |_: MouseEvent| panel)}>
                { tab.name }
            </button>
        }
    };
    html! {
        <div class="tabs" role="tablist" aria-label={label} ref={row} {onkeydown}>{ for tabs.iter().map(tab) }</div>
    }
}

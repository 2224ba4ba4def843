//! Opens the review that the page's URL names: `?src=../demo/reviews/film.json&item=the-apartment`. Only files of the
//! same site are loaded: the page's Content-Security-Policy blocks all others.

use gloo::net::http::Request;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Url, UrlSearchParams, Window};
use yew::prelude::*;

use super::editor::{Action, Editor};
use super::files::Opened;
use crate::import;

/// Opens the review once, in addition to the current draft, and removes the query from the URL, so that a reload does
/// not open it again.
#[hook]
pub(super) fn use_address(editor: &Editor, opened: &UseStateHandle<Vec<Opened>>) {
    let (editor, opened) = (editor.clone(), opened.clone());
    use_effect_with((), move |()| {
        let Some((address, item)) = web_sys::window().and_then(|window| named(&window)) else { return };
        spawn_local(async move {
            let read = fetch(&address, item.as_deref()).await;
            let (draft, notes) = match read {
                Ok(import::Imported { draft, notes, .. }) => (Ok(draft), notes),
                Err(error) => (Err(error), Vec::new()),
            };
            if let Ok(draft) = &draft {
                editor.dispatch(Action::Replace(editor.draft().joined(draft.clone()), None));
            }
            if draft.is_err() || !notes.is_empty() {
                opened.set(vec![Opened { name: address, draft, counts: None, notes }]);
            }
        });
    });
}

/// Returns the absolute URL of `src`, and `item`.
fn named(window: &Window) -> Option<(String, Option<String>)> {
    let location = window.location();
    let query = UrlSearchParams::new_with_str(&location.search().ok()?).ok()?;
    let address = Url::new_with_base(&query.get("src")?, &location.href().ok()?).ok()?.href();
    let own = location.pathname().ok()?;
    // If the browser does not allow changing the URL, the query stays.
    let _ = window.history().and_then(|it| it.replace_state_with_url(&JsValue::NULL, "", Some(&own)));
    Some((address, query.get("item")))
}

async fn fetch(address: &str, item: Option<&str>) -> Result<import::Imported, String> {
    let answer = Request::get(address).send().await.map_err(|error| error.to_string())?;
    if !answer.ok() {
        return Err(format!("expected a file, found status {}", answer.status()));
    }
    let bytes = answer.binary().await.map_err(|error| error.to_string())?;
    import::read_at(address, item, &bytes)
}

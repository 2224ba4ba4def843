//! Opens, accepts and saves files. They are read in this browser, and nothing is uploaded.

use gloo::file::{Blob, ObjectUrl};
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlAnchorElement;

use crate::draft::Draft;
use crate::import;

/// An opened file: its reviews, or the reason why there are none, and notes on what was left out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Opened {
    pub(super) name: String,
    pub(super) draft: Result<Draft, String>,
    pub(super) counts: Option<String>,
    pub(super) notes: Vec<String>,
}

/// Reads a file that was chosen or dropped.
pub(super) async fn open(file: gloo::file::File) -> Opened {
    let name = file.name();
    let too_large = file.size() > crate::draft::MAX_FILE as u64;
    let read = if too_large {
        Err(format!("expected a file of at most {} MiB, found more", crate::draft::MAX_FILE >> 20))
    } else {
        match gloo::file::futures::read_as_bytes(&file).await {
            Ok(bytes) => match import::own(&bytes) {
                Some(own) => Ok(own),
                None => import_foreign(&name, &bytes).await,
            },
            Err(error) => Err(error.to_string()),
        }
    };
    match read {
        Ok(import::Imported { draft, counts, notes }) => Opened { name, draft: Ok(draft), counts, notes },
        Err(error) => Opened { name, draft: Err(error), counts: None, notes: Vec::new() },
    }
}

/// Has the importers read a file; they are a module of their own, which comes with the first such file.
async fn import_foreign(name: &str, bytes: &[u8]) -> Result<import::Imported, String> {
    let failed = |error: JsValue| {
        let message = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
        message.or_else(|| error.as_string()).unwrap_or_default()
    };
    let strings = Array::from(&run_importer(name, Uint8Array::from(bytes)).await.map_err(failed)?);
    import::imported(strings.iter().filter_map(|line| line.as_string()).collect())
}

#[wasm_bindgen(module = "/importer.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = read)]
    async fn run_importer(name: &str, bytes: Uint8Array) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    /// The [File System Access API](https://wicg.github.io/file-system-access/), which not every browser supports.
    #[wasm_bindgen(catch, js_name = showSaveFilePicker)]
    fn show_save_file_picker(options: &Object) -> Result<Promise, JsValue>;

    type FileHandle;
    #[wasm_bindgen(catch, method, js_name = createWritable)]
    fn create_writable(this: &FileHandle) -> Result<Promise, JsValue>;

    type Writable;
    #[wasm_bindgen(catch, method)]
    fn write(this: &Writable, text: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, method)]
    fn close(this: &Writable) -> Result<Promise, JsValue>;
}

/// Saves a text where the author chooses, or downloads it if the browser cannot ask.
pub(super) async fn save(name: &str, text: &str) {
    let options = Object::new();
    let can_ask = web_sys::window()
        .is_some_and(|window| Reflect::has(&window, &"showSaveFilePicker".into()).unwrap_or_default());
    if can_ask && Reflect::set(&options, &"suggestedName".into(), &name.into()).is_ok() {
        match write_to_picked(&options, text).await {
            Ok(()) => return,
            // The author cancelled the dialog.
            Err(error)
                if error.dyn_ref::<js_sys::Error>().is_some_and(|error| error.name() == "AbortError") =>
            {
                return;
            }
            Err(_) => {}
        }
    }
    download(name, text);
}

async fn write_to_picked(options: &Object, text: &str) -> Result<(), JsValue> {
    let handle: FileHandle = JsFuture::from(show_save_file_picker(options)?).await?.unchecked_into();
    let file: Writable = JsFuture::from(handle.create_writable()?).await?.unchecked_into();
    JsFuture::from(file.write(text)?).await?;
    JsFuture::from(file.close()?).await?;
    Ok(())
}

/// Downloads a text as a file.
pub(super) fn download(name: &str, text: &str) {
    let kind = match name.rsplit_once('.') {
        Some((_, "json")) => "application/json",
        Some((_, "html")) => "text/html",
        Some((_, "css")) => "text/css",
        _ => "text/plain",
    };
    let url = ObjectUrl::from(Blob::new_with_options(text, Some(kind)));
    let anchor = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.create_element("a").ok())
        .and_then(|element| element.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(anchor) = anchor {
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
    }
    // Keep the URL until the browser has started the download.
    gloo::timers::callback::Timeout::new(10_000, move || drop(url)).forget();
}

/// Copies a text to the clipboard; returns whether that worked.
pub(super) async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let clipboard = Reflect::get(&window.navigator(), &"clipboard".into());
    // Without https there is no clipboard.
    if !clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
        return false;
    }
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}

/// Returns the files of a `FileList` as gloo's type.
pub(super) fn all(list: Option<web_sys::FileList>) -> Vec<gloo::file::File> {
    list.map(|list| Array::from(&list))
        .into_iter()
        .flat_map(|list| list.to_vec())
        .filter_map(|file| file.dyn_into::<web_sys::File>().ok())
        .map(gloo::file::File::from)
        .collect()
}

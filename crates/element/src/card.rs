//! Documents and cards, each by a number, so that the glue to `element.js` stays plain functions. A number that is not known
//! is no card and no document, never a crash.
#![expect(unreachable_pub, reason = "wasm-bindgen exports what is `pub`, wherever it stands")]

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::Element;

use super::mounted::Mounted;
use super::slots::Slots;
use review_card::json::Json;
use review_card::model::{Body, Review};
use review_card::read::handover::{self, Told};
use review_card::rich_text::wire;
use review_card::text::Language;
use review_card::view::{HeadingLevel, Parts, ReviewCardProps, Variant};
use review_card::write;

thread_local! {
    /// Each with its address.
    static DOCUMENTS: RefCell<Slots<(Told, String)>> = const { RefCell::new(Slots::new()) };
    static CARDS: RefCell<Slots<Mounted>> = const { RefCell::new(Slots::new()) };
}

/// Reads a document and keeps it under the number returned; 0 where it is not plain, and the module `reader` has to convert
/// it first. `converted`: that it has.
///
/// # Errors
/// `kind: message`, the kind being one of `review-card-error`.
#[wasm_bindgen]
pub fn read(bytes: &[u8], base: &str, converted: bool) -> Result<u32, JsValue> {
    match handover::plain(bytes, Some(base), converted) {
        Ok(Some(document)) => {
            Ok(DOCUMENTS.with_borrow_mut(|documents| documents.put((document, base.to_owned()))))
        }
        Ok(None) => Ok(0),
        Err(error) => Err(error.with_kind().into()),
    }
}

/// After a crash, in a fresh instance: gives numbers beyond `before`, so that those of the instance before are unknown here.
#[wasm_bindgen]
pub fn number_from(before: u32) {
    DOCUMENTS.with_borrow_mut(|documents| documents.number_from(before));
    CARDS.with_borrow_mut(|cards| cards.number_from(before));
}

/// Lets a document go.
#[wasm_bindgen]
pub fn forget(document: u32) {
    DOCUMENTS.with_borrow_mut(|documents| documents.take(document));
}

/// Shows a review of a document: in `card`, or in a new card in `root` where `card` is 0. Returns the card. `look` has the
/// attributes `variant`, `hide` and `lang` with a NUL between: each text of its own would cost more glue.
///
/// # Errors
/// As [`read`], where the document has no such review.
#[wasm_bindgen]
pub fn show(
    card: u32,
    root: Element,
    document: u32,
    item: Option<String>,
    open: bool,
    heading_level: u8,
    look: &str,
) -> Result<u32, JsValue> {
    let mut look = look.split('\0');
    let mut next = || look.next().unwrap_or_default();
    let props = ReviewCardProps {
        review: find(document, item)?,
        variant: Variant::parse(next()),
        hide: Parts::parse(next()),
        lang: next().to_owned().into(),
        open,
        heading_level: HeadingLevel::new(heading_level),
        microformats: false,
        first: false,
    };
    // It is drawn at once: whatever the page does meanwhile finds the cards free.
    match CARDS.with_borrow_mut(|cards| cards.take(card)) {
        Some(mut mounted) => {
            mounted.update(props);
            CARDS.with_borrow_mut(|cards| cards.put_back(card, mounted));
            Ok(card)
        }
        None => {
            let mounted = Mounted::new(root, props);
            Ok(CARDS.with_borrow_mut(|cards| cards.put(mounted)))
        }
    }
}

/// Takes a card off its root.
#[wasm_bindgen]
pub fn remove(card: u32) {
    if let Some(mounted) = CARDS.with_borrow_mut(|cards| cards.take(card)) {
        mounted.destroy();
    }
}

/// What the page is told when a review is shown, as JSON: its `id`, `title` and `url`, and the `problems` of the document; and, if
/// its HTML must be read before it can be shown, the `base` of the addresses in it.
///
/// # Errors
/// As [`show`].
#[wasm_bindgen]
pub fn describe(document: u32, item: Option<String>) -> Result<String, JsValue> {
    let review = find(document, item)?;
    let base = match &review.body {
        Body::Html { base, .. } => Some(base.as_deref().unwrap_or_default()),
        _ => None,
    };
    let text = |text: Option<&str>| text.map_or(Json::Null, Json::from).to_text();
    let (id, title) = (text(Some(&review.id)), text(Some(&review.title)));
    let (url, base) = (text(review.url.as_deref()), text(base));
    let problems = DOCUMENTS.with_borrow_mut(|documents| Some(documents.get(document)?.0.1.clone()));
    let problems = problems.unwrap_or_default();
    Ok([
        "{\"id\":",
        &id,
        ",\"title\":",
        &title,
        ",\"url\":",
        &url,
        ",\"problems\":",
        &problems,
        ",\"base\":",
        &base,
        "}",
    ]
    .concat())
}

/// A review of a document as plain JSON.
///
/// # Errors
/// As [`show`].
#[wasm_bindgen]
pub fn plain(document: u32, item: Option<String>) -> Result<String, JsValue> {
    Ok(write::plain(&*find(document, item)?).to_text())
}

/// Puts the safe tree of such HTML, as the module `reader` wrote it, in its place.
#[wasm_bindgen]
pub fn put_body(document: u32, item: Option<String>, tree: &str) {
    let nodes =
        review_card::json::parse(tree.as_bytes()).map(|json| wire::from_json(&json)).unwrap_or_default();
    review(document, item.as_deref(), |review| {
        // No card shows it yet, so nobody else holds it.
        let review = Rc::get_mut(review)?;
        if let Body::Html { html, .. } = &mut review.body {
            review.body = Body::Safe { html: std::mem::take(html), nodes };
        }
        Some(())
    });
}

/// What stands where a review should, in the page's language.
#[wasm_bindgen]
pub fn failed(lang: &str) -> String {
    Language::of(lang).words().failed.into()
}

fn review<T>(document: u32, item: Option<&str>, take: impl FnOnce(&mut Rc<Review>) -> T) -> Option<T> {
    DOCUMENTS.with_borrow_mut(|documents| {
        let ((collection, _), base) = documents.get(document)?;
        let place = handover::place_of(collection, item, base)?;
        collection.reviews.get_mut(place).map(take)
    })
}

fn find(document: u32, item: Option<String>) -> Result<Rc<Review>, JsValue> {
    let item = item.as_deref();
    review(document, item, |review| Rc::clone(review)).ok_or_else(|| {
        ["no-review: expected a review with the id or url \"", item.unwrap_or_default(), "\", found none"]
            .concat()
            .into()
    })
}

//! Documents and cards, identified by numbers, so that the glue to `element.js` consists of plain functions. An unknown
//! number means no card or no document, and never causes a crash.
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
use review_card::rich_text::tree_json;
use review_card::text::Language;
use review_card::view::{HeadingLevel, Parts, ReviewCardProps, Variant};
use review_card::write;

thread_local! {
    /// Each with its address.
    static DOCUMENTS: RefCell<Slots<(Told, String)>> = const { RefCell::new(Slots::new()) };
    static CARDS: RefCell<Slots<Mounted>> = const { RefCell::new(Slots::new()) };
}

/// Parses a document and returns its number, or 0 if it is not plain JSON. In that case the reader module converts it
/// first, and the result is read with `converted` set.
///
/// # Errors
/// `kind: message`, where `kind` is one of the kinds of `review-card-error`.
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

/// Adds reviews to a document that is read in parts. `bytes` is converted, as for [`read`].
#[wasm_bindgen]
pub fn add(document: u32, bytes: &[u8]) {
    DOCUMENTS.with_borrow_mut(|documents| {
        let ((collection, _), base) = documents.get(document)?;
        let (more, _) = handover::plain(bytes, Some(base), true).ok()??;
        collection.reviews.extend(more.reviews);
        Some(())
    });
}

/// Makes this instance return only numbers above `before`. Called after a crash, so that numbers of the crashed
/// instance are unknown here.
#[wasm_bindgen]
pub fn number_from(before: u32) {
    DOCUMENTS.with_borrow_mut(|documents| documents.number_from(before));
    CARDS.with_borrow_mut(|cards| cards.number_from(before));
}

/// Drops a document.
#[wasm_bindgen]
pub fn forget(document: u32) {
    DOCUMENTS.with_borrow_mut(|documents| documents.take(document));
}

/// Renders a review of a document into `card`, or into a new card in `root` if `card` is 0. Returns the card's number.
/// `look` contains the attributes `variant`, `hide` and `lang`, separated by NUL: three string parameters would need
/// more glue.
///
/// # Errors
/// Like [`read`], if the document does not contain the review.
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
        ontoggle: None,
        onselect: None,
    };
    // Yew renders synchronously here, so take the card out of `CARDS`: code of the page that runs meanwhile may borrow
    // it.
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

/// Removes a card from its root.
#[wasm_bindgen]
pub fn remove(card: u32) {
    if let Some(mounted) = CARDS.with_borrow_mut(|cards| cards.take(card)) {
        mounted.destroy();
    }
}

/// Returns the event detail for a review as JSON: its `id`, `title` and `url`, and the document's `problems`. If the
/// body is HTML that still has to be parsed, `base` is the base URL for it.
///
/// # Errors
/// Like [`show`].
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

/// Returns a review of a document as plain JSON.
///
/// # Errors
/// Like [`show`].
#[wasm_bindgen]
pub fn plain(document: u32, item: Option<String>) -> Result<String, JsValue> {
    Ok(write::plain(&*find(document, item)?).to_text())
}

/// Replaces the HTML body of a review with its safe tree, which the reader module wrote as JSON.
#[wasm_bindgen]
pub fn put_body(document: u32, item: Option<String>, tree: &str) {
    // The reader wrote it, so it needs no message about its syntax.
    let parsed = review_card::json::parse_or_none(tree.as_bytes());
    let nodes = parsed.map(|parsed| tree_json::from_json(&parsed.json)).unwrap_or_default();
    review(document, item.as_deref(), |review| {
        // No card shows the review yet, so this is the only reference.
        let review = Rc::get_mut(review)?;
        if let Body::Html { html, .. } = &mut review.body {
            review.body = Body::Safe { html: std::mem::take(html), nodes };
        }
        Some(())
    });
}

/// Returns the error message that is shown instead of a review, in the page's language.
#[wasm_bindgen]
pub fn failed(lang: &str) -> String {
    Language::of(lang).strings().failed.into()
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

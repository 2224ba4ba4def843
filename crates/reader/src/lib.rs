//! The second wasm module of a page, `review-card-reader.wasm`: the code that few cards need. It parses HTML and every
//! JSON format except the plain one, and finds the related reviews in another collection.
//!
//! A card with plain JSON and a plain body never loads this module. It is pure: data in, data out, no Yew. The first
//! module checks every result against its own allow-list (`review_card::rich_text::tree_json`).
#![cfg(target_arch = "wasm32")]
#![expect(unreachable_pub, reason = "wasm-bindgen exports what is `pub`, wherever it stands")]

use std::rc::Rc;
use std::vec::IntoIter;

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use review_card::Problem;
use review_card::collection;
use review_card::model::Review;
use review_card::read::reading::Reading;
use review_card::read::{conversion, handover};
use review_card::rich_text::{self, Policy, tree_json};
use review_card::view::{Parts, Variant, shown};
use review_card::write;
use review_card_allocator as _;

/// Returns the safe tree of an author's HTML, as JSON. `policy` is the page's Trusted Types policy, if it has one; it
/// is used to parse HTML. If the page forbids parsing, only the text is returned.
#[wasm_bindgen]
pub fn safe(html: &str, base: &str, policy: Option<Policy>) -> String {
    rich_text::trust(policy);
    tree_json::to_json(&rich_text::parse(html, Some(base))).to_string()
}

/// Returns the JSON-LD of the parts of a review that the card shows, or `undefined` if `plain` is not a review.
/// `policy` as in [`safe`].
#[wasm_bindgen]
pub fn linked_data(plain: &str, variant: &str, hide: &str, policy: Option<Policy>) -> Option<String> {
    rich_text::trust(policy);
    let review = shown(&*first_of(plain)?, Variant::parse(variant), Parts::parse(hide));
    Some(write::json_ld(&review).to_string())
}

/// A document of any supported format that is converted to plain JSON, including its problems. This is done in steps, so
/// that the page stays responsive.
#[wasm_bindgen]
pub(crate) struct Conversion(conversion::Conversion);

#[wasm_bindgen]
impl Conversion {
    /// Begins with a document from the address `base`. `policy` as in [`safe`].
    ///
    /// # Errors
    /// `kind: message`, as in the element's `read`.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8], base: &str, policy: Option<Policy>) -> Result<Self, JsValue> {
        rich_text::trust(policy);
        conversion::Conversion::new(bytes, Some(base)).map(Self).map_err(|error| error.with_kind().into())
    }

    /// Does the next step. Returns `false` if nothing is left to do.
    pub fn step(&mut self) -> bool {
        self.0.step()
    }

    /// Returns the reviews that have been written since the last call, as plain JSON, if they are long or the last ones.
    pub fn part(&mut self) -> Option<String> {
        self.0.part()
    }

    /// Returns the plain JSON, without the reviews that `part` has returned.
    ///
    /// # Errors
    /// As above.
    pub fn finish(self) -> Result<String, JsValue> {
        self.0.finish().map_err(|error| error.with_kind().into())
    }
}

/// A collection in which related reviews are looked up. It is read in steps, too.
#[wasm_bindgen]
pub(crate) struct Library {
    reading: Option<Reading>,
    reviews: IntoIter<Rc<Review>>,
    found: collection::Library,
    cut: Option<String>,
}

#[wasm_bindgen]
impl Library {
    /// Begins with a collection from the address `base`. `policy` as in [`safe`].
    ///
    /// # Errors
    /// `kind: message`, as in the element's `read`.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8], base: &str, policy: Option<Policy>) -> Result<Self, JsValue> {
        rich_text::trust(policy);
        let reading = Reading::new(bytes, Some(base)).map_err(|error| error.with_kind())?;
        Ok(Self {
            reading: Some(reading),
            reviews: Vec::new().into_iter(),
            found: collection::Library::default(),
            cut: None,
        })
    }

    /// Does the next step. Returns `false` if nothing is left to do.
    ///
    /// # Errors
    /// As above.
    pub fn step(&mut self) -> Result<bool, JsValue> {
        if let Some(reading) = &mut self.reading {
            if !reading.step()
                && let Some(reading) = self.reading.take()
            {
                let (collection, problems) = reading.finish().map_err(|error| error.with_kind())?;
                self.cut = problems.iter().find_map(Problem::cut_off);
                self.reviews = collection.reviews.into_iter();
            }
            return Ok(true);
        }
        // Each review has a single owner, so `into_inner` never fails.
        let review = self.reviews.next().and_then(Rc::into_inner);
        Ok(review.map(|review| self.found.add(review)).is_some())
    }

    /// Returns a message if the collection was cut off. Its complete reviews are used.
    pub fn cut(&mut self) -> Option<String> {
        self.cut.take()
    }

    /// Returns a review, given as plain JSON, with its related reviews.
    pub fn complete(&self, review: &str) -> String {
        let complete = first_of(review).and_then(Rc::into_inner).map(|mut review| {
            self.found.complete(&mut review);
            write::plain(&review).to_string()
        });
        complete.unwrap_or_default()
    }
}

/// Returns the review in plain JSON that the element wrote.
fn first_of(plain: &str) -> Option<Rc<Review>> {
    let (collection, _) = handover::plain(plain.as_bytes(), None, true).ok()??;
    collection.reviews.into_iter().next()
}

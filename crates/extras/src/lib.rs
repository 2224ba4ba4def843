//! The wasm module `review-card-extras.wasm`: what only the attributes `schema` and `related-from` need. It writes a
//! card's JSON-LD, and finds the related reviews in another collection.
//!
//! It reads plain JSON without faults, as the element's own module does. Any other collection has to be converted by the
//! module `reader` first. So a card with another format or with HTML does not download this code, and a card with
//! JSON-LD does not download the code for other formats.
#![cfg(target_arch = "wasm32")]
#![expect(unreachable_pub, reason = "wasm-bindgen exports what is `pub`, wherever it stands")]

use std::rc::Rc;
use std::vec::IntoIter;

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use review_card::Problem;
use review_card::collection;
use review_card::model::Review;
use review_card::read::handover;
use review_card::rich_text::{self, Policy};
use review_card::view::{Parts, Variant, shown};
use review_card::write;
use review_card_allocator as _;

/// Returns the JSON-LD of the parts of a review that the card shows, or `undefined` if `plain` is not a review. `policy` is
/// the page's Trusted Types policy, if it has one; it is used to parse HTML.
#[wasm_bindgen]
pub fn linked_data(plain: &str, variant: &str, hide: &str, policy: Option<Policy>) -> Option<String> {
    rich_text::trust(policy);
    let review = shown(&*first_of(plain)?, Variant::parse(variant), Parts::parse(hide));
    Some(write::json_ld(&review).to_text())
}

/// A collection in which related reviews are looked up.
#[wasm_bindgen]
#[derive(Default)]
pub(crate) struct Library {
    /// The reviews that have been read but not yet added.
    waiting: IntoIter<Rc<Review>>,
    found: collection::Library,
    cut: Option<String>,
}

#[wasm_bindgen]
impl Library {
    /// Returns an empty collection.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads reviews from plain JSON at the address `base`. Returns `false` if it has to be converted first. `converted`
    /// is set for a part of the result of that. Before the next part, all reviews have to be added by [`step`](Self::step).
    ///
    /// # Errors
    /// `kind: message`, as in the element's `read`.
    pub fn read(&mut self, bytes: &[u8], base: &str, converted: bool) -> Result<bool, JsValue> {
        let read = handover::plain(bytes, Some(base), converted).map_err(|error| error.with_kind())?;
        let Some((collection, problems)) = read else { return Ok(false) };
        self.cut =
            self.cut.take().or_else(|| handover::problems(&problems).iter().find_map(Problem::cut_off));
        self.waiting = collection.reviews.into_iter();
        Ok(true)
    }

    /// Adds the next review. Returns `false` if there is none.
    pub fn step(&mut self) -> bool {
        // Each review has a single owner, so `into_inner` never fails.
        let review = self.waiting.next().and_then(Rc::into_inner);
        review.map(|review| self.found.add(review)).is_some()
    }

    /// Returns a message if the collection was cut off. Its complete reviews are used.
    pub fn cut(&mut self) -> Option<String> {
        self.cut.take()
    }

    /// Returns a review, given as plain JSON, with its related reviews.
    pub fn complete(&self, review: &str) -> String {
        let complete = first_of(review).and_then(Rc::into_inner).map(|mut review| {
            self.found.complete(&mut review);
            write::plain(&review).to_text()
        });
        complete.unwrap_or_default()
    }
}

/// Returns the review in plain JSON that the element wrote.
fn first_of(plain: &str) -> Option<Rc<Review>> {
    let (collection, _) = handover::plain(plain.as_bytes(), None, true).ok()??;
    collection.reviews.into_iter().next()
}

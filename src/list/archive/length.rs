//! Limits the length of what a list cannot read review by review.

use crate::read::ReadError;

/// The longest document to convert, and the longest text around the reviews of a file, in bytes. The same as for a card.
pub(super) const MAX_DOCUMENT: usize = 8 << 20;

/// Returns an error if a document, or the text around its reviews, is too long.
pub(super) fn check(found: usize) -> Result<(), ReadError> {
    if found <= MAX_DOCUMENT {
        return Ok(());
    }
    let (most, found) = (MAX_DOCUMENT.to_string(), found.to_string());
    let advice = ": a list reads longer files only in the plain format; convert this one, or split it";
    Err(ReadError::TooLarge(["expected at most ", &most, " bytes, found ", &found, advice].concat()))
}

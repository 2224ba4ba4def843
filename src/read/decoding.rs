//! Decodes a document in steps, between which a page can pause. The result is that of [`decode`](super::document::decode).

use super::Problem;
use super::ReadError;
use super::document::{Decoded, content, cut_off, left_out, not_json};
use crate::json::mend::Blanking;
use crate::json::{self, Gradual, cut};

/// A document that is being decoded.
pub(super) struct Decoding {
    parsing: Gradual,
    attempt: Attempt,
    /// The length of the document in bytes.
    length: usize,
    problems: Vec<Problem>,
}

/// What is being parsed.
enum Attempt {
    /// The document as it came.
    AsItCame,
    /// Nothing: harmless additions to the document are being replaced.
    Blanking(Blanking),
    /// The document without harmless additions.
    Blanked,
    /// The complete entries of a document that was cut off, as this message says.
    Closed(String),
}

impl Decoding {
    /// Begins to decode a document.
    ///
    /// # Errors
    /// Returns an error if the document is too large or clearly not JSON.
    pub(super) fn new(bytes: &[u8]) -> Result<Self, ReadError> {
        let (bytes, problems) = content(bytes)?;
        let Ok(text) = str::from_utf8(bytes) else {
            let message = json::parse_and_mend(bytes).err().map(|error| error.message);
            return Err(not_json(&message.unwrap_or_default()));
        };
        let parsing = Gradual::new(text.to_owned());
        Ok(Self { parsing, attempt: Attempt::AsItCame, length: bytes.len(), problems })
    }

    /// Does the next step. Returns `false` if nothing is left to do.
    pub(super) fn step(&mut self) -> bool {
        if let Attempt::Blanking(blanking) = &mut self.attempt {
            if !blanking.step(self.parsing.text()) {
                self.blanked();
            }
            return true;
        }
        if self.parsing.step() {
            return true;
        }
        // More than the limits allow is not repaired.
        let Some(error) = self.parsing.error().filter(|_| !self.parsing.is_beyond_limits()) else {
            return false;
        };
        if let Attempt::AsItCame = self.attempt {
            self.attempt = Attempt::Blanking(Blanking::default());
            return true;
        }
        let text = self.parsing.text();
        if !matches!(self.attempt, Attempt::Closed(_))
            && error.is_cut
            && let Some(closed) = cut::close(text)
        {
            (self.parsing, self.attempt) = (Gradual::new(closed), Attempt::Closed(error.message));
            return true;
        }
        false
    }

    /// Begins to parse the document without its additions, if it has any.
    fn blanked(&mut self) {
        let attempt = std::mem::replace(&mut self.attempt, Attempt::Blanked);
        if let Attempt::Blanking(blanking) = attempt
            && let Some((blanked, faults)) = blanking.finish()
        {
            let bytes = self.parsing.text().as_bytes();
            self.problems
                .extend(faults.iter().map(|(fault, at)| left_out(fault.name(), &json::place(bytes, *at))));
            self.parsing = Gradual::new(blanked);
        }
    }

    /// Returns the document. Everything must have been done.
    ///
    /// # Errors
    /// Returns an error if the document is not JSON.
    pub(super) fn finish(self) -> Result<Decoded, ReadError> {
        let Self { parsing, attempt, length, problems } = self;
        match (parsing.finish(), attempt) {
            (Ok(parsed), Attempt::Closed(message)) => {
                let mut decoded = Decoded::new(parsed, length, problems);
                decoded.problems.push(cut_off(&message));
                Ok(decoded)
            }
            (Ok(parsed), _) => Ok(Decoded::new(parsed, length, problems)),
            (Err(_), Attempt::Closed(message)) => Err(not_json(&message)),
            (Err(error), _) => Err(not_json(&error.message)),
        }
    }
}

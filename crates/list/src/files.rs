//! The files of a list, as their bytes arrive, and documents that the reader module converts.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use review_card::list::archive::Ended;
use review_card::list::link;

use crate::List;

#[wasm_bindgen]
impl List {
    /// Begins a file that was downloaded from `base`.
    pub fn begin(&mut self, base: Option<String>) {
        self.shown.archive().begin(base);
        self.next = None;
        self.is_coming = true;
    }

    /// Begins the last file again after it was interrupted.
    pub fn begin_again(&mut self) {
        self.shown.archive().begin_again();
        self.is_coming = true;
    }

    /// Adds bytes to the file.
    pub fn push(&mut self, bytes: &[u8]) {
        self.shown.archive().push(bytes);
    }

    /// Ends the file.
    ///
    /// # Errors
    /// `kind: message`, where `kind` is one of the kinds of `review-list-error`.
    pub fn end(&mut self) -> Result<(), JsValue> {
        let ended = self.shown.archive().end();
        self.ended(ended)
    }

    /// Takes the document that has to be converted before its reviews can be read, if there is one.
    pub fn document(&mut self) -> Option<Vec<u8>> {
        self.document.take()
    }

    /// Begins the converted document, which is pushed like any other.
    pub fn begin_converted(&mut self) {
        self.shown.archive().begin_converted();
    }

    /// Returns whether a document in which the reader found nothing is a collection without reviews. In that case it
    /// has been read.
    pub fn put_nothing(&mut self, document: &[u8]) -> bool {
        match self.shown.archive().put_nothing(document) {
            Some(ended) => self.ended(Ok(ended)).is_ok(),
            None => false,
        }
    }

    /// Takes the address of the next file.
    #[wasm_bindgen(js_name = next)]
    pub fn next_address(&mut self) -> Option<String> {
        self.next.take()
    }

    /// Returns the address of the next file from a `Link` header.
    pub fn linked(&self, header: &str) -> Option<String> {
        link::next(header).map(Into::into)
    }

    fn ended(&mut self, ended: Result<Ended, review_card::ReadError>) -> Result<(), JsValue> {
        match ended.map_err(|error| error.with_kind())? {
            Ended::Read(next) => (self.next, self.is_coming) = (next, false),
            Ended::Foreign(document) => self.document = Some(document),
        }
        Ok(())
    }

    /// Sets whether there are no more files.
    pub fn complete(&mut self, is_complete: bool) {
        self.is_complete = is_complete;
    }
}

//! The files of a list, as their bytes arrive, and documents that the reader module converts.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::Url;

use review_card::list::archive::Ended;
use review_card::list::link;
use review_card::list::progress::{Needs, State};

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

    /// Stores the address that a file was requested from, or that it was redirected to.
    pub fn visit(&mut self, address: &str) {
        if let Some((address, origin)) = absolute(address, address) {
            self.progress.visit(address, origin);
        }
    }

    /// Takes the address of the next file, from the last file or from its `link`, unless it is not followed.
    #[wasm_bindgen(js_name = next)]
    pub fn next_address(&mut self, link: Option<String>, base: &str, allowed: &str) -> Option<String> {
        let (address, origin) = absolute(&self.next.take().or(link)?, base)?;
        match self.progress.follow(&address, &origin, allowed) {
            Ok(()) => Some(address),
            Err(message) => {
                self.shown.archive().report_link(message);
                None
            }
        }
    }

    /// Begins to load files, unless they are being loaded. A file that failed is loaded only if asked for `again`.
    pub fn load(&mut self, again: bool) -> bool {
        self.progress.load(again)
    }

    /// Returns whether another file is needed. `left` is how much of the list is below the viewport, in heights of the
    /// viewport, if the list is shown.
    pub fn needs(&self, sought: bool, left: Option<f64>) -> bool {
        let all = self.has_summary || self.is_asked() || left.is_none();
        self.progress.needs(Needs { all, sought, left: left.unwrap_or_default() })
    }

    /// Ends loading: all that is needed is there.
    pub fn rest(&mut self) {
        self.progress.rest();
    }

    /// Ends loading with a failure.
    pub fn fail(&mut self, may_pass: bool) {
        self.progress.fail(may_pass);
    }

    /// Returns whether a file is being loaded.
    pub fn is_loading(&self) -> bool {
        self.progress.state() == State::Loading
    }

    /// Returns whether the last file could not be loaded for a reason that may have passed.
    pub fn may_retry(&self) -> bool {
        self.progress.state() == State::Failed { may_pass: true }
    }

    /// Looks for another review by loading files.
    pub fn seek(&mut self) {
        self.progress.seek();
    }

    /// Called when everything loaded has been read. Returns whether the list ends here, because too many files had no
    /// new review.
    pub fn ends(&mut self, has_next: bool) -> bool {
        let problem = self.progress.read(self.shown.all(), has_next);
        let ends = problem.is_some();
        if let Some(problem) = problem {
            self.shown.archive().report_link(problem);
        }
        ends
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

/// Returns the absolute address without its fragment, and its origin.
fn absolute(address: &str, base: &str) -> Option<(String, String)> {
    let url = Url::new_with_base(address, base).ok().filter(|_| !address.is_empty())?;
    url.set_hash("");
    Some((url.href(), url.origin()))
}

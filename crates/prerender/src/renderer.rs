//! Waits for Yew's renderer, on a runtime of this thread.

use std::io;
use std::rc::Rc;

use review_card::model::Review;
use tokio::runtime::{Builder, Runtime};
use tokio::task::LocalSet;

use super::Form;

/// Writes reviews in one form. A renderer belongs to one thread; create one for each thread.
pub struct Renderer {
    pub(super) form: Form,
    runtime: Runtime,
}

impl Renderer {
    /// Creates a renderer for this form.
    ///
    /// # Errors
    /// Returns an error if the system has no more file descriptors.
    pub fn new(form: Form) -> io::Result<Self> {
        Ok(Self { form, runtime: Builder::new_current_thread().build()? })
    }

    /// Returns the review as HTML, with a trailing line break.
    ///
    /// ```
    /// use review_card_prerender::{Form, Renderer};
    /// let (collection, _) = review_card::read(br#"{ "title": "Alien", "verdict": "Still hatching." }"#, None).unwrap();
    /// let html = Renderer::new(Form { light: true, ..Form::default() }).unwrap().render(collection.reviews[0].clone());
    /// assert!(html.starts_with(r#"<article class="review-card h-review""#));
    /// assert!(html.contains(r#"<p class="review-card__verdict p-summary" dir="auto">Still hatching.</p>"#));
    /// ```
    pub fn render(&self, review: Rc<Review>) -> String {
        self.run(super::render(review, &self.form))
    }

    pub(super) fn run<T>(&self, render: impl Future<Output = T>) -> T {
        LocalSet::new().block_on(&self.runtime, render)
    }
}

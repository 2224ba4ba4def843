//! Reviews to static HTML, by the same component that the live card is made of: shown without any script.
//!
//! 1. [`ReviewCard`] is rendered to text by Yew's server renderer ([`Renderer`]).
//! 2. `fragment` puts it into a declarative shadow root with its `sheet`, or leaves it plain, with
//!    [microformats2](https://microformats.org/wiki/h-review) classes; either carries its JSON-LD.
//! 3. `document` makes a page of it, where one is asked for.
//! 4. `list` does the same with many reviews to a page.
//!
//! What comes out survives Markdown, WordPress and languages of templates: no blank line, no line that begins with a space,
//! no line break within text, nothing that one of them takes for an order (`markup`), and plain elements hold no place
//! where WordPress would begin a paragraph (`wordpress`).

mod direction;
mod document;
mod fragment;
mod list;
mod markup;
mod sheet;
mod wordpress;

use std::io;
use std::rc::Rc;

use tokio::runtime::{Builder, Runtime};
use tokio::task::LocalSet;
use yew::LocalServerRenderer;

use review_card::model::Review;
use review_card::view::{HeadingLevel, ReviewCard, ReviewCardProps};

pub use list::{ListForm, ListPage};

/// What is made of each review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Plain elements with microformats2 classes, styled by `review-card.css`; else a declarative shadow root.
    pub light: bool,
    /// A whole document; else a fragment to put into one.
    pub page: bool,
    /// BCP 47 tag of the page's language, and so of the card's own words; by default the review's, then English.
    pub lang: Option<String>,
    /// Addresses of sheets, in their order; by default they stand in the HTML (and in a light fragment not at all).
    pub stylesheets: Vec<String>,
    /// Pages with many reviews each, by [`Renderer::render_list`]; else one review each.
    pub list: bool,
    /// The card's picture loads at once and before others, not when it is near: for a card at the top of its page. A whole
    /// document has it so anyway.
    pub eager: bool,
}

impl Form {
    /// The [Content-Security-Policy](https://www.w3.org/TR/CSP3/#grammardef-hash-source) source of each sheet that
    /// stands in the HTML, for `style-src`: `'sha256-…'`.
    pub fn style_sources(&self) -> Vec<String> {
        sheet::inline(self).into_iter().map(sheet::source).collect()
    }

    fn lang_of<'a>(&'a self, review: &'a Review) -> Option<&'a str> {
        self.lang.as_deref().or(review.lang.as_deref())
    }
}

/// Writes reviews in one form. It belongs to one thread: for more threads, make more of them.
pub struct Renderer {
    form: Form,
    runtime: Runtime,
}

impl Renderer {
    /// A renderer of this form.
    ///
    /// # Errors
    /// Where the system gives no more file descriptors.
    pub fn new(form: Form) -> io::Result<Self> {
        Ok(Self { form, runtime: Builder::new_current_thread().build()? })
    }

    /// The review as HTML, with a line break at its end.
    ///
    /// ```
    /// use review_card_cli::prerender::{Form, Renderer};
    /// let (collection, _) = review_card::read(br#"{ "title": "Alien", "verdict": "Still hatching." }"#, None).unwrap();
    /// let html = Renderer::new(Form { light: true, ..Form::default() }).unwrap().render(collection.reviews[0].clone());
    /// assert!(html.starts_with(r#"<article class="review-card h-review""#));
    /// assert!(html.contains(r#"<p class="review-card__verdict p-summary" dir="auto">Still hatching.</p>"#));
    /// ```
    pub fn render(&self, review: Rc<Review>) -> String {
        let card = self.card(review.clone());
        let fragment = fragment::fragment(&review, &card, &self.form);
        if self.form.page { document::document(&review, &fragment, &self.form) } else { fragment }
    }

    /// The `<article>` alone.
    fn card(&self, review: Rc<Review>) -> String {
        let props = ReviewCardProps {
            lang: self.form.lang_of(&review).unwrap_or("en").to_owned().into(),
            review,
            variant: Default::default(),
            open: false,
            heading_level: if self.form.page { HeadingLevel::new(1) } else { HeadingLevel::default() },
            hide: Default::default(),
            microformats: self.form.light,
            first: self.form.page || self.form.eager,
        };
        let render = async {
            // Static HTML for good: no comments for a later hydration.
            LocalServerRenderer::<ReviewCard>::with_props(props).hydratable(false).render().await
        };
        let html = markup::inert(&self.run(render));
        // A page is not pasted into another program.
        if self.form.light && !self.form.page { wordpress::guarded(&html) } else { html }
    }

    fn run<T>(&self, render: impl Future<Output = T>) -> T {
        LocalSet::new().block_on(&self.runtime, render)
    }
}

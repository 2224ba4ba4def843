//! Reviews to static HTML, by the same component that the live card is made of: shown without any script.
//!
//! 1. [`ReviewCard`] is rendered to text by Yew's server renderer ([`Renderer`]).
//! 2. `fragment` puts it into a declarative shadow root with its `sheet`, or leaves it plain, with
//!    [microformats2](https://microformats.org/wiki/h-review) classes; either carries its JSON-LD.
//! 3. `document` makes a page of it, where one is asked for.
//! 4. `list` does the same with many reviews to a page. Natively only, as is [`Renderer`], which waits for Yew; a page in a browser
//!    awaits [`render`] instead, and gets the same bytes.
//!
//! What comes out survives Markdown, WordPress and languages of templates: no blank line, no line that begins with a space,
//! no line break within text, nothing that one of them takes for an order (`markup`), and plain elements hold no place
//! where WordPress would begin a paragraph (`wordpress`).

mod direction;
mod document;
mod fragment;
#[cfg(not(target_arch = "wasm32"))]
mod list;
mod markup;
#[cfg(not(target_arch = "wasm32"))]
mod renderer;
mod sheet;
mod wordpress;

use std::rc::Rc;

use yew::LocalServerRenderer;

use review_card::model::Review;
use review_card::view::{HeadingLevel, ReviewCard, ReviewCardProps};

#[cfg(not(target_arch = "wasm32"))]
pub use list::{ListForm, ListPage};
#[cfg(not(target_arch = "wasm32"))]
pub use renderer::Renderer;

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

    /// The sheet in the shadow root of a card: for a page that makes one itself.
    pub fn shadow_sheet() -> &'static str {
        sheet::of_shadow_root(&Self::default()).unwrap_or_default()
    }

    fn lang_of<'a>(&'a self, review: &'a Review) -> Option<&'a str> {
        self.lang.as_deref().or(review.lang.as_deref())
    }
}

/// The review as HTML, with a line break at its end. Yew renders in a task of its own: in a browser, or in tokio's `LocalSet`.
pub async fn render(review: Rc<Review>, form: &Form) -> String {
    let card = card(review.clone(), form).await;
    let fragment = fragment::fragment(&review, &card, form);
    if form.page { document::document(&review, &fragment, form) } else { fragment }
}

/// The `<article>` alone.
async fn card(review: Rc<Review>, form: &Form) -> String {
    let props = ReviewCardProps {
        lang: form.lang_of(&review).unwrap_or("en").to_owned().into(),
        review,
        variant: Default::default(),
        open: false,
        heading_level: if form.page { HeadingLevel::new(1) } else { HeadingLevel::default() },
        hide: Default::default(),
        microformats: form.light,
        first: form.page || form.eager,
    };
    // Static HTML for good: no comments for a later hydration.
    let html = LocalServerRenderer::<ReviewCard>::with_props(props).hydratable(false).render().await;
    let html = markup::inert(&html);
    // A page is not pasted into another program.
    if form.light && !form.page { wordpress::guarded(&html) } else { html }
}

//! Renders reviews as static HTML, with the same component as the live card. The result is shown without any script.
//!
//! 1. Yew's server renderer renders [`ReviewCard`] to a string ([`Renderer`]).
//! 2. `fragment` puts it into a declarative shadow root with its style sheet (`sheet`), or leaves it plain, with
//!    [microformats2](https://microformats.org/wiki/h-review) classes; both contain its JSON-LD.
//! 3. `document` makes a page of it, if the form asks for one.
//! 4. `list` does the same with many reviews on a page. Like [`Renderer`], which blocks on Yew's renderer, it is native
//!    only; a page in a browser awaits [`render`] instead, and gets the same bytes.
//!
//! The output survives Markdown, WordPress and template languages: it has no blank line, no line that begins with a
//! space, no line break within text, and nothing that one of them would execute (`markup`). Plain elements avoid all
//! places where WordPress would begin a paragraph (`wordpress`).

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
pub use markup::inert_json;
#[cfg(not(target_arch = "wasm32"))]
pub use renderer::Renderer;

/// The output format of each review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Plain elements with microformats2 classes, styled by `review-card.css`; otherwise a declarative shadow root.
    pub light: bool,
    /// A whole document; otherwise a fragment to insert into one.
    pub page: bool,
    /// BCP 47 tag of the language of the page and the card's labels. Defaults to the review's language, then to
    /// English.
    pub lang: Option<String>,
    /// URLs of style sheets, in order. By default the HTML contains the style sheets, except a light fragment, which
    /// has none.
    pub stylesheets: Vec<String>,
    /// Pages with many reviews each, by [`Renderer::render_list`]; otherwise one review each.
    pub list: bool,
    /// The card's picture is loaded at once and with high priority, instead of lazily: for a card at the top of its
    /// page. Always on for a whole document.
    pub eager: bool,
}

impl Form {
    /// Returns the [Content-Security-Policy](https://www.w3.org/TR/CSP3/#grammardef-hash-source) sources of the style
    /// sheets in the HTML, for `style-src`: `'sha256-…'`.
    ///
    /// ```
    /// use review_card_prerender::Form;
    /// let sources = Form::default().style_sources();
    /// assert!(sources.iter().all(|source| source.starts_with("'sha256-")) && !sources.is_empty());
    /// assert!(Form { light: true, ..Form::default() }.style_sources().is_empty());
    /// ```
    pub fn style_sources(&self) -> Vec<String> {
        sheet::inline(self).into_iter().map(sheet::source).collect()
    }

    /// Returns the style sheet of a card's shadow root, for a page that creates the shadow root itself.
    ///
    /// ```
    /// assert!(review_card_prerender::Form::shadow_sheet().contains(".review-card"));
    /// ```
    pub fn shadow_sheet() -> &'static str {
        sheet::of_shadow_root(&Self::default()).unwrap_or_default()
    }

    fn lang_of<'a>(&'a self, review: &'a Review) -> Option<&'a str> {
        self.lang.as_deref().or(review.lang.as_deref())
    }
}

/// Returns the review as HTML, with a trailing line break. Yew renders in a task of its own: in a browser, or in
/// tokio's `LocalSet`.
pub async fn render(review: Rc<Review>, form: &Form) -> String {
    let card = card(review.clone(), form).await;
    let fragment = fragment::fragment(&review, &card, form);
    if form.page { document::document(&review, &fragment, form) } else { fragment }
}

/// Returns the `<article>` alone.
async fn card(review: Rc<Review>, form: &Form) -> String {
    let props = ReviewCardProps {
        lang: form.lang_of(&review).unwrap_or("en").to_owned().into(),
        review,
        variant: Default::default(),
        open: false,
        heading_level: if form.page { HeadingLevel::new(1) } else { HeadingLevel::default() },
        hide: Default::default(),
        microformats: form.light,
        ontoggle: None,
        onselect: None,
        first: form.page || form.eager,
    };
    // The HTML stays static, so it needs no comments for hydration.
    let html = LocalServerRenderer::<ReviewCard>::with_props(props).hydratable(false).render().await;
    let html = markup::inert(&html);
    // A page is not pasted into another program.
    if form.light && !form.page { wordpress::guarded(&html) } else { html }
}

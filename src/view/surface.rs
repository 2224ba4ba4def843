//! The surfaces on which cards are rendered, as constants, so that a program contains only the code that its surface
//! needs.
//!
//! [`App`] supports everything. The two custom elements leave out the features of static HTML, and the HTML parser,
//! which is in a module of its own. That keeps `review-card.wasm` small.

use std::borrow::Cow;

use crate::model::{Body, Node};
use crate::rich_text;

/// A surface on which cards are rendered.
#[doc(hidden)]
pub trait Surface: 'static {
    /// Whether the output may be static HTML, with microformats and with all content that a script would otherwise add
    /// later.
    const STATIC: bool;
    /// Whether cards may be in a list.
    const LIST: bool;
    /// Whether a Yew app owns the cards. It may have callbacks, and may pass an equal review in a new allocation.
    const APP: bool;

    /// Returns the safe content of a review's HTML.
    fn nodes(body: &Body) -> Cow<'_, [Node]>;
}

/// Yew apps and static HTML: [`ReviewCard`](super::ReviewCard) and [`ReviewList`](super::list::ReviewList).
#[doc(hidden)]
#[derive(Debug, PartialEq)]
pub struct App;

impl Surface for App {
    const STATIC: bool = true;
    const LIST: bool = true;
    const APP: bool = true;

    fn nodes(body: &Body) -> Cow<'_, [Node]> {
        rich_text::of(body)
    }
}

/// The element `<review-card>`. It has the HTML parsed before it renders a card: [`Body::Safe`].
#[doc(hidden)]
#[derive(Debug, PartialEq)]
pub struct CardElement;

impl Surface for CardElement {
    const STATIC: bool = false;
    const LIST: bool = false;
    const APP: bool = false;

    fn nodes(body: &Body) -> Cow<'_, [Node]> {
        rich_text::parsed(body)
    }
}

/// The element `<review-list>`, which has the HTML parsed beforehand too.
#[doc(hidden)]
#[derive(Debug, PartialEq)]
pub struct ListElement;

impl Surface for ListElement {
    const STATIC: bool = false;
    const LIST: bool = true;
    const APP: bool = false;

    fn nodes(body: &Body) -> Cow<'_, [Node]> {
        rich_text::parsed(body)
    }
}

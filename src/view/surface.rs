//! Where cards are drawn, as constants: a program holds nothing of what its surface has no use for.
//!
//! [`App`] can do everything. The two elements of a page leave out what only static HTML has, and the parser of HTML, which is in a
//! module of its own: that keeps `review-card.wasm` small.

use std::borrow::Cow;

use crate::model::{Body, Node};
use crate::rich_text;

/// Where cards are drawn.
pub trait Surface: 'static {
    /// Whether what is drawn may be static HTML: with microformats, and with all in it that no script can add later.
    const STATIC: bool;
    /// Whether cards may be in a list.
    const LIST: bool;

    /// The safe content of a review's HTML.
    fn nodes(body: &Body) -> Cow<'_, [Node]>;
}

/// Yew apps and static HTML: [`ReviewCard`](super::ReviewCard) and [`ReviewList`](super::list::ReviewList).
#[derive(Debug, PartialEq)]
pub struct App;

impl Surface for App {
    const STATIC: bool = true;
    const LIST: bool = true;

    fn nodes(body: &Body) -> Cow<'_, [Node]> {
        rich_text::of(body)
    }
}

/// The element `<review-card>`, which has HTML parsed before it draws a card: [`Body::Safe`].
#[derive(Debug, PartialEq)]
pub struct CardElement;

impl Surface for CardElement {
    const STATIC: bool = false;
    const LIST: bool = false;

    fn nodes(body: &Body) -> Cow<'_, [Node]> {
        rich_text::parsed(body)
    }
}

/// The element `<review-list>`, which does so too.
#[derive(Debug, PartialEq)]
pub struct ListElement;

impl Surface for ListElement {
    const STATIC: bool = false;
    const LIST: bool = true;

    fn nodes(body: &Body) -> Cow<'_, [Node]> {
        rich_text::parsed(body)
    }
}

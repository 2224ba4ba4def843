//! Renders many reviews as [`Html`]: one list, with each part in its own file.
//!
//! As with a card, the same function renders the live list and the static page, and the result depends only on
//! [`ReviewListProps`]. A static list contains all of its reviews and links to the pages before and after it. A live
//! list contains the reviews near the viewport, space in place of the others (computed by [`crate::list::Window`]), and
//! controls.
//!
//! The list's own elements have the classes `review-list__noun`. The cards in it are ordinary cards.

mod controls;
mod highlight;
mod item;
mod status;
mod summary;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use yew::prelude::*;
use yew::virtual_dom::{Key, VChild};

use super::tag::{Attribute, Tag, bare};
use super::{App, HeadingLevel, Parts, Surface, Variant};
use crate::collection::{Given, Ratings, Search, Summary};
use crate::model::Review;
use crate::text::list::ListStrings;
use crate::text::{Language, Strings};
use item::{ListItem, ListItemProps};

#[doc(hidden)]
pub use controls::{Controls, choose, chosen, without};

/// The layout of the cards in a list.
///
/// ```
/// use review_card::view::list::Layout;
/// assert_eq!(Layout::parse("stack"), Layout::Stack);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// As many columns as fit.
    #[default]
    Grid,
    /// One below another.
    Stack,
}

impl Layout {
    /// Parses the attribute `layout`. An unknown value is a grid.
    pub fn parse(name: &str) -> Self {
        if name == "stack" { Layout::Stack } else { Layout::Grid }
    }
}

/// A review of a list.
#[derive(Clone, Debug)]
pub struct Item {
    /// The review.
    pub review: Rc<Review>,
    /// Its position in the list, from 0.
    pub at: usize,
    /// Whether it is open.
    pub open: bool,
    /// The number of grid columns that it spans while it is closed.
    pub span: usize,
    /// A key that identifies it, regardless of its position.
    pub key: u64,
}

impl Item {
    /// Creates a closed item of one column. Its key is made from the review's id, so it keeps its card when other
    /// reviews are added before it, or when the same file is read again.
    pub fn new(review: Rc<Review>, at: usize) -> Self {
        let mut hash = DefaultHasher::new();
        review.id.hash(&mut hash);
        Self { at, open: false, span: 1, key: hash.finish(), review }
    }
}

/// Two reviews count as equal only if they are the same allocation, as in [`ReviewCardProps`](super::ReviewCardProps).
impl PartialEq for Item {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.review, &other.review)
            && self.at == other.at
            && (self.open, self.span) == (other.open, other.span)
    }
}

/// A piece of a list.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Reviews that are in the document.
    Items(Vec<Item>),
    /// The height in pixels of reviews that are not in the document.
    Space(f64),
}

/// Addresses of the neighbouring pages of a static list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pages {
    /// The previous page.
    pub previous: Option<AttrValue>,
    /// The next page.
    pub next: Option<AttrValue>,
}

/// The state of a live list.
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Live {
    /// Search, order and filters, if the list has them.
    pub controls: Option<Controls>,
    /// The search whose words are highlighted.
    pub search: Rc<Search>,
    /// The visible count.
    pub count: Count,
    /// The count for screen readers, after the visitor has asked for something.
    pub said: Option<Count>,
    /// Whether reviews are loading or being examined. Screen readers may wait with the cards until that is over.
    pub is_busy: bool,
    /// The message at the end of the reviews that have loaded.
    pub end: End,
}

/// The number of reviews in a live list.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// The number of reviews shown.
    pub shown: u32,
    /// The number of all reviews.
    pub all: u32,
    /// Whether there is a query.
    pub is_asked: bool,
    /// Whether all reviews are loaded and examined.
    pub is_whole: bool,
}

/// The message at the end of a live list.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// No message.
    #[default]
    Nothing,
    /// More reviews are loading.
    Loading,
    /// Loading more failed. A button offers to try again.
    Failed,
}

/// The properties of [`ReviewList`], with the names of the element's attributes.
///
/// ```
/// use review_card::ReviewListProps;
/// use review_card::view::list::{Layout, Pages};
/// use yew::props;
///
/// let pages = Pages { next: Some("/reviews/page-2.html".into()), ..Pages::default() };
/// let props = props!(ReviewListProps { pieces: vec![], layout: Layout::Stack, pages });
/// assert!(props.title.is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ReviewListProps {
    /// The reviews, from start to end.
    pub pieces: Vec<Piece>,
    /// The layout of the cards.
    #[prop_or_default]
    pub layout: Layout,
    /// How much of a closed card is shown.
    #[prop_or_default]
    pub variant: Variant,
    /// The level of the cards' titles.
    #[prop_or_default]
    pub heading_level: HeadingLevel,
    /// The parts of the cards that are hidden.
    #[prop_or_default]
    pub hide: Parts,
    /// The language (BCP 47) of the page around the list. The list's own strings are in this language.
    #[prop_or(AttrValue::Static("en"))]
    pub lang: AttrValue,
    /// The title of the collection.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// The summary of the reviews.
    #[prop_or_default]
    pub summary: Option<Summary>,
    /// All ratings of the list, once they are known. Each open card compares its own rating with them.
    #[prop_or_default]
    pub ratings: Option<Rc<Ratings>>,
    /// The combined rating of many people, shown as part of the summary.
    #[prop_or_default]
    pub given: Option<Given>,
    /// The neighbouring pages of a static list.
    #[prop_or_default]
    pub pages: Pages,
    /// The state of the element `<review-list>`; `None` for a static list, and in Yew apps.
    #[doc(hidden)]
    #[prop_or_default]
    pub live: Option<Live>,
    /// Whether the cards are plain HTML with microformats; see [`ReviewCardProps`](super::ReviewCardProps).
    #[prop_or_default]
    pub microformats: bool,
    /// Called in a Yew app when a card has been opened (`true`) or closed, as in
    /// [`ReviewCardProps::ontoggle`](super::ReviewCardProps::ontoggle). Set [`Item::open`] to show the whole card. The
    /// value serializes, for an app that stores or sends it.
    #[prop_or_default]
    pub ontoggle: Option<Callback<(Rc<Review>, bool)>>,
    /// Called in a Yew app when the visitor follows the link of a title, as in
    /// [`ReviewCardProps::onselect`](super::ReviewCardProps::onselect).
    #[prop_or_default]
    pub onselect: Option<Callback<Rc<Review>>>,
}

/// The context that all parts of one list share.
struct ListContext {
    list: &'static ListStrings,
    strings: &'static Strings,
    /// The `lang` attribute for the list's own strings, if their language differs from that of the surrounding text.
    strings_lang: Option<&'static str>,
    has_parts: bool,
}

impl ListContext {
    fn new(props: &ReviewListProps) -> Self {
        let language = Language::of(&props.lang);
        Self {
            list: ListStrings::of(language),
            strings: language.strings(),
            strings_lang: (!language.is(&props.lang)).then_some(language.strings().tag),
            has_parts: !props.microformats,
        }
    }
}

/// Returns an element of the list, with the class `review-list__noun`.
fn tag(name: &'static str, noun: &'static str) -> Tag {
    bare(name).class(["review-list__", noun].concat())
}

/// Like [`tag`], but with a `part`, by which pages can style it from outside the shadow root.
fn part(name: &'static str, noun: &'static str, context: &ListContext) -> Tag {
    let tag = tag(name, noun);
    if context.has_parts { tag.attr(Attribute::Part, noun) } else { tag }
}

/// Reviews as a list. Its style sheets are `review-card.css` and `review-list.css` of the release.
///
/// An app decides which reviews there are and in which order, for example with
/// [`Query::select`](crate::collection::Query::select), and which are open.
///
/// ```
/// use review_card::ReviewList;
/// use review_card::view::list::{Item, Piece};
/// use yew::prelude::*;
///
/// #[component]
/// fn Page() -> Html {
///     let json = br#"[{ "title": "Dark Star", "rating": "4/5" }, { "title": "Solaris" }]"#;
///     let Ok((collection, _)) = review_card::read(json, None) else { return html! {} };
///     let items = collection.reviews.into_iter().enumerate().map(|(at, review)| Item::new(review, at)).collect();
///     html! { <ReviewList pieces={vec![Piece::Items(items)]} /> }
/// }
/// ```
pub type ReviewList = List<App>;

/// The list for any surface. Apps use [`ReviewList`].
#[doc(hidden)]
#[component]
pub fn List<S: Surface>(props: &ReviewListProps) -> Html {
    let context = &ListContext::new(props);
    let class = match props.layout {
        Layout::Grid => "review-list review-list--grid",
        Layout::Stack => "review-list review-list--stack",
    };
    let summary = props.summary.as_ref().and_then(|summary| summary::summary(summary, props.given, context));
    let list = part("div", "list", context).attr(Attribute::Class, class);
    let Some(live) = &props.live else {
        let list = list.maybe(summary).child(items::<S>(props, context));
        return list.maybe(pages(&props.pages, context)).into();
    };
    let controls = live.controls.as_ref().map(|controls| controls::controls(controls, context));
    let is_counted = controls.is_some() || live.count.is_asked || props.summary.is_some();
    // Keys keep the other children in place when one is added or removed, because one of them may have the focus.
    list.keyed()
        .maybe(summary.map(|summary| summary.key("summary")))
        .maybe(controls.map(|controls| controls.key("controls")))
        .maybe(is_counted.then(|| status::counts(live, context).key("count")))
        .child(items::<S>(props, context).key("items"))
        .maybe(status::nothing(live, context).map(|nothing| nothing.key("nothing")))
        .maybe(status::end(live, context).map(|end| end.key("end")))
        .into()
}

/// Returns the cards: a [feed](https://www.w3.org/WAI/ARIA/apg/patterns/feed/) in a live list, which loads more while
/// the visitor reads.
fn items<S: Surface>(props: &ReviewListProps, context: &ListContext) -> Tag {
    let mut items = tag("div", "items").room(Attribute::AriaBusy).keyed();
    let has_items =
        props.pieces.iter().any(|piece| matches!(piece, Piece::Items(items) if !items.is_empty()));
    if let Some(live) = props.live.as_ref().filter(|_| has_items) {
        let name = props.title.as_ref().map_or(context.list.name, |title| title.as_str());
        items = items.attr(Attribute::Role, "feed").attr(Attribute::AriaLabel, name.to_owned());
        items = items.attr(Attribute::AriaBusy, if live.is_busy { "true" } else { "false" });
    }
    for (at, piece) in props.pieces.iter().enumerate() {
        match piece {
            Piece::Items(of) => items = items.children(of.iter().map(|item| one::<S>(item, props))),
            Piece::Space(height) => items = items.child(space(*height).key(space_key(&props.pieces, at))),
        }
    }
    items
}

fn one<S: Surface>(item: &Item, props: &ReviewListProps) -> Html {
    let of = ListItemProps {
        item: item.clone(),
        variant: props.variant,
        heading_level: props.heading_level,
        hide: props.hide,
        lang: props.lang.clone(),
        live: props.live.as_ref().map(|live| item::InLive {
            total: live.count.is_whole.then_some(live.count.shown),
            search: Rc::clone(&live.search),
            ratings: props.ratings.clone(),
        }),
        microformats: props.microformats,
        ontoggle: if S::APP { props.ontoggle.clone() } else { None },
        onselect: if S::APP { props.onselect.clone() } else { None },
    };
    VChild::<ListItem<S>>::new(of, Some(Key::from(item.key))).into()
}

/// Returns the key of a space, which depends on the card after it. So Yew never moves a card around a space: the card
/// would be removed and inserted again, and might lose the focus.
fn space_key(pieces: &[Piece], at: usize) -> Key {
    match pieces.get(at + 1) {
        _ if at == 0 => Key::from("first"),
        Some(Piece::Items(items)) => items
            .first()
            .map_or_else(|| Key::from("none"), |item| Key::from(["before-", &item.key.to_string()].concat())),
        _ => Key::from("last"),
    }
}

/// The height is an attribute, because a strict `style-src` forbids `style=""`.
fn space(height: f64) -> Tag {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole pixels; `as` saturates"
    )]
    let pixels = height as u32;
    tag("svg", "space")
        .attr(Attribute::Width, "1")
        .attr(Attribute::Height, pixels.to_string())
        .attr(Attribute::AriaHidden, "true")
}

fn pages(pages: &Pages, context: &ListContext) -> Option<Tag> {
    let link = |noun, rel, address: &Option<AttrValue>, label| {
        let anchor = super::anchor(address.as_deref())?;
        Some(tag("p", noun).child(anchor.attr(Attribute::Rel, rel).text(label)))
    };
    let previous = link("previous", "prev", &pages.previous, context.list.previous_page);
    let next = link("next", "next", &pages.next, context.list.next_page);
    let any = previous.is_some() || next.is_some();
    let nav = || tag("nav", "pages").attr(Attribute::AriaLabel, context.list.name).lang(context.strings_lang);
    any.then(|| nav().maybe(previous).maybe(next))
}

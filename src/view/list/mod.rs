//! Many reviews to [`Html`]: one list, its parts one a file.
//!
//! As with a card, the same function makes the live list and the static page: all that the picture depends on is in
//! [`ReviewListProps`]. A static list is all of its reviews and links to the pages around it. A live one has those near the
//! viewport, space for the others ([`crate::list::Window`] says how much), and controls.
//!
//! The list's own elements have classes `review-list__noun`; a card in it is a card.

mod controls;
mod item;
mod mark;
mod status;
mod summary;

use std::rc::Rc;

use yew::prelude::*;
use yew::virtual_dom::{Key, VChild};

use super::tag::{Tag, bare};
use super::{App, HeadingLevel, Parts, Surface, Variant};
use crate::collection::{Given, Ratings, Search, Summary};
use crate::model::Review;
use crate::text::list::ListWords;
use crate::text::{Language, Words};
use item::{ListItem, ListItemProps};

pub use controls::{Controls, KINDS, kind};

/// How the cards of a list stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// In as many columns as there is room for.
    #[default]
    Grid,
    /// One below the other.
    Stack,
}

impl Layout {
    /// Reads the attribute `layout`; anything unknown is a grid.
    pub fn parse(name: &str) -> Self {
        if name == "stack" { Layout::Stack } else { Layout::Grid }
    }
}

/// A review of a list.
#[derive(Clone, Debug)]
pub struct Item {
    /// The review.
    pub review: Rc<Review>,
    /// Its place in the list, from 0.
    pub at: usize,
    /// Whether it stands open.
    pub open: bool,
    /// How many columns of a grid it takes, while it is closed.
    pub span: usize,
    /// What tells it from the others, whatever its place.
    pub key: u64,
}

/// The same review is the same allocation, as in [`ReviewCardProps`](super::ReviewCardProps).
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
    /// The height of those that are not, in pixels.
    Space(f64),
}

/// What a static list stands among: addresses of other pages of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pages {
    /// The page before.
    pub previous: Option<AttrValue>,
    /// The page after.
    pub next: Option<AttrValue>,
}

/// What a live list knows of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Live {
    /// Search, order and filters, where the reader has them.
    pub controls: Option<Controls>,
    /// What the reader looks for, to be marked.
    pub search: Rc<Search>,
    /// How many reviews are shown, of how many.
    pub count: Count,
    /// The count that those hear who do not see the page: where the reader has asked for something.
    pub said: Option<Count>,
    /// Whether reviews are coming, or being looked at: no reader need hear of the cards until that is over.
    pub is_busy: bool,
    /// What stands at the end of those that have come.
    pub end: End,
}

/// How many reviews a live list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// So many.
    pub shown: u32,
    /// Of so many.
    pub all: u32,
    /// Whether a query is put to them.
    pub is_asked: bool,
    /// Whether no more reviews are to come, and all have been looked at.
    pub is_whole: bool,
}

/// What stands at the end of a live list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// Nothing.
    #[default]
    Nothing,
    /// That more is on its way.
    Loading,
    /// That more did not come, and a button to try again.
    Failed,
}

/// What a list shows and how: the properties of [`ReviewList`], by the names of the element's attributes.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ReviewListProps {
    /// The reviews, from the start to the end.
    pub pieces: Vec<Piece>,
    /// How they stand.
    #[prop_or_default]
    pub layout: Layout,
    /// How much of each is shown while it is closed.
    #[prop_or_default]
    pub variant: Variant,
    /// The level of the cards' titles.
    #[prop_or_default]
    pub heading_level: HeadingLevel,
    /// Parts of the cards that are not shown.
    #[prop_or_default]
    pub hide: Parts,
    /// The language (BCP 47) of the page around the list, and so of the list's own words.
    #[prop_or(AttrValue::Static("en"))]
    pub lang: AttrValue,
    /// The name of the collection.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// The reviews in numbers.
    #[prop_or_default]
    pub summary: Option<Summary>,
    /// All ratings of the list, once they are known: each open card says where its own stands among them.
    #[prop_or_default]
    pub ratings: Option<Rc<Ratings>>,
    /// What many gave together; it is part of the summary.
    #[prop_or_default]
    pub given: Option<Given>,
    /// A static list's neighbours.
    #[prop_or_default]
    pub pages: Pages,
    /// What a live list knows of itself; a static one is `None`.
    #[prop_or_default]
    pub live: Option<Live>,
    /// Whether the cards are plain HTML with microformats; see [`ReviewCardProps`](super::ReviewCardProps).
    #[prop_or_default]
    pub microformats: bool,
}

/// What the parts of one list share.
struct ListSetting {
    list: &'static ListWords,
    words: &'static Words,
    /// `lang` of the list's own words, where it is not that of what surrounds them.
    words_lang: Option<&'static str>,
    has_parts: bool,
}

impl ListSetting {
    fn new(props: &ReviewListProps) -> Self {
        let language = Language::of(&props.lang);
        Self {
            list: ListWords::of(language),
            words: language.words(),
            words_lang: (!language.is(&props.lang)).then_some(language.words().tag),
            has_parts: !props.microformats,
        }
    }
}

/// An element of the list: class `review-list__noun`.
fn tag(name: &'static str, noun: &'static str) -> Tag {
    bare(name).class(["review-list__", noun].concat())
}

/// The same, where it can be styled from outside its shadow root by name.
fn part(name: &'static str, noun: &'static str, setting: &ListSetting) -> Tag {
    let tag = tag(name, noun);
    if setting.has_parts { tag.set("part", noun) } else { tag }
}

/// Reviews as a list. Its sheets are `review-card.css` and `review-list.css` of the release.
pub type ReviewList = List<App>;

/// A list for a surface: apps take [`ReviewList`].
#[component]
pub fn List<S: Surface>(props: &ReviewListProps) -> Html {
    let setting = &ListSetting::new(props);
    let class = match props.layout {
        Layout::Grid => "review-list review-list--grid",
        Layout::Stack => "review-list review-list--stack",
    };
    let summary = props.summary.as_ref().and_then(|summary| summary::summary(summary, props.given, setting));
    let list = part("div", "list", setting).set("class", class);
    let Some(live) = &props.live else {
        let list = list.maybe(summary).child(items::<S>(props, setting));
        return list.maybe(pages(&props.pages, setting)).into();
    };
    let controls = live.controls.as_ref().map(|controls| controls::controls(controls, setting));
    let is_counted = controls.is_some() || live.count.is_asked || props.summary.is_some();
    // With keys, since what comes and goes must not have the others made anew: the focus is in one of them.
    list.keyed()
        .maybe(summary.map(|summary| summary.key("summary")))
        .maybe(controls.map(|controls| controls.key("controls")))
        .maybe(is_counted.then(|| status::counts(live, setting).key("count")))
        .child(items::<S>(props, setting).key("items"))
        .maybe(status::nothing(live, setting).map(|nothing| nothing.key("nothing")))
        .maybe(status::end(live, setting).map(|end| end.key("end")))
        .into()
}

/// The cards: a [feed](https://www.w3.org/WAI/ARIA/apg/patterns/feed/) where more come as one reads.
fn items<S: Surface>(props: &ReviewListProps, setting: &ListSetting) -> Tag {
    let mut items = tag("div", "items").with_more_names().keyed();
    let has_items =
        props.pieces.iter().any(|piece| matches!(piece, Piece::Items(items) if !items.is_empty()));
    if let Some(live) = props.live.as_ref().filter(|_| has_items) {
        let name = props.title.as_ref().map_or(setting.list.name, |title| title.as_str());
        items = items.set("role", "feed").set_text("aria-label", name.to_owned());
        items = items.set("aria-busy", if live.is_busy { "true" } else { "false" });
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
    };
    VChild::<ListItem<S>>::new(of, Some(Key::from(item.key))).into()
}

/// A space is told from others by what follows it. So no space changes places with a card: cards would be taken out and put in
/// again, and the focus is in one of them.
fn space_key(pieces: &[Piece], at: usize) -> Key {
    match pieces.get(at + 1) {
        _ if at == 0 => Key::from("first"),
        Some(Piece::Items(items)) => items
            .first()
            .map_or_else(|| Key::from("none"), |item| Key::from(["before-", &item.key.to_string()].concat())),
        _ => Key::from("last"),
    }
}

/// Its height is an attribute: a strict `style-src` forbids `style=""`.
fn space(height: f64) -> Tag {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole pixels; `as` saturates"
    )]
    let pixels = height as u32;
    tag("svg", "space").set("width", "1").set_text("height", pixels.to_string()).set("aria-hidden", "true")
}

fn pages(pages: &Pages, setting: &ListSetting) -> Option<Tag> {
    let link = |noun, rel, address: &Option<AttrValue>, words| {
        let anchor = super::anchor(address.as_deref())?;
        Some(tag("p", noun).child(anchor.set("rel", rel).words(words)))
    };
    let previous = link("previous", "prev", &pages.previous, setting.list.previous_page);
    let next = link("next", "next", &pages.next, setting.list.next_page);
    let any = previous.is_some() || next.is_some();
    let nav = || tag("nav", "pages").set("aria-label", setting.list.name).lang(setting.words_lang);
    any.then(|| nav().maybe(previous).maybe(next))
}

//! A review to [`Html`]: one card, its parts one a file.
//!
//! The same function makes the live card, the static page and the card in a Yew app, so there is no input or output
//! here, no clock and no global: all that the picture depends on is in [`ReviewCardProps`].
//!
//! Every part carries its noun twice: as `part`, for pages that style a card from outside its shadow root, and as
//! class `review-card__noun`, for cards without one. Text becomes text nodes; addresses go through
//! [`crate::rich_text::url`] once more, since an app can make a `Review` that no reader has seen.

mod aspects;
mod author;
mod body;
mod card;
mod header;
mod history;
mod image;
mod links;
pub mod list;
mod measure;
mod notes;
mod parts;
mod rating;
mod related;
mod rich;
mod sequence;
mod shown;
mod surface;
mod tag;

use std::marker::PhantomData;

use yew::prelude::*;

use crate::model::{Measure, Review};
use crate::rich_text::url::{self, Use};
use crate::text::list::ListWords;
use crate::text::{Language, Words};
use tag::Tag;

pub use card::{Card, HeadingLevel, ReviewCard, ReviewCardProps, Variant};
pub use parts::{Part, Parts};
pub use shown::shown;
pub use surface::{App, CardElement, ListElement, Surface};

/// What the parts of one card share.
struct Setting<S> {
    surface: PhantomData<S>,
    words: &'static Words,
    /// `lang` of the card's own words, where it is not that of what surrounds them.
    words_lang: Option<&'static str>,
    /// Level of the card's title.
    level: HeadingLevel,
    hide: Parts,
    microformats: bool,
    first: bool,
    /// Where the rating stands among those of the list that the card is in.
    measure: Option<Measure>,
    in_list: InList,
    /// Of a card in a list: whether an open one shows more than a closed one, and what even that leaves out.
    has_more: bool,
    hide_open: Parts,
}

/// What a card in a list has beyond another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum InList {
    /// It is in none.
    #[default]
    No,
    /// A compact card can be opened too.
    Whole,
    /// The same, and the text comes when it is opened.
    Folded,
}

impl<S: Surface> Setting<S> {
    fn new(props: &ReviewCardProps) -> Self {
        let language = Language::of(&props.lang);
        let around = props.review.lang.as_deref().unwrap_or(&props.lang);
        Self {
            surface: PhantomData,
            words: language.words(),
            words_lang: (!language.is(around)).then_some(language.words().tag),
            level: props.heading_level,
            hide: props.hide,
            microformats: props.microformats,
            first: props.first,
            measure: None,
            in_list: InList::No,
            has_more: false,
            hide_open: props.hide,
        }
    }

    /// Which list the card is in, if any.
    fn in_list(&self) -> InList {
        if S::LIST { self.in_list } else { InList::No }
    }

    /// Where the rating of the review stands among others.
    fn measure<'a>(&'a self, review: &'a Review) -> Option<&'a Measure> {
        let of_list = if S::LIST { self.measure.as_ref() } else { None };
        of_list.or(review.measure.as_ref())
    }

    /// The words of a toggle that opens a card without a text of its own; none where there is nothing to open.
    fn more(&self) -> Option<&'static str> {
        let words = || ListWords::of(Language::of(self.words.tag)).more;
        (S::LIST && self.has_more && self.shows(Part::Toggle)).then(words)
    }

    /// Whether classes for machines are written.
    fn microformats(&self) -> bool {
        S::STATIC && self.microformats
    }

    /// Whether the card's picture is the first of its page.
    fn first(&self) -> bool {
        S::STATIC && self.first
    }

    fn shows(&self, part: Part) -> bool {
        !self.hide.contains(part)
    }

    /// The heading of a part: one level below the card's title.
    fn heading(&self, words: &'static str) -> Tag {
        tag::tag(self.level.below(1).tag(), "heading").lang(self.words_lang).words(words)
    }
}

/// A link around `words`, or the words alone where there is no address that may be linked.
fn link(address: Option<&str>, words: impl Into<Html>) -> Html {
    around(words.into(), anchor(address))
}

/// A [`link`] to the page of what is being said: microformats2 `u-url`.
fn own_link(address: Option<&str>, words: impl Into<Html>, setting: &Setting<impl Surface>) -> Html {
    around(words.into(), anchor(address).map(|anchor| anchor.microformat("u-url", setting)))
}

fn around(words: Html, anchor: Option<Tag>) -> Html {
    match anchor {
        Some(anchor) => anchor.child(words).into(),
        None => words,
    }
}

fn anchor(address: Option<&str>) -> Option<Tag> {
    let href = url::resolve(address?, None, Use::Link)?;
    Some(tag::bare("a").set_text("href", href))
}

//! Renders a review as [`Html`]: one card, with each part in its own file.
//!
//! The same function renders the live card, the static page and the card in a Yew app. So there is no input or output
//! here, no clock and no global state: the result depends only on [`ReviewCardProps`].
//!
//! Every part has its name twice: as `part`, for pages that style a card from outside its shadow root, and in the class
//! `review-card__noun`, for cards without one. Text becomes text nodes. Addresses go through [`crate::rich_text::url`]
//! again, because an app can create a `Review` that no reader has checked.

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
use std::rc::Rc;

use yew::prelude::*;
use yew::virtual_dom::Listener;

use crate::model::{Measure, Review};
use crate::rich_text::url::{self, Use};
use crate::text::list::ListStrings;
use crate::text::{Language, Strings};
use tag::{Attribute, Tag};

#[doc(hidden)]
pub use card::Card;
pub use card::{HeadingLevel, ReviewCard, ReviewCardProps, Variant};
pub use parts::{Part, Parts};
pub use shown::shown;
pub use surface::App;
#[doc(hidden)]
pub use surface::{CardElement, ListElement, Surface};

/// The context that all parts of one card share.
struct CardContext<S> {
    surface: PhantomData<S>,
    strings: &'static Strings,
    /// The `lang` attribute for the card's own strings, if their language differs from that of the surrounding text.
    strings_lang: Option<&'static str>,
    /// The level of the card's title.
    level: HeadingLevel,
    hide: Parts,
    microformats: bool,
    first: bool,
    /// How the rating compares with the others in the list that contains the card.
    measure: Option<Measure>,
    in_list: InList,
    /// For a card in a list: whether it shows more when it is open, and what even the open card hides.
    has_more: bool,
    hide_open: Parts,
    /// The listener of an app for the link of the title.
    onselect: Option<Rc<dyn Listener>>,
}

/// How a card in a list behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum InList {
    /// It is not in a list.
    #[default]
    No,
    /// A compact card can be opened too.
    Whole,
    /// Like `Whole`, but the text is rendered only when the card is opened.
    Folded,
}

impl<S: Surface> CardContext<S> {
    fn new(props: &ReviewCardProps) -> Self {
        let language = Language::of(&props.lang);
        let around = props.review.lang.as_deref().unwrap_or(&props.lang);
        Self {
            surface: PhantomData,
            strings: language.strings(),
            strings_lang: (!language.is(around)).then_some(language.strings().tag),
            level: props.heading_level,
            hide: props.hide,
            microformats: props.microformats,
            first: props.first,
            measure: None,
            in_list: InList::No,
            has_more: false,
            hide_open: props.hide,
            onselect: if S::APP { props.select().map(select_listener) } else { None },
        }
    }

    /// Returns how the card behaves in its list, if it is in one.
    fn in_list(&self) -> InList {
        if S::LIST { self.in_list } else { InList::No }
    }

    /// Returns how the review's rating compares with others.
    fn measure<'a>(&'a self, review: &'a Review) -> Option<&'a Measure> {
        let of_list = if S::LIST { self.measure.as_ref() } else { None };
        of_list.or(review.measure.as_ref())
    }

    /// Returns the label of a toggle that opens a card without text of its own, or `None` if it would show nothing
    /// more.
    fn more(&self) -> Option<&'static str> {
        let label = || ListStrings::of(Language::of(self.strings.tag)).more;
        (S::LIST && self.has_more && self.shows(Part::Toggle)).then(label)
    }

    /// Returns whether to write microformats classes.
    fn microformats(&self) -> bool {
        S::STATIC && self.microformats
    }

    /// Returns whether the card's picture is the first of its page.
    fn first(&self) -> bool {
        S::STATIC && self.first
    }

    fn shows(&self, part: Part) -> bool {
        !self.hide.contains(part)
    }

    /// Returns the heading of a part, one level below the card's title.
    fn heading(&self, label: &'static str) -> Tag {
        tag::tag(self.level.below(1).tag(), "heading").lang(self.strings_lang).text(label)
    }
}

/// Returns the listener of a `<details>` that reports whether the visitor has opened it.
fn toggle_listener(ontoggle: Callback<bool>) -> Rc<dyn Listener> {
    let ontoggle = ontoggle
        .reform(|event: Event| event.target_unchecked_into::<web_sys::Element>().has_attribute("open"));
    Rc::new(html::ontoggle::Wrapper::new(ontoggle))
}

/// Returns the listener of a link that the app follows itself. Clicks that open a new tab or window, or save the
/// page, stay the browser's.
fn select_listener(onselect: Callback<()>) -> Rc<dyn Listener> {
    let onclick = Callback::from(move |event: MouseEvent| {
        let is_plain = !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if is_plain && event.button() == 0 {
            event.prevent_default();
            onselect.emit(());
        }
    });
    Rc::new(html::onclick::Wrapper::new(onclick))
}

/// Returns a link around `content`, or only the content if there is no address that may be linked.
fn link(address: Option<&str>, content: impl Into<Html>) -> Html {
    wrap(content.into(), anchor(address))
}

/// Like [`link`], but to the reviewed thing's or person's own page: microformats2 `u-url`.
fn own_link(address: Option<&str>, content: impl Into<Html>, context: &CardContext<impl Surface>) -> Html {
    wrap(content.into(), anchor(address).map(|anchor| anchor.microformat("u-url", context)))
}

fn wrap(content: Html, anchor: Option<Tag>) -> Html {
    match anchor {
        Some(anchor) => anchor.child(content).into(),
        None => content,
    }
}

fn anchor(address: Option<&str>) -> Option<Tag> {
    let href = url::resolve(address?, None, Use::Link)?;
    Some(tag::bare("a").attr(Attribute::Href, href))
}

//! The card: which parts there are, and in what order they are read.

use std::marker::PhantomData;
use std::rc::Rc;

use yew::prelude::*;

use super::tag::{Tag, bare, tag};
use super::{
    App, InList, Parts, Setting, Surface, aspects, author, body, header, history, image, links, measure,
    notes, rating, related, sequence,
};
use crate::model::Review;

/// How much of the review the card shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    /// All of it, the body behind a toggle.
    #[default]
    Card,
    /// All of it, the body shown.
    Full,
    /// Title, verdict and rating.
    Compact,
}

impl Variant {
    /// Reads the attribute `variant`; anything unknown is a card.
    pub fn parse(name: &str) -> Self {
        match name {
            "full" => Variant::Full,
            "compact" => Variant::Compact,
            _ => Variant::Card,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Variant::Card => "review-card",
            Variant::Full => "review-card review-card--full",
            Variant::Compact => "review-card review-card--compact",
        }
    }
}

/// A heading level, 1 to 6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadingLevel(u8);

impl HeadingLevel {
    /// The level, held within 1 to 6.
    pub fn new(level: u8) -> Self {
        Self(level.clamp(1, 6))
    }

    /// So many levels below this one, none beyond 6.
    #[must_use]
    pub fn below(self, levels: u8) -> Self {
        Self::new(self.0.saturating_add(levels))
    }

    /// `h1` to `h6`.
    pub fn tag(self) -> &'static str {
        match self.0 {
            0 | 1 => "h1",
            2 => "h2",
            3 => "h3",
            4 => "h4",
            5 => "h5",
            _ => "h6",
        }
    }
}

impl Default for HeadingLevel {
    fn default() -> Self {
        Self(2)
    }
}

/// What a card shows and how: the properties of [`ReviewCard`], by the names of the element's attributes.
#[derive(Clone, Debug, Properties)]
pub struct ReviewCardProps {
    /// The review.
    pub review: Rc<Review>,
    /// How much of it.
    #[prop_or_default]
    pub variant: Variant,
    /// Whether the body stands open.
    #[prop_or_default]
    pub open: bool,
    /// The level of the title.
    #[prop_or_default]
    pub heading_level: HeadingLevel,
    /// Parts that are not shown.
    #[prop_or_default]
    pub hide: Parts,
    /// The language (BCP 47) of the page around the card, and so of the card's own words.
    #[prop_or(AttrValue::Static("en"))]
    pub lang: AttrValue,
    /// Whether it is plain HTML, outside of a shadow root, with [microformats2](https://microformats.org/wiki/h-review)
    /// classes in place of `part`s.
    #[prop_or_default]
    pub microformats: bool,
    /// Whether its page begins with it: then its picture is asked for at once and before others.
    #[prop_or_default]
    pub first: bool,
}

/// The same review is the same allocation: to compare two reviews word by word costs more than to draw one anew.
impl PartialEq for ReviewCardProps {
    fn eq(&self, other: &Self) -> bool {
        let look = |props: &Self| {
            (props.variant, props.open, props.heading_level, props.hide, props.microformats, props.first)
        };
        Rc::ptr_eq(&self.review, &other.review) && look(self) == look(other) && self.lang == other.lang
    }
}

/// A card for a surface: apps take [`ReviewCard`].
///
/// A component of the plain kind: a function would bring the machinery of hooks, and has none.
#[derive(Debug)]
pub struct Card<S>(PhantomData<S>);

/// One review as a card. Its sheet is `review-card.css` of the release.
pub type ReviewCard = Card<App>;

impl<S: Surface> Component for Card<S> {
    type Message = ();
    type Properties = ReviewCardProps;

    fn create(_: &Context<Self>) -> Self {
        Self(PhantomData)
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let props = context.props();
        card(props, &Setting::<S>::new(props)).into()
    }
}

pub(super) fn card(props: &ReviewCardProps, setting: &Setting<impl Surface>) -> Tag {
    let review = &*props.review;
    let whole = props.variant != Variant::Compact;
    let picture = if whole { image::figure(review, setting) } else { None };
    let mut class = props.variant.class().to_owned();
    if picture.is_some() {
        class.push_str(" review-card--pictured");
    }
    let (facts, rest) = if whole {
        (
            vec![
                rating::rating(review, setting, true),
                aspects::aspects(review, setting),
                notes::notes(review, setting),
            ],
            vec![
                body::body(props, setting),
                history::history(review, setting),
                links::links(review, setting),
                author::authors(review, setting),
                related::related(review, setting),
                related::opinions(review, setting),
                sequence::sequence(review, setting),
            ],
        )
    } else {
        let opened = if setting.in_list() == InList::No { None } else { body::body(props, setting) };
        (vec![rating::rating(review, setting, false)], vec![opened])
    };
    let layout = tag("div", "layout")
        .child(header::header(review, setting, whole))
        .maybe(picture)
        .maybe(group("facts", facts))
        .maybe(group("rest", rest));
    bare("article")
        .class(class)
        .part("card", setting)
        .set_some("lang", review.lang.clone())
        .microformat("h-review", setting)
        .child(layout)
}

/// What a closed card of a static list leaves to its `<details>`.
pub(super) fn when_open(review: &Review, setting: &Setting<impl Surface>) -> Vec<Option<Html>> {
    vec![
        setting.measure(review).and_then(|of| measure::measure(of, setting)).map(Html::from),
        aspects::aspects(review, setting),
        notes::notes(review, setting),
        history::history(review, setting),
        links::links(review, setting),
        author::authors(review, setting),
        related::related(review, setting),
        related::opinions(review, setting),
        sequence::sequence(review, setting),
    ]
}

/// A box around what there is; none around nothing.
pub(super) fn group(noun: &'static str, parts: Vec<Option<Html>>) -> Option<Tag> {
    parts.iter().any(Option::is_some).then(|| tag("div", noun).children(parts.into_iter().flatten()))
}

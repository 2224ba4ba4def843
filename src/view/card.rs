//! The card: its parts and their reading order.

use std::marker::PhantomData;
use std::rc::Rc;

use yew::prelude::*;

use super::tag::{Attribute, Tag, bare, tag};
use super::{
    App, CardContext, InList, Parts, Surface, aspects, author, body, header, history, image, links, measure,
    notes, rating, related, sequence,
};
use crate::model::Review;

/// How much of the review the card shows.
///
/// ```
/// assert_eq!(review_card::Variant::parse("compact"), review_card::Variant::Compact);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    /// Everything, with the body behind a toggle.
    #[default]
    Card,
    /// Everything, with the body always visible.
    Full,
    /// Title, verdict and rating. The disclosure is always shown.
    Compact,
}

impl Variant {
    /// Parses the attribute `variant`. An unknown value is a card.
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
///
/// ```
/// use review_card::HeadingLevel;
/// assert_eq!(HeadingLevel::new(2).below(1).tag(), "h3");
/// assert_eq!(HeadingLevel::new(9).tag(), "h6");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadingLevel(u8);

impl HeadingLevel {
    /// Returns the level, clamped to 1 to 6.
    pub fn new(level: u8) -> Self {
        Self(level.clamp(1, 6))
    }

    /// Returns the heading level `levels` below this one, at most 6.
    #[must_use]
    pub fn below(self, levels: u8) -> Self {
        Self::new(self.0.saturating_add(levels))
    }

    /// Returns `h1` to `h6`.
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

/// The properties of [`ReviewCard`], with the names of the element's attributes.
///
/// ```
/// use std::rc::Rc;
/// use review_card::{Part, Parts, Review, ReviewCardProps, Variant};
/// use yew::props;
///
/// let review = Rc::new(Review { title: "Dark Star".into(), ..Review::default() });
/// let hide = Parts::default().with(Part::Author);
/// let props = props!(ReviewCardProps { review, variant: Variant::Full, hide, lang: "de" });
/// assert!(!props.open);
/// ```
#[derive(Clone, Debug, Properties)]
pub struct ReviewCardProps {
    /// The review.
    pub review: Rc<Review>,
    /// How much of the review is shown.
    #[prop_or_default]
    pub variant: Variant,
    /// Whether the body is open.
    #[prop_or_default]
    pub open: bool,
    /// The level of the title.
    #[prop_or_default]
    pub heading_level: HeadingLevel,
    /// The parts that are hidden.
    #[prop_or_default]
    pub hide: Parts,
    /// The language (BCP 47) of the page around the card. The card's own strings are in this language.
    #[prop_or(AttrValue::Static("en"))]
    pub lang: AttrValue,
    /// Whether to render plain HTML outside of a shadow root, with
    /// [microformats2](https://microformats.org/wiki/h-review) classes in place of `part`s.
    #[prop_or_default]
    pub microformats: bool,
    /// Whether the page begins with this card. Its picture is then loaded at once, with high priority.
    #[prop_or_default]
    pub first: bool,
    /// Called in a Yew app when the card has been opened (`true`) or closed, as the event `toggle` of a `<details>`: by
    /// the visitor, by find-in-page, or by `open`.
    #[prop_or_default]
    pub ontoggle: Option<Callback<bool>>,
    /// Called in a Yew app when the visitor follows the link of the title, in place of the browser: for apps with a
    /// router. Only reviews with a `url` have that link.
    #[prop_or_default]
    pub onselect: Option<Callback<Rc<Review>>>,
}

impl ReviewCardProps {
    /// Returns [`onselect`](Self::onselect) for this card's review.
    pub(super) fn select(&self) -> Option<Callback<()>> {
        let review = Rc::clone(&self.review);
        self.onselect.as_ref().map(|onselect| onselect.reform(move |()| Rc::clone(&review)))
    }

    /// Returns whether two cards look the same, which costs more to find out than `==`.
    fn is_same(&self, other: &Self) -> bool {
        *self.review == *other.review && Self { review: Rc::clone(&other.review), ..self.clone() } == *other
    }
}

/// Two reviews count as equal only if they are the same allocation, which is quick to compare. For apps, [`Card`] then
/// compares their values.
impl PartialEq for ReviewCardProps {
    fn eq(&self, other: &Self) -> bool {
        let look = |props: &Self| {
            (props.variant, props.open, props.heading_level, props.hide, props.microformats, props.first)
        };
        Rc::ptr_eq(&self.review, &other.review)
            && look(self) == look(other)
            && self.lang == other.lang
            && self.ontoggle == other.ontoggle
            && self.onselect == other.onselect
    }
}

/// The card for any surface. Apps use [`ReviewCard`].
///
/// It is a struct component, because a function component would add the code for hooks, and it uses none.
#[derive(Debug)]
pub struct Card<S>(PhantomData<S>);

/// One review as a card. Its style sheet is `review-card.css` of the release.
///
/// A card is drawn again only if its properties have changed. Reviews are compared by value, so an app may read the same
/// file again; callbacks are compared by identity, so keep them with `use_callback`.
///
/// ```
/// use std::rc::Rc;
/// use review_card::{Review, ReviewCard, Variant};
/// use yew::prelude::*;
///
/// #[component]
/// fn Page() -> Html {
///     let review = Rc::new(Review { title: "Dark Star".into(), ..Review::default() });
///     let ontoggle = use_callback((), |is_open: bool, ()| { /* … */ });
///     html! { <ReviewCard {review} variant={Variant::Card} {ontoggle} /> }
/// }
/// ```
pub type ReviewCard = Card<App>;

impl<S: Surface> Component for Card<S> {
    type Message = ();
    type Properties = ReviewCardProps;

    fn create(_: &Context<Self>) -> Self {
        Self(PhantomData)
    }

    fn changed(&mut self, context: &Context<Self>, before: &ReviewCardProps) -> bool {
        !S::APP || !context.props().is_same(before)
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let props = context.props();
        card(props, &CardContext::<S>::new(props)).into()
    }
}

pub(super) fn card(props: &ReviewCardProps, context: &CardContext<impl Surface>) -> Tag {
    let review = &*props.review;
    let whole = props.variant != Variant::Compact;
    let picture = if whole { image::figure(review, context) } else { None };
    let mut class = props.variant.class().to_owned();
    if picture.is_some() {
        class.push_str(" review-card--pictured");
    }
    let (facts, rest) = if whole {
        (
            vec![
                rating::rating(review, context, true),
                aspects::aspects(review, context),
                notes::notes(review, context),
            ],
            vec![
                body::body(props, context),
                history::history(review, context),
                links::links(review, context),
                author::authors(review, context),
                related::related(review, context),
                related::opinions(review, context),
                sequence::sequence(review, context),
            ],
        )
    } else {
        let opened = if context.in_list() == InList::No { None } else { body::body(props, context) };
        (vec![rating::rating(review, context, false)], vec![opened])
    };
    let layout = tag("div", "layout")
        .child(header::header(review, context, whole))
        .maybe(picture)
        .maybe(group("facts", facts))
        .maybe(group("rest", rest));
    bare("article")
        .class(class)
        .part("card", context)
        .maybe_attr(Attribute::Lang, review.lang.clone())
        .microformat("h-review", context)
        .child(layout)
}

/// Returns what a closed card of a static list shows inside its `<details>`.
pub(super) fn when_open(review: &Review, context: &CardContext<impl Surface>) -> Vec<Option<Html>> {
    vec![
        context.measure(review).and_then(|of| measure::measure(of, context)).map(Html::from),
        aspects::aspects(review, context),
        notes::notes(review, context),
        history::history(review, context),
        links::links(review, context),
        author::authors(review, context),
        related::related(review, context),
        related::opinions(review, context),
        sequence::sequence(review, context),
    ]
}

/// Wraps the parts in a box, or returns `None` if there are none.
pub(super) fn group(noun: &'static str, parts: Vec<Option<Html>>) -> Option<Tag> {
    parts.iter().any(Option::is_some).then(|| tag("div", noun).children(parts.into_iter().flatten()))
}

//! A review in a list: a small card while it is closed, a whole card once it is open.

use std::marker::PhantomData;
use std::rc::Rc;

use yew::prelude::*;

use super::super::card::card;
use super::super::tag::Attribute;
use super::super::{CardContext, HeadingLevel, InList, Part, Parts, ReviewCardProps, Surface, Variant};
use super::Item;
use super::highlight::mark;
use crate::collection::{Ratings, Search};
use crate::model::{Body, Review};

/// The parts that only an open card in a list shows.
const WHEN_OPEN: [Part; 11] = [
    Part::Measure,
    Part::Pros,
    Part::Cons,
    Part::Aspects,
    Part::Author,
    Part::History,
    Part::Links,
    Part::Related,
    Part::Opinions,
    Part::Previous,
    Part::Next,
];

/// The data that a card gets from its live list.
#[derive(Clone, Debug)]
pub(super) struct InLive {
    /// The number of reviews shown, once it is known.
    pub(super) total: Option<u32>,
    /// The search whose words are highlighted.
    pub(super) search: Rc<Search>,
    /// All ratings of the list, once they are known.
    pub(super) ratings: Option<Rc<Ratings>>,
}

/// Two searches count as equal only if they are the same allocation.
impl PartialEq for InLive {
    fn eq(&self, other: &Self) -> bool {
        self.total == other.total
            && Rc::ptr_eq(&self.search, &other.search)
            && self.ratings.is_some() == other.ratings.is_some()
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct ListItemProps {
    pub(super) item: Item,
    pub(super) variant: Variant,
    pub(super) heading_level: HeadingLevel,
    pub(super) hide: Parts,
    pub(super) lang: AttrValue,
    pub(super) live: Option<InLive>,
    pub(super) microformats: bool,
    pub(super) ontoggle: Option<Callback<(Rc<Review>, bool)>>,
    pub(super) onselect: Option<Callback<Rc<Review>>>,
}

impl ListItemProps {
    /// Returns whether two cards look the same, as in a card of its own.
    fn is_same(&self, other: &Self) -> bool {
        let review = Rc::clone(&other.item.review);
        *self.item.review == *review
            && Self { item: Item { review, ..self.item.clone() }, ..self.clone() } == *other
    }
}

/// One card of a list. It is a component of its own, so that unchanged cards are not rendered again.
pub(super) struct ListItem<S>(PhantomData<S>);

impl<S: Surface> Component for ListItem<S> {
    type Message = ();
    type Properties = ListItemProps;

    fn create(_: &Context<Self>) -> Self {
        Self(PhantomData)
    }

    fn changed(&mut self, context: &Context<Self>, before: &ListItemProps) -> bool {
        !S::APP || !context.props().is_same(before)
    }

    fn view(&self, context: &Context<Self>) -> Html {
        item::<S>(context.props())
    }
}

fn item<S: Surface>(props: &ListItemProps) -> Html {
    let Item { review, at, open, .. } = &props.item;
    let hide = if *open { props.hide } else { WHEN_OPEN.into_iter().fold(props.hide, Parts::with) };
    let of = ReviewCardProps {
        review: review.clone(),
        variant: if *open || props.variant == Variant::Full { Variant::Card } else { props.variant },
        open: *open,
        heading_level: props.heading_level,
        hide,
        lang: props.lang.clone(),
        microformats: props.microformats,
        first: false,
        ontoggle: if S::APP { toggle_of(props) } else { None },
        onselect: if S::APP { props.onselect.clone() } else { None },
    };
    let ratings = props.live.as_ref().and_then(|live| live.ratings.as_ref());
    let mut context = CardContext::<S>::new(&of);
    context.in_list = if props.live.is_some() { InList::Folded } else { InList::Whole };
    context.measure = if *open { ratings.and_then(|ratings| ratings.measure(review)) } else { None };
    context.has_more = has_more(review, props.variant, props.hide);
    context.hide_open = props.hide;
    let mut card = card(&of, &context).also("review-list__item");
    if *open {
        card = card.also("review-list__item--open");
    }
    match props.item.span {
        2 => card = card.also("review-list__item--wide review-list__item--2"),
        3 => card = card.also("review-list__item--wide review-list__item--3"),
        4 => card = card.also("review-list__item--wide review-list__item--4"),
        _ => {}
    }
    let Some(live) = &props.live else { return card.into() };
    // The card gets a tab stop if it contains no other.
    let has_stop = (review.url.is_some() && context.shows(Part::Title))
        || context.more().is_some()
        || (review.body != Body::Empty && context.shows(Part::Body) && context.shows(Part::Toggle));
    let total = live.total.map_or_else(|| "-1".to_owned(), |total| total.to_string());
    let mut html = card
        .attr(Attribute::Tabindex, if has_stop { "-1" } else { "0" })
        .attr(Attribute::AriaPosinset, (at + 1).to_string())
        .attr(Attribute::AriaSetsize, total)
        .attr(Attribute::AriaLabel, review.title.clone())
        .into();
    if !live.search.is_empty() {
        mark(&mut html, &live.search);
    }
    html
}

/// Returns the list's callback for this card's review.
fn toggle_of(props: &ListItemProps) -> Option<Callback<bool>> {
    let review = Rc::clone(&props.item.review);
    props.ontoggle.as_ref().map(|ontoggle| ontoggle.reform(move |open| (Rc::clone(&review), open)))
}

/// Returns whether an open card shows anything that a closed one of this variant hides, apart from its text.
fn has_more(review: &Review, variant: Variant, hide: Parts) -> bool {
    let when_open = [
        (Part::Measure, review.measure.is_some()),
        (Part::Pros, !review.pros.is_empty()),
        (Part::Cons, !review.cons.is_empty()),
        (Part::Aspects, !review.aspects.is_empty()),
        (Part::Author, !review.authors.is_empty()),
        (Part::History, !review.history.is_empty()),
        (Part::Links, !review.links.is_empty()),
        (Part::Related, !review.related.is_empty()),
        (Part::Opinions, !review.opinions.is_empty()),
        (Part::Previous, review.previous.is_some()),
        (Part::Next, review.next.is_some()),
    ];
    let beyond_compact = [
        (Part::Section, review.section.is_some()),
        (Part::Work, review.work.is_some()),
        (Part::Meta, review.published.is_some() || review.updated.is_some()),
        (
            Part::Image,
            review.image.is_some() || review.work.as_ref().is_some_and(|work| work.image.is_some()),
        ),
    ];
    let beyond_compact = beyond_compact.into_iter().filter(|_| variant == Variant::Compact);
    when_open.into_iter().chain(beyond_compact).any(|(part, is_there)| is_there && !hide.contains(part))
}

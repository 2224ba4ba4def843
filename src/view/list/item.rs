//! A review of a list: a card that is small while it is closed, and whole once it is open.

use yew::prelude::*;

use super::super::card::card;
use super::super::{HeadingLevel, InList, Part, Parts, ReviewCardProps, Setting, Variant};
use super::Item;
use crate::model::Body;

/// What a closed card in a list leaves out, for the open one to show.
const WHEN_OPEN: [Part; 8] = [
    Part::Pros,
    Part::Cons,
    Part::Aspects,
    Part::Author,
    Part::Related,
    Part::Opinions,
    Part::Previous,
    Part::Next,
];

#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct ListItemProps {
    pub(super) item: Item,
    pub(super) variant: Variant,
    pub(super) heading_level: HeadingLevel,
    pub(super) hide: Parts,
    pub(super) lang: AttrValue,
    /// How many reviews the list has, in a live one; there it may be unknown.
    pub(super) total: Option<Option<u32>>,
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) microformats: bool,
}

/// One card of a list. A component of its own, so that what has not changed is not drawn again.
#[component]
pub(super) fn ListItem(props: &ListItemProps) -> Html {
    let Item { review, at, open, .. } = &props.item;
    let hide = if *open { props.hide } else { WHEN_OPEN.into_iter().fold(props.hide, Parts::with) };
    let of = ReviewCardProps {
        review: review.clone(),
        variant: if *open { Variant::Card } else { props.variant },
        open: *open,
        heading_level: props.heading_level,
        hide,
        lang: props.lang.clone(),
        #[cfg(not(target_arch = "wasm32"))]
        microformats: props.microformats,
        #[cfg(not(target_arch = "wasm32"))]
        first: false,
    };
    let mut setting = Setting::new(&of);
    setting.in_list = if props.total.is_some() { InList::Folded } else { InList::Whole };
    let mut card = card(&of, &setting).also("review-list__item");
    if *open {
        card = card.also("review-list__item--open");
    }
    if let Some(total) = props.total {
        // Where there is nothing else to come to by the keyboard, one comes to the card.
        let has_stop = (review.url.is_some() && setting.shows(Part::Title))
            || (review.body != Body::Empty && setting.shows(Part::Body));
        card = card
            .set("tabindex", if has_stop { "-1" } else { "0" })
            .set_text("aria-posinset", (at + 1).to_string())
            .set_text("aria-setsize", total.map_or_else(|| "-1".to_owned(), |total| total.to_string()))
            .set_text("aria-label", review.title.clone());
    }
    card.into()
}

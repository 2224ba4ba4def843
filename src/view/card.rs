//! The card: which parts there are, and in what order they are read.

use std::rc::Rc;

use yew::prelude::*;

use super::{Part, Parts, Setting, aspects, author, body, header, image, notes, rating, related, sequence};
use crate::model::{Body, Review};

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
#[derive(Clone, Debug, PartialEq, Properties)]
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
}

/// One review as a card. Its sheet is `dist/review-card.css`.
#[component]
pub fn ReviewCard(props: &ReviewCardProps) -> Html {
    let review = &*props.review;
    let setting = Setting::new(props);
    let shows = |part, variant_has_it: bool| variant_has_it && setting.shows(part);
    let whole = props.variant != Variant::Compact;
    let picture = review.image.as_ref().or(review.work.as_ref().and_then(|work| work.image.as_ref()));
    let picture = picture.filter(|_| shows(Part::Image, whole)).and_then(image::image);
    let facts = [
        review.rating.as_ref().filter(|_| setting.shows(Part::Rating)).map(|r| rating::rating(r, &setting)),
        Some(&review.aspects).filter(|a| shows(Part::Aspects, whole && !a.is_empty())).map(|a| aspects::aspects(a, &setting)),
        Some(notes::notes(review, &setting)).flatten().filter(|_| whole),
    ];
    let rest = [
        Some(()).filter(|()| shows(Part::Body, whole && review.body != Body::Empty)).map(|()| body::body(props, &setting)),
        Some(()).filter(|()| shows(Part::Author, whole)).and_then(|()| author::authors(review, &setting)),
        Some(()).filter(|()| shows(Part::Related, whole && !review.related.is_empty())).map(|()| related::related(review, &setting)),
        Some(()).filter(|()| whole).and_then(|()| sequence::sequence(review, &setting)),
    ];
    let pictured = picture.is_some().then_some("review-card--pictured");
    html! {
        <article class={classes!(props.variant.class(), pictured)} part="card" lang={review.lang.clone()}>
            <div class="review-card__layout">
                { header::header(review, &setting) }
                { picture }
                { group("review-card__facts", facts) }
                { group("review-card__rest", rest) }
            </div>
        </article>
    }
}

/// A box around what there is; none around nothing.
fn group<const N: usize>(class: &'static str, parts: [Option<Html>; N]) -> Html {
    if parts.iter().all(Option::is_none) {
        return Html::default();
    }
    html! { <div {class}>{ for parts.into_iter().flatten() }</div> }
}

//! The places to watch, buy, book or read the work.

use yew::prelude::*;

use super::tag::{Attribute, bare, part, tag};
use super::{CardContext, Part, Surface, anchor, link, wrap};
use crate::model::{Offer, Review};

pub(super) fn links(review: &Review, context: &CardContext<impl Surface>) -> Option<Html> {
    if review.links.is_empty() || !context.shows(Part::Links) {
        return None;
    }
    let list = bare("ul").children(review.links.iter().map(|offer| item(offer, context)));
    Some(part("section", "links", context).child(context.heading(context.strings.links)).child(list).into())
}

/// Marks paid links for visitors and search engines.
fn item(offer: &Offer, context: &CardContext<impl Surface>) -> Html {
    let name = bare("bdi").text(offer.title.clone());
    let item = bare("li");
    if !offer.sponsored {
        return item.child(link(offer.url.as_deref(), name)).into();
    }
    let anchor = anchor(offer.url.as_deref()).map(|anchor| anchor.attr(Attribute::Rel, "sponsored nofollow"));
    let sponsored = tag("span", "sponsored").lang(context.strings_lang).text(context.strings.sponsored);
    item.child(wrap(name.into(), anchor)).text(" ").child(sponsored).into()
}

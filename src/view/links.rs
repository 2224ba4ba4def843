//! The places to watch, buy, book or read the work.

use yew::prelude::*;

use super::tag::{bare, part, tag};
use super::{Part, Setting, Surface, anchor, around, link};
use crate::model::{Offer, Review};

pub(super) fn links(review: &Review, setting: &Setting<impl Surface>) -> Option<Html> {
    if review.links.is_empty() || !setting.shows(Part::Links) {
        return None;
    }
    let list = bare("ul").children(review.links.iter().map(|offer| item(offer, setting)));
    Some(part("section", "links", setting).child(setting.heading(setting.words.links)).child(list).into())
}

/// Marks paid links for visitors and search engines.
fn item(offer: &Offer, setting: &Setting<impl Surface>) -> Html {
    let name = bare("bdi").words(offer.title.clone());
    let item = bare("li");
    if !offer.sponsored {
        return item.child(link(offer.url.as_deref(), name)).into();
    }
    let anchor = anchor(offer.url.as_deref()).map(|anchor| anchor.set("rel", "sponsored nofollow"));
    let sponsored = tag("span", "sponsored").lang(setting.words_lang).words(setting.words.sponsored);
    item.child(around(name.into(), anchor)).words(" ").child(sponsored).into()
}

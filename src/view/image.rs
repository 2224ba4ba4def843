//! Pictures. Their space is reserved before they load, and they load when they are near the viewport. The first picture
//! of a page has priority.

use yew::prelude::*;

use super::tag::{Tag, part, tag};
use super::{Part, Setting, Surface};
use crate::model::{Image, Review};
use crate::rich_text::url::{self, Use};

/// Returns the review's picture, or else that of its work.
pub(super) fn figure(review: &Review, setting: &Setting<impl Surface>) -> Option<Html> {
    let image = review.image.as_ref().or(review.work.as_ref().and_then(|work| work.image.as_ref()))?;
    if !setting.shows(Part::Image) {
        return None;
    }
    let mut figure = part("figure", "image", setting);
    if let (Some(width), Some(height)) = (image.width, image.height)
        && width > height
    {
        figure = figure.class("review-card__image review-card__image--wide".into());
    }
    let caption = image.caption.as_ref().map(|caption| tag("figcaption", "caption").text(caption));
    Some(figure.child(picture(image, "picture", setting)?).maybe(caption).into())
}

/// Returns the `<img>`, or `None` if its address may not be loaded. Without an alternative text it is decorative.
pub(super) fn picture(image: &Image, noun: &'static str, setting: &Setting<impl Surface>) -> Option<Tag> {
    let src = url::resolve(&image.src, None, Use::Image)?;
    let pixels = |pixels: Option<u32>| pixels.map(|pixels| pixels.to_string());
    let img = tag("img", noun);
    let img = if setting.first() && noun == "picture" {
        img.with_more_names().set("fetchpriority", "high")
    } else {
        img.set("loading", "lazy")
    };
    Some(
        img.microformat(if noun == "thumbnail" { "" } else { "u-photo" }, setting)
            .set_text("src", src)
            .set_text("alt", image.alt.clone().unwrap_or_default())
            .set_some("width", pixels(image.width))
            .set_some("height", pixels(image.height))
            .set("decoding", "async"),
    )
}

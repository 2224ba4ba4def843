//! Pictures. Their space is reserved before they load, and they load when they are near the viewport. The first picture
//! of a page has priority.

use yew::prelude::*;

use super::tag::{Attribute, Tag, part, tag};
use super::{CardContext, Part, Surface};
use crate::model::{Image, Review};
use crate::rich_text::url::{self, Use};

/// Returns the review's picture, or else that of its work.
pub(super) fn figure(review: &Review, context: &CardContext<impl Surface>) -> Option<Html> {
    let image = review.image.as_ref().or(review.work.as_ref().and_then(|work| work.image.as_ref()))?;
    if !context.shows(Part::Image) {
        return None;
    }
    let mut figure = part("figure", "image", context);
    if let (Some(width), Some(height)) = (image.width, image.height)
        && width > height
    {
        figure = figure.class("review-card__image review-card__image--wide".into());
    }
    let caption = image.caption.as_ref().map(|caption| tag("figcaption", "caption").author_text(caption));
    Some(figure.child(picture(image, "picture", context)?).maybe(caption).into())
}

/// Returns the `<img>`, or `None` if its address may not be loaded. Without an alternative text it is decorative.
pub(super) fn picture(image: &Image, noun: &'static str, context: &CardContext<impl Surface>) -> Option<Tag> {
    let src = url::resolve(&image.src, None, Use::Image)?;
    let pixels = |pixels: Option<u32>| pixels.map(|pixels| pixels.to_string());
    let img = tag("img", noun);
    let img = if context.first() && noun == "picture" {
        img.attr(Attribute::Fetchpriority, "high")
    } else {
        img.attr(Attribute::Loading, "lazy")
    };
    Some(
        img.microformat(if noun == "thumbnail" { "" } else { "u-photo" }, context)
            .attr(Attribute::Src, src)
            .attr(Attribute::Alt, image.alt.clone().unwrap_or_default())
            .maybe_attr(Attribute::Width, pixels(image.width))
            .maybe_attr(Attribute::Height, pixels(image.height))
            .attr(Attribute::Decoding, "async"),
    )
}

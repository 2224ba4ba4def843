//! Pictures: their place is kept before they come, and they come when they are near.

use yew::prelude::*;

use crate::model::Image;
use crate::rich_text::url::{self, Use};

/// The card's picture. Without an alternative text it is decoration.
pub(super) fn image(image: &Image) -> Option<Html> {
    let caption = image.caption.as_ref().map(|caption| {
        html! { <figcaption class="review-card__caption" dir="auto">{ caption.clone() }</figcaption> }
    });
    let shape = match (image.width, image.height) {
        (Some(width), Some(height)) if width > height => "review-card__image review-card__image--wide",
        _ => "review-card__image",
    };
    let picture = picture(image, "review-card__picture")?;
    Some(html! { <figure class={shape} part="image">{ picture }{ caption }</figure> })
}

/// The `<img>` alone; none where its address may not be loaded.
pub(super) fn picture(image: &Image, class: &'static str) -> Option<Html> {
    let src = url::resolve(&image.src, None, Use::Image)?;
    let pixels = |pixels: Option<u32>| pixels.map(|pixels| pixels.to_string());
    Some(html! {
        <img {class} {src} alt={image.alt.clone().unwrap_or_default()} width={pixels(image.width)}
            height={pixels(image.height)} loading="lazy" decoding="async" />
    })
}

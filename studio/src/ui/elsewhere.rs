//! Previews of the review in other places: as a list row, as a search result, as a link preview.

use review_card::Variant;
use review_card::model::{Image, Mark, Review};
use review_card::rich_text::url::{self, Use};
use yew::prelude::*;

use super::desk::Desk;
use super::proof::Proof;
use super::see::Looks;
use crate::search::{self, Lack};

#[derive(PartialEq, Properties)]
pub(super) struct ElsewhereProps {
    pub(super) desk: Desk,
    pub(super) looks: Looks,
    pub(super) css: AttrValue,
}

/// Renders the three previews.
#[component]
pub(super) fn Elsewhere(props: &ElsewhereProps) -> Html {
    let ElsewhereProps { desk, looks, css } = props;
    let words = desk.words;
    let Some(review) = &desk.reading.review else { return Html::default() };
    html! {
        <div class="elsewhere">
            <section>
                <h2>{ words.row }</h2>
                <Proof review={review.clone()} in_list=true variant={Variant::Compact} lang={words.tag} scheme={looks.scheme()} {css} />
            </section>
            <section>
                <h2>{ words.search_result }</h2>
                { result(desk, review) }
            </section>
            <section>
                <h2>{ words.link_card }</h2>
                { link_card(desk, review) }
            </section>
        </div>
    }
}

fn result(desk: &Desk, review: &Review) -> Html {
    let words = desk.words;
    let lacks = search::lacks(review);
    let stars = match review.rating.as_ref().map(|rating| &rating.mark) {
        Some(mark @ (Mark::Score(_) | Mark::Percent(_))) if lacks.is_empty() => {
            let card = review_card::text::Language::of(words.tag).words();
            Some(card.spoken(mark))
        }
        _ => None,
    };
    let lack = |lack: &Lack| {
        let needs = match lack {
            Lack::Author => words.lack_author,
            Lack::Rating => words.lack_rating,
            Lack::Scale => words.lack_scale,
            Lack::Work => words.lack_work,
            Lack::Kind => words.lack_kind,
        };
        html! { <li>{ needs }</li> }
    };
    let author = review.authors.first().map(|author| author.name.as_str());
    html! {
        <>
            <div class="result" dir="auto">
                <p class="site">{ host_of(review).unwrap_or_else(|| words.your_site.to_owned()) }</p>
                <p class="name">{ &review.title }</p>
                if let Some(stars) = stars {
                    <p class="snippet">{ "★ " }{ stars }{ for author.map(|name| format!(" · {name}")) }</p>
                }
                <p>{ for review.verdict.clone() }</p>
            </div>
            if lacks.is_empty() {
                <p class="verdict-well">{ words.complete }</p>
            } else {
                <p>{ words.lacking }</p>
                <ul class="lacks">{ for lacks.iter().map(lack) }</ul>
            }
        </>
    }
}

fn link_card(desk: &Desk, review: &Review) -> Html {
    let words = desk.words;
    let image = review.image.as_ref().or(review.work.as_ref().and_then(|work| work.image.as_ref()));
    let picture = image
        .and_then(|image: &Image| Some((url::resolve(&image.src, None, Use::Image)?, image.alt.clone())));
    html! {
        <div class="link-card" dir="auto">
            if let Some((src, alt)) = picture {
                <img {src} alt={alt.unwrap_or_default()} loading="lazy" />
            } else {
                <p class="none">{ words.no_image }</p>
            }
            <div>
                <p class="site">{ host_of(review).unwrap_or_else(|| words.your_site.to_owned()) }</p>
                <p class="name">{ &review.title }</p>
                <p>{ for review.verdict.clone() }</p>
            </div>
        </div>
    }
}

/// Returns the host of the review's own URL.
fn host_of(review: &Review) -> Option<String> {
    let address = url::resolve(review.url.as_deref()?, None, Use::Link)?;
    let (_, rest) = address.split_once("://")?;
    Some(rest.split('/').next().unwrap_or(rest).to_owned())
}

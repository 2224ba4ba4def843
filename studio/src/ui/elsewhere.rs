//! Previews of the review in other places: as a list row, as a search result, as a link preview.

use review_card::Variant;
use review_card::model::{Image, Mark, Review};
use review_card::rich_text::url::{self, Use};
use yew::prelude::*;

use super::card_preview::CardPreview;
use super::editor::Editor;
use super::preview::Looks;
use crate::search::{self, Lack};

#[derive(PartialEq, Properties)]
pub(super) struct ElsewhereProps {
    pub(super) editor: Editor,
    pub(super) looks: Looks,
    pub(super) css: AttrValue,
}

/// Renders the three previews.
#[component]
pub(super) fn Elsewhere(props: &ElsewhereProps) -> Html {
    let ElsewhereProps { editor, looks, css } = props;
    let strings = editor.strings;
    let Some(review) = &editor.reading.review else { return Html::default() };
    html! {
        <div class="elsewhere">
            <section>
                <h2>{ strings.row }</h2>
                <CardPreview review={review.clone()} in_list=true variant={Variant::Compact} lang={strings.tag} scheme={looks.scheme()} {css} />
            </section>
            <section>
                <h2>{ strings.search_result }</h2>
                { result(editor, review) }
            </section>
            <section>
                <h2>{ strings.link_card }</h2>
                { link_card(editor, review) }
            </section>
        </div>
    }
}

fn result(editor: &Editor, review: &Review) -> Html {
    let strings = editor.strings;
    let lacks = search::lacks(review);
    let stars = match review.rating.as_ref().map(|rating| &rating.mark) {
        Some(mark @ (Mark::Score(_) | Mark::Percent(_))) if lacks.is_empty() => {
            let card = review_card::text::Language::of(strings.tag).strings();
            Some(card.spoken(mark))
        }
        _ => None,
    };
    let lack = |lack: &Lack| {
        let needs = match lack {
            Lack::Author => strings.lack_author,
            Lack::Rating => strings.lack_rating,
            Lack::Scale => strings.lack_scale,
            Lack::Work => strings.lack_work,
            Lack::Kind => strings.lack_kind,
        };
        html! { <li>{ needs }</li> }
    };
    let author = review.authors.first().map(|author| author.name.as_str());
    html! {
        <>
            <div class="result" dir="auto">
                <p class="site">{ host_of(review).unwrap_or_else(|| strings.your_site.to_owned()) }</p>
                <p class="name">{ &review.title }</p>
                if let Some(stars) = stars {
                    <p class="snippet">{ "★ " }{ stars }{ for author.map(|name| format!(" · {name}")) }</p>
                }
                <p>{ for review.verdict.clone() }</p>
            </div>
            if lacks.is_empty() {
                <p class="verdict-well">{ strings.complete }</p>
            } else {
                <p>{ strings.lacking }</p>
                <ul class="lacks">{ for lacks.iter().map(lack) }</ul>
            }
        </>
    }
}

fn link_card(editor: &Editor, review: &Review) -> Html {
    let strings = editor.strings;
    let image = review.image.as_ref().or(review.work.as_ref().and_then(|work| work.image.as_ref()));
    let picture = image
        .and_then(|image: &Image| Some((url::resolve(&image.src, None, Use::Image)?, image.alt.clone())));
    html! {
        <div class="link-card" dir="auto">
            if let Some((src, alt)) = picture {
                <img {src} alt={alt.unwrap_or_default()} loading="lazy" />
            } else {
                <p class="none">{ strings.no_image }</p>
            }
            <div>
                <p class="site">{ host_of(review).unwrap_or_else(|| strings.your_site.to_owned()) }</p>
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

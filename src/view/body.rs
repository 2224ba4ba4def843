//! The review itself, behind a toggle that needs no script.
//!
//! A native `<details>` with its words in the document from the start: find-in-page opens it, print shows it, and
//! the static page is the same. The toggle has words for both states; those of the open one are `hidden` until the sheet
//! shows them, so that a reader without styles sees one and not both.

use yew::prelude::*;

use super::card::{group, when_open};
use super::tag::{Tag, bare, part, tag};
use super::{InList, Part, ReviewCardProps, Setting, Surface, Variant, rich};
use crate::model::Body;

/// Words a minute, the usual measure for reading prose on a screen.
const WORDS_A_MINUTE: usize = 230;

pub(super) fn body<S: Surface>(props: &ReviewCardProps, setting: &Setting<S>) -> Option<Html> {
    if !setting.shows(Part::Body) || props.review.body == Body::Empty {
        return Some(details(props, setting, tag("span", "more").words(setting.more()?), None));
    }
    let folded = setting.in_list() == InList::Folded && !props.open;
    if folded && !setting.shows(Part::Toggle) {
        return None;
    }
    let (children, words): (Vec<Html>, usize) = match &props.review.body {
        Body::Html { html, .. } if folded => (Vec::new(), count_html(html)),
        Body::Text(paragraphs) => (
            paragraphs.iter().filter(|_| !folded).map(|text| bare("p").text(text).into()).collect(),
            paragraphs.iter().map(|text| count(text)).sum(),
        ),
        body => {
            let nodes = S::nodes(body);
            let children = if folded { Vec::new() } else { rich::nodes(&nodes, setting) };
            (children, rich::words(&nodes))
        }
    };
    let text = part("div", "body", setting).class("review-card__body review-card__text".into());
    let text = text.microformat("e-content", setting).children(children);
    if props.variant == Variant::Full {
        return Some(text.into());
    }
    if !setting.shows(Part::Toggle) {
        return props.open.then(|| text.into());
    }
    let minutes = [" · ", &setting.words.minutes(minutes(words))].concat();
    let more =
        tag("span", "more").words(setting.words.read_more).child(tag("span", "minutes").words(minutes));
    Some(details(props, setting, more, (!folded).then_some(text)))
}

/// A toggle, and what it shows.
fn details<S: Surface>(props: &ReviewCardProps, setting: &Setting<S>, more: Tag, text: Option<Tag>) -> Html {
    let less = tag("span", "less").set("hidden", "").words(setting.words.show_less);
    let toggle = part("summary", "toggle", setting).lang(setting.words_lang).child(more).child(less);
    let details = tag("details", "details").set_some("open", props.open.then(String::new));
    let details = details.child(toggle).maybe(text);
    if S::STATIC && setting.in_list() == InList::Whole {
        // No script is there to draw the rest of the card once it is open.
        let whole = Setting::<S> { hide: setting.hide_open, ..Setting::new(props) };
        return details.maybe(group("rest", when_open(&props.review, &whole))).into();
    }
    details.into()
}

/// Words of an author's HTML that nobody has parsed yet, about.
fn count_html(html: &str) -> usize {
    let texts = html.split('<').map(|text| text.split_once('>').map_or(text, |(_, text)| text));
    texts.map(count).sum()
}

/// Whole minutes, at least one.
fn minutes(words: usize) -> u32 {
    u32::try_from(words.div_ceil(WORDS_A_MINUTE)).unwrap_or(u32::MAX).max(1)
}

/// Words between spaces; in scripts that write none, two characters are reckoned a word.
pub(super) fn count(text: &str) -> usize {
    let spaced = text.split_ascii_whitespace().count();
    let unspaced =
        text.chars().filter(|c| matches!(c, '\u{E00}'..='\u{E7F}' | '\u{3040}'..='\u{9FFF}')).count();
    spaced.max(unspaced / 2)
}

#[cfg(test)]
mod tests {
    use super::{count, minutes};

    #[test]
    fn reading_time() {
        assert_eq!(count("one two  three\nfour"), 4);
        assert_eq!(count("千と千尋の神隠し"), 4);
        assert_eq!(minutes(0), 1);
        assert_eq!(minutes(230), 1);
        assert_eq!(minutes(231), 2);
    }
}

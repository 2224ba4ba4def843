//! The body of the review, behind a toggle that needs no script.
//!
//! It is a native `<details>` whose text is in the document from the start. So find-in-page opens it, print shows it,
//! and the static page is the same. The toggle contains the labels for both states. The label of the open state is
//! `hidden` until the style sheet shows it, so that visitors without styles see only one.

use yew::prelude::*;

use super::card::{group, when_open};
use super::tag::{Attribute, Tag, bare, part, tag};
use super::{CardContext, InList, Part, ReviewCardProps, Surface, Variant, rich, toggle_listener};
use crate::model::Body;

/// The usual speed of reading prose on a screen, in words per minute.
const WORDS_A_MINUTE: usize = 230;

pub(super) fn body<S: Surface>(props: &ReviewCardProps, context: &CardContext<S>) -> Option<Html> {
    if !context.shows(Part::Body) || props.review.body == Body::Empty {
        return Some(details(props, context, tag("span", "more").text(context.more()?), None));
    }
    let folded = context.in_list() == InList::Folded && !props.open;
    if folded && !context.shows(Part::Toggle) {
        return None;
    }
    let (children, words): (Vec<Html>, usize) = match &props.review.body {
        Body::Html { html, .. } if folded => (Vec::new(), count_html(html)),
        Body::Text(paragraphs) => (
            paragraphs.iter().filter(|_| !folded).map(|text| bare("p").author_text(text).into()).collect(),
            paragraphs.iter().map(|text| count(text)).sum(),
        ),
        body => {
            let nodes = S::nodes(body);
            let children = if folded { Vec::new() } else { rich::nodes(&nodes, context) };
            (children, rich::words(&nodes))
        }
    };
    let text = part("div", "body", context).class("review-card__body review-card__text".into());
    let text = text.microformat("e-content", context).children(children);
    if props.variant == Variant::Full {
        return Some(text.into());
    }
    if !context.shows(Part::Toggle) {
        return props.open.then(|| text.into());
    }
    let minutes = [" · ", &context.strings.minutes(minutes(words))].concat();
    let more =
        tag("span", "more").text(context.strings.read_more).child(tag("span", "minutes").text(minutes));
    Some(details(props, context, more, (!folded).then_some(text)))
}

/// Returns a toggle and the content that it shows.
fn details<S: Surface>(
    props: &ReviewCardProps,
    context: &CardContext<S>,
    more: Tag,
    text: Option<Tag>,
) -> Html {
    let less = tag("span", "less").attr(Attribute::Hidden, "").text(context.strings.show_less);
    let toggle = part("summary", "toggle", context).lang(context.strings_lang).child(more).child(less);
    let details = tag("details", "details").maybe_attr(Attribute::Open, props.open.then(String::new));
    let details = match &props.ontoggle {
        Some(ontoggle) if S::APP => details.listen(toggle_listener(ontoggle.clone())),
        _ => details,
    };
    let details = details.child(toggle).maybe(text);
    if S::STATIC && context.in_list() == InList::Whole {
        // No script will render the rest of the card when it is opened.
        let whole = CardContext::<S> { hide: context.hide_open, ..CardContext::new(props) };
        return details.maybe(group("rest", when_open(&props.review, &whole))).into();
    }
    details.into()
}

/// Returns the approximate number of words in HTML that has not been parsed yet.
fn count_html(html: &str) -> usize {
    let texts = html.split('<').map(|text| text.split_once('>').map_or(text, |(_, text)| text));
    texts.map(count).sum()
}

/// Returns whole minutes, rounded up, at least one.
fn minutes(words: usize) -> u32 {
    u32::try_from(words.div_ceil(WORDS_A_MINUTE)).unwrap_or(u32::MAX).max(1)
}

/// Returns the number of words between spaces. In scripts without spaces, two characters count as a word.
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

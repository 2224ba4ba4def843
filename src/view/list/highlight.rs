//! Highlights search words in the author's text.
//!
//! The author's text is in elements with `dir="auto"`. The card's own strings and the ratings are not searched, so they
//! stay unchanged.

use std::ops::Range;
use std::rc::Rc;

use yew::prelude::*;
use yew::virtual_dom::{VNode, VText};

use super::super::tag::{bare, text_key};
use crate::collection::Search;

/// Wraps the search words in `<mark>`.
pub(super) fn mark(node: &mut Html, search: &Search) {
    within(node, search, false);
}

fn within(node: &mut Html, search: &Search, is_text: bool) {
    match node {
        VNode::VTag(tag) => {
            let tag = Rc::make_mut(tag);
            let (mut is_text, mut is_image) = (is_text, false);
            for (name, value) in tag.attributes.iter() {
                is_text |= name == "dir" && value == "auto";
                is_image |= name == "role" && value == "img";
            }
            if let Some(children) = tag.children_mut().filter(|_| !is_image) {
                within(children, search, is_text);
                let key = text_key(std::slice::from_ref(children));
                if key.is_some() {
                    tag.key = key;
                }
            }
        }
        VNode::VList(list) => {
            Rc::make_mut(list).iter_mut().for_each(|child| within(child, search, is_text));
        }
        VNode::VText(text) if is_text => {
            let marks = search.marks(&text.text);
            if !marks.is_empty() {
                *node = parts(text, &marks).into_iter().collect();
            }
        }
        _ => {}
    }
}

fn parts(text: &VText, marks: &[Range<usize>]) -> Vec<Html> {
    let piece = |range: Range<usize>| text.text.get(range).unwrap_or_default().to_owned();
    let mut parts = Vec::new();
    let mut done = 0;
    for Range { start, end } in marks {
        parts.push(Html::from(piece(done..*start)));
        parts.push(bare("mark").text(piece(*start..*end)).into());
        done = *end;
    }
    parts.push(Html::from(piece(done..text.text.len())));
    parts
}

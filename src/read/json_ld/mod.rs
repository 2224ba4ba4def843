//! schema.org's [`Review`](https://schema.org/Review) in [JSON-LD](https://www.w3.org/TR/json-ld11/), as sites carry it for
//! search engines.
//!
//! 1. [`graph`] goes over the document once: reviews wherever they stand, the items that carry them, and what `@id`s name.
//! 2. [`review`] makes a review of each, with what stands in or behind its members ([`thing`]), and of its item a [`work`].
//!
//! What an `@id` names may be said in several objects, in several blocks: a thing is all that they say.
//!
//! A member may be text, an object, a reference or an array of these: the first that says something counts. Members are
//! named as in schema.org, whatever the `@context`: `http` or `https`, with or without a slash, text, object or array.
//!
//! Not supported: other vocabularies, keys that a `@context` renames, keys that are whole addresses (the expanded form),
//! `@reverse`, `@included`, documents that a reference leads to. Of several `aggregateRating`s the first is the collection's.
//!
//! Text is plain text in the vocabulary, and often HTML on sites: character references are decoded, tags are read in a body and left out
//! of a verdict.

mod graph;
mod review;
mod thing;
mod work;

use std::rc::Rc;

use super::field::{Field, found};
use super::plain::{MAX_REVIEWS, tell_too_many};
use super::review_id;
use crate::json::Json;
use crate::model::{Collection, Review};
use graph::{Graph, types};

/// How many types a message names where none is a review.
const MAX_KINDS: usize = 5;

pub(super) fn read(root: &Field) -> Collection {
    let graph = Graph::of(root);
    if graph.is_empty() {
        let kinds = kinds(root);
        let found = if kinds.is_empty() { found(root.value) } else { kinds.join(", ") };
        root.tell(&["expected a schema.org Review, or an item with a review, found ", &found]);
    }
    let mut collection = Collection::default();
    for found in graph.reviews(root.report()) {
        if collection.reviews.len() == MAX_REVIEWS {
            tell_too_many(root);
            break;
        }
        if graph.shared.is_used_up() || !root.has_room(size_of::<Review>()) {
            break;
        }
        collection.reviews.extend(review::read(&found).map(Rc::new));
    }
    review_id::tell_apart(&mut collection.reviews);
    collection.aggregate = graph.aggregate(root.report()).and_then(|thing| review::aggregate(&thing));
    collection
}

/// The first types of what the document is about.
fn kinds<'a>(root: &Field<'a>) -> Vec<&'a str> {
    let things = root.value.get("@graph").unwrap_or(root.value);
    let things = if let Json::List(things) = things { things } else { std::slice::from_ref(things) };
    let mut kinds = Vec::new();
    for kind in things.iter().flat_map(types).take(MAX_KINDS) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds
}

//! schema.org's [`Review`](https://schema.org/Review) in [JSON-LD](https://www.w3.org/TR/json-ld11/), as sites carry it for
//! search engines.
//!
//! 1. [`graph`] goes over the document once: reviews wherever they stand, the items that carry them, and what `@id`s name.
//! 2. [`review`] makes a review of each, with what stands in or behind its members ([`thing`]), and of its item a [`work`].
//!
//! A member may be text, an object, a reference or an array of these: the first that says something counts. Members are
//! named as in schema.org, whatever the `@context`: `http` or `https`, with or without a slash, text, object or array.
//!
//! Not supported: other vocabularies, keys that a `@context` renames, keys that are whole addresses (the expanded form),
//! `@reverse`, `@included`, documents that a reference leads to, HTML character references in text. Of several
//! `aggregateRating`s the first is the collection's.

mod graph;
mod review;
mod thing;
mod work;

use std::rc::Rc;

use super::field::Field;
use super::plain::{MAX_REVIEWS, tell_too_many};
use super::review_id;
use crate::model::Collection;
use graph::Graph;

pub(super) fn read(root: &Field) -> Collection {
    let graph = Graph::of(root.value);
    let mut collection = Collection::default();
    for candidate in graph.reviews() {
        if collection.reviews.len() == MAX_REVIEWS {
            tell_too_many(root);
            break;
        }
        let found = candidate.thing(&graph, root.report());
        collection.reviews.extend(review::read(&found).map(Rc::new));
    }
    review_id::tell_apart(&mut collection.reviews);
    collection.aggregate = graph.aggregate(root.report()).and_then(|thing| review::aggregate(&thing));
    collection
}

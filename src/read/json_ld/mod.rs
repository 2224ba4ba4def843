//! Reads schema.org's [`Review`](https://schema.org/Review) in [JSON-LD](https://www.w3.org/TR/json-ld11/), as sites
//! embed it for search engines.
//!
//! 1. [`graph`] walks over the document once. It finds all reviews, the items that contain them, and the objects that
//!    `@id`s name.
//! 2. [`review`] reads each review, whose members may be written in several ways ([`thing`]), and its item as a
//!    [`work`].
//!
//! Several objects, in several blocks, may have the same `@id`. They are parts of one thing.
//!
//! A member may be text, an object, a reference or an array of these; the first that has a usable value counts. Members
//! are named as in schema.org, whatever the `@context` is: `http` or `https`, with or without a final slash, text,
//! object or array.
//!
//! Not supported: other vocabularies, keys that a `@context` renames, keys that are full URLs (the expanded form),
//! `@reverse`, `@included`, documents that a reference leads to. The first `aggregateRating` is that of the collection.
//!
//! Text is plain text in the vocabulary, but often HTML on sites. Character references are decoded. Tags are kept in a
//! body and removed from a verdict.

mod graph;
mod review;
mod thing;
mod work;

use std::rc::Rc;

use super::field::Field;
use super::messages::found;
use super::pausing::{at_once, pause};
use super::plain::{MAX_REVIEWS, tell_too_many};
use super::review_id;
use crate::json::Json;
use crate::model::{Collection, Review};
use graph::{Graph, types};

/// The maximum number of types that a message names if none is a review.
const MAX_KINDS: usize = 5;

pub(super) fn read(root: &Field) -> Collection {
    at_once(read_in_steps(root))
}

/// Like [`read`], with pauses in the walk and after each review.
pub(super) async fn read_in_steps(root: &Field<'_>) -> Collection {
    let graph = Graph::of(root).await;
    if graph.is_empty() {
        let kinds = kinds(root);
        let found = if kinds.is_empty() { found(root.value) } else { kinds.join(", ") };
        root.problem(&["expected a schema.org Review, or an item with a review, found ", &found]);
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
        pause().await;
    }
    review_id::tell_apart(&mut collection.reviews);
    collection.aggregate = graph.aggregate(root.report()).and_then(|thing| review::aggregate(&thing));
    collection
}

/// Returns the first types of the document's top-level objects, each once.
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

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use super::super::pausing::step;
    use super::super::report::Report;
    use super::{Field, read_in_steps};
    use crate::json::parse;

    #[test]
    fn the_walk_pauses_after_a_thousand_values() {
        let json =
            format!(r#"{{ "@type": "Review", "name": "A", "keywords": ["b"{}] }}"#, ", 0".repeat(10_000));
        let document = parse(json.as_bytes()).unwrap();
        let report = Report::new(None, usize::MAX);
        let root = Field::root(&document, &report);
        let mut work = pin!(read_in_steps(&root));
        let mut pauses = 0;
        let collection = loop {
            match step(work.as_mut()) {
                Some(collection) => break collection,
                None => pauses += 1,
            }
        };
        // And one after the review.
        assert_eq!((pauses, collection.reviews.len()), (11, 1));
    }
}

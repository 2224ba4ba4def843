//! The walk over a document. It goes down the tree, and follows no reference.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

use super::super::super::field::Field;
use super::super::super::pausing::pause;
use super::{Graph, Place, id, is_review, page, reference, types};
use crate::json::Json;
use crate::steps;

/// The number of values in a step.
const STEP: usize = 1000;
/// The bytes that a place takes of a document's memory, with the tables that contain it.
const PLACE: usize = 200;
/// The maximum length of a path in problems, and of a key in it, in characters.
const MAX_PATH: usize = 300;
const MAX_KEY: usize = 40;
/// The maximum number of objects that are merged for one `@id`. Later ones stand alone.
const MAX_PIECES: usize = 64;

/// Returns the graph with all places of a document. Also maps the `@id` of a review to the item that refers to it. Pauses
/// after some values.
pub(super) async fn over<'a>(root: &Field<'a>, graph: Graph<'a>) -> (Graph<'a>, HashMap<&'a str, usize>) {
    let mut walk = Walk { graph, carried: HashMap::new(), root: *root, walked: 0 };
    walk.value(root.value, &mut String::new(), None).await;
    (walk.graph, walk.carried)
}

struct Walk<'a> {
    graph: Graph<'a>,
    /// Maps the `@id` of a review to the item that refers to it.
    carried: HashMap<&'a str, usize>,
    root: Field<'a>,
    /// The number of values since the last pause.
    walked: usize,
}

impl<'a> Walk<'a> {
    /// Walks over a value and returns its size. `carrier` is the object whose `review` it is.
    fn value<'b>(
        &'b mut self,
        value: &'a Json,
        path: &'b mut String,
        carrier: Option<usize>,
    ) -> Pin<Box<dyn Future<Output = usize> + 'b>> {
        Box::pin(async move {
            let length = path.len();
            steps::count(1 + length);
            self.walked += 1;
            if self.walked == STEP {
                self.walked = 0;
                pause().await;
            }
            match value {
                Json::List(items) => {
                    let mut size = 1;
                    for (index, item) in items.iter().enumerate() {
                        step(path, &["[", &index.to_string(), "]"]);
                        size += self.value(item, path, carrier).await;
                        path.truncate(length);
                    }
                    size
                }
                Json::Object(members) => {
                    let mut object = self.begin(value, members, path, carrier);
                    for (key, member) in members {
                        let reviews = self.enter(key, member, path);
                        let size = self.value(member, path, object.place.filter(|_| carries(key))).await;
                        self.leave(key, size, reviews, &mut object);
                        path.truncate(length);
                    }
                    self.end(&object)
                }
                Json::Text(text) => {
                    self.carry(text, carrier);
                    1 + text.len()
                }
                _ => 1,
            }
        })
    }

    /// Keeps what an object says of itself.
    fn begin(
        &mut self,
        value: &'a Json,
        members: &'a [(String, Json)],
        path: &str,
        carrier: Option<usize>,
    ) -> Object {
        let refers = reference(value);
        if let Some(id) = refers {
            self.carry(id, carrier);
        }
        let is_review = is_review(&[value], carrier.is_some());
        let id = id(value);
        let person = person_at(value);
        // Objects that have a name or contain reviews are looked up later. A bare reference has no properties, and there
        // may be many.
        let is_bare = refers.is_some() && members.len() == 1;
        let place = (id.is_some() && !is_bare
            || is_review
            || person.is_some()
            || members.iter().any(|(key, _)| carries(key)))
        .then(|| self.place(value, path))
        .flatten();
        if let (Some(at), Some(id)) = (place, id) {
            self.name(id, at, is_review);
        }
        if let (Some(at), Some(url)) = (place, person) {
            self.graph.people.entry(url).or_insert(at);
        }
        if let Some(at) = place.filter(|_| refers.is_none() && (is_review || id.is_some())) {
            self.graph.reviews.push((at, carrier));
        }
        Object { place, is_review, size: 1, carried: 0 }
    }

    /// Begins a member. Returns the number of reviews before it.
    fn enter(&mut self, key: &str, member: &'a Json, path: &mut String) -> usize {
        let dot = if path.is_empty() { "" } else { "." };
        step(path, &[dot, key.get(..key.floor_char_boundary(MAX_KEY)).unwrap_or_default()]);
        if key == "aggregateRating" && self.graph.aggregate.is_none() {
            self.graph.aggregate = self.place(member, path);
        }
        self.graph.reviews.len()
    }

    /// Ends a member of this size. `reviews` is the number of reviews before it.
    fn leave(&mut self, key: &str, size: usize, reviews: usize, object: &mut Object) {
        *(if carries(key) { &mut object.carried } else { &mut object.size }) += key.len() + size;
        // A review that another review mentions is part of that review, not a review of its own.
        if object.is_review && matches!(key, "associatedReview" | "itemReviewed" | "isBasedOn" | "citation") {
            self.graph.reviews.truncate(reviews);
        }
    }

    /// Ends an object. Returns its size.
    fn end(&mut self, object: &Object) -> usize {
        if let Some(place) = object.place.and_then(|at| self.graph.places.get_mut(at)) {
            place.size = object.size;
        }
        object.size + object.carried
    }

    /// Keeps a place, while there is room.
    fn place(&mut self, value: &'a Json, path: &str) -> Option<usize> {
        self.root.has_room(PLACE).then(|| {
            self.graph.places.push(Place { value, path: path.into(), size: 0 });
            self.graph.places.len() - 1
        })
    }

    /// Adds an object to those with the same `@id`, unless it repeats one of them or is another review.
    fn name(&mut self, id: &'a str, at: usize, is_review: bool) {
        let Graph { places, named, .. } = &mut self.graph;
        let pieces = named.entry(id).or_default();
        let Some(value) = places.get(at).map(|place| place.value) else { return };
        let joins = |other: &usize| {
            let Some(Place { value: other, .. }) = places.get(*other) else { return true };
            steps::count(1);
            *other != value && !(is_review && contradict(value, other))
        };
        if pieces.len() < MAX_PIECES && pieces.iter().all(joins) {
            pieces.push(at);
        }
    }

    fn carry(&mut self, id: &'a str, carrier: Option<usize>) {
        if let Some(carrier) = carrier {
            self.carried.entry(id).or_insert(carrier);
        }
    }
}

/// An object that is being walked over.
struct Object {
    place: Option<usize>,
    is_review: bool,
    /// The size without the reviews that it contains, and the size of these.
    size: usize,
    carried: usize,
}

fn carries(key: &str) -> bool {
    matches!(key, "review" | "reviews")
}

/// Extends a path while it is short enough to be readable.
fn step(path: &mut String, parts: &[&str]) {
    if path.len() < MAX_PATH {
        path.extend(parts.iter().copied());
    }
}

/// Returns whether two objects differ in a property that can have only one value.
fn contradict(one: &Json, other: &Json) -> bool {
    ["name", "headline", "reviewBody", "description", "text", "datePublished"].iter().any(|key| {
        let both = (one.get(key).and_then(Json::as_text), other.get(key).and_then(Json::as_text));
        matches!(both, (Some(one), Some(other)) if one != other)
    })
}

/// Returns the address of a person or an organization that has a name.
fn person_at(value: &Json) -> Option<&str> {
    value.get("name").and_then(Json::as_text)?;
    let url = page(value.get("url")?.as_text()?)?;
    types(value).any(|name| matches!(name, "Person" | "Organization")).then_some(url)
}

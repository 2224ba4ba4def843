//! Finds the reviews and things in a document, at any depth.
//!
//! One walk goes over the tree and follows no reference. So a document whose parts refer to each other or to themselves
//! is walked like any other. References are followed later, one step at a time, when a member is read.
//!
//! Objects with the same `@id` are one thing, as in JSON-LD's [node
//! map](https://www.w3.org/TR/json-ld11-api/#node-map-generation), and it has all their members. Differs from JSON-LD:
//! reviews with the same `@id` but different content stay separate, because some sites give all their reviews the same
//! one.

mod walk;

use std::collections::HashMap;

use super::super::field::Field;
use super::super::report::Report;
use super::super::shared::Shared;
use super::thing::Thing;
use crate::json::Json;
use crate::steps;

/// The reviews of a document and the things that its `@id`s name.
pub(super) struct Graph<'a> {
    places: Vec<Place<'a>>,
    /// The indices in `places` for each `@id`.
    named: HashMap<&'a str, Vec<usize>>,
    /// The index in `places` of each person or organization, by `url`.
    people: HashMap<&'a str, usize>,
    /// Each review with the item that contains it.
    reviews: Vec<(usize, Option<usize>)>,
    aggregate: Option<usize>,
    pub(super) shared: Shared,
}

/// A value and the path to it.
struct Place<'a> {
    value: &'a Json,
    path: String,
    /// The size without the reviews that it contains, in bytes.
    size: usize,
}

impl<'a> Graph<'a> {
    /// Walks over a document, with pauses after some values.
    pub(super) async fn of(root: &Field<'a>) -> Self {
        let graph = Graph {
            places: Vec::new(),
            named: HashMap::new(),
            people: HashMap::new(),
            reviews: Vec::new(),
            aggregate: None,
            shared: Shared::default(),
        };
        let (mut graph, carried) = walk::over(root, graph).await;
        graph.choose(&carried);
        graph
    }

    /// Selects the objects that are reviews, each once. `carried` maps the `@id` of a review to the item that refers to
    /// it.
    fn choose(&mut self, carried: &HashMap<&str, usize>) {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let mut reviews = std::mem::take(&mut self.reviews);
        reviews.retain_mut(|(review, item)| {
            let Some(value) = self.value(*review) else { return false };
            let id = id(value);
            *item = item.or_else(|| carried.get(id?).copied());
            let pieces = id.and_then(|id| self.named.get(id)).map_or(&[][..], Vec::as_slice);
            let values: Vec<_> = pieces.iter().filter_map(|at| self.value(*at)).collect();
            if values.contains(&value) {
                is_review(&values, item.is_some()) && seen.insert(id.unwrap_or_default(), *review).is_none()
            } else {
                is_review(&[value], item.is_some())
            }
        });
        self.reviews = reviews;
    }

    /// Returns whether the document has no reviews.
    pub(super) fn is_empty(&self) -> bool {
        self.reviews.is_empty()
    }

    fn value(&self, at: usize) -> Option<&'a Json> {
        self.places.get(at).map(|place| place.value)
    }

    /// Returns the reviews, each with the item that contains it.
    pub(super) fn reviews(
        &'a self,
        report: &'a Report<'a>,
    ) -> impl Iterator<Item = (Thing<'a>, Option<Thing<'a>>)> {
        self.reviews.iter().filter_map(|(review, item)| {
            let item = item.and_then(|item| self.places.get(item)).and_then(|place| {
                let field = place.field(report);
                self.shared.takes(place.size, &field).then(|| self.thing(field))
            });
            Some((self.thing(self.places.get(*review)?.field(report)), item))
        })
    }

    /// Returns the first `aggregateRating` of the document.
    pub(super) fn aggregate(&'a self, report: &'a Report<'a>) -> Option<Thing<'a>> {
        Some(self.thing(self.places.get(self.aggregate?)?.field(report)))
    }

    /// Resolves a reference, or unwraps a value object.
    pub(super) fn thing<'b>(&'b self, field: Field<'b>) -> Thing<'b> {
        let value = field.value;
        let Json::Object(_) = value else { return Thing::alone(field, self) };
        if let Some(value) = value.get("@value") {
            return Thing::alone(field.holding(value), self);
        }
        id(value).and_then(|id| self.named(id, field)).unwrap_or_else(|| Thing::alone(field, self))
    }

    /// Returns the person or organization with this address.
    pub(super) fn at_address<'b>(&'b self, url: Option<&str>, field: Field<'b>) -> Option<Thing<'b>> {
        let place = self.places.get(*self.people.get(page(url?)?)?)?;
        self.shared.takes(place.size, &field).then(|| Thing::alone(place.field(field.report()), self))
    }

    /// Returns the thing that `id` names, if it is described in other places than this one.
    pub(super) fn named<'b>(&'b self, id: &str, field: Field<'b>) -> Option<Thing<'b>> {
        let places = || self.named.get(id).into_iter().flatten().filter_map(|at| self.places.get(*at));
        let is_here = |place: &&Place| {
            // Values of different lengths differ at once.
            let is_as_long = members(place.value) == members(field.value);
            steps::count(1 + if is_as_long { place.size } else { 0 });
            is_as_long && place.value == field.value
        };
        let refers = reference(field.value).is_some();
        let elsewhere = places().any(|place| !is_here(&place) && reference(place.value).is_none());
        if !elsewhere || !(refers || places().any(|place| is_here(&place))) {
            return None;
        }
        if !self.shared.takes(places().map(|place| place.size).sum(), &field) {
            return None;
        }
        // The object here comes first, then other descriptions, then mere references.
        let rank =
            |place: &Place| if reference(place.value).is_some() { 2 } else { u8::from(!is_here(&place)) };
        let of_rank = |wanted: u8| places().filter(move |place| rank(place) == wanted);
        let mut fields = (0..3).flat_map(of_rank).map(|place| place.field(field.report()));
        Some(Thing { field: fields.next()?, more: fields.collect(), graph: self })
    }
}

impl<'a> Place<'a> {
    fn field<'b>(&'b self, report: &'b Report<'b>) -> Field<'b> {
        Field::at(self.value, &self.path, report)
    }
}

/// Returns the address of a page without its final slash.
fn page(url: &str) -> Option<&str> {
    url.starts_with("http").then(|| url.trim_end_matches('/'))
}

/// How many members an object has.
fn members(value: &Json) -> usize {
    if let Json::Object(members) = value { members.len() } else { 0 }
}

fn id(value: &Json) -> Option<&str> {
    value.get("@id")?.as_text()
}

/// Returns the `@id` if the value is only a reference: `{ "@id": "#film" }`, with or without a type, or the text
/// `"#film"`.
pub(super) fn reference(value: &Json) -> Option<&str> {
    match value {
        Json::Object(members) if members.iter().all(|(key, _)| key == "@id" || key == "@type") => id(value),
        Json::Text(id) if id.starts_with(['#', '_', '/']) || id.starts_with("http") => Some(id),
        _ => None,
    }
}

/// Returns whether objects are a review by their types or, without types, by their properties.
fn is_review(values: &[&Json], carried: bool) -> bool {
    let mut types = values.iter().flat_map(|value| types(value)).peekable();
    match types.peek() {
        Some(_) => types
            .any(|name| name.ends_with("Review") || name == "ReviewNewsArticle" || name == "Recommendation"),
        None => {
            let keys = ["itemReviewed", "reviewBody", "reviewRating"];
            carried || values.iter().any(|value| keys.iter().any(|key| value.get(key).is_some()))
        }
    }
}

/// Returns the names of an object's types, without their vocabulary.
pub(super) fn types(value: &Json) -> impl Iterator<Item = &str> {
    let types = match value.get("@type") {
        Some(Json::List(types)) => types.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    types.iter().filter_map(Json::as_text).map(local_name)
}

/// Returns `Movie` for `https://schema.org/Movie` and `schema:Movie`.
pub(super) fn local_name(name: &str) -> &str {
    name.rsplit(['/', ':', '#']).next().unwrap_or(name)
}

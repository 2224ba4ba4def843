//! Finds the reviews and things in a document, at any depth.
//!
//! One walk goes over the tree and follows no reference. So a document whose parts refer to each other or to themselves
//! is walked like any other. References are followed later, one step at a time, when a member is read.
//!
//! Objects with the same `@id` are one thing, as in JSON-LD's [node
//! map](https://www.w3.org/TR/json-ld11-api/#node-map-generation), and it has all their members. Differs from JSON-LD:
//! reviews with the same `@id` but different content stay separate, because some sites give all their reviews the same
//! one.

use std::collections::HashMap;

use super::super::field::Field;
use super::super::report::Report;
use super::super::shared::Shared;
use super::thing::Thing;
use crate::json::Json;
use crate::steps;

/// The maximum number of objects that are merged for one `@id`. Later ones stand alone.
const MAX_PIECES: usize = 64;
/// The bytes that a place takes of a document's memory, with the tables that contain it.
const PLACE: usize = 200;
/// The maximum length of a path in problems, and of a key in it, in characters.
const MAX_PATH: usize = 300;
const MAX_KEY: usize = 40;

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
    pub(super) fn of(root: &Field<'a>) -> Self {
        let graph = Graph {
            places: Vec::new(),
            named: HashMap::new(),
            people: HashMap::new(),
            reviews: Vec::new(),
            aggregate: None,
            shared: Shared::default(),
        };
        let mut walk = Walk { graph, carried: HashMap::new(), root: *root };
        walk.value(root.value, &mut String::new(), None);
        let Walk { mut graph, carried, .. } = walk;
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

struct Walk<'a> {
    graph: Graph<'a>,
    /// Maps the `@id` of a review to the item that refers to it.
    carried: HashMap<&'a str, usize>,
    root: Field<'a>,
}

impl<'a> Walk<'a> {
    /// Walks over a value and returns its size. `carrier` is the object whose `review` it is.
    fn value(&mut self, value: &'a Json, path: &mut String, carrier: Option<usize>) -> usize {
        let length = path.len();
        steps::count(1 + length);
        match value {
            Json::List(items) => {
                let mut size = 1;
                for (index, item) in items.iter().enumerate() {
                    step(path, &["[", &index.to_string(), "]"]);
                    size += self.value(item, path, carrier);
                    path.truncate(length);
                }
                size
            }
            Json::Object(members) => self.object(value, members, path, carrier),
            Json::Text(text) => {
                self.carry(text, carrier);
                1 + text.len()
            }
            _ => 1,
        }
    }

    fn object(
        &mut self,
        value: &'a Json,
        members: &'a [(String, Json)],
        path: &mut String,
        carrier: Option<usize>,
    ) -> usize {
        let refers = reference(value);
        if let Some(id) = refers {
            self.carry(id, carrier);
        }
        let is_review = is_review(&[value], carrier.is_some());
        let id = id(value);
        let carries = |key: &str| matches!(key, "review" | "reviews");
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
        let (mut size, mut carried) = (1, 0);
        for (key, member) in members {
            let (length, reviews) = (path.len(), self.graph.reviews.len());
            step(
                path,
                &[
                    if length > 0 { "." } else { "" },
                    key.get(..key.floor_char_boundary(MAX_KEY)).unwrap_or_default(),
                ],
            );
            if key == "aggregateRating" && self.graph.aggregate.is_none() {
                self.graph.aggregate = self.place(member, path);
            }
            let length_of_member = key.len() + self.value(member, path, place.filter(|_| carries(key)));
            *(if carries(key) { &mut carried } else { &mut size }) += length_of_member;
            // A review that another review mentions is part of that review, not a review of its own.
            if is_review
                && matches!(key.as_str(), "associatedReview" | "itemReviewed" | "isBasedOn" | "citation")
            {
                self.graph.reviews.truncate(reviews);
            }
            path.truncate(length);
        }
        if let Some(place) = place.and_then(|at| self.graph.places.get_mut(at)) {
            place.size = size;
        }
        size + carried
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

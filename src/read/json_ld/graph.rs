//! What stands in a document, wherever it stands.
//!
//! One walk over the tree, which follows no reference: a document whose parts refer to each other, or to themselves, is
//! walked like any other. References are followed later, one step at a time, by whoever asks for a member.

use std::collections::HashMap;

use super::super::field::{Field, Report};
use super::thing::Thing;
use crate::json::Json;

/// The reviews of a document and the things that its `@id`s name.
pub(super) struct Graph<'a> {
    named: HashMap<&'a str, Place<'a>>,
    reviews: Vec<Candidate<'a>>,
    aggregate: Option<Place<'a>>,
}

/// A value and the path to it.
#[derive(Clone)]
struct Place<'a> {
    value: &'a Json,
    path: String,
}

/// A review, and the item that it was found in.
pub(super) struct Candidate<'a> {
    review: Place<'a>,
    item: Option<Place<'a>>,
}

impl<'a> Graph<'a> {
    pub(super) fn of(document: &'a Json) -> Self {
        let mut walk = Walk {
            graph: Graph { named: HashMap::new(), reviews: Vec::new(), aggregate: None },
            carried: HashMap::new(),
        };
        walk.value(document, &mut String::new(), None);
        let Walk { mut graph, mut carried } = walk;
        for candidate in &mut graph.reviews {
            let id = candidate.review.value.get("@id").and_then(Json::as_text);
            candidate.item = candidate.item.take().or_else(|| carried.remove(id?));
        }
        graph
    }

    pub(super) fn reviews(&self) -> &[Candidate<'a>] {
        &self.reviews
    }

    /// The first `aggregateRating` of the document.
    pub(super) fn aggregate(&'a self, report: &'a Report<'a>) -> Option<Thing<'a>> {
        let place = self.aggregate.as_ref()?;
        Some(Thing { field: self.follow(Field::at(place.value, &place.path, report)), graph: self })
    }

    /// What stands in a place: behind a reference what it names, out of a value object its value.
    pub(super) fn follow<'b>(&'b self, field: Field<'b>) -> Field<'b> {
        match field.value {
            Json::Object(_) => match field.value.get("@value") {
                Some(value) => field.holding(value),
                None => self.named(field).unwrap_or(field),
            },
            _ => field,
        }
    }

    /// What a reference names, if the document says it.
    pub(super) fn named<'b>(&'b self, field: Field<'b>) -> Option<Field<'b>> {
        let place = self.named.get(reference(field.value)?)?;
        Some(Field::at(place.value, &place.path, field.report()))
    }
}

impl<'a> Candidate<'a> {
    pub(super) fn thing(
        &'a self,
        graph: &'a Graph<'a>,
        report: &'a Report<'a>,
    ) -> (Thing<'a>, Option<Thing<'a>>) {
        let thing =
            |place: &'a Place<'a>| Thing { field: Field::at(place.value, &place.path, report), graph };
        (thing(&self.review), self.item.as_ref().map(thing))
    }
}

struct Walk<'a> {
    graph: Graph<'a>,
    /// Items by the `@id` of a review that they refer to.
    carried: HashMap<&'a str, Place<'a>>,
}

impl<'a> Walk<'a> {
    /// `carrier` is the object whose `review` this value is.
    fn value(&mut self, value: &'a Json, path: &mut String, carrier: Option<&Place<'a>>) {
        let length = path.len();
        match value {
            Json::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    path.extend(["[", &index.to_string(), "]"]);
                    self.value(item, path, carrier);
                    path.truncate(length);
                }
            }
            Json::Object(members) => self.object(value, members, path, carrier),
            Json::Text(id) if carrier.is_some() => self.carry(id, carrier),
            _ => {}
        }
    }

    fn object(
        &mut self,
        value: &'a Json,
        members: &'a [(String, Json)],
        path: &mut String,
        carrier: Option<&Place<'a>>,
    ) {
        if let Some(id) = reference(value) {
            return self.carry(id, carrier);
        }
        let place = Place { value, path: path.clone() };
        if let Some(id) = value.get("@id").and_then(Json::as_text) {
            // Of several objects with one name the fullest counts.
            let size =
                |place: &Place| if let Json::Object(members) = place.value { members.len() } else { 0 };
            let named = self.graph.named.entry(id).or_insert_with(|| place.clone());
            if size(named) < members.len() {
                *named = place.clone();
            }
        }
        let is_review = is_review(value, carrier.is_some());
        if is_review {
            self.graph.reviews.push(Candidate { review: place.clone(), item: carrier.cloned() });
        }
        let length = path.len();
        for (key, member) in members {
            // What a review speaks of or points to is part of it, not a review of its own.
            if is_review
                && matches!(key.as_str(), "associatedReview" | "itemReviewed" | "isBasedOn" | "citation")
            {
                self.names_only(member, path, key);
                continue;
            }
            path.push_str(if length > 0 { "." } else { "" });
            path.push_str(key);
            if key == "aggregateRating" && self.graph.aggregate.is_none() {
                self.graph.aggregate = Some(Place { value: member, path: path.clone() });
            }
            let carries = matches!(key.as_str(), "review" | "reviews");
            self.value(member, path, carries.then_some(&place));
            path.truncate(length);
        }
    }

    /// Only what `@id`s name in there.
    fn names_only(&mut self, member: &'a Json, path: &mut String, key: &str) {
        let (length, reviews) = (path.len(), self.graph.reviews.len());
        path.push_str(if length > 0 { "." } else { "" });
        path.push_str(key);
        self.value(member, path, None);
        path.truncate(length);
        self.graph.reviews.truncate(reviews);
    }

    fn carry(&mut self, id: &'a str, carrier: Option<&Place<'a>>) {
        if let Some(carrier) = carrier {
            self.carried.entry(id).or_insert_with(|| carrier.clone());
        }
    }
}

/// The `@id` that a value consists of: `{ "@id": "#film" }`, with or without a type, or the text `"#film"`.
fn reference(value: &Json) -> Option<&str> {
    match value {
        Json::Object(members) if members.iter().all(|(key, _)| key == "@id" || key == "@type") => {
            value.get("@id")?.as_text()
        }
        Json::Text(id) if id.starts_with(['#', '_', '/']) || id.starts_with("http") => Some(id),
        _ => None,
    }
}

/// Whether an object is a review by its type or, untyped, by what it says.
fn is_review(value: &Json, carried: bool) -> bool {
    let mut types = types(value).peekable();
    match types.peek() {
        Some(_) => types
            .any(|name| name.ends_with("Review") || name == "ReviewNewsArticle" || name == "Recommendation"),
        None => {
            carried
                || ["itemReviewed", "reviewBody", "reviewRating"].iter().any(|key| value.get(key).is_some())
        }
    }
}

/// The names of an object's types, without their vocabulary.
pub(super) fn types(value: &Json) -> impl Iterator<Item = &str> {
    let types = match value.get("@type") {
        Some(Json::List(types)) => types.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    types.iter().filter_map(Json::as_text).map(|name| name.rsplit(['/', ':', '#']).next().unwrap_or(name))
}

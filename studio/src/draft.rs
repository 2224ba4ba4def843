//! The draft: one review or several, as JSON objects. Keys keep the author's order, and keys without a form field are
//! kept. Each review also stores the Markdown source of its body, for which the plain format has no key.

use std::rc::Rc;

use review_card::{Problem, Review};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::markdown;
use crate::value::{self, Object};

/// The largest file that can be opened, in bytes.
pub const MAX_FILE: usize = 64 << 20;

/// The keys that have form fields.
pub const FORM_KEYS: [&str; 27] = [
    "title",
    "id",
    "url",
    "section",
    "work",
    "verdict",
    "rating",
    "aspects",
    "pros",
    "cons",
    "body",
    "bodyHtml",
    "author",
    "published",
    "updated",
    "image",
    "tags",
    "related",
    "previous",
    "next",
    "lang",
    "opinions",
    "history",
    "links",
    "disclosure",
    "season",
    "episode",
];

/// One review with its Markdown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The review's keys.
    pub review: Object,
    /// The Markdown source of the body. It is ignored once the body differs from what the source renders to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub markdown: Option<String>,
}

impl Entry {
    /// Returns the Markdown of the body; `None` if the body is HTML from another source.
    pub fn source(&self) -> Option<String> {
        if let Some(source) = &self.markdown
            && self.is_made_of(source)
        {
            return Some(source.clone());
        }
        if self.review.contains_key("bodyHtml") {
            return None;
        }
        Some(match self.review.get("body") {
            Some(Value::Array(paragraphs)) => {
                paragraphs.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n\n")
            }
            Some(Value::String(text)) => text.clone(),
            _ => String::new(),
        })
    }

    /// Returns whether this Markdown renders to the body.
    fn is_made_of(&self, source: &str) -> bool {
        let made = markdown::body(source);
        self.review.get("body") == made.text.map(Value::from).as_ref()
            && self.review.get("bodyHtml") == made.html.map(Value::from).as_ref()
    }

    /// Renders Markdown into the body: as text if it contains only paragraphs, otherwise as HTML.
    fn write(&mut self, source: String) {
        let made = markdown::body(&source);
        value::set(&mut self.review, "body", made.text.map(Value::from));
        value::set(&mut self.review, "bodyHtml", made.html.map(Value::from));
        self.markdown = (!source.is_empty()).then_some(source);
    }

    /// Returns the review as the card reads it, and the problems that the card would report in a blog's console. A
    /// review without a title is read with the title `untitled`, so that a card appears from the first word on.
    pub fn read(&self, untitled: &str) -> (Option<Rc<Review>>, Vec<Problem>) {
        let mut object = self.review.clone();
        if value::text(&object, "title").trim().is_empty() {
            object.insert("title".to_owned(), untitled.into());
        }
        let json = Value::Object(object).to_string();
        match review_card::read(json.as_bytes(), None) {
            Ok((collection, problems)) => (collection.reviews.into_iter().next(), problems),
            Err(error) => (None, vec![Problem { path: String::new(), message: error.to_string() }]),
        }
    }
}

/// A change to the selected review.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Sets or removes the value at a path.
    Set(String, Option<Value>),
    /// Inserts an item into the list at a path.
    Insert(String, usize, Value),
    /// Removes an item from the list at a path.
    Remove(String, usize),
    /// Moves an item of the list at a path.
    Move(String, usize, usize),
    /// Replaces the body with Markdown.
    Markdown(String),
    /// Replaces the body with HTML.
    Html(String),
}

impl Edit {
    /// Returns the name of the undo step: typing in one field is one step, every other edit is a step of its own.
    pub fn name(&self) -> Option<String> {
        match self {
            Edit::Set(path, Some(Value::String(_) | Value::Number(_))) => Some(path.clone()),
            Edit::Move(path, ..) => Some(format!("{path} order")),
            Edit::Markdown(_) | Edit::Html(_) => Some("body".to_owned()),
            _ => None,
        }
    }

    fn apply(self, entry: &mut Entry) {
        let review = &mut entry.review;
        match self {
            Edit::Set(path, value) => value::set(review, &path, value),
            Edit::Insert(path, index, item) => value::insert(review, &path, index, item),
            Edit::Remove(path, index) => value::remove(review, &path, index),
            Edit::Move(path, from, to) => value::relocate(review, &path, from, to),
            Edit::Markdown(source) => entry.write(source),
            Edit::Html(html) => {
                value::set(review, "body", None);
                value::set(review, "bodyHtml", (!html.is_empty()).then(|| html.into()));
                entry.markdown = None;
            }
        }
    }
}

/// The whole draft. It always contains at least one review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The keys of the collection except `reviews`.
    #[serde(default, skip_serializing_if = "Object::is_empty")]
    around: Object,
    entries: Vec<Rc<Entry>>,
    selected: usize,
}

impl Default for Draft {
    fn default() -> Self {
        Self { around: Object::new(), entries: vec![Rc::default()], selected: 0 }
    }
}

impl Draft {
    /// Creates a draft from plain JSON: a review, an array of reviews, or a collection.
    ///
    /// # Errors
    /// Returns an error if the text is not JSON, or if an object is missing where a review is expected; the message
    /// says where.
    pub fn parse(json: &str) -> Result<Self, String> {
        let value = serde_json::from_str(json).map_err(|error| {
            // The card's own message says what to type.
            let own = review_card::json::parse(json.as_bytes()).err();
            own.map_or_else(|| error.to_string(), |own| format!("expected JSON, found {own}"))
        })?;
        Self::of(value)
    }

    fn of(value: Value) -> Result<Self, String> {
        let (around, items) = match value {
            Value::Object(mut members) => match members.shift_remove("reviews") {
                Some(Value::Array(items)) => (members, items),
                Some(other) => return Err(format!("reviews: expected an array of reviews, found {other}")),
                None => (Object::new(), vec![Value::Object(members)]),
            },
            Value::Array(items) => (Object::new(), items),
            other => return Err(format!("expected a review or an array of reviews, found {other}")),
        };
        let entry = |(index, item)| match item {
            Value::Object(review) => Ok(Rc::new(Entry { review, markdown: None })),
            other => {
                Err(format!("reviews[{index}]: expected a review (an object with a title), found {other}"))
            }
        };
        let mut entries = items.into_iter().enumerate().map(entry).collect::<Result<Vec<_>, _>>()?;
        if entries.is_empty() {
            entries.push(Rc::default());
        }
        Ok(Self { around, entries, selected: 0 })
    }

    /// Returns this draft with the JSON that its author typed. Reviews whose bodies have not changed keep their
    /// Markdown.
    ///
    /// # Errors
    /// Like [`Draft::parse`].
    pub fn with_json(&self, json: &str) -> Result<Self, String> {
        let mut next = Self::parse(json)?;
        for (entry, before) in next.entries.iter_mut().zip(&self.entries) {
            if entry.review == before.review {
                *entry = Rc::clone(before);
            } else if before.markdown.is_some() {
                Rc::make_mut(entry).markdown.clone_from(&before.markdown);
            }
        }
        next.selected = self.selected.min(next.entries.len().saturating_sub(1));
        Ok(next)
    }

    /// Returns the draft as plain JSON: a single review, or a collection.
    pub fn json(&self) -> Value {
        match self.entries.as_slice() {
            [only] if self.around.is_empty() => Value::Object(only.review.clone()),
            entries => {
                let mut collection = self.around.clone();
                let reviews = entries.iter().map(|entry| Value::Object(entry.review.clone())).collect();
                collection.insert("reviews".to_owned(), Value::Array(reviews));
                Value::Object(collection)
            }
        }
    }

    /// Returns the JSON with line breaks and indentation.
    pub fn text(&self) -> String {
        format!("{:#}", self.json())
    }

    /// Returns the JSON for export: without fields that were begun and left empty.
    pub fn tidy(&self) -> Value {
        value::tidy(&self.json()).unwrap_or_else(|| Value::Object(Object::new()))
    }

    /// Returns whether the draft is empty.
    pub fn is_blank(&self) -> bool {
        value::tidy(&self.json()).is_none()
    }

    /// Returns the reviews, in order.
    pub fn entries(&self) -> &[Rc<Entry>] {
        &self.entries
    }

    /// Returns the selected review.
    pub fn entry(&self) -> Rc<Entry> {
        self.entries.get(self.selected).cloned().unwrap_or_default()
    }

    /// Returns the index of the selected review.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Returns the draft after an edit of the selected review.
    #[must_use]
    pub fn edited(&self, edit: Edit) -> Self {
        let mut next = self.clone();
        if let Some(entry) = next.entries.get_mut(self.selected) {
            edit.apply(Rc::make_mut(entry));
        }
        next
    }

    /// Returns the draft with another review selected.
    #[must_use]
    pub fn at(&self, index: usize) -> Self {
        Self { selected: index.min(self.entries.len().saturating_sub(1)), ..self.clone() }
    }

    /// Returns the draft with a review added and selected.
    #[must_use]
    pub fn with(&self, review: Object) -> Self {
        let mut next = self.clone();
        next.entries.push(Rc::new(Entry { review, markdown: None }));
        next.at(usize::MAX)
    }

    /// Returns the draft without a review; the last review is emptied instead.
    #[must_use]
    pub fn without(&self, index: usize) -> Self {
        let mut next = self.clone();
        if index < next.entries.len() {
            next.entries.remove(index);
        }
        if next.entries.is_empty() {
            return Self { around: self.around.clone(), ..Self::default() };
        }
        next.at(if index < self.selected { self.selected.saturating_sub(1) } else { self.selected })
    }

    /// Returns the draft with all reviews of another draft appended; an empty draft is replaced.
    #[must_use]
    pub fn joined(&self, other: Self) -> Self {
        if self.is_blank() {
            return other;
        }
        let mut next = self.clone();
        next.entries.extend(other.entries);
        next.at(self.entries.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(path: &str, value: &str) -> Edit {
        Edit::Set(path.to_owned(), Some(value.into()))
    }

    #[test]
    fn form_and_json_are_two_views_of_the_same() {
        let draft = Draft::parse(r#"{ "x-mine": { "lat": 51.50735 }, "title": "A" }"#).unwrap();
        let draft = draft.edited(set("title", "B")).edited(set("work.name", "C"));
        assert_eq!(
            draft.json().to_string(),
            r#"{"x-mine":{"lat":51.50735},"title":"B","work":{"name":"C"}}"#
        );
        let typed = draft.with_json(r#"{ "title": "D" }"#).unwrap();
        assert_eq!(value::text(&typed.entry().review, "title"), "D");
    }

    #[test]
    fn several_reviews_are_a_collection_and_one_is_a_review() {
        let one = Draft::parse(r#"{"title":"A"}"#).unwrap();
        assert_eq!(one.json().to_string(), r#"{"title":"A"}"#);
        let two = one.with(Object::new()).edited(set("title", "B"));
        assert_eq!(two.json().to_string(), r#"{"reviews":[{"title":"A"},{"title":"B"}]}"#);
        assert_eq!(two.without(0).json().to_string(), r#"{"title":"B"}"#);
        let named = r#"{"title":"Mine","reviews":[{"title":"A"}],"nextUrl":"/2"}"#;
        assert_eq!(
            Draft::parse(named).unwrap().json().to_string(),
            r#"{"title":"Mine","nextUrl":"/2","reviews":[{"title":"A"}]}"#
        );
    }

    #[test]
    fn what_is_no_review_is_refused_with_its_place() {
        for (json, expected) in [
            ("[1]", "reviews[0]: expected a review (an object with a title), found 1"),
            (r#"{"reviews":2}"#, "reviews: expected an array of reviews, found 2"),
            ("3", "expected a review or an array of reviews, found 3"),
            (
                "{",
                "expected JSON, found the end of the document in place of a key in double quotes at line 1 column 2: the document is cut off; type what is missing, or upload the whole file again",
            ),
        ] {
            assert_eq!(Draft::parse(json).unwrap_err(), expected);
        }
    }

    #[test]
    fn markdown_is_kept_until_the_body_is_another() {
        let draft = Draft::default().edited(Edit::Markdown("It is *good*.".to_owned()));
        assert_eq!(draft.json().to_string(), r#"{"bodyHtml":"<p>It is <em>good</em>.</p>\n"}"#);
        assert_eq!(draft.entry().source().as_deref(), Some("It is *good*."));
        let typed = draft.with_json(r#"{"title":"A","bodyHtml":"<p>It is <em>good</em>.</p>\n"}"#).unwrap();
        assert_eq!(typed.entry().source().as_deref(), Some("It is *good*."));
        let other = draft.with_json(r#"{"bodyHtml":"<p>Bad.</p>"}"#).unwrap();
        assert_eq!(other.entry().source(), None);
    }

    #[test]
    fn a_draft_is_the_same_after_it_was_stored() {
        let draft = Draft::parse(r#"{"title":"Mine","reviews":[{"title":"A"},{"title":"B"}]}"#).unwrap();
        let draft = draft.at(1).edited(Edit::Markdown("*Yes.*".to_owned()));
        let stored = serde_json::to_string(&draft).unwrap();
        assert_eq!(serde_json::from_str::<Draft>(&stored).unwrap(), draft);
    }

    #[test]
    fn a_review_without_a_title_has_a_card() {
        let (review, problems) = Draft::default().edited(set("verdict", "Good.")).entry().read("Untitled");
        assert_eq!(review.unwrap().title, "Untitled");
        assert!(problems.is_empty());
    }

    #[test]
    fn a_problem_has_the_path_of_its_field() {
        let (_, problems) = Draft::default().edited(set("rating", "six")).entry().read("Untitled");
        assert_eq!(problems[0].path, "rating");
    }
}

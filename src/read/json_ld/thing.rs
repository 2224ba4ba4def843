//! A schema.org object, with methods that read its members in all the ways they may be written.

use std::collections::HashMap;

use super::super::field::{Field, exact};
use super::super::messages::What;
use super::super::text;
use super::graph::{Graph, reference};
use crate::json::Json;
use crate::model::{Body, Date, Image, Person};
use crate::rich_text::url::Use;

/// An object, or the value used in place of one.
pub(super) struct Thing<'a> {
    pub(super) field: Field<'a>,
    /// Other objects with the same `@id`, with more members of the same thing.
    pub(super) more: Vec<Field<'a>>,
    pub(super) graph: &'a Graph<'a>,
}

impl<'a> Thing<'a> {
    pub(super) fn alone(field: Field<'a>, graph: &'a Graph<'a>) -> Self {
        Self { field, more: Vec::new(), graph }
    }

    fn pieces(&self) -> impl Iterator<Item = &Field<'a>> {
        std::iter::once(&self.field).chain(&self.more)
    }

    /// Returns the first member with this name.
    pub(super) fn get<'b>(&'b self, key: &'b str) -> Option<Field<'b>> {
        self.pieces().find_map(|piece| piece.get(key))
    }

    /// Returns whether both are the same thing.
    pub(super) fn is(&self, other: &Thing) -> bool {
        let id = |thing: &Thing<'a>| thing.field.value.get("@id");
        std::ptr::eq(self.field.value, other.field.value)
            || id(self).is_some() && id(self) == other.field.value.get("@id")
    }

    /// Calls `make` with each value of the first of these members that has a usable value, and collects the results.
    pub(super) fn all<T>(&self, keys: &[&str], make: impl Fn(&Thing) -> Option<T>) -> Vec<T> {
        let mut made = Vec::new();
        self.visit(keys, false, &mut |thing| {
            let count = made.len();
            if thing.field.has_room(size_of::<T>()) {
                made.extend(make(thing));
            }
            made.len() > count
        });
        exact(&mut made);
        made
    }

    /// Returns only the first result of [`Thing::all`].
    pub(super) fn first<T>(&self, keys: &[&str], make: impl Fn(&Thing) -> Option<T>) -> Option<T> {
        let mut made = None;
        self.visit(keys, true, &mut |thing| {
            made = make(thing);
            made.is_some()
        });
        made
    }

    /// Passes the values of these members to `take`, member by member, until `take` accepts one. Of that member, passes
    /// all values, or only up to the first accepted one if `one` is set. The function is not generic: for dozens of
    /// members, the module would contain a copy for each.
    fn visit(&self, keys: &[&str], one: bool, take: &mut dyn FnMut(&Thing) -> bool) {
        for key in keys {
            // A map like that of other places, so that the module contains its code once.
            let mut seen: HashMap<String, usize> = HashMap::new();
            let mut taken = false;
            for piece in self.pieces() {
                let Some(mut list) = piece.get(key) else { continue };
                if let Some(items) = list.value.get("@list").or_else(|| list.value.get("@set")) {
                    list = list.holding(items);
                }
                for item in list.entries() {
                    // Two objects of the same thing may contain the same value.
                    let name = || reference(item.value).map_or_else(|| item.value.to_string(), Into::into);
                    let new = self.more.is_empty() || seen.insert(name(), 0).is_none();
                    taken |= new && take(&self.graph.thing(item));
                    if taken && one {
                        return;
                    }
                }
            }
            if taken {
                return;
            }
        }
    }

    /// Returns text, or an object's name.
    pub(super) fn text(&self) -> Option<String> {
        if self.field.is_object() {
            self.first(&["name", "headline"], |name| name.plain())
        } else {
            self.plain()
        }
    }

    /// Returns the value itself as text.
    fn plain(&self) -> Option<String> {
        Some(text::unescaped(&self.field.text()?, self.field.html())).filter(|text| !text.is_empty())
    }

    /// Returns the text of the first usable member, which may be HTML.
    pub(super) fn words_of(&self, keys: &[&str]) -> Option<String> {
        self.first(keys, |thing| match thing.field.value {
            Json::Text(_) => {
                Some(text::words(&thing.field.text()?, thing.field.html())).filter(|words| !words.is_empty())
            }
            _ => thing.text(),
        })
    }

    /// Returns the first usable text of these members.
    pub(super) fn text_of(&self, keys: &[&str]) -> Option<String> {
        self.first(keys, |thing| thing.text())
    }

    /// Returns the thing that a text refers to where an object is expected: `"author": "#mara"`.
    pub(super) fn named(&self) -> Option<Thing<'_>> {
        if self.field.is_object() { None } else { self.graph.named(reference(self.field.value)?, self.field) }
    }

    /// Returns the first usable address of these members.
    pub(super) fn link_of(&self, keys: &[&str]) -> Option<String> {
        self.first(keys, |link| link.link())
    }

    /// Returns an address, or that of an object.
    pub(super) fn link(&self) -> Option<String> {
        if self.field.is_object() {
            return ["url", "@id"].iter().find_map(|key| self.get(key)?.address(Use::Link));
        }
        self.field.address(Use::Link)
    }

    /// Returns the number of a season or an episode in this member.
    pub(super) fn position_of(&self, key: &str) -> Option<u32> {
        self.first(&[key], |number| if number.field.is_object() { None } else { number.field.position() })
    }

    /// Returns the name of a Person or an Organization, which may be text alone.
    pub(super) fn name(&self) -> Option<String> {
        if !self.field.is_object() {
            return self.plain();
        }
        let parts = || {
            let parts: Vec<_> =
                ["givenName", "familyName"].iter().filter_map(|key| self.text_of(&[key])).collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        };
        let name = self.text_of(&["name"]).or_else(parts);
        let name = name.or_else(|| self.text_of(&["alternateName", "legalName"]));
        if name.is_none() {
            self.field.missing("name", What::Text);
        }
        name
    }

    /// Reads a Person or an Organization, or only a name. An address in place of a name is looked up among the known
    /// people.
    pub(super) fn person(&self) -> Option<Person> {
        if let Some(named) = self.named() {
            return named.person();
        }
        if !self.field.is_object() {
            return match self.graph.at_address(self.field.value.as_text(), self.field) {
                Some(person) => person.person(),
                None => Some(Person { name: self.address_or_name()?, ..Person::default() }),
            };
        }
        if self.get("name").is_none()
            && let Some(url) = self.get("url")
            && let Some(person) = self.graph.at_address(url.value.as_text(), self.field)
        {
            return person.person();
        }
        Some(Person {
            name: self.name()?,
            role: self.text_of(&["jobTitle", "roleName"]),
            bio: self.text_of(&["description"]),
            image: self.image_of(&["image", "logo"]),
            url: self.link_of(&["url", "sameAs"]),
        })
    }

    /// Returns text as a name. An address is not a name.
    fn address_or_name(&self) -> Option<String> {
        self.field.name().and_then(|_| self.plain())
    }

    pub(super) fn image_of(&self, keys: &[&str]) -> Option<Image> {
        self.first(keys, |thing| thing.image())
    }

    /// Reads an address, or an [`ImageObject`](https://schema.org/ImageObject).
    fn image(&self) -> Option<Image> {
        if !self.field.is_object() {
            return Some(Image { src: self.field.address(Use::Image)?, ..Image::default() });
        }
        let address = |thing: &Thing| thing.field.address(Use::Image);
        let Some(src) = self.first(&["contentUrl", "url", "thumbnailUrl"], address) else {
            self.field.missing("url", What::Address);
            return None;
        };
        let pixels = |key| self.first(&[key], |thing| thing.pixels());
        Some(Image {
            src,
            alt: self.text_of(&["description", "name"]),
            width: pixels("width"),
            height: pixels("height"),
            caption: self.text_of(&["caption"]),
        })
    }

    /// Reads a number, text such as `640px`, or a [`QuantitativeValue`](https://schema.org/QuantitativeValue).
    fn pixels(&self) -> Option<u32> {
        if self.field.is_object() { self.get("value")?.pixels() } else { self.field.pixels() }
    }

    pub(super) fn date_of(&self, keys: &[&str]) -> Option<Date> {
        self.first(keys, |date| date.field.date())
    }

    /// Returns the body of a review. It is HTML if it clearly contains tags, although the vocabulary asks for plain
    /// text.
    pub(super) fn body_of(&self, keys: &[&str]) -> Body {
        let raw =
            |thing: &Thing| if thing.field.is_object() { thing.text() } else { thing.field.long_text() };
        let html = self.all(keys, raw).join("\n\n");
        if text::is_html(&html) {
            return Body::Html { html, base: self.field.base().map(Into::into) };
        }
        // Some sites escape their HTML once more.
        text::body(&[html], self.field.base(), self.field.html())
    }

    /// Reads notes as an [`ItemList`](https://schema.org/ItemList), an array, or text with one note per line.
    pub(super) fn notes(&self, key: &str) -> Vec<String> {
        let lists = self.all(&[key], |list| {
            Some(match list.field.value {
                Json::Object(_) if list.get("itemListElement").is_some() => {
                    list.all(&["itemListElement"], |thing| thing.note())
                }
                Json::Object(_) => list.note().into_iter().collect(),
                _ => {
                    let text = list.plain()?;
                    list.field.parts(text.lines().map(text::without_bullet))
                }
            })
        });
        lists.concat()
    }

    /// Returns a note: text, the name of a thing, or the name of a `ListItem`'s `item`.
    fn note(&self) -> Option<String> {
        if !self.field.is_object() {
            return self.plain();
        }
        let note = self.text_of(&["name", "item", "description", "text"]);
        if note.is_none() {
            self.field.missing("name", What::Text);
        }
        note
    }
}

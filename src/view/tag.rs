//! Short functions to build elements.
//!
//! **Text nodes that others change.** A translator in the browser replaces each text node with elements of its own. Yew
//! would then write into a removed node. So no text node is ever updated, and nothing is inserted next to one: an
//! element with text of its own uses that text as its key, and is created again when the text changes.
//!
//! Why not `html!`: it expands to separate code for each element. With `html!` the card took 82.8 KB of `.wasm` in
//! Brotli, with these functions 75.2 KB; an empty Yew app takes 42.9 KB (all on stable, without the release flags).

use std::hash::{DefaultHasher, Hasher};
use std::iter;
use std::rc::Rc;

use yew::prelude::*;
use yew::virtual_dom::{
    AttributeOrProperty, Attributes, FullyKeyedState, Key, Listeners, VList, VNode, VTag, VText,
};

use super::{Setting, Surface};

/// All attributes that the card writes, including those of rich text. Elements with the same name share one table, so
/// that Yew can compare two renderings slot by slot. An element that needs few attributes has a slot only for the first
/// ones ([`names`]).
const NAMES: [&str; 37] = [
    "class",
    "d",
    "part",
    "id",
    "lang",
    "dir",
    "role",
    "aria-label",
    "aria-hidden",
    "open",
    "hidden",
    "href",
    "hreflang",
    "rel",
    "src",
    "alt",
    "width",
    "height",
    "loading",
    "decoding",
    "datetime",
    "cite",
    "title",
    "start",
    "reversed",
    "value",
    "scope",
    "colspan",
    "rowspan",
    "viewBox",
    "preserveAspectRatio",
    "cx",
    "cy",
    "r",
    "stroke-dasharray",
    "key",
    "type",
];

/// Attributes that only elements in a list or in static HTML have.
const MORE: [&str; 11] = [
    "tabindex",
    "aria-posinset",
    "aria-setsize",
    "aria-labelledby",
    "aria-busy",
    "name",
    "for",
    "selected",
    "autocomplete",
    "enterkeyhint",
    "fetchpriority",
];

/// Returns the attributes that elements with this name may have: those up to `d`, up to `hidden`, or all.
fn names(tag: &str) -> &'static [&'static str] {
    let count = match tag {
        "path" => 2,
        "span" | "p" | "ul" | "dt" | "dd" | "header" | "figure" | "summary" => 11,
        _ => NAMES.len(),
    };
    NAMES.get(..count).unwrap_or(&NAMES)
}

/// [`NAMES`], followed by [`MORE`].
static ALL: [&str; NAMES.len() + MORE.len()] = {
    let mut all = [""; NAMES.len() + MORE.len()];
    all.split_at_mut(NAMES.len()).0.copy_from_slice(&NAMES);
    all.split_at_mut(NAMES.len()).1.copy_from_slice(&MORE);
    all
};

/// A builder for an element.
pub(super) struct Tag {
    name: &'static str,
    keys: &'static [&'static str],
    values: Box<[Option<AttributeOrProperty>]>,
    children: Vec<Html>,
    /// Whether children may be added, removed and moved. They then have keys.
    moves: bool,
}

/// Returns an element of the card, with the class `review-card__noun`.
pub(super) fn tag(name: &'static str, noun: &'static str) -> Tag {
    bare(name).class(["review-card__", noun].concat())
}

/// Returns an element that pages can style and hide by name: the noun is also its `part`.
pub(super) fn part(name: &'static str, noun: &'static str, setting: &Setting<impl Surface>) -> Tag {
    tag(name, noun).part(noun, setting)
}

/// Returns a text node. It avoids `Html::from`, which formats the text again and adds the code for that.
pub(super) fn text(text: impl Into<AttrValue>) -> Html {
    VText::new(text).into()
}

/// Returns an element without a class.
pub(super) fn bare(name: &'static str) -> Tag {
    let keys = names(name);
    Tag { name, keys, values: keys.iter().map(|_| None).collect(), children: Vec::new(), moves: false }
}

impl Tag {
    /// Sets an attribute to a static string.
    pub(super) fn set(self, name: &str, value: &'static str) -> Self {
        self.attribute(name, AttrValue::Static(value))
    }

    /// Sets an attribute to a computed string.
    pub(super) fn set_text(self, name: &str, value: String) -> Self {
        self.attribute(name, value.into())
    }

    /// Sets an attribute if there is a value.
    pub(super) fn set_some(self, name: &str, value: Option<String>) -> Self {
        match value {
            Some(value) => self.set_text(name, value),
            None => self,
        }
    }

    /// Sets `lang` for the card's own strings.
    pub(super) fn lang(self, lang: Option<&'static str>) -> Self {
        match lang {
            Some(lang) => self.set("lang", lang),
            None => self,
        }
    }

    /// Replaces the class.
    pub(super) fn class(self, class: String) -> Self {
        self.set_text("class", class)
    }

    /// Sets the name by which styles outside of the shadow root select the element. Plain HTML has no shadow root and
    /// no `part`.
    pub(super) fn part(self, noun: &'static str, setting: &Setting<impl Surface>) -> Self {
        if setting.microformats() { self } else { self.set("part", noun) }
    }

    /// Adds a [microformats2](https://microformats.org/wiki/microformats2) class if they are requested; `""` adds none.
    pub(super) fn microformat(self, name: &'static str, setting: &Setting<impl Surface>) -> Self {
        if !setting.microformats() || name.is_empty() { self } else { self.also(name) }
    }

    /// Adds a class.
    pub(super) fn also(self, name: &'static str) -> Self {
        match self.values.first() {
            Some(Some(AttributeOrProperty::Attribute(class))) => {
                let both = [class, " ", name].concat();
                self.class(both)
            }
            _ => self.set("class", name),
        }
    }

    /// Makes room for the attributes that only elements in a list or in static HTML have.
    pub(super) fn with_more_names(mut self) -> Self {
        self.values = self.values.into_iter().chain(iter::repeat_with(|| None)).take(ALL.len()).collect();
        self.keys = &ALL;
        self
    }

    /// Allows children to be added, removed and moved. Each child must have a [`key`](Tag::key).
    pub(super) fn keyed(mut self) -> Self {
        self.moves = true;
        self
    }

    /// Sets the key, which identifies the element among siblings that may move.
    pub(super) fn key(self, key: impl Into<Key>) -> Html {
        let mut html = Html::from(self);
        if let VNode::VTag(tag) = &mut html {
            Rc::make_mut(tag).key = Some(key.into());
        }
        html
    }

    /// Adds text of a review, with its own direction regardless of the page's language.
    pub(super) fn text(self, text: &str) -> Self {
        self.set("dir", "auto").words(text.to_owned())
    }

    /// Adds text of the card itself.
    pub(super) fn words(self, text: impl Into<AttrValue>) -> Self {
        self.child(self::text(text))
    }

    /// Adds a child.
    pub(super) fn child(mut self, child: impl Into<Html>) -> Self {
        self.children.push(child.into());
        self
    }

    /// Adds a child if there is one.
    pub(super) fn maybe(self, child: Option<impl Into<Html>>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// Adds children in a fixed order. They need no keys, because nothing in a card moves.
    pub(super) fn children(mut self, children: impl IntoIterator<Item = Html>) -> Self {
        self.children.extend(children);
        self
    }

    fn attribute(mut self, name: &str, value: AttrValue) -> Self {
        let place = self.keys.iter().position(|known| *known == name);
        debug_assert!(place.is_some(), "expected an attribute that {} has, found {name}", self.name);
        if let Some(slot) = place.and_then(|place| self.values.get_mut(place)) {
            // `AttributeOrProperty::Static` next to dynamic keys would be skipped by the server renderer.
            *slot = Some(AttributeOrProperty::Attribute(value));
        }
        self
    }
}

impl From<Tag> for Html {
    fn from(tag: Tag) -> Self {
        let Tag { name, keys, values, children, moves } = tag;
        let key = text_key(&children);
        let attributes = Attributes::Dynamic { keys, values };
        // If all children have keys, Yew moves them by their keys. Children with text keys must stay in place.
        let children = if moves || children.iter().any(|child| child.key().is_none()) {
            VList::with_children(children, None)
        } else {
            VList::__macro_new(children, None, FullyKeyedState::KnownMissingKeys)
        }
        .into();
        // This is what `html!` expands to for elements other than form fields. `VTag::new` would check for form fields
        // first.
        VTag::__new_other(name.into(), NodeRef::default(), key, attributes, Listeners::None, children).into()
    }
}

/// Returns the key of an element with text of its own. This is the text or, if there are other children too, a hash of
/// the text and of the other children's keys.
pub(super) fn text_key(children: &[Html]) -> Option<Key> {
    if let [VNode::VText(VText { text })] = children {
        return Some(match text {
            AttrValue::Rc(text) => Key::from(text.clone()),
            AttrValue::Static(text) => Key::from(*text),
        });
    }
    let mut hash = DefaultHasher::new();
    if !has_text(children, &mut hash) {
        return None;
    }
    let name: String = hash.finish().to_le_bytes().into_iter().map(char::from).collect();
    Some(Key::from(name))
}

/// Returns whether there is text among the nodes, and hashes them.
fn has_text(nodes: &[Html], hash: &mut DefaultHasher) -> bool {
    let mut has = false;
    for node in nodes {
        match node {
            VNode::VText(VText { text }) => {
                hash.write(text.as_bytes());
                has = true;
            }
            VNode::VTag(tag) => hash.write(tag.key.as_deref().unwrap_or(tag.tag()).as_bytes()),
            VNode::VList(list) => has |= has_text(list, hash),
            _ => {}
        }
        hash.write_u8(0xFF); // A separator that never occurs in UTF-8.
    }
    has
}

#[cfg(test)]
mod tests {
    use yew::prelude::Html;
    use yew::virtual_dom::VNode;

    use super::{Tag, bare, text};

    fn key(tag: Tag) -> Option<String> {
        match Html::from(tag) {
            VNode::VTag(tag) => tag.key.as_ref().map(ToString::to_string),
            _ => None,
        }
    }

    #[test]
    fn an_element_with_text_is_known_by_it() {
        assert_eq!(key(bare("p").words("One")), Some("One".into()));
        assert_eq!(key(bare("p")), None);
        assert_eq!(key(bare("p").child(bare("em").words("One"))), None);
        let mixed = |before: &'static str, within: &'static str| {
            bare("p")
                .words(before)
                .child(bare("em").child(bare("b").words(within)).words("!"))
                .child(text("."))
        };
        assert_eq!(key(mixed("One ", "two")), key(mixed("One ", "two")));
        assert_ne!(key(mixed("One ", "two")), key(mixed("1 ", "two")));
        assert_ne!(key(mixed("One ", "two")), key(mixed("One ", "2")));
        assert_ne!(key(bare("p").words("a").words("b")), key(bare("p").words("ab").words("")));
    }
}

//! Elements, written short.
//!
//! **Text that others have changed.** A page's translator replaces each text node by elements of its own, and Yew would go on
//! writing into the node that has gone. So no text node is ever written to, and nothing is inserted beside one: an element
//! with text of its own has that text as its key, and is made anew when the text changes.
//!
//! Why not `html!`: it unfolds at each element into code of its own. The card in `html!` was 82.8 KB of `.wasm` in
//! Brotli where an empty Yew app is 42.9; written with these few functions it was 75.2 (both on stable, without the flags of the release).

use std::hash::{DefaultHasher, Hasher};
use std::iter;
use std::rc::Rc;

use yew::prelude::*;
use yew::virtual_dom::{
    AttributeOrProperty, Attributes, FullyKeyedState, Key, Listeners, VList, VNode, VTag, VText,
};

use super::{Setting, Surface};

/// Every attribute that the card writes, its own and those of rich text. One table for all elements of a name lets Yew compare
/// two renderings place by place; those of [`names`] that need but a few take no more room than these.
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

/// The attributes that only elements in a list or in static HTML have.
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

/// The attributes that elements of a name may have: from `class` to `d`, to `hidden`, or all.
fn names(tag: &str) -> &'static [&'static str] {
    let count = match tag {
        "path" => 2,
        "span" | "p" | "ul" | "dt" | "dd" | "header" | "figure" | "summary" => 11,
        _ => NAMES.len(),
    };
    NAMES.get(..count).unwrap_or(&NAMES)
}

/// [`NAMES`], then [`MORE`].
static ALL: [&str; NAMES.len() + MORE.len()] = {
    let mut all = [""; NAMES.len() + MORE.len()];
    all.split_at_mut(NAMES.len()).0.copy_from_slice(&NAMES);
    all.split_at_mut(NAMES.len()).1.copy_from_slice(&MORE);
    all
};

/// An element in the making.
pub(super) struct Tag {
    name: &'static str,
    keys: &'static [&'static str],
    values: Box<[Option<AttributeOrProperty>]>,
    children: Vec<Html>,
    /// Its children come, go and move, and have keys for it.
    moves: bool,
}

/// An element of the card: class `review-card__noun`.
pub(super) fn tag(name: &'static str, noun: &'static str) -> Tag {
    bare(name).class(["review-card__", noun].concat())
}

/// An element that can be styled and hidden by name: the noun is its `part` too.
pub(super) fn part(name: &'static str, noun: &'static str, setting: &Setting<impl Surface>) -> Tag {
    tag(name, noun).part(noun, setting)
}

/// A text. Not `Html::from`: that prints the text anew, and brings the machinery for it.
pub(super) fn text(text: impl Into<AttrValue>) -> Html {
    VText::new(text).into()
}

/// An element with no class.
pub(super) fn bare(name: &'static str) -> Tag {
    let keys = names(name);
    Tag { name, keys, values: keys.iter().map(|_| None).collect(), children: Vec::new(), moves: false }
}

impl Tag {
    /// Sets an attribute to a word of the program's own.
    pub(super) fn set(self, name: &str, value: &'static str) -> Self {
        self.attribute(name, AttrValue::Static(value))
    }

    /// Sets an attribute to a text.
    pub(super) fn set_text(self, name: &str, value: String) -> Self {
        self.attribute(name, value.into())
    }

    /// Sets an attribute where there is a value for it.
    pub(super) fn set_some(self, name: &str, value: Option<String>) -> Self {
        match value {
            Some(value) => self.set_text(name, value),
            None => self,
        }
    }

    /// `lang` of the card's own words.
    pub(super) fn lang(self, lang: Option<&'static str>) -> Self {
        match lang {
            Some(lang) => self.set("lang", lang),
            None => self,
        }
    }

    /// More classes than the one it has.
    pub(super) fn class(self, class: String) -> Self {
        self.set_text("class", class)
    }

    /// The name that styles outside of a shadow root reach it by. Plain HTML has no shadow root, and no such attribute.
    pub(super) fn part(self, noun: &'static str, setting: &Setting<impl Surface>) -> Self {
        if setting.microformats() { self } else { self.set("part", noun) }
    }

    /// A [microformats2](https://microformats.org/wiki/microformats2) class more, where they are asked for; `""` is none.
    pub(super) fn microformat(self, name: &'static str, setting: &Setting<impl Surface>) -> Self {
        if !setting.microformats() || name.is_empty() { self } else { self.also(name) }
    }

    /// A class more.
    pub(super) fn also(self, name: &'static str) -> Self {
        match self.values.first() {
            Some(Some(AttributeOrProperty::Attribute(class))) => {
                let both = [class, " ", name].concat();
                self.class(both)
            }
            _ => self.set("class", name),
        }
    }

    /// With room for the attributes that only elements in a list or in static HTML have.
    pub(super) fn with_more_names(mut self) -> Self {
        self.values = self.values.into_iter().chain(iter::repeat_with(|| None)).take(ALL.len()).collect();
        self.keys = &ALL;
        self
    }

    /// Says that its children come, go and move. Each of them has a [`key`](Tag::key).
    pub(super) fn keyed(mut self) -> Self {
        self.moves = true;
        self
    }

    /// What tells it from its neighbours, where they change places.
    pub(super) fn key(self, key: impl Into<Key>) -> Html {
        let mut html = Html::from(self);
        if let VNode::VTag(tag) = &mut html {
            Rc::make_mut(tag).key = Some(key.into());
        }
        html
    }

    /// Text of a review: in its own direction, whatever the language around it.
    pub(super) fn text(self, text: &str) -> Self {
        self.set("dir", "auto").words(text.to_owned())
    }

    /// Text of the card.
    pub(super) fn words(self, text: impl Into<AttrValue>) -> Self {
        self.child(self::text(text))
    }

    /// One child more.
    pub(super) fn child(mut self, child: impl Into<Html>) -> Self {
        self.children.push(child.into());
        self
    }

    /// One child more, if there is one.
    pub(super) fn maybe(self, child: Option<impl Into<Html>>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// A list of children; in its order it needs no keys, since nothing in a card moves.
    pub(super) fn children(mut self, children: impl IntoIterator<Item = Html>) -> Self {
        self.children.extend(children);
        self
    }

    fn attribute(mut self, name: &str, value: AttrValue) -> Self {
        let place = self.keys.iter().position(|known| *known == name);
        debug_assert!(place.is_some(), "expected an attribute that {} has, found {name}", self.name);
        if let Some(slot) = place.and_then(|place| self.values.get_mut(place)) {
            // Not `AttributeOrProperty::Static`: beside dynamic keys the server renderer passes over it.
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
        // Children that all have keys would change places by them. Those that are known by their text stay where they are.
        let children = if moves || children.iter().any(|child| child.key().is_none()) {
            VList::with_children(children, None)
        } else {
            VList::__macro_new(children, None, FullyKeyedState::KnownMissingKeys)
        }
        .into();
        // What `html!` unfolds to, for any element that is no field of a form; `VTag::new` would look whether it is one.
        VTag::__new_other(name.into(), NodeRef::default(), key, attributes, Listeners::None, children).into()
    }
}

/// The key of an element that has text of its own: the text; where there is more in it, a hash of the text and of what
/// its other children are known by.
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

/// Whether there is text among nodes.
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
        hash.write_u8(0xFF); // In no UTF-8: it parts each from the next.
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

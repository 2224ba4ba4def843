//! Short functions to build elements.
//!
//! **Text nodes that others change.** A translator in the browser replaces each text node with elements of its own. Yew
//! would then write into a removed node. So no text node is ever updated, and nothing is inserted next to one: an
//! element with text of its own uses that text as its key, and is created again when the text changes.
//!
//! Why not `html!`: it expands to separate code for each element. With all parts of the card but the body in `html!`,
//! `review-card.wasm` takes 61.1 KB in Brotli, with these functions 52.8 KB; `review-list.wasm` takes 135.0 KB, with
//! these functions 127.2 KB. Of the difference, 1.2 KB and 0.9 KB are functions that `html!` needs and that the release
//! otherwise cuts (`xtask/dist/src/wasm.rs`).

use std::hash::{DefaultHasher, Hasher};
use std::iter;
use std::rc::Rc;

use yew::prelude::*;
use yew::virtual_dom::{
    AttributeOrProperty, Attributes, FullyKeyedState, Key, Listener, Listeners, VList, VNode, VTag, VText,
};

use super::{CardContext, Surface};

/// Declares the enum of the attributes that the view writes, with their names, and the names of those that only an
/// author's text has.
macro_rules! attributes {
    (view: $($variant:ident $name:literal,)*; text: $($text:literal,)*) => {
        /// An attribute that the view writes. The most common ones come first, because an element has room for the
        /// attributes up to its last one.
        #[derive(Clone, Copy)]
        #[expect(dead_code, reason = "an author's links have attributes that ours have not")]
        pub(super) enum Attribute { $($variant,)* }

        static NAMES: [&str; [$($name,)* $($text,)*].len()] = [$($name,)* $($text,)*];
    };
}

attributes! {
    view:
    Class "class",
    D "d",
    Part "part",
    Lang "lang",
    Dir "dir",
    Href "href",
    Rel "rel",
    Role "role",
    AriaLabel "aria-label",
    AriaHidden "aria-hidden",
    ViewBox "viewBox",
    Value "value",
    Datetime "datetime",
    Open "open",
    Hidden "hidden",
    Hreflang "hreflang",
    Title "title",
    Src "src",
    Alt "alt",
    Width "width",
    Height "height",
    Loading "loading",
    Decoding "decoding",
    Cx "cx",
    Cy "cy",
    R "r",
    StrokeDasharray "stroke-dasharray",
    PreserveAspectRatio "preserveAspectRatio",
    Id "id",
    Tabindex "tabindex",
    AriaPosinset "aria-posinset",
    AriaSetsize "aria-setsize",
    AriaBusy "aria-busy",
    Name "name",
    For "for",
    Type "type",
    Autocomplete "autocomplete",
    Enterkeyhint "enterkeyhint",
    Fetchpriority "fetchpriority",
    ;
    text:
    "cite",
    "start",
    "reversed",
    "scope",
    "colspan",
    "rowspan",
}

/// Returns for how many attributes elements with this name have room from the start.
///
/// Yew compares two drawings of an element slot by slot if both have the same room. The release leaves out the code for
/// other cases. So the room includes every attribute that a later drawing of the element may add: all up to `hidden`, those
/// of a link, or all that the allow-list has for an element with attributes of its own.
fn room(tag: &str) -> usize {
    match tag {
        "path" => Attribute::D as usize + 1,
        "a" | "abbr" => Attribute::Title as usize + 1,
        "blockquote" | "q" | "del" | "ins" | "ol" | "td" | "th" => NAMES.len(),
        _ => Attribute::Hidden as usize + 1,
    }
}

/// A builder for an element.
pub(super) struct Tag {
    name: &'static str,
    /// The values of the attributes, in the order of [`NAMES`]: as many as [`room`] says, or up to the last one that is set.
    values: Vec<Option<AttributeOrProperty>>,
    listeners: Listeners,
    children: Vec<Html>,
    /// Whether children may be added, removed and moved. They then have keys.
    moves: bool,
}

/// Returns an element of the card, with the class `review-card__noun`.
pub(super) fn tag(name: &'static str, noun: &'static str) -> Tag {
    bare(name).class(["review-card__", noun].concat())
}

/// Returns an element that pages can style and hide by name: the noun is also its `part`.
pub(super) fn part(name: &'static str, noun: &'static str, context: &CardContext<impl Surface>) -> Tag {
    tag(name, noun).part(noun, context)
}

/// Returns a text node. It avoids `Html::from`, which formats the text again and adds the code for that.
pub(super) fn text(text: impl Into<AttrValue>) -> Html {
    VText::new(text).into()
}

/// Returns an element without a class.
pub(super) fn bare(name: &'static str) -> Tag {
    let values = iter::repeat_with(|| None).take(room(name)).collect();
    Tag { name, values, listeners: Listeners::None, children: Vec::new(), moves: false }
}

impl Tag {
    /// Sets an attribute.
    pub(super) fn attr(self, attribute: Attribute, value: impl Into<AttrValue>) -> Self {
        self.set(attribute as usize, value.into())
    }

    /// Makes room for an attribute that only some drawings of the element set ([`room`]).
    pub(super) fn room(mut self, attribute: Attribute) -> Self {
        let room = attribute as usize + 1;
        self.values.resize_with(room.max(self.values.len()), || None);
        self
    }

    /// Sets an attribute if there is a value.
    pub(super) fn maybe_attr(self, attribute: Attribute, value: Option<String>) -> Self {
        match value {
            Some(value) => self.attr(attribute, value),
            None => self,
        }
    }

    /// Sets an attribute of an author's text. The allow-list has no attribute that is not in [`NAMES`].
    pub(super) fn listed_attr(self, name: &str, value: String) -> Self {
        match NAMES.iter().position(|known| *known == name) {
            Some(index) => self.set(index, value.into()),
            None => self,
        }
    }

    fn set(mut self, index: usize, value: AttrValue) -> Self {
        self.values.resize_with(self.values.len().max(index + 1), || None);
        if let Some(slot) = self.values.get_mut(index) {
            // `AttributeOrProperty::Static` next to dynamic keys would be skipped by the server renderer.
            *slot = Some(AttributeOrProperty::Attribute(value));
        }
        self
    }

    /// Sets `lang` for the card's own strings.
    pub(super) fn lang(self, lang: Option<&'static str>) -> Self {
        match lang {
            Some(lang) => self.attr(Attribute::Lang, lang),
            None => self,
        }
    }

    /// Replaces the class.
    pub(super) fn class(self, class: String) -> Self {
        self.attr(Attribute::Class, class)
    }

    /// Sets the name by which styles outside of the shadow root select the element. Plain HTML has no shadow root and
    /// no `part`.
    pub(super) fn part(self, noun: &'static str, context: &CardContext<impl Surface>) -> Self {
        if context.microformats() { self } else { self.attr(Attribute::Part, noun) }
    }

    /// Adds a [microformats2](https://microformats.org/wiki/microformats2) class if they are requested; `""` adds none.
    pub(super) fn microformat(self, name: &'static str, context: &CardContext<impl Surface>) -> Self {
        if !context.microformats() || name.is_empty() { self } else { self.also(name) }
    }

    /// Adds a class.
    pub(super) fn also(self, name: &'static str) -> Self {
        match self.values.first() {
            Some(Some(AttributeOrProperty::Attribute(class))) => {
                let both = [class, " ", name].concat();
                self.class(both)
            }
            _ => self.attr(Attribute::Class, name),
        }
    }

    /// Adds a listener for an event; it replaces an earlier one.
    pub(super) fn listen(mut self, listener: Rc<dyn Listener>) -> Self {
        self.listeners = Listeners::Pending(Box::new([Some(listener)]));
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
    pub(super) fn author_text(self, text: &str) -> Self {
        self.attr(Attribute::Dir, "auto").text(text.to_owned())
    }

    /// Adds text of the card itself.
    pub(super) fn text(self, text: impl Into<AttrValue>) -> Self {
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
}

impl From<Tag> for Html {
    fn from(tag: Tag) -> Self {
        let Tag { name, values, listeners, children, moves } = tag;
        let key = text_key(&children);
        let keys = NAMES.get(..values.len()).unwrap_or(&NAMES);
        let attributes = Attributes::Dynamic { keys, values: values.into_boxed_slice() };
        // If all children have keys, Yew moves them by their keys. Children with text keys must stay in place.
        let children = if moves || children.iter().any(|child| child.key().is_none()) {
            VList::with_children(children, None)
        } else {
            VList::__macro_new(children, None, FullyKeyedState::KnownMissingKeys)
        }
        .into();
        // This is what `html!` expands to for elements other than form fields. `VTag::new` would check for form fields
        // first.
        VTag::__new_other(name.into(), NodeRef::default(), key, attributes, listeners, children).into()
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

    use super::{NAMES, Tag, bare, text};
    use crate::rich_text::allow;

    fn key(tag: Tag) -> Option<String> {
        match Html::from(tag) {
            VNode::VTag(tag) => tag.key.as_ref().map(ToString::to_string),
            _ => None,
        }
    }

    #[test]
    fn an_element_with_text_is_known_by_it() {
        assert_eq!(key(bare("p").text("One")), Some("One".into()));
        assert_eq!(key(bare("p")), None);
        assert_eq!(key(bare("p").child(bare("em").text("One"))), None);
        let mixed = |before: &'static str, within: &'static str| {
            bare("p").text(before).child(bare("em").child(bare("b").text(within)).text("!")).child(text("."))
        };
        assert_eq!(key(mixed("One ", "two")), key(mixed("One ", "two")));
        assert_ne!(key(mixed("One ", "two")), key(mixed("1 ", "two")));
        assert_ne!(key(mixed("One ", "two")), key(mixed("One ", "2")));
        assert_ne!(key(bare("p").text("a").text("b")), key(bare("p").text("ab").text("")));
    }
    #[test]
    fn every_attribute_of_the_allow_list_has_a_place() {
        let missing: Vec<_> = allow::attributes().filter(|name| !NAMES.contains(name)).collect();
        assert_eq!(missing, [""; 0]);
        assert!(allow::attributes().count() > 20);
    }
}

//! Reads [JSON Feed 1.1](https://www.jsonfeed.org/version/1.1/) and [1](https://www.jsonfeed.org/version/1/). Each item
//! becomes a review.
//!
//! 1. An item may have the extension `_review`, with any keys of the plain format (and `about`, this project's
//!    address). Its values have priority over those of the item.
//! 2. `summary` becomes the verdict, `content_html` or else `content_text` the body, and `url` or else `external_url`
//!    the address.
//! 3. If an item has no authors or no language, it gets those of the feed.
//!
//! An item that is not a review is shown too. If it has no title, the title is made from its first words, from the
//! alternative text of its picture, or from its date. Titles and summaries should be plain text; if they are HTML,
//! their text is extracted. Not supported: `attachments`, `hubs`, `icon`, other extensions.

use super::field::Field;
use super::messages::{What, found};
use super::report::Html;
use super::shared::Shared;
use super::{plain, review_id, text};
use crate::json::Json;
use crate::model::{Body, Collection, Image, Person, Review};
use crate::rich_text::url::Use;
use crate::rich_text::{self, Node};

/// Stands for a missing `_review`.
static NOTHING: Json = Json::Object(Vec::new());

/// The known keys of a feed and of an item.
const FEED: &str = "version title home_page_url feed_url description user_comment next_url icon favicon author authors language \
    expired hubs items";
const ITEM: &str = "id url external_url title content_html content_text summary image banner_image date_published date_modified \
    author authors tags language attachments";

pub(super) fn read(root: &Field) -> Collection {
    let (Some(items), Some(feed)) = (root.get("items"), Feed::of(root)) else { return Collection::default() };
    let frame = frame(root);
    let mut reviews = plain::reviews(&items, |item| feed.review(item));
    review_id::tell_apart(&mut reviews);
    Collection { reviews, ..frame }
}

/// Reads a feed without its items.
pub(super) fn frame(root: &Field) -> Collection {
    Collection {
        title: root.words_of("title"),
        next_url: root.address_of("next_url", Use::Link),
        ..Collection::default()
    }
}

fn is_feed(version: Option<&Field>) -> bool {
    version
        .and_then(|version| version.value.as_text())
        .is_some_and(|version| version.contains("jsonfeed.org"))
}

/// Describes a document that has `items` but is not a feed.
fn what(root: &Field) -> String {
    let items = root.get("items");
    let first = items.as_ref().and_then(|items| items.items().into_iter().next());
    if first.is_some_and(|first| first.get("properties").is_some()) {
        return "microformats2 as JSON".into();
    }
    root.get("version").map_or_else(|| "no version".into(), |version| found(version.value))
}

/// The data of a feed that applies to items without their own.
#[doc(hidden)]
#[derive(Clone, Debug, Default)]
pub struct Feed {
    authors: Vec<Person>,
    lang: Option<String>,
    shared: Shared,
}

impl Feed {
    /// `None` for what does not say that it is a feed, which is reported.
    pub(super) fn of(root: &Field) -> Option<Self> {
        if !is_feed(root.get("version").as_ref()) {
            root.problem(&["expected a JSON Feed, which says so by \"version\": \"https://jsonfeed.org/version/1.1\", found ", &what(root)]);
            return None;
        }
        root.knows(FEED);
        Some(Self { authors: authors(root), lang: root.language_of("language"), shared: Shared::default() })
    }

    pub(super) fn review(&self, item: &Field) -> Option<Review> {
        if !item.is_object() {
            item.expected(What::Item);
            return None;
        }
        item.knows(ITEM);
        // `items` also unwraps an array of one.
        let given = item.get("_review");
        let extension = given.as_ref().and_then(|given| given.items().into_iter().next());
        let extension = extension.unwrap_or(item.holding(&NOTHING));
        if !extension.is_object() {
            extension.expected(What::Object);
        }
        let html = item.html();
        let words_of =
            |key| item.text_of(key).map(|text| text::words(&text, html)).filter(|words| !words.is_empty());
        let summary = words_of("summary");
        let body = body(item);
        let title = extension
            .text_of("title")
            .or_else(|| words_of("title"))
            .or_else(|| text::beginning(summary.as_ref()?, html))
            .or_else(|| text::beginning(&text::of(&body, html), html))
            .or_else(|| picture_of(&body, html).or_else(|| day(item)).filter(|_| body != Body::Empty));
        let Some(title) = title else {
            item.missing("title", What::Text);
            return None;
        };
        let url = ["url", "external_url"].iter().find_map(|key| item.address_of(key, Use::Link));
        let url = extension.address_of("url", Use::Link).or(url);
        extension.knows(&[plain::REVIEW, " about"].concat());
        let mut review = plain::titled(&extension, title, url);
        if extension.get("id").is_none()
            && let Some(id) = item.text_of("id")
        {
            review.id = id;
        }
        // A verdict that repeats the title is dropped.
        review.verdict = review.verdict.or(summary).filter(|verdict| *verdict != review.title);
        if review.body == Body::Empty {
            review.body = body;
        }
        if review.authors.is_empty() {
            review.authors = authors(item);
        }
        if review.authors.is_empty() && self.shared.takes(self.authors.iter().map(size).sum(), item) {
            review.authors.clone_from(&self.authors);
        }
        review.published = review.published.or_else(|| item.date_of("date_published"));
        review.updated = review.updated.or_else(|| item.date_of("date_modified"));
        review.image = review.image.or_else(|| image(item));
        if review.tags.is_empty() {
            review.tags = item.all_words_of("tags");
        }
        review.lang = review.lang.or_else(|| item.language_of("language")).or_else(|| self.lang.clone());
        Some(review)
    }
}

fn body(item: &Field) -> Body {
    match item.get("content_html").and_then(|html| html.long_text()) {
        Some(html) => Body::Html { html, base: item.base().map(Into::into) },
        None => item.body_of("content_text"),
    }
}

/// Returns the alternative text of the first picture of a body that has one.
fn picture_of(body: &Body, allowed: &Html) -> Option<String> {
    let Body::Html { html, .. } = body else { return None };
    if allowed.may_parse(html) { picture(&rich_text::of(body), allowed) } else { None }
}

fn picture(nodes: &[Node], allowed: &Html) -> Option<String> {
    nodes.iter().find_map(|node| {
        let Node::Element(element) = node else { return None };
        let alt = element.attributes.iter().find(|(name, _)| *name == "alt");
        alt.and_then(|(_, alt)| text::beginning(alt, allowed)).or_else(|| picture(&element.children, allowed))
    })
}

fn day(item: &Field) -> Option<String> {
    Some(item.text_of("date_published")?.split('T').next()?.into())
}

fn image(item: &Field) -> Option<Image> {
    let src = ["image", "banner_image"].iter().find_map(|key| item.address_of(key, Use::Image))?;
    Some(Image { src, ..Image::default() })
}

/// Reads `authors` of version 1.1, or else `author` of version 1.
fn authors(field: &Field) -> Vec<Person> {
    let authors = field.each("authors", author);
    if authors.is_empty() { field.each("author", author) } else { authors }
}

/// An author object should have a name, an address or a picture. Without a name, the author is dropped.
fn author(field: &Field) -> Option<Person> {
    if !field.is_object() {
        return Some(Person { name: field.name()?, ..Person::default() });
    }
    let avatar = || Some(Image { src: field.address_of("avatar", Use::Image)?, ..Image::default() });
    Some(Person {
        name: field.get("name")?.name()?,
        url: field.address_of("url", Use::Link),
        image: avatar(),
        ..Person::default()
    })
}

/// Returns the memory that an author takes, in bytes.
fn size(author: &Person) -> usize {
    size_of::<Person>() + texts(author)
}

fn texts(author: &Person) -> usize {
    let image = author.image.as_ref().map(|image| &image.src);
    [Some(&author.name), author.url.as_ref(), image].into_iter().flatten().map(String::len).sum()
}

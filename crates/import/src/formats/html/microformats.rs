//! Imports reviews in [microformats2](https://microformats.org/wiki/h-review): `h-review`, and `h-entry` with a
//! `p-rating`; and in the classic `hreview`, whose class names [`CLASSIC`] maps.
//!
//! A property belongs to its nearest enclosing root, so the item's name is not the review's name. Not read: `rel`
//! attributes, other roots.

use markup5ever_rcdom::Handle;
use serde_json::{Map, Value, json};

use super::page::{Page, all, attribute, inner_html, name, text};

/// Classic class names and their microformats2 equivalents.
const CLASSIC: [(&str, &str); 15] = [
    ("hreview", "h-review"),
    ("vcard", "h-card"),
    ("summary", "p-name"),
    ("fn", "p-name"),
    ("item", "p-item"),
    ("rating", "p-rating"),
    ("value", "p-value"),
    ("best", "p-best"),
    ("worst", "p-worst"),
    ("description", "e-content"),
    ("reviewer", "p-author"),
    ("dtreviewed", "dt-reviewed"),
    ("url", "u-url"),
    ("photo", "u-photo"),
    ("category", "p-category"),
];

/// Returns the reviews of a page in the plain format; `None` for a review that has neither a title nor an item.
pub(super) fn reviews(page: &Page) -> Vec<Option<Value>> {
    let nodes = all(page.document());
    let is_review = |node: &&Handle| {
        let classes = Classes::of(node);
        classes.has("h-review")
            || classes.has("h-entry") && properties(node).iter().any(|(name, _)| name == "p-rating")
    };
    let roots: Vec<_> = nodes.iter().filter(is_review).collect();
    roots.into_iter().map(review).collect()
}

fn review(root: &Handle) -> Option<Value> {
    let properties = properties(root);
    let node = |name: &str| properties.iter().find(|(property, _)| property == name).map(|(_, node)| node);
    let value = |name: &str| node(name).map(value).filter(|value| !value.is_empty());
    let address = |name: &str| node(name).and_then(address);
    let mut plain = Map::new();
    let mut put = |key: &str, found: Option<Value>| plain.extend(found.map(|found| (key.to_owned(), found)));
    let item = node("p-item");
    let work = item.map(work);
    let work_name = work.as_ref().and_then(|work| work.get("name")).cloned();
    put("title", value("p-name").map(Value::from).or(work_name));
    put("work", work.map(Value::Object));
    put("url", address("u-url").map(Value::from));
    put("rating", rating(value("p-rating"), value("p-best"), value("p-worst")));
    put("verdict", value("p-summary").map(Value::from));
    let content =
        ["e-content", "e-description", "p-content", "p-description"].iter().find_map(|name| node(name));
    put("bodyHtml", content.map(|node| inner_html(node).into()));
    let date = ["dt-reviewed", "dt-published", "dt-updated"].iter().find_map(|name| value(name));
    put("published", date.map(Value::from));
    put("author", node("p-author").map(person));
    put("image", address("u-photo").map(Value::from));
    let tags: Vec<_> =
        properties.iter().filter(|(name, _)| name == "p-category").map(|(_, node)| value_of(node)).collect();
    put("tags", (!tags.is_empty()).then(|| tags.into()));
    put("lang", attribute(root, "lang").map(Value::from));
    plain.contains_key("title").then_some(Value::Object(plain))
}

fn value_of(node: &Handle) -> String {
    value(node)
}

/// Microformats ratings range from 1 to 5 unless the page says otherwise.
fn rating(value: Option<String>, best: Option<String>, worst: Option<String>) -> Option<Value> {
    let value = value?;
    if value.replace(',', ".").parse::<f64>().is_err() {
        return Some(value.into());
    }
    Some(
        json!({ "value": value, "best": best.unwrap_or_else(|| "5".into()), "worst": worst.unwrap_or_else(|| "0".into()) }),
    )
}

/// Returns the work of an item, which is a root itself (`h-product`) or only a name.
fn work(item: &Handle) -> Map<String, Value> {
    let properties = properties(item);
    let find = |name: &str| properties.iter().find(|(property, _)| property == name).map(|(_, node)| node);
    let name = find("p-name").map_or_else(|| value(item), value);
    let mut work = Map::from_iter([("name".to_owned(), name.into())]);
    let classes = Classes::of(item);
    let kind = [
        ("h-book", "Book"),
        ("h-movie", "Movie"),
        ("h-product", "Product"),
        ("h-recipe", "Recipe"),
        ("h-event", "Event"),
    ];
    let kind = kind.iter().find(|(class, _)| classes.has(class)).map(|(_, kind)| (*kind).into());
    work.extend(kind.map(|kind: Value| ("type".into(), kind)));
    work.extend(find("u-url").or(Some(item)).and_then(address).map(|url| ("url".into(), url.into())));
    work.extend(find("u-photo").and_then(address).map(|src| ("image".into(), src.into())));
    work
}

fn person(author: &Handle) -> Value {
    let properties = properties(author);
    let find = |name: &str| properties.iter().find(|(property, _)| property == name).map(|(_, node)| node);
    let mut person =
        Map::from_iter([("name".to_owned(), find("p-name").map_or_else(|| value(author), value).into())]);
    let url = find("u-url").or(Some(author)).and_then(address).filter(|url| !url.starts_with("mailto:"));
    person.extend(url.map(|url| ("url".into(), url.into())));
    Value::Object(person)
}

/// Returns the properties of a root with their nodes, without those of nested roots.
fn properties(root: &Handle) -> Vec<(String, Handle)> {
    let mut found = Vec::new();
    let mut stack: Vec<Handle> = root.children.borrow().iter().rev().cloned().collect();
    while let Some(node) = stack.pop() {
        let classes = Classes::of(&node);
        found.extend(classes.properties().map(|name| (name.to_owned(), node.clone())));
        let is_root = classes.is_root() || classes.has("p-item");
        if !is_root {
            stack.extend(node.children.borrow().iter().rev().cloned());
        }
    }
    found
}

/// Returns the value of a property: an attribute for some elements, otherwise the text.
fn value(node: &Handle) -> String {
    let nodes = all(node);
    let parts: Vec<_> = nodes.iter().skip(1).filter(|part| Classes::of(part).has("p-value")).collect();
    if let [part] = parts.as_slice() {
        return value(part);
    }
    let attribute = match name(node) {
        "data" | "input" => attribute(node, "value"),
        "time" => attribute(node, "datetime"),
        "abbr" => attribute(node, "title"),
        "img" => attribute(node, "alt"),
        _ => None,
    };
    let text = attribute.unwrap_or_else(|| text(node));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the URL of a property.
fn address(node: &Handle) -> Option<String> {
    match name(node) {
        "a" | "link" | "area" => attribute(node, "href"),
        "img" | "video" | "source" => attribute(node, "src"),
        "data" => attribute(node, "value"),
        _ => all(node)
            .iter()
            .skip(1)
            .find(|inner| name(inner) == "img")
            .and_then(|inner| attribute(inner, "src")),
    }
}

/// The classes of an element, under their microformats2 names.
struct Classes(Vec<String>);

impl Classes {
    fn of(node: &Handle) -> Self {
        let classes = attribute(node, "class").unwrap_or_default();
        let modern = |class: &str| {
            let known = CLASSIC.iter().find(|(classic, _)| *classic == class);
            known.map_or(class, |(_, modern)| modern).to_owned()
        };
        Self(classes.split_ascii_whitespace().map(modern).collect())
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|class| class == name)
    }

    fn is_root(&self) -> bool {
        self.0.iter().any(|class| class.starts_with("h-"))
    }

    fn properties(&self) -> impl Iterator<Item = &str> {
        let starts = ["p-", "u-", "e-", "dt-"];
        self.0
            .iter()
            .map(String::as_str)
            .filter(move |class| starts.iter().any(|start| class.starts_with(start)))
    }
}

//! Converts the keys of front matter to keys of the plain format.
//!
//! 1. Keys inside Hugo's `params`, Zola's `extra` and `taxonomies` are treated as top-level keys.
//! 2. `--column rating=stars` and `--column rating=extra.stars` name a key.
//! 3. Keys of the plain format stay unchanged. For the names in [`OTHERS`], the first that exists is used.

use serde_json::Value;

use super::Object;
use crate::date::{self, Order};
use crate::report::Reason;
use crate::{Key, Options};

/// Tables in front matter in which generators keep the author's own keys.
const NESTED: [&str; 3] = ["params", "extra", "taxonomies"];

/// The keys of the plain format.
const PLAIN: [&str; 25] = [
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
    "opinions",
    "previous",
    "next",
    "lang",
    "history",
    "links",
    "disclosure",
];

/// Other names for these keys.
const OTHERS: [(&str, &[&str]); 12] = [
    ("id", &["slug"]),
    ("url", &["permalink", "canonical", "canonical_url", "canonicalURL"]),
    ("published", &["date", "pubDate", "pubdate", "publishDate", "published_at", "created"]),
    ("updated", &["lastmod", "last_modified_at", "modified", "updatedDate", "updated_at"]),
    ("verdict", &["summary", "description", "excerpt"]),
    ("rating", &["score", "stars", "grade", "my_rating"]),
    ("author", &["authors", "by"]),
    (
        "image",
        &["cover", "featured_image", "featuredImage", "heroImage", "hero", "thumbnail", "poster", "images"],
    ),
    ("tags", &["tag", "keywords"]),
    ("section", &["category", "categories"]),
    ("work", &["item", "movie", "film", "book", "game", "album"]),
    ("lang", &["language", "locale"]),
];

/// Keys that say that a post is not public.
const PRIVATE: [&str; 8] =
    ["draft", "isdraft", "publish", "private", "unlisted", "status", "visibility", "password"];

/// Keys that only generators need; they are not reported as unused.
const GENERATORS: [&str; 14] = [
    "layout",
    "draft",
    "permalink",
    "aliases",
    "weight",
    "type",
    "template",
    "toc",
    "comments",
    "math",
    "sitemap",
    "redirect_from",
    "eleventyExcludeFromCollections",
    "showToc",
];

pub(super) struct Keys<'o> {
    matter: Object,
    options: &'o Options,
}

impl<'o> Keys<'o> {
    pub(super) fn of(mut matter: Object, options: &'o Options) -> Self {
        for name in NESTED {
            if let Some(Value::Object(nested)) = matter.get(name).cloned() {
                matter.remove(name);
                for (key, value) in nested {
                    matter.entry(&key).or_insert(value);
                }
            }
        }
        // Hugo reads keys in any case.
        let known = |name: &str| {
            let mut others = OTHERS.iter().flat_map(|(_, others)| *others);
            PLAIN.contains(&name) || PRIVATE.contains(&name) || others.any(|other| *other == name)
        };
        for name in matter.keys().cloned().collect::<Vec<_>>() {
            let lower = name.to_lowercase();
            if lower != name
                && known(&lower)
                && !matter.contains_key(&lower)
                && let Some(value) = matter.remove(&name)
            {
                matter.insert(lower, value);
            }
        }
        Self { matter, options }
    }

    /// Returns why the post is not public.
    pub(super) fn private(&self) -> Option<Reason> {
        let is = |key: &str, expected: &[&str]| {
            let value = self
                .matter
                .get(key)
                .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_lowercase));
            value.is_some_and(|value| expected.contains(&value.as_str()))
        };
        if is("draft", &["true", "yes"])
            || is("isdraft", &["true", "yes"])
            || is("published", &["false", "no"])
            || is("publish", &["false", "no"])
            // Eleventy writes no page then.
            || is("permalink", &["false"])
            || is("status", &["draft", "scheduled"])
        {
            Some(Reason::Draft)
        } else if is("private", &["true", "yes"])
            || is("unlisted", &["true", "yes"])
            || is("visibility", &["private", "paid", "members"])
            || is("status", &["private"])
            || self.matter.get("password").is_some_and(|password| *password != Value::Null)
        {
            Some(Reason::Private)
        } else {
            None
        }
    }

    /// Returns a rating that is a number without a scale.
    pub(super) fn number(mut self) -> Option<String> {
        self.take("rating").as_ref().and_then(plain_number)
    }

    /// Returns the post's keys in the plain format; ratings that are numbers are out of `best`.
    pub(super) fn plain(&mut self, best: Option<u32>) -> Object {
        let mut plain = Object::new();
        for key in PLAIN {
            if let Some(value) = self.take(key) {
                plain.insert(key.into(), value);
            }
        }
        if let (Some(number), Some(best)) = (plain.get("rating").and_then(plain_number), best) {
            plain.insert("rating".into(), serde_json::json!({ "value": number, "best": best }));
        }
        for key in ["published", "updated"] {
            if let Some(Value::String(text)) = plain.get(key) {
                plain.insert(key.into(), date::iso(text, Order::Unknown).into());
            }
        }
        if let Some(Value::String(tags)) = plain.get("tags") {
            // Jekyll separates tags by spaces if there is no comma.
            let divide = if tags.contains(',') { ',' } else { ' ' };
            let tags: Vec<_> = tags.split(divide).map(str::trim).filter(|tag| !tag.is_empty()).collect();
            plain.insert("tags".into(), serde_json::json!(tags));
        }
        Self::section(&mut plain);
        if let Some(image) = plain.remove("image").and_then(image) {
            plain.insert("image".into(), image);
        }
        self.work(&mut plain);
        plain
    }

    /// The first category becomes the section, the others become tags.
    fn section(plain: &mut Object) {
        let Some(Value::Array(categories)) = plain.get("section").cloned() else { return };
        plain.remove("section");
        let mut categories = categories.into_iter();
        plain.extend(categories.next().map(|first| ("section".into(), first)));
        if let Value::Array(tags) = plain.entry("tags").or_insert_with(|| Value::Array(Vec::new())) {
            tags.extend(categories);
        }
    }

    /// Adds the values that `--column` names for the work.
    fn work(&mut self, plain: &mut Object) {
        let keys = [(Key::Type, "type"), (Key::Year, "year"), (Key::Creator, "creators")];
        let given: Vec<_> =
            keys.into_iter().filter_map(|(key, name)| Some((name, self.given(key)?))).collect();
        if given.is_empty() {
            return;
        }
        let title = plain.get("title").cloned().unwrap_or_default();
        let mut work = match plain.remove("work") {
            Some(Value::Object(work)) => work,
            Some(name) => Object::from_iter([("name".into(), name)]),
            None => Object::from_iter([("name".into(), title)]),
        };
        work.extend(given.into_iter().map(|(name, value)| (name.into(), value)));
        plain.insert("work".into(), Value::Object(work));
    }

    /// Takes the value of a plain key: under the name that the caller chose, its own name, or another known name.
    fn take(&mut self, key: &str) -> Option<Value> {
        let option = match key {
            "title" => Some(Key::Title),
            "rating" => Some(Key::Rating),
            "verdict" => Some(Key::Verdict),
            "published" => Some(Key::Date),
            "url" => Some(Key::Url),
            "tags" => Some(Key::Tags),
            "image" => Some(Key::Image),
            "lang" => Some(Key::Lang),
            _ => None,
        };
        if let Some(value) = option.and_then(|key| self.given(key)) {
            return Some(value);
        }
        let others = OTHERS.iter().find(|(plain, _)| *plain == key).map_or(&[][..], |(_, others)| others);
        // In Jekyll, `published: true` means that the post is not a draft.
        let names = std::iter::once(&key).chain(others);
        let name = names.copied().find(|name| {
            self.matter.get(*name).is_some_and(|value| !value.is_null() && !value.is_boolean())
        })?;
        self.matter.remove(name)
    }

    /// Takes the value of the key that the caller chose.
    fn given(&mut self, key: Key) -> Option<Value> {
        let name = self.options.column(key)?;
        let name =
            name.split_once('.').filter(|(nested, _)| NESTED.contains(nested)).map_or(name, |(_, name)| name);
        self.matter.remove(name).or_else(|| self.matter.remove(&name.to_lowercase()))
    }

    /// Returns the keys that were not used.
    pub(super) fn unused(&self) -> impl Iterator<Item = String> {
        let unused = self
            .matter
            .iter()
            .filter(|(key, value)| !GENERATORS.contains(&key.as_str()) && !value.is_boolean());
        unused.map(|(key, _)| key.clone())
    }
}

fn plain_number(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        // Some write decimals with a comma.
        Value::String(text) => {
            Some(text.trim().replace(',', ".")).filter(|number| number.parse::<f64>().is_ok())
        }
        _ => None,
    }
}

/// Returns the picture, from the different forms that themes use.
fn image(value: Value) -> Option<Value> {
    match value {
        Value::Array(images) => images.into_iter().next().and_then(image),
        Value::Object(mut image) if !image.contains_key("src") => {
            let key = ["image", "url", "path", "relative"]
                .into_iter()
                .find(|key| image.get(*key).is_some_and(Value::is_string))?;
            let src = image.remove(key)?;
            image.insert("src".into(), src);
            Some(Value::Object(image))
        }
        other => Some(other),
    }
}

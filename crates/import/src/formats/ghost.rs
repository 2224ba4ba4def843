//! Imports Ghost's JSON export: a database whose tables are joined by id.
//!
//! The export has a placeholder for the address of its site, and the address itself only if a setting names it.
//!
//! Skipped: pages, drafts and scheduled posts, posts that were only sent by e-mail, and posts that are not public.

use std::collections::HashMap;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::address::absolute;
use crate::detect::Found;
use crate::draft::{Draft, Image, Person};
use crate::files::Input;
use crate::report::Reason;
use crate::sink::Sink;
use crate::text::Text;

/// The placeholder that Ghost writes for its own URL.
const OWN_URL: &str = "__GHOST_URL__";

/// The list may be missing: then the file is its only database.
#[derive(Deserialize)]
struct Export {
    #[serde(default)]
    db: Vec<Database>,
    #[serde(default)]
    data: Option<Tables>,
}

#[derive(Deserialize)]
struct Database {
    data: Tables,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Tables {
    posts: Vec<Value>,
    tags: Vec<Named>,
    posts_tags: Vec<Join>,
    users: Vec<Named>,
    posts_authors: Vec<Join>,
    posts_meta: Vec<Meta>,
    settings: Vec<Setting>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Post {
    #[serde(deserialize_with = "id")]
    id: String,
    title: Option<String>,
    slug: Option<String>,
    html: Option<String>,
    custom_excerpt: Option<String>,
    feature_image: Option<String>,
    status: Option<String>,
    visibility: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    published_at: Option<String>,
    canonical_url: Option<String>,
    locale: Option<String>,
}

/// A tag or an author. A user's e-mail address is stored beside the name, and is not read.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Named {
    #[serde(deserialize_with = "id")]
    id: String,
    name: Option<String>,
    website: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Join {
    #[serde(deserialize_with = "id")]
    post_id: String,
    #[serde(deserialize_with = "id")]
    tag_id: String,
    #[serde(deserialize_with = "id")]
    author_id: String,
    sort_order: Option<i64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Meta {
    #[serde(deserialize_with = "id")]
    post_id: String,
    feature_image_alt: Option<String>,
}

/// A setting of the site. Most of them are not for the public; `url` and `title` are.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Setting {
    key: Option<String>,
    value: Value,
}

/// Reads an id. Early versions of Ghost have numbers.
fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(id) => id,
        Value::Null => String::new(),
        other => other.to_string(),
    })
}

pub(super) fn read(inputs: &mut [Input], found: &Found, sink: &mut Sink) -> std::io::Result<()> {
    let json = super::whole(inputs, found)?;
    let export: Export = serde_json::from_str(&json).map_err(|error| {
        let message =
            format!("expected the JSON that Ghost exports, found a mistake ({error}): export it again");
        std::io::Error::new(std::io::ErrorKind::InvalidData, message)
    })?;
    drop(json);
    for tables in export.db.into_iter().map(|database| database.data).chain(export.data) {
        database(tables, found, sink);
    }
    Ok(())
}

fn database(mut tables: Tables, found: &Found, sink: &mut Sink) {
    let setting = |name: &str| {
        let setting = tables.settings.iter().find(|setting| setting.key.as_deref() == Some(name));
        setting.and_then(|setting| setting.value.as_str())
    };
    let site = setting("url").and_then(absolute).or_else(|| sink.options.base.clone());
    sink.title(setting("title"));
    for joins in [&mut tables.posts_tags, &mut tables.posts_authors] {
        joins.sort_by_key(|join| join.sort_order);
    }
    let tags = grouped(&tables.posts_tags, &tables.tags, |join| &join.tag_id);
    let authors = grouped(&tables.posts_authors, &tables.users, |join| &join.author_id);
    let alts: HashMap<_, _> = tables
        .posts_meta
        .iter()
        .map(|meta| (meta.post_id.as_str(), meta.feature_image_alt.clone()))
        .collect();
    for (number, post) in tables.posts.into_iter().enumerate() {
        let post = match Post::deserialize(post) {
            Ok(post) => post,
            Err(error) => {
                let place = format!("{} post number {}", found.name, number + 1);
                sink.unreadable(
                    &place,
                    &format!("expected a post as Ghost exports it, found a mistake ({error})"),
                );
                continue;
            }
        };
        match reason(&post) {
            Some(Reason::NotAPost) => sink.leave_out(Reason::NotAPost),
            Some(reason) if !sink.options.private => sink.leave_out(reason),
            _ => {
                let place = format!("{} post {}", found.name, post.id);
                let tags = tags.get(post.id.as_str()).cloned().unwrap_or_default();
                let authors = authors.get(post.id.as_str()).cloned().unwrap_or_default();
                let alt = alts.get(post.id.as_str()).cloned().flatten();
                let mut draft = draft(post, &tags, &authors, alt, site.as_deref());
                let page = sink.base(&mut draft.url, site.as_deref());
                draft.base = site.clone().or(page);
                sink.entry(&place, draft);
            }
        }
        if sink.stopped {
            return;
        }
    }
}

/// Returns the tags or authors of each post, in order.
fn grouped<'t>(
    joins: &'t [Join],
    named: &'t [Named],
    id: impl Fn(&Join) -> &String,
) -> HashMap<&'t str, Vec<&'t Named>> {
    let by_id: HashMap<_, _> = named.iter().map(|named| (named.id.as_str(), named)).collect();
    let mut groups: HashMap<&str, Vec<&Named>> = HashMap::new();
    for join in joins {
        if let Some(named) = by_id.get(id(join).as_str()) {
            groups.entry(&join.post_id).or_default().push(named);
        }
    }
    groups
}

fn reason(post: &Post) -> Option<Reason> {
    match (post.kind.as_deref(), post.status.as_deref(), post.visibility.as_deref()) {
        (Some("page"), ..) => Some(Reason::NotAPost),
        (_, Some("published"), None | Some("public")) => None,
        (_, Some("published" | "sent"), _) => Some(Reason::Private),
        _ => Some(Reason::Draft),
    }
}

fn draft(post: Post, tags: &[&Named], authors: &[&Named], alt: Option<String>, site: Option<&str>) -> Draft {
    let site = site.unwrap_or_default().trim_end_matches('/');
    let own = |url: String| url.replace(OWN_URL, site);
    let mut draft = Draft {
        id: post.slug,
        title: post.title.unwrap_or_default(),
        verdict: post.custom_excerpt,
        published: post.published_at,
        url: post.canonical_url.map(own),
        image: post.feature_image.map(|src| Image { src: own(src), alt }),
        lang: post.locale,
        ..Draft::default()
    };
    draft.text(post.html.map(own).as_deref().and_then(Text::html));
    draft.author = authors
        .iter()
        .filter_map(|author| Some((author.name.clone()?, author.website.clone())))
        .filter(|(name, _)| !name.contains('@'))
        .map(|(name, url)| Person { name, url })
        .collect();
    // Tags that begin with # are internal in Ghost: visitors never see them.
    let mut tags = tags.iter().filter_map(|tag| tag.name.clone()).filter(|name| !name.starts_with('#'));
    draft.section = tags.next();
    draft.tags = tags.collect();
    draft
}

//! Imports Ghost's JSON export: a database whose tables are joined by id.
//!
//! Skipped: pages, drafts and scheduled posts, posts that were only sent by e-mail, and posts that are not public.

use std::collections::HashMap;

use serde::Deserialize;

use crate::detect::Found;
use crate::draft::{Draft, Image, Person};
use crate::files::Input;
use crate::report::Reason;
use crate::sink::Sink;
use crate::text::Text;

/// The placeholder that Ghost writes for its own URL.
const OWN_URL: &str = "__GHOST_URL__";

#[derive(Deserialize)]
struct Export {
    db: Vec<Database>,
}

#[derive(Deserialize)]
struct Database {
    data: Tables,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Tables {
    posts: Vec<Post>,
    tags: Vec<Named>,
    posts_tags: Vec<Join>,
    users: Vec<Named>,
    posts_authors: Vec<Join>,
    posts_meta: Vec<Meta>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Post {
    id: String,
    title: Option<String>,
    slug: Option<String>,
    html: Option<String>,
    custom_excerpt: Option<String>,
    feature_image: Option<String>,
    status: String,
    visibility: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    published_at: Option<String>,
    locale: Option<String>,
}

/// A tag or an author. A user's e-mail address is stored beside the name, and is not read.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Named {
    id: String,
    name: String,
    website: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Join {
    post_id: String,
    tag_id: String,
    author_id: String,
    sort_order: i64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Meta {
    post_id: String,
    feature_image_alt: Option<String>,
}

pub(super) fn read(inputs: &mut [Input], found: &Found, sink: &mut Sink) -> std::io::Result<()> {
    let json = super::whole(inputs, found)?;
    let export: Export = serde_json::from_slice(&json).map_err(|error| {
        let message =
            format!("expected the JSON that Ghost exports, found a mistake ({error}): export it again");
        std::io::Error::new(std::io::ErrorKind::InvalidData, message)
    })?;
    drop(json);
    for database in export.db {
        let mut tables = database.data;
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
        for post in tables.posts {
            match reason(&post) {
                Some(Reason::NotAPost) => sink.leave_out(Reason::NotAPost),
                Some(reason) if !sink.options.private => sink.leave_out(reason),
                _ => {
                    let place = format!("{} post {}", found.name, post.id);
                    let tags = tags.get(post.id.as_str()).cloned().unwrap_or_default();
                    let authors = authors.get(post.id.as_str()).cloned().unwrap_or_default();
                    let alt = alts.get(post.id.as_str()).cloned().flatten();
                    sink.entry(&place, draft(post, &tags, &authors, alt));
                }
            }
            if sink.stopped {
                return Ok(());
            }
        }
    }
    Ok(())
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
    match (post.kind.as_deref(), post.status.as_str(), post.visibility.as_deref()) {
        (Some("page"), ..) => Some(Reason::NotAPost),
        (_, "published", None | Some("public")) => None,
        (_, "published" | "sent", _) => Some(Reason::Private),
        _ => Some(Reason::Draft),
    }
}

fn draft(post: Post, tags: &[&Named], authors: &[&Named], alt: Option<String>) -> Draft {
    let own = |url: String| url.replace(OWN_URL, "");
    let mut draft = Draft {
        id: post.slug,
        title: post.title.unwrap_or_default(),
        verdict: post.custom_excerpt,
        published: post.published_at,
        image: post.feature_image.map(|src| Image { src: own(src), alt }),
        lang: post.locale,
        ..Draft::default()
    };
    draft.text(post.html.map(own).as_deref().and_then(Text::html));
    draft.author = authors
        .iter()
        .filter(|author| !author.name.contains('@'))
        .map(|author| Person { name: author.name.clone(), url: author.website.clone() })
        .collect();
    // Tags that begin with # are internal in Ghost: visitors never see them.
    let mut tags = tags.iter().map(|tag| tag.name.clone()).filter(|name| !name.starts_with('#'));
    draft.section = tags.next();
    draft.tags = tags.collect();
    draft
}

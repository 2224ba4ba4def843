//! The measured pages: a blog post with the same card, in different technologies.
//!
//! | group | how the card gets into the page |
//! | --- | --- |
//! | [`Group::Static`] | it is in the page's HTML |
//! | [`Group::Live`] | a script downloads the JSON and draws the card, with the first lines of each technology's documentation |
//! | [`Group::Preloaded`] | the same, with `<link rel="preload">` for everything that the script will load |

use std::path::Path;

use anyhow::{Context, Result};

use crate::site::Files;

/// The path of the review's JSON.
pub(crate) const REVIEW: &str = "/reviews/the-apartment.json";
/// The fallback of a live card.
const FALLBACK: &str = r#"<a href="/reviews/the-apartment">The Apartment, reviewed</a>"#;

/// How the card gets into the page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    Static,
    Live,
    Preloaded,
}

/// One of the compared pages.
pub(crate) struct Subject {
    /// The name in the tables.
    pub(crate) name: &'static str,
    pub(crate) group: Group,
    /// The page's path.
    pub(crate) path: String,
    /// Whether it is a complete page with its own margins and fonts, while the others share the blog post's.
    pub(crate) is_whole_page: bool,
}

impl Subject {
    fn new(group: Group, name: &'static str) -> Self {
        let folder = match group {
            Group::Static => "static",
            Group::Live => "live",
            Group::Preloaded => "preloaded",
        };
        let path = format!("/{folder}/{}", name.to_lowercase().replace(", ", "-").replace(' ', "-"));
        Self { name, group, path, is_whole_page: name == WHOLE_PAGE }
    }
}

/// The output of `cargo xtask bench`.
pub(crate) struct Prepared<'a> {
    /// The release.
    pub(crate) dist: &'a Path,
    /// The peers' scripts and style sheet, the prerendered cards, the modules with names.
    pub(crate) made: &'a Path,
    /// The bench's own folder.
    pub(crate) bench: &'a Path,
    /// The pictures, which are the demo page's.
    pub(crate) images: &'a Path,
}

/// A peer that draws the card with a script.
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    /// The peer's folder.
    folder: &'static str,
    /// The element in the page: its start tag and its name.
    element: (&'static str, &'static str),
    /// Whether the page links the style sheet; otherwise the script contains it.
    links_sheet: bool,
}

pub(crate) const PEERS: [Peer; 4] = [
    Peer {
        name: "vanilla",
        folder: "vanilla",
        element: ("vanilla-card src", "vanilla-card"),
        links_sheet: true,
    },
    Peer { name: "Preact", folder: "preact", element: ("div data-review", "div"), links_sheet: true },
    Peer { name: "Lit", folder: "lit", element: ("lit-card src", "lit-card"), links_sheet: false },
    Peer { name: "React", folder: "react", element: ("div data-review", "div"), links_sheet: true },
];

pub(crate) const OURS: &str = "review-card";
pub(crate) const STATIC: &str = "static page";
const WHOLE_PAGE: &str = "prerendered, whole page";

/// Adds all pages and their files to the site, and returns the pages.
pub(crate) fn put_all(files: &mut Files, prepared: &Prepared<'_>) -> Result<Vec<Subject>> {
    files.put_folder("/review-card", prepared.dist)?;
    files.put_folder("/peers", &prepared.made.join("peers"))?;
    files.put_folder("/images", prepared.images)?;
    files.put_folder("/thumbnails", &prepared.bench.join("data/thumbnails"))?;
    files.put(REVIEW, read(&prepared.bench.join("data/review.json"))?.as_bytes())?;
    files.put("/blank", b"<!doctype html><title>Nothing</title>")?;
    let mut subjects = Vec::new();
    let mut add = |group, name, document: String| {
        let subject = Subject::new(group, name);
        files.put(&subject.path, document.as_bytes())?;
        subjects.push(subject);
        anyhow::Ok(())
    };
    let rendered =
        |folder: &str| read(&prepared.made.join("rendered").join(folder).join("the-apartment.html"));
    let sheet = r#"<link rel="stylesheet" href="/peers/card.css">"#;
    add(Group::Static, STATIC, page(sheet, &read(&prepared.bench.join("peers/static/card.html"))?))?;
    let linked = r#"<link rel="stylesheet" href="/review-card/review-card.css">"#;
    add(Group::Static, "prerendered, light", page(linked, &rendered("light")?))?;
    let within = format!("<style>{}</style>", read(&prepared.dist.join("review-card.css"))?);
    add(Group::Static, "prerendered, light, sheet in the page", page(&within, &rendered("light")?))?;
    add(Group::Static, "prerendered, shadow root", page("", &rendered("shadow")?))?;
    add(Group::Static, WHOLE_PAGE, rendered("page")?)?;
    for (group, is_preloaded) in [(Group::Live, false), (Group::Preloaded, true)] {
        for peer in &PEERS {
            add(group, peer.name, peer.page(is_preloaded))?;
        }
        let preloads =
            if is_preloaded { own_preloads(prepared.dist)? + &preload(REVIEW, "") } else { String::new() };
        add(group, OURS, page(&format!("{OWN_ROOM}{preloads}{OWN_SCRIPT}"), &own_card()))?;
    }
    Ok(subjects)
}

impl Peer {
    fn page(&self, is_preloaded: bool) -> String {
        let (start, end) = self.element;
        let preload = if is_preloaded { preload(REVIEW, "") } else { String::new() };
        let head = format!("{PEERS_ROOM}{preload}{}", self.head("page.js"));
        page(&head, &format!(r#"<{start}="{REVIEW}">{FALLBACK}</{end}>"#))
    }

    /// Returns the page's links: the style sheet, unless the script contains it, and a script.
    pub(crate) fn head(&self, script: &str) -> String {
        let sheet = if self.links_sheet { r#"<link rel="stylesheet" href="/peers/card.css">"# } else { "" };
        format!(r#"{sheet}<script type="module" src="/peers/{}/{script}"></script>"#, self.folder)
    }
}

/// The README's lines that reserve space for a card.
pub(crate) const OWN_ROOM: &str = "<style>
  review-card { --review-card-room: 100svh; }
  review-card:not(:defined) { display: block; min-block-size: 100svh; }
</style>";

/// The same for the peers, whose cards are all higher than that.
pub(crate) const PEERS_ROOM: &str =
    "<style>main > :nth-child(3) { display: block; min-block-size: 100svh; }</style>";

/// The first of the two lines at the start of the README: the script.
pub(crate) const OWN_SCRIPT: &str = r#"<script type="module" src="/review-card/review-card.js"></script>"#;

/// The second of the two lines: the card.
pub(crate) fn own_card() -> String {
    format!(r#"<review-card src="{REVIEW}">{FALLBACK}</review-card>"#)
}

/// The README's lines for an earlier start, without the one for the JSON.
pub(crate) fn own_preloads(dist: &Path) -> Result<String> {
    let script = read(&dist.join("review-card.js"))?;
    let module = script.split("review-card.wasm?v=").nth(1).and_then(|rest| rest.get(..16));
    let hash = module.context("expected review-card.wasm?v=HASH in review-card.js, found none")?;
    let wasm = format!("/review-card/review-card.wasm?v={hash}");
    Ok(format!(
        r#"<link rel="modulepreload" href="/review-card/review-card.js">{}"#,
        preload(&wasm, r#" type="application/wasm""#)
    ))
}

/// Returns a line that preloads a file.
pub(crate) fn preload(path: &str, more: &str) -> String {
    format!(r#"<link rel="preload" as="fetch" crossorigin{more} href="{path}">"#)
}

/// Returns the blog post around the card, which is the same for all.
pub(crate) fn page(head: &str, card: &str) -> String {
    format!(
        r#"<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Second Viewing</title>
<style>body{{margin:0;background:Canvas;color:CanvasText;color-scheme:light dark;font:1rem/1.5 Georgia,serif}}main{{max-width:60rem;margin:auto;padding:0 1rem}}</style>
{head}
</head>
<body>
<main>
<h1>Second Viewing</h1>
<p>Every month, one film that was better than we remembered.</p>
{card}
<p>Next month: a film without a plot, and why nobody misses it.</p>
</main>
</body>
</html>
"#
    )
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_what_the_docs_show() {
        let chapter = include_str!("../../docs/src/first-card.md");
        for pasted in [OWN_ROOM, OWN_SCRIPT] {
            assert!(chapter.contains(pasted), "{pasted}");
        }
    }
}

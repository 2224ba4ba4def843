//! Frames and players, which would load somebody else's page, become a plain link to what they show.

use super::allow::{self, Kind, LINK, MARKS};
use super::nesting::Shell;
use super::url;
use super::walk::{Name, Source, Walk};

/// Host, the path before a video's name, and the page where a reader can watch it.
const PAGES: [(&str, &str, &str); 3] = [
    ("youtube.com", "/embed/", "https://www.youtube.com/watch?v="),
    ("youtube-nocookie.com", "/embed/", "https://www.youtube.com/watch?v="),
    ("player.vimeo.com", "/video/", "https://vimeo.com/"),
];

impl Walk<'_> {
    /// The link, with the frame's title or its host as text; a player without an address keeps its fallback.
    pub(super) fn frame<S: Source>(&mut self, node: &S, kind: Kind, shell: &Shell<'_>, depth: usize) {
        let Some(address) = self.address(node) else {
            if kind == Kind::Player {
                self.children(node, shell, depth);
            }
            return;
        };
        let href = page(&address).unwrap_or(address);
        let title = node.attribute("title").filter(|title| !title.trim().is_empty());
        if shell.no & LINK != 0 {
            return self.text(&title.unwrap_or_default(), shell);
        }
        let text = title.unwrap_or_else(|| url::host(&href).map_or(href.as_str(), |(host, _)| host).into());
        let rel = self.rel(&href, "");
        let mut attributes = vec![("href", href)];
        attributes.extend(rel);
        let (id, no) = (self.tree.next_id(), shell.no | LINK | MARKS);
        let link = Shell { outer: Some(shell), id, tag: "a", kind: Kind::Phrase, attributes, no };
        self.text(&text, &link);
    }

    fn address<S: Source>(&self, node: &S) -> Option<String> {
        // Consent banners and lazy loaders park the address in `data-src`.
        let of = |node: &S| {
            ["src", "data-src", "data"]
                .iter()
                .find_map(|name| allow::value("href", &node.attribute(name)?, self.base))
        };
        of(node).or_else(|| {
            let mut next = node.first_child();
            while let Some(child) = next {
                if matches!(child.kind(), Name::Html(name) if name == "source") {
                    return of(&child);
                }
                next = child.next_sibling();
            }
            None
        })
    }
}

fn page(address: &str) -> Option<String> {
    let (host, path) = url::host(address)?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    PAGES.iter().find_map(|(site, prefix, page)| {
        let name = path.strip_prefix(prefix).filter(|_| host.eq_ignore_ascii_case(site))?;
        let name = name
            .split(['?', '#', '/', '&'])
            .next()
            .filter(|name| !name.is_empty() && *name != "videoseries")?;
        Some([page, name].concat())
    })
}

//! Turns frames and players, which would load another site's page, into plain links to their content.

use super::allow::{self, Kind, LINK, MARKS};
use super::walk::{Name, Source, Walk};
use super::{cut, url};

/// The host, the path before a video's id, and the address of the page where visitors can watch it.
const PAGES: [(&str, &str, &str); 3] = [
    ("youtube.com", "/embed/", "https://www.youtube.com/watch?v="),
    ("youtube-nocookie.com", "/embed/", "https://www.youtube.com/watch?v="),
    ("player.vimeo.com", "/video/", "https://vimeo.com/"),
];

/// The maximum number of frames of a text that are compared.
const MAX_FRAMES: usize = 64;

impl Walk<'_> {
    /// Adds the link, with the frame's title or its host as text. Returns `false` if the frame has no address.
    pub(super) fn frame<S: Source>(&mut self, node: &S) -> bool {
        let Some(address) = self.address(node) else { return false };
        let href = page(&address).unwrap_or(address);
        // Lazy loaders and embeds have the same frame twice.
        if self.frames.contains(&href) {
            return true;
        }
        if self.frames.len() < MAX_FRAMES {
            self.frames.push(href.clone());
        }
        let title = node.attribute("title").unwrap_or_default();
        let linked = self.no() & LINK != 0;
        let host = url::host(&href).map_or(href.as_str(), |(host, _)| host);
        let text = if linked || !title.trim().is_empty() { title } else { host.into() };
        if !linked {
            let rel = self.rel(&href, "");
            let mut attributes = vec![("href", href)];
            attributes.extend(rel);
            self.enter("a", Kind::Phrase, &allow::DIV, attributes, LINK | MARKS);
        }
        self.text(&text);
        true
    }

    /// Returns the address of the node or of the first `source` in it. Consent banners and lazy loaders move it to
    /// `data-src`.
    fn address<S: Source>(&self, node: &S) -> Option<String> {
        let of = |node: &S| {
            ["src", "data-src", "data"]
                .iter()
                .find_map(|name| allow::value("href", &node.attribute(name)?, self.base))
        };
        let mut address = of(node);
        let mut next = node.first_child();
        while let Some(child) = next.filter(|_| address.is_none()) {
            if matches!(child.kind(), Name::Html(name) if name == "source") {
                address = of(&child);
            }
            next = child.next_sibling();
        }
        address
    }
}

fn page(address: &str) -> Option<String> {
    let (host, path) = url::host(address)?;
    for (site, prefix, page) in PAGES {
        if host.strip_prefix("www.").unwrap_or(host).eq_ignore_ascii_case(site)
            && let Some(rest) = path.strip_prefix(prefix)
        {
            let (name, _) = cut(rest, b"?#/&");
            if !matches!(name, "" | "videoseries") {
                return Some(String::from(page) + name);
            }
        }
    }
    None
}

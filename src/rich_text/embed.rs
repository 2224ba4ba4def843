//! Frames and players, which would load somebody else's page, become a plain link to what they show.

use super::allow::{self, Kind, LINK};
use super::walk::{Name, Place, Source, Walk};
use super::{Element, Node, clean, push, url};

/// Host, the path before a video's name, and the page where a reader can watch it.
const PAGES: [(&str, &str, &str); 3] = [
    ("youtube.com", "/embed/", "https://www.youtube.com/watch?v="),
    ("youtube-nocookie.com", "/embed/", "https://www.youtube.com/watch?v="),
    ("player.vimeo.com", "/video/", "https://vimeo.com/"),
];

impl Walk<'_> {
    /// The link, with the frame's title or its host as text; a player without an address keeps its fallback.
    pub(super) fn frame<S: Source>(&mut self, node: &S, kind: Kind, place: Place, out: &mut Vec<Node>) {
        let Some(address) = self.address(node) else {
            if kind == Kind::Player {
                self.children(node, place, out);
            }
            return;
        };
        let title = clean(node.attribute("title").unwrap_or_default().trim());
        if place.no & LINK != 0 {
            return push(out, Node::Text(title));
        }
        let href = page(&address).unwrap_or(address);
        let text = match url::host(&href) {
            _ if !title.is_empty() => title,
            Some((host, _)) => host.into(),
            None => href.clone(),
        };
        let rel = self.rel(&href, "");
        let attributes = [("href", href)].into_iter().chain(rel).collect();
        out.push(Node::Element(Element { tag: "a", attributes, children: vec![Node::Text(text)] }));
    }

    fn address<S: Source>(&self, node: &S) -> Option<String> {
        let of = |node: &S| {
            // Consent banners and lazy loaders park the address.
            let mut names = ["src", "data-src", "data"].into_iter();
            names.find_map(|name| allow::value("href", &node.attribute(name)?, self.base))
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
        let name = name.split(['?', '#', '/', '&']).next().filter(|name| !name.is_empty() && *name != "videoseries")?;
        Some([page, name].concat())
    })
}

//! Measures the transferred bytes: Brotli 11 for everything except pictures.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};

use crate::browser::Browsers;
use crate::line::Line;
use crate::site::Sent;
use crate::subject::Subject;

/// What a page downloaded until it was at rest.
#[derive(Default)]
pub(crate) struct Weight {
    pub(crate) script: usize,
    pub(crate) wasm: usize,
    pub(crate) styles: usize,
    /// The page and the review's JSON.
    pub(crate) content: usize,
}

impl Weight {
    /// Returns the bytes for the card: everything that is not the blog's own.
    pub(crate) fn card(&self) -> usize {
        self.script + self.wasm + self.styles
    }

    fn of(sent: &[Sent]) -> Self {
        let mut weight = Self::default();
        for Sent { path, bytes } in sent {
            match kind(path) {
                "js" => weight.script += bytes,
                "wasm" => weight.wasm += bytes,
                "css" => weight.styles += bytes,
                "webp" | "svg" => {}
                _ => weight.content += bytes,
            }
        }
        weight
    }
}

/// Loads each page in a fresh browser. `others` are pages that load more of the release than a card needs.
pub(crate) fn measure(browsers: &Browsers<'_>, subjects: &[Subject], others: &[String]) -> Result<Wire> {
    let mut wire = Wire::default();
    let load = |path: &str, wait: &str| {
        let loaded = browsers.take(Line::Fast, |browser| {
            browser.open(path)?;
            browser.get(wait)
        });
        loaded.with_context(|| format!("loading {path}"))?;
        anyhow::Ok(browsers.site.sent())
    };
    for subject in subjects {
        let sent = load(&subject.path, "bench.settled(500)")?;
        wire.asked.extend(sent.iter().map(|sent| sent.path.clone()));
        wire.pages.insert(subject.path.clone(), Weight::of(&sent));
    }
    for path in others {
        wire.pages.insert(path.clone(), Weight::of(&load(path, "bench.rest(2000)")?));
    }
    Ok(wire)
}

/// The bytes of all pages.
#[derive(Default)]
pub(crate) struct Wire {
    pub(crate) pages: BTreeMap<String, Weight>,
    /// Every path that a subject's page requested.
    asked: Vec<String>,
}

impl Wire {
    /// Returns the scripts and modules of the release that no subject's page requested, by name without extension.
    pub(crate) fn on_demand(&self, dist: &Path) -> Result<BTreeMap<String, Weight>> {
        let mut modules = BTreeMap::<_, Vec<_>>::new();
        for entry in std::fs::read_dir(dist).with_context(|| format!("reading {}", dist.display()))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let Some(path) = name.strip_suffix(".br").map(|name| format!("/review-card/{name}")) else {
                continue;
            };
            if matches!(kind(&path), "js" | "wasm") && !self.asked.contains(&path) {
                let stem =
                    path.trim_start_matches("/review-card/").trim_end_matches(&format!(".{}", kind(&path)));
                let bytes = usize::try_from(entry.metadata()?.len())?;
                modules.entry(stem.to_owned()).or_default().push(Sent { path: path.clone(), bytes });
            }
        }
        Ok(modules.into_iter().map(|(name, files)| (name, Weight::of(&files))).collect())
    }
}

fn kind(path: &str) -> &str {
    Path::new(path).extension().and_then(|extension| extension.to_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Sent, Weight};

    #[test]
    fn pictures_do_not_count_and_pages_are_content() {
        let sent = [
            ("/a.js", 1),
            ("/b.js", 2),
            ("/c.wasm", 4),
            ("/d.css", 8),
            ("/page", 16),
            ("/e.json", 32),
            ("/f.webp", 64),
        ];
        let weight = Weight::of(&sent.map(|(path, bytes)| Sent { path: path.to_owned(), bytes }));
        assert_eq!((weight.script, weight.wasm, weight.styles, weight.content), (3, 4, 8, 48));
        assert_eq!(weight.card(), 15);
    }
}

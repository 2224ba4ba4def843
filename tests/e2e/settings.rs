//! What the tests run on: the release, and the browsers.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::engine::Engine;

/// What the environment says.
pub(crate) struct Settings {
    /// The folder of the release: `REVIEW_CARD_DIST`, or `dist` of this clone.
    pub(crate) dist: PathBuf,
    /// `REVIEW_CARD_ENGINES`, parted by commas, or Chromium.
    pub(crate) engines: Vec<Engine>,
}

impl Settings {
    pub(crate) fn from_environment() -> Result<Self> {
        let dist = std::env::var_os("REVIEW_CARD_DIST").map_or_else(
            || Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("dist"),
            PathBuf::from,
        );
        for file in ["review-card.js", "review-card.wasm"] {
            ensure!(
                dist.join(file).is_file(),
                "expected the release in {}, found no {file}: run `cargo xtask dist`",
                dist.display()
            );
        }
        let engines = std::env::var("REVIEW_CARD_ENGINES").unwrap_or_else(|_| "chromium".into());
        let engines = engines.split(',').map(|name| Engine::parse(name.trim())).collect::<Result<_>>();
        Ok(Self { dist, engines: engines.context("reading REVIEW_CARD_ENGINES")? })
    }
}

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
    /// `REVIEW_CARD_SHARD`, such as `2/3`: these tests are the second of three parts. All of them without it.
    pub(crate) shard: Shard,
}

/// A part of the tests; the others run in other browsers at the same time.
#[derive(Clone, Copy)]
pub(crate) struct Shard {
    number: usize,
    count: usize,
}

impl Shard {
    fn parse(text: &str) -> Option<Self> {
        let (number, count) = text.split_once('/')?;
        let shard = Self { number: number.parse().ok()?, count: count.parse().ok()? };
        (1..=shard.count).contains(&shard.number).then_some(shard)
    }

    /// Returns whether the test with this index belongs to the part.
    pub(crate) fn has(self, index: usize) -> bool {
        index % self.count + 1 == self.number
    }
}

/// Returns whether tests take as long as they need: `cargo xtask test --all` sets `REVIEW_CARD_ALL`.
pub(crate) fn is_all() -> bool {
    std::env::var_os("REVIEW_CARD_ALL").is_some()
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
        let engines = engines.context("reading REVIEW_CARD_ENGINES")?;
        let shard = std::env::var("REVIEW_CARD_SHARD").unwrap_or_else(|_| "1/1".into());
        let shard = Shard::parse(&shard)
            .with_context(|| format!("REVIEW_CARD_SHARD: expected a part such as 1/2, found {shard}"))?;
        Ok(Self { dist, engines, shard })
    }
}

//! Stores the draft, the author and the theme in this browser. An empty page stores nothing, and everything can be
//! deleted.

use gloo::storage::{LocalStorage, Storage as _};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::preview::Looks;
use crate::draft::Draft;
use crate::theme::Theme;

/// The only key in the browser's storage.
const KEY: &str = "review-card-studio";

/// Everything that is stored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    pub(super) draft: Draft,
    pub(super) theme: Theme,
    pub(super) looks: Looks,
    /// The author of the latest review, who is the default for the next one.
    pub(super) author: Option<Value>,
    /// The language of the page.
    pub(super) lang: Option<String>,
}

/// Returns what is stored; the default if there is nothing, or if it cannot be read.
pub(super) fn load() -> Kept {
    let kept: Kept = LocalStorage::get(KEY).unwrap_or_default();
    // A draft always has a review, even if somebody has edited the storage.
    if kept.draft.entries().is_empty() { Kept { draft: Draft::default(), ..kept } } else { kept }
}

/// Stores everything; returns whether that worked.
pub(super) fn keep(kept: &Kept) -> bool {
    if *kept == Kept::default() {
        forget();
        return true;
    }
    LocalStorage::set(KEY, kept).is_ok()
}

/// Deletes everything.
pub(super) fn forget() {
    LocalStorage::delete(KEY);
}

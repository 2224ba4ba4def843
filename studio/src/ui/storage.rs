//! What is kept in this browser: the draft, the author, the looks. Nothing is kept of a blank page, and all of it can be deleted.

use gloo::storage::{LocalStorage, Storage as _};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::see::Looks;
use crate::draft::Draft;
use crate::theme::Theme;

/// The one key in the browser's storage.
const KEY: &str = "review-card-studio";

/// All that is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    pub(super) draft: Draft,
    pub(super) theme: Theme,
    pub(super) looks: Looks,
    /// The author of the latest review: the next one begins with them.
    pub(super) author: Option<Value>,
    /// The language of the page.
    pub(super) lang: Option<String>,
}

/// What was kept; nothing where there is none, or where it cannot be read.
pub(super) fn load() -> Kept {
    let kept: Kept = LocalStorage::get(KEY).unwrap_or_default();
    // A draft has a review, whatever somebody has made of the storage.
    if kept.draft.entries().is_empty() { Kept { draft: Draft::default(), ..kept } } else { kept }
}

/// Keeps it; tells whether the browser did.
pub(super) fn keep(kept: &Kept) -> bool {
    if *kept == Kept::default() {
        forget();
        return true;
    }
    LocalStorage::set(KEY, kept).is_ok()
}

/// Deletes all of it.
pub(super) fn forget() {
    LocalStorage::delete(KEY);
}

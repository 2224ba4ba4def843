//! What many reviews of a document have in common: the authors of a feed, the items and people that JSON-LD refers to.
//!
//! The attack: one long text that a hundred thousand reviews share, so that a few megabytes become as many as memory has. The defence: a
//! limit on all the copies together.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::MAX_BYTES;
use super::field::Field;

/// What is shared may come to half of the longest document, in bytes; what is beyond is left out, and told.
pub const MAX_SHARED: usize = MAX_BYTES / 2;

/// How often what is shared may be in memory for each review: a name is the title, the id and the name of the work, and is written.
const COPIES: usize = 5;

/// One more than is left of [`MAX_SHARED`]; zero once that did not suffice.
#[derive(Debug)]
pub(super) struct Shared(AtomicUsize);

impl Default for Shared {
    fn default() -> Self {
        Self(AtomicUsize::new(MAX_SHARED + 1))
    }
}

impl Clone for Shared {
    fn clone(&self) -> Self {
        Self(AtomicUsize::new(self.0.load(Ordering::Relaxed)))
    }
}

impl Shared {
    /// Takes so many bytes, if there are as many left; tells once that there are not.
    pub(super) fn takes(&self, size: usize, field: &Field) -> bool {
        let less = |left: usize| left.checked_sub(size).filter(|left| *left > 0);
        let taken = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        if taken.is_err() && self.0.swap(0, Ordering::Relaxed) > 0 {
            field.tell(&[
                "expected at most ",
                &MAX_SHARED.to_string(),
                " bytes of what reviews share; the rest is left out",
            ]);
        }
        taken.is_ok() && field.has_room(COPIES * size)
    }

    /// Whether nothing more is taken.
    pub(super) fn is_used_up(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }
}

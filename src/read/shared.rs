//! Limits data that many reviews of a document share: the authors of a feed, and the items and people that JSON-LD
//! refers to.
//!
//! The attack: a hundred thousand reviews share one long text, so that a document of a few megabytes fills all memory.
//! The defence: one limit for all copies together.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::MAX_BYTES;
use super::field::Field;

/// The maximum size of all shared data in bytes: half the size of the longest document. The rest is left out, and this
/// is reported.
pub const MAX_SHARED: usize = MAX_BYTES / 2;

/// The maximum number of copies of a shared text in each review: a name is the title, the id and the name of the work, and is
/// written.
const COPIES: usize = 5;

/// The bytes left of [`MAX_SHARED`], plus one. Zero once the limit was exceeded.
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
    /// Takes `size` bytes if they are left. The first time that they are not, reports it.
    pub(super) fn takes(&self, size: usize, field: &Field) -> bool {
        let less = |left: usize| left.checked_sub(size).filter(|left| *left > 0);
        let taken = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        if taken.is_err() && self.0.swap(0, Ordering::Relaxed) > 0 {
            field.problem(&[
                "expected at most ",
                &MAX_SHARED.to_string(),
                " bytes of data that reviews share, such as works and authors; the rest is left out",
            ]);
        }
        taken.is_ok() && field.has_room(COPIES * size)
    }

    /// Returns whether the limit was exceeded.
    pub(super) fn is_used_up(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::super::report::Report;
    use super::{COPIES, Field, MAX_SHARED, Shared};
    use crate::json::Json;

    /// Checks which sizes are taken, one after the other, and how often it is reported that the rest is left out.
    #[track_caller]
    fn check(shared: &Shared, sizes: &[usize], expected: &[bool], problems: usize) {
        let report = Report::new(None, usize::MAX);
        let field = Field::root(&Json::Null, &report);
        let taken: Vec<_> = sizes.iter().map(|size| shared.takes(*size, &field)).collect();
        assert_eq!(taken, expected, "{sizes:?}");
        assert_eq!(shared.is_used_up(), problems > 0, "{sizes:?}");
        assert_eq!(report.into_problems().len(), problems, "{sizes:?}");
    }

    #[test]
    fn all_that_is_shared_is_within_the_limit() {
        check(&Shared::default(), &[MAX_SHARED], &[true], 0);
        check(&Shared::default(), &[MAX_SHARED + 1], &[false], 1);
        check(
            &Shared::default(),
            &[1, MAX_SHARED - 1, 0, 1, 0, 1],
            &[true, true, true, false, false, false],
            1,
        );
        let shared = Shared::default();
        check(&shared, &[1], &[true], 0);
        check(&shared.clone(), &[MAX_SHARED], &[false], 1);
        check(&shared, &[MAX_SHARED - 1], &[true], 0);
    }

    #[test]
    fn what_is_shared_takes_room_for_all_its_copies() {
        for (room, expected) in [(COPIES * 1000 + 64, true), (COPIES * 1000 + 63, false)] {
            let report = Report::new(None, room);
            let field = Field::root(&Json::Null, &report);
            assert_eq!(Shared::default().takes(1000, &field), expected, "{room}");
        }
    }
}

//! Ctrl-C while files are written, or the end of the terminal or of the build that it runs in (SIGHUP, SIGTERM): those that are
//! begun are finished, and no other is begun. So nothing unfinished is left, not even under a name that nobody looks at.
//!
//! What cannot be heeded, as a loss of power or `kill -9`, leaves at most an unfinished file (see [`super::folder`]).

use std::process;
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

/// What shells tell of a command that Ctrl-C has ended.
const INTERRUPTED: i32 = 130;

/// Read by whoever writes a file, and locked for good by an interruption.
static FILES: RwLock<()> = RwLock::new(());

/// Heeds it from now on. Where the system lets nobody do so, an interruption is as one that cannot be heeded.
pub(super) fn heed() {
    let _ = ctrlc::set_handler(|| {
        let _none = FILES.write().unwrap_or_else(PoisonError::into_inner);
        process::exit(INTERRUPTED);
    });
}

/// Puts an interruption off while a file is unfinished.
pub(super) fn put_off() -> RwLockReadGuard<'static, ()> {
    FILES.read().unwrap_or_else(PoisonError::into_inner)
}

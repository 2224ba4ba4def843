//! Handles Ctrl-C, and the end of the terminal or the build (SIGHUP, SIGTERM), while files are written: files in
//! progress are finished and no others are started. So no unfinished file is left behind, not even a temporary one.
//!
//! A power failure or `kill -9` cannot be handled, and leaves at most one temporary file (see [`super::folder`]).

use std::process;
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

/// The exit code that shells report for a command that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// Read-locked while a file is written; write-locked for good by an interruption.
static FILES: RwLock<()> = RwLock::new(());

/// Installs the handler. If the system does not allow that, an interruption ends the process at once.
pub(super) fn heed() {
    let _ = ctrlc::set_handler(|| {
        let _none = FILES.write().unwrap_or_else(PoisonError::into_inner);
        process::exit(INTERRUPTED);
    });
}

/// Delays an interruption while the returned guard exists.
pub(super) fn put_off() -> RwLockReadGuard<'static, ()> {
    FILES.read().unwrap_or_else(PoisonError::into_inner)
}

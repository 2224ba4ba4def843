//! Reports a test that cannot test anything here, because something that it needs is absent.

#![expect(clippy::expect_used, reason = "a test may stop")]

use std::io::Write as _;
use std::panic::Location;

/// Prints a line that `cargo xtask test` counts and repeats in its summary. Under CI (the variable `CI`), panics instead: nothing may
/// pass there without having been tested.
#[track_caller]
pub(crate) fn skip(missing: &str) {
    assert!(std::env::var_os("CI").is_none(), "expected what the test needs, found {missing}");
    // Not `println!`, which the harness shows only for failed tests.
    writeln!(std::io::stdout(), "SKIPPED: {}: {missing}", Location::caller()).expect("an output");
}

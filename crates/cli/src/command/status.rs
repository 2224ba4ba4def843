//! The exit status.

use std::process::ExitCode;

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 0: all well.
    Well,
    /// 1: done, with problems.
    Problems,
    /// 2: nothing could be done.
    Nothing,
}

impl Status {
    /// Of so many inputs, so many could be read; `clean`: with nothing to tell.
    pub(super) fn of(inputs: usize, readable: usize, clean: bool) -> Self {
        match (readable, clean) {
            (0, _) => Status::Nothing,
            (_, true) if readable == inputs => Status::Well,
            _ => Status::Problems,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        ExitCode::from(match status {
            Status::Well => 0,
            Status::Problems => 1,
            Status::Nothing => 2,
        })
    }
}

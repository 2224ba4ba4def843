//! The exit status.

use std::process::ExitCode;

/// The result of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 0: success.
    Well,
    /// 1: done, with problems.
    Problems,
    /// 2: nothing could be done.
    Nothing,
}

impl Status {
    /// Returns the status for `readable` of `inputs` inputs; `clean` means that no problems were reported.
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

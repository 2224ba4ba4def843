//! Code that `cargo xtask` and the release builder share: [`workspace`] finds folders, [`tools`] finds or installs
//! programs, [`process`] runs them.

pub mod process;
pub mod tools;
pub mod workspace;

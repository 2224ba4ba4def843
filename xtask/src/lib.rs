//! What `cargo xtask` and the builder of releases share: [`workspace`] knows where things are, [`tools`] gets the programs,
//! [`process`] runs them.

pub mod process;
pub mod tools;
pub mod workspace;

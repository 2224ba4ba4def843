//! The command `review-card`.

pub mod command;

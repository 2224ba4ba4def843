//! The command `review-card`, and the static HTML that it writes.

pub mod command;
pub mod prerender;

//! The command `review-card`.
fn main() {}

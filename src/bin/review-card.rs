//! The command `review-card`: see [`review_card::command`].

use std::process::ExitCode;

fn main() -> ExitCode {
    review_card::command::run()
}

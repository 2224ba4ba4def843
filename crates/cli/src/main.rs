//! The command `review-card`: see [`review_card_cli::command`].

use std::process::ExitCode;

fn main() -> ExitCode {
    review_card_cli::command::run()
}

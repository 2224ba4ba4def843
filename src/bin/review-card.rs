//! The command `review-card`.

use std::process::ExitCode;

fn main() -> ExitCode {
    review_card::command::run()
}

//! The command `review-card`: static HTML from files.

mod file_name;
mod folder;
mod render;
mod reviews;
mod turns;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Review cards for blogs.
#[derive(Parser)]
#[command(name = "review-card", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write static HTML, shown without any script
    Render(render::RenderArgs),
}

/// Runs the command with the arguments that the program was given.
pub fn run() -> ExitCode {
    match Cli::parse().command {
        Command::Render(args) => render::run(args),
    }
}

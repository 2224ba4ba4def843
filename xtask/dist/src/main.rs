//! Builds the release; `cargo xtask` calls this.
//!
//! It is a program of its own because it takes a minifier and a linker of JavaScript, readers of WebAssembly and Brotli,
//! which compile longer than all else in `xtask`. In reading order: [`release`] makes the folder out of [`wasm`] (with
//! [`trim`]), [`script`] (linked by [`bundle`]), [`studio`], [`declarations`] and [`archive`]; [`app`] is for the tests' Yew app.

mod app;
mod archive;
mod bundle;
mod declarations;
mod release;
mod script;
mod studio;
mod trim;
mod wasm;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use xtask::workspace::Workspace;

use crate::release::Build;

/// Builds review-card's release.
#[derive(Parser)]
#[command(name = "review-card-dist")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Builds all the files that a blog copies to its server
    Build {
        /// The folder to write, replaced as a whole
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// A development build: neither optimized nor compressed
        #[arg(long)]
        fast: bool,
        /// Leaves the studio out
        #[arg(long)]
        no_studio: bool,
        /// Another clone to build
        #[arg(long, value_name = "DIR")]
        root: Option<PathBuf>,
    },
    /// Writes the modules that were built last with the names of their functions, which a release drops
    Names {
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Checks that an app exports nothing of the element's, and writes its glue
    App {
        /// The app, as cargo has compiled it
        app: PathBuf,
        /// The element's module
        #[arg(long, value_name = "FILE")]
        element: PathBuf,
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    let workspace = Workspace::load()?;
    match task {
        Task::Build { out, fast, no_studio, root } => {
            let workspace = match root {
                Some(root) => workspace.moved(root),
                None => workspace,
            };
            release::build(&workspace, if fast { Build::Fast } else { Build::Release }, !no_studio, &out)
        }
        Task::Names { out } => wasm::write_names(&workspace, &out),
        Task::App { app, element, out } => app::bind(&app, &element, &out),
    }
}

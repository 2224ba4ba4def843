//! Builds the release; `cargo xtask` calls this program.
//!
//! It is a program of its own because it needs a JavaScript minifier and linker, WebAssembly parsers and Brotli, which
//! take longer to compile than everything else in `xtask`. In reading order: [`release`] assembles the folder from
//! [`wasm`] (with [`trim`], [`unused`] and [`order`]), [`script`] (linked by [`bundle`]), [`studio`], [`declarations`]
//! and [`archive`]; [`app`] is for the tests' Yew app.

mod app;
mod archive;
mod bundle;
mod declarations;
mod order;
mod release;
mod script;
mod studio;
mod trim;
mod unused;
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
        /// The folder to write; an existing one is replaced
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
    /// Writes the modules of the last build with their function names, which a release drops
    Names {
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Checks that an app exports none of the element's functions, and writes its glue
    App {
        /// The app, as compiled by cargo
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

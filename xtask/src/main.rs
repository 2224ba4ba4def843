//! The tasks of a contributor: `cargo xtask serve | test | dist | reproduce | examples | bench`.
//!
//! Every task first installs what it needs (see [`xtask::tools`]), so each works on a fresh clone. This program has few
//! dependencies, so it compiles quickly. In reading order: [`dist`] calls the release builder, [`reproduce`] calls it
//! twice, [`serve`] shows the release on the demo page, [`docs`] builds the site with the chapters that [`reference`]
//! writes, [`examples`] builds blogs with cards, [`mod@test`] runs everything that CI runs, and [`mod@bench`] compares
//! the card with others.

mod bench;
mod counts;
mod dist;
mod docs;
mod examples;
mod reference;
mod reproduce;
mod serve;
mod test;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use xtask::tools::Engine;
use xtask::workspace::Workspace;

use crate::dist::Build;

/// Works on review-card. Each task installs what it needs.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Serves the demo page, and builds it again whenever a source changes
    Serve {
        /// The port on 127.0.0.1
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Further arguments for `trunk serve`, after `--`
        #[arg(last = true)]
        trunk: Vec<String>,
    },
    /// Runs everything that CI runs
    Test {
        /// The browsers of the end-to-end tests, separated by commas
        #[arg(long, value_delimiter = ',', default_value = "chromium,firefox,webkit")]
        engines: Vec<Engine>,
        /// Also runs what takes too long for every change: packs the published packages and compiles each from its
        /// pack, builds the release in two folders and compares them, and tests the memory of cards for longer
        #[arg(long)]
        all: bool,
    },
    /// Builds the release: all the files that a blog copies to its server
    Dist {
        /// A development build: neither optimized nor compressed
        #[arg(long)]
        fast: bool,
        /// The folder to write; an existing one is replaced
        #[arg(long, value_name = "DIR", default_value = "dist")]
        out: PathBuf,
        /// Leaves the studio out, which is quicker while you work on a card
        #[arg(long)]
        no_studio: bool,
    },
    /// Builds the release of one commit in two folders, and compares them
    Reproduce,
    /// Builds the site: the chapters of `docs/` with live cards, the demo page and the studio, with the release in `dist`
    Docs,
    /// Builds the blogs of `examples/` with their generators and the release in `dist`
    Examples,
    /// Compares it with the same card in other technologies
    Bench {
        /// How many times each is measured
        #[arg(long, default_value_t = 9)]
        rounds: usize,
        /// Measures only one part: its tables are printed, and `bench/RESULTS.md` is not changed; two are not part of a
        /// full run: `generators` writes `bench/GENERATORS.md`, `pathological` needs no browser
        #[arg(long, value_parser = ["pages", "plain", "cards", "size", "prerendered", "archive", "generators", "pathological"])]
        only: Option<String>,
        /// Only serves the pages, without measuring
        #[arg(long)]
        serve: bool,
    },
    /// Copies the element beside the demo page; called by trunk's hook
    #[command(hide = true)]
    Stage,
    /// Builds the studio for the demo page; called by `stage` in a fresh clone
    #[command(hide = true)]
    Studio,
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
        Task::Serve { port, trunk } => serve::serve(&workspace, port, &trunk),
        Task::Test { engines, all } => test::test(&workspace, &engines, all),
        Task::Dist { fast, out, no_studio } => {
            let build = if fast { Build::Fast } else { Build::Release };
            dist::dist(&workspace, build, !no_studio, &workspace.root.join(out))
        }
        Task::Bench { rounds, only, serve } => bench::bench(&workspace, rounds, only.as_deref(), serve),
        Task::Reproduce => reproduce::reproduce(&workspace),
        Task::Docs => docs::docs(&workspace, &workspace.root.join("dist")),
        Task::Examples => examples::examples(&workspace, &workspace.root.join("dist")),
        Task::Stage => serve::stage(&workspace),
        Task::Studio => serve::studio(&workspace),
    }
}

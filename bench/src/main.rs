//! Compares review-card with the same card in other technologies. `cargo xtask bench` prepares everything that this
//! needs, and runs it.
//!
//! 1. [`subject`], [`plain`], [`cards`], [`archive`] and [`unseen`] add their pages to the [`site`].
//! 2. [`check`] ensures that all pages show the same card.
//! 3. [`wire`], [`pages`], [`plain`], [`cards`], [`archive`] and [`unseen`] measure, each page in a fresh [`browser`]
//!    on a [`mod@line`]. Each round measures everything once, so that changes on the machine affect all pages alike.
//!    [`anatomy`] reads modules. [`mod@generators`] compares the command with site generators, and [`pathological`]
//!    measures it with files that cost as much as they can, both separately.
//! 4. [`report`] writes the tables, and [`target`] says which targets are met.

#![expect(clippy::indexing_slicing, reason = "what is indexed is JSON: a key that is missing is null")]

mod anatomy;
mod archive;
mod browser;
mod cards;
mod check;
#[path = "../../tests/e2e/driver.rs"]
mod driver;
#[path = "../../tests/e2e/engine.rs"]
#[expect(dead_code, reason = "the end-to-end tests use all of it")]
mod engine;
mod findings;
mod generators;
mod line;
mod machine;
mod pages;
mod pathological;
mod plain;
mod report;
mod results;
#[path = "../../tests/e2e/screen.rs"]
mod screen;
#[path = "../../tests/e2e/session.rs"]
#[expect(dead_code, reason = "the end-to-end tests use all of it")]
mod session;
mod site;
mod statistics;
mod subject;
mod table;
mod target;
mod texts;
mod unseen;
mod wire;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};
use serde_json::Value;

use crate::anatomy::Anatomy;
use crate::browser::Browsers;
use crate::findings::Findings;
use crate::line::Line;
use crate::report::About;
use crate::results::Results;
use crate::site::{Files, Site};
use crate::subject::{Group, Prepared};

#[derive(Parser)]
struct Arguments {
    /// The release
    #[arg(long)]
    dist: PathBuf,
    /// The files that were prepared for the bench
    #[arg(long)]
    made: PathBuf,
    /// The commit, for the page of results
    #[arg(long)]
    commit: String,
    /// How many times each is measured
    #[arg(long, default_value_t = 9)]
    rounds: usize,
    /// The command `review-card`, optimized
    #[arg(long)]
    command: Option<PathBuf>,
    /// Measures only one part; the page of results is then printed and not written
    #[arg(long)]
    only: Option<Only>,
    /// Only serves the pages, until this program is stopped
    #[arg(long)]
    serve: bool,
}

/// A part of the bench.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Only {
    Pages,
    Cards,
    Size,
    Prerendered,
    Plain,
    Archive,
    Generators,
    Pathological,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    let bench = Path::new(env!("CARGO_MANIFEST_DIR"));
    match arguments.only {
        Some(Only::Generators) => return generators(arguments, bench),
        Some(Only::Pathological) => {
            println!("{}", pathological::measure(command(arguments)?, &arguments.commit)?);
            return Ok(());
        }
        _ => {}
    }
    let images = bench.with_file_name("demo").join("images");
    let prepared = Prepared { dist: &arguments.dist, made: &arguments.made, bench, images: &images };
    let mut files = Files::default();
    let mut subjects = subject::put_all(&mut files, &prepared)?;
    let is_without_script = arguments.only == Some(Only::Prerendered);
    subjects.retain(|subject| !is_without_script || subject.group == Group::Static);
    let many = cards::put_all(&mut files, bench, &arguments.dist)?;
    let plain = plain::put_all(&mut files, bench, &arguments.made, &subject::own_preloads(&arguments.dist)?)?;
    unseen::put_all(&mut files)?;
    archive::put_all(&mut files, bench)?;
    let site = Site::start(files)?;
    if arguments.serve {
        let pages = subjects.iter().map(|it| &it.path).chain(many.iter().map(|it| &it.path));
        let pages = pages.chain(plain.iter().map(|it| &it.path));
        pages.for_each(|path| println!("{}", site.address(path)));
        loop {
            std::thread::park();
        }
    }
    let browsers = Browsers::new(&site)?;
    let is_asked = |part| arguments.only.is_none_or(|only| only == part);

    eprintln!("looking whether all pages show the same card…");
    check::all(&browsers, &subjects, &arguments.made.join("pictures"))?;
    let mut findings = Findings {
        subjects: &subjects,
        many: &many,
        plain: &plain,
        wire: None,
        on_demand: BTreeMap::new(),
        anatomies: Vec::new(),
        results: Results::default(),
    };
    if is_asked(Only::Size) || is_without_script {
        let wire = wire::measure(&browsers, &subjects, &target::pages_with_more())?;
        if is_asked(Only::Size) {
            findings.on_demand = wire.on_demand(&arguments.dist)?;
            findings.anatomies = anatomies(&prepared)?;
        }
        findings.wire = Some(wire);
    }
    for round in 0..arguments.rounds {
        eprintln!("round {} of {}…", round + 1, arguments.rounds);
        if is_asked(Only::Pages) || is_without_script {
            pages::round(&browsers, &subjects, round, &mut findings.results)?;
        }
        if is_asked(Only::Pages) {
            unseen::round(&browsers, &mut findings.results)?;
        }
        if is_asked(Only::Plain) {
            plain::round(&browsers, &plain, round, &mut findings.results)?;
        }
        if is_asked(Only::Cards) {
            cards::round(&browsers, &many, round, &mut findings.results)?;
        }
        if is_asked(Only::Archive) {
            archive::round(&browsers, &mut findings.results)?;
        }
    }
    let about = About {
        commit: arguments.commit.clone(),
        rounds: arguments.rounds,
        machine: machine::describe(),
        browser: browser::version(&browsers.start(Line::Fast)?)?,
        peers: peers(bench)?,
    };
    let page = report::page(&about, &findings);
    println!("{page}");
    if arguments.only.is_none() {
        let path = bench.join("RESULTS.md");
        std::fs::write(&path, page).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

fn command(arguments: &Arguments) -> Result<&Path> {
    arguments.command.as_deref().context("expected --command with this part")
}

/// Runs the comparison with site generators, which has its own page of results.
fn generators(arguments: &Arguments, bench: &Path) -> Result<()> {
    let prepared = generators::Prepared { command: command(arguments)?, sites: &arguments.made };
    let page = generators::measure(&prepared, arguments.rounds, &arguments.commit)?;
    println!("{page}");
    let path = bench.join("GENERATORS.md");
    std::fs::write(&path, page).with_context(|| format!("writing {}", path.display()))
}

/// Reads each module of the release for which there is also a build with names.
fn anatomies(prepared: &Prepared<'_>) -> Result<Vec<(String, Anatomy)>> {
    let folder = prepared.made.join("named");
    let mut modules = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
        let named = entry?.path();
        let name = named.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let anatomy = anatomy::read(&named, &prepared.dist.join(&name))?;
        modules.push((name, anatomy));
    }
    modules.sort_by_key(|(name, _)| (name.len(), name.clone()));
    Ok(modules)
}

/// Returns the peers' names and versions, as pinned in `package.json`.
fn peers(bench: &Path) -> Result<String> {
    let path = bench.join("package.json");
    let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let package: Value =
        serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))?;
    let packages = package["dependencies"].as_object().into_iter().flatten();
    let versions = packages.map(|(name, version)| format!("{name} {}", version.as_str().unwrap_or_default()));
    Ok(versions.collect::<Vec<_>>().join(", "))
}

//! Measures time and memory for writing many reviews as pages: `review-card render` compared with Hugo and Eleventy,
//! for the same texts ([`crate::texts`]).
//!
//! Each run is a separate process that writes into an empty folder. In each round, all run once, one after the other. A
//! run counts only if all pages exist and the last one is complete.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::pathological::peak;
use crate::statistics::Sample;
use crate::table::{Table, grouped, number, spread};
use crate::{machine, texts};

/// The number of reviews that all three write.
const BESIDE_OTHERS: usize = 10_000;
/// The numbers of reviews that only our command writes, to see how time and memory grow.
const OURS: [usize; 3] = [1_000, BESIDE_OTHERS, 100_000];
/// The interval at which a process's memory is read.
const LOOK: Duration = Duration::from_millis(5);

/// The output of `cargo xtask bench`.
pub(crate) struct Prepared<'a> {
    /// The command `review-card`, optimized.
    pub(crate) command: &'a Path,
    /// The sites of Hugo and Eleventy, with npm packages installed.
    pub(crate) sites: &'a Path,
}

/// A program that writes a number of pages.
struct Way {
    name: &'static str,
    reviews: usize,
    program: PathBuf,
    arguments: Vec<String>,
    folder: PathBuf,
    /// The output folder.
    output: PathBuf,
    seconds: Sample,
    megabytes: Sample,
}

/// Measures all programs, and returns the page of results.
pub(crate) fn measure(prepared: &Prepared<'_>, rounds: usize, commit: &str) -> Result<String> {
    let folder = tempfile::tempdir_in(prepared.sites)?;
    eprintln!("writing texts…");
    let mut ways = ways(prepared, folder.path())?;
    for round in 0..rounds {
        eprintln!("round {} of {rounds}…", round + 1);
        for way in &mut ways {
            way.run()?;
        }
    }
    let page = page(&ways, rounds, commit)?;
    Ok(page)
}

fn ways(prepared: &Prepared<'_>, folder: &Path) -> Result<Vec<Way>> {
    let way = |name, reviews, program: &Path, arguments: Vec<String>, folder: PathBuf, output: PathBuf| Way {
        name,
        reviews,
        program: program.to_owned(),
        arguments,
        folder,
        output,
        seconds: Sample::default(),
        megabytes: Sample::default(),
    };
    let mut ways = Vec::new();
    for reviews in OURS {
        let input = folder.join(format!("{reviews}.json"));
        texts::json(reviews, &input)?;
        let output = folder.join(format!("pages-{reviews}"));
        let options = [
            "--page",
            "--light",
            "--stylesheet",
            "/review-card.css",
            "--base",
            "https://blog.example/",
            "--out",
        ];
        let paths = [&output, &input].map(|path| path.to_string_lossy().into_owned());
        let arguments = ["render"].into_iter().chain(options).map(str::to_owned).chain(paths).collect();
        ways.push(way("review-card render", reviews, prepared.command, arguments, folder.to_owned(), output));
    }
    let hugo = prepared.sites.join("hugo");
    texts::markdown(BESIDE_OTHERS, &hugo.join("content/reviews"))?;
    let arguments = vec!["--quiet".to_owned()];
    ways.push(way("Hugo", BESIDE_OTHERS, Path::new("hugo"), arguments, hugo.clone(), hugo.join("public")));
    let eleventy = prepared.sites.join("eleventy");
    texts::markdown(BESIDE_OTHERS, &eleventy.join("reviews"))?;
    let arguments = vec!["node_modules/@11ty/eleventy/cmd.cjs".to_owned()];
    let output = eleventy.join("_site");
    ways.push(way("Eleventy", BESIDE_OTHERS, Path::new("node"), arguments, eleventy, output));
    Ok(ways)
}

impl Way {
    fn run(&mut self) -> Result<()> {
        clear(&self.output)?;
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).current_dir(&self.folder).stdout(Stdio::null());
        let start = Instant::now();
        let mut process =
            command.spawn().with_context(|| format!("expected {} to start", self.program.display()))?;
        let mut bytes = 0.0;
        let status = loop {
            bytes = peak(process.id()).unwrap_or(bytes);
            if let Some(status) = process.try_wait()? {
                break status;
            }
            std::thread::sleep(LOOK);
        };
        let seconds = start.elapsed().as_secs_f64();
        ensure!(status.success(), "{} ended with {status}", self.name);
        self.look()?;
        clear(&self.output)?;
        eprintln!("{}, {} reviews: {seconds:.2} s, {:.0} MB", self.name, self.reviews, bytes / MEGABYTE);
        self.seconds.add(seconds);
        self.megabytes.add(bytes / MEGABYTE);
        Ok(())
    }

    /// Checks that all pages exist, and that the last one is complete.
    fn look(&self) -> Result<()> {
        let mut pages = 0;
        for entry in fs::read_dir(&self.output)? {
            pages += usize::from(entry?.path().extension().is_some_and(|it| it == "html"));
        }
        ensure!(pages == self.reviews, "{}: expected {} pages, found {pages}", self.name, self.reviews);
        let last = self.reviews - 1;
        let html = fs::read_to_string(self.output.join(format!("r{last}.html")))?;
        for part in [&texts::end(last), "application/ld+json", "<details"] {
            ensure!(html.contains(part), "{}: expected {part} in the last page, found none", self.name);
        }
        Ok(())
    }
}

fn clear(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

const MEGABYTE: f64 = 1_000_000.0;

fn page(ways: &[Way], rounds: usize, commit: &str) -> Result<String> {
    let mut table = Table::new(&["", "reviews", "seconds", "for 1,000, in ms", "peak memory, MB"]);
    for way in ways {
        let thousands = f64::from(u32::try_from(way.reviews)?) / 1000.0;
        let each = way.seconds.median().map_or("–".to_owned(), |it| number(it * 1000.0 / thousands, 0));
        table.row(vec![
            way.name.to_owned(),
            grouped(way.reviews),
            spread(Some(&way.seconds), 1.0, 2),
            each,
            spread(Some(&way.megabytes), 1.0, 0),
        ]);
    }
    Ok(format!(
        "# Beside generators\n\nWritten by `cargo xtask bench --only generators`; [README.md](README.md) says what is measured and \
         how.\n\n- review-card: {commit}\n- Beside it: {}, Eleventy {}, Node.js {}\n- Machine: {}\n- Rounds: {rounds}. Where a \
         number has two more in brackets, it is the median, between the least and the greatest.\n\n{table}",
        hugo()?,
        said("node", &["node_modules/@11ty/eleventy/cmd.cjs", "--version"], ways)?,
        said("node", &["--version"], ways)?,
        machine::describe(),
    ))
}

/// `Hugo 0.111.3`
fn hugo() -> Result<String> {
    let output = Command::new("hugo").arg("version").output().context("running hugo")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let version = text.split(['v', '-', '+']).find(|part| part.starts_with(|c: char| c.is_ascii_digit()));
    Ok(format!("Hugo {}", version.unwrap_or(text.trim())))
}

/// Returns the output of a program in Eleventy's site.
fn said(program: &str, arguments: &[&str], ways: &[Way]) -> Result<String> {
    let folder = ways.last().map(|way| way.folder.as_path()).context("expected Eleventy's site")?;
    let output = Command::new(program).args(arguments).current_dir(folder).output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().trim_start_matches('v').to_owned())
}

//! `review-card export`: writes reviews in a format that other services read, so that nobody is locked in.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use review_card::Collection;
use review_card_import::export::{self, Target};

use super::file_name::FileNames;
use super::folder::Folder;
use super::input::Input;
use super::interruption;
use super::render::{base, print_error, reason};

/// `export INPUT... --to FORMAT`
#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// Files with reviews in JSON; `-` is standard input
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<String>,
    /// letterboxd (a table that Letterboxd imports), json-feed or markdown (with front matter)
    #[arg(long, value_name = "FORMAT")]
    to: Target,
    /// Write DIR/ID.md for each review (markdown only)
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Resolve relative addresses against this one; a last part without a dot is a folder
    #[arg(long, value_name = "URL", value_parser = base)]
    base: Option<String>,
}

pub(super) fn run(args: ExportArgs) -> ExitCode {
    let mut all = Collection::default();
    let mut problems = false;
    for name in &args.inputs {
        let input = Input::read(name, args.base.as_deref());
        match input.document {
            Ok((collection, found)) => {
                all.title = all.title.or(collection.title);
                all.reviews.extend(collection.reviews);
                for problem in found {
                    problems = true;
                    print_error(&format!("{}: {problem}", input.name));
                }
            }
            Err(error) => {
                problems = true;
                print_error(&format!("{}: {error}", input.name));
            }
        }
    }
    if all.reviews.is_empty() {
        if !problems {
            print_error("expected at least one review, found none");
        }
        return ExitCode::from(2);
    }
    let written = match (args.to, args.out) {
        (Target::Markdown, Some(out)) => {
            let name = out.display().to_string();
            files(out, &all)
                .map_err(|error| io::Error::new(error.kind(), format!("{name}: {}", reason(&error))))
        }
        (Target::Markdown, None) if all.reviews.len() > 1 => {
            print_error(&format!(
                "expected --out DIR: a file of Markdown holds one review, and here are {}",
                all.reviews.len()
            ));
            return ExitCode::from(2);
        }
        (to, None) => print(&all, to, &mut problems),
        (to, Some(_)) => {
            print_error(&format!("expected no --out: {to} is one file, on standard output"));
            return ExitCode::from(2);
        }
    };
    match written {
        Ok(()) => ExitCode::from(u8::from(problems)),
        Err(error) => {
            if error.kind() != io::ErrorKind::BrokenPipe {
                print_error(&reason(&error));
            }
            ExitCode::from(2)
        }
    }
}

fn print(all: &Collection, to: Target, problems: &mut bool) -> io::Result<()> {
    let text = match to {
        Target::Letterboxd => {
            let table = export::letterboxd(all);
            for message in &table.problems {
                *problems = true;
                print_error(message);
            }
            table.csv
        }
        Target::JsonFeed => export::json_feed(all),
        Target::Markdown => all.reviews.iter().map(|review| export::markdown(review)).collect(),
    };
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

fn files(out: PathBuf, all: &Collection) -> io::Result<()> {
    interruption::heed();
    let folder = Folder::new(out)?;
    let mut names = FileNames::default();
    for review in &all.reviews {
        let name = names.take(&review.id).name + ".md";
        folder.write(&name, &export::markdown(review))?;
    }
    Ok(())
}

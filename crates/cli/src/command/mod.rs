//! The command `review-card` (native).
//!
//! 1. [`input`] reads the named files, or standard input.
//! 2. [`check`] reports their problems and what search engines would miss; [`convert`] writes them as plain JSON.
//! 3. [`render`] writes them as static HTML: [`reviews`] reads them one by one, [`turns`] keeps their order across all
//!    cores, [`folder`] writes whole files under a safe [`file_name`] despite any [`interruption`], and [`progress`]
//!    shows a progress bar.
//! 4. [`import`] reads exports of other services and blogs; [`export`] writes formats that they read.
//! 5. [`status`] is the exit status.
//!
//! Text from a document is printed without its control characters, so a title cannot move the cursor, colour the
//! terminal or imitate a line of ours.

mod check;
mod convert;
mod export;
mod file_name;
mod folder;
mod import;
mod input;
mod interruption;
mod library;
mod list;
mod progress;
mod render;
mod reviews;
mod status;
mod task;
mod turns;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

pub use status::Status;

/// Review cards for blogs, from any JSON that a blog serves: plain, schema.org JSON-LD, JSON Feed, WordPress.
#[derive(Debug, Parser)]
#[command(name = "review-card", version, after_help = EXIT_STATUS)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXIT_STATUS: &str = "Exit status: 0 all well; 1 done, with problems; 2 nothing could be done, or the arguments are wrong; 130 interrupted.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Report what is wrong with reviews, and what search engines would miss
    #[command(after_help = EXIT_STATUS)]
    Check(Inputs),
    /// Convert reviews of any format to plain JSON, on standard output
    #[command(after_help = EXIT_STATUS)]
    Convert(Inputs),
    /// Write static HTML that needs no script
    #[command(after_help = EXIT_STATUS)]
    Render(render::RenderArgs),
    /// Read an export of another service or blog, and write its reviews as plain JSON
    #[command(after_help = EXIT_STATUS)]
    Import(import::ImportArgs),
    /// Write reviews in a format that other services read
    #[command(after_help = EXIT_STATUS)]
    Export(export::ExportArgs),
}

#[derive(Debug, Args)]
struct Inputs {
    /// Files with reviews in JSON; `-` is standard input
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<String>,
    /// Resolve relative addresses against this one; a last part without a dot is a folder
    #[arg(long, value_name = "URL", value_parser = render::base)]
    base: Option<String>,
}

/// Parses the arguments and runs the subcommand.
pub fn run() -> ExitCode {
    let Cli { command } = Cli::parse(); // Exits with 2 if the arguments are wrong.
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let status = match command {
        Command::Check(inputs) => check::check(&read(&inputs, &mut errors), &mut out),
        Command::Convert(inputs) => {
            let base = inputs.base.as_deref();
            convert::convert(&read(&inputs, &mut errors), base, &mut out, &mut errors)
        }
        Command::Render(args) => return render::run(args),
        Command::Import(args) => return import::run(args),
        Command::Export(args) => return export::run(args),
    };
    // All or nothing: nothing is printed before everything is done.
    match write(&out, &errors) {
        Ok(()) => status.into(),
        Err(_) => Status::Nothing.into(), // The pipe is closed, so the error cannot be reported.
    }
}

fn write(out: &[u8], errors: &[u8]) -> io::Result<()> {
    io::stderr().write_all(errors)?;
    io::stdout().write_all(out)?;
    io::stdout().flush()
}

/// Reads the documents of the inputs, in order; errors are written to `errors`.
fn read(inputs: &Inputs, errors: &mut Vec<u8>) -> Vec<input::Input> {
    let read = |name: &String| {
        let input = input::Input::read(name, inputs.base.as_deref());
        if let Err(error) = &input.document {
            line(errors, &[&input.name, error]);
        }
        input
    };
    inputs.inputs.iter().map(read).collect()
}

/// Writes a line `file: path: message`; empty parts are left out.
fn line(out: &mut Vec<u8>, parts: &[&str]) {
    let parts: Vec<_> = parts.iter().filter(|part| !part.is_empty()).map(|part| printable(part)).collect();
    out.extend(parts.join(": ").bytes());
    out.push(b'\n');
}

/// Escapes what a terminal would interpret: control characters and bidirectional marks.
fn printable(text: &str) -> String {
    let mut printable = String::new();
    for c in text.chars() {
        let obeyed = c.is_control()
            || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        if obeyed { printable.extend(c.escape_unicode()) } else { printable.push(c) }
    }
    printable
}

#[cfg(test)]
mod tests {
    use super::{Cli, printable};
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn nothing_that_a_terminal_obeys() {
        assert_eq!(printable("a\x1b[31mb\u{9b}c\r\n"), "a\\u{1b}[31mb\\u{9b}c\\u{d}\\u{a}");
        assert_eq!(printable("\u{202E}évil ★ \u{2066}\u{061C}"), "\\u{202e}évil ★ \\u{2066}\\u{61c}");
    }
}

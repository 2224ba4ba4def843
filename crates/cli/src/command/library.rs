//! The collections of `--related-from`, in which second opinions and related reviews are looked up.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use super::render::reason;
use review_card::collection::Library;
use review_card::read::gather::{End, Gather};

/// Reads all files into one library. Reviews that cannot be read are skipped silently, because `check` reports them.
/// Returns it with a message for each file that is cut off; its complete reviews are in the library.
///
/// # Errors
/// Returns `file: message` if a file is not a collection.
pub(super) fn read(files: &[PathBuf], base: Option<&str>) -> Result<(Library, Vec<String>), String> {
    let mut library = Library::default();
    let mut cut = Vec::new();
    for path in files {
        let of_file = |message| format!("{}: {message}", path.display());
        cut.extend(add(path, base, &mut library).map_err(of_file)?.map(of_file));
    }
    Ok((library, cut))
}

/// Adds the reviews of a file. Returns a message if it is cut off.
fn add(path: &Path, base: Option<&str>, library: &mut Library) -> Result<Option<String>, String> {
    let file = File::open(path).map_err(|error| reason(&error))?;
    let mut input = BufReader::new(file);
    let mut gather = Gather::new(base);
    let mut take = |review| library.add(review);
    loop {
        let bytes = input.fill_buf().map_err(|error| reason(&error))?;
        if bytes.is_empty() {
            break;
        }
        let length = bytes.len();
        gather.push(bytes, &mut take);
        input.consume(length);
    }
    match gather.finish(&mut take).map_err(|error| error.to_string())? {
        End::Read(message) => Ok(message),
        End::Rest(mut rest) => {
            while rest.step() {}
            rest.finish_each(&mut take).map_err(|error| error.to_string())
        }
    }
}

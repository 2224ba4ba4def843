//! The collections of `--related-from`, in which second opinions and related reviews are looked up.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use super::render::reason;
use review_card::collection::Library;
use review_card::read::gather::Gather;

/// Reads all files into one library. Reviews that cannot be read are skipped silently, because `check` reports them.
///
/// # Errors
/// Returns `file: message` if a file is not a collection.
pub(super) fn read(files: &[PathBuf], base: Option<&str>) -> Result<Library, String> {
    let mut library = Library::default();
    for path in files {
        add(path, base, &mut library).map_err(|message| format!("{}: {message}", path.display()))?;
    }
    Ok(library)
}

fn add(path: &Path, base: Option<&str>, library: &mut Library) -> Result<(), String> {
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
    let rest = gather.finish(&mut take).map_err(|error| error.to_string())?;
    let Some(mut rest) = rest else { return Ok(()) };
    while rest.step() {}
    rest.finish_each(&mut take).map_err(|error| error.to_string())
}

//! The collections that `--related-from` names: what second opinions and related reviews are looked for in.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use super::render::reason;
use review_card::collection::Library;
use review_card::read::gather::Gather;

/// All of them as one. What cannot be read of them is left out, and not told: `check` tells it.
///
/// # Errors
/// `file: message`, where one of them is no collection.
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
    gather.finish(&mut take).map_err(|error| error.to_string())
}

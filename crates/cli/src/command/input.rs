//! One input of the command.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::render::{reason, source};
use review_card::read::{self, Document, MAX_BYTES};

/// An input, and its document or the reason why it could not be read.
pub(super) struct Input {
    /// The file name as given, or "standard input" for `-`.
    pub(super) name: String,
    pub(super) document: Result<Document, String>,
}

impl Input {
    pub(super) fn read(name: &str, base: Option<&str>) -> Self {
        let bytes = if name == "-" { bytes(io::stdin().lock()) } else { File::open(name).and_then(bytes) };
        let document = match bytes {
            Ok(bytes) if bytes.len() > MAX_BYTES => {
                Err(format!("expected at most {MAX_BYTES} bytes, found more"))
            }
            Ok(bytes) => read::read(&bytes, base).map_err(|error| error.to_string()),
            Err(error) => Err(reason(&error)),
        };
        Self { name: source(Path::new(name)).into(), document }
    }
}

/// Reads one byte more than the limit, so that the document is reported as too large.
fn bytes(input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

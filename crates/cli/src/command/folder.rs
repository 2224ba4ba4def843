//! The output folder. Each file appears as a whole or not at all, and a file whose content is unchanged is not written.
//!
//! A file is written under a temporary name beside its final path and then renamed, which is atomic. Ctrl-C waits for
//! the rename. A termination that cannot wait leaves at most one hidden temporary file, which a later run removes.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::{Builder, NamedTempFile};

use super::interruption;

/// The prefix of temporary files.
const UNFINISHED: &str = ".review-card-";
/// Temporary files older than this are removed.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// A writable folder.
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Opens the folder, and creates it if it does not exist.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be created or written to.
    pub(super) fn new(path: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&path)?;
        remove_abandoned(&path)?;
        let _whole = interruption::put_off();
        unfinished(&path)?.close()?;
        Ok(Self { path })
    }

    /// Returns the path of a file in the folder.
    pub(super) fn path_of(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Writes a file, unless it already has this content.
    ///
    /// # Errors
    /// Returns an error if the file cannot be written; then nothing is changed.
    pub(super) fn write(&self, name: &str, content: &str) -> io::Result<()> {
        let path = self.path_of(name);
        if says(&path, content.as_bytes()) {
            return Ok(());
        }
        let _whole = interruption::put_off();
        let mut file = unfinished(&self.path)?;
        file.write_all(content.as_bytes())?;
        file.persist(&path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// Returns whether the file exists with this content.
fn says(path: &Path, content: &[u8]) -> bool {
    let same = || -> io::Result<bool> {
        // Check the type before opening: opening a FIFO would wait for a writer.
        let metadata = fs::symlink_metadata(path)?;
        let length = u64::try_from(content.len()).unwrap_or(u64::MAX);
        if !metadata.is_file() || metadata.len() != length {
            return Ok(false);
        }
        let file = File::open(path)?;
        let mut found = Vec::with_capacity(content.len());
        file.take(length).read_to_end(&mut found)?;
        Ok(found == content)
    };
    same().unwrap_or(false)
}

/// Creates a temporary file, which is removed unless it is renamed.
fn unfinished(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(UNFINISHED).suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Readable by everyone, as far as the user's umask allows, because a web server runs as another user.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

fn remove_abandoned(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(UNFINISHED))
            && entry.path().extension() == Some(OsStr::new("tmp"))
            // A folder with such a name is not ours.
            && entry.file_type()?.is_file();
        let age = || entry.metadata()?.modified()?.elapsed().map_err(io::Error::other);
        if ours && age().is_ok_and(|age| age > ABANDONED) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

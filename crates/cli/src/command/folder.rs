//! The folder that files are written to: each appears whole or not at all, and stays untouched where it says the same.
//!
//! A file is written beside its place under a name of its own and then renamed, which a file system does at once. Ctrl-C
//! waits for that; what does not wait leaves at most such a file, hidden, which a later run removes.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::{Builder, NamedTempFile};

use super::interruption;

/// How the name of a file begins that is being written.
const UNFINISHED: &str = ".review-card-";
/// From this age on, an unfinished file is nobody's any more.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// A folder that can be written to.
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder, made where it is not there.
    ///
    /// # Errors
    /// Where it cannot be made or written to.
    pub(super) fn new(path: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&path)?;
        remove_abandoned(&path)?;
        let _whole = interruption::put_off();
        unfinished(&path)?.close()?;
        Ok(Self { path })
    }

    /// The path of a file in it.
    pub(super) fn path_of(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Writes a file, unless it has this content already.
    ///
    /// # Errors
    /// Where it cannot be written; then nothing is changed.
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

/// Whether there is such a file with this content.
fn says(path: &Path, content: &[u8]) -> bool {
    let same = || -> io::Result<bool> {
        // Before it is opened: a FIFO would wait for somebody to write.
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

/// A file to write to, which is removed unless it gets a name.
fn unfinished(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(UNFINISHED).suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // For all to read, as the user's umask has it: a server is somebody else.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

fn remove_abandoned(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(UNFINISHED))
            && entry.path().extension() == Some(OsStr::new("tmp"))
            // A folder of that name is somebody else's.
            && entry.file_type()?.is_file();
        let age = || entry.metadata()?.modified()?.elapsed().map_err(io::Error::other);
        if ours && age().is_ok_and(|age| age > ABANDONED) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

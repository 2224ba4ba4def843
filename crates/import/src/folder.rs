//! Inputs from the file system (native): a file, a zip, or a folder with everything in it.
//!
//! Links within a folder are not followed, so that a link to its own folder cannot cause a loop, and a link out of the
//! folder reads nothing.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::ImportError;
use crate::files::{Files, Input};
use crate::limits::MAX_FILES;

impl Input<'_> {
    /// Opens a file, a zip or a folder.
    ///
    /// # Errors
    /// Returns an error if it cannot be read, or for a zip or folder of more than [`MAX_FILES`] files.
    pub fn from_path(path: &Path) -> Result<Self, ImportError> {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let unreadable = |error| ImportError::Unreadable { file: path.to_string_lossy().into_owned(), error };
        if !path.is_dir() {
            return Self::from_reader(&name, File::open(path).map_err(unreadable)?);
        }
        let paths = files(path).map_err(unreadable)?;
        if paths.len() > MAX_FILES {
            return Err(ImportError::TooManyFiles { file: name, found: paths.len() });
        }
        Ok(Self::from_files(&name, Folder { root: path.into(), paths }))
    }
}

struct Folder {
    root: PathBuf,
    paths: Vec<String>,
}

impl Files for Folder {
    fn paths(&self) -> &[String] {
        &self.paths
    }

    fn open(&mut self, number: usize) -> io::Result<Box<dyn Read + '_>> {
        let path = self.paths.get(number).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(File::open(self.root.join(path))?))
    }
}

/// Returns all files in a folder and its subfolders, sorted by name; stops at [`MAX_FILES`] plus one.
fn files(root: &Path) -> io::Result<Vec<String>> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in root.join(&folder).read_dir()? {
            let entry = entry?;
            let (path, kind) = (folder.join(entry.file_name()), entry.file_type()?);
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() {
                files.push(path.to_string_lossy().replace('\\', "/"));
            }
            if files.len() > MAX_FILES {
                return Ok(files);
            }
        }
    }
    files.sort();
    Ok(files)
}

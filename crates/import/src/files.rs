//! Inputs: a file, a zip or a folder, as files that can be opened repeatedly.
//!
//! The attack: a zip that unpacks to far more than its size, contains a million files, or has file names that lead out
//! of the target folder. The defence: no file is written under a name from a zip; the unpacked bytes of all files are
//! counted as they are read ([`MAX_UNPACKED`]), whatever sizes the zip's directory claims; and a zip within a zip is
//! not opened.

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};

use zip::ZipArchive;

use crate::ImportError;
use crate::limits::{MAX_FILES, MAX_UNPACKED};

/// Files by index. A file may be opened more than once: a table is read twice, first to examine its columns.
pub trait Files {
    /// The path of each file, with `/` between its parts.
    fn paths(&self) -> &[String];

    /// Opens the file with this index at its start.
    ///
    /// # Errors
    /// Errors of the system, or of a damaged zip.
    fn open(&mut self, number: usize) -> io::Result<Box<dyn Read + '_>>;
}

/// Something to import.
pub struct Input<'a> {
    /// The name in messages: the file's name.
    pub(crate) name: String,
    pub(crate) files: Box<dyn Files + 'a>,
}

impl<'a> Input<'a> {
    /// Opens a file or a zip in memory.
    ///
    /// # Errors
    /// Returns an error for a zip that cannot be read, or one of more than [`MAX_FILES`] files.
    pub fn from_bytes(name: &str, bytes: &'a [u8]) -> Result<Self, ImportError> {
        Self::from_reader(name, io::Cursor::new(bytes))
    }

    /// Opens a file or a zip.
    ///
    /// # Errors
    /// Returns an error if it cannot be read, or for a zip of more than [`MAX_FILES`] files.
    pub fn from_reader(name: &str, mut file: impl Read + Seek + 'a) -> Result<Self, ImportError> {
        let mut mark = [0; 4];
        let unreadable = |error| ImportError::Unreadable { file: name.into(), error };
        let is_zip = file.read_exact(&mut mark).is_ok() && mark.starts_with(b"PK");
        file.rewind().map_err(unreadable)?;
        if is_zip {
            return Ok(Self::from_files(name, Zip::new(name, file)?));
        }
        Ok(Self::from_files(name, Single { paths: [String::new()], file }))
    }

    /// Takes files from anywhere: a folder, or what was dropped on a page.
    pub fn from_files(name: &str, files: impl Files + 'a) -> Self {
        Self { name: name.into(), files: Box::new(files) }
    }

    /// Returns the name of a file of this input in messages.
    pub(crate) fn name_of(&self, path: &str) -> String {
        if path.is_empty() { self.name.clone() } else { format!("{}/{path}", self.name) }
    }
}

/// A single file: its path within the input is empty.
struct Single<R> {
    paths: [String; 1],
    file: R,
}

impl<R: Read + Seek> Files for Single<R> {
    fn paths(&self) -> &[String] {
        &self.paths
    }

    fn open(&mut self, _number: usize) -> io::Result<Box<dyn Read + '_>> {
        self.file.seek(SeekFrom::Start(0))?;
        Ok(Box::new(&mut self.file))
    }
}

struct Zip<R> {
    paths: Vec<String>,
    numbers: Vec<usize>,
    archive: ZipArchive<R>,
    /// The rest of [`MAX_UNPACKED`].
    left: Cell<u64>,
}

impl<R: Read + Seek> Zip<R> {
    fn new(name: &str, file: R) -> Result<Self, ImportError> {
        let broken = |error: zip::result::ZipError| ImportError::Unreadable {
            file: name.into(),
            error: io::Error::new(io::ErrorKind::InvalidData, error.to_string()),
        };
        let archive = ZipArchive::new(file).map_err(broken)?;
        if archive.len() > MAX_FILES {
            return Err(ImportError::TooManyFiles { file: name.into(), found: archive.len() });
        }
        let mut numbers = Vec::new();
        let mut paths = Vec::new();
        for number in 0..archive.len() {
            let path = match archive.name_for_index(number) {
                Some(Ok(path)) => path.replace('\\', "/"),
                _ => format!("file {number}"),
            };
            if !path.ends_with('/') {
                numbers.push(number);
                paths.push(path);
            }
        }
        Ok(Self { paths, numbers, archive, left: Cell::new(MAX_UNPACKED) })
    }
}

impl<R: Read + Seek> Files for Zip<R> {
    fn paths(&self) -> &[String] {
        &self.paths
    }

    fn open(&mut self, number: usize) -> io::Result<Box<dyn Read + '_>> {
        let number = *self.numbers.get(number).ok_or(io::ErrorKind::NotFound)?;
        let file = self
            .archive
            .by_index(number)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
        Ok(Box::new(Counted { file, left: &self.left }))
    }
}

/// Counts the unpacked bytes of all files of a zip.
struct Counted<'a, R> {
    file: R,
    left: &'a Cell<u64>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        match self.left.get().checked_sub(count as u64) {
            Some(left) => {
                self.left.set(left);
                Ok(count)
            }
            None => Err(io::Error::other(format!(
                "expected a zip that unpacks to at most {MAX_UNPACKED} bytes, found more"
            ))),
        }
    }
}

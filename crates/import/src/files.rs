//! Inputs: a file, a zip or a folder, as files that can be opened repeatedly.
//!
//! The attack: a zip that unpacks to far more than its size, contains a million files, or has file names that lead out
//! of the target folder. The defence: no file is written under a name from a zip; the unpacked bytes of all files are
//! counted as they are read ([`MAX_UNPACKED`], [`MAX_RATIO`]), whatever sizes the zip's directory claims; and a zip
//! within a zip is not opened. A file that is read twice counts once.

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::ImportError;
use crate::limits::{MAX_FILES, MAX_RATIO, MAX_UNPACKED, RATIO_FLOOR};

/// Files by index. A file may be opened more than once: a table is read twice, first to examine its columns.
///
/// ```
/// use std::io::{self, Read};
/// use review_card_import::{Files, Input, import_all};
///
/// /// Files that were dropped on a page.
/// struct Dropped(Vec<String>, Vec<Vec<u8>>);
///
/// impl Files for Dropped {
///     fn paths(&self) -> &[String] {
///         &self.0
///     }
///
///     fn open(&mut self, number: usize) -> io::Result<Box<dyn Read + '_>> {
///         let bytes = self.1.get(number).ok_or(io::ErrorKind::NotFound)?;
///         Ok(Box::new(bytes.as_slice()))
///     }
/// }
///
/// let files = Dropped(vec!["films.csv".into()], vec![b"Title,Rating\nAlien,5\n".into()]);
/// let import = import_all(&mut [Input::from_files("dropped", files)], &Default::default())?;
/// assert_eq!(import.collection.reviews.len(), 1);
/// # Ok::<(), review_card_import::ImportError>(())
/// ```
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
///
/// ```
/// use review_card_import::{Input, import_all};
///
/// let table = b"Title,Rating\nAlien,5\n";
/// let first = Input::from_bytes("films.csv", table)?;
/// let second = Input::from_reader("more.csv", std::io::Cursor::new(b"Title,Rating\nHeat,4\n"))?;
/// assert_eq!(import_all(&mut [first, second], &Default::default())?.collection.reviews.len(), 2);
/// assert!(Input::from_path("no-such-folder".as_ref()).is_err());
/// # Ok::<(), review_card_import::ImportError>(())
/// ```
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
    unpacked: Unpacked,
}

impl<R: Read + Seek> Zip<R> {
    fn new(name: &str, mut file: R) -> Result<Self, ImportError> {
        let broken = |error| ImportError::Unreadable { file: name.into(), error };
        let size =
            file.seek(SeekFrom::End(0)).and_then(|size| file.rewind().map(|()| size)).map_err(broken)?;
        let archive = ZipArchive::new(file).map_err(|error| broken(zip_error(error)))?;
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
        Ok(Self { paths, archive, unpacked: Unpacked::of(size, numbers.len()), numbers })
    }
}

impl<R: Read + Seek> Files for Zip<R> {
    fn paths(&self) -> &[String] {
        &self.paths
    }

    fn open(&mut self, number: usize) -> io::Result<Box<dyn Read + '_>> {
        let place = *self.numbers.get(number).ok_or(io::ErrorKind::NotFound)?;
        let reached = self.unpacked.reached.get(number).ok_or(io::ErrorKind::NotFound)?;
        let file = self.archive.by_index(place).map_err(zip_error)?;
        Ok(Box::new(Counted { file, at: 0, reached, unpacked: &self.unpacked }))
    }
}

/// What is wrong with a zip, and what to do about it.
fn zip_error(error: ZipError) -> io::Error {
    let message = match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => return error,
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            "expected a zip without a password, found one with a password: unpack it, and import the folder"
        }
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            "expected a zip packed with the method Deflate, found another: unpack it, and import the folder"
        }
        _ => DAMAGED,
    };
    io::Error::new(io::ErrorKind::InvalidData, message)
}

const DAMAGED: &str = "expected a complete zip, found one that is cut off or damaged: download it again";

/// How much of a zip has been unpacked.
struct Unpacked {
    /// The most bytes that its files may have together.
    most: u64,
    /// Whether that is less than [`MAX_UNPACKED`] because the zip is small.
    is_ratio: bool,
    all: Cell<u64>,
    /// How far each file has been read.
    reached: Vec<Cell<u64>>,
}

impl Unpacked {
    /// Returns the limits for a zip of this length with this number of files.
    fn of(size: u64, files: usize) -> Self {
        let by_size = size.saturating_mul(MAX_RATIO).max(RATIO_FLOOR);
        let reached = vec![Cell::new(0); files];
        Self { most: by_size.min(MAX_UNPACKED), is_ratio: by_size < MAX_UNPACKED, all: Cell::new(0), reached }
    }

    fn add(&self, bytes: u64) -> io::Result<()> {
        self.all.set(self.all.get().saturating_add(bytes));
        if self.all.get() <= self.most {
            return Ok(());
        }
        let most = if self.is_ratio {
            format!("{} MiB or {MAX_RATIO} times its size", RATIO_FLOOR >> 20)
        } else {
            format!("{} MiB", MAX_UNPACKED >> 20)
        };
        Err(io::Error::other(format!(
            "expected a zip that unpacks to at most {most}, found more: if it is your own, unpack it, and import the folder"
        )))
    }
}

/// Counts the unpacked bytes of a file of a zip.
struct Counted<'a, R> {
    file: R,
    at: u64,
    reached: &'a Cell<u64>,
    unpacked: &'a Unpacked,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer).map_err(|error| match error.kind() {
            // What the decoder says of broken data, and the checksum.
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
                io::Error::new(error.kind(), DAMAGED)
            }
            _ => error,
        })?;
        self.at = self.at.saturating_add(count as u64);
        let new = self.at.saturating_sub(self.reached.get());
        self.reached.set(self.reached.get().max(self.at));
        self.unpacked.add(new)?;
        Ok(count)
    }
}

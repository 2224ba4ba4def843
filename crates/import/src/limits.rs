//! The limits on one input. Each limit has a name, and the message names it when it is exceeded.

/// The largest number of files in one zip or folder.
pub const MAX_FILES: usize = 100_000;
/// The largest unpacked size of a zip, in bytes, over all its files.
pub const MAX_UNPACKED: u64 = 1 << 30;
/// The most that a zip may unpack to, as a multiple of its own size. Exports of text unpack to 3 to 15 times their
/// size.
pub const MAX_RATIO: u64 = 100;
/// Up to this many bytes, [`MAX_RATIO`] does not count.
pub const RATIO_FLOOR: u64 = 16 << 20;
/// The longest row of a table, in bytes.
pub const MAX_ROW: u64 = 4 << 20;
/// The largest number of columns of a table; the rest is ignored.
pub const MAX_COLUMNS: usize = 1_000;
/// The longest entry of a feed, in bytes of XML.
pub const MAX_ITEM: u64 = 16 << 20;
/// The most elements in one entry of a feed.
pub const MAX_FIELDS: usize = 100_000;
/// How deep elements may be nested in one entry of a feed.
pub const MAX_NESTED: usize = 64;
/// The longest front matter, in bytes.
pub const MAX_MATTER: usize = 1 << 20;
/// The longest file that has to be in memory as a whole, in bytes: a page, a post, a JSON export.
pub const MAX_WHOLE: u64 = 256 << 20;
/// The largest number of entries that are joined by work; memory grows with them.
pub const MAX_JOINED: usize = 1_000_000;
/// The largest number of problems that a report lists; the rest is only counted.
pub const MAX_PROBLEMS: usize = 200;
/// The most files that a report names one by one for each reason; those beyond are counted.
pub const MAX_NAMED: usize = 10;
/// The most columns that a report names as unused; those beyond are counted.
pub const MAX_COLUMNS_NAMED: usize = 50;
/// The longest part of a message that a file has written, in characters.
pub const MAX_MESSAGE: usize = 1_000;
/// The number of bytes at the start of a file from which its format is detected.
pub const HEAD: usize = 16 << 10;

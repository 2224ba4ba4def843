//! Files that people try and that cannot be read as they are, told by their first bytes or by the names in a zip.

use crate::report::Reason;

/// The first bytes of such files.
const MARKS: [(&[u8], Reason); 12] = [
    (b"PK\x03\x04", Reason::NestedZip),
    (b"PK\x05\x06", Reason::NestedZip),
    (b"Rar!\x1a\x07", Reason::Packed),
    (b"7z\xbc\xaf\x27\x1c", Reason::Packed),
    (b"\x1f\x8b", Reason::Packed),
    (b"BZh", Reason::Packed),
    (b"\xfd7zXZ\x00", Reason::Packed),
    (b"\x28\xb5\x2f\xfd", Reason::Packed),
    (b"%PDF-", Reason::Document),
    (b"{\\rtf", Reason::Document),
    (b"\xd0\xcf\x11\xe0", Reason::Document),
    (b"SQLite format 3\0", Reason::Database),
];
/// The file that every workbook and document of Microsoft Office has.
const OFFICE: &str = "[Content_Types].xml";

/// Why a file with these first bytes is not read.
pub(crate) fn of_file(name: &str, head: &[u8]) -> Option<Reason> {
    if head.is_empty() {
        return Some(Reason::EmptyFile);
    }
    let is_sheet = [".xls", ".xlsx", ".xlsm", ".ods", ".numbers"].iter().any(|end| name.ends_with(end));
    let (_, reason) = MARKS.iter().find(|(mark, _)| head.starts_with(mark))?;
    Some(match reason {
        Reason::Document | Reason::NestedZip if is_sheet => Reason::Workbook,
        other => *other,
    })
}

/// Why a zip with these files is not read: office programs write zips too.
pub(crate) fn of_zip(paths: &[String]) -> Option<Reason> {
    let has = |name: &str| paths.iter().any(|path| path == name);
    let has_folder = |folder: &str| paths.iter().any(|path| path.starts_with(folder));
    if has(OFFICE) {
        return Some(if has_folder("xl/") { Reason::Workbook } else { Reason::Document });
    }
    if has("mimetype") && has("META-INF/container.xml") {
        return Some(Reason::Document);
    }
    let is_open_document = has("mimetype") && has("content.xml");
    let is_numbers = paths.iter().any(|path| path.starts_with("Index/") && path.ends_with(".iwa"));
    (is_open_document || is_numbers).then_some(Reason::Workbook)
}

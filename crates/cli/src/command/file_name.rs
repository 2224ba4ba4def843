//! Derives a review's file name from its id.
//!
//! The attack: an id is text from a file that somebody else may have written: `../../.bashrc`, `/etc/cron.d/x`, `NUL`,
//! an ESC sequence, 10 KB of letters, or the id of another review, whose file it would overwrite. The defence: only
//! letters, digits, `-`, `_` and single dots inside the name are kept; no name is a device on Windows or longer than
//! [`MAX_NAME`]; and no name is used twice, compared without case.
//!
//! The gap that remains: file systems that treat two spellings of one letter as equal (`é` as one or two code points,
//! on macOS) may map two such ids to one file.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

/// The longest name in bytes, without the extension; file systems allow 255.
const MAX_NAME: usize = 120;
/// Names that Windows reserves for devices, with any extension.
const DEVICES: [&str; 24] = [
    "aux", "con", "nul", "prn", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The names used so far: the only state that grows with the collection.
#[derive(Default)]
pub(super) struct FileNames {
    /// Names in lower case, with the number of reviews that asked for each.
    taken: HashMap<Box<str>, u32>,
}

/// A name, and whether it had to be changed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FileName {
    /// The name without an extension.
    pub(super) name: String,
    /// Whether another review already had the name, so that a number was added.
    pub(super) numbered: bool,
}

impl FileNames {
    /// Returns a name for the review with this id that no other review gets.
    pub(super) fn take(&mut self, id: &str) -> FileName {
        let wanted = safe(id);
        let mut name = wanted.clone();
        while self.taken.contains_key(name.to_lowercase().as_str()) {
            let asked = self.taken.entry(wanted.to_lowercase().into()).or_insert(1);
            *asked += 1;
            name = format!("{wanted}-{asked}");
        }
        self.taken.insert(name.to_lowercase().into(), 1);
        FileName { numbered: name != wanted, name }
    }
}

/// Converts the id to a name that every file system accepts.
fn safe(id: &str) -> String {
    let id = id.strip_prefix("https://").or(id.strip_prefix("http://")).unwrap_or(id);
    let mut name = String::new();
    for c in id.chars() {
        let c = if is_kept(c) { c } else { '-' };
        let doubled = matches!(c, '-' | '.') && name.ends_with(['-', '.']);
        if !doubled {
            name.push(c);
        }
    }
    let mut name = name.trim_matches(['-', '.']).to_owned();
    if name.len() > MAX_NAME {
        let digest: String = Sha256::digest(id).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        name.truncate(name.floor_char_boundary(MAX_NAME - 1 - digest.len()));
        name = [name.trim_end_matches(['-', '.']), "-", &digest].concat();
    }
    let stem = name.split('.').next().unwrap_or_default();
    if DEVICES.iter().any(|device| device.eq_ignore_ascii_case(stem)) {
        name.insert(0, '_');
    }
    if name.is_empty() { "review".into() } else { name }
}

/// Letters, marks and digits of every script; no ASCII punctuation and no invisible characters.
fn is_kept(c: char) -> bool {
    let unseen = matches!(
        c,
        '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{303F}' | '\u{E000}'..='\u{F8FF}'
            | '\u{FDD0}'..='\u{FDEF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFF}'
            | '\u{E0000}'..='\u{10FFFF}'
    );
    c.is_ascii_alphanumeric()
        || matches!(c, '-' | '_' | '.')
        || !c.is_ascii() && !c.is_whitespace() && !unseen
}

#[cfg(test)]
mod tests {
    use super::{FileNames, MAX_NAME, safe};

    #[track_caller]
    fn check(id: &str, expected: &str) {
        assert_eq!(safe(id), expected, "{id:?}");
    }

    #[test]
    fn names_are_safe() {
        check("rust-and-bone", "rust-and-bone");
        check("Rust_and.Bone", "Rust_and.Bone");
        check("https://blog.example/reviews/alien/?p=1#x", "blog.example-reviews-alien-p-1-x");
        check("../../etc/passwd", "etc-passwd");
        check("..", "review");
        check("/", "review");
        check("", "review");
        check(".htaccess", "htaccess");
        check("a\\b:c*d?e\"f<g>h|i", "a-b-c-d-e-f-g-h-i");
        check("tab\there\0nul\u{1b}[31m", "tab-here-nul-31m");
        check("con", "_con");
        check("NUL.txt", "_NUL.txt");
        check("COM1", "_COM1");
        check("console", "console");
        check("千と千尋の神隠し", "千と千尋の神隠し");
        check("हिन्दी", "हिन्दी");
        check("a\u{202e}b\u{200d}c", "a-b-c");
        check("dots... and trailing. ", "dots.and-trailing");
    }

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let long = "é".repeat(5000);
        let (one, other) = (safe(&long), safe(&(long + "x")));
        assert!(one.len() <= MAX_NAME && other.len() <= MAX_NAME);
        assert_ne!(one, other);
        let longest = "a".repeat(MAX_NAME);
        check(&longest, &longest);
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut names = FileNames::default();
        let mut take = |id| names.take(id).name;
        assert_eq!(take("a"), "a");
        assert_eq!(take("a-3"), "a-3");
        assert_eq!(take("A"), "A-2");
        assert_eq!(take("a"), "a-4");
        assert_eq!(take("a/3"), "a-3-2");
        assert!(!names.take("b").numbered);
        assert!(names.take("B").numbered);
    }
}

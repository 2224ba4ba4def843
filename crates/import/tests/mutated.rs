//! Golden exports that are cut off and changed at random: nothing panics, each entry is counted once, and every message
//! is one line.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::fs;
use std::path::{Path, PathBuf};

use review_card_import::{Format, Options, import_bytes};

/// A generator of numbers (xorshift): the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// The bytes cut off, with signs that mean something in some format put in, or with a part twice.
fn mutated(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    const SIGNS: [&[u8]; 16] = [
        b"\"",
        b"\n",
        b",",
        b";",
        b"<",
        b">",
        b"]]>",
        b"{",
        b"}",
        b"[",
        b"---\n",
        b"&",
        b"\0",
        b"\xff",
        b"\xe2\x98",
        b"PK\x03\x04",
    ];
    let mut bytes = bytes.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len() + 1);
        match numbers.below(4) {
            0 => bytes.truncate(at),
            1 => drop(bytes.splice(
                at..at,
                SIGNS.iter().cycle().nth(numbers.below(SIGNS.len())).unwrap().iter().copied(),
            )),
            2 => {
                let end = at + numbers.below(bytes.len() - at + 1);
                bytes.extend_from_within(at..end);
            }
            _ => {
                let end = at + numbers.below((bytes.len() - at).min(40) + 1);
                bytes.drain(at..end);
            }
        }
    }
    bytes
}

#[test]
fn whatever_happens_to_a_file_every_entry_is_counted_once() {
    let mut paths = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"), &mut paths);
    paths.retain(|path| path.to_string_lossy().contains("/input/"));
    paths.sort();
    let (mut numbers, mut imported, mut refused) = (Numbers(0x2545_F491_4F6C_DD1D), 0, 0);
    for path in paths {
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        for run in 0..24 {
            let bytes = mutated(&bytes, &mut numbers);
            // Every other time as a format that it is not.
            let from = (run % 2 == 1).then(|| Format::ALL[numbers.below(Format::ALL.len())]);
            match import_bytes(&name, &bytes, &Options { from, ..Options::default() }) {
                Ok(import) => {
                    let report = import.report;
                    let counted = report.reviews + report.joined + report.left_out.values().sum::<u64>();
                    assert_eq!(report.entries, counted, "{name} as {from:?}: {report}");
                    assert_eq!(report.reviews, import.collection.reviews.len() as u64);
                    for problem in &report.problems {
                        assert!(!problem.to_string().contains('\n'), "{name} as {from:?}: {problem:?}");
                    }
                    imported += 1;
                }
                Err(error) => {
                    assert!(!error.to_string().contains('\n'), "{name} as {from:?}: {error:?}");
                    refused += 1;
                }
            }
        }
    }
    assert!(imported > 300 && refused > 30, "both came up: {imported} imported, {refused} refused");
}

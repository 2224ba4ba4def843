//! A reader that fails if one row or entry is too long.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// How many bytes of the current row or entry may still be read.
#[derive(Clone)]
pub(crate) struct Allowance {
    most: u64,
    expected: &'static str,
    left: Rc<Cell<u64>>,
}

impl Allowance {
    /// `expected` is the rest of the message "expected …".
    pub(crate) fn new(most: u64, expected: &'static str) -> Self {
        Self { most, expected, left: Rc::new(Cell::new(most)) }
    }

    /// Starts the next row or entry.
    pub(crate) fn renew(&self) {
        self.left.set(self.most);
    }
}

pub(crate) struct Limited<'a> {
    file: Box<dyn Read + 'a>,
    allowance: Allowance,
}

impl<'a> Limited<'a> {
    pub(crate) fn new(file: impl Read + 'a, allowance: &Allowance) -> Self {
        Self { file: Box::new(file), allowance: allowance.clone() }
    }
}

impl Read for Limited<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        let allowance = &self.allowance;
        match allowance.left.get().checked_sub(count as u64) {
            Some(left) => {
                allowance.left.set(left);
                Ok(count)
            }
            None => Err(io::Error::other(format!("expected {}", allowance.expected))),
        }
    }
}

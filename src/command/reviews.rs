//! The reviews of an input, one after the other: [`Stream`] on what is read of it.

use std::io::{self, BufRead};

use crate::read::stream::{Found, Stream, is_linked};

/// Hands out what is in `input`, in its order, until `take` says that it is enough.
///
/// # Errors
/// Where `input` cannot be read.
pub(super) fn each(mut input: impl BufRead, take: &mut impl FnMut(Found) -> bool) -> io::Result<()> {
    let mut stream = Stream::new(|first| !is_linked(first));
    loop {
        let bytes = input.fill_buf()?;
        if bytes.is_empty() {
            break;
        }
        let length = bytes.len();
        if !stream.push(bytes, take) {
            return Ok(());
        }
        input.consume(length);
    }
    stream.finish(take);
    Ok(())
}

//! Reads the reviews of an input one by one, by passing its bytes to a [`Stream`].
//!
//! The items of a feed need the feed's own properties, such as its authors and language, which may come after the
//! items. So a feed is read twice: first for its properties, then for its items. A pipe cannot be read twice, so it is
//! copied to a file, which is deleted when the process ends.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek as _, Write as _};
use std::path::Path;

use review_card::read::element::is_alone;
use review_card::read::stream::{Found, Stream};

/// The array of a plain collection.
const REVIEWS: &str = "reviews";
/// The array of a feed.
const ITEMS: &str = "items";

/// A part of an input.
pub(super) enum Part {
    /// The start of a plain collection, up to the bracket of its reviews: half an object.
    Head(Vec<u8>),
    /// The properties of a feed, and its first item; they come before its items.
    Feed(Vec<u8>, Vec<u8>),
    /// Anything else.
    Found(Found),
}

/// Passes the parts of `input`, a file or `-`, to `take` in order, until `take` returns `false`.
///
/// # Errors
/// Returns an error if the input cannot be read.
pub(super) fn each(input: &Path, take: &mut impl FnMut(Part) -> bool) -> io::Result<()> {
    if input.as_os_str() == "-" {
        return of_pipe(io::stdin().lock(), take);
    }
    let mut file = File::open(input)?;
    if !file.metadata()?.is_file() {
        return of_pipe(BufReader::new(file), take);
    }
    if until_feed(BufReader::new(&file), take, |_| {})? { of_feed(&mut file, take) } else { Ok(()) }
}

fn of_pipe(mut pipe: impl BufRead, take: &mut impl FnMut(Part) -> bool) -> io::Result<()> {
    let mut head = Vec::new();
    if !until_feed(&mut pipe, take, |bytes| head.extend_from_slice(bytes))? {
        return Ok(());
    }
    let mut file = tempfile::tempfile()?;
    file.write_all(&head)?;
    io::copy(&mut pipe, &mut file)?;
    of_feed(&mut file, take)
}

/// Passes on everything except the items of a feed. Stops at a feed and reports it; the bytes read until then go to
/// `keep`.
fn until_feed(
    input: impl BufRead,
    take: &mut impl FnMut(Part) -> bool,
    mut keep: impl FnMut(&[u8]),
) -> io::Result<bool> {
    let mut stream = Stream::new(is_alone).with_feeds();
    let is_known = Cell::new(false);
    let mut other = |part| {
        is_known.set(true);
        !matches!(&part, Part::Found(found) if is_item(found)) && take(part)
    };
    let goes_on = read(input, |bytes| {
        if !is_known.get() {
            keep(bytes);
        }
        let mut rest = bytes;
        // Stop at each bracket: the array may begin there, and everything before it comes before its elements.
        while stream.array().is_none()
            && let Some(bracket) = rest.iter().position(|byte| *byte == b'[')
        {
            let (head, after) = rest.split_at(bracket + 1);
            rest = after;
            let goes_on = stream.push(head, &mut |found| other(Part::Found(found)));
            if !goes_on || stream.array() == Some(REVIEWS) && !other(Part::Head(stream.head().to_vec())) {
                return false;
            }
        }
        stream.push(rest, &mut |found| other(Part::Found(found)))
    })?;
    let is_feed = stream.array() == Some(ITEMS);
    if goes_on && !is_feed {
        stream.finish(&mut |found| other(Part::Found(found)));
    }
    Ok(is_feed)
}

/// Passes on a feed's properties, then its items.
fn of_feed(file: &mut File, take: &mut impl FnMut(Part) -> bool) -> io::Result<()> {
    let (mut around, mut first) = (Vec::new(), Vec::new());
    let mut others = |found| {
        match found {
            Found::Envelope(json) => around = json,
            Found::Element { json, .. } if first.is_empty() => first = json,
            _ => {}
        }
        true
    };
    every(file, &mut others)?;
    if take(Part::Feed(around, first)) {
        every(file, &mut |found| {
            !(is_item(&found) || matches!(found, Found::Fault(_))) || take(Part::Found(found))
        })?;
    }
    Ok(())
}

/// Passes on everything in a feed, from its beginning.
fn every(file: &mut File, take: &mut impl FnMut(Found) -> bool) -> io::Result<()> {
    let mut stream = Stream::new(is_alone).with_feeds();
    file.rewind()?;
    if read(BufReader::new(file), |bytes| stream.push(bytes, take))? {
        stream.finish(take);
    }
    Ok(())
}

/// Passes the bytes to `push` until that returns `false`; then returns `false`.
fn read(mut input: impl BufRead, mut push: impl FnMut(&[u8]) -> bool) -> io::Result<bool> {
    loop {
        let bytes = input.fill_buf()?;
        let length = bytes.len();
        if length == 0 {
            return Ok(true);
        }
        let goes_on = push(bytes);
        input.consume(length);
        if !goes_on {
            return Ok(false);
        }
    }
}

fn is_item(found: &Found) -> bool {
    match found {
        Found::Element { place, .. } | Found::TooLong { place, .. } => place.array() == ITEMS,
        Found::Document(_) | Found::Envelope(_) | Found::Fault(_) => false,
    }
}

//! Decodes bytes to UTF-8, as a stream.
//!
//! 1. A byte order mark decides: UTF-8 or UTF-16. UTF-16 is also recognized by the zeros in its first two letters.
//! 2. Otherwise, a declared encoding (XML) decides.
//! 3. Otherwise, the first bytes beyond ASCII decide: if they are not UTF-8, the file is Windows-1252, which
//!    spreadsheets write.
//!
//! Undecodable bytes become U+FFFD. Not supported: other encodings without a declaration.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

const CHUNK: usize = 8 << 10;
/// Bytes that are examined to distinguish UTF-8 from Windows-1252.
const SAMPLE: usize = 64;

/// A reader that returns UTF-8 without a byte order mark, whatever the encoding of `inner`.
pub(crate) struct Decoded<R> {
    inner: R,
    /// Bytes that have been read but not decoded.
    raw: Vec<u8>,
    ended: bool,
    state: State,
    /// Decoded text; the part before `given` has been returned.
    text: Vec<u8>,
    given: usize,
    finished: bool,
}

enum State {
    /// Nothing has been read yet.
    Start,
    /// Everything so far is ASCII.
    Ascii,
    Decoding(Box<Decoder>),
}

impl<R: Read> Decoded<R> {
    pub(crate) fn new(inner: R) -> Self {
        let state = State::Start;
        Self { inner, raw: Vec::new(), ended: false, state, text: Vec::new(), given: 0, finished: false }
    }

    fn fill(&mut self) -> io::Result<()> {
        let mut chunk = [0; CHUNK];
        let count = self.inner.read(&mut chunk)?;
        self.ended |= count == 0;
        self.raw.extend(chunk.iter().take(count));
        Ok(())
    }

    fn more(&mut self) -> io::Result<()> {
        self.text.clear();
        self.given = 0;
        if !self.ended {
            self.fill()?;
        }
        if matches!(self.state, State::Start) {
            while !self.ended && self.raw.len() < SAMPLE {
                self.fill()?;
            }
            self.state = match Encoding::for_bom(&self.raw) {
                Some((encoding, _)) => State::Decoding(Box::new(encoding.new_decoder())),
                None => match declared(&self.raw) {
                    Some(encoding) => State::Decoding(Box::new(encoding.new_decoder_without_bom_handling())),
                    None => match unmarked(&self.raw) {
                        Some(encoding) => {
                            State::Decoding(Box::new(encoding.new_decoder_without_bom_handling()))
                        }
                        None => State::Ascii,
                    },
                },
            };
        }
        if matches!(self.state, State::Ascii) {
            let ascii = Encoding::ascii_valid_up_to(&self.raw);
            self.text.extend(self.raw.drain(..ascii));
            while !self.ended && !self.raw.is_empty() && self.raw.len() < SAMPLE {
                self.fill()?;
            }
            if self.raw.is_empty() {
                self.finished = self.ended;
                return Ok(());
            }
            let encoding = if begins_as_utf8(&self.raw) { UTF_8 } else { WINDOWS_1252 };
            self.state = State::Decoding(Box::new(encoding.new_decoder_without_bom_handling()));
        }
        if let State::Decoding(decoder) = &mut self.state {
            let mut text = std::mem::take(&mut self.text);
            let mut raw = self.raw.as_slice();
            let mut chunk = [0; CHUNK];
            loop {
                let (result, read, written, _) = decoder.decode_to_utf8(raw, &mut chunk, self.ended);
                text.extend(chunk.iter().take(written));
                raw = raw.get(read..).unwrap_or_default();
                if result == CoderResult::InputEmpty {
                    break;
                }
            }
            self.raw.clear();
            self.text = text;
            self.finished = self.ended;
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.finished {
            self.more()?;
        }
        let mut rest = self.text.get(self.given..).unwrap_or_default();
        let count = rest.read(buffer)?;
        self.given += count;
        Ok(count)
    }
}

/// Returns the encoding of an XML declaration. A declared UTF-16 is ignored: without a mark, the declaration could not
/// have been read as ASCII.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(200))?;
    let head = std::str::from_utf8(head.strip_prefix(b"<?xml")?.split(|byte| *byte == b'>').next()?).ok()?;
    let (_, value) = head.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let label = value.trim_start_matches(['"', '\'']).split(['"', '\'']).next()?;
    Encoding::for_label(label.as_bytes())
        .filter(|encoding| encoding.is_ascii_compatible() && *encoding != UTF_8)
}

/// Returns the encoding that the `<meta>` of a web page names near its beginning, as HTML requires.
fn in_meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(1024))?;
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let (_, meta) = head.split_once("<meta")?;
    let (_, label) = meta.split_once("charset=")?;
    let label = label.trim_start_matches(['"', '\'']).split(['"', '\'', ';', '>', '/', ' ']).next()?;
    Encoding::for_label(label.as_bytes())
        .filter(|encoding| encoding.is_ascii_compatible() && *encoding != UTF_8)
}

/// Returns the encoding of UTF-16 without a mark, from two letters of ASCII.
fn unmarked(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [a, 0, b, 0, ..] if *a > 0 && *b > 0 => Some(UTF_16LE),
        [0, a, 0, b, ..] if *a > 0 && *b > 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// Returns whether the bytes begin with valid UTF-8. The first byte is not ASCII.
fn begins_as_utf8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to() > 0, |_| true)
}

/// Decodes bytes to a string. Of a web page that is not in UTF-8, its `<meta>` names the encoding.
pub(crate) fn text(bytes: &[u8]) -> String {
    let is_utf_8 = std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true);
    if let Some(encoding) = in_meta(bytes).filter(|_| !is_utf_8) {
        return encoding.decode(bytes).0.into_owned();
    }
    let mut text = Vec::new();
    // Reading from memory does not fail.
    let _ = Decoded::new(bytes).read_to_end(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::text;

    fn utf_16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(to_bytes).collect()
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(text(bytes), expected);
    }

    #[test]
    fn each_encoding() {
        check(b"", "");
        check(b"plain", "plain");
        check("\u{feff}Amélie ★".as_bytes(), "Amélie ★");
        check("Amélie ★".as_bytes(), "Amélie ★");
        check(&utf_16("Amélie ★", u16::to_le_bytes), "Amélie ★");
        check(&utf_16("Amélie ★", u16::to_be_bytes), "Amélie ★");
        check(b"T\0i\0t\0l\0e\0", "Title");
        check(b"\0T\0i\0t\0l\0e", "Title");
        check(b"Am\xE9lie \x96 \x80", "Amélie – €");
        check(
            b"<?xml version='1.0' encoding='ISO-8859-2'?><t>\xB9</t>",
            "<?xml version='1.0' encoding='ISO-8859-2'?><t>š</t>",
        );
        check(b"<?xml encoding=\"utf-16\"?>\xC3\xA9", "<?xml encoding=\"utf-16\"?>é");
    }

    #[test]
    fn the_encoding_of_a_web_page() {
        for meta in [
            "<meta charset=iso-8859-2>",
            "<META CHARSET='ISO-8859-2'/>",
            "<meta name=x><meta http-equiv=content-type content=\"text/html; charset=iso-8859-2\">",
        ] {
            check(&[meta.as_bytes(), b"\xB9"].concat(), &format!("{meta}š"));
            check(format!("{meta}é").as_bytes(), &format!("{meta}é"));
        }
        check(b"<meta charset=utf-8>\xE9", "<meta charset=utf-8>é");
    }

    #[test]
    fn the_first_letters_beyond_ascii_decide_however_late_they_come() {
        let ascii = "a".repeat(100_000);
        for tail in ["é", "ééé", &"é".repeat(50_000)] {
            check([&ascii, tail].concat().as_bytes(), &[&ascii, tail].concat());
            let bytes: Vec<u8> = [&ascii, tail].concat().chars().map(|c| c as u8).collect();
            check(&bytes, &[&ascii, tail].concat());
        }
    }

    #[test]
    fn what_cannot_be_decoded_is_marked() {
        check(b"\xC3\xA9 \xFF", "é \u{fffd}");
        check(b"\xC3\xA9 \xE2\x98", "é \u{fffd}");
    }
}

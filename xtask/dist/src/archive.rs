//! Compresses and packs files, reproducibly: the same content gives the same bytes on any day and machine.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use anyhow::{Result, anyhow};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, GzBuilder};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// File contents by name, sorted by name.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A file, compressed in two ways.
pub(crate) struct Copies {
    pub(crate) gzip: Vec<u8>,
    pub(crate) brotli: Vec<u8>,
}

/// Compresses each file, a thread for each: Brotli's highest level takes seconds for a module.
pub(crate) fn compress(files: &Files) -> Result<BTreeMap<String, Copies>> {
    let copies = |content: &[u8]| anyhow::Ok(Copies { gzip: gzip(content)?, brotli: brotli(content)? });
    std::thread::scope(|scope| {
        let running: Vec<_> =
            files.iter().map(|(name, content)| (name, scope.spawn(move || copies(content)))).collect();
        let done = running.into_iter().map(|(name, thread)| {
            let copies = thread.join().map_err(|_| anyhow!("a thread has stopped"))??;
            Ok((name.clone(), copies))
        });
        done.collect()
    })
}

/// Compresses with Brotli's highest level, 11, and a window of 4 MiB, which every browser supports.
pub(crate) fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut Cursor::new(content), &mut compressed, &parameters)?;
    Ok(compressed)
}

/// Compresses with gzip's highest level, without a timestamp or a file name.
pub(crate) fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    // 255 means an unknown operating system, so that the bytes are the same on all systems.
    let mut encoder = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

/// Packs all files into a ZIP archive, inside one folder.
pub(crate) fn zip(folder: &str, files: &Files) -> Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        let is_compressed = name.ends_with(".br") || name.ends_with(".gz");
        let method = if is_compressed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        // The default is the earliest date of the format.
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        archive.start_file(format!("{folder}/{name}"), options)?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    const CONTENT: &[u8] = b"review review review review card";

    #[test]
    fn compressed_files_come_back() -> Result<()> {
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut Cursor::new(brotli(CONTENT)?), &mut unpacked)?;
        assert_eq!(unpacked, CONTENT);
        unpacked.clear();
        flate2::read::GzDecoder::new(Cursor::new(gzip(CONTENT)?)).read_to_end(&mut unpacked)?;
        assert_eq!(unpacked, CONTENT);
        Ok(())
    }

    #[test]
    fn an_archive_holds_one_folder_and_no_date() -> Result<()> {
        let files =
            Files::from([("b.js".to_owned(), CONTENT.to_vec()), ("a.css.br".to_owned(), CONTENT.to_vec())]);
        let packed = zip("review-card", &files)?;
        let mut archive = zip::ZipArchive::new(Cursor::new(packed))?;
        let mut names = Vec::new();
        for at in 0..archive.len() {
            let mut file = archive.by_index(at)?;
            let mut content = Vec::new();
            file.read_to_end(&mut content)?;
            assert_eq!(content, CONTENT);
            assert_eq!(file.last_modified(), Some(DateTime::default()));
            names.push(file.name()?.into_owned());
        }
        assert_eq!(names, ["review-card/a.css.br", "review-card/b.js"]);
        Ok(())
    }
}

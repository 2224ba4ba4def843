//! What a browser draws, pixel by pixel.

use anyhow::{Context, Result, ensure};

/// How far red, green and blue, from 0 to 255, may be apart before that is a difference: round corners are smoothed anew each
/// time that they are drawn, and were seen to be 1 apart.
const SAME: u8 = 2;

/// A picture of so many pixels, row by row; of each the red, green and blue.
pub(crate) struct Picture {
    width: usize,
    pixels: Vec<[u8; 3]>,
}

impl Picture {
    pub(crate) fn decode(png: &[u8]) -> Result<Self> {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().context("reading a PNG file")?;
        let mut bytes =
            vec![0; reader.output_buffer_size().context("expected a picture that fits into memory")?];
        let info = reader.next_frame(&mut bytes)?;
        let samples = info.color_type.samples();
        ensure!(samples >= 3, "expected a picture in colours, found {:?}", info.color_type);
        let pixels = bytes.chunks_exact(samples).filter_map(|pixel| pixel.first_chunk().copied()).collect();
        Ok(Self { width: usize::try_from(info.width)?, pixels })
    }

    /// The pixels in which another picture differs: how many, and the box around them, from left and top to right and bottom.
    pub(crate) fn difference(&self, other: &Self) -> Result<(usize, [usize; 4])> {
        ensure!(
            (self.width, self.pixels.len()) == (other.width, other.pixels.len()),
            "expected a picture of the same size"
        );
        let (mut count, mut around) = (0, [usize::MAX, usize::MAX, 0, 0]);
        let differs = |a: &[u8; 3], b: &[u8; 3]| a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > SAME);
        for (at, _) in self.pixels.iter().zip(&other.pixels).enumerate().filter(|(_, (a, b))| differs(a, b)) {
            let (x, y) = (at % self.width, at / self.width);
            let [left, top, right, bottom] = around;
            around = [left.min(x), top.min(y), right.max(x), bottom.max(y)];
            count += 1;
        }
        Ok((count, around))
    }
}

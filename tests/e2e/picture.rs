//! Screenshots, and whether two of them look the same.
//!
//! Browsers smooth the edges of letters and of round corners. Where an edge falls between two pixels, the same page can be
//! smoothed differently from one drawing to the next: 54 of 1.6 million pixels were seen, in one letter, by up to 42 of 255.
//! Nobody sees that, so a few smoothed pixels are allowed, and nothing else is.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

/// How much red, green and blue, from 0 to 255, may differ in equal pixels.
const EQUAL: u8 = 2;
/// How far the colour of a smoothed pixel may lie outside the colours around it in the other picture, from 0 to 255.
const SMOOTHED: u8 = 48;
/// One in this many pixels may be smoothed differently. A hairline or an icon has more pixels than that.
const PIXELS_PER_SMOOTHED: usize = 10_000;

/// The pixels of a screenshot, row by row: red, green and blue.
#[derive(Clone)]
pub(crate) struct Picture {
    width: usize,
    pixels: Vec<[u8; 3]>,
}

/// The pixels in which two pictures differ.
#[derive(Debug, Default)]
pub(crate) struct Difference {
    /// Pixels whose difference smoothing explains.
    pub(crate) smoothed: usize,
    /// All others.
    pub(crate) other: usize,
    /// Left, top, right and bottom of the box around all of them.
    area: Option<[usize; 4]>,
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

    /// Compares with another picture of the same size.
    pub(crate) fn difference(&self, other: &Self) -> Result<Difference> {
        let mut difference = Difference::default();
        for (at, smoothed) in self.different(other)? {
            let (x, y) = (at % self.width, at / self.width);
            *if smoothed { &mut difference.smoothed } else { &mut difference.other } += 1;
            let [left, top, right, bottom] = difference.area.unwrap_or([x, y, x, y]);
            difference.area = Some([left.min(x), top.min(y), right.max(x), bottom.max(y)]);
        }
        Ok(difference)
    }

    /// Returns how many pixels differ, for pictures that should not look the same.
    pub(crate) fn unequal(&self, other: &Self) -> usize {
        self.pixels.iter().zip(&other.pixels).filter(|(a, b)| a != b).count()
    }

    /// Checks that a person sees no difference. If there is one, saves both pictures, and the difference in red, as
    /// `target/pictures/NAME.*.png`.
    pub(crate) fn expect_same(&self, found: &Self, name: &str) -> Result<()> {
        if self.width == found.width && self.pixels == found.pixels {
            return Ok(());
        }
        let difference = self.difference(found)?;
        let at_most = self.pixels.len() / PIXELS_PER_SMOOTHED;
        if difference.other == 0 && difference.smoothed <= at_most {
            return Ok(());
        }
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("pictures");
        let saved = self.save_difference(found, &folder, name)?;
        bail!(
            "{name}: expected the same picture (at most {at_most} pixels smoothed differently), found {difference:?}: see {}",
            saved.display()
        )
    }

    /// The places of the pixels that differ, and whether smoothing explains each.
    fn different(&self, other: &Self) -> Result<Vec<(usize, bool)>> {
        ensure!(
            (self.width, self.pixels.len()) == (other.width, other.pixels.len()),
            "expected a picture of the same size"
        );
        let differs = |a: &[u8; 3], b: &[u8; 3]| a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > EQUAL);
        let pairs = self.pixels.iter().zip(&other.pixels).enumerate();
        Ok(pairs
            .filter(|(_, (a, b))| differs(a, b))
            .map(|(at, (a, b))| (at, other.explains(at, *a) && self.explains(at, *b)))
            .collect())
    }

    /// Whether a smoothed edge could have this colour here: between the colours around it, or almost.
    fn explains(&self, at: usize, colour: [u8; 3]) -> bool {
        let (x, y) = (at % self.width, at / self.width);
        let (mut low, mut high) = ([u8::MAX; 3], [u8::MIN; 3]);
        for row in y.saturating_sub(1)..=y + 1 {
            let columns = x.saturating_sub(1)..(x + 2).min(self.width);
            let start = row * self.width;
            for pixel in self.pixels.get(start + columns.start..start + columns.end).into_iter().flatten() {
                for ((low, high), value) in low.iter_mut().zip(&mut high).zip(pixel) {
                    (*low, *high) = ((*low).min(*value), (*high).max(*value));
                }
            }
        }
        colour.iter().zip(low.iter().zip(&high)).all(|(value, (low, high))| {
            (low.saturating_sub(SMOOTHED)..=high.saturating_add(SMOOTHED)).contains(value)
        })
    }

    fn save_difference(&self, found: &Self, folder: &Path, name: &str) -> Result<PathBuf> {
        std::fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
        // The rest of the picture stays visible, but pale.
        let mut marked = self.clone();
        for pixel in marked.pixels.iter_mut().flatten() {
            *pixel = 191 + *pixel / 4;
        }
        for (at, _) in self.different(found)? {
            if let Some(pixel) = marked.pixels.get_mut(at) {
                *pixel = [255, 0, 0];
            }
        }
        let stem: String = name.chars().map(|char| if char.is_alphanumeric() { char } else { '-' }).collect();
        let path = |kind: &str| folder.join(format!("{stem}.{kind}.png"));
        self.save(&path("expected"))?;
        found.save(&path("found"))?;
        marked.save(&path("difference"))?;
        Ok(path("difference"))
    }

    fn save(&self, path: &Path) -> Result<()> {
        let file = std::fs::File::create(path).with_context(|| format!("writing {}", path.display()))?;
        let height = self.pixels.len().checked_div(self.width).unwrap_or_default();
        let mut encoder = png::Encoder::new(file, self.width.try_into()?, height.try_into()?);
        encoder.set_color(png::ColorType::Rgb);
        encoder.write_header()?.write_image_data(self.pixels.as_flattened())?;
        Ok(())
    }
}

/// Checks the rule itself, before anything relies on it.
pub(crate) fn check_rule() -> Result<()> {
    /// The size of the pictures below; 4 of their 40,000 pixels may be smoothed.
    const SIDE: usize = 200;
    let draw = |colour: &dyn Fn(usize, usize) -> u8| Picture {
        width: SIDE,
        pixels: (0..SIDE * SIDE).map(|at| [colour(at % SIDE, at / SIDE); 3]).collect(),
    };
    let letter = |x: usize, y: usize, left: u8, right: u8| match (x, y) {
        (9, 9..=10) => left,
        (10, 9..=10) => right,
        _ => 255,
    };
    let page = draw(&|x, y| letter(x, y, 20, 160));
    for (what, other, is_same) in [
        ("the same letter", draw(&|x, y| letter(x, y, 22, 158)), true),
        ("a letter that is smoothed differently", draw(&|x, y| letter(x, y, 60, 120)), true),
        ("no letter", draw(&|_, _| 255), false),
        ("a bar beside it", draw(&|x, y| if x == 99 { 0 } else { letter(x, y, 20, 160) }), false),
        ("a pale hairline below it", draw(&|x, y| if y == 99 { 240 } else { letter(x, y, 20, 160) }), false),
        ("a slightly darker page", draw(&|x, y| letter(x, y, 20, 160).min(250)), false),
    ] {
        let Difference { smoothed, other, .. } = page.difference(&other)?;
        let found = other == 0 && smoothed <= SIDE * SIDE / PIXELS_PER_SMOOTHED;
        ensure!(found == is_same, "{what}: expected the same picture to be {is_same}, found {found}");
    }
    Ok(())
}

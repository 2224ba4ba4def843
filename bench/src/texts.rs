//! Writes any number of reviews with 800 words each, with the same texts as one JSON file and as Markdown files.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::json;

/// The number of words in each review's body, and of paragraphs.
const WORDS: usize = 800;
const PARAGRAPHS: usize = 8;
/// The vocabulary. Its words have the average length of English words: five letters and a space.
const VOCABULARY: [&str; 48] = [
    "the",
    "a",
    "of",
    "and",
    "to",
    "in",
    "it",
    "that",
    "was",
    "for",
    "on",
    "with",
    "as",
    "he",
    "she",
    "they",
    "at",
    "by",
    "this",
    "had",
    "from",
    "but",
    "not",
    "what",
    "all",
    "were",
    "when",
    "there",
    "light",
    "garden",
    "evening",
    "picture",
    "quiet",
    "window",
    "station",
    "letter",
    "music",
    "answer",
    "nothing",
    "somewhere",
    "patience",
    "afternoon",
    "remember",
    "beginning",
    "another",
    "through",
    "question",
    "understands",
];

/// One of the reviews.
struct Text {
    number: usize,
    paragraphs: Vec<String>,
}

impl Text {
    /// Returns the same text for the same number.
    fn new(number: usize) -> Self {
        // A linear congruential generator with the constants of Knuth's MMIX, which is good enough here.
        let mut state = u64::try_from(number).unwrap_or_default();
        let mut word = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(state >> 33).unwrap_or_default() % VOCABULARY.len();
            VOCABULARY.get(at).copied().unwrap_or_default()
        };
        let mut paragraph = || (0..WORDS / PARAGRAPHS).map(|_| word()).collect::<Vec<_>>().join(" ") + ".";
        Self { number, paragraphs: (0..PARAGRAPHS).map(|_| paragraph()).collect() }
    }

    fn id(&self) -> String {
        format!("r{}", self.number)
    }

    fn title(&self) -> String {
        format!("Review {}", self.number)
    }

    fn work(&self) -> String {
        format!("Work {}", self.number)
    }

    fn verdict(&self) -> String {
        format!("Number {} of many, and not the worst of them.", self.number)
    }

    fn rating(&self) -> usize {
        self.number % 5 + 1
    }

    fn json(&self) -> String {
        json!({
            "id": self.id(),
            "title": self.title(),
            "url": format!("/{}.html", self.id()),
            "work": self.work(),
            "verdict": self.verdict(),
            "rating": self.rating(),
            "author": AUTHOR,
            "published": PUBLISHED,
            "body": self.paragraphs,
        })
        .to_string()
    }

    fn markdown(&self) -> String {
        format!(
            "---\ntitle: {}\nwork: {}\nverdict: {}\nrating: {}\nauthor: {AUTHOR}\ndate: {PUBLISHED}\n---\n\n{}\n",
            self.title(),
            self.work(),
            self.verdict(),
            self.rating(),
            self.paragraphs.join("\n\n")
        )
    }
}

const AUTHOR: &str = "Ann";
const PUBLISHED: &str = "2024-06-30";

/// Writes a collection as one file.
pub(crate) fn json(reviews: usize, path: &Path) -> Result<()> {
    let file = File::create(path).with_context(|| format!("creating {}", path.display()))?;
    let mut file = BufWriter::new(file);
    file.write_all(b"{\"title\": \"Reviews\", \"reviews\": [\n")?;
    for number in 0..reviews {
        let separator: &[u8] = if number == 0 { b"" } else { b",\n" };
        file.write_all(separator)?;
        file.write_all(Text::new(number).json().as_bytes())?;
    }
    file.write_all(b"\n]}\n")?;
    file.flush().with_context(|| format!("writing {}", path.display()))
}

/// Writes one file for each review, as generators expect.
pub(crate) fn markdown(reviews: usize, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for number in 0..reviews {
        let text = Text::new(number);
        let path = folder.join(text.id() + ".md");
        fs::write(&path, text.markdown()).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

/// Returns the last words of a review: a page that contains them is complete.
pub(crate) fn end(number: usize) -> String {
    let last = Text::new(number).paragraphs.pop().unwrap_or_default();
    last.get(last.len().saturating_sub(60)..).unwrap_or(&last).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{PARAGRAPHS, Text, WORDS};

    #[test]
    fn texts_have_their_words_and_differ() {
        let text = Text::new(7);
        assert_eq!(text.paragraphs.len(), PARAGRAPHS);
        assert_eq!(text.paragraphs.join(" ").split(' ').count(), WORDS);
        assert_eq!(text.paragraphs, Text::new(7).paragraphs);
        assert_ne!(text.paragraphs, Text::new(8).paragraphs);
        let json: serde_json::Value = serde_json::from_str(&text.json()).unwrap_or_default();
        assert_eq!(json["body"].as_array().map(Vec::len), Some(PARAGRAPHS));
    }
}

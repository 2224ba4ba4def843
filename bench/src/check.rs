//! Checks before the measurements that all pages show the same card.
//!
//! Each page is opened on both screens. It must have the same text as the static page, parts of about the same size,
//! and a toggle that works; and the picture must be the largest contentful paint, so that LCP measures the same thing
//! on every page. The bench stops if a page differs. A prerendered whole page has its own margins and fonts, so its
//! sizes are not compared.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::browser::Browsers;
use crate::line::Line;
use crate::subject::Subject;

/// The allowed relative difference in size.
const TOLERANCE: f64 = 0.03;
/// The allowed difference in pixels, for small parts.
const PIXELS: f64 = 4.0;

/// Compares each page with the first, and saves a screenshot of each in a folder.
pub(crate) fn all(browsers: &Browsers<'_>, subjects: &[Subject], pictures: &Path) -> Result<()> {
    std::fs::create_dir_all(pictures).with_context(|| format!("creating {}", pictures.display()))?;
    for line in Line::ALL {
        let browser = browsers.start(line.unthrottled())?;
        let mut expected: Option<Value> = None;
        for subject in subjects {
            browser.open(&subject.path)?;
            browser.get("bench.settled(300)")?;
            let name = format!("{}-{line}.png", subject.path.trim_start_matches('/').replace('/', "-"));
            browser.picture(&pictures.join(name))?;
            let looked = browser.get("bench.look()");
            let found = looked.with_context(|| format!("looking at {}", subject.path))?;
            let reference = expected.as_ref().unwrap_or(&found);
            let mut checked = same_card(&found, reference);
            if !subject.is_whole_page {
                checked = checked.and_then(|()| same_sizes(&found, reference));
            }
            checked.with_context(|| format!("{} on the {line} line's screen", subject.path))?;
            expected.get_or_insert(found);
        }
    }
    Ok(())
}

fn same_card(found: &Value, expected: &Value) -> Result<()> {
    let words = |look: &Value| {
        look["text"].as_str().unwrap_or_default().split_whitespace().map(str::to_owned).collect::<String>()
    };
    ensure!(
        words(found) == words(expected),
        "expected the words of the static page\n  {}\nfound\n  {}",
        expected["text"],
        found["text"]
    );
    ensure!(
        found["states"] == serde_json::json!([false, true, false]),
        "expected the toggle to open and close the review, found it open: {}",
        found["states"]
    );
    Ok(())
}

fn same_sizes(found: &Value, expected: &Value) -> Result<()> {
    let is_picture = found["largest"].as_str().is_some_and(|url| url.ends_with("/the-apartment.webp"));
    ensure!(is_picture, "expected the picture as the largest paint, found {}", found["largest"]);
    for (part, expected) in expected["boxes"].as_object().into_iter().flatten() {
        for (side, name) in ["width", "height"].into_iter().enumerate() {
            let (found, expected) = (&found["boxes"][part][side], &expected[side]);
            ensure!(is_near(found, expected), "expected the {name} of {part} near {expected}, found {found}");
        }
    }
    Ok(())
}

fn is_near(found: &Value, expected: &Value) -> bool {
    match (found.as_f64(), expected.as_f64()) {
        (Some(found), Some(expected)) => (found - expected).abs() <= PIXELS.max(expected * TOLERANCE),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{same_card, same_sizes};

    #[test]
    fn another_word_size_or_state_is_another_card() {
        let look = |text: &str, height: u32, states: [bool; 3]| {
            json!({
                "text": text, "states": states, "largest": "http://127.0.0.1/images/the-apartment.webp",
                "boxes": { "h2": [100, height] },
            })
        };
        let sound = look("A card", 50, [false, true, false]);
        let alike = look("A\ncard", 53, [false, true, false]);
        assert!(same_card(&alike, &sound).is_ok());
        assert!(same_sizes(&alike, &sound).is_ok());
        assert!(same_card(&look("A cart", 50, [false, true, false]), &sound).is_err());
        assert!(same_card(&look("A card", 50, [false, true, true]), &sound).is_err());
        assert!(same_sizes(&look("A card", 60, [false, true, false]), &sound).is_err());
    }
}

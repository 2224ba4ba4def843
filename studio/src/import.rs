//! Reads files: JSON in the plain format exactly as its author wrote it, and every format of `review-card import`.

use review_card::write;
use review_card_import::Options;

use crate::draft::Draft;

/// Reviews from a file, and notes for its author.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The reviews.
    pub draft: Draft,
    /// What was left out or changed, one line each.
    pub notes: Vec<String>,
}

/// Keys that show that JSON is not in the plain format.
const FOREIGN: [&str; 5] = ["@context", "@graph", "@type", "items", "rendered"];

/// Reads a file.
///
/// # Errors
/// Returns the reason why the file contains no review.
pub fn read(name: &str, bytes: &[u8]) -> Result<Imported, String> {
    if let Some(own) = own(bytes) {
        return Ok(own);
    }
    let import = review_card_import::import_bytes(name, bytes, &Options::default())
        .map_err(|error| error.to_string())?;
    let notes: Vec<_> = import.report.to_string().lines().map(str::to_owned).collect();
    if import.collection.reviews.is_empty() {
        return Err(notes.join("; "));
    }
    Ok(Imported { draft: Draft::parse(&write::collection(&import.collection).to_text())?, notes })
}

/// Reads the review `item` of a document, or all its reviews, with absolute URLs, so that the draft does not depend on
/// its place.
///
/// # Errors
/// Returns the reason why the document contains no review.
pub fn read_at(address: &str, item: Option<&str>, bytes: &[u8]) -> Result<Imported, String> {
    let (mut collection, problems) =
        review_card::read(bytes, Some(address)).map_err(|error| error.to_string())?;
    if let Some(item) = item {
        collection.reviews.retain(|review| review.id == item);
    }
    let json = match collection.reviews.as_slice() {
        [only] => write::plain(only),
        _ => write::collection(&collection),
    };
    Ok(Imported {
        draft: Draft::parse(&json.to_text())?,
        notes: problems.iter().map(ToString::to_string).collect(),
    })
}

/// Reads plain JSON with all keys that its author wrote. Returns `None` if it is not strict JSON, or the card finds no
/// review in it.
fn own(bytes: &[u8]) -> Option<Imported> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| !is_foreign(text))?;
    let draft = Draft::parse(text).ok()?;
    let (_, problems) = review_card::read(bytes, None).ok()?;
    Some(Imported { draft, notes: problems.iter().map(ToString::to_string).collect() })
}

fn is_foreign(json: &str) -> bool {
    FOREIGN.iter().any(|key| json.contains(&format!("\"{key}\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(file: &str, expected: &str) {
        assert_eq!(read("file.json", file.as_bytes()).unwrap().draft.json().to_string(), expected);
    }

    #[test]
    fn plain_json_stays_as_it_was_written() {
        check(r#"{ "x-mine": 0.12345, "title": "A" }"#, r#"{"x-mine":0.12345,"title":"A"}"#);
    }

    #[test]
    fn other_formats_become_plain() {
        check(
            r#"{ "@context": "https://schema.org", "@type": "Review", "name": "A", "abstract": "B" }"#,
            r#"{"id":"a","title":"A","verdict":"B"}"#,
        );
    }

    #[test]
    fn a_document_of_the_site_is_read_with_whole_addresses() {
        let document = br#"[{ "id": "a", "title": "A", "image": "a.png" }, { "id": "b", "title": "B" }]"#;
        let read = read_at("https://blog.example/reviews/all.json", Some("a"), document).unwrap();
        let image = r#"{"id":"a","title":"A","image":{"src":"https://blog.example/reviews/a.png"}}"#;
        assert_eq!(read.draft.json().to_string(), image);
    }

    #[test]
    fn a_table_says_what_was_left_out() {
        let imported =
            read("films.csv", b"Title,Year,My Rating\nPaper Moon,1973,4.5\nAlien,1979,\n").unwrap();
        assert_eq!(imported.draft.entries().len(), 1);
        assert_eq!(imported.notes[0], "2 entries in: 1 review out, 1 left out");
    }

    #[test]
    fn a_file_without_reviews_says_so() {
        assert!(read("a.bin", &[0, 1, 2]).unwrap_err().contains("expected"));
    }
}

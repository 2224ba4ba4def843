//! Files from elsewhere: plain JSON as its author wrote it, and the reviews that the importers made of any other file.

use review_card::write;

use crate::draft::Draft;

/// Reviews from a file, and what its author should know about them.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The reviews.
    pub draft: Draft,
    /// The number of entries and reviews, in the words of the importers' report.
    pub counts: Option<String>,
    /// What was left out or read otherwise than it was written, a line each.
    pub notes: Vec<String>,
}

/// Keys of JSON that is not in the plain format.
const FOREIGN: [&str; 5] = ["@context", "@graph", "@type", "items", "rendered"];

/// Returns the reviews that the importers made of a file: plain JSON, then the lines of the report, which begins with the
/// numbers of entries and reviews.
///
/// # Errors
/// The first string is not JSON.
pub fn imported(result: Vec<String>) -> Result<Imported, String> {
    let mut strings = result.into_iter();
    let json = strings.next().unwrap_or_default();
    let draft = Draft::parse(&json)?;
    let counts = strings.next();
    Ok(Imported { draft, counts, notes: strings.collect() })
}

/// Reads the review `item` of a document, or all of them, with addresses that hold wherever the draft goes.
///
/// # Errors
/// Why there is no review in it.
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
        counts: None,
        notes: problems.iter().map(ToString::to_string).collect(),
    })
}

/// Reads plain JSON, with all the keys that its author wrote. Returns `None` where a JSON parser refuses it, or the card reads no
/// review in it: the importers may read such a file.
pub fn own(bytes: &[u8]) -> Option<Imported> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| !is_foreign(text))?;
    let draft = Draft::parse(text).ok()?;
    let (_, problems) = review_card::read(bytes, None).ok()?;
    Some(Imported { draft, counts: None, notes: problems.iter().map(ToString::to_string).collect() })
}

fn is_foreign(json: &str) -> bool {
    FOREIGN.iter().any(|key| json.contains(&format!("\"{key}\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_json_stays_as_it_was_written() {
        let read = own(br#"{ "x-mine": 0.12345, "title": "A" }"#).unwrap();
        assert_eq!(read.draft.json().to_string(), r#"{"x-mine":0.12345,"title":"A"}"#);
    }

    #[test]
    fn other_files_are_left_to_the_importers() {
        for file in [&b"Title,Year\nAlien,1979\n"[..], br#"{ "@type": "Review", "name": "A" }"#, &[0, 255]] {
            assert_eq!(own(file), None);
        }
    }

    #[test]
    fn what_the_importers_return_is_a_draft_and_notes() {
        let counts = "2 entries in: 1 review out, 1 left out";
        let result = [r#"{ "title": "A" }"#, counts, "left out: 1, not a review"].map(str::to_owned);
        let read = imported(result.into()).unwrap();
        assert_eq!(read.draft.json().to_string(), r#"{"title":"A"}"#);
        assert_eq!(read.counts.as_deref(), Some(counts));
        assert_eq!(read.notes, ["left out: 1, not a review"], "the counts are no note");
        assert!(imported(Vec::new()).is_err());
    }

    #[test]
    fn a_document_of_the_site_is_read_with_whole_addresses() {
        let document = br#"[{ "id": "a", "title": "A", "image": "a.png" }, { "id": "b", "title": "B" }]"#;
        let read = read_at("https://blog.example/reviews/all.json", Some("a"), document).unwrap();
        let image = r#"{"id":"a","title":"A","image":{"src":"https://blog.example/reviews/a.png"}}"#;
        assert_eq!(read.draft.json().to_string(), image);
    }
}

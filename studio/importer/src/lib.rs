//! The second module of the studio, `studio-importer.wasm`: the importers of `review-card import`. The studio loads it when its author
//! opens a file that is not plain JSON, so that the form does not wait for a zip reader and five parsers.
#![forbid(unsafe_code)]

use review_card::write;
use review_card_import::Options;
use wasm_bindgen::prelude::wasm_bindgen;

/// Reads a file of any format that `review-card import` takes. Returns the reviews as plain JSON, then the lines of the report.
///
/// # Errors
/// The reason why the file has no review, in words for its author.
#[wasm_bindgen]
pub fn read_file(name: &str, bytes: &[u8]) -> Result<Vec<String>, String> {
    let import = review_card_import::import_bytes(name, bytes, &Options::default())
        .map_err(|error| error.to_string())?;
    let report = import.report.to_string();
    if import.collection.reviews.is_empty() {
        return Err(report.lines().collect::<Vec<_>>().join("; "));
    }
    let json = write::collection(&import.collection).to_text();
    Ok(std::iter::once(json).chain(report.lines().map(str::to_owned)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_formats_become_plain_json() {
        let file =
            br#"{ "@context": "https://schema.org", "@type": "Review", "name": "A", "abstract": "B" }"#;
        let [json, counts] = read_file("file.json", file).unwrap().try_into().unwrap();
        assert_eq!(counts, "1 entry in: 1 review out, 0 left out");
        assert!(json.contains(r#"{"id":"a","title":"A","verdict":"B"}"#), "{json}");
    }

    #[test]
    fn a_table_reports_what_was_left_out() {
        let imported =
            read_file("films.csv", b"Title,Year,My Rating\nPaper Moon,1973,4.5\nAlien,1979,\n").unwrap();
        assert!(imported[0].contains("Paper Moon"), "{imported:?}");
        assert_eq!(imported[1], "2 entries in: 1 review out, 1 left out");
    }

    #[test]
    fn a_file_without_reviews_is_an_error() {
        assert!(read_file("a.bin", &[0, 1, 2]).unwrap_err().contains("expected"));
    }
}

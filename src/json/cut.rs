//! Recovers the complete entries of a document that was cut off, for example by an interrupted download or a full disk.
//!
//! Every tool follows one rule. If a collection is cut off, its complete reviews are kept and the cut is reported. If a
//! single review is cut off, the document is an error, so that no visitor sees half a review.

/// The object keys whose arrays hold reviews, in all formats.
const ARRAYS: [&str; 7] = [
    "\"reviews\"",
    "\"items\"",
    "\"records\"",
    "\"posts\"",
    "\"@graph\"",
    "\"review\"",
    "\"itemListElement\"",
];

/// Returns the document up to its last complete entry, with the open brackets closed. Returns `None` if the document is
/// not a collection or has no complete entry.
pub fn close(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0_usize, 0);
    let mut key = "";
    let mut end = None;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                let start = at;
                at = string_end(bytes, at);
                if depth == 1 {
                    key = text.get(start..at).unwrap_or_default();
                }
                continue;
            }
            b'[' | b'{' => {
                depth += 1;
                let is_root = depth == 1 && *byte == b'[';
                let is_listed = depth == 2 && *byte == b'[' && ARRAYS.contains(&key);
                if is_root || is_listed {
                    end = Some((at, depth, 0_usize));
                }
            }
            b']' | b'}' => {
                depth = depth.checked_sub(1)?;
                if let Some((last, level, entries)) = &mut end
                    && depth == *level
                    && *byte == b'}'
                {
                    (*last, *entries) = (at + 1, *entries + 1);
                } else if end.is_some_and(|(_, level, _)| depth < level) {
                    break; // All entries are complete; only the text after them is cut off.
                }
            }
            _ => {}
        }
        at += 1;
    }
    let (end, level, entries) = end?;
    let brackets = if level == 1 { "]" } else { "]}" };
    (entries > 0).then(|| [text.get(..end).unwrap_or_default(), brackets].concat())
}

/// Returns the index after the closing quote of the string that begins at `start`.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::close;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(close(text).as_deref(), expected, "{text}");
    }

    #[test]
    fn complete_entries_stay() {
        check("[{\"a\": [{}]}, {\"b\": \"]}", Some("[{\"a\": [{}]}]"));
        check(
            "{\"title\": \"T\", \"reviews\": [{}, {}, {",
            Some("{\"title\": \"T\", \"reviews\": [{}, {}]}"),
        );
        check(
            "{\"@context\": \"x\", \"@graph\": [{\"a\": \"\\\"}]\"}, {",
            Some("{\"@context\": \"x\", \"@graph\": [{\"a\": \"\\\"}]\"}]}"),
        );
        check("{\"items\": [{}, {}], \"next_url\": \"/2", Some("{\"items\": [{}, {}]}"));
        check("{\"items\": [{}], \"author\": {\"image\": {}}, \"next", Some("{\"items\": [{}]}"));
        check("{\"reviews\": [{}, {\"a\": [{}, {", Some("{\"reviews\": [{}]}"));
        check("[[], {\"a\": 1}, {", Some("[[], {\"a\": 1}]"));
        check(r#"[{"a": "x\\"}, {"b"#, Some(r#"[{"a": "x\\"}]"#));
    }

    #[test]
    fn a_single_review_is_not_cut_short() {
        for text in [
            "{\"title\": \"A\", \"aspects\": [{}, {",
            "{\"review\": {\"aspects\": [{}, {",
            "[{\"a\": 1",
            "[",
            "{\"reviews\": [",
            "\"cut",
            "]",
            "",
        ] {
            check(text, None);
        }
    }
}

//! The writing direction of a language.

/// Languages that are written from right to left if their tag names no script.
const LANGUAGES: [&str; 14] =
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "khw", "nqo", "ps", "sd", "ug", "ur", "yi"];
/// Scripts that are written from right to left.
const SCRIPTS: [&str; 7] = ["Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"];

/// Returns the `dir` attribute for an element in the language of this BCP 47 tag, if it is not the default.
pub(super) fn of(tag: &str) -> Option<&'static str> {
    is_right_to_left(tag).then_some("rtl")
}

/// Returns whether text in the language of this BCP 47 tag runs from right to left.
pub(super) fn is_right_to_left(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_one_of = |list: &[&str], part: &str| list.iter().any(|known| known.eq_ignore_ascii_case(part));
    let language = parts.next().unwrap_or_default();
    match parts.find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic())) {
        Some(script) => is_one_of(&SCRIPTS, script),
        None => is_one_of(&LANGUAGES, language),
    }
}

#[cfg(test)]
mod tests {
    use super::is_right_to_left;

    #[test]
    fn by_script_then_by_language() {
        for tag in ["ar", "AR-eg", "ku-Arab", "he-IL", "pa-arab-PK"] {
            assert!(is_right_to_left(tag), "{tag}");
        }
        for tag in ["en", "ku", "ar-Latn", "", "az-Latn-IR"] {
            assert!(!is_right_to_left(tag), "{tag}");
        }
    }
}

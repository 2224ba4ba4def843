//! Chooses the table for a language tag.

use super::{Strings, ar, de, en, es, fr};

/// A language that the card has a table for.
#[derive(Clone, Copy, Debug)]
pub struct Language(&'static Strings);

impl Language {
    /// Returns the table for a BCP 47 tag, or English if there is none.
    pub fn of(tag: &str) -> Self {
        let mut parts = tag.split(['-', '_']);
        let primary = parts.next().unwrap_or_default();
        let is = |other: &str| primary.eq_ignore_ascii_case(other);
        Self(if is("fr") {
            &fr::STRINGS
        } else if is("de") {
            &de::STRINGS
        } else if is("es") {
            &es::STRINGS
        } else if is("ar") {
            &ar::STRINGS
        } else if is("en") && parts.any(day_comes_first) {
            &en::INTERNATIONAL
        } else {
            &en::STRINGS
        })
    }

    /// Returns the strings of the language.
    pub fn strings(self) -> &'static Strings {
        self.0
    }

    /// Returns whether `tag` names the same language, in any region.
    pub fn is(self, tag: &str) -> bool {
        tag.split(['-', '_']).next().is_some_and(|primary| primary.eq_ignore_ascii_case(self.0.tag))
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

/// Returns whether English of this region writes "24 October 2011". These are CLDR's en-001 and its children with that
/// order.
fn day_comes_first(region: &str) -> bool {
    ["GB", "AU", "NZ", "IE", "IN", "ZA", "SG", "HK", "001", "150"]
        .iter()
        .any(|r| r.eq_ignore_ascii_case(region))
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn a_tag_leads_to_a_table() {
        for (tag, other, expected) in [
            ("fr", "fr-CA", true),
            ("DE", "de_AT", true),
            ("ar", "es", false),
            ("it", "en", true),
            ("en-US", "en", true),
            ("en-GB", "en-001", true),
            ("en-GB", "en", false),
        ] {
            assert_eq!(Language::of(tag) == Language::of(other), expected, "{tag} {other}");
        }
    }
}

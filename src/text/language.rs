//! Which table a language tag means.

use super::{Words, ar, de, en, es, fr};

/// A language that the card speaks.
#[derive(Clone, Copy, Debug)]
pub struct Language(&'static Words);

impl Language {
    /// The table for a BCP 47 tag; English where there is none.
    pub fn of(tag: &str) -> Self {
        let mut parts = tag.split(['-', '_']);
        let primary = parts.next().unwrap_or_default();
        let is = |other: &str| primary.eq_ignore_ascii_case(other);
        Self(if is("fr") {
            &fr::WORDS
        } else if is("de") {
            &de::WORDS
        } else if is("es") {
            &es::WORDS
        } else if is("ar") {
            &ar::WORDS
        } else if is("en") && parts.any(day_comes_first) {
            &en::INTERNATIONAL
        } else {
            &en::WORDS
        })
    }

    /// Its words.
    pub fn words(self) -> &'static Words {
        self.0
    }

    /// Whether `tag` names the same language, wherever it is spoken.
    pub fn is(self, tag: &str) -> bool {
        tag.split(['-', '_']).next().is_some_and(|primary| primary.eq_ignore_ascii_case(self.0.tag))
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

/// Regions whose English writes "24 October 2011" (CLDR's en-001 and its children with that order).
fn day_comes_first(region: &str) -> bool {
    ["GB", "AU", "NZ", "IE", "IN", "ZA", "SG", "HK", "001", "150"]
        .iter()
        .any(|r| r.eq_ignore_ascii_case(region))
}

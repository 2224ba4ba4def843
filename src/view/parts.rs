//! The names of a card's parts, as in `::part()` and `hide`.

/// A part of the card that can be hidden by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The kicker.
    Section,
    /// The title.
    Title,
    /// What is reviewed.
    Work,
    /// The dates.
    Meta,
    /// The rating.
    Rating,
    /// Where the rating stands among others.
    Measure,
    /// The verdict.
    Verdict,
    /// What speaks for it.
    Pros,
    /// What speaks against it.
    Cons,
    /// The ratings of its sides.
    Aspects,
    /// The picture.
    Image,
    /// The toggle; without it the body is shown where the card is open.
    Toggle,
    /// The body.
    Body,
    /// The author's box.
    Author,
    /// The verdicts of other times.
    History,
    /// Where to watch, buy, book or read it.
    Links,
    /// The related reviews.
    Related,
    /// Other reviews of the same work.
    Opinions,
    /// The piece before.
    Previous,
    /// The piece after.
    Next,
}

/// Names in the order of [`Part`]'s variants.
const NAMES: [&str; 20] = [
    "section", "title", "work", "meta", "rating", "measure", "verdict", "pros", "cons", "aspects", "image",
    "toggle", "body", "author", "history", "links", "related", "opinions", "previous", "next",
];

/// A set of parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts(u32);

impl Parts {
    /// The names of all parts.
    pub const NAMES: &'static [&'static str] = &NAMES;

    /// Reads part names separated by spaces, as the attribute `hide` has them; unknown names are ignored.
    pub fn parse(names: &str) -> Self {
        let mut set = 0;
        for name in names.split_ascii_whitespace() {
            if let Some(at) = NAMES.iter().position(|known| *known == name) {
                set |= 1 << at;
            }
        }
        Self(set)
    }

    /// The set with `part` in it.
    #[must_use]
    pub fn with(self, part: Part) -> Self {
        Self(self.0 | 1 << part as u32)
    }

    /// Whether `part` is in the set.
    pub fn contains(self, part: Part) -> bool {
        self.0 & 1 << part as u32 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::{NAMES, Part, Parts};

    #[test]
    fn names_and_variants_agree() {
        assert_eq!(
            Parts::parse(" author\trelated nonsense "),
            Parts::default().with(Part::Author).with(Part::Related)
        );
        for (at, name) in NAMES.iter().enumerate() {
            assert_eq!(Parts::parse(name).0, 1 << at);
        }
        assert!(Parts::parse("next").contains(Part::Next));
        assert!(Parts::parse("section").contains(Part::Section));
    }
}

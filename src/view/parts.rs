//! The names of a card's parts, as used in `::part()` and `hide`.

/// A part of the card that can be hidden by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The kicker above the title.
    Section,
    /// The title.
    Title,
    /// The work under review.
    Work,
    /// The dates.
    Meta,
    /// The rating.
    Rating,
    /// How the rating compares with others.
    Measure,
    /// The verdict.
    Verdict,
    /// The points in favour of the work.
    Pros,
    /// The points against the work.
    Cons,
    /// The ratings of single aspects.
    Aspects,
    /// The picture.
    Image,
    /// The toggle. If it is hidden, the body is shown only in an open card.
    Toggle,
    /// The body.
    Body,
    /// The author's box.
    Author,
    /// The verdicts over time.
    History,
    /// The places to watch, buy, book or read the work.
    Links,
    /// The related reviews.
    Related,
    /// Other reviews of the same work.
    Opinions,
    /// The previous article.
    Previous,
    /// The next article.
    Next,
}

/// The names, in the order of [`Part`]'s variants.
const NAMES: [&str; 20] = [
    "section", "title", "work", "meta", "rating", "measure", "verdict", "pros", "cons", "aspects", "image",
    "toggle", "body", "author", "history", "links", "related", "opinions", "previous", "next",
];

/// A set of parts.
///
/// ```
/// use review_card::{Part, Parts};
///
/// let hide = Parts::parse("pros cons").with(Part::Author);
/// assert!(hide.contains(Part::Pros) && hide.contains(Part::Author) && !hide.contains(Part::Title));
/// assert!(Parts::NAMES.contains(&"pros"));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts(u32);

impl Parts {
    /// The names of all parts.
    pub const NAMES: &'static [&'static str] = &NAMES;

    /// Parses part names separated by spaces, as in the attribute `hide`. Unknown names are ignored.
    pub fn parse(names: &str) -> Self {
        let mut set = 0;
        for name in names.split_ascii_whitespace() {
            if let Some(at) = NAMES.iter().position(|known| *known == name) {
                set |= 1 << at;
            }
        }
        Self(set)
    }

    /// Returns the set with `part` added.
    #[must_use]
    pub fn with(self, part: Part) -> Self {
        Self(self.0 | 1 << part as u32)
    }

    /// Returns whether `part` is in the set.
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

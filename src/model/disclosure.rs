//! What may have influenced the author. Readers are to know it before they read the verdict.

/// A disclosure. The kind or the text may be missing, not both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disclosure {
    /// Its kind, for which the card has words in the page's language.
    pub kind: Option<DisclosureKind>,
    /// The author's own words, shown instead of those.
    pub text: Option<String>,
}

/// What is disclosed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisclosureKind {
    /// The author received the work for free.
    Gift,
    /// Somebody paid for the review.
    Paid,
    /// The author earns by links.
    Affiliate,
    /// The author has a share in the work.
    Own,
    /// The review was written with artificial intelligence.
    Ai,
}

impl DisclosureKind {
    /// All of them, in the order of the variants.
    pub const ALL: [Self; 5] = [Self::Gift, Self::Paid, Self::Affiliate, Self::Own, Self::Ai];

    /// Reads the name as it stands in JSON.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The name as it stands in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gift => "gift",
            Self::Paid => "paid",
            Self::Affiliate => "affiliate",
            Self::Own => "own",
            Self::Ai => "ai",
        }
    }
}

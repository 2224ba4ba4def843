//! What may have influenced the author. Visitors must see it before the verdict.

/// A disclosure. The kind or the text may be missing, but not both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disclosure {
    /// The kind, which the card prints in the language of the page.
    pub kind: Option<DisclosureKind>,
    /// The author's own text, shown instead of the card's text for the kind.
    pub text: Option<String>,
}

/// The kind of a disclosure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisclosureKind {
    /// The author received the work for free.
    Gift,
    /// Somebody paid for the review.
    Paid,
    /// The author earns money from links.
    Affiliate,
    /// The author has a financial interest in the work.
    Own,
    /// The review was written with artificial intelligence.
    Ai,
}

impl DisclosureKind {
    /// All kinds, in the order of the variants.
    pub const ALL: [Self; 5] = [Self::Gift, Self::Paid, Self::Affiliate, Self::Own, Self::Ai];

    /// Parses the name used in JSON. Returns `None` for an unknown name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Returns the name used in JSON.
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

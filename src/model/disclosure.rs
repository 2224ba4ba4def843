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
///
/// ```
/// use review_card::model::{Disclosure, DisclosureKind};
///
/// assert_eq!(DisclosureKind::parse("gift"), Some(DisclosureKind::Gift));
/// assert_eq!(DisclosureKind::ALL.map(DisclosureKind::name), ["gift", "paid", "affiliate", "own", "ai"]);
/// let disclosure: Disclosure = serde_json::from_str(r#""A free ticket from the cinema.""#)?;
/// assert_eq!((disclosure.kind, disclosure.text.as_deref()), (None, Some("A free ticket from the cinema.")));
/// # Ok::<(), serde_json::Error>(())
/// ```
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

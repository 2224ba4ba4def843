//! The style sheets of cards and lists, for an app that shows them without `<review-card>`.
//!
//! A card in the page itself takes [`LIGHT`], then [`TOKENS`], then [`CARD`]; one in a shadow root takes [`SHADOW`] in place of the
//! first. A list takes [`LIST`] after these.

/// Where a card stands in the page itself.
pub const LIGHT: &str = include_str!("../styles/light.css");
/// The host of a shadow root, and what a card inherits there.
pub const SHADOW: &str = include_str!("../styles/shadow.css");
/// The custom properties that a page can change, with their defaults.
pub const TOKENS: &str = include_str!("../styles/tokens.css");
/// The card.
pub const CARD: &str = concat!(
    include_str!("../styles/card.css"),
    include_str!("../styles/facts.css"),
    include_str!("../styles/body.css"),
    include_str!("../styles/rest.css"),
    include_str!("../styles/history.css"),
    include_str!("../styles/layout.css"),
);
/// The list around cards.
pub const LIST: &str = concat!(include_str!("../styles/list.css"), include_str!("../styles/list-items.css"));

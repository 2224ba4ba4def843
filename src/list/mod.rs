//! The state of a list while it is shown: the reviews of its files as they arrive ([`archive`]), the reviews that are
//! shown ([`shown`]), those of them that are open ([`opened`]), those that are in the document ([`screen`], [`window`]),
//! and what of the query stands in the page's address ([`address`]). The code is pure, without browser and clock, so that the same tests run everywhere.

pub mod address;
pub mod archive;
pub mod link;
pub mod opened;
pub mod progress;
pub mod screen;
pub mod shown;
pub mod window;

pub use archive::Archive;
pub use opened::Opened;
pub use screen::{Screen, View};
pub use shown::{Shown, Work};
pub use window::Window;

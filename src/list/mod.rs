//! The state of a list while it is shown: the reviews of its files as they arrive ([`archive`]), the reviews that are
//! shown ([`shown`]), and the reviews that are in the document ([`window`]). The code is pure, without browser and
//! clock, so that the same tests run everywhere.

pub mod archive;
pub mod link;
pub mod shown;
pub mod window;

pub use archive::Archive;
pub use shown::{Shown, Work};
pub use window::Window;

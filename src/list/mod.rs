//! What a list of reviews holds while it is shown: the reviews of its files as they come ([`archive`]), which of them are
//! shown ([`shown`]), and which of those stand in the document ([`window`]). Pure: no browser, no clock, so that the same
//! tests hold it everywhere.

pub mod archive;
pub mod link;
pub mod shown;
pub mod window;

pub use archive::Archive;
pub use shown::{Shown, Work};
pub use window::Window;

//! What a list of reviews holds while it is shown: the reviews of its files as they come ([`archive`]), and which of them
//! stand in the document ([`window`]). Pure: no browser, no clock, so that the same tests hold it everywhere.

pub mod archive;
pub mod window;

pub use archive::Archive;
pub use window::Window;

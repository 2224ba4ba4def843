//! The browser's edge: what the scripts beside it call.
//!
//! JavaScript holds what only it can: the classes, the downloads, the events, what stands where on the screen. [`card`] is the
//! engine of `<review-card>`, [`list`] that of `<review-list>`; each is in a module of its own.

#[cfg(feature = "element")]
mod card;
#[cfg(feature = "list")]
mod list;
#[cfg(feature = "element")]
mod mounted;
#[cfg(feature = "element")]
mod slots;

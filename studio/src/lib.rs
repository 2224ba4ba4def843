//! The studio: a page to write a review in and to take its card away from. It is a Yew app on the public interface of
//! `review-card`.
//!
//! 1. What is written: [`value`] (places in JSON), [`draft`] (reviews and edits), [`history`] (undo), [`rating`], [`markdown`],
//!    [`import`] (files).
//! 2. What is seen and taken away: [`theme`], [`search`], [`take`].
//! 3. The page: `words` (one table a language) and `ui` (the components).
//!
//! The first two know no browser, and are tested natively.
#![forbid(unsafe_code)]

pub mod draft;
pub mod history;
pub mod import;
pub mod markdown;
pub mod rating;
pub mod search;
pub mod take;
pub mod theme;
mod ui;
pub mod value;
mod words;

pub use ui::Studio;

//! The studio: a page on which to write a review and export its card. It is a Yew app that uses the public interface of
//! `review-card`.
//!
//! 1. Writing: [`value`] (paths in JSON), [`draft`] (reviews and edits), [`history`] (undo), [`rating`], [`markdown`],
//!    [`import`] (files).
//! 2. Preview and export: [`theme`], [`search`], [`export`].
//! 3. The page: `strings` (one table for each language) and `ui` (the components).
//!
//! The first two do not use the browser, and are tested natively.
#![forbid(unsafe_code)]

pub mod draft;
pub mod export;
pub mod history;
pub mod import;
pub mod markdown;
pub mod rating;
pub mod search;
mod strings;
pub mod theme;
mod ui;
pub mod value;

pub use ui::Studio;

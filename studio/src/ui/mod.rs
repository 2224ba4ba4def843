//! The page, one component a file. `Desk` is what they share: the state, the words of the page, and the review as the card
//! reads it.

mod address;
mod app;
mod body;
mod collection;
mod desk;
mod elsewhere;
mod field;
mod files;
mod form;
mod hooks;
mod icon;
mod json;
mod lines;
mod proof;
mod rating;
mod rows;
mod see;
mod sort;
mod storage;
mod tabs;
mod take;
mod theme;

pub use app::Studio;

//! The page, with one component in each file. They share `Editor`: the state, the strings of the page, and the review as
//! the card reads it.

mod address;
mod app;
mod body;
mod card_preview;
mod collection;
mod editor;
mod elsewhere;
mod export;
mod field;
mod files;
mod form;
mod hooks;
mod icon;
mod json;
mod lines;
mod preview;
mod rating;
mod rows;
mod sort;
mod storage;
mod tabs;
mod theme;

pub use app::Studio;

//! The page, with one component in each file. They share `Desk`: the state, the strings of the page, and the review as
//! the card reads it.

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

//! Review cards for blogs: reads the JSON that a blog publishes and renders the card that visitors see.
//!
//! ```text
//! JSON bytes ─read→ (Collection, Vec<Problem>) ─view→ Html ─┬─ page      → <review-card> in a page (wasm32)
//!   any format          model: the data of a review         ├─ prerender → static HTML            (native)
//!                       rich_text: HTML → a safe tree       └─ this crate → a Yew app
//! ```
//!
//! In a Yew app, pass a review to [`ReviewCard`]:
//!
//! ```
//! use review_card::{ReviewCard, read};
//! use yew::prelude::*;
//!
//! #[component]
//! fn Page() -> Html {
//!     let json = br#"{ "title": "Rust and Bone", "rating": "4/5", "verdict": "Bruised and tender." }"#;
//!     match read(json, None) {
//!         Ok((collection, _problems)) => collection
//!             .reviews
//!             .into_iter()
//!             .map(|review| html! { <ReviewCard {review} /> })
//!             .collect(),
//!         Err(error) => html! { <p>{ error.to_string() }</p> },
//!     }
//! }
//! ```
#![forbid(unsafe_code)]

// In the order in which a review goes through them. What is hidden from the documentation is shared by the project's own
// crates, and may change in any version.
pub mod json;

pub mod model;

pub mod read;

pub mod rich_text;

pub mod collection;

#[doc(hidden)]
pub mod list;

mod steps;
#[doc(hidden)]
pub mod text;

pub mod view;

pub mod write;

pub mod styles;

pub use model::{Collection, Review};
pub use read::{Problem, ReadError, read};
pub use view::list::{ReviewList, ReviewListProps};
pub use view::{HeadingLevel, Part, Parts, ReviewCard, ReviewCardProps, Variant};

//! Operations on many reviews at once: filter, sort, search, summarize, and find related reviews.
//!
//! 1. [`Query`] is the request of a visitor: a [`Filter`], a [`Sort`] and a [`Search`].
//! 2. [`Selection`] computes the answer: the indices of the reviews to show, in their order.
//! 3. [`Summary`] counts and averages; [`Facets`] lists the values that a filter can name.
//! 4. [`Pool`] and [`Library`] find second opinions and related reviews; [`Ratings`] compares a rating with all others.
//!
//! All of this is pure Rust and depends on [`crate::model`] alone, so that the live list, static pages and the reader
//! module give the same results. It uses no clock. Long work is done in *slices*: `step(…, budget)` does about `budget`
//! units of work and returns whether everything is done. A page stops after some milliseconds and continues later. The
//! result does not depend on how the work is sliced. One unit is about the work of examining one field of one review.
//!
//! A collection may grow, but reviews are only ever added at its end. So the index of a review never changes.

mod facets;
mod filter;
mod fold;
mod markup;
mod measure;
mod related;
mod scale;
mod search;
mod selection;
mod sort;
mod summary;

pub use facets::{Facet, Facets};
pub use filter::{Compare, Filter, FilterProblem, MAX_TERMS, Term};
pub use fold::fold;
pub use measure::{MIN_RATINGS, Ratings};
#[doc(hidden)]
pub use related::{Found, Pool};
pub use related::{Library, MAX_FOUND};
pub use scale::{BEST, out_of_five};
pub use search::{MAX_WORDS, Rank, Search};
pub use selection::{Query, Selection};
#[doc(hidden)]
pub use sort::Sorter;
pub use sort::{Sort, SortKey};
pub use summary::{Given, Summary};

//! What is done with many reviews at once: filter, sort, search, sum up, find what belongs together.
//!
//! 1. [`Query`] is what a reader asks for: a [`Filter`], a [`Sort`] and a [`Search`].
//! 2. [`Selection`] answers it: the places of the reviews that are shown, in their order.
//! 3. [`Summary`] counts and averages; [`Facets`] lists the values that a filter can name.
//! 4. [`Pool`] and [`Library`] find second opinions and related reviews; [`Ratings`] say where a rating stands among others.
//!
//! Pure Rust on [`crate::model`] alone, so that the live list, static pages and the reader module say the same. There is no
//! clock in here. What may take long is done in *slices*: `step(…, budget)` does about `budget` units of work and tells
//! whether all is done; a page's edge stops after some milliseconds and goes on later. However the work is sliced, the
//! result is the same. A unit is about what it takes to look at one field of one review.
//!
//! A collection may grow: reviews are only ever added at its end, and a review's place, its index, names it for good.

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
pub use related::{Found, Library, MAX_FOUND, Pool};
pub use scale::{BEST, out_of_five};
pub use search::{MAX_WORDS, Rank, Search};
pub use selection::{Query, Selection};
pub use sort::{Sort, SortKey, Sorter};
pub use summary::{Given, Summary};

//! The values that a filter can name: all tags, authors and sections, each with its number of reviews.

use std::collections::HashMap;

use super::fold::fold;
use crate::model::Review;

/// Filter values and their counts. Reviews are added page by page.
///
/// ```
/// use review_card::Review;
/// use review_card::collection::{Facet, Facets};
///
/// let mut facets = Facets::default();
/// facets.add(&Review { tags: vec!["noir".into()], ..Review::default() });
/// facets.add(&Review { tags: vec!["Noir".into(), "space".into()], ..Review::default() });
/// facets.add(&Review { section: Some("Essays".into()), ..Review::default() });
/// let sections: Vec<Facet> = facets.sections().into_iter().cloned().collect();
/// assert_eq!(sections, [Facet { value: "Essays".into(), count: 1 }]);
/// let tags: Vec<_> = facets.tags().iter().map(|tag| (tag.value.as_str(), tag.count)).collect();
/// assert_eq!(tags, [("noir", 2), ("space", 1)]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Facets {
    tags: Values,
    authors: Values,
    sections: Values,
}

/// One value that a filter can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The value as the first review spells it.
    pub value: String,
    /// The number of reviews that have it, ignoring case and accents.
    pub count: u32,
}

#[derive(Clone, Debug, Default)]
struct Values {
    facets: Vec<Facet>,
    /// The index in `facets` of each folded value.
    places: HashMap<String, usize>,
}

impl Facets {
    /// Adds one review.
    pub fn add(&mut self, review: &Review) {
        self.tags.add(review.tags.iter().map(String::as_str));
        self.authors.add(review.authors.iter().map(|author| author.name.as_str()));
        self.sections.add(review.section.as_deref());
    }

    /// Returns the tags, the most common first. Ties keep the order of first appearance.
    pub fn tags(&self) -> Vec<&Facet> {
        self.tags.by_count()
    }

    /// Returns the authors, in the same order as [`Facets::tags`].
    pub fn authors(&self) -> Vec<&Facet> {
        self.authors.by_count()
    }

    /// Returns the sections, in the same order as [`Facets::tags`].
    pub fn sections(&self) -> Vec<&Facet> {
        self.sections.by_count()
    }
}

impl Values {
    /// Counts the values of one review, each value once.
    fn add<'a>(&mut self, values: impl IntoIterator<Item = &'a str>) {
        let mut seen = Vec::new();
        for value in values {
            let folded = fold(value);
            let next = self.facets.len();
            let place = *self.places.entry(folded).or_insert(next);
            if place == next {
                self.facets.push(Facet { value: value.to_owned(), count: 0 });
            }
            if !seen.contains(&place) {
                seen.push(place);
                if let Some(facet) = self.facets.get_mut(place) {
                    facet.count += 1;
                }
            }
        }
    }

    fn by_count(&self) -> Vec<&Facet> {
        let mut facets: Vec<_> = self.facets.iter().collect();
        facets.sort_by_key(|facet| std::cmp::Reverse(facet.count));
        facets
    }
}

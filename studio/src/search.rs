//! What a search engine requires to show a review with stars ([Google's
//! list](https://developers.google.com/search/docs/appearance/structured-data/review-snippet)).

use review_card::Review;
use review_card::model::Mark;

/// A missing property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The author.
    Author,
    /// A rating.
    Rating,
    /// A numeric rating on a scale; a grade or a text does not count.
    Scale,
    /// The reviewed work.
    Work,
    /// The type of the work.
    Kind,
}

/// Returns what a review lacks, in the order of the form.
pub fn lacks(review: &Review) -> Vec<Lack> {
    let rating = match review.rating.as_ref().map(|rating| &rating.mark) {
        None => Some(Lack::Rating),
        Some(Mark::Letter(_) | Mark::Text(_)) => Some(Lack::Scale),
        Some(Mark::Score(_) | Mark::Percent(_)) => None,
    };
    let work = match review.work.as_ref() {
        None => Some(Lack::Work),
        Some(work) if work.kind.is_none() => Some(Lack::Kind),
        Some(_) => None,
    };
    let author = review.authors.is_empty().then_some(Lack::Author);
    [work, rating, author].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, expected: &[Lack]) {
        let (collection, _) = review_card::read(json.as_bytes(), None).unwrap();
        assert_eq!(lacks(&collection.reviews[0]), expected);
    }

    #[test]
    fn what_a_review_lacks() {
        check(r#"{ "title": "A" }"#, &[Lack::Work, Lack::Rating, Lack::Author]);
        check(r#"{ "title": "A", "work": "B", "rating": "B+", "author": "C" }"#, &[Lack::Kind, Lack::Scale]);
        check(
            r#"{ "title": "A", "work": { "name": "B", "type": "Movie" }, "rating": 0, "author": "C" }"#,
            &[],
        );
    }
}

//! Reduces a review to what a card shows, so that its machine-readable data says no more than the card.

use super::{Part, Parts, Variant};
use crate::model::{Body, Review, Work};

/// Returns the review without everything that a card of this variant hides. The address, the language and the tags are
/// kept, because the card does not show them anyway.
///
/// ```
/// use review_card::view::shown;
/// use review_card::{Part, Parts, Review, Variant};
///
/// let review = Review { title: "Alien".into(), pros: vec!["The ship".into()], ..Review::default() };
/// assert!(shown(&review, Variant::Compact, Parts::default()).pros.is_empty());
/// assert_eq!(shown(&review, Variant::Card, Parts::default().with(Part::Title)).title, "");
/// ```
pub fn shown(review: &Review, variant: Variant, hide: Parts) -> Review {
    let compact = [Part::Title, Part::Verdict, Part::Rating];
    let hides = |part| hide.contains(part) || variant == Variant::Compact && !compact.contains(&part);
    let mut shown = review.clone();
    if hides(Part::Title) {
        shown.title.clear();
    }
    if hides(Part::Section) {
        shown.section = None;
    }
    if hides(Part::Work)
        && let Some(work) = shown.work.take()
    {
        shown.image = shown.image.or(work.image); // The card shows the work's picture.
    }
    if hides(Part::Image) {
        shown.image = None;
        shown.work = shown.work.map(|work| Work { image: None, ..work });
    }
    if hides(Part::Meta) {
        (shown.published, shown.updated) = (None, None);
    }
    if hides(Part::Verdict) {
        shown.verdict = None;
    }
    if hides(Part::Rating) {
        (shown.rating, shown.measure) = (None, None);
    }
    if hides(Part::Measure) {
        shown.measure = None;
    }
    if hides(Part::Aspects) {
        shown.aspects.clear();
    }
    if hides(Part::Pros) {
        shown.pros.clear();
    }
    if hides(Part::Cons) {
        shown.cons.clear();
    }
    if hides(Part::Body) || hides(Part::Toggle) && variant != Variant::Full {
        shown.body = Body::Empty;
    }
    if hides(Part::Author) {
        shown.authors.clear();
    }
    if hides(Part::History) {
        shown.history.clear();
    }
    if hides(Part::Links) {
        shown.links.clear();
    }
    if hides(Part::Related) {
        shown.related.clear();
    }
    if hides(Part::Opinions) {
        shown.opinions.clear();
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::shown;
    use crate::view::{Parts, Variant};
    use crate::{read, write};

    const WHOLE: &str = r#"{
        "title": "A", "url": "/a", "section": "S", "verdict": "V", "rating": 4, "lang": "fr", "tags": ["t"],
        "work": { "name": "W", "type": "Movie", "image": "/w.webp" }, "aspects": [{ "name": "Sound", "rating": 3 }],
        "pros": ["P"], "cons": ["C"], "body": "B", "author": "N", "published": "2024-06-30", "updated": "2024-07-01",
        "image": "/i.webp", "related": [{ "title": "R", "rating": 2 }], "opinions": ["O"]
    }"#;

    /// Checks the keys of the JSON-LD for what is shown.
    #[track_caller]
    fn check(json: &str, variant: Variant, hide: &str, expected: &str) {
        let (collection, _) = read(json.as_bytes(), None).unwrap();
        let shown = shown(&collection.reviews[0], variant, Parts::parse(hide));
        let crate::json::Json::Object(members) = write::json_ld(&shown) else { panic!("an object") };
        let keys = members.iter().map(|(key, _)| key.as_str()).filter(|key| !key.starts_with('@'));
        assert_eq!(keys.collect::<Vec<_>>().join(" "), expected, "hide=\"{hide}\"");
    }

    #[test]
    fn what_is_hidden_is_not_marked_up() {
        let whole = "name url inLanguage articleSection itemReviewed abstract reviewRating associatedReview citation positiveNotes \
             negativeNotes reviewBody author datePublished dateModified image keywords";
        check(WHOLE, Variant::Card, "", whole);
        check(WHOLE, Variant::Full, "toggle", whole);
        for (part, keys) in [
            ("title", "name "),
            ("section", "articleSection "),
            ("verdict", "abstract "),
            ("rating", "reviewRating "),
            ("aspects opinions", "associatedReview "),
            ("related", "citation "),
            ("pros", "positiveNotes "),
            ("cons", "negativeNotes "),
            ("body", "reviewBody "),
            ("author", "author "),
            ("meta", "datePublished dateModified "),
            ("image", "image "),
        ] {
            check(WHOLE, Variant::Card, part, &whole.replace(keys, ""));
        }
        // Opinions need the work, which is hidden then; the aspects are kept.
        check(WHOLE, Variant::Card, "work", &whole.replace("itemReviewed ", ""));
        check(
            WHOLE,
            Variant::Card,
            "work aspects",
            &whole.replace("itemReviewed ", "").replace("associatedReview ", ""),
        );
        check(WHOLE, Variant::Compact, "", "name url inLanguage abstract reviewRating keywords");
        check(WHOLE, Variant::Compact, "verdict title", "url inLanguage reviewRating keywords");
    }

    #[test]
    fn a_works_picture_is_the_cards_where_it_has_no_other() {
        let json = r#"{ "title": "A", "work": { "name": "W", "image": "/w.webp" } }"#;
        check(json, Variant::Card, "work", "name image");
        check(json, Variant::Card, "work image", "name");
    }
}

//! A review as [schema.org JSON-LD](https://schema.org/Review), for search engines.
//!
//! No text is written but what the card shows (the review comes from [`crate::view::shown`], where it hides some; beside text
//! stand addresses, the language and tags), and nothing is made up: a work of no given type is a `Thing`, and a review
//! without an author has none, even where [review snippets](https://developers.google.com/search/docs/appearance/structured-data/review-snippet)
//! would want one.

use super::{Object, number};
use crate::json::Json;
use crate::model::{Aspect, Body, Decimal, Image, Mark, Person, Rating, Review, Work};
use crate::rich_text;

/// The review as a JSON-LD document.
pub fn json_ld(review: &Review) -> Json {
    let mut out = Object::new();
    out.text("@context", Some("https://schema.org"));
    out.text("@type", Some("Review"));
    out.text("@id", review.url.as_ref());
    out.text("name", Some(&review.title).filter(|title| !title.is_empty()));
    out.text("url", review.url.as_ref());
    out.text("inLanguage", review.lang.as_ref());
    out.text("articleSection", review.section.as_ref());
    out.object("itemReviewed", review.work.as_ref().map(work));
    out.text("abstract", review.verdict.as_ref());
    out.object("reviewRating", review.rating.as_ref().map(rating));
    out.list("associatedReview", review.aspects.iter().map(aspect).collect());
    notes(&mut out, "positiveNotes", &review.pros);
    notes(&mut out, "negativeNotes", &review.cons);
    match &review.body {
        Body::Empty => {}
        Body::Text(paragraphs) => out.text("reviewBody", Some(paragraphs.join("\n\n"))),
        body => {
            let words = Some(rich_text::words(&rich_text::of(body)));
            out.text("reviewBody", words.filter(|words| !words.is_empty()));
        }
    }
    out.list("author", review.authors.iter().map(person).collect());
    out.text("datePublished", review.published.as_ref().and_then(|date| date.machine_readable()));
    out.text("dateModified", review.updated.as_ref().and_then(|date| date.machine_readable()));
    out.object("image", review.image.as_ref().map(image));
    out.texts("keywords", &review.tags);
    out.into()
}

fn work(work: &Work) -> Object {
    let mut out = Object::of_type(work.kind.as_deref().unwrap_or("Thing"));
    out.text("name", Some(&work.name));
    out.text("url", work.url.as_ref());
    out.texts("sameAs", &work.same_as);
    out.text("datePublished", work.year.as_ref());
    out.list(
        "creator",
        work.creators
            .iter()
            .map(|name| {
                let mut out = Object::of_type("Person");
                out.text("name", Some(name));
                out.into()
            })
            .collect(),
    );
    out.object("image", work.image.as_ref().map(image));
    out
}

fn rating(rating: &Rating) -> Object {
    let mut out = Object::of_type("Rating");
    let mut scale = |value, best, worst| {
        out.number("ratingValue", value);
        out.number("bestRating", best);
        out.number("worstRating", worst);
    };
    match &rating.mark {
        Mark::Score(score) => scale(score.value(), score.best(), score.worst()),
        Mark::Percent(percent) => scale(*percent, Decimal::whole(100), Decimal::ZERO),
        // A number that is on no scale would be taken for one on a scale of 1 to 5: it is words.
        Mark::Text(text) if Decimal::parse(text).is_some() => {
            if rating.label.is_none() {
                out.text("ratingExplanation", Some(text));
            }
        }
        Mark::Letter(text) | Mark::Text(text) => out.text("ratingValue", Some(text)),
    }
    out.text("ratingExplanation", rating.label.as_ref());
    out
}

fn aspect(aspect: &Aspect) -> Json {
    let mut out = Object::of_type("Review");
    out.text("reviewAspect", Some(&aspect.name));
    out.object("reviewRating", Some(rating(&aspect.rating)));
    out.into()
}

fn notes(out: &mut Object, key: &str, notes: &[String]) {
    if notes.is_empty() {
        return;
    }
    let items = (1_i32..).zip(notes).map(|(position, note)| {
        let mut item = Object::of_type("ListItem");
        item.put("position", number(Decimal::whole(position)));
        item.text("name", Some(note));
        item.into()
    });
    let mut list = Object::of_type("ItemList");
    list.list("itemListElement", items.collect());
    out.object(key, Some(list));
}

fn person(person: &Person) -> Json {
    let mut out = Object::of_type("Person");
    out.text("name", Some(&person.name));
    out.text("jobTitle", person.role.as_ref());
    out.text("description", person.bio.as_ref());
    out.text("url", person.url.as_ref());
    out.object("image", person.image.as_ref().map(image));
    out.into()
}

fn image(image: &Image) -> Object {
    let mut out = Object::of_type("ImageObject");
    out.text("url", Some(&image.src));
    out.text("caption", image.caption.as_ref());
    for (key, pixels) in [("width", image.width), ("height", image.height)] {
        if let Some(pixels) = pixels {
            out.put(key, super::whole(pixels));
        }
    }
    out
}

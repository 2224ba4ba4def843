//! A review as [schema.org JSON-LD](https://schema.org/Review), for search engines.
//!
//! No text is written but what the card shows, what pictures show among it (the review comes from [`crate::view::shown`], where
//! it hides some; beside text stand addresses, the id, the language and tags), and nothing is made up: a work of no given type is
//! a `Thing`, and a review without an author has none, even where [review snippets](https://developers.google.com/search/docs/appearance/structured-data/review-snippet)
//! would want one.
//!
//! A search engine may make a snippet of each `Review` with an item, an author and a rating:
//!
//! - The rating of a side of the work is an `associatedReview` with a `reviewAspect`, and with neither item nor author: it is
//!   not to be taken for the rating of the whole.
//! - A second opinion is an `associatedReview` of the same item.
//! - A related piece is a `citation`. What it is about nobody has said, so it is no snippet; one without a rating is not called a
//!   review at all.
//!
//! Read again ([`crate::read()`]) it is the same review, but for what schema.org has no property for: the pieces before and after,
//! dates in words, a number on no scale beside words, the markup of a body, opinions on what has no name, the history, the links and
//! the disclosure. Nor comes
//! back what no card shows: words beside a small rating, a line under a small picture.

use std::borrow::Cow;

use super::{Object, number};
use crate::json::Json;
use crate::model::{Aspect, Body, Decimal, Image, Mark, Person, Rating, Related, Review, Work, slug};
use crate::rich_text;

/// The review as a JSON-LD document.
pub fn json_ld(review: &Review) -> Json {
    let mut out = Object::new();
    out.text("@context", Some("https://schema.org"));
    out.text("@type", Some("Review"));
    identify(&mut out, review);
    out.text("name", Some(&review.title).filter(|title| !title.is_empty()));
    out.text("url", review.url.as_ref());
    out.text("inLanguage", review.lang.as_ref());
    out.text("articleSection", review.section.as_ref());
    out.object("itemReviewed", review.work.as_ref().map(|it| work(it, review.image.is_none())));
    out.text("abstract", review.verdict.as_ref());
    out.object("reviewRating", review.rating.as_ref().map(rating));
    let opinions = review.work.iter().flat_map(|work| review.opinions.iter().map(|it| opinion(it, work)));
    out.list("associatedReview", review.aspects.iter().map(aspect).chain(opinions).collect());
    out.list("citation", review.related.iter().map(cited).collect());
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
    out.object("image", review.image.as_ref().map(picture));
    out.texts("keywords", &review.tags);
    out.into()
}

/// An id that the author gave: one that is made from the title can be made again.
fn identify(out: &mut Object, review: &Review) {
    if review.url.as_ref() == Some(&review.id) {
        out.text("@id", Some(&review.id));
    } else if !review.id.is_empty() && review.id != slug(&review.title) {
        out.text("identifier", Some(&review.id));
    }
}

/// The given type, but where numbers say that it is an episode or a season.
fn kind(work: &Work) -> Cow<'_, str> {
    let given = work.kind.as_deref();
    let part = match (work.season, work.episode) {
        (None, None) => return given.unwrap_or("Thing").into(),
        (_, Some(_)) => "Episode",
        (Some(_), None) => "Season",
    };
    match given {
        Some(given) if !given.ends_with("Series") => given.into(),
        _ => (family(work).to_owned() + part).into(),
    }
}

/// What the types of an episode, a season and a series of this kind begin with: `TVEpisode`, `PodcastEpisode`.
fn family(work: &Work) -> &'static str {
    let given = work.kind.as_deref().unwrap_or_default();
    ["Podcast", "Radio"].into_iter().find(|family| given.starts_with(family)).unwrap_or("TV")
}

/// Where an [episode](https://schema.org/TVEpisode) or a [season](https://schema.org/TVSeason) stands.
fn part_of(out: &mut Object, work: &Work) {
    let family = family(work);
    let of_type = |part: &str| Object::of_type(&[family, part].concat());
    out.whole("episodeNumber", work.episode);
    if work.episode.is_none() {
        out.whole("seasonNumber", work.season);
    } else if work.season.is_some() {
        let mut season = of_type("Season");
        season.whole("seasonNumber", work.season);
        out.object("partOfSeason", Some(season));
    }
    if work.series.is_some() {
        let mut series = of_type("Series");
        series.text("name", work.series.as_ref());
        out.object("partOfSeries", Some(series));
    }
}

/// What is reviewed; `pictured` where its picture is the card's, else nobody sees what that is called.
fn work(work: &Work, pictured: bool) -> Object {
    let mut out = Object::of_type(&kind(work));
    out.text("name", Some(&work.name));
    part_of(&mut out, work);
    out.text("url", work.url.as_ref());
    out.texts("sameAs", &work.same_as);
    out.text("datePublished", work.year.as_ref());
    out.list("creator", work.creators.iter().map(|name| named(name).into()).collect());
    let image = work.image.as_ref();
    out.object("image", image.map(if pictured { picture } else { address }));
    out
}

fn rating(rating: &Rating) -> Object {
    let mut out = Object::of_type("Rating");
    let mut scale = |value, best, worst| {
        out.put("ratingValue", value);
        out.number("bestRating", best);
        out.number("worstRating", worst);
    };
    match &rating.mark {
        Mark::Score(score) => scale(number(score.value()), score.best(), score.worst()),
        // As it is shown: search engines know the sign, and others the scale.
        Mark::Percent(percent) => {
            scale((percent.to_text(".") + "%").as_str().into(), Decimal::whole(100), Decimal::ZERO);
        }
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

/// A rating in a line of text, where its label is not shown.
fn figures(of: &Rating) -> Object {
    rating(&Rating { mark: of.mark.clone(), label: None })
}

fn aspect(aspect: &Aspect) -> Json {
    let mut out = Object::of_type("Review");
    out.text("reviewAspect", Some(&aspect.name));
    out.object("reviewRating", Some(figures(&aspect.rating)));
    out.into()
}

/// Another review of the same work.
fn opinion(entry: &Related, of: &Work) -> Json {
    let mut item = Object::of_type(&kind(of));
    item.text("name", Some(&of.name));
    part_of(&mut item, of);
    let mut out = Object::of_type("Review");
    out.object("itemReviewed", Some(item));
    piece(&mut out, entry);
    out.into()
}

/// A piece that the author points to.
fn cited(entry: &Related) -> Json {
    let mut out = Object::of_type(if entry.rating.is_some() { "Review" } else { "CreativeWork" });
    piece(&mut out, entry);
    out.into()
}

fn piece(out: &mut Object, entry: &Related) {
    out.text("name", entry.title.as_ref());
    out.text("url", entry.url.as_ref());
    out.text("abstract", entry.verdict.as_ref());
    out.object("author", entry.author.as_ref().map(|name| named(name)));
    out.object("image", entry.image.as_ref().map(thumbnail));
    out.object("reviewRating", entry.rating.as_ref().map(figures));
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

fn named(name: &str) -> Object {
    let mut out = Object::of_type("Person");
    out.text("name", Some(name));
    out
}

fn person(person: &Person) -> Json {
    let mut out = named(&person.name);
    out.text("jobTitle", person.role.as_ref());
    out.text("description", person.bio.as_ref());
    out.text("url", person.url.as_ref());
    out.object("image", person.image.as_ref().map(thumbnail));
    out.into()
}

/// The card's picture, with the line under it.
fn picture(image: &Image) -> Object {
    let mut out = thumbnail(image);
    out.text("caption", image.caption.as_ref());
    out
}

/// A picture with what it shows, which is there for those who do not see it.
fn thumbnail(image: &Image) -> Object {
    let mut out = address(image);
    out.text("description", image.alt.as_ref());
    out
}

/// Where a picture is, and how large.
fn address(image: &Image) -> Object {
    let mut out = Object::of_type("ImageObject");
    out.text("url", Some(&image.src));
    out.whole("width", image.width);
    out.whole("height", image.height);
    out
}

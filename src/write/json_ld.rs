//! Writes a review as [schema.org JSON-LD](https://schema.org/Review) for search engines.
//!
//! The document contains only text that the card shows and the alternative texts of its pictures. If a card hides
//! parts, the review must come from [`crate::view::shown`]. Addresses, the id, the language and tags are written in
//! addition. Nothing is made up: a work without a type is a `Thing`. A review without an author gets none, even though
//! [review snippets](https://developers.google.com/search/docs/appearance/structured-data/review-snippet) require one.
//!
//! A search engine may make a snippet of each `Review` with an item, an author and a rating:
//!
//! - The rating of an aspect is an `associatedReview` with a `reviewAspect`, but without item and author, so that it is
//!   not taken for the rating of the whole work.
//! - A second opinion is an `associatedReview` of the same item.
//! - A related article is a `citation`. Its subject is unknown, so it is not a snippet. Without a rating it is not
//!   called a review at all.
//!
//! Reading the result again ([`crate::read()`]) gives the same review, except for what schema.org has no property for:
//! the previous and next articles, dates in words, a number without a scale next to a label, the markup of a body,
//! opinions on unnamed works, the history, the links and the disclosure. Text that no card shows is lost too: labels of
//! small ratings, and captions of small pictures.

use std::borrow::Cow;

use super::{Object, number};
use crate::json::Json;
use crate::model::{Aspect, Body, Decimal, Image, Mark, Person, Rating, Related, Review, Work, slug};
use crate::rich_text;

/// Returns the review as a JSON-LD document.
///
/// ```
/// let (collection, _) = review_card::read(br#"{ "title": "Alien", "work": "Alien", "rating": "4/5" }"#, None)?;
/// let json_ld = review_card::write::json_ld(&collection.reviews[0]).to_text();
/// assert!(json_ld.starts_with(r#"{"@context":"https://schema.org","@type":"Review""#), "{json_ld}");
/// # Ok::<(), review_card::ReadError>(())
/// ```
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

/// Writes the id if the author gave it. An id made from the title can be made again.
fn identify(out: &mut Object, review: &Review) {
    if review.url.as_ref() == Some(&review.id) {
        out.text("@id", Some(&review.id));
    } else if !review.id.is_empty() && review.id != slug(&review.title) {
        out.text("identifier", Some(&review.id));
    }
}

/// Returns the type of the work: the given one, unless its numbers say that it is an episode or a season.
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

/// Returns the prefix of this work's episode, season and series types: `TVEpisode`, `PodcastEpisode`.
fn family(work: &Work) -> &'static str {
    let given = work.kind.as_deref().unwrap_or_default();
    ["Podcast", "Radio"].into_iter().find(|family| given.starts_with(family)).unwrap_or("TV")
}

/// Writes the position of an [episode](https://schema.org/TVEpisode) or a [season](https://schema.org/TVSeason).
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

/// Returns the work. `pictured` is whether the card shows its picture, and with it the picture's texts.
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
        // Written as shown: search engines know the percent sign, and other programs the scale.
        Mark::Percent(percent) => {
            scale((percent.to_text(".") + "%").as_str().into(), Decimal::whole(100), Decimal::ZERO);
        }
        // A number without a scale would be read as a number from 1 to 5, so it is written as an explanation.
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

/// Returns a rating as shown inline, without its label.
fn figures(of: &Rating) -> Object {
    rating(&Rating { mark: of.mark.clone(), label: None })
}

fn aspect(aspect: &Aspect) -> Json {
    let mut out = Object::of_type("Review");
    out.text("reviewAspect", Some(&aspect.name));
    out.object("reviewRating", Some(figures(&aspect.rating)));
    out.into()
}

/// Returns another review of the same work.
fn opinion(entry: &Related, of: &Work) -> Json {
    let mut item = Object::of_type(&kind(of));
    item.text("name", Some(&of.name));
    part_of(&mut item, of);
    let mut out = Object::of_type("Review");
    out.object("itemReviewed", Some(item));
    piece(&mut out, entry);
    out.into()
}

/// Returns an article that the author recommends.
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

/// Returns the card's picture with its caption.
fn picture(image: &Image) -> Object {
    let mut out = thumbnail(image);
    out.text("caption", image.caption.as_ref());
    out
}

/// Returns a picture with its alternative text.
fn thumbnail(image: &Image) -> Object {
    let mut out = address(image);
    out.text("description", image.alt.as_ref());
    out
}

/// Returns the address and the size of a picture.
fn address(image: &Image) -> Object {
    let mut out = Object::of_type("ImageObject");
    out.text("url", Some(&image.src));
    out.whole("width", image.width);
    out.whole("height", image.height);
    out
}

#[cfg(test)]
mod tests {
    use super::{Json, Review, Work, json_ld, kind};

    #[test]
    fn an_id_is_written_unless_it_can_be_made_from_the_title() {
        for (id, url, expected) in [
            ("the-key", None, [None, None]),
            ("", None, [None, None]),
            ("k1", Some("/key"), [None, Some("k1")]),
            ("/key", Some("/key"), [Some("/key"), None]),
        ] {
            let url = url.map(Into::into);
            let json = json_ld(&Review { id: id.into(), title: "The Key".into(), url, ..Review::default() });
            assert_eq!(
                ["@id", "identifier"].map(|key| json.get(key).and_then(Json::as_text)),
                expected,
                "{id}"
            );
        }
    }

    #[test]
    fn a_part_of_a_series_has_its_own_type() {
        for (given, season, episode, expected) in [
            (None, None, None, "Thing"),
            (None, None, Some(3), "TVEpisode"),
            (Some("TVSeries"), Some(1), None, "TVSeason"),
            (Some("TVSeries"), Some(1), Some(2), "TVEpisode"),
            (Some("PodcastSeries"), None, Some(2), "PodcastEpisode"),
            (Some("Movie"), Some(1), None, "Movie"),
        ] {
            let work = Work { kind: given.map(Into::into), season, episode, ..Work::default() };
            assert_eq!(kind(&work), expected);
        }
    }
}

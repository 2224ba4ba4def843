//! Writes a review in the plain format, for `convert` and the element's property `review`. Reading it again gives the
//! same review.

use super::{Object, number};
use crate::json::Json;
use crate::model::{
    Aggregate, Aspect, Body, Collection, Decimal, Disclosure, HistoryEntry, Image, Link, Mark, Measure,
    Offer, Person, Rating, Related, Review, Work,
};

/// Returns the whole collection: `{ title, reviews, nextUrl }`.
///
/// ```
/// let (collection, _) = review_card::read(br#"[{ "title": "Alien", "rating": "4 / 5" }]"#, None)?;
/// let json = review_card::write::collection(&collection).to_text();
/// assert!(json.contains(r#""title":"Alien""#), "{json}");
/// # Ok::<(), review_card::ReadError>(())
/// ```
pub fn collection(collection: &Collection) -> Json {
    let mut out = Object::new();
    out.text("title", collection.title.as_ref());
    out.put("reviews", Json::List(collection.reviews.iter().map(|review| plain(review)).collect()));
    out.text("nextUrl", collection.next_url.as_ref());
    out.object("aggregateRating", collection.aggregate.as_ref().map(aggregate));
    out.into()
}

pub(super) fn aggregate(aggregate: &Aggregate) -> Object {
    let mut out = Object::new();
    rating_into(&mut out, Some(&aggregate.rating));
    out.whole("count", aggregate.count);
    out
}

pub(super) fn aspect(aspect: &Aspect) -> Object {
    let mut out = Object::new();
    out.text("name", Some(&aspect.name));
    rating_into(&mut out, Some(&aspect.rating));
    out
}

/// Returns the review in the plain format.
///
/// ```
/// use review_card::Review;
/// use review_card::write::plain;
///
/// let review = Review { id: "alien".into(), title: "Alien".into(), ..Review::default() };
/// assert_eq!(plain(&review).to_text(), r#"{"id":"alien","title":"Alien"}"#);
/// ```
pub fn plain(review: &Review) -> Json {
    let mut out = Object::new();
    out.text("id", Some(&review.id));
    out.text("title", Some(&review.title));
    out.text("url", review.url.as_ref());
    out.text("section", review.section.as_ref());
    out.object("work", review.work.as_ref().map(work));
    out.object("disclosure", review.disclosure.as_ref().map(disclosure));
    out.text("verdict", review.verdict.as_ref());
    rating_into(&mut out, review.rating.as_ref());
    out.list("history", review.history.iter().map(|entry| history_entry(entry).into()).collect());
    out.list("aspects", review.aspects.iter().map(|of| aspect(of).into()).collect());
    out.texts("pros", &review.pros);
    out.texts("cons", &review.cons);
    match &review.body {
        Body::Empty => {}
        Body::Text(paragraphs) => out.texts("body", paragraphs),
        Body::Html { html, .. } | Body::Safe { html, .. } => out.text("bodyHtml", Some(html)),
    }
    out.list("author", review.authors.iter().map(|author| person(author).into()).collect());
    out.text("published", review.published.as_ref().map(|date| date.as_written()));
    out.text("updated", review.updated.as_ref().map(|date| date.as_written()));
    out.object("image", review.image.as_ref().map(image));
    out.texts("tags", &review.tags);
    out.list("links", review.links.iter().map(|to| offer(to).into()).collect());
    for (key, entries) in [("related", &review.related), ("opinions", &review.opinions)] {
        out.list(key, entries.iter().map(|entry| related(entry).into()).collect());
    }
    out.object("previous", review.previous.as_ref().map(link));
    out.object("next", review.next.as_ref().map(link));
    out.text("lang", review.lang.as_ref());
    out.object("measure", review.measure.as_ref().map(measure));
    out.into()
}

fn rating_into(out: &mut Object, rating: Option<&Rating>) {
    if let Some(of) = rating {
        out.put("rating", self::rating(of));
    }
}

pub(super) fn rating(rating: &Rating) -> Json {
    let mut object = Object::new();
    let text = match &rating.mark {
        Mark::Score(score) => {
            object.number("value", score.value());
            object.number("best", score.best());
            object.number("worst", score.worst());
            object.text("label", rating.label.as_ref());
            return object.into();
        }
        Mark::Percent(percent) => percent.to_text(".") + "%",
        Mark::Letter(letter) => letter.clone(),
        // A rating without a scale is written as a label. If it has a label too, it is written as the value. A number
        // would then be read on the default scale, so an empty scale (`best` 0) is added to prevent that.
        Mark::Text(text) if rating.label.is_none() => {
            object.text("label", Some(text));
            return object.into();
        }
        Mark::Text(text) => {
            if Decimal::parse(text).is_some() {
                object.number("best", Decimal::ZERO);
            }
            text.clone()
        }
    };
    match &rating.label {
        None => text.as_str().into(),
        Some(label) => {
            object.text("value", Some(text));
            object.text("label", Some(label));
            object.into()
        }
    }
}

pub(super) fn work(work: &Work) -> Object {
    let mut out = Object::new();
    out.text("name", Some(&work.name));
    out.text("type", work.kind.as_ref());
    out.text("series", work.series.as_ref());
    out.whole("season", work.season);
    out.whole("episode", work.episode);
    out.text("year", work.year.as_ref());
    out.texts("creators", &work.creators);
    out.object("image", work.image.as_ref().map(image));
    out.text("url", work.url.as_ref());
    out.texts("sameAs", &work.same_as);
    out
}

pub(super) fn person(person: &Person) -> Object {
    let mut out = Object::new();
    out.text("name", Some(&person.name));
    out.text("role", person.role.as_ref());
    out.text("bio", person.bio.as_ref());
    out.object("image", person.image.as_ref().map(image));
    out.text("url", person.url.as_ref());
    out
}

pub(super) fn image(image: &Image) -> Object {
    let mut out = Object::new();
    out.text("src", Some(&image.src));
    out.text("alt", image.alt.as_ref());
    out.whole("width", image.width);
    out.whole("height", image.height);
    out.text("caption", image.caption.as_ref());
    out
}

pub(super) fn related(entry: &Related) -> Object {
    let mut out = Object::new();
    out.text("title", entry.title.as_ref());
    out.text("url", entry.url.as_ref());
    out.text("verdict", entry.verdict.as_ref());
    out.text("author", entry.author.as_ref());
    out.object("image", entry.image.as_ref().map(image));
    rating_into(&mut out, entry.rating.as_ref());
    out
}

pub(super) fn disclosure(disclosure: &Disclosure) -> Object {
    let mut out = Object::new();
    out.text("kind", disclosure.kind.map(|kind| kind.name()));
    out.text("text", disclosure.text.as_ref());
    out
}

fn measure(measure: &Measure) -> Object {
    let mut out = Object::new();
    out.whole("percent", Some(measure.percent));
    out.whole("count", Some(measure.count));
    out.whole("own", Some(measure.own));
    out.list("bars", measure.bars.iter().map(|bar| number(Decimal::from(*bar))).collect());
    out
}

pub(super) fn history_entry(entry: &HistoryEntry) -> Object {
    let mut out = Object::new();
    out.text("date", entry.date.as_ref().map(|date| date.as_written()));
    rating_into(&mut out, entry.rating.as_ref());
    out.text("note", entry.note.as_ref());
    out.text("noteHtml", entry.note_html.as_ref());
    out.texts("tags", &entry.tags);
    if let Some(again) = entry.again {
        out.put("again", Json::Bool(again));
    }
    out.text("url", entry.url.as_ref());
    out
}

pub(super) fn offer(offer: &Offer) -> Object {
    let mut out = Object::new();
    out.text("title", Some(&offer.title));
    out.text("url", offer.url.as_ref());
    if offer.sponsored {
        out.put("sponsored", Json::Bool(true));
    }
    out
}

pub(super) fn link(link: &Link) -> Object {
    let mut out = Object::new();
    out.text("title", Some(&link.title));
    out.text("url", link.url.as_ref());
    out
}

//! Reads one review from the properties that schema.org defines and sites use.
//!
//! - The title is `name`, `headline` or `title`, else the item's name, else the first words of the text.
//! - The verdict is `abstract`, else `description`. The body is `reviewBody`, `text` or `articleBody`. Without a body,
//!   a description longer than [`MAX_VERDICT`] characters is the body.
//! - The author is `author`, `creator` or `reviewer`, else the `publisher`.
//! - An `associatedReview` with a `reviewAspect` is an aspect. One of the same item is a second opinion, and any other
//!   is related. A `citation` of a review or of a `CreativeWork` is related too, but a mere source is not.
//! - The id is `@id`, else `identifier`.

use super::super::field::{Field, MAX_TEXT};
use super::super::messages::What;
use super::super::{plain, rating, text};
use super::graph::types;
use super::thing::Thing;
use super::work;
use crate::json::Json;
use crate::model::{Aggregate, Aspect, Body, Decimal, Mark, Rating, Related, Review, Work, slug};

/// The maximum length of a description that becomes the verdict if there is no body, in characters.
const MAX_VERDICT: usize = 300;
/// The lowest value of a scale that does not state one, as [in schema.org](https://schema.org/worstRating).
const WORST: Decimal = Decimal::whole(1);

/// The properties of Review, CreativeWork and Thing in schema.org. Any other key is reported as unknown.
const KEYS: &str = "@id @type @context @graph @language @reverse additionalType alternateName description disambiguatingDescription \
    identifier image mainEntityOfPage name potentialAction sameAs subjectOf url owner about abstract accessMode accessModeSufficient \
    accessibilityAPI accessibilityControl accessibilityFeature accessibilityHazard accessibilitySummary accountablePerson \
    acquireLicensePage aggregateRating alternativeHeadline archivedAt assesses associatedMedia audience audio author award awards \
    character citation comment commentCount conditionsOfAccess contentLocation contentRating contentReferenceTime contributor \
    copyrightHolder copyrightNotice copyrightYear correction countryOfOrigin creativeWorkStatus creator creditText dateCreated \
    dateModified datePublished digitalSourceType discussionUrl editEIDR editor educationalAlignment educationalLevel educationalUse \
    encoding encodingFormat encodings exampleOfWork expires fileFormat funder funding genre hasPart headline inLanguage \
    interactionStatistic interactivityType interpretedAsClaim isAccessibleForFree isBasedOn isBasedOnUrl isFamilyFriendly isPartOf \
    keywords learningResourceType license locationCreated mainEntity maintainer material materialExtent mentions offers pattern \
    position producer provider publication publisher publisherImprint publishingPrinciples recordedAt releasedEvent review reviews \
    schemaVersion sdDatePublished sdLicense sdPublisher size sourceOrganization spatial spatialCoverage sponsor teaches temporal \
    temporalCoverage text thumbnail thumbnailUrl timeRequired translationOfWork translator typicalAgeRange usageInfo version video \
    wordCount workExample workTranslation associatedClaimReview associatedMediaReview associatedReview itemReviewed negativeNotes \
    positiveNotes reviewAspect reviewBody reviewRating claimReviewed mediaAuthenticityCategory originalMediaContextDescription \
    originalMediaLink articleBody articleSection backstory pageEnd pageStart pagination speakable rating reviewer title \
    resultComment itemListElement";

/// Reads a review and the item that contains it. Returns `None` if nothing can serve as a title.
pub(super) fn read((review, item): &(Thing, Option<Thing>)) -> Option<Review> {
    let work = work_of(review).or_else(|| work::read(item.as_ref()?));
    let (verdict, body) = words(review);
    let html = review.field.html();
    let title = review
        .text_of(&["name", "headline", "title"])
        .or_else(|| work.as_ref().map(|work| work.name.clone()))
        .or_else(|| text::beginning(verdict.as_ref()?, html))
        .or_else(|| text::beginning(&text::of(&body, html), html))
        // A MediaReview has this instead of all of the above.
        .or_else(|| text::beginning(&review.text_of(&["originalMediaContextDescription"])?, html));
    let Some(title) = title else {
        review.field.missing("name", What::Text);
        return None;
    };
    review.field.knows(KEYS);
    let url = review.link_of(&["url", "mainEntityOfPage"]);
    let id = review.field.text_of("@id").or_else(|| identifier(review)).or_else(|| url.clone());
    let id = id.unwrap_or_else(|| slug(&title));
    let (opinions, related) = pieces(review, work.as_ref(), url.as_deref());
    Some(Review {
        id,
        section: review.text_of(&["articleSection"]),
        work,
        verdict,
        rating: review.first(&["reviewRating", "rating"], |rating| {
            if has_aspect(rating) { None } else { read_rating(rating) }
        }),
        aspects: aspects(review),
        pros: review.notes("positiveNotes"),
        cons: review.notes("negativeNotes"),
        body,
        authors: ["author", "creator", "reviewer", "publisher"]
            .iter()
            .map(|key| review.all(&[key], |thing| thing.person()))
            .find(|people| !people.is_empty())
            .unwrap_or_default(),
        published: review.date_of(&["datePublished", "dateCreated"]),
        updated: review.date_of(&["dateModified"]),
        image: review.image_of(&["image", "thumbnailUrl"]),
        tags: tags(review),
        history: Vec::new(),
        links: Vec::new(),
        disclosure: None,
        measure: None,
        related,
        opinions,
        previous: None,
        next: None,
        lang: language(review),
        title,
        url,
    })
}

fn work_of(review: &Thing) -> Option<Work> {
    let claim = || {
        let name = review.text_of(&["claimReviewed"])?;
        Some(Work { name, kind: Some("Claim".into()), ..Work::default() })
    };
    // A ClaimReview's item is often a Claim without a name; the review itself states the claim.
    claim().or_else(|| review.first(&["itemReviewed"], work::read))
}

fn words(review: &Thing) -> (Option<String>, Body) {
    let body = review.body_of(&["reviewBody", "text", "articleBody"]);
    let Some(verdict) = review.words_of(&["abstract"]) else {
        let description = review.get("description");
        let text = description.as_ref().and_then(|field| field.value.as_text());
        if body == Body::Empty && text.is_some_and(|text| text.len() > MAX_TEXT) {
            return (None, review.body_of(&["description"]));
        }
        let description = review.words_of(&["description"]);
        return match description {
            Some(text) if body == Body::Empty && text.chars().nth(MAX_VERDICT).is_some() => {
                (None, review.body_of(&["description"]))
            }
            Some(_) if body != Body::Empty && body == review.body_of(&["description"]) => (None, body),
            description => (description, body),
        };
    };
    match body {
        Body::Empty => (Some(verdict), review.body_of(&["description"])),
        body => (Some(verdict), body),
    }
}

fn has_aspect(thing: &Thing) -> bool {
    thing.get("reviewAspect").is_some()
}

/// Reads ratings with a `reviewAspect`, and reviews of single aspects.
fn aspects(review: &Thing) -> Vec<Aspect> {
    let mut aspects = review.all(&["reviewRating"], |rating| {
        Some(Aspect { name: rating.text_of(&["reviewAspect"])?, rating: read_rating(rating)? })
    });
    aspects.extend(review.all(&["associatedReview"], |part| {
        let name = part.text_of(&["reviewAspect"])?;
        Some(Aspect { name, rating: part.first(&["reviewRating"], read_rating)? })
    }));
    aspects
}

/// Returns the second opinions on `work`, and the related articles.
fn pieces(review: &Thing, work: Option<&Work>, own_url: Option<&str>) -> (Vec<Related>, Vec<Related>) {
    let associated = review.all(&["associatedReview"], |entry| {
        let is_opinion = || work.is_some_and(|work| is_of(entry, work));
        if has_aspect(entry) { None } else { Some((piece(entry, review)?, is_opinion())) }
    });
    let cited = review
        .all(&["citation"], |entry| if is_piece(entry.field.value) { piece(entry, review) } else { None });
    let (mut opinions, mut related) = (Vec::new(), Vec::new());
    for (entry, is_opinion) in associated.into_iter().chain(cited.into_iter().map(|entry| (entry, false))) {
        let entries = if is_opinion { &mut opinions } else { &mut related };
        if entries.len() < plain::MAX_RELATED {
            plain::relate(entries, entry, own_url);
        }
    }
    (opinions, related)
}

/// Returns whether a review states that it is about this work.
fn is_of(entry: &Thing, work: &Work) -> bool {
    let item = entry.first(&["itemReviewed"], work::read);
    item.is_some_and(|item| item.name == work.name && item.kind == work.kind)
}

fn is_piece(cited: &Json) -> bool {
    types(cited).any(|kind| kind == "CreativeWork" || kind.ends_with("Review"))
}

fn piece(entry: &Thing, review: &Thing) -> Option<Related> {
    if entry.is(review) {
        return None;
    }
    let (verdict, _) = words(entry);
    let entry = Related {
        title: entry.text_of(&["name", "headline"]),
        url: entry.link_of(&["url"]),
        verdict,
        author: entry.first(&["author", "creator"], |author| author.person()).map(|author| author.name),
        image: entry.image_of(&["image"]),
        rating: entry.first(&["reviewRating"], read_rating),
    };
    (entry.title.is_some() || entry.verdict.is_some()).then_some(entry)
}

/// Accepts text only. Objects here are identifiers in other catalogues.
fn identifier(review: &Thing) -> Option<String> {
    let identifier = review.get("identifier")?;
    identifier.value.as_text().and_then(|_| identifier.text())
}

/// Reads an [`AggregateRating`](https://schema.org/AggregateRating) of these reviews, or of reviews elsewhere.
pub(super) fn aggregate(thing: &Thing) -> Option<Aggregate> {
    let count = thing.text_of(&["ratingCount", "reviewCount"]).and_then(|count| count.parse().ok());
    Some(Aggregate { rating: read_rating(thing)?, count })
}

/// Reads a [`Rating`](https://schema.org/Rating), a number or text.
fn read_rating(rating: &Thing) -> Option<Rating> {
    if !rating.field.is_object() {
        if number(rating.field) == Some(Decimal::ZERO) {
            rating.field.expected(What::Rating);
            return None;
        }
        return rating::plain(&rating.field);
    }
    // A ClaimReview puts its verdict, such as "False", in `alternateName`.
    let label = rating.text_of(&["ratingExplanation", "alternateName"]);
    let mark = rating.first(&["ratingValue"], |value| {
        if is_unrated(value, rating) {
            value.field.expected(What::Rating);
            return None;
        }
        let bound = |key| rating.get(key).filter(|bound| !is_empty(bound.value.as_text()));
        rating::on_scale(&value.field, bound("bestRating"), bound("worstRating"), least(value))
    });
    match (mark, label) {
        (Some(mark), label) => Some(Rating { mark, label }),
        (None, Some(label)) => Some(Rating { mark: Mark::Text(label), label: None }),
        (None, None) => {
            if rating.get("ratingValue").is_none() {
                rating.field.missing("ratingValue", What::Number);
            }
            None
        }
    }
}

fn is_empty(text: Option<&str>) -> bool {
    text.is_some_and(|text| text.trim().is_empty())
}

/// Returns the lowest value of an unstated scale. Differs from schema.org, where it is always 1: half a star is a
/// rating.
fn least(value: &Thing) -> Decimal {
    if number(value.field).is_some_and(|number| Decimal::ZERO < number && number < WORST) {
        Decimal::ZERO
    } else {
        WORST
    }
}

fn number(field: Field) -> Option<Decimal> {
    Decimal::parse(&field.text()?)
}

/// Returns whether the value is 0, which exports write for "not rated". It is a rating if the stated scale includes 0.
fn is_unrated(value: &Thing, rating: &Thing) -> bool {
    let worst = rating.get("worstRating").and_then(number).unwrap_or(WORST);
    number(value.field) == Some(Decimal::ZERO) && Decimal::ZERO < worst
}

/// Reads `keywords`: text with commas, or an array of texts and `DefinedTerm`s.
fn tags(review: &Thing) -> Vec<String> {
    let tags = review.all(&["keywords"], |words| words.text());
    match tags.as_slice() {
        [words] => review.get("keywords").map_or_else(Vec::new, |field| field.parts(words.split(','))),
        _ => tags,
    }
}

/// Reads a tag, or a [`Language`](https://schema.org/Language), whose tag is its `alternateName`.
fn language(review: &Thing) -> Option<String> {
    review.first(&["inLanguage"], |language| {
        if language.field.is_object() {
            language.get("alternateName")?.language()
        } else {
            language.field.language()
        }
    })
}

//! Generates `review.schema.json`: the plain format as [JSON Schema](https://json-schema.org/draft/2020-12), with which
//! editors complete and check handwritten files.
//!
//! The types here describe the JSON as written, while those of [`crate::model`] describe its meaning. They are compiled
//! for tests only. The tests compare the types with the file and with the reader. `REVIEW_CARD_BLESS=1 cargo test`
//! regenerates the file.
#![expect(dead_code, reason = "only the schema of the types is used")]
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::path::Path;
use std::{env, fs};

use schemars::{JsonSchema, schema_for};
use serde_json::{Value, json};

use super::{Format, read};

/// Reviews for review-card, in the plain format: one review, an array of reviews, or a collection.
#[derive(JsonSchema)]
#[schemars(untagged, title = "Reviews")]
enum Document {
    Review(Review),
    Reviews(Vec<Review>),
    Collection(Collection),
}

/// A collection of reviews.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
struct Collection {
    /// The title of the collection, for example the name of the blog.
    title: Option<Text>,
    /// The reviews, in the order in which they are shown.
    reviews: OneOrMany<Option<Review>>,
    /// The address of the collection's next page.
    #[schemars(extend("format" = "uri-reference"))]
    next_url: Option<String>,
}

/// One review. Only the title is required; unknown keys are ignored.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", extend("not" = { "required": ["reviews"] }))]
struct Review {
    /// The title of the review.
    #[schemars(example = &"Rust and Bone, reviewed")]
    title: Text,
    /// Identifies the review within its collection. By default its url, or an id made from the title.
    id: Option<Text>,
    /// The address of the full review.
    #[schemars(extend("format" = "uri-reference"))]
    url: Option<String>,
    /// The section name above the title.
    #[schemars(example = &"Home Movies")]
    section: Option<Text>,
    /// The work under review: its name, or an object with more about it.
    work: Option<TextOr<Work>>,
    /// What may have influenced the author, shown before the verdict: a kind, a text, or both.
    disclosure: Option<TextOr<Disclosure>>,
    /// One or two sentences that sum up the review.
    #[schemars(example = &"Bruised, tender, and hard to forget.")]
    verdict: Option<Text>,
    /// The author's rating of the work. By default the latest rating of the history.
    rating: Option<Rating>,
    /// Earlier or later verdicts of the author on the same work.
    history: Option<OneOrMany<Option<HistoryEntry>>>,
    /// Ratings of single aspects: acting, sound, value.
    aspects: Option<OneOrMany<Option<Aspect>>>,
    /// Points in favour of the work.
    pros: Option<OneOrMany<Option<Text>>>,
    /// Points against the work.
    cons: Option<OneOrMany<Option<Text>>>,
    /// The text of the review: paragraphs separated by a blank line, or an array of paragraphs.
    body: Option<OneOrMany<Option<Text>>>,
    /// The text of the review as HTML. Cards show only its safe content. It is used instead of body.
    body_html: Option<Text>,
    /// The author: a name, or an object with more about the author; an array for several authors.
    author: Option<OneOrMany<Option<TextOr<Person>>>>,
    /// The date of publication, as ISO 8601.
    #[schemars(example = &"2024-06-30", example = &"2024-06-30T23:30:00-05:00")]
    published: Option<Text>,
    /// The date of the last change, as ISO 8601.
    updated: Option<Text>,
    /// The poster, cover or photograph: its address, or an object with more about it.
    image: Option<AddressOr<Image>>,
    /// Keywords, for filters and related reviews.
    tags: Option<OneOrMany<Option<Text>>>,
    /// Where to watch, buy, book or read the work.
    links: Option<OneOrMany<Option<TextOr<Offer>>>>,
    /// Related articles.
    related: Option<OneOrMany<Option<TextOr<Related>>>>,
    /// Other reviews of the same work.
    opinions: Option<OneOrMany<Option<TextOr<Related>>>>,
    /// The previous article.
    previous: Option<Link>,
    /// The next article.
    next: Option<Link>,
    /// The language of the review, as a BCP 47 tag.
    #[schemars(example = &"en-GB", extend("pattern" = "^\\s*[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*\\s*$"))]
    lang: Option<String>,
}

/// Text; a number is read as text.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Text {
    Text(String),
    Number(f64),
}

/// One, or an array of several.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum TextOr<T> {
    Text(Text),
    More(T),
}

#[derive(JsonSchema)]
#[schemars(untagged)]
enum AddressOr<T> {
    Address(#[schemars(extend("format" = "uri-reference"))] String),
    More(T),
}

/// A number from 0 to 5, text such as "4/5", "8 out of 10", "85%", "B+" or "★★★½", or a value on a scale of its own.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Rating {
    OutOfFive(#[schemars(range(min = 0.0, max = 5.0))] f64),
    Text(#[schemars(example = &"8/10")] String),
    OnScale(Scale),
}

/// A value on a scale. The value or the label is required.
#[derive(JsonSchema)]
#[schemars(extend("anyOf" = [{ "required": ["value"] }, { "required": ["label"] }]))]
struct Scale {
    /// The rating itself.
    value: Option<Text>,
    /// The highest value of the scale. By default 5.
    best: Option<Text>,
    /// The lowest value of the scale. By default 0.
    worst: Option<Text>,
    /// The author's label for the rating.
    #[schemars(example = &"Highly recommended")]
    label: Option<Text>,
}

/// An aspect of a work and its rating.
#[derive(JsonSchema)]
struct Aspect {
    /// The name of the aspect.
    #[schemars(example = &"Acting")]
    name: Text,
    /// Its rating.
    rating: Rating,
}

/// A verdict of another time. The rating, the note or the date is required.
#[derive(JsonSchema)]
#[schemars(
    rename_all = "camelCase",
    extend("anyOf" = [{ "required": ["rating"] }, { "required": ["note"] }, { "required": ["date"] }])
)]
struct HistoryEntry {
    /// The year, the month or the day, as ISO 8601.
    #[schemars(example = &"2015", example = &"2015-06", example = &"2015-06-30")]
    date: Option<Text>,
    /// The rating at that time.
    rating: Option<Rating>,
    /// What the author said then.
    note: Option<Text>,
    /// The note as HTML, for exports. Cards show the note alone.
    note_html: Option<Text>,
    /// The tags of that time, for exports. Cards do not show them.
    tags: Option<OneOrMany<Option<Text>>>,
    /// Whether the author knew the work already, for exports. By default, true for all but the first.
    again: Option<bool>,
    /// The address of that verdict.
    #[schemars(extend("format" = "uri-reference"))]
    url: Option<String>,
}

/// A place to watch, buy, book or read a work.
#[derive(JsonSchema)]
struct Offer {
    /// Its name.
    #[schemars(example = &"Criterion Channel")]
    title: Text,
    /// Its address.
    #[schemars(extend("format" = "uri-reference"))]
    url: Option<String>,
    /// Whether you are paid for the link.
    sponsored: Option<bool>,
}

/// What may have influenced the author. The kind or the text is required.
#[derive(JsonSchema)]
#[schemars(extend("anyOf" = [{ "required": ["kind"] }, { "required": ["text"] }]))]
struct Disclosure {
    /// Received for free, paid by somebody, links that pay, a share in the work, or written with artificial intelligence.
    kind: Option<Kind>,
    /// The author's own text, shown instead of the card's text for the kind.
    text: Option<Text>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Kind {
    Gift,
    Paid,
    Affiliate,
    Own,
    Ai,
}

/// The work under review. The name or the series is required.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", extend("anyOf" = [{ "required": ["name"] }, { "required": ["series"] }]))]
struct Work {
    /// Its name. By default that of the series.
    name: Option<Text>,
    /// A schema.org type.
    #[schemars(example = &"Movie", example = &"Book", example = &"Restaurant")]
    r#type: Option<Text>,
    /// The series of which the work is an episode or a season.
    series: Option<Text>,
    /// The number of the season.
    season: Option<Text>,
    /// The number of the episode.
    episode: Option<Text>,
    /// The year of release.
    year: Option<Text>,
    /// The names of the director, author or chef.
    creators: Option<OneOrMany<Option<TextOr<Named>>>>,
    /// A picture of the work, used if the review has none.
    image: Option<AddressOr<Image>>,
    /// Its own page.
    #[schemars(extend("format" = "uri-reference"))]
    url: Option<String>,
    /// Pages that identify the work (schema.org sameAs).
    same_as: Option<OneOrMany<Option<String>>>,
}

/// A name.
#[derive(JsonSchema)]
struct Named {
    /// The name.
    name: Text,
}

/// An author of reviews.
#[derive(JsonSchema)]
struct Person {
    /// The name as printed with the review.
    name: Text,
    /// The author's role.
    #[schemars(example = &"Editor")]
    role: Option<Text>,
    /// A short biography.
    bio: Option<Text>,
    /// A portrait.
    image: Option<AddressOr<Image>>,
    /// The author's own page.
    #[schemars(extend("format" = "uri-reference"))]
    url: Option<String>,
}

/// A picture. Width and height, in pixels, reserve its space while it loads.
#[derive(JsonSchema)]
struct Image {
    /// Its address.
    #[schemars(extend("format" = "uri-reference"))]
    src: String,
    /// The alternative text for visitors who cannot see the picture.
    alt: Option<Text>,
    /// In pixels.
    width: Option<Text>,
    /// In pixels.
    height: Option<Text>,
    /// The caption under the picture.
    caption: Option<Text>,
}

/// A related article. The title or the verdict is required.
#[derive(JsonSchema)]
#[schemars(extend("anyOf" = [{ "required": ["title"] }, { "required": ["verdict"] }]))]
struct Related {
    /// Its title.
    title: Option<Text>,
    /// Its address.
    #[schemars(extend("format" = "uri-reference"))]
    url: Option<String>,
    /// Its verdict, or the first words of its text.
    verdict: Option<Text>,
    /// The name of the author.
    author: Option<Text>,
    /// A small picture.
    image: Option<AddressOr<Image>>,
    /// Its rating.
    rating: Option<Rating>,
}

/// A title with an address.
#[derive(JsonSchema)]
struct Link {
    /// The title.
    title: Text,
    /// Its address.
    #[schemars(extend("format" = "uri-reference"))]
    url: Option<String>,
}

fn schema() -> Value {
    schema_for!(Document).to_value()
}

fn is_valid(instance: &Value) -> bool {
    jsonschema::validator_for(&schema()).unwrap().is_valid(instance)
}

/// Returns the documents of the golden cases in the plain format, each with its name and whether it has problems.
fn plain_cases() -> Vec<(String, Value, bool)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases = Vec::new();
    for (folder, file) in [("card", "review.json"), ("formats", "input.json"), ("formats", "plain.json")] {
        for case in fs::read_dir(root.join(folder)).unwrap() {
            let path = case.unwrap().path().join(file);
            let Ok(bytes) = fs::read(&path) else { continue };
            // An editor does not accept JSON that needs repairs.
            let Ok(value) = serde_json::from_slice(&bytes) else { continue };
            let Ok(document) = crate::json::parse(&bytes) else { continue };
            let Ok((_, problems)) = read(&bytes, Some("https://blog.example/reviews/index.json")) else {
                continue;
            };
            if Format::of(&document) == Format::Plain {
                cases.push((path.display().to_string(), value, !problems.is_empty()));
            }
        }
    }
    cases
}

#[test]
fn the_file_is_what_is_generated() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/read/review.schema.json");
    // The features of other crates decide whether serde_json keeps the order of keys. So the file's keys are sorted,
    // and the test compares values.
    let mut generated = schema();
    generated.sort_all_objects();
    if env::var_os("REVIEW_CARD_BLESS").is_some() {
        fs::write(&file, format!("{generated:#}\n")).unwrap();
    }
    let found: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_eq!(found, generated, "REVIEW_CARD_BLESS=1 writes it anew");
}

#[test]
fn every_plain_case_without_problems_is_valid() {
    let cases = plain_cases();
    let sound: Vec<_> = cases.iter().filter(|(.., has_problems)| !has_problems).collect();
    assert!(sound.len() >= 40, "expected the plain golden cases, found {}", sound.len());
    for (name, document, _) in sound {
        assert!(is_valid(document), "{name}");
    }
}

#[test]
fn an_entry_of_a_history_needs_a_rating_a_note_or_a_date() {
    for (entry, is_sound) in [
        (json!({ "date": "2015" }), true),
        (json!({ "rating": 4 }), true),
        (json!({ "note": "Slow.", "tags": "cinema", "again": false }), true),
        (json!({ "tags": ["cinema"], "noteHtml": "<p>Slow." }), false),
    ] {
        let review = json!({ "title": "A", "history": [entry] });
        assert_eq!(is_valid(&review), is_sound, "{review}");
        let (_, problems) = read(review.to_string().as_bytes(), None).unwrap();
        assert_eq!(problems.is_empty(), is_sound, "{review}");
    }
}

#[test]
fn a_wrong_type_is_a_problem_and_invalid() {
    let review = |key: &str, value: &Value| {
        let mut review = json!({ "title": "A", "related": [{ "title": "B" }] });
        review[key] = value.clone();
        review
    };
    let keys = "title id url section work verdict rating aspects pros cons body bodyHtml author published updated image tags \
        disclosure history links related opinions previous next lang";
    let mut count = 0;
    for key in keys.split_whitespace() {
        for wrong in [json!(true), json!({ "x": 1 }), json!([[{}]])] {
            let review = review(key, &wrong);
            assert!(!is_valid(&review), "{review}");
            let reported = match read(review.to_string().as_bytes(), None) {
                Ok((_, problems)) => problems.len(),
                Err(_) => 1,
            };
            assert!(reported > 0, "{review}");
            count += 1;
        }
    }
    println!("{count} wrong types");
    let (name, document, _) =
        plain_cases().into_iter().find(|(name, ..)| name.contains("wrong-types-in-every-field")).unwrap();
    assert!(!is_valid(&document), "{name}");
}

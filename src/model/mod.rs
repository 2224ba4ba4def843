//! The data of a review, independent of the file that it came from and the place where it is shown. No input, no
//! output.
//!
//! All text is kept as the author wrote it and is not trusted. [`crate::view`] renders it as text nodes and passes
//! every address through [`crate::rich_text::url`].

mod date;
mod decimal;
mod disclosure;
mod rating;
mod rich;
mod slug;

use std::rc::Rc;

pub use date::{Date, Day};
pub use decimal::Decimal;
pub use disclosure::{Disclosure, DisclosureKind};
pub use rating::{Aspect, Mark, Rating, Score};
pub use rich::{Element, Node};
pub use slug::slug;

/// The reviews of one document, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collection {
    /// The title of the collection, for example the name of the blog.
    pub title: Option<String>,
    /// The reviews that could be read.
    pub reviews: Vec<Rc<Review>>,
    /// The address of the collection's next page.
    pub next_url: Option<String>,
    /// The average rating by many people, if the document states one.
    pub aggregate: Option<Aggregate>,
}

/// A rating that combines the ratings of many people (schema.org `AggregateRating`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aggregate {
    /// The average.
    pub rating: Rating,
    /// The number of ratings.
    pub count: Option<u32>,
}

impl Collection {
    /// Returns the review whose `id` or `url` is `item`, or the first review if `item` is `None`. To filter, sort and
    /// search, see [`Query::select`](crate::collection::Query::select).
    ///
    /// ```
    /// # fn main() -> Result<(), review_card::ReadError> {
    /// let json = br#"[{ "id": "alien", "title": "Alien" }, { "title": "Heat", "url": "/heat" }]"#;
    /// let (collection, _) = review_card::read(json, None)?;
    /// assert_eq!(collection.find(Some("alien")).map(|review| &*review.title), Some("Alien"));
    /// assert_eq!(collection.find(Some("/heat")).map(|review| &*review.title), Some("Heat"));
    /// assert!(collection.find(Some("solaris")).is_none());
    /// assert_eq!(collection.place_of(Some("/heat")), Some(1));
    /// # Ok(())
    /// # }
    /// ```
    pub fn find(&self, item: Option<&str>) -> Option<&Rc<Review>> {
        self.reviews.get(self.place_of(item)?)
    }

    /// Returns the index of the review that [`Collection::find`] finds.
    pub fn place_of(&self, item: Option<&str>) -> Option<usize> {
        match item {
            None => Some(0),
            Some(item) => self
                .reviews
                .iter()
                .position(|review| review.id == item || review.url.as_deref() == Some(item)),
        }
    }
}

/// One review. Only the title is required; the reader gives every review an id.
///
/// ```
/// use review_card::Review;
/// use review_card::model::{Aspect, Body, HistoryEntry, Image, Link, Offer, Person, Related, Work};
///
/// let review: Review = serde_json::from_str(
///     r#"{
///         "title": "A quiet masterpiece",
///         "work": { "name": "Paper Moon", "type": "Movie", "year": 1973, "creators": ["Peter Bogdanovich"] },
///         "rating": "4.5/5",
///         "aspects": [{ "name": "Acting", "rating": "5/5" }],
///         "history": [{ "date": "2015", "rating": "4/5" }],
///         "body": ["First paragraph.", "Second."],
///         "author": "Ada Quist",
///         "image": { "src": "/moon.jpg", "width": 600, "height": 400 },
///         "links": [{ "title": "Criterion", "url": "https://www.criterion.com/" }],
///         "related": [{ "title": "The Last Picture Show", "url": "/last" }],
///         "next": { "title": "Badlands", "url": "/badlands" }
///     }"#,
/// )?;
/// let work = Work {
///     name: "Paper Moon".into(),
///     kind: Some("Movie".into()),
///     year: Some("1973".into()),
///     creators: vec!["Peter Bogdanovich".into()],
///     ..Work::default()
/// };
/// assert_eq!(review.work, Some(work));
/// assert_eq!(review.authors, [Person { name: "Ada Quist".into(), ..Person::default() }]);
/// assert_eq!(review.body, Body::Text(vec!["First paragraph.".into(), "Second.".into()]));
/// assert_eq!(review.image.as_ref().map(|Image { src, width, .. }| (src.as_str(), *width)), Some(("/moon.jpg", Some(600))));
/// assert_eq!(review.next, Some(Link { title: "Badlands".into(), url: Some("/badlands".into()) }));
/// let ([Aspect { name, .. }], [HistoryEntry { date: Some(date), .. }]) = (&review.aspects[..], &review.history[..]) else { panic!() };
/// assert_eq!((name.as_str(), date.as_written()), ("Acting", "2015"));
/// let ([Offer { sponsored, .. }], [Related { url, .. }]) = (&review.links[..], &review.related[..]) else { panic!() };
/// assert_eq!((*sponsored, url.as_deref()), (false, Some("/last")));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// Identifies the review within its collection: the id as given, else the address, else an id made from the title.
    pub id: String,
    /// The title of the review.
    pub title: String,
    /// The address of the full review.
    pub url: Option<String>,
    /// The kicker above the title: "Home Movies".
    pub section: Option<String>,
    /// The work under review.
    pub work: Option<Work>,
    /// What the author has to disclose. It is shown before the verdict wherever the review is shown.
    pub disclosure: Option<Disclosure>,
    /// The one or two sentences that sum up the review.
    pub verdict: Option<String>,
    /// The author's rating of the work.
    pub rating: Option<Rating>,
    /// What the same author said about the same work at other times, earliest first.
    pub history: Vec<HistoryEntry>,
    /// Ratings of single aspects: acting, sound, value.
    pub aspects: Vec<Aspect>,
    /// Points in favour of the work.
    pub pros: Vec<String>,
    /// Points against the work.
    pub cons: Vec<String>,
    /// The text of the review.
    pub body: Body,
    /// The authors.
    pub authors: Vec<Person>,
    /// The date of publication.
    pub published: Option<Date>,
    /// The date of the last change.
    pub updated: Option<Date>,
    /// The poster, cover or photograph.
    pub image: Option<Image>,
    /// Free keywords.
    pub tags: Vec<String>,
    /// Where to watch, buy, book or read the work.
    pub links: Vec<Offer>,
    /// Other articles that the author recommends.
    pub related: Vec<Related>,
    /// Other reviews of the same work.
    pub opinions: Vec<Related>,
    /// The article before this one.
    pub previous: Option<Link>,
    /// The article after this one.
    pub next: Option<Link>,
    /// The language of the review, as a BCP 47 tag.
    pub lang: Option<String>,
    /// How the rating compares with the other ratings. [`crate::collection::Ratings`] computes it; authors do not write
    /// it.
    pub measure: Option<Measure>,
}

/// The text of a review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Body {
    /// There is no text.
    #[default]
    Empty,
    /// Paragraphs of plain text.
    Text(Vec<String>),
    /// HTML as it came. It is not safe until [`crate::rich_text`] has parsed it, which happens when it is first shown.
    Html {
        /// The author's HTML.
        html: String,
        /// The base URL of its relative addresses.
        base: Option<String>,
    },
    /// HTML that has been parsed.
    Safe {
        /// The author's HTML, which is not safe.
        html: String,
        /// The safe content.
        nodes: Vec<Node>,
    },
}

/// The work that a review is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// The name of the work.
    pub name: String,
    /// A schema.org type name: `Movie`, `Book`, `Restaurant`.
    pub kind: Option<String>,
    /// The series that the work is an episode or a season of.
    pub series: Option<String>,
    /// The number of the season; 0 stands for specials.
    pub season: Option<u32>,
    /// The number of the episode.
    pub episode: Option<u32>,
    /// The year of release, as written.
    pub year: Option<String>,
    /// The director, author or chef.
    pub creators: Vec<String>,
    /// A picture of the work, used if the review has none.
    pub image: Option<Image>,
    /// The work's own page.
    pub url: Option<String>,
    /// Pages that identify the work (schema.org `sameAs`).
    pub same_as: Vec<String>,
}

/// An author of reviews.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The name, as printed with the review.
    pub name: String,
    /// The author's role: "Editor".
    pub role: Option<String>,
    /// A short biography.
    pub bio: Option<String>,
    /// A portrait.
    pub image: Option<Image>,
    /// The author's own page.
    pub url: Option<String>,
}

/// A picture. Width and height, in pixels, reserve its space while it loads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image {
    /// The address of the picture.
    pub src: String,
    /// The alternative text for visitors who cannot see the picture.
    pub alt: Option<String>,
    /// The width in pixels.
    pub width: Option<u32>,
    /// The height in pixels.
    pub height: Option<u32>,
    /// The caption under the picture.
    pub caption: Option<String>,
}

/// A link to another article. The title or the verdict may be missing, but not both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Related {
    /// The title.
    pub title: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// The verdict or the first words of the text.
    pub verdict: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// A small picture.
    pub image: Option<Image>,
    /// The rating.
    pub rating: Option<Rating>,
}

/// A title with an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The title.
    pub title: String,
    /// The address.
    pub url: Option<String>,
}

/// How a rating compares with all ratings of a collection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// The percentage of ratings that are lower, 0 to 100.
    pub percent: u32,
    /// The number of ratings.
    pub count: u32,
    /// The number of ratings nearest to 0, ½, 1 … 5 stars.
    pub bars: Vec<u32>,
    /// The index in `bars` of the rating itself, from 0.
    pub own: u32,
}

/// An earlier or later verdict. One of the rating, the note and the date is always there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryEntry {
    /// The day, the month or the year.
    pub date: Option<Date>,
    /// The rating at that time.
    pub rating: Option<Rating>,
    /// What the author said at that time, which cards show.
    pub note: Option<String>,
    /// The note as HTML, for exports. Cards do not show it, so it is not filtered.
    pub note_html: Option<String>,
    /// The tags of that time, for exports.
    pub tags: Vec<String>,
    /// Whether the author knew the work already, for exports. `None` if nothing says so.
    pub again: Option<bool>,
    /// The address of that verdict.
    pub url: Option<String>,
}

/// A place to watch, buy, book or read a work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// The name of the place: "Criterion Channel".
    pub title: String,
    /// The address.
    pub url: Option<String>,
    /// Whether the author is paid for the link.
    pub sponsored: bool,
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::{Collection, Review};

    #[test]
    fn a_review_is_found_by_its_id_or_its_address() {
        let review = |id: &str, url: Option<&str>| {
            Rc::new(Review { id: id.into(), url: url.map(Into::into), ..Review::default() })
        };
        let reviews = vec![review("one", None), review("two", Some("/2")), review("three", Some("/3"))];
        let collection = Collection { reviews, ..Collection::default() };
        let rows = [(None, Some(0)), (Some("two"), Some(1)), (Some("/3"), Some(2)), (Some("/4"), None)];
        for (item, expected) in rows {
            assert_eq!(collection.place_of(item), expected, "{item:?}");
            assert_eq!(collection.find(item), expected.map(|at| &collection.reviews[at]), "{item:?}");
        }
        assert_eq!(Collection::default().find(None), None);
    }
}

//! What is true of a review, whatever file it came from and wherever it is shown. No input, no output.
//!
//! Text is as the author wrote it and not trusted: [`crate::view`] makes it text nodes, and puts every address
//! through [`crate::rich_text::url`].

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

/// Reviews that came together, in the order of their document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collection {
    /// The name of the whole, for example the blog's.
    pub title: Option<String>,
    /// The reviews that could be read.
    pub reviews: Vec<Rc<Review>>,
    /// The address of the collection's next page.
    pub next_url: Option<String>,
    /// What many gave together, where the document says so.
    pub aggregate: Option<Aggregate>,
}

/// A rating that many gave together (schema.org `AggregateRating`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aggregate {
    /// Their average.
    pub rating: Rating,
    /// How many they were.
    pub count: Option<u32>,
}

impl Collection {
    /// The review whose `id` or `url` is `item`; without `item`, the first.
    pub fn find(&self, item: Option<&str>) -> Option<&Rc<Review>> {
        self.reviews.get(self.place_of(item)?)
    }

    /// The place of what [`Collection::find`] finds.
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

/// One review. Only the title is always there; the reader gives every review an id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// Tells it apart within its collection: as given, else its address, else made from the title.
    pub id: String,
    /// The review's own title.
    pub title: String,
    /// Where the review stands.
    pub url: Option<String>,
    /// The kicker over the title: "Home Movies".
    pub section: Option<String>,
    /// What is reviewed.
    pub work: Option<Work>,
    /// What the author has to disclose: shown before the verdict, wherever the review is shown.
    pub disclosure: Option<Disclosure>,
    /// The one or two sentences that sum it up.
    pub verdict: Option<String>,
    /// What the author gives it.
    pub rating: Option<Rating>,
    /// What the same author said about the same work at other times, the earliest first.
    pub history: Vec<HistoryEntry>,
    /// Ratings of its sides: acting, sound, value.
    pub aspects: Vec<Aspect>,
    /// What speaks for it.
    pub pros: Vec<String>,
    /// What speaks against it.
    pub cons: Vec<String>,
    /// The review itself.
    pub body: Body,
    /// Who wrote it.
    pub authors: Vec<Person>,
    /// The day it came out.
    pub published: Option<Date>,
    /// The day it was last changed.
    pub updated: Option<Date>,
    /// The poster, cover or photograph.
    pub image: Option<Image>,
    /// Free words to sort by.
    pub tags: Vec<String>,
    /// Where to watch, buy, book or read the work.
    pub links: Vec<Offer>,
    /// Other pieces that the author points to.
    pub related: Vec<Related>,
    /// Other reviews of the same work.
    pub opinions: Vec<Related>,
    /// The piece before this one.
    pub previous: Option<Link>,
    /// The piece after this one.
    pub next: Option<Link>,
    /// BCP 47 tag of the language that the review is written in.
    pub lang: Option<String>,
    /// Where the rating stands among others. No author writes it: [`crate::collection::Ratings`] does.
    pub measure: Option<Measure>,
}

/// The review's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Body {
    /// There are none.
    #[default]
    Empty,
    /// Paragraphs of plain text.
    Text(Vec<String>),
    /// HTML as it came: not safe until [`crate::rich_text`] has parsed it, which happens when it is first shown.
    Html {
        /// The author's HTML.
        html: String,
        /// What its relative addresses are relative to.
        base: Option<String>,
    },
    /// HTML that has been parsed.
    Safe {
        /// The author's HTML, not safe.
        html: String,
        /// The safe content.
        nodes: Vec<Node>,
    },
}

/// What a review is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Its name.
    pub name: String,
    /// A schema.org type name: `Movie`, `Book`, `Restaurant`.
    pub kind: Option<String>,
    /// The series that it is an episode or a season of.
    pub series: Option<String>,
    /// The number of the season; 0 are specials.
    pub season: Option<u32>,
    /// The number of the episode.
    pub episode: Option<u32>,
    /// The year it came out, as written.
    pub year: Option<String>,
    /// Director, author, chef.
    pub creators: Vec<String>,
    /// A picture of it, used where the review has none.
    pub image: Option<Image>,
    /// Its own page.
    pub url: Option<String>,
    /// Pages that say which work it is (schema.org `sameAs`).
    pub same_as: Vec<String>,
}

/// A writer of reviews.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// As printed over the piece.
    pub name: String,
    /// "Editor".
    pub role: Option<String>,
    /// A life in two sentences.
    pub bio: Option<String>,
    /// A portrait.
    pub image: Option<Image>,
    /// Their own page.
    pub url: Option<String>,
}

/// A picture. Width and height, in pixels, keep its place before it has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image {
    /// Its address.
    pub src: String,
    /// What it shows, for those who do not see it.
    pub alt: Option<String>,
    /// In pixels.
    pub width: Option<u32>,
    /// In pixels.
    pub height: Option<u32>,
    /// A line under it.
    pub caption: Option<String>,
}

/// Another piece; the title or the verdict may be missing, not both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Related {
    /// Its title.
    pub title: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its first words or its verdict.
    pub verdict: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// A small picture.
    pub image: Option<Image>,
    /// Its rating.
    pub rating: Option<Rating>,
}

/// A title that leads somewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Its words.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
}

/// Where a rating stands among all ratings of a collection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// How many of a hundred ratings it is higher than.
    pub percent: u32,
    /// How many ratings there are.
    pub count: u32,
    /// How many of them are nearest to 0, ½, 1 … 5 stars.
    pub bars: Vec<u32>,
    /// The bar that the rating itself is in, from 0.
    pub own: u32,
}

/// A verdict of another time. The rating or the note may be missing, not both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryEntry {
    /// The day, the month or the year.
    pub date: Option<Date>,
    /// The rating at that time.
    pub rating: Option<Rating>,
    /// What the author said then.
    pub note: Option<String>,
    /// Where that stands.
    pub url: Option<String>,
}

/// A place to watch, buy, book or read a work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// Its name: "Criterion Channel".
    pub title: String,
    /// Its address.
    pub url: Option<String>,
    /// Whether the author is paid for the link.
    pub sponsored: bool,
}

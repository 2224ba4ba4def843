//! Options of an import.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::{Format, private};

/// Options of an import. The default detects everything and includes nothing private.
///
/// ```
/// use review_card_import::{Format, Key, Options, import_bytes};
///
/// let options = Options { from: Some(Format::Csv), columns: vec![(Key::Body, "Notes".into())], ..Options::default() };
/// let import = import_bytes("films.csv", b"Title,Notes\nAlien,Still the best.\n", &options)?;
/// assert_eq!(Key::Body.name(), "body");
/// assert_eq!(import.collection.reviews[0].title, "Alien");
/// # Ok::<(), review_card_import::ImportError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Reads every file as this format instead of detecting the format.
    pub from: Option<Format>,
    /// Columns, keys of front matter or custom fields of a blog to use for a key, whatever their names suggest.
    pub columns: Vec<(Key, String)>,
    /// The author of each review that names none.
    pub author: Option<String>,
    /// The title of the collection, instead of that in the inputs.
    pub title: Option<String>,
    /// The absolute address against which relative links and pictures are resolved, if the input names no other.
    pub base: Option<String>,
    /// Includes drafts, paid posts and posts with a password. Private notes and e-mail addresses are never included.
    pub private: bool,
}

impl Options {
    /// Returns the name that the caller chose for a key, except for columns that are never imported.
    pub(crate) fn column(&self, key: Key) -> Option<&str> {
        let given = self.columns.iter().rev().find(|(given, _)| *given == key);
        given.map(|(_, name)| name.as_str()).filter(|name| !private::is_private(name))
    }
}

macro_rules! keys {
    ($($variant:ident $name:literal $doc:literal [$($column:literal)*],)*) => {
        /// What a column can be used for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "lowercase")]
        pub enum Key { $(#[doc = $doc] $variant,)* }

        impl Key {
            /// All keys.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Returns the key's name, as used in `--column`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Returns the column names that are recognized as this key, best first, in lower case with spaces between
            /// words.
            pub(crate) const fn columns(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($column,)*],)* }
            }
        }
    };
}

keys! {
    Title "title" "What is reviewed, or the review's own title." ["title" "name" "film" "movie" "book" "album" "game" "show" "restaurant" "product"],
    Year "year" "The year the work came out." ["original publication year" "year" "release year" "year published" "year released" "released" "release date"],
    Creator "creator" "Who made the work." ["author text" "author" "authors" "director" "directors" "artist" "creator" "creators" "developer" "chef"],
    Rating "rating" "The rating." ["my rating" "your rating" "star rating" "rating10" "rating" "score" "stars" "grade"],
    Best "best" "The best rating of the scale." ["best" "best rating" "max rating" "out of" "scale"],
    Body "body" "The review's text." ["review content" "my review" "your review" "review" "text" "body" "thoughts" "comment"],
    Verdict "verdict" "One or two sentences that sum it up." ["verdict" "summary" "conclusion"],
    Heading "heading" "The review's own title, where another column has the work's." ["review name" "review title" "headline"],
    Date "date" "The day of the review." ["finish date" "date finished" "last date read" "date read" "finished" "watched date" "watcheddate" "date watched" "watched" "date rated" "date" "published" "date added" "created"],
    Url "url" "The review's address." ["review url" "url" "link" "uri"],
    Tags "tags" "Tags, separated by commas." ["tags" "bookshelves" "shelves" "labels" "categories" "genres" "genre"],
    Image "image" "A picture." ["image" "poster" "cover" "image url" "cover url" "poster url" "cover image" "featured image"],
    Type "type" "The schema.org type of the work." ["type" "title type" "media type" "kind"],
    Imdb "imdb" "The work's IMDb number." ["imdb id" "imdbid" "imdb" "const"],
    Tmdb "tmdb" "The film's TMDB number." ["tmdb id" "tmdbid" "tmdb"],
    Isbn "isbn" "The book's ISBN." ["isbn13" "isbn 13" "isbn" "isbn10" "isbn 10" "isbn/uid"],
    Lang "lang" "The language of the review." ["lang" "language" "locale"],
}

impl FromStr for Key {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.iter().copied().find(|key| key.name() == name).ok_or_else(|| {
            let names: Vec<_> = Self::ALL.iter().map(|key| key.name()).collect();
            format!("expected one of {}, found \"{name}\"", names.join(", "))
        })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.name())
    }
}

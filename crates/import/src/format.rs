//! The supported import formats.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

macro_rules! formats {
    ($($variant:ident $name:literal $doc:literal,)*) => {
        /// The format of an export.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Format { $(#[doc = $doc] $variant,)* }

        impl Format {
            /// All formats.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Returns the format's name, as used in `--from`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

formats! {
    Letterboxd "letterboxd" "Letterboxd: the export (zip, folder or single tables), the feed, or the table that it imports.",
    Goodreads "goodreads" "Goodreads: the table of the library export.",
    StoryGraph "storygraph" "StoryGraph: the table of the library export.",
    BookWyrm "bookwyrm" "BookWyrm: the table of the export.",
    Imdb "imdb" "IMDb: the table of ratings.",
    Trakt "trakt" "Trakt: the JSON files of the export.",
    Csv "csv" "Any other table, its columns guessed by their names.",
    WordPress "wordpress" "WordPress: the export (WXR).",
    Ghost "ghost" "Ghost: the JSON export.",
    Substack "substack" "Substack: the export (zip or folder).",
    Feed "feed" "RSS or Atom.",
    Markdown "markdown" "Markdown with front matter in YAML, TOML or JSON.",
    Html "html" "An HTML page with JSON-LD or microformats.",
    Json "json" "JSON that the cards read: plain, JSON-LD, JSON Feed, WordPress.",
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.iter().copied().find(|format| format.name() == name).ok_or_else(|| {
            let names: Vec<_> = Self::ALL.iter().map(|format| format.name()).collect();
            format!("expected one of {}, found \"{name}\"", names.join(", "))
        })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Format {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

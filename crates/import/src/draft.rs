//! A review under construction, with those keys of the plain format that exports have. It is written as JSON and parsed
//! by the reader for all JSON, so ratings, URLs, texts and limits are checked in one place.

use serde::Serialize;

use crate::text::Text;

#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Draft {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
    pub(crate) title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) section: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) work: Option<Work>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) verdict: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rating: Option<Rating>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) body_html: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) author: Vec<Person>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) updated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) image: Option<Image>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) tags: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) history: Vec<Past>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lang: Option<String>,
    /// The absolute address of the page that the text was written for.
    #[serde(skip)]
    pub(crate) base: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Work {
    pub(crate) name: String,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) year: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) creators: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) same_as: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) series: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) season: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) episode: Option<u32>,
}

/// A rating in the author's own notation, or a number on a scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(crate) enum Rating {
    Text(String),
    Scale { value: String, best: String },
}

impl Rating {
    pub(crate) fn of(value: &str, best: impl Into<String>) -> Self {
        Self::Scale { value: value.into(), best: best.into() }
    }
}

#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Person {
    pub(crate) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Image {
    pub(crate) src: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) alt: Option<String>,
}

/// An entry of `history`: one dated verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Past {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rating: Option<Rating>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note_html: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) again: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
}

impl Draft {
    /// Creates a draft about a work; the work's name becomes the title.
    pub(crate) fn of(work: Work) -> Self {
        Self { title: work.name.clone(), work: Some(work), ..Self::default() }
    }

    pub(crate) fn text(&mut self, text: Option<Text>) {
        match text {
            Some(Text::Plain(text)) => self.body = Some(text),
            Some(Text::Html(html)) => self.body_html = Some(html),
            None => {}
        }
    }

    /// Returns whether the draft says nothing about its work.
    pub(crate) fn is_empty(&self) -> bool {
        let said_before = self.history.iter().any(|past| past.rating.is_some() || past.note.is_some());
        let says = [&self.body, &self.body_html, &self.verdict].iter().any(|text| text.is_some());
        self.rating.is_none() && !says && !said_before
    }
}

/// Returns the entries of a comma-separated list.
pub(crate) fn list(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|entry| !entry.is_empty()).map(Into::into).collect()
}

/// Returns the schema.org type for a service's name of a kind of work.
pub(crate) fn kind(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().replace(['-', '_', ' '], "").as_str() {
        "movie" | "film" | "tvmovie" | "short" | "tvshort" => "Movie",
        "tvseries" | "tvminiseries" | "series" | "show" | "tvshow" | "tv" => "TVSeries",
        "tvseason" | "season" => "TVSeason",
        "tvepisode" | "episode" => "TVEpisode",
        "book" | "novel" | "comic" | "manga" => "Book",
        "game" | "videogame" => "VideoGame",
        "album" | "ep" | "musicalbum" => "MusicAlbum",
        "podcast" | "podcastseries" => "PodcastSeries",
        "restaurant" => "Restaurant",
        "product" => "Product",
        _ => return None,
    })
}

/// Common rating scales.
const SCALES: [u32; 4] = [5, 10, 20, 100];

/// Returns a number without a scale in hundredths, rounded up.
pub(crate) fn highest_of(text: &str) -> Option<u32> {
    let number: f64 = text.replace(',', ".").parse().ok()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
    (0.0..=1e6).contains(&number).then_some((number * 100.0).ceil() as u32)
}

/// Returns the smallest scale that includes `highest`, or `named` if that includes it.
pub(crate) fn scale_of(highest: u32, named: Option<u32>) -> Option<u32> {
    let fits = |best: &u32| highest <= best.saturating_mul(100);
    named.filter(|best| *best > 1).filter(fits).or_else(|| SCALES.into_iter().find(fits))
}

/// Returns whether a name begins with a date and a hyphen, like Jekyll's posts.
pub(crate) fn is_dated(name: &str) -> bool {
    crate::date::day(name).is_some() && name.as_bytes().get(10) == Some(&b'-')
}

/// URLs that identify a work.
pub(crate) mod same_as {
    pub(crate) fn imdb(id: &str) -> Option<String> {
        let valid =
            id.starts_with("tt") && id.len() > 2 && id.bytes().skip(2).all(|byte| byte.is_ascii_digit());
        valid.then(|| format!("https://www.imdb.com/title/{id}/"))
    }

    pub(crate) fn tmdb(kind: &str, id: &str) -> Option<String> {
        is_number(id).then(|| format!("https://www.themoviedb.org/{kind}/{id}"))
    }

    pub(crate) fn goodreads(id: &str) -> Option<String> {
        is_number(id).then(|| format!("https://www.goodreads.com/book/show/{id}"))
    }

    /// Returns a valid ISBN: ten or thirteen digits, where the last of ten may be an X. StoryGraph puts its own ids
    /// into the same column.
    pub(crate) fn isbn(isbn: &str) -> Option<String> {
        let isbn: String = isbn.chars().filter(|c| *c != '-' && *c != ' ').collect();
        let digits = isbn.strip_suffix(['X', 'x']).unwrap_or(&isbn);
        let valid = matches!(isbn.len(), 10 | 13) && digits.len() + 1 >= isbn.len() && is_number(digits);
        valid.then(|| format!("https://openlibrary.org/isbn/{}", isbn.to_ascii_uppercase()))
    }

    pub(crate) fn open_library(key: &str) -> Option<String> {
        let id = key.trim_start_matches("https://openlibrary.org").trim_matches('/').rsplit('/').next()?;
        let place = match id.chars().last()? {
            'W' => "works",
            'M' => "books",
            _ => return None,
        };
        let valid = id.starts_with("OL") && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        valid.then(|| format!("https://openlibrary.org/{place}/{id}"))
    }

    fn is_number(text: &str) -> bool {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
    }
}

#[cfg(test)]
mod tests {
    use super::same_as;

    #[test]
    fn pages_of_works() {
        let check = |found: Option<String>, expected: &str| assert_eq!(found.unwrap_or_default(), expected);
        check(same_as::isbn("9781250313195"), "https://openlibrary.org/isbn/9781250313195");
        check(same_as::isbn("0-8044-2957-x"), "https://openlibrary.org/isbn/080442957X");
        check(same_as::isbn("6b6f0a7e-1f2d-4c55"), "");
        check(same_as::isbn("X"), "");
        check(same_as::imdb("tt0070510"), "https://www.imdb.com/title/tt0070510/");
        check(same_as::imdb("tt0070510/../x"), "");
        check(same_as::open_library("OL123W"), "https://openlibrary.org/works/OL123W");
        check(same_as::open_library("/books/OL7M"), "https://openlibrary.org/books/OL7M");
        check(same_as::open_library("W"), "");
        check(same_as::tmdb("movie", "11"), "https://www.themoviedb.org/movie/11");
    }
}

//! One film, all its viewings, and the review that is made of them.

use std::collections::HashMap;

use crate::draft::{Draft, Image, Past, Rating, Work, same_as};
use crate::limits::MAX_JOINED;
use crate::report::Reason;
use crate::sink::Sink;
use crate::text::Text;

/// The top of Letterboxd's scale.
const BEST: &str = "5";
/// The tag of a review whose first recorded viewing was already a rewatch.
pub(crate) const REWATCH: &str = "rewatch";

/// The films of one account, in order of their first appearance.
#[derive(Default)]
pub(super) struct Films {
    films: Vec<Film>,
    places: HashMap<(String, String), usize>,
    files: usize,
}

#[derive(Default)]
pub(super) struct Film {
    name: String,
    year: String,
    viewings: Vec<Viewing>,
    /// The film's own rating and its date, from the table of ratings.
    pub(super) rating: Option<String>,
    pub(super) rated: Option<String>,
    pub(super) url: Option<String>,
    pub(super) tmdb: Option<String>,
    pub(super) imdb: Option<String>,
    pub(super) directors: Vec<String>,
    pub(super) poster: Option<String>,
    /// The number of entries of the export about this film.
    entries: u64,
}

/// One entry of the diary, or a review without a date.
#[derive(Clone, Debug, Default)]
pub(super) struct Viewing {
    pub(super) logged: Option<String>,
    pub(super) watched: Option<String>,
    pub(super) rating: Option<String>,
    pub(super) rewatch: bool,
    pub(super) text: Option<Text>,
    pub(super) tags: Vec<String>,
    pub(super) url: Option<String>,
    /// The number of the last file that contained the entry.
    pub(super) file: usize,
}

impl Viewing {
    /// Returns the day that identifies the viewing.
    fn day(&self) -> Option<&str> {
        self.watched.as_deref().or(self.logged.as_deref()).and_then(crate::date::day)
    }

    /// Returns whether both have the URL of the same entry.
    fn has_url_of(&self, other: &Self) -> bool {
        self.url.is_some() && self.url == other.url
    }

    /// Returns whether both are the same entry from two files. In one file, each row is an entry of its own.
    fn is(&self, other: &Self) -> bool {
        self.file != other.file
            && self.day() == other.day()
            && self.watched.is_some() == other.watched.is_some()
            && (self.text.is_none() || other.text.is_none() || self.text == other.text)
    }

    /// Fills in missing values from `other`.
    fn complete(&mut self, other: Self) {
        self.logged = self.logged.take().or(other.logged);
        self.watched = self.watched.take().or(other.watched);
        self.rating = self.rating.take().or(other.rating);
        self.rewatch |= other.rewatch;
        self.text = self.text.take().or(other.text);
        self.file = other.file;
        for tag in other.tags {
            if !self.tags.contains(&tag) {
                self.tags.push(tag);
            }
        }
    }
}

impl Films {
    /// Returns the number of the file that is read next.
    pub(super) fn next_file(&mut self) -> usize {
        self.files += 1;
        self.files
    }

    /// Returns the film with this name and year; `None` if there are too many films.
    pub(super) fn film(&mut self, name: &str, year: &str) -> Option<&mut Film> {
        let key = (name.to_lowercase(), year.to_owned());
        let place = match self.places.get(&key) {
            Some(place) => *place,
            None if self.films.len() == MAX_JOINED => return None,
            None => {
                self.films.push(Film { name: name.into(), year: year.into(), ..Film::default() });
                self.places.insert(key, self.films.len() - 1);
                self.films.len() - 1
            }
        };
        let film = self.films.get_mut(place)?;
        film.entries += 1;
        Some(film)
    }

    pub(super) fn hand_over(self, sink: &mut Sink) {
        for film in self.films {
            if sink.stopped {
                return;
            }
            let place = format!("\"{}\" ({})", film.name, film.year);
            let entries = film.entries;
            let draft = film.draft();
            let reason = if draft.is_empty() { Some(Reason::Empty) } else { None };
            match reason {
                Some(reason) => (0..entries).for_each(|_| sink.leave_out(reason)),
                None => {
                    sink.entry(&place, draft);
                    (1..entries).for_each(|_| sink.joined());
                }
            }
        }
    }
}

impl Film {
    /// Adds an entry, or completes it if another file contained it.
    pub(super) fn view(&mut self, viewing: Viewing) {
        let same = self.viewings.iter().position(|known| known.has_url_of(&viewing));
        let same = same.or_else(|| self.viewings.iter().position(|known| known.is(&viewing)));
        match same.and_then(|place| self.viewings.get_mut(place)) {
            Some(known) => known.complete(viewing),
            None => self.viewings.push(viewing),
        }
    }

    /// Adds an entry of a feed. If the export has an entry of the same day, that entry gets the feed's URL, which leads
    /// to the review itself.
    pub(super) fn view_of_feed(&mut self, viewing: Viewing) {
        match self.viewings.iter_mut().find(|known| known.day() == viewing.day()) {
            Some(known) => {
                known.url = viewing.url.clone().or(known.url.take());
                known.complete(viewing);
            }
            None => self.viewings.push(viewing),
        }
    }

    fn draft(mut self) -> Draft {
        self.viewings.sort_by(|one, other| one.day().cmp(&other.day()));
        let latest = self.viewings.last().cloned().unwrap_or_default();
        let mut draft = Draft::of(Work {
            name: self.name,
            kind: Some("Movie".into()),
            year: Some(self.year).filter(|year| !year.is_empty()),
            creators: self.directors,
            same_as: [
                self.url,
                self.tmdb.and_then(|id| same_as::tmdb("movie", &id)),
                self.imdb.and_then(|id| same_as::imdb(&id)),
            ]
            .into_iter()
            .flatten()
            .collect(),
            ..Work::default()
        });
        let last_given = self.viewings.iter().rev().find_map(|viewing| viewing.rating.clone());
        draft.rating = self.rating.or(last_given).map(|value| Rating::of(&value, BEST));
        draft.url = latest.url;
        draft.published = latest.watched.or(latest.logged).or(self.rated);
        draft.image = self.poster.map(|src| Image { src, alt: None });
        let first_is_known = self.viewings.first().is_some_and(|first| first.rewatch);
        let tags = self.viewings.iter().flat_map(|viewing| viewing.tags.clone());
        for tag in tags.chain(first_is_known.then(|| REWATCH.into())) {
            if !draft.tags.contains(&tag) {
                draft.tags.push(tag);
            }
        }
        let count = self.viewings.len();
        let has_tags = needs_tags(&self.viewings);
        let seems_seen = draft.tags.iter().any(|tag| tag == REWATCH);
        let dated = self.viewings.iter().any(|viewing| viewing.watched.is_some());
        for (place, viewing) in self.viewings.into_iter().enumerate() {
            let is_latest = place + 1 == count;
            let text = if is_latest {
                draft.text(viewing.text);
                None
            } else {
                viewing.text
            };
            if count > 1 || dated {
                draft.history.push(Past {
                    date: viewing.watched,
                    rating: viewing.rating.map(|value| Rating::of(&value, BEST)),
                    note: text.as_ref().map(Text::words),
                    note_html: text.and_then(Text::into_html),
                    tags: if has_tags { viewing.tags } else { Vec::new() },
                    again: Some(viewing.rewatch).filter(|again| *again != (place > 0 || seems_seen)),
                    url: viewing.url.filter(|_| !is_latest),
                });
            }
        }
        draft
    }
}

/// Returns whether each viewing has to keep its own tags: if not all are the latest one's, or if a tag could be taken
/// for [`REWATCH`].
fn needs_tags(viewings: &[Viewing]) -> bool {
    let earlier = viewings.split_last().map_or(&[][..], |(_, earlier)| earlier);
    let is_taken = |viewing: &Viewing| viewing.tags.iter().any(|tag| tag == REWATCH);
    earlier.iter().any(|viewing| !viewing.tags.is_empty()) || viewings.iter().any(is_taken)
}

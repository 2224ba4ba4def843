//! Imports Trakt's export: JSON files of ratings, comments and plays, joined by work.
//!
//! Files are recognized by name, in any folder: `ratings-movies.json`, `comments-shows-2.json`, `watched-history.json`.
//! Ratings range from 1 to 10. Two or more plays of a film become its history. Replies to other people's comments are
//! skipped.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use crate::detect::Found;
use crate::draft::{Draft, Past, Rating, Work, same_as};
use crate::files::Input;
use crate::limits::MAX_JOINED;
use crate::report::Reason;
use crate::sink::Sink;
use crate::text::Text;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Entry {
    #[serde(rename = "type")]
    kind: String,
    rating: Option<u8>,
    rated_at: Option<String>,
    watched_at: Option<String>,
    comment: Option<Comment>,
    movie: Option<Title>,
    show: Option<Title>,
    season: Option<Part>,
    episode: Option<Part>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Comment {
    comment: String,
    parent_id: u64,
    spoiler: bool,
    created_at: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Title {
    title: String,
    year: Option<u16>,
    ids: Ids,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Part {
    season: Option<u32>,
    number: Option<u32>,
    title: Option<String>,
    ids: Ids,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Ids {
    trakt: Option<u64>,
    imdb: Option<String>,
    tmdb: Option<u64>,
}

/// Everything known about one work.
struct Known {
    work: Work,
    title: String,
    rating: Option<u8>,
    rated: Option<String>,
    text: Option<Text>,
    commented: Option<String>,
    plays: Vec<String>,
    entries: u64,
}

pub(super) fn read(inputs: &mut [Input], files: &[Found], sink: &mut Sink) {
    let mut works: Vec<Known> = Vec::new();
    let mut places: HashMap<(String, String), usize> = HashMap::new();
    for found in files {
        let all = super::whole(inputs, found).map_err(|error| error.to_string()).and_then(|json| {
            let document: Value = serde_json::from_str(&json).map_err(|error| error.to_string())?;
            entries(document).ok_or_else(|| "neither a list nor ratings, comments or plays".to_owned())
        });
        let entries = match all {
            Ok(entries) => entries,
            Err(error) => {
                sink.report.problem(
                    &found.name,
                    format!("expected a list of Trakt's entries, found a mistake ({error}): export it again"),
                );
                continue;
            }
        };
        for (number, entry) in entries.into_iter().enumerate() {
            let place = format!("{} entry {}", found.name, number + 1);
            match Entry::deserialize(entry) {
                Ok(entry) => take(entry, &mut works, &mut places, sink),
                Err(_) => sink.unreadable(
                    &place,
                    "expected a rating, a comment or a play as Trakt exports it, found something else",
                ),
            }
        }
    }
    for work in works {
        let entries = work.entries;
        let draft = work.draft();
        if draft.is_empty() {
            (0..entries).for_each(|_| sink.leave_out(Reason::Empty));
        } else {
            let place = format!("\"{}\"", draft.title);
            sink.entry(&place, draft);
            (1..entries).for_each(|_| sink.joined());
        }
        if sink.stopped {
            return;
        }
    }
}

/// The members of a backup in one file that have entries, and those within them.
const LISTS: [&str; 10] = [
    "ratings",
    "comments",
    "history",
    "watched_history",
    "plays",
    "movies",
    "shows",
    "seasons",
    "episodes",
    "all",
];

/// Returns the entries of a list, or those of a backup in one file.
fn entries(document: Value) -> Option<Vec<Value>> {
    match document {
        Value::Array(entries) => Some(entries),
        Value::Object(members) => {
            let lists: Vec<_> = members
                .into_iter()
                .filter(|(name, _)| LISTS.contains(&name.as_str()))
                .filter_map(|(_, list)| entries(list))
                .collect();
            (!lists.is_empty()).then(|| lists.into_iter().flatten().collect())
        }
        _ => None,
    }
}

fn take(
    entry: Entry,
    works: &mut Vec<Known>,
    places: &mut HashMap<(String, String), usize>,
    sink: &mut Sink,
) {
    if entry.comment.as_ref().is_some_and(|comment| comment.parent_id > 0) {
        return sink.leave_out(Reason::Comment);
    }
    let Some((key, known)) = known(&entry) else {
        return sink.leave_out(Reason::NoTitle);
    };
    let number = match places.get(&key) {
        Some(number) => *number,
        None if works.len() == MAX_JOINED => return sink.leave_out(Reason::TooLong),
        None => {
            works.push(known);
            places.insert(key, works.len() - 1);
            works.len() - 1
        }
    };
    let Some(work) = works.get_mut(number) else { return };
    work.entries += 1;
    work.rating = entry.rating.or(work.rating);
    work.rated = entry.rated_at.or(work.rated.take());
    work.plays.extend(entry.watched_at);
    if let Some(comment) = entry.comment {
        let text = Text::of(&comment.comment);
        work.text =
            text.map(|text| if comment.spoiler { text.covered("") } else { text }).or(work.text.take());
        work.commented = comment.created_at.or(work.commented.take());
    }
}

/// Returns the work of an entry, and the key that identifies it.
fn known(entry: &Entry) -> Option<((String, String), Known)> {
    let show = entry.show.as_ref();
    let (kind, ids, name, title) = if let Some(episode) = &entry.episode {
        let (season, number) = (episode.season.unwrap_or(0), episode.number.unwrap_or(0));
        let short = format!("S{season} E{number}");
        let name = episode.title.clone().unwrap_or_else(|| short.clone());
        ("TVEpisode", &episode.ids, name, format!("{}, {short}", show?.title))
    } else if let Some(season) = &entry.season {
        let short = format!("S{}", season.number.unwrap_or(0));
        ("TVSeason", &season.ids, short.clone(), format!("{}, {short}", show?.title))
    } else if let Some(show) = show {
        ("TVSeries", &show.ids, show.title.clone(), show.title.clone())
    } else {
        let movie = entry.movie.as_ref()?;
        ("Movie", &movie.ids, movie.title.clone(), movie.title.clone())
    };
    let year = entry.movie.as_ref().or(show).and_then(|title| title.year);
    let tmdb = |place| ids.tmdb.and_then(|id| same_as::tmdb(place, &id.to_string()));
    let work = Work {
        name,
        kind: Some(kind.into()),
        year: year.map(|year| year.to_string()),
        same_as: [
            ids.imdb.as_deref().and_then(same_as::imdb),
            match kind {
                "Movie" => tmdb("movie"),
                "TVSeries" => tmdb("tv"),
                // TMDB ids of seasons and episodes cannot be turned into URLs on their own.
                _ => None,
            },
        ]
        .into_iter()
        .flatten()
        .collect(),
        series: show.filter(|_| kind != "TVSeries").map(|show| show.title.clone()),
        season: entry
            .season
            .as_ref()
            .and_then(|season| season.number)
            .or(entry.episode.as_ref().and_then(|episode| episode.season)),
        episode: entry.episode.as_ref().and_then(|episode| episode.number),
        ..Work::default()
    };
    let id = ids.trakt.map_or_else(|| title.clone(), |id| id.to_string());
    let known = Known {
        work,
        title,
        rating: None,
        rated: None,
        text: None,
        commented: None,
        plays: Vec::new(),
        entries: 0,
    };
    Some(((kind.into(), id), known))
}

impl Known {
    fn draft(mut self) -> Draft {
        let mut draft = Draft::of(self.work);
        draft.title = self.title;
        draft.rating = self.rating.map(|value| Rating::of(&value.to_string(), "10"));
        draft.text(self.text);
        draft.published = self.commented.or(self.rated);
        self.plays.sort();
        if self.plays.len() > 1 {
            let last = self.plays.len() - 1;
            draft.history = self
                .plays
                .into_iter()
                .enumerate()
                .map(|(place, date)| Past {
                    date: Some(date),
                    rating: draft.rating.clone().filter(|_| place == last),
                    ..Past::default()
                })
                .collect();
        }
        draft
    }
}

//! Imports from Letterboxd: the tables of an account's export, its feed, and the table that Letterboxd imports.
//!
//! 1. [`tables`] and [`feed`] collect the viewings of each film. Films are joined by name and year, not by URL: a URL
//!    in the export means an entry in one table and a film in another.
//! 2. [`film`] makes one review for each film: the latest viewing's text, the film's rating, and every dated viewing in
//!    the history.
//!
//! The export has the history; the feed has the film's TMDB id, its poster and the latest entries. Never read:
//! `profile.csv`, which contains the e-mail address, and the folders `deleted` and `orphaned`.

mod feed;
mod film;
mod tables;

use crate::detect::Found;
use crate::files::Input;
use crate::sink::Sink;
use film::Films;
pub(crate) use film::REWATCH;

pub(super) fn read(inputs: &mut [Input], files: &[Found], sink: &mut Sink) {
    let mut films = Films::default();
    // Tables before feeds, so that a feed's entry finds the matching entry of the export.
    let (feeds, tables): (Vec<_>, Vec<_>) = files.iter().partition(|found| {
        let file = super::open(inputs, found);
        file.is_ok_and(feed::is_feed)
    });
    for found in tables {
        if let Err(error) = tables::read(inputs, found, &mut films, sink) {
            sink.report.problem(&found.name, error.to_string());
        }
    }
    for found in feeds {
        if let Err(error) = feed::read(inputs, found, &mut films, sink) {
            sink.report.problem(&found.name, error.to_string());
        }
    }
    films.hand_over(sink);
}

//! Imports an account's feed: its latest entries, with the film's TMDB id and poster.
//!
//! The description contains the poster, then a spoiler warning if there is one, then the review; without a review it is
//! "Watched on …". Items for lists have no film and are skipped.

use std::io::{self, Read};

use super::film::{Films, Viewing};
use crate::date::{self, Order};
use crate::detect::Found;
use crate::files::Input;
use crate::formats::open;
use crate::items::{Item, Items};
use crate::report::Reason;
use crate::sink::Sink;
use crate::text::Text;

const SPOILERS: &str = "<p><em>This review may contain spoilers.</em></p>";

/// Returns whether a file is the feed and not a table.
pub(super) fn is_feed(mut file: impl Read) -> bool {
    let mut head = [0; 64];
    let count = file.read(&mut head).unwrap_or_default();
    crate::decode::text(head.get(..count).unwrap_or_default()).trim_start().starts_with('<')
}

pub(super) fn read(
    inputs: &mut [Input],
    found: &Found,
    films: &mut Films,
    sink: &mut Sink,
) -> io::Result<()> {
    let mut items = Items::open(open(inputs, found)?);
    while let Some(item) = items.next()? {
        let Some(name) = item.get("letterboxd:filmTitle") else {
            sink.leave_out(Reason::List);
            continue;
        };
        let Some(film) = films.film(name, item.get("letterboxd:filmYear").unwrap_or_default()) else {
            sink.leave_out(Reason::TooLong);
            continue;
        };
        film.tmdb = item.get("tmdb:movieId").map(Into::into).or(film.tmdb.take());
        let (poster, text) = description(item.get("description").unwrap_or_default());
        film.poster = poster.map(Into::into).or(film.poster.take());
        film.view_of_feed(viewing(&item, text));
    }
    Ok(())
}

fn viewing(item: &Item, text: Option<Text>) -> Viewing {
    Viewing {
        logged: item.get("pubDate").map(|date| date::iso(date, Order::Unknown)),
        watched: item.get("letterboxd:watchedDate").map(Into::into),
        rating: item.get("letterboxd:memberRating").map(Into::into),
        rewatch: item.get("letterboxd:rewatch") == Some("Yes"),
        text,
        tags: Vec::new(),
        url: item.get("link").map(Into::into),
        file: 0,
    }
}

/// Returns the poster's URL and the review.
fn description(html: &str) -> (Option<&str>, Option<Text>) {
    let html = html.trim();
    let image = html.strip_prefix("<p><img src=\"").and_then(|rest| rest.split_once('"'));
    let (poster, rest) = match image.and_then(|(src, rest)| Some((src, rest.split_once("</p>")?.1))) {
        Some((src, rest)) => (Some(src), rest.trim()),
        None => (None, html),
    };
    if rest.starts_with("<p>Watched on ") && rest.matches("<p>").count() == 1 {
        return (poster, None);
    }
    let text = match rest.strip_prefix(SPOILERS) {
        Some(rest) => Text::html(rest).map(|text| text.covered("")),
        None => Text::html(rest),
    };
    (poster, text)
}
